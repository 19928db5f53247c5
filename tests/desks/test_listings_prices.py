"""listings/prices and listings/side-by-side against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from listings_tools import ORDERS, PRODUCTS, RATES, WOO, Asked, Files, asker, by

from merchant_cli.app import main
from merchant_cli.desks.listings._history import Span, Step, span


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys)


def bowl(price: str, struck: str = "") -> str:
    return f"bowl,Oak Bowl,,A-1,5,{price},{struck},4.00"


def test_a_price_holds_until_the_next_file(files: Files, ask: Asked) -> None:
    for day, price in (("20260901", "12.00"), ("20261020", "9.00"), ("20261025", "11.00"), ("20261110", "10.00")):
        files.products(bowl(price), day=day)
    (row,) = ask("prices")["rows"]
    # the 30 days from 10-12 to 11-10: 12.00, 9.00 from 10-20, 11.00 from 10-25, 10.00 on 11-10
    assert (row["price"], row["since"], row["lowest"], row["lowest_day"]) == (10, "2026-11-10", 9, "2026-10-20")
    assert (row["highest"], row["known_days"]) == (12, 30)
    (row,) = ask("prices", "--window-days", "10")["rows"]
    assert (row["lowest"], row["lowest_day"], row["highest"]) == (10, "2026-11-10", 11)


def test_days_before_the_first_file_are_unknown(files: Files, ask: Asked) -> None:
    files.products(bowl("9.00"), day="20261108")
    files.products(bowl("9.00"), "mug,Mug,,M-1,5,3.00,,1", day="20261110")
    row = by(ask("prices"), "sku")["A-1"]
    assert (row["known_days"], row["lowest"], row["since"]) == (3, 9, "2026-11-08")


def test_spans() -> None:
    steps = [Step("2026-11-03", 500), Step("2026-11-05", 300), Step("2026-11-08", 400)]
    assert span(steps, "2026-11-01", "2026-11-02") is None
    assert span(steps, "2026-11-01", "2026-11-04") == Span(500, "2026-11-03", 500, 2)
    assert span(steps, "2026-11-04", "2026-11-06") == Span(300, "2026-11-05", 500, 3)
    assert span(steps, "2026-11-06", "2026-11-09") == Span(300, "2026-11-06", 400, 4)
    assert span([], "2026-11-06", "2026-11-09") is None


@pytest.mark.parametrize(
    ("before", "struck", "claim", "prior"),
    [
        ((("20260901", "12.00"),), "12.00", "holds", 12),  # 12.00 on all thirty days before 11-10
        ((("20260901", "12.00"), ("20261101", "11.00"), ("20261109", "12.00")), "12.00", "too-high", 11),
        ((("20261101", "12.00"),), "12.00", "unknown", 12),  # nine days are known, and none says otherwise
        ((("20261101", "11.00"),), "12.00", "too-high", 11),
        ((), "12.00", "unknown", None),
        ((("20260901", "12.00"),), "10.00", "no-reduction", None),
        ((("20260901", "12.00"),), "", None, None),
    ],
)
def test_a_struck_price_is_checked(
    files: Files, ask: Asked, before: tuple[tuple[str, str], ...], struck: str, claim: str | None, prior: int | None
) -> None:
    for day, price in before:
        files.products(bowl(price), day=day)
    files.products(bowl("10.00", struck), day="20261110")
    (row,) = ask("prices")["rows"]
    assert (row["claim"], row["prior"]) == (claim, prior)
    assert len(ask("prices", "--claimed")["rows"]) == (claim is not None)
    assert any("does not hold" in n for n in ask("prices")["notes"]) == (claim in ("too-high", "no-reduction"))


def test_two_prices_on_one_day_in_two_files_are_named(files: Files, ask: Asked) -> None:
    files.products(bowl("10.00"), "mug,Mug,,M-1,5,3.00,,1")
    files.take("products_export_20261114_2.csv", PRODUCTS, "bowl,Oak Bowl,true,,,A-1,5,11.00,,active,4.00",
               "mug,Mug,true,,,M-1,5,3.00,,active,1.00")  # fmt: skip
    body = ask("prices")
    rows = by(body, "sku")
    assert (rows["A-1"]["twice"], rows["A-1"]["price"], rows["M-1"]["twice"]) == (True, 11, False)
    assert any("on one day, 1 time" in note and "shopify/main/bowl 2026-11-14" in note for note in body["notes"])
    zh = ask("prices", "--lang", "zh")["notes"]
    assert any("同一天有两个价格" in note for note in zh)


def test_two_prices_in_one_file_wait(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products("bowl,Oak Bowl,S,A-1,5,10.00,,4", "bowl,,S,A-1,5,11.00,,4", "bowl,,L,A-2,5,12.00,,4", code=3)
    assert {sku: row["price"] for sku, row in by(ask("prices"), "sku").items()} == {"A-1": 10, "A-2": 12}
    assert main(["quarantine", "--json"]) == 0
    assert '"duplicate-key"' in capsys.readouterr().out


def test_an_old_file_is_said(files: Files, ask: Asked) -> None:
    files.products(bowl("10.00"), day="20261101")
    files.orders("#1,2026-11-10,A-1,3,10.00", "#2,2026-11-14,X,1,10.00")
    body = ask("prices")
    assert body["as_of"] == "2026-11-14" and body["rows"][0]["known_days"] == 14
    assert any("newest prices of shopify/main were seen on 2026-11-01" in note for note in body["notes"])
    assert ask("prices", "--as-of", "2026-10-31")["rows"] == []


def test_side_by_side(files: Files, ask: Asked) -> None:
    files.products("bowl,Oak Bowl,,A-1,5,10.00,,4.00", "mug,Mug,,M-1,5,3.00,,1", day="20261110")
    files.take("wc-product-export-1.csv", WOO, "7,simple,A-1,Eichenschale,1,80.00,,4", shop="woocommerce/eu")
    files.take("wc-product-export-2.csv", WOO, "9,simple,B-9,Two bowls,1,24.00,,2", shop="woocommerce/us")
    body = ask("side-by-side")
    assert set(by(body, "shop")) == {"shopify/main", "woocommerce/eu"} and {row["sku"] for row in body["rows"]} == {
        "A-1"
    }
    assert main(["map", "--accept", "woocommerce/us", "B-9", "A-1", "--times", "2"]) == 0
    rows = by(ask("side-by-side"), "shop")
    pair = rows["woocommerce/us"]
    assert (pair["code"], pair["times"], pair["price"], pair["listed"]) == ("B-9", 2, 24, 2)
    assert len(ask("side-by-side", "--sku", "M-1")["rows"]) == 1


def test_a_shop_without_a_products_file_shows_what_it_sold(files: Files, ask: Asked) -> None:
    files.products("bowl,Oak Bowl,,A-1,5,10.00,,4.00")
    files.taobao("101,2026-11-02,900,A-1,胡桃木碗,,1,99.00", "102,2026-11-10,900,A-1,胡桃木沙拉碗,,2,88.00")
    sold = by(ask("side-by-side"), "shop")["taobao/main"]
    assert (sold["title"], sold["price"], sold["currency"], sold["state"]) == ("胡桃木沙拉碗", 88, "CNY", "sold")
    assert (sold["sold_on"], sold["listed"]) == ("2026-11-10", None)


def test_prices_are_compared_by_own_unit_in_one_currency(files: Files, ask: Asked) -> None:
    files.products("bowl,Oak Bowl,,A-1,5,10.00,,4.00")
    files.orders("#1,2026-11-10,A-1,3,10.00", "#2,2026-11-14,X,1,10.00")
    files.take("products_export_20261113.csv", PRODUCTS, "two,Two Bowls,true,,,A-1X2,5,24.00,,active,",
               shop="shopify/second")  # fmt: skip
    assert main(["map", "--accept", "shopify/second", "A-1X2", "A-1", "--times", "2"]) == 0
    order = "1,paid,2026-11-10 10:00:00 +0000,USD,24.00,24.00,Two,1,24.00,A-1X2,"
    files.take("orders_export_20261115_2.csv", ORDERS, order, shop="shopify/second")
    files.take("r.csv", RATES, "USD,CNY,2026-01-01,7")
    assert main(["set", "currency", "CNY"]) == 0
    rows = by(ask("side-by-side"), "shop")
    # 10.00 × 7 = 70.00 each; 24.00 for two is 84.00 each, a fifth more
    found = {shop: (row["unit_price"], row["apart"]) for shop, row in rows.items()}
    assert found == {"shopify/main": (70, 0), "shopify/second": (84, 0.2)}
    assert ask("side-by-side", "--apart-percent", "21")["rows"] == []
