"""What goes out of the store in a sheet of the merchant's own comes back as it was, whatever the text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import ALL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters import workbook
from importers import own_cells
from importers.own._sheets import READ_ME, SHEETS
from merchant_cli.basics.formulas import bare, guarded, guarded_id, kept
from merchant_cli.store import open as opening

Run = Callable[..., Any]
TABLES = {
    "products": "sku, title, supplier", "suppliers": "supplier, lead_days", "costs": "sku, cost_minor",
    "coupons": "coupon_id, title, scope", "reviews": "review_id, body, reply", "campaigns": "campaign, skus",
}  # fmt: skip


def sheet(path: Path, head: list[str], rows: Iterable[list[str]]) -> Path:
    """A merchant's own CSV, in which an apostrophe stands before every text that it would otherwise lose."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(head)
        writer.writerows([[kept(cell) for cell in row] for row in rows])
    return path


def filled(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Own sheets that hold each text as title, supplier, coupon, scope, review and reply."""
    return [
        sheet(folder / "costs.csv", ["SKU", "Title", "Unit cost", "Currency", "Supplier", "Lead days", "Valid from"],
              ([name, text, "1.50", "CNY", text, "7", ""] for name, text in texts.items())),
        sheet(folder / "coupons.csv",
              ["Coupon id", "Coupon name", "Borne by", "Discount type", "Face value", "Scope", "Currency"],
              ([name, text, "shop", "amount", "5", text, "CNY"] for name, text in texts.items())),
        sheet(folder / "reviews.csv", ["Review id", "Shop", "Reviewed on", "Stars", "Review text", "Shop reply"],
              ([name + r, "shopify/main", "2026-11-10", "2", text, text if r else ""]
               for name, text in texts.items() for r in ("", "r"))),
        sheet(folder / "campaigns.csv", ["Campaign", "Starts on", "Ends on", "Shops", "SKUs"],
              ([name + text, "2026-11-01", "2026-11-11", "shopify/main", text] for name, text in texts.items())),
    ]  # fmt: skip


def order(path: Path) -> None:
    """One Shopify order, so that there is a shop."""
    path.write_text(
        "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
        "Lineitem sku\n#1,paid,2026-11-10 10:00:00 +0000,CNY,10.00,10.00,Mug,1,10.00,A-1\n",
        encoding="utf-8",
    )


def known(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(opening.read(store)) as db:
        return {t: sorted(db.execute(f"SELECT {what} FROM {t}").fetchall(), key=repr) for t, what in TABLES.items()}


def imported(run: Run, *paths: Path) -> list[dict[str, Any]]:
    ran = run("import", *paths, "--json", "--yes")
    files: list[dict[str, Any]] = json.loads(ran.out)["files"]
    return [f for f in files if f.get("importer")]


@pytest.fixture
def hostile(store: Path, run: Run, tmp_path: Path) -> Path:
    """A store whose own sheets hold every text of the catalogue."""
    order(tmp_path / "orders_export.csv")
    imported(run, tmp_path / "orders_export.csv")
    files = imported(run, *filled(tmp_path, ALL))
    assert [(f["state"], f["quarantined"]) for f in files] == [("applied", 0)] * 4, files
    return store


def test_the_store_holds_every_text_as_it_was_written(hostile: Path) -> None:
    found = known(hostile)
    assert {(sku, title) for sku, title, _ in found["products"]} == set(ALL.items())
    assert {supplier for supplier, _ in found["suppliers"]} == set(ALL.values())
    assert {(name, text) for name, text, _ in found["coupons"]} == set(ALL.items())
    assert {(name, text) for name, text, reply in found["reviews"] if not reply} == set(ALL.items())
    assert {(name[:-1], text) for name, _, text in found["reviews"] if text} == set(ALL.items())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "kind,name", [("all", "x.xlsx"), ("costs", "x.csv"), ("coupons", "y.csv"), ("campaigns", "z.csv")]
)
def test_a_sheet_that_comes_back_changes_nothing(
    hostile: Path, run: Run, tmp_path: Path, lang: str, kind: str, name: str
) -> None:
    before = known(hostile)
    assert run("template", kind, "-o", tmp_path / name, "--lang", lang).code == 0
    files = imported(run, tmp_path / name)
    assert len(files) == (6 if kind == "all" else 1)
    changed = {f["importer"]: {w: f[w] for w in ("inserted", "updated", "quarantined")} for f in files}
    assert all(not any(counts.values()) for counts in changed.values()), changed
    assert sum(f["unchanged"] for f in files) >= len(ALL)
    assert known(hostile) == before


def test_an_apostrophe_that_only_the_merchant_wrote_stays(store: Path, run: Run, tmp_path: Path) -> None:
    """`'90s mug` is a name; the apostrophe of `'=1` is how spreadsheets are kept from running it."""
    path = tmp_path / "costs.csv"
    path.write_text("SKU,Title,Unit cost,Valid from\nA,'90s mug,1,\nB,'=1,1,\nC,''x'',1,\n", encoding="utf-8")
    imported(run, path)
    assert [title for _, title, _ in known(store)["products"]] == ["'90s mug", "=1", "''x''"]


def test_an_id_that_looks_like_a_formula_is_kept(store: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text('SKU,Title,Unit cost,Valid from\n=A1,x,1,\n"=""00871""",y,1,\n@B,z,1,\n', encoding="utf-8")
    imported(run, path)
    skus = [sku for sku, _, _ in known(store)["products"]]
    assert sorted(skus) == ["00871", "=A1", "@B"]
    for name in ("again.csv", "again.xlsx"):
        run("template", "costs", "-o", tmp_path / name)
        imported(run, tmp_path / name)
        assert [sku for sku, _, _ in known(store)["products"]] == skus


def test_text_too_long_for_a_cell_is_left_out_and_said(store: Path, run: Run, tmp_path: Path) -> None:
    imported(run, *filled(tmp_path, {"LONG": "字" * 40_000})[:1])
    before = known(store)
    said = run("template", "costs", "-o", tmp_path / "x.xlsx").err
    assert "32,767" in said
    imported(run, tmp_path / "x.xlsx")
    assert known(store) == before


def test_apostrophes_in_a_csv_are_said(hostile: Path, run: Run, tmp_path: Path) -> None:
    assert "Title, Supplier" in run("template", "costs", "-o", tmp_path / "x.csv").err


# Any text that a cell of a file can hold.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.text(
    "'=+-@`\"_x0041\t\r\n a字＝", max_size=8
)


