"""How both layouts of Amazon's settlement reports become movements, and whether they add up to the stated total.

A settlement begins with a row of its own that tells its period and total, and no movement. Every further amount is one
movement; its number is the settlement's and a hash of what names it (order, item, kind of amount), so that both
layouts, and a report taken twice, tell of the same movements. Decimal mark and order of day and month are the whole
file's, found in its first rows.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from importers.amazon._kinds import kind_of
from importers.amazon._words import local_day
from importers.base import Cell, Draft, Facts, Fault, id_, raw
from importers.cells import Bad
from importers.decimal_comma import amounts, comma_in
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.money import plain

ACCOUNT = "wallet"  # as `money_moves.account` names it
SEEN = 5000  # rows by which a file tells how it writes
Parts = Callable[[dict[str, Any]], Iterable[tuple[str, str, str]]]  # a row's amount types, descriptions and amounts
COMMON: dict[str, Cell] = {
    "account": Cell("raw", constant=ACCOUNT),
    "_settlement": id_("settlement-id", required=True),
    "_start": raw("settlement-start-date"),
    "_end": raw("settlement-end-date"),
    "_total": raw("total-amount"),
    "_currency": raw("currency"),
    "_transaction": raw("transaction-type"),
    "order_id": id_("order-id"),
    "_adjustment": raw("adjustment-id"),
    "_shipment": raw("shipment-id"),
    "_market": raw("marketplace-name"),
    "_posted_date": raw("posted-date"),
    "_posted": raw("posted-date-time"),
    "_item": raw("order-item-code"),
    "_sku": raw("sku"),
    "_promotion": raw("promotion-id"),
}
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
NAMED_BY = ("_transaction", "order_id", "_adjustment", "_shipment", "_item", "_sku", "_promotion")


class Settlements:
    """The settlements of one file: reads rows as the file writes them and keeps what each comes to."""

    def __init__(self, first: list[Draft], facts: Facts, money_in: Parts) -> None:
        self.facts, self.money_in = facts, money_in
        cells = [draft.values.get("_total") or "" for draft in first]
        self.comma = comma_in(chain(cells, (cell for d in first for *_, cell in money_in(d.values))))
        days = [d.values.get(n) or "" for d in first for n in ("_posted_date", "_posted", "_start", "_end")]
        self.month_first = _month_first(days)
        self.read_moment = Moments(facts.zone)
        self.market = next((m for d in first if (m := d.values.get("_market"))), None)
        summaries = [d.values for d in first if d.values.get("_total")]
        self.currency = {row["_settlement"]: row.get("_currency") or "" for row in summaries}
        self.ends = {row["_settlement"]: row.get("_end") or "" for row in summaries}
        self.limit = day_of(int(time.time()) + 86400, facts.zone)
        self.stated: dict[str, tuple[Draft, int]] = {}
        self.sums: Counter[str] = Counter()
        self.numbers: dict[str, Counter[str]] = {}

    def of(self, draft: Draft) -> Iterator[Draft | Fault]:
        row = draft.values
        number = row["_settlement"]
        currency = row.get("_currency") or self.currency.get(number) or self.facts.currency
        if row.get("_total"):
            yield from self._summary(draft, number, currency)
            return
        at, day, bad = self._posted(row)
        if bad is not None:
            yield draft.line, bad.code, "posted-date", bad.params, []
            return
        read, found = amounts(currency, self.comma), []
        for amount_type, description, cell in self.money_in(row):
            amount = read(cell)
            if isinstance(amount, Bad):
                yield draft.line, amount.code, "amount", amount.params, []
                return
            if amount is not None:
                found.append((amount_type, description, amount))
        if not found:
            yield Draft("", {}, draft.line, ignored="blank")
        for amount_type, description, amount in found:
            self.sums[number] += amount
            yield Draft("money_moves", {
                "account": ACCOUNT, "move_id": self._number(row, number, description, amount),
                "kind": kind_of(row.get("_transaction") or "", amount_type, description),
                "order_id": row.get("order_id"), "currency": currency, "amount": amount, "at": at, "day": day,
                "note": " / ".join(dict.fromkeys(filter(None, (row.get("_transaction"), amount_type, description)))),
            }, draft.line)  # fmt: skip

    def _summary(self, draft: Draft, number: str, currency: str | None) -> Iterator[Draft | Fault]:
        total = amounts(currency, self.comma)(draft.values["_total"])
        if isinstance(total, Bad):
            yield draft.line, total.code, "total-amount", total.params, []
        elif total is not None:
            if number in self.stated:
                yield Draft("", {}, draft.line, ignored="total")
                self.sums[number] = 0  # a settlement that stands in the file again is the same one
                self.numbers.pop(number, None)
            self.currency[number] = currency or ""
            self.stated[number] = (draft, total)

    def _posted(self, row: dict[str, Any]) -> tuple[int | None, str | None, Bad | None]:
        """When the amount was posted; one without a date belongs to the end of its settlement."""
        written = row.get("_posted") or row.get("_posted_date") or self.ends.get(row["_settlement"]) or ""
        said = self.read_moment(_year_first(written, self.month_first))
        if said is None or isinstance(said, Bad):
            return None, None, said or Bad("missing-value", {"column": "posted-date"})
        if said[1] > self.limit:
            return None, None, Bad("future-date", {"value": said[1], "limit": self.limit})
        moment = {"posted_at": said[0], "posted_day": said[1]}
        return said[0], local_day(moment, "posted", row.get("_market") or self.market, self.facts.zone), None

    def _number(self, row: dict[str, Any], settlement: str, description: str, amount: int) -> str:
        named = "\x1f".join([*(row.get(name) or "" for name in NAMED_BY), description, str(amount)])
        number = hashlib.blake2b(named.encode("utf-8", "replace"), digest_size=6).hexdigest()
        known = self.numbers.setdefault(settlement, Counter())
        known[number] += 1
        return f"{settlement}/{number}#{known[number]}"

    def checked(self) -> Iterator[Draft | Fault]:
        """The summary rows: they make no record, and are faulty where the movements come to another total."""
        for number, (draft, total) in self.stated.items():
            if self.sums[number] == total:
                yield Draft("", {}, draft.line, ignored="total")
            else:
                currency = self.currency[number] or None
                params = {
                    "column": "total-amount",
                    "found": plain(self.sums[number], currency),
                    "stated": plain(total, currency),
                }
                yield draft.line, "sum-differs", "total-amount", params, []


def reshaped(money_in: Parts) -> Callable[[Iterator[Draft], Facts], Iterator[Draft | Fault]]:
    """The `reshape` of a layout whose rows hold the amounts `money_in`."""

    def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
        first = list(islice(drafts, SEEN))
        known = Settlements(first, facts, money_in)
        for draft in chain(first, drafts):
            yield from known.of(draft)
        yield from known.checked()

    return reshape


def _month_first(days: Iterable[str]) -> bool:
    """Whether `09/06/25` is the sixth of September: as a day of the file proves; else as Amazon documents it, but for
    days with points, which are European."""
    found = [one for day in days if (one := _YEAR_LAST.fullmatch(day.strip()))]
    if any(int(one[1]) > 12 for one in found):
        return False
    return any(int(one[3]) > 12 for one in found) or not any(one[2] == "." for one in found)


def _year_first(text: str, month_first: bool) -> str:
    """`09.06.2025 05:23:19 UTC` as `2025-06-09 05:23:19 UTC`."""
    found = _YEAR_LAST.fullmatch(text.strip())
    if found is None:
        return text
    month, day = (found[1], found[3]) if month_first else (found[3], found[1])
    year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
    return f"{year}-{month:0>2}-{day:0>2}{found[5]}"
