"""A workbook through the gate, all its rows as text, against openpyxl's read-only mode over the same rows."""

import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from figures import Figure
from running import PROC, Ran, run

ROWS, COLUMNS = 100_000, 20
SEED = 20261122
# Each prints the seconds from the file to its last row, and how many rows and cells it saw.
OURS = """
import sys, time
from pathlib import Path
from merchant_cli.intake import gate, unpack, workbook
begun, rows, cells = time.perf_counter(), 0, 0
opened = gate.Opened()
(source,) = gate.found([sys.argv[1]], opened)
(head,) = workbook.heads(source)
for _, batch in unpack.batches(Path(head.path), head.odd):
    rows += len(batch)
    cells += sum(map(len, batch))
print(time.perf_counter() - begun, rows, cells)
opened.close()
"""
THEIRS = """
import sys, time
import openpyxl
begun, rows, cells = time.perf_counter(), 0, 0
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True):
    rows += 1
    cells += len(row)
print(time.perf_counter() - begun, rows, cells)
"""


def measure_gate(rows: int, out: Path, folder: Path, rounds: int) -> list[Figure]:
    """Each round: the gate, then openpyxl. Raises ValueError unless both saw every cell."""
    book = workbook_of(rows, out)
    ours: list[Ran] = []
    theirs: list[Ran] = []
    for number in range(rounds):
        place = folder / f"round-{number}"
        ours.append(_read(OURS, book, rows, place))
        theirs.append(_read(THEIRS, book, rows, place))
        shutil.rmtree(place)
    size = f"{rows:,} × {COLUMNS}"
    most = max(ran.megabytes for ran in ours)
    return [
        Figure(f"XLSX {size}: faster than openpyxl read-only", "times", [ran.seconds for ran in theirs],
               [ran.seconds for ran in ours], bar=6, at_least=True),
        Figure(f"memory of XLSX {size} through the gate", "MB", (most,) if most else (), bar=500,
               note="highest of the rounds" if PROC.is_dir() else "no /proc"),
        Figure(f"XLSX {size} through the gate", "s", [ran.seconds for ran in ours]),
        Figure(f"XLSX {size}, openpyxl read-only", "s", [ran.seconds for ran in theirs]),
    ]  # fmt: skip


def _read(program: str, book: Path, rows: int, folder: Path) -> Ran:
    ran = run((sys.executable, "-c", program, str(book)), folder, watch=True)
    seconds, seen, cells = ran.out.split()
    if (int(seen), int(cells)) != (rows + 1, (rows + 1) * COLUMNS):
        raise ValueError(f"not every cell of {book.name} was read: {ran.out}")
    return replace(ran, seconds=float(seconds))


def workbook_of(rows: int, out: Path) -> Path:
    """An orders export of 20 columns as Excel would save it; made once and kept in `out`."""
    path = (out / f"orders-{rows}.xlsx").absolute()
    if not path.exists():
        import xlsxwriter

        out.mkdir(parents=True, exist_ok=True)
        dice, part = random.Random(SEED), path.with_suffix(".part")
        book = xlsxwriter.Workbook(str(part))
        sheet, dated = book.add_worksheet("Orders"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.set_column(1, 1, 20, dated)
        sheet.write_row(0, 0, [f"Column {n}" for n in range(1, COLUMNS + 1)])
        for n in range(1, rows + 1):
            paid = dice.randrange(100, 99_900) / 100
            sheet.write_row(n, 0, [
                f"{6_200_000_000_000_000_000 + n}", 46_000 + dice.random() * 300, f"buyer{dice.randrange(30_000)}",
                f"Title of listing {n % 500}", "red; large", f"SKU-{n % 997}", dice.randrange(1, 9), paid, paid, 0,
                dice.randrange(0, 2000) / 100, "paid", "CNY", "Shanghai", f"SF{dice.randrange(10**12)}", "", 1.5,
                dice.randrange(10), "no", f"note {dice.randrange(1000)}",
            ])  # fmt: skip
        book.close()
        part.replace(path)
    return path