@given(st.lists(TEXTS, min_size=1, max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_both_kinds_of_file(tmp_path: Path, texts: list[str]) -> None:
    """Through the real writers and the real readers of cells; the store is the same for both."""
    from importers.sheet import TextForm, text_batches, workbook_sheets

    said = [text for text in map(own_cells.read_own_text, texts) if text and "_x" not in text]
    columns = SHEETS["costs"].columns
    rows = [{"sku": f"S{n}", "title": text, "supplier": text} for n, text in enumerate(said)]
    made = workbook.Filled(SHEETS["costs"].title, columns, {}, rows)
    at = [c.name for c in columns].index("title")
    path = tmp_path / "any.csv"
    path.write_text(workbook.to_csv(made, "en"), encoding="utf-8-sig", newline="")
    back = [row for batch in text_batches(path, TextForm("utf-8-sig")) for row in batch.rows][2:]
    assert [own_cells.read_own_text(row[at]) for row in back] == said
    with (tmp_path / "any.xlsx").open("wb") as out:
        workbook.write(workbook.Template([made], READ_ME, "_lists", []), out, "en")
    back = workbook_sheets(tmp_path / "any.xlsx")[1][1][2:]
    assert [own_cells.read_own_text(row[at]) for row in back] == said


@given(TEXTS)
def test_taking_the_apostrophe_off_gives_the_text_back(text: str) -> None:
    assert bare(guarded(text)) == text
    once = own_cells.read_own_text(text)
    if once is not None:
        assert own_cells.read_own_text(guarded(once)) == own_cells.read_own_text(kept(once)) == once
    code = own_cells.read_own_id(text)
    if isinstance(code, str) and code == code.strip():
        assert own_cells.read_own_id(guarded_id(code)) == own_cells.read_own_id(kept(code, code=True)) == code


def test_bars_in_a_title_are_no_delimiter(store: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text('SKU,Title,Unit cost,Valid from\nA,"a|b|c|d|e;;;;;;",1,\n', encoding="utf-8")
    imported(run, path)
    assert [title for _, title, _ in known(store)["products"]] == ["a|b|c|d|e;;;;;;"]
