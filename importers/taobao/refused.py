"""Taobao's reports that are known and not wanted."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

visit_sources = Importer(
    platform="taobao",
    name="visit-sources",
    title=Phrase("Taobao item visit sources (Business Advisor)", "生意参谋商品流量来源报表"),
    menu=Phrase(
        "Business Advisor `生意参谋` › traffic `流量` › item sources `商品来源` › download",
        "生意参谋 › 流量 › 商品来源 › 下载",
    ),
    known_by=frozenset({"流量来源", "来源明细", "访客数", "支付金额"}),
    never=frozenset({"商品ID", "统计日期"}),
    grade="B",
    refused=Phrase(
        "its rows tell neither the item nor the day; import the item report",
        "每一行都没有商品和日期；请导入商品效果报表",
    ),
)

# 万相台's spend by scene is that of the report by subject once more.
ads_by_scene = Importer(
    platform="taobao",
    name="ads-by-scene",
    title=Phrase("Taobao ads by scene (Wanxiangtai)", "万相台场景报表"),
    menu=Phrase(
        "Wanxiangtai `万相台无界` › reports `报表` › by scene `场景` › download",
        "万相台无界版 › 报表 › 场景报表 › 下载",
    ),
    known_by=frozenset({"日期", "场景ID", "场景名字", "展现量", "花费"}),
    never=frozenset({"主体ID"}),
    grade="C",  # provisional
    refused=Phrase(
        "it repeats the spend of the report by subject: ads would count twice; import that one",
        "花费与主体报表重复，导入会使推广花费翻倍；请导入主体（商品）报表",
    ),
)
