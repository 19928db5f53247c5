"""Order samples that lack one column: what the others still tell is right, and what they cannot tell is unknown."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from importers.sheet import workbook_sheets
from tests.importers.taking import HERE, rows, taken

COUNTED = (
    "SELECT count(*), sum(sold_minor), sum(shipping_minor), sum(tax_added_minor), sum(paid_minor)"
    " FROM order_money WHERE counts = 1"
)
BACK = "SELECT sum(amount_minor) FROM refunds_by_order"


def without(sample: Path, column: str, folder: Path) -> Path:
    """The sample as text, without this column."""
    if sample.suffix == ".xlsx":
        delimiter, table = ",", workbook_sheets(sample)[0][1]
    else:
        text = sample.read_bytes().decode("utf-8-sig")
        delimiter = max("\t;,", key=text.count)
        quoting: Any = csv.QUOTE_NONE if sample.suffix == ".txt" else csv.QUOTE_MINIMAL
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    at = next(row.index(column) for row in table if column in row)
    path = folder / f"{sample.stem}{'.txt' if delimiter == chr(9) else '.csv'}"
    kept = [row[:at] + row[at + 1 :] for row in table]
    if delimiter == "\t":
        path.write_text("\n".join("\t".join(row) for row in kept) + "\n", encoding="utf-8")
        return path
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(kept)
    return path


CASES = [
    # What the buyer paid for shipping is unknown, never less than nothing, and so is what he paid.
    ("amazon/orders/50415020041.txt", "shipping-price", COUNTED, (5, 10610, None, None, None)),
    # Lines and discount say that tax is on top of #1001 (46.00) and inside #1002 (40.00); #1004 sold for 15.00.
    ("shopify/orders/orders_export_20240908.csv", "Subtotal", COUNTED, (3, 10100, 500, 408, 11008)),
    # Of order 5 came back what was paid: 75.00 less the 10.00 that the platform bore.
    ("pinduoduo/orders/orders_export_20241105.csv", "用户实付金额(元)", BACK, (6500,)),
    # `Paid` is paid, whenever that was.
    ("ebay/orders/eBay-OrdersReport-with-status-Oct-12-2024.csv", "Paid On Date", COUNTED,
     (3, 8000, 1700, 744, 10444)),
    # Who paid is unknown; what was shipped (1 and 5) is a sale, of 24.84 and 34.00.
    ("ebay/orders/eBay-OrdersReport-Oct-05-2024-09_15_22-0700-11111111.csv", "Paid On Date", COUNTED,
     (2, 4800, 900, 184, 5884)),
    # Cash on delivery is not paid on its way: 252.95 + 189.95 + 120 + 86.90 thousand rupiah.
    ("shopee/orders_id/Order.all.20260901_20260907.xlsx", "Waktu Pembayaran Dilakukan", COUNTED,
     (5, 71475000, 2400000, None, 64980000)),
    # A parcel that came back for 45.00, and 5.00 that the file states.
    ("lazada/orders_older/orders_2018-09-05.csv", "Paid Price", BACK, (5000,)),
]  # fmt: skip


@pytest.mark.parametrize(("sample", "column", "asked", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_a_missing_column_makes_no_amount_wrong(
    sample: str, column: str, asked: str, expected: tuple[Any, ...], tmp_path: Path
) -> None:
    store, (receipt, *_) = taken(tmp_path / "s", [without(HERE / sample, column, tmp_path)])
    assert receipt.problem is None
    assert rows(store, asked) == [expected]
