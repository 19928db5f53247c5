"""An order that stands twice in one file: taken once, the newer statement holds, and every row is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from intake_tools import digest, faults, query, taken

from merchant_cli.intake.receipt import OUTCOMES, Receipt

HEAD = (
    "Name,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount,Id"
)
TAOBAO = "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额"
LINES = "SELECT order_id, code, sum(units) FROM order_lines GROUP BY 1, 2 ORDER BY 1, 2"
STATUS = "SELECT order_id, status, status_raw FROM orders ORDER BY 1"

Write = Callable[..., Path]


def order(name: str, *, sent: str = "", total: str = "50.00", refunded: str = "", no: str = "") -> list[str]:
    """An order of three lines, two of them alike; its own columns stand on the first row."""
    placed = "2025-03-01 10:00:00 +0000"
    state = "fulfilled" if sent else "unfulfilled"
    return [
        f"{name},paid,{placed},{state},{sent},USD,{total},{total},{placed},2,Mug,10.00,A-1,{refunded},{no}",
        f"{name},,,,,,,,{placed},1,Tray,15.00,B-1,,",
        f"{name},,,,,,,,{placed},1,Tray,15.00,B-1,,",
    ]


@pytest.fixture
def orders(tmp_path: Path) -> Write:
    def write(*blocks: Sequence[str], head: str = HEAD, name: str = "orders_export_20250310.csv") -> Path:
        path = tmp_path / name
        rows = [head, *(row for block in blocks for row in block)]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write


def adds_up(receipt: Receipt) -> bool:
    return receipt.read == sum(receipt.outcome[o] for o in OUTCOMES) + receipt.ignored


def test_a_file_behind_itself_says_what_it_says_once(store: Path, orders: Write, tmp_path: Path) -> None:
    blocks = [order("#1"), order("#2", sent="2025-03-02 10:00:00 +0000"), order("#3")]
    taken(store, [orders(*blocks)])
    other = tmp_path / "other" / "merchant.db"
    other.parent.mkdir()
    [receipt] = taken(other, [orders(*blocks, [HEAD], *blocks)])
    assert (receipt.read, receipt.outcome["inserted"]) == (19, 9)
    assert dict(receipt.ignored_by) == {"header": 1, "duplicate": 9} and adds_up(receipt)
    assert receipt.by_table["orders"] == {"inserted": 3} and receipt.by_table["order_lines"] == {"inserted": 9}
    assert digest(other) == digest(store) and faults(other) == []
    assert query(other, LINES)[:2] == [("#1", "A-1", 2), ("#1", "B-1", 2)]


def test_a_block_right_behind_itself_is_taken_once(store: Path, orders: Write) -> None:
    [receipt] = taken(store, [orders(order("#1"), order("#1"), order("#2"))])
    assert receipt.outcome["inserted"] == 6 and receipt.ignored_by["duplicate"] == 3 and adds_up(receipt)
    assert query(store, LINES)[:2] == [("#1", "A-1", 2), ("#1", "B-1", 2)]


def test_a_doubled_file_that_was_sorted_is_taken_once(store: Path, orders: Write) -> None:
    rows = [*order("#1"), *order("#2")] * 2
    for at, (column, reverse) in enumerate(((10, False), (10, True), (1, True), (0, False))):
        mixed = sorted(rows, key=lambda row: row.split(",")[column], reverse=reverse)
        path = store.with_name(f"{at}.db")
        [receipt] = taken(path, [orders(mixed)])
        assert query(path, LINES) == [("#1", "A-1", 2), ("#1", "B-1", 2), ("#2", "A-1", 2), ("#2", "B-1", 2)]
        assert receipt.ignored_by["duplicate"] == 6 and adds_up(receipt)


def test_the_newer_statement_of_an_order_holds(store: Path, orders: Write) -> None:
    paid, sent = order("#1"), order("#1", sent="2025-03-02 10:00:00 +0000")[:2]
    for at, blocks in enumerate(([paid, order("#2"), sent], [sent, order("#2"), paid], [paid, sent], [sent, paid])):
        path = store.with_name(f"{at}.db")
        [receipt] = taken(path, [orders(*blocks)])
        assert query(path, STATUS)[0] == ("#1", "shipped", "paid/fulfilled"), "the times in the rows tell"
        assert query(path, LINES)[:2] == [("#1", "A-1", 2), ("#1", "B-1", 1)]
        assert receipt.ignored_by["older"] == 3 and adds_up(receipt)
        assert faults(path) == []


def test_at_equal_times_the_later_statement_holds(store: Path, orders: Write) -> None:
    blocks = [order("#1"), order("#2"), order("#1", refunded="20.00"), order("#1", refunded="20.00")]
    [receipt] = taken(store, [orders(*blocks)])
    assert query(store, "SELECT order_id, refunded FROM fact_orders ORDER BY 1") == [("#1", 2000), ("#2", None)]
    assert dict(receipt.ignored_by) == {"older": 3, "duplicate": 3} and adds_up(receipt)


def test_what_is_stored_already_does_not_hide_that_an_order_stands_twice(store: Path, orders: Write) -> None:
    """The first statement is that of an earlier import: one file still says one thing, in any order of imports."""
    paid, sent = order("#1"), order("#1", sent="2025-03-02 10:00:00 +0000")
    other = store.with_name("other.db")
    old = orders(paid, order("#2"), name="orders_export_20250305.csv")
    both = orders(paid, order("#2"), sent, paid)
    taken(store, [old])
    [receipt] = taken(store, [both])
    assert (receipt.outcome["updated"], receipt.outcome["unchanged"]) == (3, 3)
    assert receipt.ignored_by["older"] == 6 and adds_up(receipt)
    taken(other, [both])
    taken(other, [old])
    assert query(store, STATUS) == query(other, STATUS) == [("#1", "shipped", "paid/fulfilled"), (
        "#2", "paid", "paid/unfulfilled")]  # fmt: skip
    assert digest(store) == digest(other)


def test_cells_that_a_spreadsheet_filled_down_are_one_order(store: Path, orders: Write) -> None:
    first = order("#1")[0]
    filled = first.replace("2,Mug,10.00,A-1", "1,Tray,15.00,B-1")
    [receipt] = taken(store, [orders([first, filled], order("#2"), [first, filled])])
    assert query(store, LINES)[:2] == [("#1", "A-1", 2), ("#1", "B-1", 1)]
    assert receipt.ignored_by["duplicate"] == 2 and adds_up(receipt)


@pytest.mark.parametrize("no", ["", "9002"])
def test_two_orders_of_one_name_wait(store: Path, orders: Write, no: str) -> None:
    """Another platform id, or rows of two statements that were mixed by sorting: nobody knows what belongs together."""
    one, other = order("#1", no="9001"), order("#1", no=no or "9001", total="60.00")
    rows = [*one, *order("#2"), *other] if no else [one[0], other[0], *order("#2"), *one[1:], *other[1:]]
    [receipt] = taken(store, [orders(rows)])
    assert query(store, STATUS) == [("#2", "paid", "paid/unfulfilled")]
    assert receipt.outcome["quarantined"] == 6 and adds_up(receipt)
    assert query(store, "SELECT DISTINCT code FROM quarantine") == [("duplicate-key",)]


def test_a_fault_in_one_statement_keeps_the_whole_order_back(store: Path, orders: Write) -> None:
    [receipt] = taken(store, [orders(order("#1"), order("#2"), order("#1", total="ten"))])
    assert query(store, STATUS) == [("#2", "paid", "paid/unfulfilled")]
    assert receipt.outcome["quarantined"] == 6 and adds_up(receipt)


def test_an_id_in_two_spellings_is_one_order(store: Path, orders: Write) -> None:
    old = "x,50.00,0.00,50.00,50.00,等待买家付款,2026-11-01 10:00:00,,"
    new = "x,40.00,0.00,40.00,40.00,交易成功,2026-11-01 10:00:00,2026-11-01 10:05:00,"
    rows = [old.replace("x", "2001"), old.replace("x", "2002"), new.replace("x", "'2001")]
    [receipt] = taken(store, [orders(rows, head=TAOBAO, name="ExportOrderList202611020900.csv")])
    assert query(store, "SELECT order_id, sold, status FROM fact_orders ORDER BY 1") == [
        ("2001", 4000, "completed"), ("2002", 5000, "unpaid"),
    ]  # fmt: skip
    assert dict(receipt.ignored_by) == {"older": 1} and adds_up(receipt)


def test_an_order_that_taobao_states_twice(store: Path, orders: Write) -> None:
    row = "{},{}.00,0.00,{}.00,{}.00,交易成功,2026-11-01 10:00:00,2026-11-01 10:05:00,"
    rows = [row.format(n, *[amount] * 3) for n, amount in ((1, 50), (2, 50), (3, 50), (1, 50), (2, 60), (2, 70))]
    [receipt] = taken(store, [orders(rows, head=TAOBAO, name="ExportOrderList202611020900.csv")])
    assert query(store, "SELECT order_id, sold, paid FROM fact_orders ORDER BY 1") == [
        ("1", 5000, 5000), ("2", 7000, 7000), ("3", 5000, 5000),
    ]  # fmt: skip
    assert receipt.outcome["inserted"] == 3 and dict(receipt.ignored_by) == {"older": 2, "duplicate": 1}
    assert adds_up(receipt)


def test_each_order_has_the_decimals_of_its_own_currency(store: Path, orders: Write) -> None:
    """Dollars, yen and dinars in one file, the lines of an order apart from each other."""
    blocks = [
        [row.replace("USD", currency) for row in order(name, refunded="5.00")]
        for name, currency in (("#1", "USD"), ("#2", "JPY"), ("#3", "KWD"), ("#4", "jpy"), ("#5", "EUR"))
    ]
    money = "SELECT order_id, currency, sold, paid, refunded FROM fact_orders ORDER BY 1"
    wanted = [
        ("#1", "USD", 5000, 5000, 500), ("#2", "JPY", 50, 50, 5), ("#3", "KWD", 50_000, 50_000, 5_000),
        ("#4", "JPY", 50, 50, 5), ("#5", "EUR", 5000, 5000, 500),
    ]  # fmt: skip
    by_item = sorted([row for block in blocks for row in block], key=lambda row: row.split(",")[10])
    for at, rows in enumerate((blocks, [by_item], blocks[::-1])):
        path = store.with_name(f"{at}.db")
        [receipt] = taken(path, [orders(*rows)])
        assert query(path, money) == wanted
        assert receipt.outcome["inserted"] == 15 and not receipt.ignored
        lines = query(path, "SELECT order_id, code, listed, sold FROM fact_order_lines WHERE line_key = 'A-1#1'")
        assert lines == [("#1", "A-1", 2000, 2000), ("#2", "A-1", 20, 20), ("#3", "A-1", 20_000, 20_000),
                         ("#4", "A-1", 20, 20), ("#5", "A-1", 2000, 2000)]  # fmt: skip
        assert faults(path) == []


def test_a_status_further_along_says_whether_the_order_counts(store: Path, orders: Write) -> None:
    """Two files that only their rows date; the one with newer rows was made before the order was voided."""
    voided = [row.replace(",paid,", ",voided,") for row in order("#1")]
    later = [row.replace("2025-03-01", "2025-03-05") for row in order("#2")]
    for at, files in enumerate(([voided], [order("#1"), later]), 1):
        taken(store, [orders(*files, name=f"orders_{at}.csv")])
    assert query(store, "SELECT order_id, status, counts FROM orders") == [("#1", "cancelled", 0), ("#2", "paid", 1)]
