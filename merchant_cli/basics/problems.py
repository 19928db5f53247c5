"""Faults that the merchant can mend: what, where, why, how to fix."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics.faults import DETAILS, FAULTS
from merchant_cli.basics.phrases import Phrase

# Exit codes: an API for scripts.
DONE, FAILED, USAGE, PARTLY, REFUSED, BUSY, NEWER, DAMAGED, ACT, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 7, 8, 130


@dataclass(frozen=True)
class Place:
    """Where a fault lies; what is not known stays empty. Lines and rows count from 1 as a person does."""

    file: str = ""
    sheet: str = ""
    line: int = 0
    column: str = ""

    def show(self, lang: str) -> str:
        parts = [
            self.file,
            Phrase("sheet {x}", "工作表 {x}").show(lang, x=self.sheet) if self.sheet else "",
            Phrase("row {x}", "第 {x} 行").show(lang, x=self.line) if self.line else "",
            Phrase("column {x}", "列“{x}”").show(lang, x=self.column) if self.column else "",
        ]
        return Phrase(", ", "，").show(lang).join(p for p in parts if p)


class Problem(Exception):
    """A fault by its code in `faults.FAULTS`, with the parameters of its sentences and its place."""

    def __init__(self, code: str, place: Place | None = None, **params: Any) -> None:
        super().__init__(code)
        self.fault = FAULTS[code]
        self.code = code
        self.place = place or Place()
        self.params = params

    @property
    def exit_code(self) -> int:
        return self.fault.exit_code

    @property
    def of_store(self) -> bool:
        """Whether it is a fault of the store or its place, which every further file would meet too."""
        return self.exit_code in (FAILED, BUSY, NEWER, DAMAGED) and self.code != "unexpected"

    def show(self, lang: str) -> dict[str, str]:
        """The four answers in `lang`: what, where, why, fix."""
        params = {name: _in_words(value, lang) if name == "detail" else value for name, value in self.params.items()}
        return {
            "what": self.fault.what.show(lang, **params),
            "where": self.place.show(lang),
            "why": self.fault.why.show(lang, **params),
            "fix": self.fault.fix.show(lang, **params),
        }

    def at(self, place: Place) -> Problem:
        """The same fault at `place`."""
        return Problem(self.code, place, **self.params)


def _in_words(detail: Any, lang: str) -> Any:
    """A reader's or the system's detail as a sentence; English that nobody translated is quoted in Chinese text."""
    if not isinstance(detail, str):
        return detail
    if detail in DETAILS:
        return DETAILS[detail]
    return f"`{detail}`" if lang == "zh" and re.search("[A-Za-z]{4}", detail) and "`" not in detail else detail


@dataclass
class Note:
    """Something to know about an answer or a receipt: a sentence and its parameters; not a fault."""

    code: str
    phrase: Phrase
    params: dict[str, Any] = field(default_factory=dict)

    def show(self, lang: str) -> str:
        return self.phrase.show(lang, **self.params)
