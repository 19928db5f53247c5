"""Which stock does not sell, or not for long enough, and the money that is tied up in it."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.inventory import inventory
from merchant_cli.desks.inventory._quiet import Found, Quiet, read
from merchant_cli.desks.inventory._reorder_explained import COUNTS_BEHIND, KEPT_BEHIND, LISTINGS_BEHIND, summed
from merchant_cli.desks.inventory._said import FIRST_STEP, NO_STOCK, joined
from merchant_cli.desks.words import STOCK_SOURCES

P = Phrase

UNSOLD = P("{available} in stock and no net sale in {days} covered {days:day|days}; last sold {last}.",
           "库存 {available} 件，近 {days} 个有数据的日子没有净销量；最近售出：{last}。")  # fmt: skip
NEVER = P("{available} in stock and no net sale in {days} covered {days:day|days}, nor in the year before.",
          "库存 {available} 件，近 {days} 个有数据的日子及此前一年都没有净销量。")  # fmt: skip
SLOW = P("{available} in stock last {cover} days; {excess} are more than {limit} days need.",
         "库存 {available} 件可售 {cover} 天，超出 {limit} 天需求 {excess} 件。")  # fmt: skip
NO_COST = P(
    " The money tied up is not known: its cost or a currency rate is missing.", "占用资金未知：缺少成本或汇率。"
)
STAKE = P("Money in excess stock", "多余库存占用资金")
HELP = {
    "quiet_days": P(
        "Covered days without a net sale after which stock is dead", "多少个有数据的日子没有净销量视为滞销"
    ),
    "cover_days": P("Days of demand beyond which stock is too much", "库存超过多少天的销量视为过多"),
}
ESTIMATES = frozenset({"at_stake", "available", "cover_days", "excess", "tied_up"})


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, quiet_days: int = 60, cover_days: int = 365
) -> Explanation:
    """The excess units, the money tied up, and the counts, costs and listings behind. Raises no-such-row."""
    found = read(db, scope, quiet_days, cover_days)
    for one in found.quiet if found else ():
        if found and f"sku:{one.held.sku}" == key:
            return Explanation(_terms(one, found, cover_days), _behind(db, scope, one))
    raise Problem("no-such-row", key=key, desk="inventory", question="dead")


def _terms(one: Quiet, found: Found, cover_days: int) -> list[Term]:
    held = one.held
    needed = P(f"Needed for {cover_days} days", f"{cover_days} 天所需")
    terms = summed("excess", P("Excess units", "多余件数"), [
        (P("Available", "可用库存"), held.available), (needed, -one.kept),
        (P("Arrived lately, not counted as excess", "近期到货，不计入多余"), one.excess - held.available + one.kept),
    ], estimated=bool(held.estimated))  # fmt: skip
    if one.stake is None or one.tied_up is None:
        return [*terms, Term("at_stake", STAKE, None, "money", found.base, is_total=True)]
    other = P("Units that will sell × unit cost", "可正常销售件数 × 成本")
    terms += summed("at_stake", STAKE, [
        (P("Available × unit cost", "可用库存 × 成本"), one.tied_up), (other, one.stake - one.tied_up),
    ], kind="money", unit=found.base)  # fmt: skip
    return terms


def _behind(db: sqlite3.Connection, scope: Scope, one: Quiet) -> list[Behind]:
    params = {"sku": one.held.sku, "as_of": scope.as_of, "since": scope.as_of}
    found = []
    for sql in (LISTINGS_BEHIND if one.held.source == "listed" else COUNTS_BEHIND, KEPT_BEHIND):
        for table, key, day, units, import_no, line in db.execute(sql, params):
            what = " ".join(str(part) for part in (day, units) if part not in (None, ""))
            found.append(Behind(table, key, what, import_no, line))
    return found


@inventory.alert(P("Dead stock", "滞销库存"), action="clear-stock", at_stake="cash_out", explain=explain, help=HELP)
def dead(db: sqlite3.Connection, scope: Scope, *, quiet_days: int = 60, cover_days: int = 365) -> Answer:
    """Stock without a net sale in `quiet_days` covered days, or that lasts longer than `cover_days`.

    Looked at are the newest `quiet_days` full covered days of each shop, over all shops; a SKU listed or sold in a
    shop that has fewer is not judged. net = units sold less what came back. excess = available − net ÷ days with
    stock × `cover_days`, rounded; all that is available where nothing was sold on balance; never more than what is
    there without what arrived in those days. at_stake = excess × unit cost, tied_up = available × unit cost, in the
    base currency; empty where a cost or rate is missing. New goods are not dead: a SKU must have been sold before
    those days, or shown by a count, move or price at least `quiet_days` ago. `--shop`: SKUs that the shop lists or
    sold.
    """
    found = read(db, scope, quiet_days, cover_days)
    if found is None:
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, [FIRST_STEP])
    rows = [_row(one, quiet_days, cover_days) for one in found.quiet]
    rows.sort(key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    notes = _notes(found, quiet_days)
    return Answer(_columns(found.base), rows, ("key",), scope.as_of, scope.shops, found.base, notes, ESTIMATES)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency, STAKE),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("available", P("Available", "可用库存"), "count"),
        Column("net_units", P("Net units sold", "净销量"), "count"),
        Column("last_sold", P("Last sold", "最近售出"), "day"),
        Column("cover_days", P("Days of cover", "可售天数"), "count"),
        Column("excess", P("Excess units", "多余件数"), "count"),
        Column("unit_cost", P("Unit cost", "单件成本"), "money", currency),
        Column("tied_up", P("Money tied up", "占用资金"), "money", currency),
        Column("stock_source", P("Stock from", "库存来源"), "id", words=STOCK_SOURCES),
    )


def _row(one: Quiet, quiet_days: int, cover_days: int) -> tuple[Any, ...]:
    held = one.held
    cover = held.available * one.days // one.net if one.net > 0 else None
    first = SLOW if cover is not None else UNSOLD if one.last_sold else NEVER
    code = ("slow" if cover is not None else "unsold") + ("-no-cost" if one.stake is None else "")
    why = Note(code, joined(first, NO_COST) if one.stake is None else first, {
        "available": held.available, "days": quiet_days, "last": one.last_sold or "", "cover": cover or 0,
        "limit": cover_days, "excess": one.excess,
    })  # fmt: skip
    return (
        f"sku:{held.sku}", one.title, why, one.stake, None, "clear-stock", {"sku": held.sku, "excess": one.excess},
        held.sku, one.title, held.available, one.net, one.last_sold, cover, one.excess, one.unit_cost, one.tied_up,
        held.source,
    )  # fmt: skip


def _notes(found: Found, quiet_days: int) -> list[Note]:
    notes = [] if found.stocked else [NO_STOCK]
    if found.short:
        notes.append(Note("covered-too-short", P(
            "{count} {count:SKU is|SKUs are} not judged: a shop of theirs has fewer than {days} fully covered days.",
            "{count} 个 SKU 未作判断：相关店铺完整覆盖的日期不足 {days} 天。"),
            {"count": found.short, "days": quiet_days}))  # fmt: skip
    if found.new:
        notes.append(Note("too-new", P(
            "{count} {count:SKU is|SKUs are} not judged: first seen, restocked or out of stock within the last {days}"
            " days.", "{count} 个 SKU 未作判断：近 {days} 天内首次出现、补货或断货。"),
            {"count": found.new, "days": quiet_days}))  # fmt: skip
    if found.costless:
        notes.append(Note("no-cost", P(
            "Of {of} {of:SKU|SKUs} {count} {count:has|have} no cost: the money tied up there is not known.",
            "{of} 个 SKU 中有 {count} 个缺少成本，其占用资金未知。"),
            {"of": len(found.quiet), "count": found.costless}))  # fmt: skip
    return notes
