"""Every importer of orders against what its samples state, worked out by hand in the `totals.toml` beside them.

A totals file names its importer, the kinds of order that the layout `cannot` express and why, and for each sample the
orders by state, how many count, and by currency the sums over the orders that count: `listed`, `shop_discount`, `sold`,
`platform_discount`, `shipping`, `tax_added`, `tax_inside`, `paid`, `received` (in major units), `refunds` of them and
`units` of goods. What is left out must be unknown to the store. `identity` says how many orders were checked against
paid = sold - platform_discount + shipping + tax_added, and each gap; `none` or `named` quotes the importer's own words
for a file that cannot be checked, or for the exception.
"""

from __future__ import annotations

import importlib
import inspect
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from importers import catalogue
from importers.base import Importer, matched, norm
from importers.sheet import workbook_sheets
from merchant_cli.basics.money import plain
from merchant_cli.intake.receipt import Receipt
from tests.importers.golden import samples
from tests.importers.taking import HERE, rows, taken

FILES = sorted(HERE.glob("*/*/totals.toml"))
TOTALS = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
ENTRIES = {entry.id: entry for entry in catalogue.entries()}
OF_ORDERS = {one.id for one in ENTRIES.values() if {"orders", "order_lines"} & set(one.tables)}
KINDS = ("refunded", "part_refunded", "cancelled", "lines", "discount")
AMOUNTS = ("listed", "shop_discount", "sold", "platform_discount", "shipping", "tax_added", "tax_inside", "paid",
           "received")  # fmt: skip

by_folder = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}")
by_sample = pytest.mark.parametrize(
    ("path", "stated"),
    [pytest.param(path, one, id=f"{path.parts[-3]}/{one['file']}") for path in FILES for one in TOTALS[path]["sample"]],
)

SUMS = (
    "SELECT coalesce(m.currency, 'unknown'), "
    + ", ".join(f"sum(m.{name}_minor)" for name in AMOUNTS)
    + ", sum(o.units) FROM order_money m JOIN orders o USING (shop, order_id) WHERE m.counts = 1 GROUP BY 1"
)
BACK = (
    "SELECT coalesce(o.currency, 'unknown'), sum(r.amount_minor) FROM refunds_by_order r"
    " JOIN orders o USING (shop, order_id) GROUP BY 1"
)
# What each order came to, how much of it came back, how many goods it has and what the shop took off.
BY_ORDER = (
    "SELECT o.status, o.counts, coalesce(m.paid_minor, 0), coalesce(m.sold_minor, 0),"
    " (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds_by_order r"
    " WHERE r.shop = o.shop AND r.order_id = o.order_id),"
    " (SELECT count(*) FROM order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id AND l.line_kind = 'goods'),"
    " coalesce(m.shop_discount_minor, 0)"
    " FROM orders o JOIN order_money m USING (shop, order_id)"
)
GAPS = (
    "SELECT m.order_id, m.paid_minor - (m.sold_minor - coalesce(m.platform_discount_minor, 0)"
    " + coalesce(m.shipping_minor, 0) + coalesce(m.tax_added_minor, 0)), m.currency"
    " FROM order_money m JOIN orders o USING (shop, order_id)"
    " WHERE m.counts = 1 AND m.basis = 'order' AND m.paid_minor IS NOT NULL AND o.paid_day IS NOT NULL"
)
# Columns that would make it possible after all. `refunded` alone may come from a state.
COLUMNS = {
    "refunded": r"退款|refund",
    "part_refunded": r"退款金额|已退款|refund(ed)?\s*-?amount|adjusted",
    "cancelled": r"状态|status",
    "discount": r"(店铺|商家)优惠|discount|promotion",
}
# What of orders and lines such a column would fill.
FILLED = {
    "refunded": ("refunded",), "part_refunded": ("refunded",), "cancelled": ("status",),
    "discount": ("shop_discount", "own_discount"),
}  # fmt: skip


