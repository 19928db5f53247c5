"""What an exporter is: a declaration of which values it writes for a platform, and in which columns.

The header names and the kinds of the cells are those that the platform's importer reads with (`importer`), so a file
that is written here can be read there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from merchant_cli.basics.money import plain
from merchant_cli.basics.phrases import Phrase

P = Phrase

MOST_UNITS = 999_999  # no platform takes more of one listing


class Head(NamedTuple):
    """A column of the file as the platform names it, and how its cells are written (a kind of importers/base.py)."""

    name: str
    kind: str


@dataclass
class Item:
    """One listing and what is to change about it: `changes` field → (old, new); amounts in minor units of `currency`.

    `facts` are the columns of the view `listings`; `counts` what the platform's stock file says: location → (on hand,
    committed). An order to a supplier has `params` of its proposals and the facts of its product instead.
    """

    facts: Mapping[str, Any]
    changes: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def currency(self) -> str | None:
        return self.facts.get("currency")

    def new(self, name: str) -> int | None:
        """The value that a field is to have: the new one, else the one that it has."""
        found = self.changes[name][1] if name in self.changes else self.facts.get(name)
        return None if found is None else int(found)


@dataclass(frozen=True)
class Last:
    """The platform's last kept export to this merchant: its header, how its cells are parted, its first rows."""

    header: list[str]
    delimiter: str = ","
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Job:
    """What one file is to say. `shop`: `platform/name`, or the supplier; `heads`: column → its Head; `day`: the as-of
    day; `number`: the file's own, unique in the store; `last`: the export whose layout it follows, if one is kept."""

    shop: str
    items: list[Item]
    heads: dict[str, Head]
    day: str
    lang: str
    number: int = 0
    last: Last | None = None


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Exporter:
    """One kind of action file. `fields`: the fields of cells that it writes; `actions`: the actions without cells.

    `exported`: the importer of the platform's export whose header names it takes, where that is another one.
    `columns`: `table.column` of the importer whose layout it shares (`importer`: its id), in the order of the file.
    `spread`: an item's values by column, one dict per row of the file. `takes`: whether it can carry this item at all
    (another exporter of the platform may). `check`: what the platform would not accept about an item. `whole`: all
    fields of an item stand in one file; else rows that fill other columns stand in a file of their own.
    `sheet`: of a workbook, the sheet that is filled (by its cells the file is known if it comes back as an import).
    `shop`: it is for this shop alone. `unchecked`: the platform's own rules were not known.
    """

    platform: str
    name: str
    title: Phrase
    fields: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    importer: str = ""
    exported: str = ""
    columns: tuple[str, ...] = ()
    spread: Callable[[Item], Rows] = lambda item: []
    takes: Callable[[Item], bool] = lambda item: True
    check: Callable[[Item], Phrase | None] = lambda item: None
    suffix: str = ".csv"
    write: Callable[[Exporter, Job], bytes] | None = None
    sheet: str = ""
    shop: str = ""
    unchecked: bool = False
    whole: bool = True

    @property
    def id(self) -> str:
        """`shopify price`."""
        return f"{self.platform} {self.name}"

    def fills(self, item: Item) -> frozenset[str]:
        """The columns that tell its file from another of this exporter: those of its rows, unless it writes one."""
        return frozenset() if self.whole else frozenset(column for row in self.spread(item) for column in row)

    def bytes_of(self, job: Job) -> bytes:
        """The file. Amounts as `12.50`, counts as `12`; nothing is made harmless for spreadsheets: a platform reads
        this file."""
        return self.write(self, job) if self.write is not None else as_text(self, job)


def as_text(
    exporter: Exporter, job: Job, *, delimiter: str = ",", quoted: bool = True, point: str = "."
) -> bytes:  # fmt: skip
    """The items as delimited text in UTF-8 under the columns' names; columns that no row fills are left out.

    `quoted` False: no cell is ever quoted; `check` has refused those that would need it. `point`: of amounts.
    """
    rows = [(item, values) for item in job.items for values in exporter.spread(item)]
    used = [column for column in exporter.columns if any(column in values for _, values in rows)]
    out = io.StringIO()
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    writer = csv.writer(
        out, delimiter=delimiter, quoting=quoting, quotechar='"' if quoted else None, lineterminator="\n"
    )
    writer.writerow([job.heads[column].name for column in used])
    for item, values in rows:
        kinds = [(values.get(column), job.heads[column].kind) for column in used]
        writer.writerow([cell(value, kind, item.currency, point) for value, kind in kinds])
    return out.getvalue().encode()


def cell(value: Any, kind: str, currency: str | None, point: str = ".") -> str:
    """A value as a platform reads it: money in major units with the currency's decimals."""
    if value is None:
        return ""
    return plain(int(value), currency).replace(".", point) if kind == "money" else str(value)


def sensible(item: Item) -> Phrase | None:
    """What no platform accepts: a price that is not above zero or above its compare-at price, units below zero."""
    price, compare_at, units = item.new("price"), item.new("compare_at"), item.new("listed_units")
    if "price" in item.changes and (price is None or price <= 0):
        return P("A price must be above zero.", "售价应大于零。")
    if "compare_at" in item.changes and compare_at is not None and price is not None and compare_at < price:
        return P("The price would be above its compare-at price.", "售价高于划线价。")
    if "listed_units" in item.changes and not 0 <= (units or 0) <= MOST_UNITS:
        return P("Units go from 0 to 999,999.", "数量应在 0 到 999,999 之间。")
    return None


def by_exporter(exporters: Iterable[Exporter], platform: str, name: str) -> list[Exporter]:
    """Those of a platform that write a field: one for a single shop first, then in order of name."""
    fit = (e for e in exporters if e.platform == platform and name in e.fields)
    return sorted(fit, key=lambda e: (e.shop == "", e.name))
