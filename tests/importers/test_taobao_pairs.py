"""订单报表 and 宝贝报表 of one shop, of every pair of versions, in either order, columns shuffled: one store."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from tests.importers.taking import HERE, digest, reference, rows, taken
from tests.importers.taobao_orders import Order, line_row, made_up, order_row, write

ORDERS = made_up(200)
ORDER_FILES = {
    "2017": "ExportOrderList201710050900",
    "2022": "ExportOrderList202410070900",
    "2026": "ExportOrderList202411050900",
}
LINE_FILES = {
    "2017": "ExportOrderDetailList201710050901", "2022": "ExportOrderDetailList202410070901",
    "2026": "ExportOrderDetailList202411050901",
}  # fmt: skip


def header(kind: str, name: str) -> list[str]:
    """The header row of the hand-made sample of that version."""
    raw = (HERE / "taobao" / kind / f"{name}.csv").read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return next(csv.reader(text.splitlines()))


def written(folder: Path, order_header: list[str], line_header: list[str]) -> tuple[Path, Path]:
    folder.mkdir()
    lines = [line_row(order, line) for order in ORDERS for line in order.lines]
    return (
        write(folder / "ExportOrderList202412010900.csv", order_header, map(order_row, ORDERS)),
        write(folder / "ExportOrderDetailList202412010905.csv", line_header, lines, tail=","),
    )


def counts(order: Order, tells_shipping: bool) -> int:
    """Paid to completed; closed only if it was shipped, and the files say so."""
    if order.closed:
        return int(order.was_shipped and tells_shipping)
    return int(order.was_paid)


@pytest.mark.parametrize("lines", LINE_FILES)
@pytest.mark.parametrize("orders", ORDER_FILES)
def test_a_pair_gives_one_store_in_any_order(tmp_path: Path, orders: str, lines: str) -> None:
    order_header, line_header = header("orders", ORDER_FILES[orders]), header("lines", LINE_FILES[lines])
    first, second = written(tmp_path / "as is", order_header, line_header)
    store, receipts = taken(tmp_path / "1", [first], [second])
    assert [receipt.importer for receipt in receipts] == ["taobao orders", "taobao lines"]
    assert [receipt.read for receipt in receipts] == [200, sum(len(order.lines) for order in ORDERS)]
    assert not any(receipt.outcome["quarantined"] or receipt.ignored for receipt in receipts)
    check(store, orders, lines)
    rng = Random(orders + lines)
    shuffled = written(tmp_path / "shuffled", rng.sample(order_header, len(order_header)),
                       rng.sample(line_header, len(line_header)))  # fmt: skip
    for number, groups in enumerate(([[second], [first]], [[first, second]], [[shuffled[1]], [shuffled[0]]]), 2):
        again, _ = taken(tmp_path / str(number), *groups)
        assert digest(again) == digest(store)


def check(store: Path, orders: str, lines: str) -> None:
    """Money, units and refunds of every order against what was made up."""
    tells_shipping = orders != "2026" or lines == "2026"
    found = {
        row[0]: row[1:]
        for row in rows(
            store,
            "SELECT o.order_id, o.counts, o.sold, o.shipping, o.paid, o.platform_discount, o.units, o.refunded,"
            " (SELECT sum(sold) FROM fact_order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id),"
            " (SELECT sum(listed) FROM fact_order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id)"
            " FROM fact_orders o",
        )
    }
    assert len(found) == len(ORDERS)
    explains = orders != "2026"
    for order in ORDERS:
        platform = order.card + order.points
        said = platform if order.was_paid and (explains or not platform) else None
        listed = sum(line.price * line.units for line in order.lines)
        expected = (counts(order, tells_shipping), order.sold, order.shipping, order.paid, said,
                    sum(line.units for line in order.lines), order.refund, order.sold, listed)  # fmt: skip
        assert found[order.number] == expected, (order.fate, found[order.number], expected)
    selling = [order for order in ORDERS if counts(order, tells_shipping)]
    gross = sum(line.price * line.units for order in selling for line in order.lines)
    total = rows(
        store, "SELECT sum(orders), sum(gross_minor), sum(discount_minor), sum(refunds_minor) FROM daily_money"
    )
    refunds = sum(order.refund for order in selling)
    assert total == [(len(selling), gross, gross - sum(order.sold for order in selling), refunds)]
    booked = rows(store, "SELECT order_id, sum(amount_minor) FROM refunds_booked GROUP BY order_id")
    assert {number: amount for number, amount in booked if amount} == {o.number: o.refund for o in selling if o.refund}


def test_an_unexplained_discount_is_reported(tmp_path: Path) -> None:
    first, _ = written(tmp_path / "f", header("orders", ORDER_FILES["2026"]), header("lines", LINE_FILES["2026"]))
    _, receipts = taken(tmp_path / "s", [first])
    assert "identity" in [note.code for note in receipts[0].notes]
    first, _ = written(tmp_path / "g", header("orders", ORDER_FILES["2022"]), header("lines", LINE_FILES["2022"]))
    _, receipts = taken(tmp_path / "t", [first])
    assert "identity-ok" in [note.code for note in receipts[0].notes]


@pytest.mark.parametrize("version", ["v0", "2017", "2018a", "2018b", "2019", "2020", "2022", "2026"])
def test_every_version_tells_the_money_of_an_order(tmp_path: Path, version: str) -> None:
    first, _ = written(tmp_path / "f", reference("cn")[f"tb_order_{version}"], header("lines", LINE_FILES["2017"]))
    store, (receipt,) = taken(tmp_path / "s", [first])
    assert receipt.importer == "taobao orders" and receipt.outcome["inserted"] == 200
    said = rows(store, "SELECT order_id, sold, shipping, paid, placed_day, paid_day FROM fact_orders ORDER BY 1")
    assert said == [
        (o.number, o.sold, o.shipping, o.paid, f"{o.made:%Y-%m-%d}", f"{o.made:%Y-%m-%d}" if o.was_paid else None)
        for o in ORDERS
    ]
