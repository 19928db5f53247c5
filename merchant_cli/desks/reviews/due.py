"""Reviews whose time to be answered runs out, or has."""

from __future__ import annotations

import shlex
import sqlite3
from typing import Any

from merchant_cli.basics import days as calendar
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope, alert_columns
from merchant_cli.desks.reviews import reviews
from merchant_cli.desks.reviews._explained import explain
from merchant_cli.desks.reviews._notes import NO_ORDERS, notes
from merchant_cli.desks.reviews._text import shown
from merchant_cli.desks.reviews._triage import Asked, Case, triage
from merchant_cli.desks.words import REVIEW_SEVERITIES, REVIEW_STATES

P = Phrase

HELP = {
    "within_days": P("Answers due within so many days", "多少天内到期的回复"),
    "stars": P(
        "So many stars or fewer; words of weight count with any stars", "不超过这么多星；含重点词的评价不论星级"
    ),
    "days": P("Reviews of so many days up to the as-of day", "截至数据日期的这么多天内的评价"),
}
LIMITS: dict[str, tuple[float, float]] = {"within_days": (0, 365), "stars": (1, 5), "days": (1, 3650)}

LATE = P("Late by {days} {days:day|days}: due {term} {term:day|days} after the review.",
         "已超时 {days} 天：应在评价后 {term} 天内回复。")  # fmt: skip
LEFT = P("{days} {days:day|days} left: due {term} {term:day|days} after the review.",
         "还剩 {days} 天：应在评价后 {term} 天内回复。")  # fmt: skip
SUMMARY = P(
    "{count} {count:reply|replies} due by {day}, {late} of them late",
    "{day} 前应回复 {count} 条评价，其中 {late} 条已超时",
)

COLUMNS = (
    *alert_columns(None),
    Column("late_days", P("Days late", "超时天数"), "count"),
    Column("severity", P("Severity", "严重程度"), "id", words=REVIEW_SEVERITIES),
    Column("stars", P("Stars", "星级"), "count"),
    Column("day", P("Reviewed on", "评价日期"), "day"),
    Column("state", P("State", "状态"), "id", words=REVIEW_STATES),
    Column("sku", P("SKU", "SKU"), "sku"),
    Column("shop", P("Shop", "店铺"), "id"),
)


@reviews.alert(P("Replies due", "应回复的评价"), action="reply", explain=explain, help=HELP, limits=LIMITS)
def due(
    db: sqlite3.Connection, scope: Scope, *, within_days: int = 1, stars: int = 3, days: int = 90
) -> Answer:  # fmt: skip
    """Open reviews that should be answered within `within_days` days of the as-of day, or should have been.

    The reviews are those of `reviews inbox`. due = day of the review + the days of the rule file review_words: by
    stars (1 and 2 stars 2 days, 3 stars 3, none 2), 1 day where words of safety or threat are said. late_days = as-of
    day − due, empty while there is time. A review that is not dated is never due. The money is that of the inbox, so
    none is counted here; the worklist has one line for all of them.
    """
    if scope.as_of is None:
        return Answer(COLUMNS, [], ("key",), None, scope.shops, scope.currency, [NO_ORDERS])
    found = triage(db, scope, Asked(stars=stars, days=days))
    last = calendar.add(scope.as_of, within_days)
    cases = [case for case in found.cases if case.due is not None and case.due <= last]
    cases.sort(key=lambda case: (case.due or "", -case.harm.value, case.review.key))
    rows = [_row(case, scope.as_of) for case in cases]
    said = notes(found)
    if rows:
        late = sum(row[7] is not None for row in rows)
        said.insert(0, Note("summary", SUMMARY, {"count": len(rows), "day": last, "late": late}))
    return Answer(COLUMNS, rows, ("key",), scope.as_of, scope.shops, scope.currency, said)


def _row(case: Case, as_of: str) -> tuple[Any, ...]:
    one = case.review
    left = calendar.between(as_of, case.due or as_of)
    term = calendar.between(one.day or as_of, case.due or as_of)
    said = (
        Note("late", LATE, {"days": -left, "term": term})
        if left < 0
        else Note("due", LEFT, {"days": left, "term": term})
    )
    params = {"review": one.key, "reason": case.reason, "state": "replied",
              "command": f"merchant reviews mark {shlex.quote(one.key)} --state replied"}  # fmt: skip
    return (
        one.key, shown(case.title, 60) or one.item or one.key, said, None, case.due, "reply", params,
        -left if left < 0 else None, case.severity, one.stars, one.day, one.state, one.sku, case.shop,
    )  # fmt: skip
