"""Stores for the screens: the example shop, an empty one, and a shop whose every text is hostile."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from merchant_cli.app import main

# What a buyer, a supplier or a platform may have written: markup, escape sequences, bidi, invisible characters.
HOSTILE = (
    "[red]ok[/red]", "[/] bad", "good [/review]", "[@click=app.quit]free[/]", "[@click=app.bell]column[/]",
    "[link=http://evil]click[/link]", "[1,2] SKU[a][b=1]", "[/", '{"b": [true, false]}', "# head **bold** [x](y)",
    "\x1b[2J\x1b[31mred", "\x1b]52;c;QUJD\x07clip", "\x1b]0;PWN\x07title", "\x1b]8;;http://evil\x1b\\link",
    "\x9b2Jcsi", "\x1bP1$r\x1b\\dcs\x1b_apc\x1bc\x1b[6n", "real\rFAKE", "abc\b\b\bXYZ", "\u202e1.00\u2066rtl",
    ":bomb: title", "del\x7f", "zero\u200bwidth\ufeff", "w" * 10_000, "two\nlines " * 500, "①…·—“”℃ ambiguous",
    "=1+1", "全角ＡＢＣ漢字 e\u0301 👩\u200d👧", "back\\slash\\",
)  # fmt: skip


@pytest.fixture(scope="session")
def hostile_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the hostile shop, made once by importing its files."""
    folder = tmp_path_factory.mktemp("hostile")
    files = folder / "files"
    files.mkdir()
    _orders(files / "orders_export_20250310.csv")
    _sheet(files / "costs.csv", "SKU,Title,Unit cost,Currency,Valid from,Supplier", lambda n, bad: [
        f"A-{n}", bad, "2.00", "USD", "2025-01-01", bad])  # fmt: skip
    _sheet(files / "stock.csv", "SKU,Title,Location,Counted units,Counted on", lambda n, bad: [
        f"A-{n}", bad, "main", "3", "2025-03-05"])  # fmt: skip
    _sheet(files / "reviews.csv", "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text", lambda n, bad: [
        f"R{n}", "shopify/main", f"#{n}", f"A-{n}", "2025-03-04", "1", bad])  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCHANT_STORE", str(folder / "store" / "merchant.db"))
        patch.setenv("MERCHANT_KEY", str(folder / "store" / "buyer.key"))
        patch.setenv("MERCHANT_SETTLE", "0")
        for file in sorted(files.glob("*.csv"), key=lambda path: not path.name.startswith("orders")):
            assert main(["import", str(file), "--quiet"]) in (0, 3), file
    return folder / "store"


def _orders(path: Path) -> None:
    head = (
        "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
        "Lineitem sku,Refunded Amount,Discount Code"
    )
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head.split(","))
        for n, bad in enumerate(HOSTILE):
            for day in range(1, 6):
                made, sku = f"2025-03-0{day} 10:00:00 +0000", f"A-{n}" if n % 2 else bad[:60]
                writer.writerow(
                    [f"#{n}-{day}", "paid", made, "USD", "10.00", "10.00", bad, 1, "10.00", sku, "", bad[:40]]
                )


def _sheet(path: Path, head: str, row: Callable[[int, str], list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head.split(","))
        writer.writerows(row(n, bad) for n, bad in enumerate(HOSTILE))


@pytest.fixture
def hostile(store: Path, hostile_made: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A store of its own that holds the hostile shop."""
    shutil.rmtree(store.parent)
    shutil.copytree(hostile_made, store.parent)
    capsys.readouterr()
    return store
