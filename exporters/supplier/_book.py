"""What the workbooks for other people share: typed text cells and widths that fit."""

from __future__ import annotations

from typing import Any

from exporters.xlsx import FONT
from merchant_cli.basics.money import decimals
from merchant_cli.basics.safe_text import safe_text, width

WIDEST = 48  # cells of a terminal, which are about characters of a sheet


class Formats:
    """The cell formats of one workbook; money by its decimals."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self.head_of_number = book.add_format({"bold": True, "bottom": 1, "num_format": "@", "align": "right"})
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.count = book.add_format({"num_format": "#,##0"})
        self._money: dict[int, Any] = {}

    def money(self, currency: str | None) -> Any:
        places = decimals(currency)
        if places not in self._money:
            pattern = "#,##0" + ("." + "0" * places if places else "")
            self._money[places] = self.book.add_format({"num_format": pattern})
        return self._money[places]


def options() -> dict[str, Any]:
    """How such a workbook is opened for writing: no text becomes a link, and the font has Chinese characters."""
    return {"in_memory": True, "strings_to_urls": False, "default_format_properties": FONT}


def text_cell(sheet: Any, y: int, x: int, value: str, cell_format: Any) -> None:
    """A cell that is text whatever it looks like."""
    sheet.write_string(y, x, safe_text(value), cell_format)


def fit(sheet: Any, heads: list[str], rows: list[list[str]], first: int = 0) -> None:
    """Columns as wide as what stands in them, the first one at least `first`; longer text wraps."""
    for x, head in enumerate(heads):
        widest = max(width(head), *(width(row[x]) for row in rows), 6 if x else first)
        sheet.set_column(x, x, min(WIDEST, widest + 2))
