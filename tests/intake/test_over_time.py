"""Files of one shop over the weeks: older exports, corrections, mended orders, folders, files still being written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
from intake_tools import ORDERS_HEAD, digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.intake import again, watch

ORDER = "SELECT status, paid_minor, refunded_minor FROM orders WHERE order_id = '#1'"
HEAD = (
    "Name,Financial Status,Fulfillment Status,Created at,Currency,Subtotal,Total,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku\n"
)


def exported(folder: Path, day: int, *rows: str, head: str = ORDERS_HEAD) -> Path:
    path = folder / f"orders_export_202503{day:02d}.csv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return path


def test_an_older_export_rolls_nothing_back(store: Path, tmp_path: Path) -> None:
    taken(store, [exported(tmp_path, 10, order("#1", refunded="4.00"))])
    assert query(store, ORDER) == [("paid", 1000, 400)]
    [receipt] = taken(
        store, [exported(tmp_path, 5, order("#1", status="pending", total="9.00", refunded="4.00"), order("#2"))]
    )
    assert query(store, ORDER) == [("paid", 1000, 400)]
    assert [receipt.outcome[o] for o in ("inserted", "updated", "unchanged")] == [1, 0, 1]
    assert "older-file" in [note.code for note in receipt.notes]
    assert query(store, "SELECT count(*) FROM orders") == [(2,)], "what only the older one has comes in"
    [receipt] = taken(store, [exported(tmp_path, 12, order("#1", status="pending", total="9.00"))])
    assert query(store, ORDER) == [("unpaid", 900, 400)], "the newest holds, and an empty cell takes nothing back"


def test_corrected_rows_keep_their_versions(store: Path, tmp_path: Path) -> None:
    amounts = ("10.00", "11.00", "12.00")
    for day, total in enumerate(amounts, 5):
        taken(store, [exported(tmp_path, day, order("#1", total=total))])
    assert query(store, "SELECT count(*) FROM bodies") == [(3,)]
    paid = "SELECT paid_minor, import_no FROM orders"
    for number, left in ((3, (1100, 2)), (1, (1100, 2))):
        again.undo(store, number)
        assert query(store, paid) == [left]
    for number, left in ((3, (1200, 3)), (1, (1200, 3))):
        again.redo(store, number)
        assert query(store, paid) == [left]
    again.undo(store, 3)
    again.undo(store, 2)
    assert query(store, paid) == [(1000, 1)]
    assert faults(store) == []


def test_a_folder_goes_in_by_dependency(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The products file comes first by name, and its prices are yen: only the orders say so."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a_products_20250310.csv").write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nmug,Mug,Title,Default Title,A-1,900\n"
    )
    (folder / "z_orders_20250310.csv").write_text(ORDERS_HEAD + order("#1", total="900").replace("USD", "JPY"))
    assert main(["import", str(folder), "--quiet"]) == 0
    assert query(store, "SELECT i.name LIKE '%z_orders%' FROM imports i ORDER BY no") == [(1,), (0,)]
    assert query(store, "SELECT price_minor, currency FROM listings") == [(900, "JPY")]
    before = digest(store)
    assert main(["import", str(folder), "--quiet"]) == 0
    assert digest(store) == before and query(store, "SELECT count(*) FROM imports") == [(2,)]
    capsys.readouterr()


# --- an order of several rows in quarantine ---


def test_an_order_with_one_bad_row_is_mended_whole(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its sound rows wait with it, so the workbook has their cells too."""
    rows = [
        "#1,paid,fulfilled,2025-03-01 10:00:00 +0000,USD,25.00,25.00,1,Mug,10.00,A-1\n",
        "#1,,,,,,,2,Bowl,five,B-1\n",
        "#1,,,,,,,1,Cup,5.00,C-1\n",
        "#2,paid,fulfilled,2025-03-01 10:00:00 +0000,USD,5.00,5.00,1,Mug,5.00,A-1\n",
    ]
    assert main(["import", str(exported(tmp_path, 5, *rows, head=HEAD)), "--quiet"]) == 3
    assert query(store, "SELECT line, code FROM quarantine ORDER BY 1") == [
        (2, "order-incomplete"), (3, "bad-money"), (4, "order-incomplete"),
    ]  # fmt: skip
    fix = tmp_path / "fix.xlsx"
    assert main(["quarantine", "export", str(fix)]) == 0
    book = openpyxl.load_workbook(fix)
    cells = [[cell.value or "" for cell in row][3:] for row in book["1"].iter_rows(min_row=2)]
    assert [",".join(map(str, row)) for row in cells] == [row.strip() for row in rows[:3]]
    for cell in next(book["1"].iter_rows(min_row=3, max_row=3)):
        cell.value = "5.00" if cell.value == "five" else cell.value
    book.save(fix)
    assert main(["quarantine", "retry", str(fix)]) == 0
    lines = "SELECT line_key, units, sold_minor FROM order_lines WHERE order_id = '#1' ORDER BY 1"
    assert query(store, lines) == [("A-1#1", 1, 1000), ("B-1#1", 2, 1000), ("C-1#1", 1, 500)]
    whole = store.with_name("whole.db")
    taken(whole, [exported(tmp_path, 5, *(row.replace("five", "5.00") for row in rows), head=HEAD)])
    assert digest(store) == digest(whole)
    capsys.readouterr()
    assert main(["quarantine", "--json"]) == 0
    assert '"rows": []' in capsys.readouterr().out
    assert faults(store) == []


