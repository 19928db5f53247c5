"""Tables of the invented shop: a layout lists its columns as name=format, joined by |.

A column without a format stays empty. Money is held in cents (fen for Taobao); `text` writes every whole number
of a row's values as an amount.
"""

from pathlib import Path
from typing import Any, TextIO

Values = dict[str, Any]


def open_table(path: Path, layout: str, encoding: str = "utf-8", quote: str = "") -> TextIO:
    """The opened file with the layout's header row in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w", encoding=encoding, newline="\n", buffering=1 << 20)
    names = (column.partition("=")[0] for column in layout.replace("\n", "").split("|"))
    file.write(",".join(quote + name + quote for name in names) + "\n")
    return file


def template(layout: str, kept: tuple[str, ...] = ("",), quote: str = "") -> str:
    """The format of one row; columns that begin with none of `kept` are left empty."""
    cells = []
    for column in layout.replace("\n", "").split("|"):
        name, _, cell = column.partition("=")
        cell = cell if name.startswith(kept) else ""
        cells.append(cell if cell.startswith('="') else quote + cell + quote)
    return ",".join(cells)


def text(values: Values) -> Values:
    amounts = {key: f"{v // 100}.{v % 100:02d}" for key, v in values.items() if type(v) is int}
    return values | amounts
