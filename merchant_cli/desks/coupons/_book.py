"""The coupon book: the merchant's own sheet and the shops' discount exports, one coupon per code."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from merchant_cli.basics import money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope
from merchant_cli.desks.coupons._codes import fold
from merchant_cli.desks.coupons._uses import Used, Uses, spent
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

COUPONS = """
SELECT shop, coupon_id, title, bearer, kind, face_minor, percent, threshold_minor, scope, budget_minor, currency,
  from_day, to_day, import_no, line
FROM coupons
"""
BEARERS = {"shop": P("the shop", "店铺"), "platform": P("the platform", "平台"), "creator": P("the creator", "达人")}
STATES = {
    "planned": P("planned", "未开始"), "running": P("running", "进行中"), "ended": P("ended", "已结束"),
    "unclear": P("unclear", "不明"),
}  # fmt: skip
ALL_OF_IT = 10_000  # hundredths of a per cent


class Row(NamedTuple):
    """A row of the view `coupons`; without a shop it is of the merchant's own sheet."""

    shop: str | None
    code: str
    title: str | None
    bearer: str | None
    kind: str | None
    face: int | None
    percent: int | None
    threshold: int | None
    scope: str | None
    budget: int | None
    currency: str | None
    first: str | None
    last: str | None
    import_no: int
    line: int


@dataclass(frozen=True)
class Coupon:
    """One code: `own` is the merchant's sheet, `exports` what shops say of it. What the sheet says holds; what it
    leaves open is filled in from the exports. `twice`: its place names the code a second time."""

    folded: str
    own: Row | None
    exports: tuple[Row, ...]
    twice: bool = False

    def said(self, name: str) -> Any:
        """The column as the first of its rows states it."""
        rows = ([self.own] if self.own else []) + list(self.exports)
        return next((value for row in rows if (value := getattr(row, name)) is not None), None)

    @property
    def code(self) -> str:
        return str(self.said("code"))

    @property
    def title(self) -> str:
        return str(self.said("title") or self.code)

    @property
    def key(self) -> str:
        """`coupon:own/CODE` for one of the merchant's sheet, else `coupon:platform/name/CODE`."""
        return f"coupon:{'own' if self.own else self.exports[0].shop}/{self.code}"

    @property
    def bearer(self) -> str:
        return str(self.said("bearer") or "shop")

    @property
    def first(self) -> str | None:
        return None if self.reversed else self.said("first")

    @property
    def last(self) -> str | None:
        return None if self.reversed else self.said("last")

    @property
    def reversed(self) -> bool:
        """Whether it ends before it starts: its dates are then taken for nothing."""
        first, last = self.said("first"), self.said("last")
        return first is not None and last is not None and last < first

    @property
    def differs(self) -> bool:
        """Whether the sheet and an export disagree on what it takes off or when."""
        names = ("kind", "face", "percent", "first", "last")
        pairs = [(getattr(self.own, n), getattr(row, n)) for row in self.exports for n in names] if self.own else []
        return any(ours != theirs for ours, theirs in pairs if ours is not None and theirs is not None)

    def state(self, as_of: str) -> str:
        """One of STATES on a day; the first and the last day are days on which it runs."""
        if self.reversed:
            return "unclear"
        if self.first is not None and as_of < self.first:
            return "planned"
        return "ended" if self.last is not None and as_of > self.last else "running"


@dataclass
class Book:
    """All coupons, in order of code; `shops`: the shops that exist, with their currency."""

    coupons: list[Coupon]
    shops: dict[str, str | None]

    def find(self, shop: str, folded: str) -> Coupon | None:
        """The coupon that an order of the shop means by a code."""
        return self._by.get((None, folded)) or self._by.get((shop, folded))

    def __post_init__(self) -> None:
        self._by: dict[tuple[str | None, str], Coupon] = {}
        self._exported: dict[str, set[str]] = defaultdict(set)
        for coupon in self.coupons:
            self._by[None if coupon.own else coupon.exports[0].shop, coupon.folded] = coupon
            self._exported[coupon.folded] |= {str(row.shop) for row in coupon.exports}

    def exported_by(self, folded: str) -> set[str]:
        """The shops whose exports name a code."""
        return self._exported.get(folded, set())

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(coupon.folded for coupon in self.coupons)

    def may_use(self, coupon: Coupon) -> list[str]:
        """The shops whose orders may name the coupon: those that export it, else those of its currency."""
        if not coupon.own:
            return [str(row.shop) for row in coupon.exports]
        currency = coupon.said("currency")
        fitting = [shop for shop, of in self.shops.items() if currency is None or of in (None, currency)]
        return list(dict.fromkeys([*(str(row.shop) for row in coupon.exports), *fitting]))


