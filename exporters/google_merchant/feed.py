"""Google Merchant's product feed, as a tab-separated text: what the store knows of the items that are on sale.

It changes nothing that was proposed, so `merchant listings feed` writes it and not `merchant send`. Google takes a file
that lacks attributes as a supplemental feed, which fills those of the main one; `lacking` says what a main feed would
need. Limits read in the product data specification: 50 characters of an id, 150 of a title.
"""

from __future__ import annotations

import re
from typing import Any

from exporters.base import Exporter, Item, Job
from merchant_cli.basics.money import plain
from merchant_cli.basics.phrases import Phrase

P = Phrase

IN, OUT = "in_stock", "out_of_stock"
STATES = (IN, OUT, "preorder", "backorder")
LONGEST_ID, LONGEST_TITLE = 50, 150
# What Google wants of every item of a main feed, in the order of the file.
REQUIRED = ("id", "title", "description", "link", "image_link", "availability", "price")
TRAITS = ("color", "size", "material", "pattern", "age_group", "gender", "size_system")  # as the importer's
# Names of options that are attributes of Google's.
WORDS = {"colour": "color", "farbe": "color", "couleur": "color", "颜色": "color", "taille": "size", "größe": "size",
         "尺码": "size", "尺寸": "size", "材质": "material"}  # fmt: skip
COLUMNS = ("listings.code", "listings._group", "listings.title", "listings.url", "listings.state_raw",
           "listings._regular", "listings._sale", "listings.category",
           *(f"listings._{name}" for name in TRAITS))  # fmt: skip
ALWAYS = ("id", "title", "availability", "price")  # columns by which the file is known again
EXTRA = ("brand", "condition")  # which the merchant states for all items


def attributes(item: Item) -> dict[str, str]:
    """The attributes of one item by Google's names; those that the store does not know are left out."""
    facts = item.facts
    found = {
        "id": identity(facts), "title": facts.get("title"), "link": facts.get("url"),
        "availability": _availability(facts), "product_type": facts.get("category"),
        "item_group_id": facts["listing_id"] if facts.get("variant_id") else None,
        "brand": item.params.get("brand"), "condition": item.params.get("condition"),
        **_prices(facts), **_traits(facts.get("options")),
    }  # fmt: skip
    return {name: said for name, value in found.items() if (said := one_line(value))}


def identity(facts: Any) -> str:
    """The merchant's code, if no other listing of the shop has it, else the platform's number of the item."""
    code = facts.get("code") or ""
    if code and not code.startswith("~") and facts.get("same_code", 1) == 1:
        return str(code)
    return "/".join(filter(None, (facts["listing_id"], facts.get("variant_id"))))


def one_line(value: Any) -> str:
    """A value without tabs, line ends and what no text file holds."""
    return re.sub(r"[\s\x00-\x1f\x7f\ud800-\udfff]+", " ", str(value)).strip() if value is not None else ""


def _availability(facts: Any) -> str | None:
    if facts.get("state_raw") in STATES:
        return str(facts["state_raw"])
    units = facts.get("listed_units")
    return None if units is None else IN if units > 0 else OUT


def _prices(facts: Any) -> dict[str, str]:
    price, struck, currency = facts.get("price"), facts.get("compare_at"), facts.get("currency")
    if price is None or not currency:
        return {}
    if struck is not None and struck > price:
        return {"price": f"{plain(struck, currency)} {currency}", "sale_price": f"{plain(price, currency)} {currency}"}
    return {"price": f"{plain(price, currency)} {currency}"}


def _traits(options: str | None) -> dict[str, str]:
    """Options that are attributes: `Color: Red; Size: M`."""
    found: dict[str, str] = {}
    for part in (options or "").split(";"):
        name, _, value = part.partition(":")
        name = re.sub(r"\s+", "_", name.strip().casefold())
        name = WORDS.get(name, name)
        if name in TRAITS and value.strip():
            found.setdefault(name, value.strip())
    return found


def lacking(item: Item) -> list[str]:
    """Which attributes that a main feed needs the item does not have."""
    return [name for name in REQUIRED if name not in attributes(item)]


def check(item: Item) -> Phrase | None:
    """Why Google would refuse the item whatever the main feed says."""
    if len(identity(item.facts)) > LONGEST_ID:
        return P("Its id is longer than 50 characters.", "编号超过 50 个字符。")
    if len(one_line(item.facts.get("title"))) > LONGEST_TITLE:
        return P("Its title is longer than 150 characters.", "标题超过 150 个字符。")
    return None


def write(exporter: Exporter, job: Job) -> bytes:
    """One line per item under the names of attributes that at least one has, and those that are always there."""
    rows = [attributes(item) for item in job.items]
    names = [*(head.name for column, head in job.heads.items() if column in exporter.columns), *EXTRA]
    used = [name for name in names if name in ALWAYS or any(name in row for row in rows)]
    lines = ["\t".join(used), *("\t".join(row.get(name, "") for name in used) for row in rows)]
    return "".join(line + "\n" for line in lines).encode()


feed = Exporter(
    platform="google_merchant",
    name="feed",
    title=P("Google Merchant product feed", "谷歌购物商品数据"),
    actions=frozenset({"feed"}),
    importer="google_merchant feed",
    columns=COLUMNS,
    check=check,
    suffix=".tsv",
    write=write,
)
