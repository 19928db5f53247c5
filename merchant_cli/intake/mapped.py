"""Makes a mapping for a merchant's own sheet from what he set: column of the store ← header of the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from importers.base import CELL_KINDS, Cell, Importer, Into, norm
from importers.cells import money_reader, read_count, read_rate
from importers.mapping import from_toml, to_toml
from importers.sheet import named
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import gate
from merchant_cli.intake.identify import likely_header
from merchant_cli.intake.kinds import columns_of, kind_of
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.synonyms import synonyms
from merchant_cli.intake.take_in import sheets_of
from merchant_cli.store.facts import TABLES

P = Phrase

_SET = re.compile(r"(?:(\w+)\.)?(\w+)(?::(\w+))?\s*(==?)(.*)", re.DOTALL)
USUAL = ("orders", "order_lines")  # tables in which a column without a table's name is looked for
KINDS = tuple(kind for kind in CELL_KINDS if kind not in ("raw", "others", "shop"))
ORDERS = ("mdy", "dmy")  # of a day or moment that is written in numbers, year last
COMMA = "comma"  # of an amount with a decimal comma
# Tables that belong to one of the merchant's shops; the others may be his own (store/shops.py, number 0).
OF_A_SHOP = frozenset({"orders", "order_lines", "refunds", "listings", "prices", "money_moves", "coupon_uses"})
COVERS = {"order_lines": "lines", "stock_counts": "stock"}  # kind of coverage where it is not the table's name


class BadSet(Exception):
    """A --set that cannot be understood, and why."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class SetColumn:
    """One --set: the table and column, the kind of cell, and a header or a constant.

    `times`: the header that the first is multiplied with. `order` of days of numbers: mdy, dmy. `comma`: amounts have
    a decimal comma. `words`: what the merchant said that words of this column mean. `required`: a row is nothing
    without it.
    """

    table: str
    column: str
    kind: str
    header: str
    constant: str | None = None
    times: str = ""
    order: str = ""
    comma: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.header, self.times)))

    def said(self) -> str:
        """The --set that says this."""
        if self.constant is not None:
            return f"{self.table}.{self.column}=={self.constant}"
        kind = f":{self.order}" if self.order else f":{COMMA}" if self.comma else ""
        return f"{self.table}.{self.column}{kind}=" + " * ".join(self.headers)


def parse(texts: Sequence[str], into: str | None = None) -> list[SetColumn]:
    """`[table.]column[:kind]=header` or `column==constant`, each. Raises BadSet.

    A column that orders and order_lines both have belongs to the lines as soon as a column of lines is set.
    """
    said: list[tuple[str | None, ...]] = []
    for text in texts:
        found = _SET.fullmatch(text.strip())
        if found is None:
            raise BadSet(P(f"“{text}” is not like column=header.", f"“{text}”不是“列=表头”的形式。"))
        said.append(found.groups())
    of_lines = set(columns_of("order_lines")) - set(columns_of("orders"))
    lines = any(column in of_lines for table, column, *_ in said if not table)
    usual = USUAL[::-1] if lines else USUAL
    return [_parsed(one, into, usual) for one in said]


def _parsed(said: tuple[str | None, ...], into: str | None, usual: tuple[str, ...]) -> SetColumn:
    table, column, kind, equals, value = said
    assert column is not None and value is not None
    if table is None and into is None and column == "order_id":
        table = "orders"
    table = table or into or next((t for t in usual if column in columns_of(t)), USUAL[0])
    if table not in TABLES:
        raise _unknown(table, list(TABLES), P("table", "表"))
    column = column.removesuffix("_at") if column not in columns_of(table) else column
    if column not in columns_of(table):
        raise _unknown(column, columns_of(table), P(f"column of {table}", f"{table} 的列"))
    if kind is not None and kind not in (*KINDS, *ORDERS, COMMA):
        raise _unknown(kind, [*KINDS, *ORDERS, COMMA], P("kind", "类型"))
    written = kind if kind in (*ORDERS, COMMA) else ""
    kind, value = kind if kind and not written else kind_of_column(table, column), value.strip()
    if equals == "=":
        return SetColumn(table, column, kind, value, order=written.removesuffix(COMMA), comma=written == COMMA)
    return SetColumn(table, column, kind, "", value)


def kind_of_column(table: str, column: str) -> str:
    """The kind of cell that a column of the store takes where nobody says another."""
    if (table, column) in synonyms().words:
        return "choice"
    moment = column not in TABLES[table].stated and f"{column}_at" in TABLES[table].stated
    return "moment" if moment else kind_of(table, column)


