"""Amazon's files that are known and not taken."""

from __future__ import annotations

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

search_terms = Importer(
    platform="amazon",
    name="search-terms",
    title=Phrase("Amazon ads by search term", "亚马逊搜索词报表"),
    menu=Phrase(
        "Advertising console › Reports › Sponsored Products › Search term",
        "亚马逊广告后台 › 报告 › 商品推广 › 搜索词",
    ),
    known_by=frozenset({"Campaign Name", "Ad Group Name", "Customer Search Term", "Impressions", "Clicks", "Spend"}),
    grade="B",
    refused=Phrase(
        "it repeats the spend of the report by advertised product: ads would count twice; import that one",
        "花费与推广商品报表重复，导入会使推广花费翻倍；请导入推广商品报表",
    ),
)