Taken = Callable[[Path], tuple[Path, list[Receipt]]]


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Takes a sample into a store of its own, once for all tests here."""
    return cache(lambda sample: taken(tmp_path_factory.mktemp("sample"), [sample]))


def test_every_importer_of_orders_has_totals() -> None:
    assert {totals["importer"] for totals in TOTALS.values()} == OF_ORDERS


@by_folder
def test_every_sample_is_stated(path: Path) -> None:
    assert [one["file"] for one in TOTALS[path]["sample"]] == [p.name for p in samples() if p.parent == path.parent]
    assert set(TOTALS[path].get("cannot", {})) <= set(KINDS)


@by_folder
def test_samples_hold_every_kind_of_order(path: Path, take: Taken) -> None:
    """Refunded, in part too, cancelled before it was a sale, and of two lines or more with a discount of the shop's."""
    found: set[str] = set()
    for one in TOTALS[path]["sample"]:
        store, _ = take(path.parent / one["file"])
        for status, counts, paid, sold, back, goods, off in rows(store, BY_ORDER):
            came_to = paid or sold
            found |= {"refunded"} if counts and back >= came_to > 0 else set()
            found |= {"part_refunded"} if counts and 0 < back < came_to else set()
            found |= {"cancelled"} if status == "cancelled" and not counts else set()
            found |= {"lines"} if counts and goods > 1 else set()
            found |= {"discount"} if counts and off > 0 else set()
            found |= {"both"} if counts and goods > 1 and off > 0 else set()
    cannot = set(TOTALS[path].get("cannot", {}))
    assert set(KINDS) - found == cannot
    assert "both" in found or cannot & {"lines", "discount"}


def header(sample: Path, importer: Importer) -> list[str]:
    """The sample's header row: the first in which the importer's headers are."""
    if sample.suffix == ".xlsx":
        table = workbook_sheets(sample)[0][1]
    else:
        data = sample.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        table = [re.split(r"[,;\t]", line.replace('"', "")) for line in text.splitlines()[:4]]
    known = ["|".join(map(norm, name.split("|"))) for name in importer.known_by]
    return next(row for row in table[:4] if matched(known, set(map(norm, row))))


def reads(importer: Importer, column: str) -> bool:
    """Whether a column of the file fills this column of orders or of their lines."""
    tables = [
        fills for into in importer.into for table, fills in into.fills.items() if table in ("orders", "order_lines")
    ]
    return any(column in fills and bool(fills[column].names) for fills in tables)


@by_folder
def test_what_a_layout_cannot_say_has_no_column(path: Path) -> None:
    """Neither in the samples nor among what the importer reads. (That no order has two lines is checked above.)"""
    totals = TOTALS[path]
    cannot: dict[str, str] = totals.get("cannot", {})
    importer = ENTRIES[totals["importer"]].load()
    headers = {name for one in totals["sample"] for name in header(path.parent / one["file"], importer)}
    for kind in cannot.keys() - {"lines"}:
        # A column of the state of refunds may still tell that all came back.
        wanted = COLUMNS["refunded" if kind == "part_refunded" and "refunded" in cannot else kind]
        assert cannot[kind] and not [name for name in headers if re.search(wanted, name, re.IGNORECASE)]
        assert not any(reads(importer, column) for column in FILLED[kind])


def major(minor: int | None, currency: str) -> str | None:
    """An amount as it is written in the totals; amounts of an unknown currency have hundredths."""
    return None if minor is None else plain(minor, None if currency == "unknown" else currency)


@by_sample
def test_money_is_what_the_sample_states(path: Path, stated: dict[str, Any], take: Taken) -> None:
    store, receipts = take(path.parent / stated["file"])
    assert {receipt.importer for receipt in receipts} == {TOTALS[path]["importer"]}
    assert dict(rows(store, "SELECT status, count(*) FROM orders GROUP BY 1")) == stated["statuses"]
    assert rows(store, "SELECT count(*) FROM orders WHERE counts = 1") == [(stated["counted"],)]
    back = dict(rows(store, BACK))
    found = {}
    for currency, *sums, units in rows(store, SUMS):
        said: dict[str, Any] = {name: major(sum_, currency) for name, sum_ in zip(AMOUNTS, sums, strict=True)}
        said |= {"refunds": major(back.get(currency, 0), currency), "units": units}
        found[currency] = {name: value for name, value in said.items() if value is not None}
    assert found == stated["sums"]