def read(db: sqlite3.Connection) -> Book:
    """The coupon book as it is now."""
    shops = scopes.shops(db)
    own: dict[str, list[Row]] = defaultdict(list)
    exported: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted((Row(*cells) for cells in db.execute(COUPONS)), key=lambda row: (row.shop or "", row.code)):
        if row.shop in shops:
            exported[fold(row.code)][str(row.shop)].append(row)
        else:
            own[fold(row.code)].append(row)
    found = []
    for folded in own.keys() | exported.keys():
        by_shop, mine = exported[folded], own.get(folded, [])
        twice = len(mine) > 1 or any(len(rows) > 1 for rows in by_shop.values())
        if mine:
            found.append(Coupon(folded, mine[0], tuple(rows[0] for rows in by_shop.values()), twice))
        else:
            found += [Coupon(folded, None, (rows[0],), len(rows) > 1) for rows in by_shop.values()]
    return Book(sorted(found, key=lambda coupon: (coupon.folded, coupon.key)), shops)


class Cost(NamedTuple):
    """What a coupon did so far, minor units of `currency`. None: no file tells, or no rate.

    `shared`: the discount of orders that named other codes too, of which this one took off a part nobody states.
    """

    orders: int | None
    discount: int | None
    shared: int | None
    unpriced: int
    currency: str | None
    uses: list[Used]


def cost_of(coupon: Coupon, book: Book, uses: Uses, scope: Scope, rates: Rates) -> Cost:
    """Uses and discount of a coupon up to the as-of day, in its own currency."""
    shops = [shop for shop in book.shops if not scope.shops or shop in scope.shops]
    wanted = shops if coupon.own else [shop for shop in book.may_use(coupon) if shop in shops]
    found = uses.of(wanted, coupon.folded)
    total = spent(found)
    used_in = {used.currency for used in found}
    currency = coupon.said("currency") or (used_in.pop() if len(used_in) == 1 else scope.currency)
    if not found and not _surely_none(coupon, book, uses):
        return Cost(None, None, None, 0, currency, [])
    discount = in_base(dict(total.discount), currency, rates)
    if total.unpriced == total.orders and total.orders:
        discount = None
    return Cost(total.orders, discount, in_base(dict(total.shared), currency, rates), total.unpriced, currency, found)


def _surely_none(coupon: Coupon, book: Book, uses: Uses) -> bool:
    """Whether nobody used it, rather than nobody telling: all shops that might name it name codes, and it is none of
    the automatic discounts that orders do not tell apart."""
    shops = book.may_use(coupon)
    automatic = any(row.shop in uses.automatic for row in coupon.exports)
    return bool(shops) and all(shop in uses.telling for shop in shops) and not automatic


def asked_about(coupon: Coupon, book: Book, scope: Scope) -> bool:
    """Whether a coupon may be one of the shops asked about."""
    return not scope.shops or not book.shops or any(shop in scope.shops for shop in book.may_use(coupon))


def terms_of(coupon: Coupon) -> Note | None:
    """What it takes off, in words and its own currency; None if nobody says."""
    kind, currency = coupon.said("kind"), coupon.said("currency")
    face, percent, least = coupon.said("face"), coupon.said("percent"), coupon.said("threshold")
    params = {
        "face": "" if face is None else money.shown(face, currency), "currency": currency or "",
        "percent": "" if percent is None else f"{percent / 100:g}",
        "least": "" if least is None else money.shown(least, currency),
    }  # fmt: skip
    if kind == "shipping":
        said, code = P("free shipping", "包邮"), "free-shipping"
    elif kind == "percent" and percent is not None:
        said, code = P("{percent} % off", "优惠 {percent}%"), "percent-off"
    elif face is not None:
        said, code = P("{face} {currency} off", "减 {face} {currency}"), "amount-off"
    else:
        return None
    if least:
        said = P(said.en + " from {least} {currency}", "满 {least} {currency} " + said.zh)
    return Note(code, said, params)
