"""The store is the merge of its live files: the order in which they came, undo and redo leave no trace."""

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_tools import ORDERS_HEAD, SHOP, digest, faults, order, taken

from importers.sheet import workbook_sheets
from merchant_cli.intake import again

Row = list[str]


def rows_of(path: Path) -> list[Row]:
    """The cells of an example file, as text."""
    if path.suffix == ".xlsx":
        return workbook_sheets(path)[0][1]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_text(rows: list[Row], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_xlsx(folder: Path) -> None:
    for path in SHOP.iterdir():
        with xlsxwriter.Workbook(str(folder / f"{path.stem}.xlsx")) as book:
            sheet = book.add_worksheet()
            for n, row in enumerate(rows_of(path)):
                for m, cell in enumerate(row):
                    sheet.write_string(n, m, cell)


def as_utf16_tsv(folder: Path) -> None:
    for path in SHOP.iterdir():
        (folder / f"{path.stem}.tsv").write_bytes(as_text(rows_of(path), "\t").encode("utf-16"))


def as_gb18030(folder: Path) -> None:
    for path in SHOP.iterdir():
        (folder / f"{path.stem}.csv").write_bytes(as_text(rows_of(path)).encode("gb18030"))


def as_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in SHOP.iterdir():
            archive.write(path, path.name)


def as_gz(folder: Path) -> None:
    for path in SHOP.iterdir():
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))


@pytest.fixture(scope="module")
def shop_digest() -> str:
    """The digest of the example shop as it is."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCHANT_KEY", str(KEY))
        return digest_of([str(p) for p in sorted(SHOP.iterdir())], Path(folder))


KEY = Path(tempfile.mkdtemp(prefix="merchant-test-")) / "buyer.key"


def digest_of(paths: list[str], folder: Path) -> str:
    store = folder / "merchant.db"
    taken(store, paths)
    assert faults(store) == []
    return digest(store)


@pytest.mark.parametrize("rewrite", [as_xlsx, as_utf16_tsv, as_gb18030, as_zip, as_gz])
def test_the_same_shop_in_other_formats_gives_the_same_digest(
    rewrite: Callable[[Path], None], shop_digest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCHANT_KEY", str(KEY))
    files = tmp_path / "files"
    files.mkdir()
    rewrite(files)
    assert digest_of([str(files)], tmp_path) == shop_digest


def test_the_last_file_first_gives_the_same_digest(
    shop_digest: str, example_files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCHANT_KEY", str(KEY))
    store = tmp_path / "merchant.db"
    products_first = sorted(example_files, key=lambda path: ("orders" in path, path), reverse=True)
    for path in products_first:
        taken(store, [path])
    assert digest(store) == shop_digest


# --- the property ---


@cache
def pieces() -> tuple[Path, list[Path]]:
    """Small overlapping files: two ages of Taobao orders and lines with common orders, three of Shopify orders."""
    folder = Path(tempfile.mkdtemp(prefix="merchant-test-"))
    found = []
    for kind in ("ExportOrderList", "ExportOrderDetailList"):
        older, newer = sorted(SHOP.glob(f"{kind}2026*.csv"))
        at = 0 if kind == "ExportOrderList" else 1
        ids = [{row[at] for row in rows_of(path)[1:]} for path in (older, newer)]
        common = set(sorted(ids[0] & ids[1])[::40])
        for path, own in zip((older, newer), (ids[0] - ids[1], ids[1] - ids[0]), strict=True):
            wanted = common | set(sorted(own)[:3])
            rows = rows_of(path)
            chosen = [rows[0], *(row for row in rows[1:] if row[at] in wanted)]
            (folder / path.name).write_bytes(as_text(chosen).encode("gb18030"))
            found.append(folder / path.name)
    shopify = {
        "20250305": order("#1") + order("#2", status="pending"),
        "20250308": order("#2") + order("#3") + order("#4"),
        "20250310": order("#1", status="refunded", refunded="10.00") + order("#3", total="12.00") + order("#5"),
    }
    for day, text in shopify.items():
        (folder / f"orders_export_{day}.csv").write_text(ORDERS_HEAD + text, encoding="utf-8")
        found.append(folder / f"orders_export_{day}.csv")
    return folder, found


@cache
def fresh_store() -> Path:
    """A store without imports, to be copied: making one anew costs most of an example."""
    from merchant_cli.store.open import write

    path = pieces()[0] / "fresh.db"
    with write(path, "test"):
        pass
    return path


@cache
def digest_of_live(live: frozenset[int]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(shutil.copy(fresh_store(), Path(folder) / "merchant.db"))
        for n in sorted(live):
            taken(store, [pieces()[1][n]], shop=shop_of(n))
        return digest(store)


def shop_of(n: int) -> str:
    return "taobao/main" if n < 4 else "shopify/main"


def do(store: Path, n: int, numbers: dict[int, int], live: set[int], *, by_file: bool) -> None:
    """Imports file `n`, takes it back, or brings it back: whatever is its turn."""
    if n in live:
        again.undo(store, numbers[n])
        live.remove(n)
        return
    if n in numbers and not by_file:
        assert again.redo(store, numbers[n]).number == numbers[n]
    else:
        [receipt] = taken(store, [pieces()[1][n]], shop=shop_of(n))
        assert receipt.number == numbers.setdefault(n, receipt.number or 0)
    live.add(n)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=9))
def test_any_order_with_undo_and_redo_gives_what_remains(acts: list[tuple[int, bool]]) -> None:
    os.environ["MERCHANT_KEY"] = str(KEY)
    numbers: dict[int, int] = {}
    live: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(shutil.copy(fresh_store(), Path(folder) / "merchant.db"))
        for n, by_file in acts:
            do(store, n, numbers, live, by_file=by_file)
        assert digest(store) == digest_of_live(frozenset(live))
        assert faults(store) == []
