"""merchant coverage: which days are there, which are missing, which file was cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from importers import catalogue
from merchant_cli.desks.covered import KINDS

HEAD = "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku\n"  # noqa: E501


def order(number: int, day: str) -> str:
    return f"#{number},a@example.com,paid,{day} 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1\n"


def take(run: Callable[..., Any], folder: Path, name: str, *rows: str) -> None:
    path = folder / name
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    assert run("import", str(path), "--quiet").code == 0


def asked(run: Callable[..., Any], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = run(*words, "--json").json
    return found


def test_a_gap_is_named(tmp_path: Path, run: Callable[..., Any]) -> None:
    take(run, tmp_path, "orders_export_20250304.csv", order(1, "2025-03-01"), order(2, "2025-03-03"))
    take(run, tmp_path, "orders_export_20250312.csv", order(3, "2025-03-08"), order(4, "2025-03-10"))
    body = asked(run, "coverage")
    (row,) = body["rows"]
    # covered: 1-3 and 8-10 March; 4-7 March are in no file
    assert (row["shop"], row["kind"]) == ("shopify/main", "orders")
    assert (row["first"], row["last"]) == ("2025-03-01", "2025-03-10")
    assert (row["covered"], row["missing"], row["gaps"], row["behind"]) == (6, 4, "2025-03-04 – 2025-03-07", 0)
    body = asked(run, "coverage", "--since", "2025-02-28", "--until", "2025-03-10")
    # 28 February is before the first file; the last day of each file is not over when the file is made
    assert body["rows"][0]["calendar"] == " ##-... .##-"


def test_an_empty_store_says_what_to_do(tmp_path: Path, run: Callable[..., Any]) -> None:
    body = asked(run, "coverage")
    assert body["desk"] is None and body["rows"] == [] and "merchant import" in body["notes"][0]


def test_a_file_that_was_cut_off_is_named(tmp_path: Path, run: Callable[..., Any]) -> None:
    whole = "#7,a@example.com,paid,2025-03-01 10:00:00 +0000,USD,20.00,20.00,Mug,1,10.00,A-1\n"
    second = "#7,,,,,,,Bowl,1,10.00,B-1\n"
    take(run, tmp_path, "orders_export_20250305.csv", whole, second)
    take(run, tmp_path, "orders_export_20250306.csv", whole)
    notes = asked(run, "coverage")["notes"]
    assert any("orders_export_20250306.csv) is cut off: 1 order has fewer lines" in note for note in notes), notes


def test_one_shop_only_and_chinese(tmp_path: Path, run: Callable[..., Any]) -> None:
    take(run, tmp_path, "orders_export_20250304.csv", order(1, "2025-03-01"))
    assert asked(run, "coverage", "--shop", "shopify/main", "--lang", "zh")["columns"][0]["label"] == "店铺"


def test_every_kind_of_file_has_a_word() -> None:
    kinds = {entry.load().kind for entry in catalogue.entries() if entry.refused is None}
    assert kinds - {""} <= KINDS.keys()
