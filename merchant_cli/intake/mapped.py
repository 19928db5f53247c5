"""Makes a mapping for a merchant's own sheet from what he set: column of the store ← header of the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from importers.base import CELL_KINDS, Cell, Importer, Into, norm
from importers.cells import money_reader, read_count, read_rate
from importers.mapping import from_toml, to_toml
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.intake import gate
from merchant_cli.intake.identify import likely_header
from merchant_cli.intake.kinds import columns_of, kind_of
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import sheets_of
from merchant_cli.store.facts import TABLES

P = Phrase

_SET = re.compile(r"(?:(\w+)\.)?(\w+)(?::(\w+))?\s*(==?)(.*)", re.DOTALL)
USUAL = ("orders", "order_lines")  # tables in which a column without a table's name is looked for
KINDS = tuple(kind for kind in CELL_KINDS if kind not in ("raw", "others", "shop"))
# Tables that belong to one of the merchant's shops; the others may be his own (store/shops.py, number 0).
OF_A_SHOP = frozenset({"orders", "order_lines", "refunds", "listings", "prices", "money_moves", "coupon_uses"})
COVERS = {"order_lines": "lines", "stock_counts": "stock"}  # kind of coverage where it is not the table's name

WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("orders", "status"): {
        "unpaid": "unpaid", "pending": "unpaid", "待付款": "unpaid",
        "paid": "paid", "processing": "paid", "已付款": "paid", "待发货": "paid",
        "part_shipped": "part_shipped", "部分发货": "part_shipped",
        "shipped": "shipped", "已发货": "shipped", "delivered": "delivered", "已签收": "delivered",
        "completed": "completed", "complete": "completed", "已完成": "completed", "交易成功": "completed",
        "cancelled": "cancelled", "canceled": "cancelled", "closed": "cancelled", "已取消": "cancelled",
        "已关闭": "cancelled",
    },
    ("order_lines", "line_kind"): {k: k for k in ("goods", "shipping", "fee", "discount", "gift", "other")},
}  # fmt: skip


class BadSet(Exception):
    """A --set that cannot be understood, and why."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class SetColumn:
    """One --set: the table and column, the kind of cell, and a header or a constant."""

    table: str
    column: str
    kind: str
    header: str
    constant: str | None = None


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
    if kind is not None and kind not in KINDS:
        raise _unknown(kind, list(KINDS), P("kind", "类型"))
    kind, value = kind or _kind(table, column), value.strip()
    return SetColumn(table, column, kind, value) if equals == "=" else SetColumn(table, column, kind, "", value)


def _kind(table: str, column: str) -> str:
    if (table, column) in WORDS:
        return "choice"
    moment = column not in TABLES[table].stated and f"{column}_at" in TABLES[table].stated
    return "moment" if moment else kind_of(table, column)


def _unknown(name: str, known: Sequence[str], what: Phrase) -> BadSet:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
    listed = ", ".join(near[:12])
    return BadSet(
        P(f"there is no {what.en} “{name}”; nearest: {listed}", f"没有{what.zh}“{name}”；最接近的是：{listed}")
    )


def header_of(path: str) -> list[str]:
    """The header of the file's first sheet. Raises its Problem."""
    opened = gate.Opened()
    try:
        for source in gate.found([path], opened):
            if isinstance(source, tuple):
                raise source[1]
            for sheet in sheets_of(source):
                if isinstance(sheet, Receipt):
                    assert sheet.problem is not None
                    raise sheet.problem
                likely = likely_header(sheet.rows)
                if likely is not None:
                    return [cell.strip() for cell in likely[1] if cell.strip()]
        raise Problem("no-header")
    finally:
        opened.close()


def mapping(
    name: str, wanted: Sequence[SetColumn], header: Sequence[str], *,
    shop: str = "", currency: str | None = None, zone: str = "",
) -> str:  # fmt: skip
    """The mapping as TOML, checked by reading it back. Raises BadSet, Problem bad-mapping."""
    names = {norm(h): h for h in header}
    for one in wanted:
        if one.constant is None and norm(one.header) not in names:
            raise _unknown(one.header, list(header), P("header", "表头"))
    fills: dict[str, dict[str, Cell]] = {}
    for one in wanted:
        fills.setdefault(one.table, {})[one.column] = _cell(one, currency)
    tables = {one.table for one in wanted}
    first = wanted[0].table
    importer = Importer(
        platform="own", name=name, title=P(name, name), into=(Into(fills),), kind=COVERS.get(first, first),
        known_by=frozenset(names[norm(one.header)] for one in wanted if one.constant is None),
        own=not tables & OF_A_SHOP, shop=shop, currency=currency, zone=zone,
    )  # fmt: skip
    text = to_toml(importer)
    from_toml(text, name=name)
    return text


def _cell(one: SetColumn, currency: str | None) -> Cell:
    if one.constant is not None:
        return Cell("raw", constant=_constant(one, currency))
    key = TABLES[one.table].key
    words = WORDS.get((one.table, one.column), {}) if one.kind == "choice" else {}
    return Cell(one.kind, (one.header,), words=words, required=one.column == key[0])


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
