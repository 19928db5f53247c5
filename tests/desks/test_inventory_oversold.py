"""inventory/oversold: what all shops offer together against what is free to sell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from risk_tools import Asked, Files, asker, codes, explained

from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory.oversold import oversold


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "inventory")


def example(files: Files) -> None:
    files.shopify(
        "#1,paid,2026-11-13 09:00:00,2026-11-13 09:00:00,2026-11-13 10:00:00,A,2,20.00",
        "#2,paid,2026-11-14 09:00:00,2026-11-14 09:00:00,,A,1,20.00",
        "#3,paid,2026-11-11 09:00:00,2026-11-11 09:00:00,2026-11-11 10:00:00,B,1,20.00",
        "#4,paid,2026-11-11 09:00:00,2026-11-11 09:00:00,,E,5,20.00",
    )
    sold = "#9,paid,2026-11-13 09:00:00,2026-11-13 09:00:00,2026-11-13 10:00:00,Z,1,5.00"
    files.shopify(sold, shop="shopify/eu")  # a products file does not tell its currency
    files.products("a,A,6,20.00", "b,B,6,20.00", "c,C,3,20.00,draft", "d,D,4,20.00", "e,E,0,20.00", day="20261112")
    files.products("a,A,5,30.00", "b,B,5,30.00", day="20261112", shop="shopify/eu")
    files.stock("A,11,2026-11-10", "B,10,2026-11-10", "C,0,2026-11-10", "E,2,2026-11-10")


def test_all_shops_together(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    # A: 11 − 2 shipped − 1 reserved = 8 free; main offered 6 on 11-12 and sold 3 since, eu offers 5: 8. Just right.
    # B: 10 − 1 = 9 free; 6 + 5 = 11 offered: 2 too many × (6 × 20 + 5 × 30) / 11 = 24.545 → 49.09
    # C is a draft, D was never counted. E: 2 counted, 5 ordered: 3 are not there × 20
    example(files)
    body = ask("oversold")
    assert {k: (r["listed"], r["free"], r["over"], r["at_stake"]) for k, r in body["rows"].items()} == {
        "sku:B": (11, 9, 2, 49.09), "sku:E": (0, -3, 3, 60),
    }  # fmt: skip
    row = body["rows"]["sku:B"]
    assert (row["shops"], row["on_hand"], row["reserved"]) == ("shopify/eu, shopify/main", 9, 0)
    assert row["why"] == "2 shops offer 11, 9 are free to sell: 2 too many."
    assert body["rows"]["sku:E"]["why"] == "3 units are ordered that are not there; 1 shop offers 0 more."
    assert "1 SKU is offered but never counted" in codes(body)
    assert explained(capsys, "inventory", "oversold", "sku:B") == {
        "listed": 11, "free": 9, "over": 2, "at_stake": 49.09, "tables": {"listings", "stock_counts"},
    }  # fmt: skip


def test_a_buffer_is_kept_back(files: Files, ask: Asked) -> None:
    example(files)
    rows = ask("oversold", "--buffer", "1")["rows"]
    assert {k: (r["free"], r["over"]) for k, r in rows.items()} == {
        "sku:A": (7, 1), "sku:B": (8, 3), "sku:E": (-3, 3),  # of E nothing is offered
    }  # fmt: skip
    assert rows["sku:A"]["at_stake"] == 26.25  # (3 × 20 + 5 × 30) / 8


def test_one_shop_is_asked_about(files: Files, ask: Asked) -> None:
    example(files)
    assert list(ask("oversold", "--shop", "shopify/eu")["rows"]) == ["sku:B"]


def test_old_listings_say_nothing(files: Files, ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    files.shopify("#1,paid,2026-11-13 09:00:00,2026-11-13 09:00:00,2026-11-13 10:00:00,A,2,20.00")
    files.products("a,A,60,20.00", day="20261020")
    files.stock("A,11,2026-11-10")
    body = ask("oversold")
    assert body["rows"] == {} and "The listings of shopify/main are those of 2026-10-20" in codes(body)
    assert list(ask("oversold", "--listed-days", "30")["rows"]) == ["sku:A"]
    monkeypatch.setenv("MERCHANT_LANG", "zh")
    assert "商品文件停留在 2026-10-20" in codes(ask("oversold"))
    assert (
        ask("oversold", "--listed-days", "30")["rows"]["sku:A"]["why"]
        == "1 家店铺共上架 58 件，可售 9 件：多上架 49 件。"
    )


def test_packs_and_prices_in_own_units(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    shop.db.execute("INSERT INTO sku_map VALUES (1, 'A-BOX', 'A', 'merchant', 6)")
    for no, code, price, currency in ((1, "A-BOX", 6000, "CNY"), (2, "A", 200, "USD")):
        key = {"shop": no, "listing_id": "L", "variant_id": ""}
        shop.put("listings", **key, code=code, listed_units=2, price=price, currency=currency, state="live")
        shop.put("prices", **key, seen_day="2026-11-14", price=price, currency=currency)
    shop.count("A", "2026-11-14", 13)

    def row() -> tuple[Any, ...]:
        (found,) = oversold(shop.db, scope).rows
        return tuple(found)

    # 2 boxes of 6 and 2 single: 14 offered of 13; no rate from USD
    assert row()[3] is None and row()[9:14] == (14, 13, 0, 13, 1)
    shop.put("rates", from_currency="USD", to_currency="CNY", from_day="", rate_micro=7_000_000)
    assert row()[3] == 1057  # (12 × 10.00 + 2 × 14.00) / 14 = 10.571


def test_nothing_known(shop: Any, scope: Scope) -> None:
    assert [n.code for n in oversold(shop.db, Scope()).notes] == ["no-stock"]
    shop.cover("2026-11-01", "2026-11-14")
    assert list(oversold(shop.db, scope).rows) == []
