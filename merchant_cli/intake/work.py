"""The state of one import while it runs, shared by the modules that do its parts."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.base import Importer
from importers.sheet import TextForm
from merchant_cli.basics.problems import Place
from merchant_cli.intake.dated import AsOf, Said
from merchant_cli.intake.finish import Noticed
from merchant_cli.intake.job import INTAKE_VERSION, End
from merchant_cli.intake.limits import Remark
from merchant_cli.intake.originals import Original
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.unpack import Head
from merchant_cli.intake.written import AS_USUAL, Marks
from merchant_cli.store import shops
from merchant_cli.store.keeper import Keeper
from merchant_cli.store.order_set import Finisher
from merchant_cli.store.shops import Shop

Tell = Callable[[str, int, float], None]  # file, rows so far, seconds


@dataclass(frozen=True)
class Wanted:
    """A file, its importer and what was asked; `number` is set when an earlier import comes back.

    `head` is a workbook's sheet; `remarks` become notes of the receipt; `beside` are the imports of other sheets of the
    same layout, just taken in.

    `takes_back`: it comes back because the import that replaced it is undone. `undated`: the day of `exported` was
    taken from rows, so that others may be later.
    """

    path: Path
    name: str
    file_name: str
    sheet: str
    sha256: str
    size: int
    form: TextForm | None
    importer: Importer
    mapping: str
    header_line: int
    header: tuple[str, ...]
    joined: bool = False  # the header stands in two rows
    peeked: dict[str, str] = field(default_factory=dict)
    shop: str = ""
    exported: str | None = None
    dry_run: bool = False
    strict: bool = False
    encoding: str = ""
    head: Head | None = None
    remarks: tuple[Remark, ...] = ()
    beside: tuple[int, ...] = ()
    number: int | None = None
    takes_back: bool = False
    undated: bool = False
    said: Said = field(default_factory=Said)

    @property
    def place(self) -> Place:
        return Place(self.name, self.sheet)

    @property
    def version(self) -> str:
        return f"{self.importer.version}.{INTAKE_VERSION}"


@dataclass
class Work:
    """One import inside its transaction. `now` and `taken_in` are UTC seconds; `number` is given when it starts.

    `outcome` counts rows of orders; `row_rank` has the outcome of other rows by line, `waiting` the lines of
    records that are decided at the merge; `faulty` are the rows that go to quarantine.
    """

    db: sqlite3.Connection
    store: Path
    wanted: Wanted
    receipt: Receipt
    shop: Shop
    dated: AsOf
    now: int
    taken_in: int
    number: int = 0
    tell: Tell | None = None
    original: Original | None = None
    marks: Marks = AS_USUAL  # how the file writes amounts and days
    scattered: bool = False  # lines of one order stand apart: read sorted by order
    outcome: Counter[str] = field(default_factory=Counter)
    row_rank: dict[int, str] = field(default_factory=dict)
    waiting: dict[tuple[str, int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    faulty: list[Any] = field(default_factory=list)
    noticed: Noticed = field(default_factory=Noticed)
    end: End = field(default_factory=End)
    numbers: dict[str, int] = field(default_factory=dict)  # of the shops that rows of an own sheet name

    def number_of(self, shop: str) -> int:
        """The number of a shop that a row names; one of which no file has come yet is made."""
        if shop not in self.numbers:
            self.numbers[shop] = (shops.by_name(self.db, shop) or shops.add(self.db, shop)).no
        return self.numbers[shop]

    def begin(self) -> None:
        """Forgets what an earlier pass over the file left, and starts keeping."""
        finisher = Finisher(self.shop.no, self.shop.shop, self.shop.sale_day)
        self.keeper = Keeper(self.db, self.number, finisher, self.shop.zone)
        self.outcome, self.row_rank, self.waiting = Counter(), {}, defaultdict(list)
        self.faulty, self.noticed, self.end = [], Noticed(), End()
