"""A store that holds only the merchant's own sheets and a products file: there is a day to ask about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from risk_tools import Files, Sale

from merchant_cli.app import main
from merchant_cli.desks import find


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    body: dict[str, object] = json.loads(capsys.readouterr().out)
    return body


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_a_count_and_products_have_an_as_of_day(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.products("cup,A-1,12,20.00", "bowl,B-1,3,9.00", day="20261101")
    assert asked(capsys, "today")["as_of"] is None
    files.stock("A-1,9,2026-11-05", "B-1,3,2026-11-03", "C-1,,2026-11-09")  # C-1 was not counted
    body = asked(capsys, "today")
    assert body["as_of"] == "2026-11-05"
    assert "orders" not in str(body["notes"]), "nobody is told to import orders first"
    for address in find.questions():
        assert asked(capsys, *address.split("/"))["as_of"] == "2026-11-05", address
    # the shop offers 12 and 9 are there
    (row,) = asked(capsys, "inventory", "oversold")["rows"]  # type: ignore[misc]
    assert (row["key"], row["listed"], row["free"], row["over"]) == ("sku:A-1", 12, 9, 3)


def test_reviews_alone(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.take(
        "reviews.csv",
        "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text\nR1,shopify/main,1,A-1,2026-11-02,1,It leaks\n",
    )
    for address in find.questions():
        assert asked(capsys, *address.split("/"))["as_of"] == "2026-11-02", address


def test_order_lines_alone(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(Sale("1", "A-1", paid="2026-11-01 09:00:00", shipped="2026-11-01 10:00:00"), at="20261102080000")
    assert main(["undo", "1"]) == 0  # the orders; their lines stay
    for address in find.questions():
        assert asked(capsys, *address.split("/"))["as_of"] == "2026-11-01", address


def test_a_coupon_of_next_year_gives_no_day(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    head = (
        "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Threshold,Scope,Budget,Currency,Starts on,Ends on"
    )
    files.take("coupons.csv", f"{head}\nA,Ten off,taobao/main,shop,amount,10,,,,CNY,2062-01-01,2062-02-01\n")
    assert asked(capsys, "today")["as_of"] is None


def test_what_a_platform_says_comes_first(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.stock("A-1,9,2026-11-05")
    files.taobao(Sale("1", "A-1", paid="2026-11-01 09:00:00", shipped="2026-11-01 10:00:00"), at="20261102080000")
    assert asked(capsys, "today")["as_of"] == "2026-11-01"
