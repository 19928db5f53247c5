"""The merchant's word on proposals: yes, no, or later."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from merchant_cli.basics.money import shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.send.actions import MONEY
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import APPROVED, PROPOSED, REFUSED, Proposal

P = Phrase

PROPOSALS = P("{n} {n:proposal|proposals}", "{n} 条建议")
UNITS = P("{n} {n:unit|units} to order", "采购 {n} 件")
PRICES = P("prices that add up to {old} {currency} become {new} {currency}", "售价合计由 {old} 变为 {new} {currency}")
MANY = 50  # rows from which on a yes is asked for once more


def named(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Proposal]:
    """The proposals with these numbers. Raises Problem no-such-proposal."""
    found = {one.number: one for one in kept.listed(db)}
    for number in numbers:
        if number not in found:
            raise Problem("no-such-proposal", number=number, newest=max(found, default=0))
    return [found[number] for number in dict.fromkeys(numbers)]


class Weight(NamedTuple):
    """What a yes would set in motion. `money`: currency → (sum before, sum after) of the prices that change, in minor
    units; `units`: units that suppliers are to send."""

    proposals: int
    rows: int
    prices: int
    money: dict[str, tuple[int, int]]
    units: int

    @property
    def asks(self) -> bool:
        """Whether it is so much, or money, that the merchant is asked once more."""
        return self.rows > MANY or self.prices > 0


def weight(proposals: Sequence[Proposal]) -> Weight:
    """What approving these proposals means; those that are approved already weigh nothing."""
    fresh = [one for one in proposals if one.state == PROPOSED]
    cells = [cell for one in fresh for cell in one.cells]
    before, after = Counter[str](), Counter[str]()
    prices = [cell for cell in cells if cell.field in MONEY]
    for cell in prices:
        before[cell.currency or ""] += cell.old or 0
        after[cell.currency or ""] += cell.new
    units = sum(int(one.params.get("quantity") or 0) for one in fresh if one.action == "purchase-order")
    money = {currency: (before[currency], after[currency]) for currency in after}
    return Weight(len(fresh), sum(max(1, len(one.cells)) for one in fresh), len(prices), money, units)


def weight_said(weight: Weight) -> Phrase:
    """What a yes would set in motion, in one sentence with its totals."""
    parts: list[tuple[Phrase, dict[str, Any]]] = [(PROPOSALS, {"n": weight.proposals})]
    if weight.units:
        parts.append((UNITS, {"n": weight.units}))
    for currency, (before, after) in weight.money.items():
        said = {"old": shown(before, currency), "new": shown(after, currency), "currency": currency}
        parts.append((PRICES, said))
    between = P(", ", "，")
    en, zh = (between.show(lang).join(part.show(lang, **said) for part, said in parts) for lang in ("en", "zh"))
    return P(en, zh)


def approve(db: sqlite3.Connection, numbers: Sequence[int], **said: Any) -> list[Proposal]:
    """Says yes; a proposal that is approved, sent or done with already stays as it is. `said`: owner, due and
    check_day where they are given. Returns those that changed. Raises Problem no-such-proposal, proposal-closed."""
    changed = []
    said = {name: value for name, value in said.items() if value is not None}
    for one in named(db, numbers):
        if one.state in (REFUSED, kept.WITHDRAWN):
            raise Problem("proposal-closed", number=one.number, state=one.state)
        if one.state == PROPOSED:
            kept.change(db, one, state=APPROVED, until_day=None, **said)
            changed.append(one)
        elif said and one.state == APPROVED:
            kept.change(db, one, **said)
            changed.append(one)
    return changed


def refuse(db: sqlite3.Connection, numbers: Sequence[int], why: str | None) -> list[Proposal]:
    """Says no; one that was sent can no longer be refused. Raises Problem no-such-proposal, proposal-closed."""
    changed = []
    for one in named(db, numbers):
        if one.state not in (PROPOSED, APPROVED, REFUSED):
            raise Problem("proposal-closed", number=one.number, state=one.state)
        if one.state != REFUSED:
            kept.change(db, one, state=REFUSED, why=why)
            changed.append(one)
    return changed


def snooze(db: sqlite3.Connection, numbers: Sequence[int], until: str, why: str | None = None) -> list[Proposal]:
    """Puts proposals off until a day of the data. Raises Problem no-such-proposal, proposal-closed."""
    changed = []
    for one in named(db, numbers):
        if one.state not in (PROPOSED, APPROVED):
            raise Problem("proposal-closed", number=one.number, state=one.state)
        kept.change(db, one, state=PROPOSED, until_day=until, why=why)
        changed.append(one)
    return changed
