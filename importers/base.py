"""What an importer is: a declaration of which headers it is known by and which header fills which column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from merchant_cli.basics.phrases import Phrase

CELL_KINDS = (
    "text", "id", "count", "money", "rate", "moment", "day", "choice", "flag", "present", "buyer", "raw", "others",
    "shop", "barcode",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """How one column of the store is filled: the header names over the years, the kind, and what is done to it.

    `constant` needs no header. `times` multiplies with a second column, exactly, rounded half up to minor units.
    `sign` -1 turns the sign. `words` is a vocabulary (file's word → ours), `patterns` one by regular expression.
    `strict`: an unknown word is a fault of the row. `required`: the row is nothing without it.
    `least`: a smaller number is a fault (negative quantity). `ahead`: a moment that may lie in the future and does not
    tell when the file was made. `order`: how a moment's day is written where the year does not come first (`mdy`,
    `dmy`). `whole`: an amount has no decimals, and its points part thousands (`189.950`). `comma`: it has a decimal
    comma (`1.234,56`).
    """

    kind: str
    names: tuple[str, ...] = ()
    constant: Any = None
    times: str = ""
    sign: int = 1
    words: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    required: bool = False
    least: int | None = None
    ahead: bool = False
    order: str = ""
    whole: bool = False
    comma: bool = False


def text(*names: str, **more: Any) -> Cell:
    return Cell("text", names, **more)


def id_(*names: str, **more: Any) -> Cell:
    return Cell("id", names, **more)


def count(*names: str, **more: Any) -> Cell:
    return Cell("count", names, **more)


def money(*names: str, **more: Any) -> Cell:
    return Cell("money", names, **more)


def rate(*names: str, **more: Any) -> Cell:
    return Cell("rate", names, **more)


def moment(*names: str, **more: Any) -> Cell:
    """Fills `<name>_at` and `<name>_day` (a column named `placed` or `placed_at`), one named `at`: `at` and `day`."""
    return Cell("moment", names, **more)


def day(*names: str, **more: Any) -> Cell:
    return Cell("day", names, **more)


def choice(name: str | tuple[str, ...], words: Mapping[str, str], **more: Any) -> Cell:
    return Cell("choice", (name,) if isinstance(name, str) else name, words=words, **more)


def flag(*names: str, **more: Any) -> Cell:
    return Cell("flag", names, **more)


def present(*names: str, **more: Any) -> Cell:
    """1 if the cell holds anything, 0 if not, NULL where the file has no such column."""
    return Cell("present", names, **more)


def buyer(*names: str, **more: Any) -> Cell:
    """The buyer's key, made from the first of these columns that is filled and not masked."""
    return Cell("buyer", names, **more)


def shop(*names: str, **more: Any) -> Cell:
    """The shop that a row of an own sheet names, as `platform/name`; fills `_in_shop` (see intake/named_shops.py)."""
    return Cell("shop", names, **more)


def barcode(*names: str, **more: Any) -> Cell:
    """A number that is not kept; one that a spreadsheet program ruined is told on the receipt."""
    return Cell("barcode", names, **more)


def raw(*names: str, **more: Any) -> Cell:
    """The cell as it stands, for `reshape`."""
    return Cell("raw", names, **more)


def others() -> Cell:
    """All columns that nothing else reads, as a dict header → cell, for `reshape`."""
    return Cell("others")


def constant(value: Any) -> Cell:
    return Cell("raw", constant=value)


@dataclass(frozen=True)
class Into:
    """Where a row goes: columns by table. With `when` (header, regular expression) only rows that match."""

    fills: Mapping[str, Mapping[str, Cell]]
    when: tuple[str, str] | None = None