# --- a file that is still being written ---

WRITER = """
import sys
with open(sys.argv[1], "w") as out:
    out.write("Name,Total\\n#1,10.00\\n")
    out.flush()
    print("half", flush=True)
    sys.stdin.readline()
    out.write("#2,20.00\\n")
print("whole", flush=True)
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that has written half of orders.csv and pauses."""
    pipe = subprocess.PIPE
    words = [sys.executable, "-c", WRITER, str(tmp_path / "inbox" / "orders.csv")]
    (tmp_path / "inbox").mkdir()
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as run:
        yield run
        run.kill()


def arrived(folder: Path, seconds: float, at: dict[float, Callable[[], object]]) -> list[tuple[float, list[str]]]:
    """What is ready and when, on a clock of its own that runs for so long; `at` is done on the way."""
    now = [0.0]

    def sleep(by: float) -> None:
        now[0] += by
        if now[0] > seconds:
            raise KeyboardInterrupt
        at.pop(now[0], lambda: None)()

    found = []
    with suppress(KeyboardInterrupt):
        for ready in islice(watch.arrived([str(folder)], clock=lambda: now[0], sleep=sleep), 9):
            found.append((now[0], [Path(path).name for path in ready]))
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who has a file open")
def test_a_writer_that_pauses_is_waited_for(tmp_path: Path, writer: subprocess.Popen[str]) -> None:
    assert writer.stdout is not None and writer.stdin is not None

    def goes_on() -> None:
        assert writer.stdin is not None and writer.stdout is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "whole\n"
        writer.wait(10)

    def begins() -> None:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half\n"

    path = tmp_path / "inbox" / "orders.csv"
    path.unlink(missing_ok=True)
    [(when, names)] = arrived(tmp_path / "inbox", 60, {1.0: begins, 30.0: goes_on})
    assert names == ["orders.csv"] and 33 <= when <= 35
    assert path.read_text().endswith("#2,20.00\n")


# --- a file that does not say its currency ---

PRODUCTS = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nmug,Mug,Title,Default Title,A-1,900\n"


@pytest.mark.parametrize("currency, minor", [("JPY", 900), ("USD", 90000)])
def test_a_price_file_taken_in_before_its_currency_is_known(
    store: Path, tmp_path: Path, currency: str, minor: int
) -> None:
    products = tmp_path / "products_20250310.csv"
    products.write_text(PRODUCTS, encoding="utf-8")
    orders = exported(tmp_path, 10, order("#1", total="900").replace("USD", currency))
    other = store.with_name("other.db")
    taken(other, [orders])
    taken(other, [products])
    [receipt] = taken(store, [products])
    prices = "SELECT price_minor, currency FROM listings UNION ALL SELECT price_minor, currency FROM prices"
    assert query(store, prices) == [(90000, None)] * 2, "nobody can know yet"
    again.undo(store)
    again.redo(store)
    [told] = taken(store, [orders])
    assert query(store, prices) == query(other, prices) == [(minor, currency)] * 2
    assert (receipt.number, told.number) == (1, 2) and digest(store) == digest(other)
    assert query(store, "SELECT no, state FROM imports ORDER BY 1") == [(1, "applied"), (2, "applied")]
    assert again.undo(store).number == 2, "the orders were taken in last"
    assert faults(store) == []
