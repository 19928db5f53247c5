"""Which exports are late, and which days lie in none."""

from __future__ import annotations

import shlex
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.covered import KINDS, gaps_of
from merchant_cli.desks.exports import Export, exports, rhythm
from merchant_cli.desks.files import files

P = Phrase

# Kinds that speak of every day on which something was sold; of the other kinds a day may rightly be in no file.
EVERY_DAY = ("orders", "lines", "money_moves", "ledger")
# Kinds that speak of every day, sold or not.
ALWAYS = ("traffic", "item-traffic")

COVERED = """
SELECT shop, kind, day FROM coverage WHERE day <= :as_of ORDER BY shop, kind, day
"""
SOLD_DAYS = """
SELECT DISTINCT day FROM orders WHERE shop = :shop AND counts = 1 AND day BETWEEN :first AND :last ORDER BY day
"""
LATE = P("The last file is of {made} and covers days up to {last}; usually one comes every {usual} {usual:day|days}.",
         "最近一份文件导出于 {made}，数据到 {last}；平时约每 {usual} 天一份。")  # fmt: skip
LATE_UNDATED = P("The last file is of {made}; usually one comes every {usual} {usual:day|days}.",
                 "最近一份文件导出于 {made}；平时约每 {usual} 天一份。")  # fmt: skip
GAP = P("{first} to {last} are in no file: {count} days are unknown.",
        "{first} 至 {last} 没有文件覆盖：{count} 天数据未知。")  # fmt: skip
GAP_DAY = P("{first} is in no file: that day is unknown.", "{first} 没有文件覆盖：当天数据未知。")
SUMMARY = P("{count} {count:export is|exports are} missing, first {shop} {kind}: {why}",
            "缺少 {count} 份导出文件，首先是 {shop} 的{kind}：{why}")  # fmt: skip
HELP = {
    "late_days": P("Days that an export may be later than usual", "导出文件可比平时晚多少天"),
    "window_days": P("Days in which gaps are looked for", "在最近多少天内查找缺口"),
}


class Missing(NamedTuple):
    """An export to fetch: one is late by its rhythm of `usual` days, or (None) no file covers the days first to last.

    Of what is late `first` is the day after the newest that is covered, else after the newest file was made, and
    `last` the as-of day. `before` are the exports to look at: the newest ones, or those on both sides of the gap.
    """

    shop: str
    kind: str
    usual: int | None
    first: str
    last: str
    before: list[Export]

    @property
    def key(self) -> str:
        named = f"{self.shop}/{self.kind}"
        return f"file:{named}" if self.usual is not None else f"gap:{named}/{self.first}"

    @property
    def length(self) -> int:
        return days.between(self.first, self.last) + 1

    @property
    def due(self) -> str | None:
        return None if self.usual is None else days.add(self.before[-1].made, self.usual)


def _read(db: sqlite3.Connection, scope: Scope, late_days: int, window_days: int) -> list[Missing]:
    found = [*_late(db, scope, late_days), *_gaps(db, scope, window_days)]
    return sorted(found, key=lambda one: (one.usual is None, one.first, one.key))


def _late(db: sqlite3.Connection, scope: Scope, late_days: int) -> Iterator[Missing]:
    assert scope.as_of is not None
    for (shop, kind), of in exports(db, scope).items():
        usual, newest = rhythm([one.made for one in of]), of[-1].made
        if usual is not None and days.between(newest, scope.as_of) > usual + late_days:
            known = max((one.last for one in of if one.last), default=newest)
            yield Missing(shop, kind, usual, days.add(known, 1), scope.as_of, of[-5:])


def _gaps(db: sqlite3.Connection, scope: Scope, window_days: int) -> Iterator[Missing]:
    window = scope.window(window_days)
    if window is None:
        return
    covered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for shop, kind, day in db.execute(COVERED, {"as_of": scope.as_of}):
        if kind in EVERY_DAY + ALWAYS and (not scope.shops or shop in scope.shops):
            covered[shop, kind].append(day)
    made: dict[tuple[str, str], list[Export]] | None = None
    for (shop, kind), known in covered.items():
        gaps = [(a, b) for a, b in gaps_of(known) if window[0] <= b and a <= window[1]]
        if gaps and kind in EVERY_DAY:
            quiet = _quiet(db, shop, known, window)
            gaps = [(a, b) for a, b in gaps if days.between(a, b) + 1 > quiet]
        for first, last in gaps:
            made = exports(db, scope) if made is None else made
            yield Missing(shop, kind, None, first, last, _beside(made.get((shop, kind), []), first, last))


