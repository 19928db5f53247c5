"""inventory/stale: stock figures that are older than the sales."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from risk_tools import Asked, Files, Sale, asker, codes, explained

from merchant_cli.app import main
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory.stale import stale


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "inventory")


def sale(order: str, sku: str, day: str, units: int = 1) -> Sale:
    at = f"2026-11-{day} 09:00:00"
    return Sale(order, sku, units, paid=at, shipped=at)


def test_a_count_that_lies_behind(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(
        sale("1", "A", "05", 9), sale("2", "A", "06", 2), sale("3", "B", "07", 3), sale("4", "C", "14"),
        sale("5", "C", "08"),
    )  # fmt: skip
    files.stock(  # as of 11-14: 9 days old; 7 days old; 9 days old but nothing of it was sold since
        "A,50,2026-11-05,East", "B,50,2026-11-05,East", "C,50,2026-11-07,West", "D,50,2026-11-05,North",
    )  # fmt: skip
    body = ask("stale")
    assert list(body["rows"]) == ["stock:East"]
    row = body["rows"]["stock:East"]
    assert (row["day"], row["age_days"], row["skus"], row["units_since"]) == ("2026-11-05", 9, 2, 5)
    assert row["why"] == "Last counted on 2026-11-05, 9 days ago; 5 units of 2 SKUs were sold since."
    assert row["at_stake"] is None and row["command"] == "merchant template stock -o stock.xlsx"
    assert list(ask("stale", "--behind-days", "6")["rows"]) == ["stock:East", "stock:West"]
    assert list(ask("stale", "--behind-days", "9")["rows"]) == []
    assert explained(capsys, "inventory", "stale", "stock:East") == {
        "age_days": 9, "units_since": 5, "tables": {"stock_counts"},
    }  # fmt: skip
    files.stock("A,40,2026-11-13,East", name="later.csv")
    assert ask("stale")["rows"] == {}


def test_one_line_in_the_worklist(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(sale("1", "A", "05"), sale("2", "A", "14"))
    files.stock("A,50,2026-11-01")
    capsys.readouterr()
    assert main(["today", "--json", "--lang", "zh"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    (row,) = [row for row in rows if row["question"] == "stale"]
    assert row["key"] == "all" and row["why"] == "1 处库存数据已过时，最早为 2026-11-01"
    assert row["command"] == "merchant inventory stale"


def test_a_platforms_file_and_an_own_count_of_one_place(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    shop.order("1", "2026-11-12", "A", 3, 3000)
    shop.put("stock_counts", shop=2, location="Main", code="A", counted_at=1, counted_day="2026-11-01", units=9)
    (row,) = stale(shop.db, scope).rows
    assert row[0] == "stock:Main"
    shop.count("A", "2026-11-10", 8)  # without a place: the only one there is
    assert list(stale(shop.db, scope).rows) == []


def test_listed_units_that_stand_in(shop: Any, scope: Scope) -> None:
    shop.cover("2026-10-01", "2026-11-14")
    shop.put("listings", shop=1, listing_id="L", variant_id="", code="A", listed_units=9)
    shop.put("prices", shop=1, listing_id="L", variant_id="", seen_day="2026-11-06", price=100)
    shop.order("1", "2026-11-06", "A", 2, 2000)
    assert list(stale(shop.db, scope).rows) == [], "nothing was sold since"
    shop.order("2", "2026-11-07", "A", 3, 3000)
    (row,) = stale(shop.db, scope).rows
    assert (row[0], row[9], row[11], row[13]) == ("stock:taobao/main", "listed", 8, 3)
    assert row[2].show("zh").startswith("商品文件停留在 2026-11-06（8 天前）")
    shop.count("A", "2026-11-10", 4)  # counted: the listing no longer stands in
    assert list(stale(shop.db, scope).rows) == []


def test_nothing_known(files: Files, ask: Asked) -> None:
    assert "No stock is known" in codes(ask("stale"))
    files.taobao(sale("1", "A", "05"))
    body = ask("stale")
    assert body["rows"] == {} and "No stock is known" in codes(body)


def test_a_count_without_a_place(files: Files, ask: Asked) -> None:
    files.taobao(sale("1", "A", "05"), sale("2", "A", "14"))
    files.stock("A,50,2026-11-01")
    assert ask("stale", "--lang", "zh")["rows"]["stock:own"]["subject"] == "自盘库存"