@by_sample
def test_days_add_up_to_the_same(path: Path, stated: dict[str, Any], take: Taken) -> None:
    """daily_money: gross less discounts is what was sold, and its refunds are those of the orders. A file without any
    time says why it is `undated`: its orders have no day until another file gives one.
    """
    store, _ = take(path.parent / stated["file"])
    asked = (
        "SELECT coalesce(currency, 'unknown'), sum(orders), sum(gross_minor) - sum(discount_minor), sum(refunds_minor)"
        " FROM daily_money GROUP BY 1"
    )
    days = {currency: (orders, major(sold, currency), major(back, currency)) for currency, orders, sold, back
            in rows(store, asked)}  # fmt: skip
    if stated.get("undated"):
        assert not days
        return
    zero = {currency: major(0, currency) for currency in stated["sums"]}
    assert {c: day[1:] for c, day in days.items()} == {
        c: (sums.get("sold", zero[c]), sums["refunds"]) for c, sums in stated["sums"].items()
    }
    assert sum(day[0] for day in days.values()) == stated["counted"]


def checks(receipts: list[Receipt]) -> set[str]:
    """The orders that the receipts name as not adding up."""
    named = [note.params["orders"] for receipt in receipts for note in receipt.notes if note.code == "identity"]
    return {order for orders in named for order in str(orders).split(", ")}


@by_sample
def test_paid_orders_add_up_or_are_named(path: Path, stated: dict[str, Any], take: Taken) -> None:
    store, receipts = take(path.parent / stated["file"])
    identity = stated["identity"]
    checked = rows(store, GAPS)
    gaps = {order: major(gap, currency or "unknown") for order, gap, currency in checked if gap}
    assert (len(checked), gaps) == (identity.get("checked", 0), identity.get("gaps", {}))
    assert checks(receipts) == set(gaps)
    told = {note.code for receipt in receipts for note in receipt.notes} & {"identity", "identity-ok"}
    assert bool(told) == bool(checked)
    quoted = identity.get("none") if not checked else identity.get("named")
    if gaps or not checked:
        module = importlib.import_module(ENTRIES[TOTALS[path]["importer"]].ref.partition(":")[0])
        assert quoted and quoted in " ".join(inspect.getsource(module).split())


# Two files of the same orders, and how many of them have two lines and a discount of the shop's.
PAIRS = [
    ("taobao/orders/ExportOrderList201710050900.csv", "taobao/lines/ExportOrderDetailList201710050901.csv", 0),
    ("taobao/orders/ExportOrderList202410070900.csv", "taobao/lines/ExportOrderDetailList202410070901.csv", 1),
    ("taobao/orders/ExportOrderList202411050900.csv", "taobao/lines/ExportOrderDetailList202411050901.csv", 0),
    ("etsy/orders/EtsySoldOrders2024-10.csv", "etsy/items/EtsySoldOrderItems2024-10.csv", 2),
]


@pytest.mark.parametrize(("orders", "lines", "discounted"), PAIRS)
def test_an_order_in_two_files_is_counted_once(orders: str, lines: str, discounted: int, tmp_path: Path) -> None:
    """The money of an order stands in one file, its lines in another: together they state what the first does."""
    stated = next(one for one in TOTALS[(HERE / orders).parent / "totals.toml"]["sample"] if one["file"] in orders)
    store, _ = taken(tmp_path, [HERE / orders], [HERE / lines])
    for currency, sums in stated["sums"].items():
        back = dict(rows(store, BACK))
        found = {name: row[n] for row in rows(store, SUMS) if row[0] == currency for n, name in enumerate(AMOUNTS, 1)}
        found["refunds"] = back.get(currency, 0)
        assert {name: major(found[name], currency) for name in sums if name != "units"} == sums
    both = [1 for _, counts, *_, goods, off in rows(store, BY_ORDER) if counts and goods > 1 and off > 0]
    assert len(both) == discounted
