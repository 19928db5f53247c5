"""docs/importers.md: every importer, what it needs, what it fills, and what its money columns mean."""

from __future__ import annotations

from lost_columns import without
from markdown import both, code, table

from importers import catalogue
from importers.base import Cell, Importer

HEAD = """# Importers

The kinds of file that are known. A file is recognised by its header names, never by its name or the order of its
columns. *Grade* says how well the layout is known: A from real files or the platform's own documents, B from
several independent descriptions, C provisional. `merchant importers` prints the same list. *Downloaded at* names
the menus of the platform's back office, which platforms rename now and then.

What is missing without an optional column is found by reading the samples of `tests/importers/` without it. "Told
from other columns" means that the file still answers, from less certain cells.

Names before a `/` and after it are the names of one column over the years. A column in `_underscores` is read for
working something out and is not stored.
"""

# The six cells of an order's money, and the columns of orders and lines that state them.
SIX = {
    "sold": ("sold", "own_sold"),
    "shop_discount": ("shop_discount", "own_discount"),
    "platform_discount": ("platform_discount",),
    "shipping": ("shipping",),
    "paid": ("paid",),
    "received": ("received",),
}
MONEY_HEAD = """**Money of an order.** *sold* is what the merchant charges for goods, *shop discount* is borne by the
merchant, *platform discount* by the platform; *paid* = sold − platform discount + shipping + tax on top; *received*
is what the platform says it pays out.
"""
# What an importer's reshape works out from several columns, in the words of its declaration.
WORKED_OUT = {
    ("shopify orders", "paid"): "`Total` − `Outstanding Balance`",
    ("shopify orders", "sold"): "`Subtotal`; in a slim file without it `Total`",
    ("taobao orders", "platform_discount"): (
        "`总金额` − paid, where `天猫卡券抵扣`, `集分宝抵扣` and `买家支付积分` explain it; else unknown"
    ),
    ("taobao orders", "shop_discount"): "`价格` × `购买数量` of the 宝贝报表 − sold, at the merge",
    ("taobao lines", "shop_discount"): "`价格` × `购买数量` − sold, at the merge",
    ("pinduoduo orders", "sold"): "`商品总价(元)` − `店铺优惠折扣(元)`",
    ("pinduoduo orders", "platform_discount"): "`平台优惠折扣(元)` + `多多支付立减金额(元)`",
    ("douyin orders", "sold"): (
        "`订单应付金额` + `平台实际承担优惠金额` + `达人实际承担优惠金额`, less `运费` where `商品单价` (`商品金额`) ×"
        " `商品数量` shows that it is inside; the sum over the sub-orders, like all of these"
    ),
    ("douyin orders", "shop_discount"): "`商家实际承担优惠金额`",
    ("douyin orders", "platform_discount"): "`平台实际承担优惠金额` + `达人实际承担优惠金额`",
    ("douyin orders", "shipping"): "`运费`",
    ("douyin orders", "paid"): "`订单应付金额` of an order that was paid",
}


def page() -> str:
    found = sorted((entry.load() for entry in catalogue.entries()), key=lambda one: one.id)
    rows = [
        (f"[{one.id}](#{one.id.replace(' ', '-')})", both(one.title),
         "refused by name" if one.refused else code(one.tables), code(one.required()), one.grade)
        for one in found
    ]  # fmt: skip
    known = table(("importer", "file", "fills", "required columns", "grade"), rows)
    return "\n".join([HEAD, known, *map(_importer, found)])


def _importer(one: Importer) -> str:
    parts = [f"## {one.id}\n", f"{both(one.title)}\n"]
    if one.menu is not None:
        parts.append(f"Downloaded at: {one.menu.zh}  \n{one.menu.en}\n")
    if not one.own:
        parts.append(f"Tried on: {one.tried_on or 'no real file; the sample is made from its description'}\n")
    if one.refused:
        parts.append(f"Known and not taken in: {both(one.refused)}\n")
    parts.append("Known by " + code(one.required()) + (f"; never with {code(sorted(one.never))}" if one.never else ""))
    parts[-1] += ".\n"
    if one.sale_day:
        parts.append(f"A sale counts on the day it was {one.sale_day}.\n")
    for into in one.into:
        for name, columns in into.fills.items():
            if columns:
                parts += [f"Fills `{name}`:\n", table(("column", "from", "as"), _columns(columns))]
    if lost := without(one):
        parts += ["Without an optional column is missing:\n", table(("column", "is for"), _lost(lost))]
    elif not one.refused:
        parts.append("All that it reads stands in required columns.\n")
    if one.reshape is not None:
        parts.append(f"*In code:* {' '.join((one.reshape.__doc__ or '').split())}\n")
    if "orders" in one.tables:
        parts += [MONEY_HEAD, table(("amount", "is"), _money(one))]
    if one.unlocks:
        parts.append(f"Its first file lets {code(one.unlocks)} answer.\n")
    return "\n".join(parts)


def _lost(lost: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(f"`{header}`", "; ".join(words)) for header, words in lost.items()]


def _columns(columns: dict[str, Cell]) -> list[tuple[str, str, str]]:
    return [(f"`{name}`", _source(cell), _kind(cell)) for name, cell in columns.items()]


def _kind(cell: Cell) -> str:
    return cell.kind + (", required" if cell.required else "")


def _source(cell: Cell) -> str:
    if cell.kind == "others":
        return "all other columns"
    if not cell.names:
        return "worked out" if cell.constant is None else f"always `{cell.constant}`"
    return code(cell.names, " / ") + (f" × `{cell.times}`" if cell.times else "")


def _money(one: Importer) -> list[tuple[str, str]]:
    return [(f"`{amount}`", _amount(one, amount, columns)) for amount, columns in SIX.items()]


def _amount(one: Importer, amount: str, columns: tuple[str, ...]) -> str:
    if (one.id, amount) in WORKED_OUT:
        return WORKED_OUT[one.id, amount]
    said = []
    for into in one.into:
        for name, cells in into.fills.items():
            for column in columns:
                cell = cells.get(column)
                if cell is not None and (cell.kind == "money" or cell.constant is not None):
                    said.append(_source(cell) + (" (of a line)" if name == "order_lines" else ""))
    return "; ".join(said) or "not stated"
