"""How the shops do: the last full day, seven days and the month to date, against the same weekdays before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.finance import finance
from merchant_cli.desks.finance._sums import PARTS, Period, Sums, periods
from merchant_cli.desks.metrics import METRICS, Metric

P = Phrase

ALL = "all"  # the shop of a total
MOST = 200  # orders listed behind a row
ORDERS = """
SELECT order_id, currency, paid_minor, day FROM money_booked
WHERE orders = 1 AND shop = :shop AND day = :day ORDER BY order_id LIMIT :most
"""
LINES = "SELECT order_id, import_no, line FROM orders WHERE shop = :shop AND day = :day AND counts = 1"

TITLES = {name: metric.title for name, metric in METRICS.items()}
PERIODS = {
    "day": P("Last day", "最近一天"),
    "week": P("Seven days", "近 7 天"),
    "month": P("Month to date", "本月至今"),
}
PART_NAMES = {
    "orders": P("orders", "订单数"), "units": P("units", "件数"), "gross": P("gross sales", "销售总额"),
    "discount": P("shop's discounts", "店铺优惠"), "refund": P("refunds", "退款"),
    "paid": P("paid by buyers", "买家实付"), "buyers": P("buyers", "买家数"), "visitors": P("visitors", "访客数"),
    "bought": P("visitors who bought", "支付买家数"), "spend": P("ad spend", "推广花费"),
}  # fmt: skip


def _columns() -> tuple[Column, ...]:
    found = [
        Column("key", P("Key", "编号"), "id"),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("metric", P("Metric", "指标"), "id", words=TITLES),
    ]
    for name, label in PERIODS.items():
        before = P(f"{label.en} before", f"{label.zh}（上期）")
        found.append(Column(name, label, "by_row"))
        found.append(Column(f"{name}_before", before, "by_row"))
        found.append(Column(f"{name}_change", P("Change", "变化"), "rate"))
    return (
        *found,
        Column("last_day", P("Up to", "截至"), "day"),
        Column("kind", P("Kind", "类型"), "id"),
        Column("currency", P("Currency", "币种"), "id"),
    )


def explain(db: sqlite3.Connection, scope: Scope, key: str) -> Explanation:
    """The parts of each period of the row `SHOP:METRIC`, and the orders of its last day. Raises Problem no-such-row."""
    shop, _, name = key.rpartition(":")
    sums = Sums(db, scope) if scope.as_of else None
    row = next((r for r in _rows(sums, scope) if r[0] == key), None) if sums else None
    if sums is None or row is None:
        raise Problem("no-such-row", key=key, desk="finance", question="vitals")
    metric, unit, shops = METRICS[name], row[-1], tuple(sums.last) if shop == ALL else (shop,)
    terms = [term for period in periods(row[-3]) for term in _terms(sums, shops, metric, period, unit)]
    return Explanation(terms, _behind(db, shop, row[-3]))


def _terms(sums: Sums, shops: tuple[str, ...], metric: Metric, period: Period, unit: str | None) -> list[Term]:
    """The parts that add up to the metric over one period; a quotient is shown with what it is the quotient of."""
    value = sums.value(shops, metric, period.since, period.until, unit)
    if value is None:
        return []
    found = []
    parts = [(part, 1) for part in metric.plus] + [(part, -1) for part in metric.minus]
    for part, sign in parts + ([(metric.over, 1)] if metric.over else []):
        kind = "money" if metric.kind == "money" and part != metric.over else "count"
        one = replace(metric, plus=(part,), minus=(), over=None, kind=kind)
        amount = sums.value(shops, one, period.since, period.until, unit)
        total = f"{period.name} {part}" if metric.over else period.name
        signed = None if amount is None else sign * amount
        money = unit if kind == "money" else None
        found.append(Term(total, PART_NAMES[part], signed, kind, money, is_total=bool(metric.over)))
    money = unit if metric.kind == "money" else None
    return [*found, Term(period.name, PERIODS[period.name], value, metric.kind, money, is_total=True)]


def _behind(db: sqlite3.Connection, shop: str, day: str) -> list[Behind]:
    span = {"shop": shop, "day": day, "most": MOST}
    origin = {order: (number, line) for order, number, line in db.execute(LINES, span)}
    return [
        Behind("orders", f"{shop} {order}", day, *origin[order])
        for order, _, _, _ in db.execute(ORDERS, span) if order in origin
    ]  # fmt: skip


@finance.question(P("Vital signs", "经营概况"), explain=explain)
def vitals(db: sqlite3.Connection, scope: Scope) -> Answer:
    """The last full day, the seven days and the month to date that end with it, per shop, against the same weekdays
    before.

    Each shop has its own last full covered day; all together end on the earliest of them. The period before is the
    same moved back by the least number of whole weeks that is as long as the period. change = (now − before) ÷ before.
    A figure is blank unless every day of its period is covered by files of its kind (orders, traffic, ad reports);
    visitors and conversion are of one day, since visitors of several days cannot be added. Money in the shop's
    currency, the total in the base currency. What each metric means: `merchant explain metric NAME`.
    """
    sums = Sums(db, scope) if scope.as_of else None
    if sums is None or not sums.last:
        return Answer(_columns(), [], ("key",), scope.as_of, scope.shops, scope.currency, [FIRST_STEP])
    rows = _rows(sums, scope)
    return Answer(_columns(), rows, ("key",), scope.as_of, scope.shops, scope.currency, _notes(sums, rows))


FIRST_STEP = Note("no-orders", P(
    "No day of orders is fully covered yet. Import an orders export first: `merchant import FILE`",
    "还没有完整覆盖一天的订单。请先导入订单文件：`merchant import 文件`"))  # fmt: skip


def _rows(sums: Sums, scope: Scope) -> list[tuple[Any, ...]]:
    """Shop by shop, metric by metric; then several shops together, up to the last day that all of them have."""
    rows = []
    for shop, last in sums.last.items():
        rows += _of(sums, shop, (shop,), last, _only_currency(sums, shop) or scope.currency)
    newest = max(sums.last.values(), default="")
    for who in sums.spending():
        if who not in sums.last:  # the merchant's own sheet of ad spend is of no shop
            rows += _of(sums, who, (who,), newest, scope.currency)
    if len(sums.last) > 1:
        rows += _of(sums, ALL, tuple(sums.last), min(sums.last.values()), scope.currency)
    return rows


def _of(sums: Sums, name: str, shops: tuple[str, ...], last: str, unit: str | None) -> list[tuple[Any, ...]]:
    """The rows of one shop; a metric that is known for none of its periods is left out."""
    rows = []
    for metric in METRICS.values():
        cells: list[Any] = []
        for period in periods(last):
            now = sums.value(shops, metric, period.since, period.until, unit)
            before = sums.value(shops, metric, period.before_since, period.before_until, unit)
            change = None if now is None or not before else (now - before) / abs(before)
            cells += [now, before, change]
        if any(cell is not None for cell in cells):
            money = unit if metric.kind == "money" else None
            rows.append((f"{name}:{metric.name}", name, metric.name, *cells, last, metric.kind, money))
    return rows


def _only_currency(sums: Sums, shop: str) -> str | None:
    found = {
        currency for (of, part, _), amounts in sums.days.items() if of == shop and part in PARTS[2:]
        for currency, amount in amounts.items() if currency and amount
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _notes(sums: Sums, rows: list[tuple[Any, ...]]) -> list[Note]:
    first, week, month = periods(max(sums.last.values()))
    notes = [Note("periods", P(
        "{day} against {day_before}; {week} – {day} against {week_before} – {week_end};"
        " {month} – {day} against {month_before} – {month_end}.",
        "{day} 对比 {day_before}；{week} – {day} 对比 {week_before} – {week_end}；"
        "{month} – {day} 对比 {month_before} – {month_end}。"),
        {"day": first.until, "day_before": first.before_until, "week": week.since, "week_before": week.before_since,
         "week_end": week.before_until, "month": month.since, "month_before": month.before_since,
         "month_end": month.before_until})]  # fmt: skip
    if len(set(sums.last.values())) > 1:
        notes.append(
            Note(
                "total-until",
                P(
                    "The shops' files end on different days: all together are shown up to {day}.",
                    "各店铺数据截止日不同，合计只算到 {day}。",
                ),
                {"day": min(sums.last.values())},
            )
        )
    if blank := sorted({row[1] for row in rows if None in (row[3], row[6], row[9]) and row[2] == "orders"}):
        notes.append(
            Note(
                "uncovered",
                P(
                    "Blank: not every day of the period is covered by a file ({shops}). `merchant imports`",
                    "空白表示该期间并非每天都有数据（{shops}）。查看：`merchant imports`",
                ),
                {"shops": ", ".join(blank)},
            )
        )
    return notes
