"""One value of an answer as JSON, as CSV and as people read it, by the kind of its column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from merchant_cli.basics.money import major, plain, shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note

P = Phrase

NUMBERS = frozenset({"count", "money", "rate", "by_row"})
# What programs need of an alert and people do not.
FOR_PROGRAMS = frozenset({"action", "params", "why_code", "command"})


class ColumnLike(Protocol):
    """What is read of a column; see merchant_cli.desks.base.Column."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Phrase: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def words(self) -> Mapping[str, Phrase] | None: ...


class AnswerLike(Protocol):
    """What is read of an answer; see merchant_cli.desks.base.Answer."""

    @property
    def columns(self) -> tuple[Any, ...]: ...
    @property
    def rows(self) -> Iterable[tuple[Any, ...]]: ...
    @property
    def as_of(self) -> str | None: ...
    @property
    def shops(self) -> tuple[str, ...]: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def notes(self) -> list[Note]: ...
    @property
    def estimated(self) -> frozenset[str]: ...


def columns_of(answer: AnswerLike, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The columns as they hold for `row`: where a column's kind is `by_row`, the row's cell `kind` says it."""
    kind = next((row[i] for i, c in enumerate(answer.columns) if c.name == "kind"), "text")
    return tuple(replace(c, kind=kind) if c.kind == "by_row" else c for c in answer.columns)


def currencies(answer: AnswerLike, row: tuple[Any, ...]) -> list[str | None]:
    """For each column the currency of its money in `row`: the column's unit, else the row's, else the answer's."""
    said = [row[i] for i, c in enumerate(answer.columns) if c.name == "currency"]
    fallback = next((c for c in said if c), answer.currency)
    return [c.unit or fallback if c.kind in ("money", "by_row") else None for c in answer.columns]


def as_json(value: Any, column: ColumnLike, currency: str | None, lang: str) -> Any:
    """A value for JSON: money in major units, moments in ISO 8601, notes as sentences."""
    if value is None:
        return None
    if column.kind == "money":
        return major(value, currency)
    if column.kind == "moment" and isinstance(value, int):
        return moment(value).replace(" ", "T") + "Z"
    if column.kind == "flag":
        return bool(value)
    if isinstance(value, Note | Phrase):
        return value.show(lang)
    if isinstance(value, bytes):
        return value.hex()
    return value


def as_plain(value: Any, column: ColumnLike, currency: str | None, lang: str) -> str:
    """A value for CSV: money `1234.50` without thousands separators, nothing rounded."""
    if value is None:
        return ""
    if column.kind == "money":
        return plain(value, currency)
    said = as_json(value, column, currency, lang)
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, default=str)


def as_shown(value: Any, column: ColumnLike, currency: str | None, lang: str) -> str:
    """A value for people: money and counts with thousands separators, a rate without unit as per cent, the words of
    a vocabulary in `lang`."""
    if value is None:
        return ""
    if column.words and isinstance(value, str):
        return in_words(value, column.words, lang)
    if column.kind == "money":
        return shown(value, currency)
    if column.kind == "rate" and isinstance(value, int | float):
        return f"{value:.1%}" if column.unit in (None, "%") else f"{value:,.2f}"
    if column.kind == "count" and isinstance(value, int | float):
        return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    if column.kind == "flag":
        return (P("yes", "是") if value else P("no", "否")).show(lang)
    if column.kind == "moment" and isinstance(value, int):
        return moment(value)[:16]
    return as_plain(value, column, currency, lang)


def in_words(value: str, words: Mapping[str, Phrase], lang: str) -> str:
    """A word of a vocabulary, or several joined by ", ", as people read it; one that is not in it stays."""
    said = [words[word].show(lang) if word in words else word for word in value.split(", ")]
    return P(", ", "、").show(lang).join(said)


def moment(seconds: int) -> str:
    """A UTC instant as `2026-11-14 09:30:00`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def heading(answer: AnswerLike, column: ColumnLike, lang: str) -> str:
    """A column's title for people: `~` before an estimate, the currency or unit behind."""
    unit = column.unit or (answer.currency if column.kind == "money" and not _has_currency(answer) else None)
    text = ("~" if column.name in answer.estimated else "") + column.label.show(lang)
    return text if unit is None or unit == "%" else text + P(" ({x})", "（{x}）").show(lang, x=unit)


def _has_currency(answer: AnswerLike) -> bool:
    return any(column.name == "currency" for column in answer.columns)


def all_notes(answer: AnswerLike, lang: str) -> list[str]:
    """The answer's notes as sentences, and which columns are estimates."""
    notes = [note.show(lang) for note in answer.notes]
    guessed = [column.label.show(lang) for column in answer.columns if column.name in answer.estimated]
    if guessed:
        names = P(", ", "、").show(lang).join(guessed)
        notes.append(P("~ marks estimates: {names}.", "~ 表示估计值：{names}。").show(lang, names=names))
    return notes
