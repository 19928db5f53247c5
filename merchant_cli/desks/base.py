"""What a Desk, a Question, an Alert, an Answer and a Column are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note

KINDS = ("id", "sku", "text", "count", "rate", "money", "day", "moment", "flag", "json", "by_row")
STAKES = ("lost_margin", "cash_out", "refund_risk", "fine", "unknown")

# The columns that every alert's rows carry; `command` and `why_code` are made at the edge.
ALERT_KEYS = ("key", "subject", "why", "at_stake", "due", "action", "params")


@dataclass(frozen=True)
class Column:
    """One column of an answer: its name in JSON, its label, its kind (one of KINDS) and unit (currency of money).

    `words`: the vocabulary of its cells (see words.py), which people read in words and programs as it is stored.
    """

    name: str
    label: Phrase
    kind: str
    unit: str | None = None
    words: Mapping[str, Phrase] | None = None


AT_STAKE = Phrase("Money at stake", "涉及金额")


def alert_columns(currency: str | None, at_stake: Phrase = AT_STAKE) -> tuple[Column, ...]:
    """The columns that every alert's rows carry (ALERT_KEYS); the stake is in `currency`."""
    return (
        Column("key", Phrase("Key", "编号"), "id"),
        Column("subject", Phrase("Subject", "对象"), "text"),
        Column("why", Phrase("Why", "原因"), "text"),
        Column("at_stake", at_stake, "money", currency),
        Column("due", Phrase("Due", "截止日"), "day"),
        Column("action", Phrase("Action", "操作"), "id"),
        Column("params", Phrase("Parameters", "参数"), "json"),
    )


@dataclass(frozen=True)
class Scope:
    """What a question is asked about.

    `as_of`: the newest day taken as known, `YYYY-MM-DD` (None: the store covers no day).
    `shops`: `platform/name` of the shops asked about (empty: all).
    `since`/`until`: first and last day of the rows asked about, both included, in the zone of each shop (None: that
    side is open); which date of a row is meant, the question says. A question that looks back over a window (it has
    an option `window_days`) takes these days instead, see `window`; one without dated rows leaves them aside.
    `currency`: the base currency.
    """

    as_of: str | None = None
    shops: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    currency: str | None = None

    def window(self, length: int, last: str | None = None) -> tuple[str, str] | None:
        """First and last day of the `length` days that end with `last` (None: the as-of day).

        `until` ends the window earlier, never later; `since` begins it, whatever `length` is. None: no day is left.
        """
        last = last or self.as_of
        if last is None:
            return None
        end = min(last, self.until or last)
        first = self.since or days.add(end, 1 - length)
        return (first, end) if first <= end else None


@dataclass
class Answer:
    """Rows of a question. `rows` are tuples in the order of `columns`; money is integer minor units of the
    column's unit; `key` names the columns that identify a row; `estimated` the columns that are estimates."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]
    key: tuple[str, ...]
    as_of: str | None = None
    shops: tuple[str, ...] = ()
    currency: str | None = None
    notes: list[Note] = field(default_factory=list)
    estimated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Term:
    """One term of a sum behind a number: the terms of a `total` with `is_total` False add up to the one with True.

    `kind` as in Column; `unit` the currency of money.
    """

    total: str
    term: Phrase
    value: int | float | None
    kind: str = "count"
    unit: str | None = None
    is_total: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Behind:
    """One row of the store behind a number: fact table, its key, a short description, import number and line."""

    table: str
    key: str
    what: str
    import_no: int
    line: int


@dataclass
class Explanation:
    """Why a row says what it says: the terms of its sums and the rows behind them."""

    terms: list[Term]
    behind: list[Behind]
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """What is asked at a desk. `ask(db, scope, **options)` and `explain(db, scope, key, **options)` read
    documented views only and write nothing."""

    desk: str
    name: str
    title: Phrase
    ask: Callable[..., Answer]
    explain: Callable[..., Explanation] | None = None
    alert: bool = False
    action: str | None = None
    at_stake: str = "unknown"
    help: dict[str, Phrase] = field(default_factory=dict)  # option name → what it means
    limits: dict[str, tuple[float, float]] = field(default_factory=dict)  # option name → least, most; see options.py

    @property
    def address(self) -> str:
        return f"{self.desk}/{self.name}"


class Desk:
    """Where a merchant works. Its questions are declared with the `question` and `alert` decorators."""

    def __init__(self, name: str, title: Phrase) -> None:
        self.name, self.title = name, title
        self.questions: dict[str, Question] = {}

    def question(
        self,
        title: Phrase,
        *,
        alert: bool = False,
        action: str | None = None,
        at_stake: str = "unknown",
        explain: Callable[..., Explanation] | None = None,
        help: dict[str, Phrase] | None = None,
        limits: dict[str, tuple[float, float]] | None = None,
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        def declare(ask: Callable[..., Answer]) -> Callable[..., Answer]:
            name = ask.__name__.rstrip("_").replace("_", "-")
            self.questions[name] = Question(
                self.name, name, title, ask, explain, alert, action, at_stake, help or {}, limits or {}
            )
            return ask

        return declare

    def alert(self, title: Phrase, **declared: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """A question whose every row is something to do; see ALERT_KEYS for the columns it must have."""
        return self.question(title, alert=True, **declared)