def _unknown(name: str, known: Sequence[str], what: Phrase) -> BadSet:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
    listed = ", ".join(near[:12])
    return BadSet(
        P(f"there is no {what.en} “{name}”; nearest: {listed}", f"没有{what.zh}“{name}”；最接近的是：{listed}")
    )


def header_of(path: str, wanted: Sequence[SetColumn] = ()) -> list[str]:
    """The names of the row that holds most of the wanted headers, else of the first sheet's header.

    Raises the file's Problem.
    """
    names = {norm(part) for one in wanted for said in one.headers for part in (said, *said.split("*"))}
    best: list[str] = []
    likely: list[str] = []
    opened = gate.Opened()
    try:
        for source in gate.found([path], opened):
            if isinstance(source, tuple):
                raise source[1]
            for sheet in sheets_of(source):
                if isinstance(sheet, Receipt):
                    assert sheet.problem is not None
                    raise sheet.problem
                if not likely and (found := likely_header(sheet.rows)) is not None:
                    likely = named(found[1])
                best = max([best, *(named(cells) for _, cells in sheet.rows)], key=lambda row: _hits(row, names))
    finally:
        opened.close()
    if not likely:
        raise Problem("no-header", Place(path))
    return [name.strip() for name in (best if _hits(best, names) else likely) if name.strip()]


def _hits(row: Sequence[str], names: set[str]) -> int:
    return len(names & {norm(cell) for cell in row})


def mapping(
    name: str, wanted: Sequence[SetColumn], header: Sequence[str], *,
    shop: str = "", currency: str | None = None, zone: str = "", **more: Any,
) -> str:  # fmt: skip
    """The mapping as TOML, checked by reading it back. Raises BadSet, Problem bad-mapping."""
    names = {norm(h): h for h in header}
    wanted = [_multiplied(one, names) for one in wanted]
    for one in wanted:
        for said in one.headers:
            if norm(said) not in names:
                raise _unknown(said, list(header), P("header", "表头"))
    fills: dict[str, dict[str, Cell]] = {}
    for one in wanted:
        fills.setdefault(one.table, {})[one.column] = _cell(one, currency)
    _keep_raw_words(fills)
    tables = {one.table for one in wanted}
    first = wanted[0].table
    importer = Importer(
        platform="own", name=name, title=P(name, name), into=(Into(fills),), kind=COVERS.get(first, first),
        known_by=frozenset(names[norm(said)] for one in wanted for said in one.headers),
        own=not tables & OF_A_SHOP, shop=shop, currency=currency, zone=zone, **more,
    )  # fmt: skip
    text = to_toml(importer)
    from_toml(text, name=name)
    return text


def _multiplied(one: SetColumn, names: Mapping[str, str]) -> SetColumn:
    """`Qty * Price` as two headers, unless one header is called so."""
    left, star, right = one.header.partition("*")
    if not star or norm(one.header) in names:
        return one
    return replace(one, header=left.strip(), times=right.strip())


def _keep_raw_words(fills: dict[str, dict[str, Cell]]) -> None:
    """Where a word is read by a vocabulary, the word as the file writes it is kept too."""
    for table, columns in fills.items():
        for column in ("status", "state"):
            if column in columns and columns[column].names and f"{column}_raw" in TABLES[table].stated:
                columns.setdefault(f"{column}_raw", Cell("text", columns[column].names))


def _cell(one: SetColumn, currency: str | None) -> Cell:
    if one.constant is not None:
        return Cell("raw", constant=_constant(one, currency))
    required = one.required or one.column == TABLES[one.table].key[0]
    words = {**synonyms().words.get((one.table, one.column), {}), **one.words} if one.kind == "choice" else {}
    return Cell(one.kind, (one.header,), times=one.times, words=words, required=required, order=one.order,
                comma=one.comma)  # fmt: skip


def _constant(one: SetColumn, currency: str | None) -> str | int:
    """A constant in the units of the store: numbers as integers, amounts as minor units."""
    assert one.constant is not None
    if one.column not in TABLES[one.table].integers:
        return one.constant
    read = money_reader(currency) if one.kind == "money" else read_rate if one.kind == "rate" else read_count
    value = read(one.constant)
    if not isinstance(value, int):
        raise BadSet(P(f"“{one.constant}” is not a number.", f"“{one.constant}”不是数字。"))
    return value


def name_of(path: str) -> str:
    """A name for the mapping of a file: its own, without dates and numbers at the end."""
    stem = Path(path).name.split(".")[0]
    return re.sub(r"[\s_-]*\d{4,}.*$", "", stem).strip() or stem or "mapping"
