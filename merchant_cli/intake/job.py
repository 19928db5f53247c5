"""What reading a file needs to know, and what it tells: passed to the reader, in this process or in a child."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from importers.base import Importer
from importers.sheet import TextForm
from merchant_cli.intake.named_shops import NamedShops
from merchant_cli.intake.prescan import Odd
from merchant_cli.intake.written import AS_USUAL, Marks

INTAKE_VERSION = "1"  # grows when the same file and importer would give other rows


@dataclass(frozen=True)
class Job:
    """One file, the importer that takes it, and the shop it belongs to.

    `form` is None for a workbook, then `sheet` names its sheet. `header_line` is 1-based. `as_of` is None where
    only the rows can tell. `latest` is the last instant that a fact may bear, `latest_day` its day.
    `sort_by` is the header by which the rows are sorted first (orders whose lines stand apart).
    `counted`: what own stock sheets said last, (location, code) → (instant, day, units).
    `odd`: cells of a workbook's sheet that hold no value (see prescan.py); `path` is then its unpacked file.
    `shops`: those that the rows of an own sheet may name. `all_new`: no order of the shop is stored yet.
    `joined`: the header, if it stands in two rows. `marks`: how the file writes amounts and days, once decided.
    """

    path: str
    importer: Importer
    header_line: int
    shop_no: int
    shop: str
    currency: str | None
    zone: str
    sale_day: str
    import_no: int
    secret: bytes
    latest: int
    latest_day: str
    form: TextForm | None = None
    sheet: str = ""
    as_of: int | None = None
    as_of_day: str = ""
    size: int = 0
    sort_by: str = ""
    counted: dict[tuple[str, str], tuple[int, str, int]] = field(default_factory=dict)
    shops: NamedShops = field(default_factory=NamedShops)
    file_name: str = ""
    all_new: bool = False
    marks: Marks = AS_USUAL
    joined: tuple[str, ...] = ()
    odd: Odd | None = None


OrderSaid = tuple[dict[str, Any], list[dict[str, Any]], int, list[int], int]


@dataclass
class Orders:
    """What the file says of whole orders: the order's columns, those of its lines, its file line, all its lines,
    and the hash of this claim."""

    said: list[OrderSaid] = field(default_factory=list)


@dataclass
class Rows:
    """Finished rows of other tables: (line of the file, table, row).

    A row begins with the number of its shop, or with the shop's name where a cell of the file names it.
    """

    rows: list[tuple[int, str, tuple[Any, ...]]] = field(default_factory=list)


@dataclass
class Faulty:
    """Rows that wait in quarantine: line, fault code, column, parameters, the cells."""

    rows: list[tuple[int, str, str, dict[str, Any], list[str]]] = field(default_factory=list)


@dataclass
class Progress:
    """How far the reader is: rows so far."""

    rows: int


@dataclass
class End:
    """What the whole file says: rows read, what was ignored and why, the days it covers, what was noticed.

    `days`: by the name of the shop ('' for the file's own), the days of which a row speaks alone.
    """

    read: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    newest: int | None = None
    newest_day: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    days: dict[str, set[str]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    unknown_words: Counter[str] = field(default_factory=Counter)
    same_names: list[str] = field(default_factory=list)  # what the second columns of a name are called
    garbled: dict[str, str] = field(default_factory=dict)  # text → what it probably was
    written: dict[str, str] = field(default_factory=dict)  # what was decided of it, by a note's code: an example
    rounded: list[str] = field(default_factory=list)  # amounts with more decimals than the currency
    ruined: list[str] = field(default_factory=list)  # barcodes that a spreadsheet program ruined
    differing: list[tuple[str, str, str]] = field(default_factory=list)  # stated sums that the rows do not come to


Message = Orders | Rows | Faulty | Progress | End
