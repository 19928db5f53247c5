"""`merchant listings feed`: the items on sale as a product feed for Google Merchant Center.

It stands beside the questions of the desk (see DESK_COMMANDS in catalogue.py).
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, PARTLY, Problem
from merchant_cli.commands.asking import check_shops, reading
from merchant_cli.commands.context import bad_usage, say, settings
from merchant_cli.commands.declare import FILE, SHOP, TEXT, Command, option

if TYPE_CHECKING:
    from exporters.base import Item

P = Phrase

NAMED = 20  # items that a line names
PLACES = re.compile(r"\{(listing_id|variant_id|code)\}")  # in the address of a product's page
SUFFIXES = (".tsv", ".txt")
LIVE = """
SELECT shop, listing_id, variant_id, code, title, options, category, price_minor AS price,
  compare_at_minor AS compare_at, currency, listed_units, state_raw, url,
  count(*) OVER (PARTITION BY shop, code) AS same_code
FROM listings WHERE shop = :shop AND state = 'live' ORDER BY listing_id, variant_id
"""
SHOPS = "SELECT shop, count(*) FROM listings WHERE state = 'live' GROUP BY shop ORDER BY shop"

Target = Annotated[
    Path | None,
    option(P("The file to make (.tsv or .txt); without one, standard output.",
             "要生成的文件（.tsv 或 .txt）；不写则输出到标准输出。"), "-o", "--output", metavar=FILE),
]  # fmt: skip
Shop = Annotated[str, option(P("The shop whose items are written.", "导出哪个店铺的商品。"), "--shop", metavar=SHOP)]
Link = Annotated[
    str,
    option(
        P("The address of a product's page, with `{listing_id}`, `{variant_id}` or `{code}` in it.",
          "商品页面的网址，可含 `{listing_id}`、`{variant_id}` 或 `{code}`。"), "--link", metavar=TEXT),
]  # fmt: skip
Brand = Annotated[str, option(P("The brand of all items.", "所有商品的品牌。"), "--brand", metavar=TEXT)]
Condition = Annotated[
    str,
    option(P("`new`, `refurbished` or `used`, for all items.",
           "商品状况：`new` 全新、`refurbished` 翻新、`used` 二手。"),
           "--condition", metavar=TEXT),
]  # fmt: skip
Force = Annotated[bool, option(P("Replace the file if it exists.", "文件已存在时覆盖。"), "--force")]


def feed(
    output: Target = None, shop: Shop = "", link: Link = "", brand: Brand = "", condition: Condition = "",
    force: Force = False,
) -> int:  # fmt: skip
    """Names what a main feed would need and the store does not know, then writes what it knows."""
    from exporters.google_merchant import feed as google

    if condition not in ("", "new", "refurbished", "used"):
        bad_usage(P("--condition is new, refurbished or used, not “{said}”.",
                    "`--condition` 应为 `new`、`refurbished` 或 `used`，不能是“{said}”。"), said=condition)  # fmt: skip
    _check(output, force)
    with reading() as db:
        if shop:
            check_shops(db, [shop])
        shop = shop or _only(db)
        items = _items(db, shop, link, {"brand": brand or None, "condition": condition or None})
    refused = [(item, why) for item in items if (why := google.check(item)) is not None]
    kept = [item for item in items if google.check(item) is None]
    for item, why in refused:
        say(P("{id} is left out: {why}", "未导出 {id}：{why}"), id=google.identity(item.facts), why=why)
    _tell_lacking(kept)
    _write(kept, shop, output)
    return PARTLY if refused else DONE


def _check(output: Path | None, force: bool) -> None:
    """Raises Problem output-refused for another suffix, or a file that exists."""
    if output is None:
        return
    if output.suffix.lower() not in SUFFIXES:
        raise Problem("output-refused", path=output, detail=P("The name must end in .tsv or .txt.",
                                                              "文件名应以 .tsv 或 .txt 结尾。"))  # fmt: skip
    if output.exists() and not output.is_dir() and not force:
        detail = P("It exists already; --force replaces it.", "文件已存在；加 --force 可覆盖。")
        raise Problem("output-refused", path=output, detail=detail)


def _only(db: sqlite3.Connection) -> str:
    """The one shop that has items on sale; "" if none has any."""
    shops = [shop for shop, _ in db.execute(SHOPS)]
    if len(shops) > 1:
        bad_usage(P("several shops have items on sale ({shops}): name one with --shop.",
                    "有多个店铺有在售商品（{shops}）：请用 --shop 指定一个。"), shops=", ".join(shops))  # fmt: skip
    return shops[0] if shops else ""


def _items(db: sqlite3.Connection, shop: str, link: str, stated: dict[str, str | None]) -> list[Item]:
    from exporters.base import Item

    found = db.execute(LIVE, {"shop": shop})
    names = [column[0] for column in found.description]
    items = []
    for row in found:
        facts = dict(zip(names, row, strict=True))
        if link:
            facts["url"] = _address(link, facts)
        items.append(Item(facts, params=stated))
    return items


def _address(link: str, facts: Mapping[str, str | None]) -> str:
    from urllib.parse import quote

    return PLACES.sub(lambda place: quote(facts[place[1]] or "", safe=""), link)


def _tell_lacking(items: Iterable[Item]) -> None:
    """Which items lack what, those that lack the same on one line."""
    from exporters.google_merchant import feed as google

    groups: dict[tuple[str, ...], list[str]] = {}
    for item in items:
        if lacking := tuple(google.lacking(item)):
            groups.setdefault(lacking, []).append(google.identity(item.facts))
    for missing, ids in groups.items():
        say(
            P("{count} {count:item lacks|items lack} what a main feed needs ({missing}): {ids}{more}",
              "{count} 件商品缺少主要数据源必需的属性（`{missing}`）：{ids}{more}"),
            count=len(ids), missing=", ".join(missing), ids=", ".join(ids[:NAMED]),
            more=" …" if len(ids) > NAMED else "",
        )  # fmt: skip


def _write(items: list[Item], shop: str, output: Path | None) -> None:
    from exporters import place
    from exporters.base import Job
    from exporters.google_merchant.feed import feed as exporter
    from importers.google_merchant.feed import feed as layout
    from merchant_cli.send.files import heads_of

    job = Job(shop, items, heads_of(layout, exporter.columns, None), "", settings().lang)
    content = exporter.bytes_of(job)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    place.replacing(output, lambda out: out.write(content))
    say(P("{path} has {count} {count:item|items}.", "{path} 中有 {count} 件商品。"), path=output, count=len(items))


COMMANDS = {
    "listings feed": Command(
        feed,
        examples=(
            "merchant listings feed --shop shopify/main -o feed.tsv",
            "merchant listings feed --link 'https://example.com/products/{listing_id}' --brand Example -o feed.tsv",
        ),
    )
}
