"""What the cells of one column look like: days, amounts, counts, codes, words; in which order days are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.cells import Bad, clean, money_reader, read_count, read_rate
from importers.dates import order_of, year_first
from importers.moments import Moments
from importers.signs import currency_in

MOST = 0.9  # of the different cells must read as a kind, or all but one; the others are faults of their rows
_NUMBERS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b.*", re.ASCII)
_COMMA = re.compile(r"\D{0,4}-?\d{1,3}((\.\d{3})+|\d*),\d{1,2}\D{0,4}", re.ASCII)
_POINT = re.compile(r"\D{0,4}-?[\d,]*\d\.\d{1,2}\D{0,4}", re.ASCII)
_CODE = re.compile(r"[#A-Za-z0-9][\w/#.-]{0,39}", re.ASCII)
_TIME = re.compile(r"\d:\d\d")
_OFFSET = re.compile(r"(Z|UTC|[+-]\d{2}:?\d{2})$")
_NAMED = (
    "CNY USD EUR GBP JPY HKD TWD KRW SGD AUD CAD NZD CHF SEK NOK DKK INR MYR THB PHP IDR VND BRL MXN PLN CZK RUB TRY"
    " ZAR AED SAR ILS KWD BHD"
)
CURRENCIES = frozenset(_NAMED.split())
_SIGNS = {"元": "CNY", "人民币": "CNY", "RMB": "CNY", "円": "JPY", "US$": "USD", "£": "GBP", "€": "EUR", "HK$": "HKD"}


@dataclass(frozen=True)
class Shape:
    """One column's cells. Shares are of the filled cells; `order` of days: "" (year first), mdy, dmy, or "open".

    `sign`: the currency that the cells name; "$" and "¥" alone name none.
    """

    filled: int = 0
    distinct: int = 0
    days: float = 0.0
    money: float = 0.0
    counts: float = 0.0
    rates: float = 0.0
    codes: float = 0.0
    currencies: float = 0.0
    order: str = ""
    timed: bool = False
    offset: bool = False
    comma: bool = False
    minus: bool = False
    below_one: bool = False
    sign: str | None = None
    words: tuple[str, ...] = field(default=())  # the different cells, where they are few

    def reads_as(self, kind: str) -> bool:
        """Whether cells of this kind can be read from the column; an empty column says nothing against it."""
        if not self.filled:
            return True
        if kind in ("moment", "day"):
            return self.days >= MOST
        if kind == "money":
            return self.money >= MOST and self.days < MOST
        if kind == "count":
            return self.counts >= MOST and self.days < MOST
        if kind == "rate":
            return self.rates >= MOST
        if kind == "choice":
            return self.distinct <= max(12, self.filled // 3) and self.money < MOST and self.days < MOST
        return True

    def looks(self, what: str) -> bool:
        """Whether the cells look as `what` usually does: a code without blanks, or words."""
        if what == "code":
            return self.codes >= MOST and self.days < MOST
        return what != "words" or (self.codes < 0.5 and self.money < MOST)


def shape_of(cells: Sequence[str]) -> Shape:
    """The shape of the cells of one column of a sample."""
    found = [text for cell in cells if (text := clean(cell))]
    if not found:
        return Shape()
    some = list(dict.fromkeys(found))
    order = _order(some)
    comma = is_comma(some)
    moments, amount = Moments(""), money_reader("USD")
    plain = [uncomma(text) if comma else text for text in some]
    amounts = [amount(_bare(text) if comma else text) for text in plain]

    def share(values: Sequence[object]) -> float:
        good = sum(value is not None and not isinstance(value, Bad) for value in values)
        return max(MOST, good / len(values)) if good >= 2 and good + 1 == len(values) else good / len(values)

    days = share([moments(year_first(text, order if order in ("mdy", "dmy") else "dmy")) for text in some])
    if order in ("mdy", "dmy", "open"):
        days = max(days, share([moments(year_first(text, "mdy")) for text in some]))
    upper = [text.upper() for text in some]
    numbers = [float(text) for text in plain if re.fullmatch(r"-?\d+(\.\d+)?", text)]
    return Shape(
        len(found), len(some), 0.0 if _all_serials(some) else days, share(amounts),
        share([read_count(text) for text in some]), share([read_rate(text) for text in some]),
        sum(_CODE.fullmatch(text) is not None for text in some) / len(some),
        sum(text in CURRENCIES for text in upper) / len(some), order, any(map(_TIME.search, some)),
        all(map(_OFFSET.search, some)), comma, any(_bare(text).startswith(("-", "(")) for text in some),
        bool(numbers) and len(numbers) == len(some) and all(0 < n <= 1 for n in numbers) and max(numbers) < 1,
        sign_in(some), tuple(some) if len(some) <= 12 else (),
    )  # fmt: skip


def _all_serials(cells: Sequence[str]) -> bool:
    """Whether the cells are whole numbers that only a spreadsheet could mean as days: ambiguous, so taken as counts."""
    return all(cell.replace(".", "", 1).isdigit() and len(cell) < 8 for cell in cells)


def _order(cells: Sequence[str]) -> str:
    """In which order days of numbers are written; "open" if none of them proves it."""
    numbers = [cell for cell in cells if _NUMBERS.fullmatch(cell)]
    return (order_of(numbers) or "open") if numbers else ""


def is_comma(cells: Sequence[str]) -> bool:
    """Whether amounts are written with a decimal comma: some prove it and none has a decimal point."""
    return any(map(_COMMA.fullmatch, cells)) and not any(map(_POINT.fullmatch, cells))


def uncomma(text: str) -> str:
    """`1.299,90` as `1299.90`."""
    return text.replace(".", "").replace(",", ".")


def _bare(text: str) -> str:
    """An amount without the letters of a currency round it, which the reader of the file may not take."""
    return re.sub(r"^(?:[A-Z]{3}|RMB|元|人民币)\s*|\s*(?:[A-Z]{3}|€|£|元)$", "", text)


def sign_in(cells: Sequence[str]) -> str | None:
    """The currency that all the cells name by a sign or a code; None if they name none, or several."""
    found = set()
    for cell in cells:
        code = re.match(r"([A-Z]{3})\s?[\d-]|.*\d\s?([A-Z]{3})$", cell)
        named = (code[1] or code[2]) if code else None
        named = named if named in CURRENCIES else next((c for sign, c in _SIGNS.items() if sign in cell), None)
        if named is None and not cell.lstrip("(-").startswith("$"):
            named = currency_in([cell])
        found.add(named)
    return found.pop() if len(found) == 1 else None
