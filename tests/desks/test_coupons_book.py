"""coupons/book: the own sheet and Shopify's discounts, matched with orders; what is odd is named."""

from __future__ import annotations

import pytest
from coupon_tools import Asked, Files, ask, explained, files, has_words, order, rows, totals

from merchant_cli.desks.coupons._codes import codes_of, fold

__all__ = ["ask", "explained", "files"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("SAVE10", ["SAVE10"]),
        (" SAVE10 , free ship ", ["SAVE10", "free ship"]),
        ("A;B，C；D\nE", ["A", "B", "C", "D", "E"]),
        ("A, a, ,A", ["A"]),
        (",", []),
        ("BUY2, GET1", ["BUY2, GET1"]),  # a code of the book
    ],
)
def test_codes_of_a_cell(cell: str, codes: list[str]) -> None:
    assert codes_of(cell, {fold("Buy2,  get1")}) == codes


def fill(files: Files) -> None:
    """Orders up to the 14th; the last day is not over."""
    files.orders(
        order("#1", "2026-11-01", "A", 1, "20.00", "SAVE5", "5.00"),
        order("#2", "2026-11-02", "A", 1, "20.00", "ｓａｖｅ５", "5.00"),
        order("#3", "2026-11-03", "A", 1, "20.00", "save5,VIP", "7.00"),
        order("#4", "2026-11-14", "A", 1, "20.00"),
    )


def test_the_book(files: Files, ask: Asked, explained: Asked) -> None:
    fill(files)
    files.coupons(
        "SAVE5,shop,amount,5,30,all,100,USD,2026-11-01,2026-11-14",
        "VIP,creator,percent,12.5,,A,,USD,2026-11-15,2026-11-30",
        "OLD,platform,shipping,,,,50,USD,,2026-11-13",
    )
    found = rows(ask("book"), "code")
    save, vip, old = found["SAVE5"], found["VIP"], found["OLD"]
    assert (save["key"], save["title"], save["state"], save["terms"]) == (
        "coupon:own/SAVE5", "Coupon SAVE5", "running", "5.00 USD off from 30.00 USD",
    )  # fmt: skip
    # orders 1 and 2 took off 5.00 each; 3 names another code too, 7.00 together
    assert (save["uses"], save["cost"], save["shared"], save["budget"]) == (3, 10, 7, 100)
    assert (save["bearer"], save["shops"], save["faults"]) == ("shop", "shopify/main", None)
    assert (vip["state"], vip["terms"], vip["bearer"], vip["faults"]) == (
        "planned", "12.5 % off", "creator", "no-budget",
    )  # fmt: skip
    assert (vip["uses"], vip["cost"], vip["shared"]) == (1, 0, 7)
    assert (old["state"], old["terms"], old["uses"], old["cost"]) == ("ended", "free shipping", 0, 0)
    zh = rows(ask("book", "--lang", "zh"), "code")["SAVE5"]
    assert zh["terms"] == "满 30.00 USD 减 5.00 USD"
    told = explained("book", "coupon:own/SAVE5")
    assert totals(told) == {"uses": 3, "cost": 10}
    assert [b["table"] for b in told["behind"]] == ["coupons", "orders", "orders", "orders"]
    # as of an earlier day: not begun, and one order less
    earlier = rows(ask("book", "--as-of", "2026-11-02"), "code")["SAVE5"]
    assert (earlier["state"], earlier["uses"], earlier["cost"]) == ("running", 2, 10)


def test_a_shops_discounts_fill_in_what_the_sheet_leaves_open(files: Files, ask: Asked) -> None:
    fill(files)
    files.coupons("save5,shop,amount,5,,,100,USD,,")
    start, end = "2026-11-01 09:00:00 +0000", "2026-11-13 23:59:59 +0000"
    files.discounts(f"SAVE5,-5.00,fixed_amount,{start},{end}", f"VIP,-10.0,percentage,{start},")
    body = ask("book")
    found = rows(body)
    save, vip = found["coupon:own/save5"], found["coupon:shopify/main/VIP"]
    assert (save["from_day"], save["to_day"], save["state"]) == ("2026-11-01", "2026-11-13", "ended")
    assert (save["uses"], save["cost"], save["budget"], save["faults"]) == (3, 10, 100, None)
    assert (vip["terms"], vip["state"], vip["uses"], vip["faults"]) == ("10 % off", "running", 1, "no-budget")
    assert len(found) == 2


def test_automatic_discounts_are_not_said_to_be_unused(files: Files, ask: Asked) -> None:
    """Orders name none of them: once a shop has some, what no order names may still be in use."""
    fill(files)
    files.discounts("Autumn,-5.0,percentage,2026-11-01 09:00:00 +0000,")
    assert ask("book")["rows"][0]["uses"] == 0
    files.orders(order("#9", "2026-11-14", "A", 1, "20.00", "AUTOMATIC DISCOUNTS", "1.00"), day="20261116")
    (row,) = ask("book")["rows"]
    assert (row["uses"], row["cost"]) == (None, None)


