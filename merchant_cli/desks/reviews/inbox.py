"""Reviews that wait for somebody, the most harmful first."""

from __future__ import annotations

import shlex
import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Answer, Column, Scope, alert_columns
from merchant_cli.desks.reviews import _drafts, reviews
from merchant_cli.desks.reviews._explained import explain
from merchant_cli.desks.reviews._notes import NO_ORDERS, notes
from merchant_cli.desks.reviews._read import STATES
from merchant_cli.desks.reviews._text import shown
from merchant_cli.desks.reviews._triage import OPEN, Asked, Case, triage
from merchant_cli.desks.reviews._wording import facts_of, language_of, why
from merchant_cli.desks.words import REVIEW_SEVERITIES, REVIEW_STATES

P = Phrase

TEXT_CELLS = 120  # of a review's text in the answer

HELP = {
    "state": P("Which reviews: open (new and triaged), new, triaged, replied, resolved or all",
               "哪些评价：`open`（新的和处理中的）、`new`、`triaged`、`replied`、`resolved` 或 `all`"),
    "stars": P("So many stars or fewer; words of weight are shown with any stars",
               "不超过这么多星；含重点词的评价不论星级都列出"),
    "sku": P("Only reviews of this SKU", "只看这个 SKU 的评价"),
    "days": P("Reviews of so many days up to the as-of day", "截至数据日期的这么多天内的评价"),
    "burst_days": P("Days in which bad reviews of one SKU may come thick", "判断差评突增所看的天数"),
    "drafts": P("Add a draft of the reply", "附上回复草稿"),
    "shop_name": P("How the shop calls itself in drafts", "草稿中的店铺名称"),
}  # fmt: skip
LIMITS: dict[str, tuple[float, float]] = {"stars": (1, 5), "days": (1, 3650)}


def _columns(currency: str | None, drafts: bool) -> tuple[Column, ...]:
    columns = (
        *alert_columns(currency, P("Could be refunded", "可能退款")),
        Column("harm", P("Harm", "危害"), "count"),
        Column("severity", P("Severity", "严重程度"), "id", words=REVIEW_SEVERITIES),
        Column("stars", P("Stars", "星级"), "count"),
        Column("day", P("Reviewed on", "评价日期"), "day"),
        Column("text", P("Text", "内容"), "text"),
        Column("state", P("State", "状态"), "id", words=REVIEW_STATES),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("share", P("Share of sales", "占销售额"), "rate"),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("order_id", P("Order", "订单"), "id"),
    )
    return (*columns, Column("draft", P("Draft of a reply", "回复草稿"), "text")) if drafts else columns


@reviews.alert(
    P("Review inbox", "评价待处理"), action="reply", at_stake="refund_risk", explain=explain, help=HELP, limits=LIMITS
)
def inbox(
    db: sqlite3.Connection, scope: Scope, *, state: str = "open", stars: int = 3, sku: str | None = None,
    days: int = 90, burst_days: int = 14, drafts: bool = False, shop_name: str = "",
) -> Answer:  # fmt: skip
    """Open reviews that say something bad, the most harmful first, with a burst of bad reviews named.

    Listed: reviews of the last `days` days (by the day of the review) in the state asked for that have `stars` stars or
    fewer, no stars, or words of weight; one of the own sheet belongs to the shop of its order. harm = (6 − stars, 4
    without stars) × weight of the heaviest words (rule file review_words: safety 4, threat 3, else 1) × (1 + the SKU's
    share of the net sales of the last 28 full covered days) × (1 + days waited, 28 at most, ÷ 14). due = day of the
    review + the days that review_words gives to its stars or words. at_stake = what the buyer paid for the order less
    what was given back, in minor units of the base currency; empty where no order is known or all was given back. A
    reply in the file counts as replied; else the state is what `merchant reviews mark` said. Burst: 4 or more bad
    reviews (1 or 2 stars) of one SKU within `burst_days` days whose chance is below 1 in 10,000 at the rate of the
    other days of the last 90 (Poisson; the rate is raised where good reviews rose alike). Phone numbers, accounts and
    addresses in texts are masked, texts are cut.
    """
    if scope.as_of is None:
        return Answer(_columns(scope.currency, drafts), [], ("key",), None, scope.shops, scope.currency, [NO_ORDERS])
    found = triage(db, scope, Asked(_states(state), stars, sku, days, burst_days))
    templates, faulty = _drafts.load() if drafts else ({}, [])
    rows = []
    for case in found.cases:
        row = _row(case)
        if drafts:
            lang = language_of(case)
            row += (_drafts.draft(templates, case.reason, lang, facts_of(case, lang, shop_name)),)
        rows.append(row)
    said = [*notes(found), *faulty]
    return Answer(_columns(scope.currency, drafts), rows, ("key",), scope.as_of, scope.shops, scope.currency, said)


def _states(said: str) -> tuple[str, ...]:
    """The states that `--state` names, in either language. Raises Problem bad-setting."""
    ours = {word.zh: name for name, word in REVIEW_STATES.items()} | {name: name for name in STATES}
    known = {"open": OPEN, "all": STATES} | {word: (name,) for word, name in ours.items()}
    if said.strip().casefold() in known:
        return known[said.strip().casefold()]
    names = ("open", "all", *STATES)
    detail = P(f"It takes one of: {', '.join(names)}.", f"它的值应为：{'、'.join(f'`{name}`' for name in names)}。")
    raise Problem("bad-setting", name="reviews.inbox.state", value=said, detail=detail)


def _row(case: Case) -> tuple[Any, ...]:
    one = case.review
    command = f"merchant reviews mark {shlex.quote(one.key)} --state replied"
    params = {"review": one.key, "sku": one.item, "reason": case.reason, "state": "replied", "command": command}
    return (
        one.key, shown(case.title, 60) or one.item or one.key, why(case), case.stake, case.due, "reply", params,
        case.harm.value, case.severity, one.stars, one.day, shown(one.words, TEXT_CELLS), one.state, one.sku,
        None if case.share is None else round(case.share, 4), case.shop, one.order_id,
    )  # fmt: skip
