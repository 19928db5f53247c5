"""orders/unpaid and orders/stuck."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from risk_tools import Asked, Files, Sale, asker, codes, explained

from merchant_cli.basics.days import start_of
from merchant_cli.desks.base import Scope
from merchant_cli.desks.orders.unpaid import unpaid

MAIN = "order:taobao/main/"


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "orders")


def test_unpaid_orders_in_their_last_day(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.costs("A-1,Cup,40.00,CNY", "C-1,Bowl,70.00,CNY")
    files.taobao(  # Taobao closes an unpaid order after 24 hours; exported on 11-15 at 08:00
        Sale("1", "A-1", 2, "100.00", "unpaid", placed="2026-11-14 20:00:00"),  # 12 hours left; 200 − 2 × 40 = 120
        Sale("2", "A-1", 1, "100.00", "unpaid", placed="2026-11-14 08:00:00"),  # closed this second
        Sale("3", "B-1", 1, "100.00", "unpaid", placed="2026-11-14 08:00:01"),  # one second left; no cost
        Sale("4", "A-1", 1, "100.00", "unpaid", placed="2026-11-12 08:00:00"),  # closed long ago
        Sale("5", "C-1", 1, "60.00", "unpaid", placed="2026-11-14 21:00:00"),  # sold below cost: no margin to lose
        Sale("6", "A-1", 1, "100.00", "paid", placed="2026-11-14 21:00:00", paid="2026-11-14 21:01:00"),
        Sale("7", "A-1", 1, "100.00", "closed", placed="2026-11-14 21:00:00"),
    )
    body = ask("unpaid")
    assert [(k[-1], r["hours_left"], r["at_stake"], r["sold"], r["due"]) for k, r in body["rows"].items()] == [
        ("3", 0, None, 100, "2026-11-15"), ("1", 12, 120, 200, "2026-11-15"), ("5", 13, 0, 60, "2026-11-15"),
    ]  # fmt: skip
    row = body["rows"][MAIN + "1"]
    assert (row["goods"], row["units"]) == ("A-1 × 2", 2)
    assert row["why"] == "Placed 2026-11-14 20:00, not paid: can be paid until 2026-11-15 20:00, 12 hours left."
    assert "not measurable" in body["rows"][MAIN + "3"]["why"]
    said = {"hours_left": 12, "at_stake": 120, "tables": {"orders", "order_lines"}}
    assert explained(capsys, "orders", "unpaid", MAIN + "1") == said
    assert explained(capsys, "orders", "unpaid", MAIN + "5") == said | {"hours_left": 13, "at_stake": 0}
    assert explained(capsys, "orders", "unpaid", MAIN + "3") == said | {"hours_left": 0, "at_stake": None}


def test_payments_that_are_authorised_and_own_hours(
    files: Files, ask: Asked, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.shopify(  # 168 hours; as of 11-15 08:00
        "#1,pending,2026-11-08 09:00:00,,,A-1,1,20.00",  # 1 hour left
        "#2,authorized,2026-11-09 08:00:00,,,A-1,1,20.00",  # just 24 hours
        "#3,pending,2026-11-09 08:00:01,,,A-1,1,20.00",  # a second more
        "#4,pending,2026-11-12 09:00:00,,,A-1,1,20.00",
        "#5,paid,2026-11-14 09:00:00,2026-11-14 09:00:00,,A-1,1,20.00",
    )
    assert [(k[-1], r["hours_left"]) for k, r in ask("unpaid")["rows"].items()] == [("1", 1), ("2", 24)]
    folder = store.with_name("rules")
    folder.mkdir()
    (folder / "ship_by.toml").write_text('[[clock]]\nplatform = "taobao"\nfrom = "2019-01-01"\n', encoding="utf-8")
    row = ask("unpaid")["rows"]["order:shopify/main/#4"]  # 72 hours where the platform closes none
    assert row["hours_left"] == 1 and "taken for lost on 2026-11-15 09:00" in row["why"]
    monkeypatch.setenv("MERCHANT_LANG", "zh")
    assert "视为流失，还剩 1 小时。毛利无法衡量" in ask("unpaid")["rows"]["order:shopify/main/#4"]["why"]


def test_margins_in_own_units(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-01", "2026-11-14")  # the file was made on 11-14 at 11:06
    shop.db.execute("INSERT INTO sku_map VALUES (1, 'A-BOX', 'A', 'merchant', 6)")
    shop.put("costs", sku="A", from_day="", cost=400, currency="CNY")
    at = start_of("2026-11-14", "Asia/Shanghai") + 9 * 3600
    shop.order("1", "2026-11-14", "A-BOX", 2, 6000, stage="unpaid", counts=0, shipped_day=None, placed_at=at)
    (row,) = unpaid(shop.db, scope).rows
    assert (row[3], row[9], row[10]) == (1200, "A × 12", 12)  # 60.00 − 12 × 4.00


def test_parcels_on_their_way(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    paid = "2026-11-03 09:00:00"
    files.taobao(
        Sale("1", "A-1", 2, "50.00", "shipped", paid=paid, shipped="2026-11-05 07:59:59", refund="30.00",
             refund_state="退款成功"),  # over ten days at the export, 30 of 100 paid back
        Sale("2", "A-1", state="shipped", paid=paid, shipped="2026-11-05 08:00:00"),  # just ten days
        Sale("3", "A-1", state="done", paid=paid, shipped="2026-11-03 20:00:00"),
        Sale("4", "B-1", state="part", paid="2026-11-12 07:59:59"),  # over three days
        Sale("5", "B-1", state="part", paid="2026-11-12 08:00:00"),  # just three days
        Sale("6", "A-1", state="shipped", paid=paid, shipped="2026-11-05 07:00:00", refund="100.00",
             refund_state="退款成功"),  # all paid back
        Sale("7", "A-1", state="paid", paid="2026-11-14 09:00:00"),
    )  # fmt: skip
    body = ask("stuck")
    assert [(k[-1], r["age_days"], r["at_stake"], r["paid"], r["due"]) for k, r in body["rows"].items()] == [
        ("1", 10, 70, 100, None), ("4", 3, 100, 100, None),
    ]  # fmt: skip
    assert body["rows"][MAIN + "1"]["goods"] == "A-1 × 2"
    said = "Shipped 2026-11-05 07:59; 10 days later, on 2026-11-15 08:00, it had not arrived."
    assert body["rows"][MAIN + "1"]["why"] == said
    assert "only a part had been shipped" in body["rows"][MAIN + "4"]["why"]
    assert explained(capsys, "orders", "stuck", MAIN + "1") == {"at_stake": 70, "tables": {"orders", "order_lines"}}
    assert list(ask("stuck", "--shipped-days", "11", "--part-days", "4")["rows"]) == []


def test_a_shop_that_never_tells_of_arrivals(files: Files, ask: Asked) -> None:
    files.shopify(
        "#1,paid,2026-10-12 09:00:00,2026-10-12 09:00:00,2026-10-13 09:00:00,A-1,1,20.00",
        "#2,paid,2026-11-11 09:00:00,2026-11-11 09:00:00,partial,A-1,1,20.00",
    )
    assert list(ask("stuck")["rows"]) == ["order:shopify/main/#2"]


def test_what_was_last_seen_on_time_is_not_known_to_be_stuck(files: Files, ask: Asked) -> None:
    old = Sale("1", "A-1", state="shipped", paid="2026-10-20 09:00:00", shipped="2026-10-21 09:00:00")
    files.taobao(old, at="20261022080000")
    done = Sale("2", "A-1", state="done", paid="2026-11-10 09:00:00", shipped="2026-11-11 09:00:00")
    files.taobao(done, at="20261115080000")
    body = ask("stuck")
    assert body["rows"] == {} and "1 order was on the way when last seen" in codes(body)
    assert "1 个订单最近一次出现时仍在途" in codes(ask("stuck", "--lang", "zh"))
    files.taobao(old, done, at="20261115090000")  # and now a file shows it, 25 days after it was shipped
    assert ask("stuck")["rows"][MAIN + "1"]["age_days"] == 25


def test_a_range_of_days_and_a_shop(files: Files, ask: Asked) -> None:
    files.taobao(
        Sale("1", "A-1", state="part", paid="2026-11-05 09:00:00"),
        Sale("2", "A-1", state="part", paid="2026-11-09 09:00:00"),
    )
    files.shopify("#1,paid,2026-11-08 09:00:00,2026-11-08 09:00:00,partial,A-1,1,20.00")
    assert len(ask("stuck")["rows"]) == 3
    assert list(ask("stuck", "--since", "2026-11-06", "--shop", "taobao/main")["rows"]) == [MAIN + "2"]
    assert list(ask("stuck", "--until", "2026-11-06")["rows"]) == [MAIN + "1"]
    assert ask("stuck")["rows"]["order:shopify/main/#1"]["at_stake"] is None, "no rate from USD to CNY"
