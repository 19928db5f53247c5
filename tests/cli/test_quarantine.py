"""`merchant quarantine` masks what is personal, and shows the faulty cell where its kind cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku\n"
)
GOOD = {
    "Name": "#1", "Financial Status": "paid", "Created at": "2025-03-01 10:00:00 +0000", "Currency": "USD",
    "Subtotal": "10.00", "Total": "10.00", "Lineitem name": "Mug", "Lineitem quantity": "1", "Lineitem price": "10.00",
    "Lineitem sku": "A-1",
}  # fmt: skip


def waiting(run: Callable, folder: Path, **cells: str) -> dict[str, str]:
    """The row in quarantine of a Shopify order with these faulty cells."""
    rows = [GOOD, GOOD | {"Name": "#2"} | {name.replace("_", " "): value for name, value in cells.items()}]
    path = folder / "orders_export_20250310.csv"
    path.write_text(HEAD + "".join(",".join(f'"{cell}"' for cell in row.values()) + "\n" for row in rows), "utf-8")
    assert run("import", str(path)).code == 3
    [row] = run("quarantine", "--json").json["rows"]
    return dict(row)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Created_at", "2025-02-31 09:30:00", "bad-date"),
        ("Created_at", "32.12.2025 23:59:59", "bad-date"),
        ("Created_at", "三月十四日", "bad-date"),
        ("Total", "12,34,567.890.1", "bad-money"),
        ("Total", "十元整", "bad-money"),
        ("Lineitem_quantity", "12345678.5", "bad-number"),
    ],
)
def test_dates_amounts_and_counts_stand_as_they_are(
    run: Callable, tmp_path: Path, column: str, value: str, code: str
) -> None:
    row = waiting(run, tmp_path, **{column: value})
    assert (row["code"], row["value"]) == (code, value) and value in row["reason"]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("Total", "call 13812348000", "cal****8000"),
        ("Created_at", "+86 138 1234 8000", "+86****8000"),
        ("Lineitem_quantity", "ming@example.com", "m***@example.com"),
    ],
)
def test_a_phone_or_an_address_in_the_wrong_column_is_masked(
    run: Callable, tmp_path: Path, column: str, value: str, shown: str
) -> None:
    row = waiting(run, tmp_path, **{column: value})
    assert row["value"] == shown and value not in row["reason"]


def test_an_unknown_word_can_be_read(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "优惠券.csv"
    head, cells = "优惠券编号,名称,优惠方式,面额,开始日期,结束日期,币种", "Q1,满减,买一送一,5,2025-03-01,2025-03-31,CNY"
    path.write_text(f"{head}\n{cells}\nQ2,满减,满减,5,2025-03-01,2025-03-31,CNY\n", encoding="utf-8")
    run("import", str(path))
    [row] = run("quarantine", "--json").json["rows"]
    assert (row["code"], row["value"]) == ("unknown-word", "买一送一")
