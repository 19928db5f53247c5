"""Shopify's inventory where several variants go by one code (the same SKU, or no SKU and the same title), and files
that a spreadsheet program ruined."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import quarantined, rows, taken

HEAD = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Committed,Available,On hand\n"
ROW = "{},{},Title,Default Title,{},,AU,{},{},{},{}\n"
OLD = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,North,South\n"


def test_variants_of_one_code_are_counted_together(tmp_path: Path) -> None:
    """3 rings of one title at North: 1 + 2 on hand, 1 of them promised; the last row stands there twice."""
    path = tmp_path / "inventory_export_1.csv"
    path.write_text(
        HEAD
        + ROW.format("ring-1", "Gold ring", '""', "North", 0, 1, 1)
        + ROW.format("ring-2", "Gold ring", '""', "North", 1, 1, 2)
        + ROW.format("ring-1", "Gold ring", '""', "South", 0, 4, 4)
        + ROW.format("cup", "Cup", "CUP", "North", 0, 7, 7)
        + ROW.format("cup", "Cup", "CUP", "North", 0, 7, 7)
        + ROW.format("pot", "Pot", "POT", "North", 0, 2, 2)
        + ROW.format("pot", "Pot", "POT", "North", 0, 5, 5),
        encoding="utf-8",
    )
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert rows(store, "SELECT location, code, units, committed FROM fact_stock_counts ORDER BY 1, 2") == [
        ("North", "CUP", 7, 0), ("North", "POT", 2, 0), ("North", "~gold ring", 3, 1), ("South", "~gold ring", 4, 0)
    ]  # fmt: skip
    assert quarantined(store) == [[8, "duplicate-key", ""]]
    told = receipt.as_json("en")
    assert (told["read"], told["inserted"], told["ignored_by"]) == (7, 4, {"added": 1, "duplicate": 1})


def test_so_are_those_of_the_older_layout(tmp_path: Path) -> None:
    path = tmp_path / "inventory_export.csv"
    path.write_text(
        OLD + "ring-1,Gold ring,Title,Default Title,,,,1,not stocked\nring-2,Gold ring,Title,Default Title,,,,2,5\n",
        encoding="utf-8",
    )
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None
    assert rows(store, "SELECT location, code, units FROM fact_stock_counts ORDER BY 1") == [
        ("North", "~gold ring", 3), ("South", "~gold ring", 5)
    ]  # fmt: skip


def test_ruined_barcodes_are_told_and_ruined_codes_wait(tmp_path: Path) -> None:
    """Excel wrote 365275000000 as 3.65275E+11: of a barcode nothing is kept, an SKU is what the variant goes by."""
    path = tmp_path / "products_export_1.csv"
    path.write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n"
        "cup,Cup,Title,Default Title,CUP,9.00,3.65275E+11\n"
        "pot,Pot,Title,Default Title,POT,8.00,4006381333931\n"
        "pan,Pan,Title,Default Title,1.00E+12,7.00,\n",
        encoding="utf-8",
    )
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert quarantined(store) == [[4, "id-ruined", "Variant SKU"]]
    assert [row[0] for row in rows(store, "SELECT code FROM fact_listings ORDER BY 1")] == ["CUP", "POT"]
    assert [note.params for note in receipt.notes if note.code == "ruined"] == [{"values": "3.65275E+11"}]
