"""`merchant reconcile`: our daily figures beside the platform's own or an old sheet, the difference by cause."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.commands.asking import put, reading
from merchant_cli.commands.context import bad_usage, show
from merchant_cli.commands.declare import Command, argument, option
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.finance._compared import CAUSES, PLATFORMS, UNCOVERED, Day, compared

P = Phrase

METRIC = "paid"  # the one figure of ours that platforms state by day
SHOPS = "SELECT shop, coalesce(zone, ''), coalesce(currency, '') FROM shops WHERE no > 0 ORDER BY shop"

What = Annotated[
    str,
    argument(
        P("A file with amounts by day, or `paid`: the platform's figures that are taken in.",
          "按日金额的文件，或 `paid`：已导入的平台数据。"), P("FILE|METRIC", "文件|指标")),
]  # fmt: skip
HEADER = P("HEADER", "表头")
DayColumn = Annotated[str | None, option(P("The sheet's column of days.", "日期所在的列。"), "--day", metavar=HEADER)]
AmountColumn = Annotated[
    str | None, option(P("The sheet's column of amounts.", "金额所在的列。"), "--amount", metavar=HEADER)
]


@takes_common
def reconcile(given: Given, what: What, day: DayColumn = None, amount: AmountColumn = None) -> None:
    with reading() as db:
        scope = given.scope(db)
        shops = [row for row in db.execute(SHOPS) if row[0] in (scope.shops or [row[0]])]
        waiting = 0
        if what == METRIC and not Path(what).exists():
            theirs = _platforms(db, scope)
        else:
            from merchant_cli.intake.theirs import daily_paid

            shop, zone, currency = _one(shops)
            found, waiting = daily_paid(what, shop, zone, currency or scope.currency or "CNY", day, amount)
            theirs = {shop: {d: n for d, n in found.items() if given.holds(d)}}
        currencies = {shop: currency for shop, _, currency in shops}
        answer = _answer(db, scope, theirs, currencies)
    if waiting:
        answer.notes.append(Note("not-read", P(
            "{n} {n:row|rows} of the file could not be read: {command}", "文件中有 {n} 行无法读取：{command}"),
            {"n": waiting, "command": f"`merchant import {what} --dry-run`"}))  # fmt: skip
    put(answer, given.out, title=show(P("Paid by day, theirs and ours", "每日实付：对方与本店")))


def _one(shops: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    if len(shops) != 1:
        names = ", ".join(shop for shop, _, _ in shops) or "—"
        bad_usage(P("name the shop that the file is of, with --shop: {names}",
                    "请用 --shop 指定文件所属的店铺：{names}"), names=names)  # fmt: skip
    return shops[0]


def _platforms(db: sqlite3.Connection, scope: Scope) -> dict[str, dict[str, int]]:
    """Shop → day → what the platform says was paid, from the traffic files that are taken in."""
    found: dict[str, dict[str, int]] = {}
    span = {"since": scope.since or "", "until": scope.until or scope.as_of or "9999"}
    for shop, day, paid, _ in db.execute(PLATFORMS, span):
        if not scope.shops or shop in scope.shops:
            found.setdefault(shop, {})[day] = paid
    return found


def _answer(
    db: sqlite3.Connection, scope: Scope, theirs: dict[str, dict[str, int]], currencies: dict[str, str]
) -> Answer:
    """A row per shop and day; the causes that explain something anywhere are columns."""
    rows: list[tuple[str, Day]] = []
    used: dict[str, None] = {}
    notes: list[Note] = []
    for shop, by_day in theirs.items():
        found, chosen = compared(db, shop, by_day)
        rows += [(shop, one) for one in found]
        used |= dict.fromkeys(chosen)
        notes += [_definition(shop, found, chosen)]
    if not rows:
        notes.append(Note("nothing-stated", P(
            "No platform figure by day is taken in. Import its shop report first, or name a file.",
            "还没有导入平台的按日数据。请先导入店铺报表，或指定一个文件。")))  # fmt: skip
    causes = [name for name in CAUSES if name in used]
    columns = (
        Column("shop", P("Shop", "店铺"), "id"), Column("day", P("Day", "日期"), "day"),
        Column("theirs", P("Theirs", "对方"), "money"), Column("ours", P("Ours", "本店"), "money"),
        Column("difference", P("Difference", "差额"), "money"),
        *(Column(name, CAUSES[name], "money") for name in causes),
        Column("uncovered", UNCOVERED, "money"), Column("rest", P("Unexplained", "未解释"), "money"),
        Column("currency", P("Currency", "币种"), "id"),
    )  # fmt: skip
    told = [
        (shop, d.day, d.theirs, d.ours, d.theirs - d.ours, *(d.causes.get(name, 0) for name in causes),
         d.uncovered, d.rest, currencies.get(shop) or scope.currency)
        for shop, d in rows
    ]  # fmt: skip
    return Answer(columns, told, ("shop", "day"), scope.as_of, scope.shops, None, notes)


def _definition(shop: str, found: list[Day], chosen: tuple[str, ...]) -> Note:
    """What their figure seems to be, in words, and how much of it that explains."""
    gap, rest = sum(abs(d.theirs - d.ours) for d in found), sum(abs(d.rest) for d in found)
    if not chosen:
        same = P("{shop}: no difference in definition explains a gap.", "{shop}：没有定义上的差别可以解释差额。")
        return Note("same-definition", same, {"shop": shop})
    en = "; ".join(CAUSES[name].en for name in chosen)
    zh = "；".join(CAUSES[name].zh for name in chosen)
    explained = "100" if gap == 0 else f"{100 - 100 * rest / gap:.1f}".removesuffix(".0")
    return Note("definition", P(
        "{shop}: their figure differs from ours by: {causes}. That explains {share} % of the differences.",
        "{shop}：对方口径与本店不同之处：{causes}。可解释 {share}% 的差额。"),
        {"shop": shop, "causes": P(en, zh), "share": explained})  # fmt: skip


COMMANDS = {
    "reconcile": Command(
        reconcile,
        examples=("merchant reconcile paid", "merchant reconcile old-sheet.xlsx --shop taobao/main --amount Sales"),
    )
}
