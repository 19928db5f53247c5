"""Triage: how much harm each open review does, what it is about, and by when it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope
from merchant_cli.desks.reviews import _read, _words
from merchant_cli.desks.reviews._bursts import BAD_STARS, bursts
from merchant_cli.desks.reviews._read import Goods, Order, Orders, Review, Which
from merchant_cli.desks.reviews._sales import shares
from merchant_cli.desks.reviews._text import folded
from merchant_cli.desks.reviews._words import Words
from merchant_cli.desks.sales import Rates, in_base
from merchant_cli.methods.burst import Burst

P = Phrase

OPEN = ("new", "triaged")
NO_STARS = 2  # a review without stars weighs like one of two
AGE_DAYS, OLDEST = 14, 28  # waiting doubles the harm in 14 days and trebles it in 28


class Harm(NamedTuple):
    """The factors of the harm: `stars` × `words` × (1 + `share` of sales) × `age`."""

    stars: int
    words: float
    share: float
    age: float

    @property
    def value(self) -> float:
        return round(self.stars * self.words * (1 + self.share) * self.age, 2)


class Case(NamedTuple):
    """A review and what is made of it. `stake`: minor units of the base currency; None: not measurable."""

    review: Review
    order: Order | None
    said: Mapping[str, list[str]]  # group of words → those that were found
    severity: str
    reason: str
    age: int | None
    due: str | None
    share: float | None
    harm: Harm
    stake: int | None
    title: str | None
    burst: Burst | None

    @property
    def shop(self) -> str | None:
        """The shop of the order, else the review's own; None: not known."""
        return self.order.shop if self.order else self.review.shop


@dataclass(frozen=True)
class Asked:
    """What the questions of this desk are asked with."""

    states: tuple[str, ...] = OPEN
    stars: int = 3
    sku: str | None = None
    days: int = 90
    burst_days: int = 14


@dataclass
class Facts:
    """What every review of an answer is judged by. `notes`: what is wrong with the rule file."""

    as_of: str
    currency: str | None
    words: Words
    goods: Goods
    shares: dict[str, float] | None
    rates: Rates
    bursts: dict[str, Burst]
    notes: list[Note]


@dataclass
class Triage:
    """The cases, worst first, and what to know about them.

    `odd`: reviews whose stars lie outside 1 to 5. `homeless`: left out, since their shop is not known.
    `since`: the first day of those asked about, if there is no review at all.
    """

    facts: Facts
    cases: list[Case] = field(default_factory=list)
    odd: int = 0
    homeless: int = 0
    since: str | None = None


def facts(db: sqlite3.Connection, scope: Scope, asked: Asked) -> Facts:
    """Reads what reviews are judged by."""
    assert scope.as_of is not None
    words, notes = _words.load()
    found = bursts(db, scope.as_of, asked.days, asked.burst_days)
    rates = Rates(db, scope.as_of)
    return Facts(scope.as_of, scope.currency, words, _read.goods(db), shares(db, scope), rates, found, notes)


def which(db: sqlite3.Connection, scope: Scope, asked: Asked) -> Which | None:
    """The reviews asked about. None: no day is left.

    On the newest covered day reviews dated later are known too (typed in today, orders imported yesterday).
    """
    assert scope.as_of is not None
    if scope.until is None and scope.as_of == scopes.newest_day(db):
        first, last = scope.since or days.add(scope.as_of, 1 - asked.days), "9999-12-31"
    elif (window := scope.window(asked.days)) is not None:
        first, last = window
    else:
        return None
    return Which(first, last, asked.states, scope.since is None and scope.until is None)


def triage(db: sqlite3.Connection, scope: Scope, asked: Asked) -> Triage:
    """The reviews asked about that say something bad: few stars, none, or a word of weight.

    The last answer is kept: the questions of one worklist ask alike. A change of the store or the rules asks anew.
    """
    revision = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0], rules.stamp())
    return _triage(db, revision, scope, asked)


@lru_cache(maxsize=1)
def _triage(db: sqlite3.Connection, revision: tuple[int, int, str], scope: Scope, asked: Asked) -> Triage:
    known = facts(db, scope, asked)
    found = Triage(known)
    reviews = which(db, scope, asked)
    if reviews is None:
        return found
    wanted = []
    for review in _read.reviews(db, reviews):
        found.odd += review.rating is not None and review.stars is None
        said = known.words.found(folded(review.words))
        if _wanted(review, said, known, asked):
            wanted.append((review, said))
    if any(known.goods.title_of(review.item) is None for review, _ in wanted):
        known.goods.titles = _read.line_titles(db, reviews) | known.goods.titles
    orders = Orders(db, reviews)
    shops = set(scope.shops)
    everywhere = not shops or shops >= set(scopes.shops(db))
    for review, said in wanted:
        case = judged(review, orders.of(review), said, known)
        found.homeless += not everywhere and case.shop is None
        if everywhere or case.shop in shops:
            found.cases.append(case)
    found.cases.sort(key=lambda case: (-case.harm.value, case.review.day or "", case.review.key))
    found.since = None if found.cases or _read.any_review(db, reviews) else reviews.since
    return found


def _wanted(review: Review, said: Mapping[str, list[str]], known: Facts, asked: Asked) -> bool:
    if asked.sku is not None and asked.sku not in known.goods.skus(review):
        return False
    if review.stars is None or review.stars <= asked.stars:
        return True
    return any(known.words.groups[name].weight > 1 for name in said)


def judged(review: Review, order: Order | None, said: Mapping[str, list[str]], known: Facts) -> Case:
    """What is made of one review."""
    groups = [known.words.groups[name] for name in said]
    heaviest = max(groups, key=lambda group: group.weight, default=None)
    weight = heaviest.weight if heaviest else 1
    stars = review.stars
    severity = heaviest.name if heaviest and weight > 1 else _by_stars(stars)
    age = None if review.day is None else max(0, days.between(review.day, known.as_of))
    share = _share(review, known)
    terms = [known.words.reply_days["none" if stars is None else str(stars)]]
    terms += [group.reply_days for group in groups if group.reply_days is not None]
    reason = next((g.name for g in groups if g.name != "threat"), "thanks" if stars and stars >= 4 else "other")
    harm = Harm(6 - (stars or NO_STARS), weight, share or 0.0, 1 + min(age or 0, OLDEST) / AGE_DAYS)
    shop = order.shop if order else review.shop
    burst = known.bursts.get(review.item or "")
    part = burst and stars and stars <= BAD_STARS and review.day and burst.first <= review.day <= burst.last
    return Case(
        review, order, said, severity, reason, age, None if review.day is None else days.add(review.day, min(terms)),
        share, harm, stake(order, known), known.goods.title_of(review.item, shop), burst if part else None,
    )  # fmt: skip


def _by_stars(stars: int | None) -> str:
    if stars is None:
        return "unrated"
    return "bad" if stars <= BAD_STARS else "middling" if stars == 3 else "good"


def _share(review: Review, known: Facts) -> float | None:
    """The share of sales of what is reviewed; None: sales are not known, or not what is reviewed."""
    skus = known.goods.skus(review)
    if known.shares is None or not skus:
        return None
    return min(1.0, sum(known.shares.get(sku, 0.0) for sku in skus))


def stake(order: Order | None, known: Facts) -> int | None:
    """What could still be refunded: paid less given back, in the base currency.

    None also where all was given back: the review does harm yet, and that is not measurable.
    """
    if order is None or order.paid is None or order.currency is None or order.paid <= order.refunded:
        return None
    return in_base({order.currency: order.paid - order.refunded}, known.currency or order.currency, known.rates)
