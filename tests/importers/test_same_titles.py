"""Etsy's listings have no number: several of one title are told apart by their SKUs, else by their place."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import quarantined, rows, taken

HEAD = "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,SKU\n"
IDS = "SELECT listing_id, code, price, listed_units FROM fact_listings ORDER BY 1"


def test_listings_of_one_title_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "EtsyListingsDownload.csv"
    ring = "Ring,a,{},EUR,{},t,{}\n".format
    path.write_text(
        HEAD
        + ring(12.7, 5, "R-1")
        + ring(15, 2, '"R-2,R-3"')
        + ring(9, 1, "")
        + ring(8, 3, "")
        + "Cup,b,7,EUR,1,t,C-1\n",
        encoding="utf-8",
    )
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert (receipt.read, quarantined(store)) == (5, [])
    assert rows(store, IDS) == [
        ("~cup", "C-1", 700, 1), ("~ring", "~ring", 900, 1), ("~ring r-1", "R-1", 1270, 5),
        ("~ring r-2 r-3", "~ring r-2 r-3", 1500, 2), ("~ring#2", "~ring#2", 800, 3),
    ]  # fmt: skip