def test_what_is_odd_is_named_and_stops_nothing(files: Files, ask: Asked) -> None:
    fill(files)
    files.coupons(
        "FREE,shop,percent,100,,all,100,USD,2026-11-01,2026-11-30",
        "SCOPED,shop,percent,10,,A;NOBODY-1,100,USD,2026-11-01,2026-11-30",
        "KNOWN,shop,percent,10,,A,100,USD,2026-11-01,2026-11-30",
        "OPEN,shop,percent,10,,,,USD,2026-11-01,2026-11-30",
        "SAVE5,shop,percent,10,,,100,USD,2026-11-01,2026-11-30",
    )
    start, end = "2026-11-20 09:00:00 +0000", "2026-11-10 09:00:00 +0000"
    files.discounts(f"BACKWARDS,-5.0,percentage,{start},{end}", "SAVE5,-5.00,fixed_amount,2026-11-01 09:00:00 +0000,")
    body = ask("book")
    found = {code: row["faults"] for code, row in rows(body, "code").items()}
    assert found == {
        "FREE": "all-off", "SCOPED": "scope-unknown", "KNOWN": None, "OPEN": "no-budget",
        "BACKWARDS": "ends-first, no-budget", "SAVE5": "differs",
    }  # fmt: skip
    assert rows(body, "code")["BACKWARDS"]["state"] == "unclear"
    assert has_words(body, "1 coupon takes off everything: `FREE`")
    assert has_words(body, "1 coupon holds for goods that nobody knows: `SCOPED`")
    assert has_words(body, "1 coupon ends before the start; the dates are left aside: `BACKWARDS`")
    assert has_words(body, "2 coupons have no budget, so it cannot be exceeded: `BACKWARDS`, `OPEN`")
    for question in ("uses", "losing", "over-budget", "ending", "expired-used"):
        ask(question)


def test_a_sheet_and_a_shop_that_differ(files: Files, ask: Asked) -> None:
    fill(files)
    files.coupons("SAVE5,shop,amount,5,,,100,USD,2026-11-01,2026-11-30")
    files.discounts("Save5,-6.00,fixed_amount,2026-11-01 09:00:00 +0000,")
    (row,) = ask("book")["rows"]
    assert (row["faults"], row["terms"]) == ("differs", "5.00 USD off")


def test_a_code_in_two_shops(files: Files, ask: Asked) -> None:
    """Of two exports: two coupons, both named. Of the own sheet: one, with one budget for both."""
    for shop, day in (("shopify/us", "01"), ("shopify/eu", "02")):
        orders = [order(f"#{shop[-2:]}{day}", f"2026-11-{day}", "A", 1, "20.00", "TWIN", "5.00"),
                  order(f"#{shop[-2:]}99", "2026-11-14", "A", 1, "20.00")]  # fmt: skip
        files.orders(*orders, shop=shop)
        files.discounts("TWIN,-5.00,fixed_amount,2026-11-01 09:00:00 +0000,", shop=shop)
    body = ask("book")
    assert {key: (row["uses"], row["faults"]) for key, row in rows(body).items()} == {
        "coupon:shopify/eu/TWIN": (1, "no-budget, several-shops"),
        "coupon:shopify/us/TWIN": (1, "no-budget, several-shops"),
    }
    assert has_words(body, "1 code stands in several shops")
    files.coupons("TWIN,shop,amount,5,,,100,USD,2026-11-01,2026-11-30")
    (row,) = ask("book")["rows"]
    assert (row["key"], row["uses"], row["cost"], row["shops"]) == (
        "coupon:own/TWIN", 2, 10, "shopify/eu, shopify/us",
    )  # fmt: skip
    assert row["faults"] == "several-shops"
    (row,) = ask("book", "--shop", "shopify/eu")["rows"]
    assert (row["uses"], row["cost"]) == (1, 5)


def test_a_code_twice_in_one_sheet_is_named_at_import(files: Files, ask: Asked) -> None:
    fill(files)
    row = "shop,amount,5,,,100,USD,2026-11-01,2026-11-30"
    files.coupons(f"SAVE5,{row}", f"SAVE5,{row.replace('100', '200')}", f"save5,{row}", code=3)
    (found,) = ask("book")["rows"]
    assert (found["faults"], found["budget"]) == ("twice", 100)


def test_nothing_known(files: Files, ask: Asked) -> None:
    body = ask("book")
    assert body["rows"] == [] and has_words(body, "Import an orders export first")
    fill(files)
    body = ask("book")
    assert body["rows"] == [] and has_words(body, "merchant template coupons")
