"""What WooCommerce's product importer takes to change a product: its number, and only the columns that change.

An empty cell of a column that is there overwrites, a column that is not there leaves the value, so rows that fill other
columns stand in another file. An update needs "Update existing products" ticked. Read in WooCommerce's own importer:
* A variation keeps its product only if the column Parent names it or is not there; for other products Parent is empty.
* Prices are taken with a point or with the store's own decimal sign.
* The apostrophe before = + - @ is not taken off an SKU, so no such SKU is written: the number says which product it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from exporters.base import Exporter, Head, Item, Job, Last, as_text
from merchant_cli.basics.money import comma_decimals
from merchant_cli.basics.phrases import Phrase

P = Phrase

SKU = "listings.code"
NAMING = ("listings._id", SKU, "listings._parent")
PRICES = ("listings._sale", "listings._regular")
_PLAIN_SKU = re.compile(r"\w.*", re.DOTALL)


def number(item: Item) -> str:
    """WooCommerce's number of the product, of a variation its own."""
    return str(item.facts["variant_id"] or item.facts["listing_id"])


def naming(item: Item) -> dict[str, Any]:
    """The columns that say which product a row is about; no SKU where none can be written."""
    parent = item.facts["listing_id"] if item.facts["variant_id"] else ""
    code = item.facts.get("code") or ""
    # A product without an SKU goes by its number in the store: written as its SKU it would become one.
    known = code != number(item) and _PLAIN_SKU.fullmatch(code)
    return {"listings._id": number(item), SKU: code if known else None,
            "listings._parent": parent and f"id:{parent}"}  # fmt: skip


def nameable(item: Item) -> Phrase | None:
    """Why a product cannot be named in an upload: files without the column ID do not tell its number."""
    ids = [item.facts["listing_id"], item.facts["variant_id"] or "0"]
    if all(one.isascii() and one.isdigit() for one in ids):
        return None
    return P("WooCommerce's number of it is not known: import an export of all products with the column ID.",
             "不知道它在 WooCommerce 中的编号：请导入含有 `ID` 列的全部商品导出文件。")  # fmt: skip


def write(exporter: Exporter, job: Job) -> bytes:
    """The rows as the last export was written: its delimiter, and its decimal comma if it proves one. The column SKU,
    which is there for people, stands in the file if every row has one: an empty cell would take an SKU away."""
    if any(naming(item)[SKU] is None for item in job.items):
        exporter = replace(exporter, columns=tuple(column for column in exporter.columns if column != SKU))
    prices = {column: Head(head.name, "money") for column, head in job.heads.items() if column in PRICES}
    job, last = replace(job, heads=job.heads | prices), job.last or Last([])
    named = {head.name for head in prices.values()}
    at = [i for i, name in enumerate(last.header) if name in named]
    comma = comma_decimals(row[i] for row in last.rows for i in at if i < len(row))
    return as_text(exporter, job, delimiter=last.delimiter, point="," if comma else ".")
