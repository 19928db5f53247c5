"""Amazon's listings reports: nothing in them is quoted, rows may end early, and what Amazon ships has no units."""

from __future__ import annotations

from pathlib import Path

import pytest

from merchant_cli.app import main
from tests.importers.taking import HERE, digest, rows, taken

REPORT = HERE / "amazon" / "listings" / "All+Listings+Report_20240908.txt"
HEAD = "item-name\tlisting-id\tseller-sku\tprice\tquantity\tasin1\tfulfillment-channel\tstatus"


def line(title: str, sku: str, units: str = "5", channel: str = "DEFAULT") -> str:
    return f"{title}\tL1\t{sku}\t9.00\t{units}\tB0\t{channel}\tActive"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("at", [0, 39, 60])
def test_a_quotation_mark_is_a_character_like_any_other(tmp_path: Path, at: int, ending: str) -> None:
    lines = [line(f"Cup {n}", f"C-{n}") for n in range(80)]
    lines[at] = line('"open', "OPEN")
    lines[at + 1] = line('12" and "more', "MORE")
    report = tmp_path / "report.txt"
    report.write_text(ending.join([HEAD, *lines, ""]), encoding="utf-8", newline="")
    store, (receipt,) = taken(tmp_path / "s", [report])
    assert (receipt.outcome["inserted"], receipt.outcome["quarantined"]) == (80, 0)
    assert rows(store, "SELECT code, title FROM fact_listings WHERE code IN ('OPEN', 'MORE') ORDER BY code") == [
        ("MORE", '12" and "more'), ("OPEN", '"open')]  # fmt: skip


def test_a_quoted_file_of_another_kind_is_still_read_as_one(tmp_path: Path) -> None:
    sheet = tmp_path / "costs.tsv"
    sheet.write_text('SKU\tTitle\tUnit cost\tValid from\n"A-1"\t"Two\nlines"\t"1.50"\t2024-01-01\n', encoding="utf-8")
    store, _ = taken(tmp_path / "s", [sheet])
    assert rows(store, "SELECT sku, cost FROM fact_costs") == [("A-1", 150)]


def test_undo_and_redo_read_it_the_same(store: Path) -> None:
    assert main(["import", str(REPORT), "--quiet"]) == 3  # two rows wait
    before = digest(store)
    assert main(["undo", "1"]) == 0 and digest(store) != before
    assert main(["redo", "1"]) == 0 and digest(store) == before


def test_units_that_amazon_keeps_are_not_the_sellers(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("\n".join([HEAD, line("Cup", "C", "0", "AMAZON_NA"), line("Tray", "T", "0")]) + "\n")
    store, _ = taken(tmp_path / "s", [report])
    assert rows(store, "SELECT code, listed_units, state, state_raw FROM fact_listings ORDER BY code") == [
        ("C", None, "live", "Active / AMAZON_NA"), ("T", 0, "live", "Active")]  # fmt: skip


def test_a_row_may_end_before_its_last_columns(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"{HEAD}\nCup\tL1\tC\t9.00\n" + line("Tray", "T") + "\n")
    store, (receipt,) = taken(tmp_path / "s", [report])
    assert receipt.outcome["quarantined"] == 0
    assert rows(store, "SELECT code, price, listed_units, state FROM fact_listings ORDER BY code") == [
        ("C", 900, None, None), ("T", 900, 5, "live")]  # fmt: skip
