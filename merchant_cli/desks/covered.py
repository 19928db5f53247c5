"""Which days the files that were taken in cover, by shop and kind of file: what is there, what is missing."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from itertools import pairwise
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.scope import shops

P = Phrase

WEEKS = 5  # that the calendar shows unless other days are asked for
FULL, PART, MISSING, BEFORE = "#", "-", ".", " "

COVERED = "SELECT shop, kind, day, full FROM coverage ORDER BY shop, kind, day"
# The merchant's own sheets belong to no shop; of what they date each day stands for itself, so no day is missing.
# Sheets of visits and ad spend name the shops of their rows and are in the calendar.
OWN = """
SELECT kind, min(covers_from), max(covers_to) FROM imports
WHERE shop = 0 AND state IN ('applied', 'sealed') AND covers_to IS NOT NULL AND kind NOT IN ('', 'traffic', 'ads')
GROUP BY kind ORDER BY kind
"""
OWN_SHEETS = P("own sheets", "自制表")
# Receipts of live imports, which say where a file states fewer lines than another, or another total than its rows.
RECEIPTS = "SELECT no, name, receipt FROM imports WHERE state IN ('applied', 'sealed') ORDER BY no"

KINDS: dict[str, Phrase] = {
    "orders": P("orders", "订单"), "lines": P("order lines", "订单明细"), "refunds": P("refunds", "退款"),
    "stock": P("stock", "库存"), "traffic": P("traffic", "流量"), "ads": P("ad spend", "推广"),
    "reviews": P("reviews", "评价"), "listings": P("listings", "商品"), "money_moves": P("money moves", "资金流水"),
    "settlements": P("settlements", "结算"), "other-settlements": P("other settlements", "其他结算"),
    "item-traffic": P("traffic by item", "商品流量"), "insurance": P("insurance", "运费险"),
    "ledger": P("ledger", "流水"), "inspection": P("inspection fees", "质检费"), "promoters": P("promoters", "推广者"),
    "costs": P("costs", "成本"), "coupons": P("coupons", "优惠券"), "campaigns": P("campaigns", "活动"),
    "rates": P("currency rates", "汇率"), "payouts": P("payouts", "打款"), "returns": P("returns", "退货"),
    "unshipped": P("unshipped orders", "待发货订单"), "transactions": P("transactions", "交易"),
}  # fmt: skip
CUT_OFF = {
    "lines-missing": P(
        "Import {number} ({name}) is cut off: {count} {count:order has|orders have} fewer lines than in another file.",
        "导入 {number}（{name}）不完整：{count} 个订单的明细比其他文件少。",
    ),
    "lines-completed": P(
        "A file before import {number} ({name}) was cut off: {count} {count:order|orders} had fewer lines in it.",
        "导入 {number}（{name}）之前有文件不完整：其中 {count} 个订单的明细较少。",
    ),
    "sum-differs": P(
        "Import {number} ({name}) may be cut off: its rows add up to {found}, its own total says {stated}.",
        "导入 {number}（{name}）可能不完整：各行合计 {found}，文件自己的合计是 {stated}。",
    ),
}
# What matters most stands first: a narrow terminal leaves out the last ones.
COLUMNS = (
    Column("shop", P("Shop", "店铺"), "id", words={"own": OWN_SHEETS}),
    Column("kind", P("Kind of file", "文件类型"), "id", words=KINDS),
    Column("last", P("Last day", "末日"), "day"),
    Column("missing", P("Missing", "缺少天数"), "count"),
    Column("gaps", P("Gaps", "缺口"), "text"),
    Column("calendar", P("Calendar", "日历"), "text"),
    Column("behind", P("Days behind", "滞后天数"), "count"),
    Column("first", P("First day", "首日"), "day"),
    Column("covered", P("Days", "天数"), "count"),
)


def coverage(db: sqlite3.Connection, scope: Scope) -> Answer:
    """A row per shop and kind of file. A gap is a day between the first and the last covered one that no live file
    covers; `behind` counts the days from the last covered one to the as-of day. The merchant's own sheets follow, as
    shop `own`: of them only the first and the last day are known.

    The calendar has a character per day from `since` (else the first day of any file in the last WEEKS weeks) to
    `until` (else the as-of day).
    """
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for shop, kind, day, full in db.execute(COVERED):
        if not scope.shops or shop in scope.shops:
            found[shop, kind][day] = full
    answer = Answer(COLUMNS, [], ("shop", "kind"), scope.as_of, scope.shops, scope.currency)
    own = db.execute(OWN).fetchall() if set(shops(db)) <= set(scope.shops) else []
    if not (found or own) or scope.as_of is None:
        answer.notes.append(Note("no-coverage", P(
            "Nothing that names days was taken in yet: `merchant import` a folder of exports.",
            "还没有导入带日期的文件：用 `merchant import` 导入一个文件夹。")))  # fmt: skip
        return answer
    window = _window(scope, min((min(of) for of in found.values()), default=scope.as_of))
    answer.rows = [_row(shop, kind, of, window, scope.as_of) for (shop, kind), of in sorted(found.items())]
    answer.rows += [_own_row(kind, first, last, scope.as_of) for kind, first, last in own]
    answer.notes = [_legend(window), *_cut(db)]
    return answer


def _window(scope: Scope, first: str) -> tuple[str, str]:
    """First and last day of the calendar; `first` is the first day of any file."""
    assert scope.as_of is not None
    begin, end = scope.window(7 * WEEKS) or (scope.as_of, scope.as_of)
    return (begin, end) if scope.since else (min(max(begin, first), end), end)


def _row(shop: str, kind: str, of: dict[str, int], window: tuple[str, str], as_of: str) -> tuple[Any, ...]:
    first, last = min(of), max(of)
    gaps = gaps_of(sorted(of))
    said = ", ".join(a if a == b else f"{a} – {b}" for a, b in gaps)
    lost = sum(days.between(a, b) + 1 for a, b in gaps)
    behind = max(0, days.between(last, as_of))
    return (shop, kind, last, lost, said or None, strip(of, *window), behind, first, len(of))


def _own_row(kind: str, first: str, last: str, as_of: str) -> tuple[Any, ...]:
    return ("own", kind, last, None, None, None, max(0, days.between(last, as_of)), first, None)


def gaps_of(covered: list[str]) -> list[tuple[str, str]]:
    """First and last day of each run of missing days between covered ones, which are sorted."""
    return [(days.add(a, 1), days.add(b, -1)) for a, b in pairwise(covered) if days.between(a, b) > 1]


def strip(of: dict[str, int], first: str, last: str) -> str:
    """One character per day, weeks apart: full, part, missing, before the first file."""
    begins = min(of)
    marks = []
    for n in range(days.between(first, last) + 1):
        day = days.add(first, n)
        marks.append(BEFORE if day < begins else MISSING if day not in of else FULL if of[day] else PART)
    text = "".join(marks)
    return " ".join(text[i : i + 7] for i in range(0, len(text), 7)).rstrip()


def _legend(window: tuple[str, str]) -> Note:
    return Note("calendar", P(
        "Calendar from {first} to {last}, a week each: {full} whole day, {part} part of a day, {missing} missing.",
        "日历从 {first} 至 {last}，每组一周：{full} 全天，{part} 当天一部分，{missing} 缺少。"),
        {"first": window[0], "last": window[1], "full": FULL, "part": PART, "missing": MISSING})  # fmt: skip


def _cut(db: sqlite3.Connection) -> list[Note]:
    """The live imports that were cut off, each once: orders with fewer lines than in another file, or a total that the
    rows do not reach."""
    notes = []
    for number, name, receipt in db.execute(RECEIPTS):
        kept = json.loads(receipt)
        told: set[str] = set()
        for code, params in kept.get("said", ()):
            # What its rows in quarantine amount to is not missing.
            if code in CUT_OFF and code not in told and not (code == "sum-differs" and kept.get("quarantined")):
                told.add(code)
                said = {"count": 1} | params | {"number": number, "name": name.rsplit("/", 1)[-1]}
                notes.append(Note("cut-off", CUT_OFF[code], said))
    return notes