@dataclass
class Draft:
    """What a file says about one record, before it is stored: column → value, and the line it came from.

    An order's draft (`table` "orders") carries its lines as dicts with their line numbers in `lines`/`at`.
    `ignored` names the reason why the row makes no record.
    """

    table: str
    values: dict[str, Any]
    line: int
    lines: list[dict[str, Any]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    ignored: str = ""


# A row that reshape cannot take: line, fault code, column, parameters, cells (it goes into quarantine).
Fault = tuple[int, str, str, dict[str, Any], list[str]]
Reshape = Callable[[Iterator[Draft], "Facts"], Iterator["Draft | Fault"]]


@dataclass(frozen=True)
class Sums:
    """What a file states of itself. `footers`: the cells of its footers so far, all of them after its last row.

    `differing`: what `reshape` found: the sum's name, what the rows come to, what the file states, all as text; it is
    told on the receipt.
    """

    footers: list[list[str]] = field(default_factory=list)
    differing: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """What is known of the file and its shop when its rows are read (for `reshape`).

    `currencies`: of the shops that rows of an own sheet may name. `above`: the texts of the rows above the header.
    """

    shop: str
    currency: str | None
    zone: str
    as_of: int | None
    as_of_day: str
    columns: frozenset[str]
    currencies: Mapping[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    file_name: str = ""
    sums: Sums = field(default_factory=Sums)

    def currency_of(self, row: Mapping[str, Any]) -> str | None:
        """The currency of a row's amounts: as stated, else that of the shop that it names, else the file's."""
        return row.get("currency") or self.currencies.get(row.get("_in_shop") or "") or self.currency


@dataclass(frozen=True)
class Importer:
    """One kind of file. `known_by`: all of these headers are there (`A|B`: one of the two); `never`: none of these is.

    What still ties is decided by `sheet_name`, `file_name` and `values` (header → regular expression that its first
    filled cells match).
    `kind` is its row in the coverage calendar (orders, lines, listings, stock, own …). `probe` is a column of
    `orders` that only an order's main row fills (rows that follow may leave it empty).
    `refused`: the file is known and not wanted, and why. `version` grows when the same file would give other rows.
    `of`: the platform whose shops its rows belong to, where that is another one (an app's reviews of a Shopify shop).
    `own` marks a sheet of the merchant's own: its example row is ignored, and it is dated when it is taken in.
    `menu`: where in the platform's back office the file is downloaded. `tried_on`: which real file it has read, by its
    public address; "" for none.
    `unlocks`: the questions (`inventory/reorder`) that its first file lets answer, named on the receipt.
    `footers`: a row whose first filled cell matches is no record; `footer_starts`: the characters it can begin with.
    `spare_cell`: its rows end in a delimiter that its header does not have. `ends_early`: they may leave out empty
    cells at their end. `quoted` False: a quotation mark is a character like any other.
    """

    platform: str
    name: str
    title: Phrase
    known_by: frozenset[str]
    into: tuple[Into, ...] = ()
    kind: str = ""
    never: frozenset[str] = frozenset()
    file_name: str = ""
    sheet_name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None
    zone: str = ""
    sale_day: str = ""
    shop: str = ""
    shop_label: str = ""
    of: str = ""
    probe: str = ""
    reshape: Reshape | None = None
    refused: Phrase | None = None
    grade: str = "A"
    menu: Phrase | None = None
    tried_on: str = ""
    version: str = "1"
    own: bool = False
    footers: str = r"^(合计|总计)"
    footer_starts: str = "合总"
    unlocks: tuple[str, ...] = ()
    spare_cell: bool = False
    ends_early: bool = False
    quoted: bool = True

    @property
    def id(self) -> str:
        """`taobao orders`: the name that --as takes."""
        return f"{self.platform} {self.name}"

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table for into in self.into for table in into.fills))

    def headers(self) -> frozenset[str]:
        """Every header name that is read, normalised."""
        cells = [cell for into in self.into for columns in into.fills.values() for cell in columns.values()]
        named = {norm(name) for cell in cells for name in (*cell.names, cell.times) if name}
        return frozenset(named | {norm(n) for either in self.known_by for n in either.split("|")})

    def required(self) -> tuple[str, ...]:
        """Headers without which the file is not this one, as the declaration writes them."""
        return tuple(sorted(n.replace("|", " / ") for n in self.known_by))

    def but(self, **changes: Any) -> Importer:
        """The same declaration with other values."""
        return replace(self, **changes)


def promised(order: dict[str, Any], lines: Iterable[Mapping[str, Any]]) -> None:
    """Fills by when the order is promised to ship: the earliest of what its lines state as `_ship_by`."""
    stated = [(day, line.get("_ship_by_at")) for line in lines if (day := line.get("_ship_by_day"))]
    if stated:
        order["ship_by_day"], order["ship_by_at"] = min(stated, key=lambda one: (one[0], one[1] or float("inf")))


_DASHES = str.maketrans({"–": "-", "—": "-", "帐": "账"})


def norm(name: str) -> str:
    """A header name for comparison: NFKC, without blanks, BOM and zero-width characters, 帐 as 账, case folded."""
    folded = unicodedata.normalize("NFKC", name).translate(_DASHES)
    return re.sub(r"[\s\ufeff\u200b-\u200d\u2060]+", "", folded).casefold()


def matched(known_by: Iterable[str], names: Set[str]) -> frozenset[str] | None:
    """Which of the normalised `names` fulfil the normalised `known_by`; None if one of them is missing."""
    found: set[str] = set()
    for either in known_by:
        hits = names & set(either.split("|"))
        if not hits:
            return None
        found |= hits
    return frozenset(found)


def described(title: str | None, options: str | None = None) -> str:
    """The code of a line or listing that has none: `~` and its title and options, folded, so that files meet."""
    folded = " ".join(unicodedata.normalize("NFKC", f"{title or ''} {options or ''}").casefold().split())
    return "~" + (folded or "?")


def by_row(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    """The drafts of each row of the file together: one for each table that the importer fills."""
    for _, group in groupby(drafts, key=lambda draft: draft.line):
        yield list(group)
