"""A template goes out, comes back untouched or filled in, and only what changed is taken."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from template_tools import EXAMPLE_SHOP, Ran, asked, facts, fill, imported, rows_of

from importers.own._sheets import SHEETS

Make = Callable[..., Workbook]
OWN = ("costs", "products", "suppliers", "stock_counts", "coupons", "campaigns", "reviews", "ads")
COSTS, STOCK = "成本与供应商", "库存"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_untouched_it_claims_only_what_it_states(shop: Path, made: Make, tmp_path: Path, lang: str) -> None:
    made(lang)
    before = facts(shop, *OWN)
    receipts = imported(shop, tmp_path / "sheets.xlsx")
    assert set(receipts) == {f"own {kind}" for kind in SHEETS}
    assert all(r.state == "applied" and r.ignored_by["example"] == 1 for r in receipts.values())
    assert all(r.outcome["quarantined"] == 0 for r in receipts.values())
    assert facts(shop, *OWN) == before
    stock = receipts["own stock"]
    assert stock.ignored_by["blank"] == stock.read - 1 and stock.by_table == {}
    again = imported(shop, tmp_path / "sheets.xlsx")
    assert {r.state for r in again.values()} == {"already imported"} and facts(shop, *OWN) == before


def test_where_only_orders_are_known_nothing_is_claimed(
    taken_in: Path, made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCHANT_KEY", str(tmp_path / "buyer.key"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(taken_in / "cache"))
    store = tmp_path / "merchant.db"
    for path in sorted(EXAMPLE_SHOP.glob("ExportOrder*.csv")):
        imported(store, path)
    rows = rows_of(made(), COSTS)[1:]
    assert len(rows) > 40 and all(row["标题"] and row["成本"] is None and row["币种"] == "CNY" for row in rows)
    receipts = imported(store, tmp_path / "sheets.xlsx")
    assert all(set(r.ignored_by) <= {"example", "blank"} and not r.by_table for r in receipts.values())
    assert not any(facts(store, *OWN).values())


def test_costs_in_a_currency_without_decimals(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made("en")
    fill(book, "Costs and suppliers", "00871", "Unit cost", 120)
    fill(book, "Costs and suppliers", "00871", "Currency", "JPY")
    book.save(tmp_path / "filled.xlsx")
    imported(shop, tmp_path / "filled.xlsx")
    assert asked(shop, "SELECT cost_minor FROM costs WHERE currency = 'JPY'") == [(120,)]
    assert 120 in [row["Unit cost"] for row in rows_of(made("en"), "Costs and suppliers") if row["Currency"] == "JPY"]


def test_costs_that_are_filled_in_appear(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made()
    blank = [row["商家编码"] for row in rows_of(book, COSTS)[1:] if row["成本"] is None]
    for sku in blank:
        fill(book, COSTS, sku, "成本", 23.4)
    book.save(tmp_path / "filled.xlsx")
    before = len(asked(shop, "SELECT * FROM costs"))
    receipt = imported(shop, tmp_path / "filled.xlsx")["own costs"]
    assert receipt.by_table["costs"]["inserted"] == len(blank) > 0 and not receipt.by_table["costs"].get("updated")
    costs = {row[0]: row[1:] for row in asked(shop, "SELECT sku, cost_minor, currency, from_day FROM costs")}
    assert all(costs[sku] == (2340, "CNY", "") for sku in blank)
    assert len(asked(shop, "SELECT * FROM costs")) == before + len(blank)


def test_one_changed_cell_is_one_updated_row(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made("en")
    fill(book, "Costs and suppliers", "00871", "Unit cost", 5.55)
    book.save(tmp_path / "filled.xlsx")
    receipt = imported(shop, tmp_path / "filled.xlsx")["own costs"]
    assert receipt.outcome["updated"] == 1 and receipt.outcome["inserted"] == 0
    mine = "SELECT cost_minor FROM costs WHERE sku = '00871' ORDER BY from_day DESC"
    assert asked(shop, mine)[0] == (555,)


def test_counted_units_become_counts(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made()
    sku = next(row["商家编码"] for row in rows_of(book, STOCK)[1:] if row["仓库"] == "上海仓")
    fill(book, STOCK, sku, "实盘数量", 41)
    fill(book, STOCK, sku, "盘点日期", date(2026, 11, 15))
    book.save(tmp_path / "filled.xlsx")
    mine = "SELECT units FROM stock_counts WHERE sku = :sku AND location = '上海仓' AND counted_day = '2026-11-15'"
    assert asked(shop, mine, sku=sku) != [(41,)]
    receipt = imported(shop, tmp_path / "filled.xlsx")["own stock"]
    assert sum(receipt.by_table["stock_counts"].values()) == 1
    assert asked(shop, mine, sku=sku) == [(41,)]
    assert imported(shop, tmp_path / "filled.xlsx")["own stock"].state == "already imported"
    assert all(row["实盘数量"] is None for row in rows_of(made(), STOCK)[1:])


def test_any_number_of_round_trips_changes_nothing(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made()
    fill(book, COSTS, "00871", "成本", 5.55)
    book.save(tmp_path / "sheets.xlsx")
    imported(shop, tmp_path / "sheets.xlsx")
    settled = facts(shop, *OWN)
    for lang in ("zh", "en", "zh"):
        made(lang)
        imported(shop, tmp_path / "sheets.xlsx")
        assert facts(shop, *OWN) == settled


def test_new_rows_of_the_empty_sheets_are_taken(shop: Path, made: Make, tmp_path: Path) -> None:
    book = made("en")
    day = date(2026, 11, 14)
    book["Reviews"].append(["N-1", "taobao/main", "1", "00871", day, 2, "Cracked", None, None])
    book["Ad spend"].append([day, day, "taobao/main", "A", "B", "00871", 9.5, "CNY", 7, 1])
    book.save(tmp_path / "filled.xlsx")
    receipts = imported(shop, tmp_path / "filled.xlsx")
    assert receipts["own reviews"].by_table == {"reviews": {"inserted": 1}}
    assert receipts["own ads"].by_table == {"ads": {"inserted": 1}}
    assert asked(shop, "SELECT rating, body FROM reviews WHERE review_id = 'N-1'") == [(2, "Cracked")]


@pytest.mark.parametrize("kind", list(SHEETS))
def test_one_kind_as_csv(shop: Path, run: Callable[..., Ran], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "one.csv"
    assert run("template", kind, "-o", path, "--lang", "zh").code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") and b"\r\n" in path.read_bytes()
    if kind == "costs":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            assert '="00871"' in {row[0] for row in csv.reader(lines)}
    before = facts(shop, *OWN)
    receipts = imported(shop, path)
    assert set(receipts) == {f"own {kind}"} and receipts[f"own {kind}"].outcome["quarantined"] == 0
    assert facts(shop, *OWN) == before