def _quiet(db: sqlite3.Connection, shop: str, known: list[str], window: tuple[str, str]) -> int:
    """The most covered days in a row without a sale: a gap as short as that may be a time without orders."""
    span = {"shop": shop, "first": window[0], "last": window[1]}
    sold = {day for (day,) in db.execute(SOLD_DAYS, span)}
    longest, run, before = 0, 0, ""
    for day in known:
        if window[0] <= day <= window[1]:
            run = 0 if day in sold else run + 1 if days.add(day, -1) == before else 1
            longest, before = max(longest, run), day
    return longest


def _beside(of: list[Export], first: str, last: str) -> list[Export]:
    """The exports that end before a gap and begin after it, nearest to it; of one file around it that file."""
    ends = sorted((one for one in of if one.last and one.last < first), key=lambda one: one.last or "")[-1:]
    begins = sorted((one for one in of if one.first and one.first > last), key=lambda one: one.first or "")[:1]
    return [*ends, *begins] or [one for one in of if one.first and one.last and one.first < first and one.last > last]


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, late_days: int = 2, window_days: int = 90
) -> Explanation:
    """How many days it is late, or how many are in no file, and the exports that there are. Raises Problem
    no-such-row."""
    for one in _read(db, scope, late_days, window_days) if scope.as_of else ():
        if one.key == key:
            behind = [Behind("imports", str(export.number), export.said, export.number, 1) for export in one.before]
            return Explanation(_terms(one, late_days), behind)
    raise Problem("no-such-row", key=key, desk="files", question="missing")


def _terms(one: Missing, late_days: int) -> list[Term]:
    if one.usual is None:
        named = P("Days in no file", "没有文件的天数")
        return [Term("days", named, one.length), Term("days", named, one.length, is_total=True)]
    age = days.between(one.before[-1].made, one.last)
    return [
        Term("age_days", P("Usual days between files", "平时间隔天数"), one.usual),
        Term("age_days", P("Days that it may be later", "允许晚到天数"), late_days),
        Term("age_days", P("Days later than that", "超出天数"), age - one.usual - late_days),
        Term("age_days", P("Days since the last file", "距最近一份天数"), age, is_total=True),
    ]


@files.alert(P("Files missing", "缺少文件"), action="import-file", explain=explain, help=HELP)
def missing(db: sqlite3.Connection, scope: Scope, *, late_days: int = 2, window_days: int = 90) -> Answer:
    """Exports that come regularly and are late, and days of the last `window_days` days that no export covers.

    Late, per shop and kind of file: the as-of day lies more than usual + `late_days` days after the day on which the
    newest file was made. usual = the median of the days between the last 7 files (made on different days; less than
    3, or more than 45 days apart: no rhythm, never late). Gaps are told of visits, and of orders, order lines and
    bills if longer than the longest time without a sale within covered days. The merchant's own sheets are never
    late. Nothing is at stake that could be measured: what is not known is missing in every answer.
    """
    answer = Answer(_columns(), [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        answer.notes.append(Note("no-coverage", P(
            "Nothing that names days was taken in yet: `merchant import` a folder of exports.",
            "还没有导入带日期的文件：用 `merchant import` 导入一个文件夹。")))  # fmt: skip
        return answer
    found = _read(db, scope, late_days, window_days)
    answer.rows = [_row(one) for one in found]
    if found:
        one, why = found[0], answer.rows[0][2]
        answer.notes.append(Note("summary", SUMMARY, {
            "count": len(found), "shop": one.shop, "kind": KINDS.get(one.kind, P(one.kind, one.kind)),
            "why": P(why.show("en"), why.show("zh")),
        }))  # fmt: skip
    return answer


def _columns() -> tuple[Column, ...]:
    return (
        *alert_columns(None),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("kind", P("Kind of file", "文件类型"), "id", words=KINDS),
        Column("first", P("First day", "首日"), "day"),
        Column("last", P("Last day", "末日"), "day"),
        Column("days", P("Days", "天数"), "count"),
        Column("usual_days", P("Usually every", "平时间隔天数"), "count"),
    )


def _row(one: Missing) -> tuple[Any, ...]:
    kind = KINDS.get(one.kind, P(one.kind, one.kind))
    subject = P(f"{one.shop} {kind.en}", f"{one.shop} {kind.zh}")
    params = {"shop": one.shop, "kind": one.kind, "command": f"merchant import FILE --shop {shlex.quote(one.shop)}"}
    if one.usual is None:
        why = Note("gap", GAP_DAY if one.length == 1 else GAP, {
            "first": one.first, "last": one.last, "count": one.length,
        })  # fmt: skip
    else:
        newest = one.before[-1]
        why = Note("late" if newest.last else "late-undated", LATE if newest.last else LATE_UNDATED, {
            "made": newest.made, "last": days.add(one.first, -1), "usual": one.usual,
        })  # fmt: skip
    return (
        one.key, subject, why, None, one.due, "import-file", params,
        one.shop, one.kind, one.first, one.last, one.length, one.usual,
    )  # fmt: skip
