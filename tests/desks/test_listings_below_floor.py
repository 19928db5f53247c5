"""listings/below-floor against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from listings_tools import COSTS, RATES, WOO, Asked, Files, asker, by, explained

from merchant_cli.app import main


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys)


# Shopify keeps 2.9 % and 0.30 of an order. At 10.00 that is 0.59: what costs 9.41 leaves nothing, 9.42 loses 0.01.
BELOW, EVEN = "low,Oak Bowl,,A-1,5,10.00,,9.42", "even,Elm Bowl,,A-2,5,10.00,,9.41"


def test_below_cost_and_the_near_miss(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(BELOW, EVEN, "off,Ash Bowl,,A-3,5,1.00,,9.00,archived", "none,Fir Bowl,,A-4,5,1.00,,")
    files.orders("#1,2026-11-01,A-1,4,10.00", "#2,2026-11-10,A-1,3,10.00", "#3,2026-11-11,A-1,1,10.00,10.00",
                 "#4,2026-11-12,A-2,9,10.00", "#5,2026-11-14,A-4,1,1.00")  # fmt: skip
    body = ask("below-floor")
    (row,) = body["rows"]
    # 8 sold, 1 came back: 7 × 0.01; the lowest price that does: 10.01 − (0.29 + 0.30) = 9.42
    assert row["key"] == "listing:shopify/main/low" and row["at_stake"] == 0.07 and row["units"] == 7
    assert (row["price"], row["fee"], row["cost"], row["left"]) == (10, 0.59, 9.42, -0.01)
    assert row["lowest"] == 10.01 and row["due"] == body["as_of"]
    assert row["why"] == (
        "Sells at 10.00 USD: after fee and cost 0.01 USD are lost with each. At least 10.01 USD would do."
    )
    assert "1 variant has no known cost" in " ".join(body["notes"])
    assert "每件亏 0.01 USD" in ask("below-floor", "--lang", "zh")["rows"][0]["why"]
    found = explained(capsys, "below-floor", row["key"])
    assert {t["total"]: t["value"] for t in found["rows"] if t["is_total"]} == {
        "over floor": -0.01, "units": 7, "short": 0.07, "at_stake": 0.07}  # fmt: skip
    assert [b["table"] for b in found["behind"]] == ["listings", "costs", *["order_lines"] * 3]


def test_the_merchants_floor(files: Files, ask: Asked) -> None:
    # 10 % of 10.00 must be left: 10.00 − 0.59 − 8.41 = 1.00 does, 8.42 leaves 0.99
    files.products("low,Oak Bowl,,A-1,5,10.00,,8.42", "even,Elm Bowl,,A-2,5,10.00,,8.41")
    files.orders("#1,2026-11-10,A-1,1,10.00", day="20261110")  # no day is over: nothing is known of sales
    assert ask("below-floor")["rows"] == []
    (row,) = ask("below-floor", "--floor-percent", "10")["rows"]
    assert (row["why_code"], row["left"]) == ("below-floor", 0.99) and row["at_stake"] is None
    assert "0.01 USD below the floor" in row["why"]


def test_nothing_sold_puts_the_next_one_at_stake(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,10.00,,20.00")
    files.orders("#1,2026-11-10,X,1,10.00", "#2,2026-11-14,X,1,10.00")
    (row,) = ask("below-floor")["rows"]
    assert (row["at_stake"], row["units"], row["left"]) == (10.59, 0, -10.59)


def test_without_costs_no_margin_is_invented(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,0.01,,", "other,Elm Bowl,,A-2,5,10.00,,")
    body = ask("below-floor")
    assert body["rows"] == [] and any("2 variants have no known cost" in note for note in body["notes"])


def test_currencies_meet_at_the_merchants_rate(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,10.00,,")
    files.orders("#1,2026-11-10,A-1,2,10.00", "#2,2026-11-14,X,1,10.00")
    files.take("costs.csv", COSTS, "A-1,,80.00,CNY,,")
    body = ask("below-floor")
    assert body["rows"] == [] and any("1 variant is not measured: price and cost" in note for note in body["notes"])
    files.take("r1.csv", RATES, "CNY,USD,2026-01-01,0.125")
    (row,) = ask("below-floor")["rows"]
    # 80.00 × 0.125 = 10.00 USD: 9.41 − 10.00 = −0.59; two were sold
    assert (row["cost"], row["left"], row["at_stake"]) == (10, -0.59, 1.18)
    files.take("r2.csv", RATES, "CNY,USD,2026-02-01,0.1")
    assert ask("below-floor")["rows"] == []


def test_money_at_stake_is_in_the_base_currency(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,10.00,,10.00")
    files.orders("#1,2026-11-10,A-1,2,10.00", "#2,2026-11-14,X,1,10.00")
    assert main(["set", "currency", "CNY"]) == 0
    body = ask("below-floor")
    assert (body["rows"][0]["left"], body["rows"][0]["at_stake"]) == (-0.59, None)
    assert any("a rate to CNY is missing" in note for note in body["notes"])
    files.take("r1.csv", RATES, "USD,CNY,2026-01-01,7.1")
    assert ask("below-floor")["rows"][0]["at_stake"] == 8.38  # 2 × 0.59 × 7.1 = 8.378


def test_a_pack_costs_its_units(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products("one,Oak Bowl,,A-1,5,10.00,,4.00", "pair,Two Oak Bowls,,A-1X2,5,8.00,,")
    files.orders("#1,2026-11-10,A-1X2,3,8.00", "#2,2026-11-14,X,1,10.00")
    assert main(["map", "--accept", "shopify/main", "A-1X2", "A-1", "--times", "2"]) == 0
    (row,) = ask("below-floor")["rows"]
    # 8.00 − (0.23 + 0.30) − 2 × 4.00 = −0.53; three pairs were sold
    assert (row["sku"], row["cost"], row["left"], row["units"], row["at_stake"]) == ("A-1", 8, -0.53, 3, 1.59)
    totals = {t["total"]: t["value"] for t in explained(capsys, "below-floor", row["key"])["rows"] if t["is_total"]}
    assert totals["units"] == 6


def test_a_code_of_two_variants_has_no_sales_of_its_own(files: Files, ask: Asked) -> None:
    files.products("a,Oak Bowl,,A-1,5,10.00,,20.00", "b,Oak Bowl again,,A-1,5,11.00,,20.00")
    files.orders("#1,2026-11-10,A-1,3,10.00", "#2,2026-11-14,X,1,10.00")
    rows = ask("below-floor")["rows"]
    assert [row["at_stake"] for row in rows] == [None, None] and "cannot be told apart" in rows[0]["why"]


def test_a_platform_without_a_schedule_takes_nothing(files: Files, ask: Asked) -> None:
    own = files.folder / "store" / "rules" / "fees.toml"
    own.parent.mkdir()
    own.write_text('checked = "2026-01-01"\n', encoding="utf-8")
    files.products("even,Oak Bowl,,A-1,5,10.00,,10.00", "low,Elm Bowl,,A-2,5,9.99,,10.00")
    body = ask("below-floor")
    assert list(by(body, "sku")) == ["A-2"] and body["rows"][0]["fee"] is None
    assert any("without a fee schedule" in note for note in body["notes"])


def test_only_the_shops_asked_about(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,10.00,,20.00")
    files.take("wc-product-export-1.csv", WOO, "7,simple,A-1,Oak Bowl,1,12.00,,4")
    assert set(by(ask("below-floor"), "shop")) == {"shopify/main", "woocommerce/main"}
    assert set(by(ask("below-floor", "--shop", "woocommerce/main"), "shop")) == {"woocommerce/main"}


def test_a_day_in_the_past_has_its_own_price(files: Files, ask: Asked) -> None:
    files.products("low,Oak Bowl,,A-1,5,20.00,,15.00", day="20261101")
    files.products("low,Oak Bowl,,A-1,5,10.00,,15.00", day="20261110")
    files.orders("#1,2026-11-10,A-1,3,10.00", "#2,2026-11-14,X,1,10.00")
    assert len(ask("below-floor")["rows"]) == 1
    assert ask("below-floor", "--as-of", "2026-11-05")["rows"] == []
