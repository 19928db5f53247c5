"""The few shapes of Markdown that the generated pages use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from merchant_cli.basics.phrases import Phrase


def both(phrase: Phrase) -> str:
    """A phrase in both languages, once where they are the same."""
    return phrase.en if phrase.en == phrase.zh else f"{phrase.en} · {phrase.zh}"


def code(words: Iterable[str], between: str = ", ") -> str:
    return between.join(f"`{word}`" for word in words)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a pipe in a cell is escaped, None is a dash."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return "–" if value in (None, "") else str(value).replace("|", "\\|").replace("\n", " ")
