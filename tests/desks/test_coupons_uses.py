"""coupons/uses and coupons/losing against figures worked out by hand."""

from __future__ import annotations

from coupon_tools import Asked, Files, Order, ask, explained, files, has_words, order, rows, totals

__all__ = ["ask", "explained", "files"]

SAVE40 = "coupon:shopify/main/SAVE40"


def fill(files: Files, *, costs: bool = True) -> None:
    """A shop in dollars. A costs 15.00 and sells at 20.00, B has no cost. Shopify keeps 2.9 % and 0.30 of an order."""
    files.orders(
        order("#1", "2026-11-01", "A", 1, "20.00", "SAVE40", "8.00"),
        order("#2", "2026-11-02", "A", 2, "20.00", "save40", "16.00", refunded="24.00"),
        order("#3", "2026-11-03", "A", 1, "20.00", "SAVE40, EXTRA5", "9.00"),
        order("#4", "2026-11-04", "A", 1, "20.00", "EXTRA5", "1.00"),
        order("#5", "2026-11-05", "A", 1, "20.00"),
        order("#6", "2026-11-06", "A", 1, "20.00", "AUTOMATIC DISCOUNTS", "2.00"),
        order("#7", "2026-11-07", "A", 1, "20.00", "SAVE40", "8.00", status="pending"),
        order("#8", "2026-11-08", "A", 1, "20.00", "EXTRA5", "1.00"),
        order("#9", "2026-11-09", "B", 1, "10.00", "BONLY", "5.00"),
        Order("#10", "2026-11-10", (("A", 1, "20.00"), ("B", 1, "10.00")), "MIX", "3.00"),
        order("#11", "2026-11-11", "A", 1, "20.00", "THIN", "4.24"),
        order("#12", "2026-11-14", "A", 1, "20.00", "Custom discount", "20.00"),
    )
    files.coupons("SAVE40,shop,percent,40,,,500,USD,2026-11-01,2026-11-05")
    if costs:
        files.costs("A,15.00,USD")


def test_what_a_code_cost_and_left(files: Files, ask: Asked, explained: Asked) -> None:
    fill(files)
    found = rows(ask("uses"))
    row = found[SAVE40]
    # Orders 1, 2 and 3 (7 is not paid); alone 8.00 + 16.00, with another code 9.00. Of the five orders of the days on
    # which it ran three used it. Sold 12.00 + 24.00 + 11.00, order 2 came back; cost 15.00 + 30.00 + 15.00 − 30.00.
    # Fees: 12.00 → 0.35 + 0.30, nothing kept → 0.30, 11.00 → 0.32 + 0.30. Left: 23.00 − 30.00 − 1.57.
    assert (row["kind"], row["orders"], row["use_rate"], row["bearer"]) == ("coupon", 3, 0.6, "shop")
    assert (row["discount"], row["shared"], row["sold"], row["refunds"]) == (24, 9, 47, 24)
    assert (row["cost"], row["fees"], row["contribution"], row["unknown_share"]) == (30, 1.57, -8.57, 0)
    assert row["currency"] == "USD"
    told = explained("uses", SAVE40)
    assert totals(told) == {"discount": 24, "net_sales": 23, "contribution": -8.57}
    assert [b["key"] for b in told["behind"] if b["table"] == "orders"] == [
        f"shopify/main {name}" for name in ("#3", "#2", "#1")
    ]
    assert [b["key"] for b in told["behind"] if b["table"] == "coupons"] == ["SAVE40"]


def test_pseudo_codes_are_kept_apart(files: Files, ask: Asked) -> None:
    fill(files)
    found = rows(ask("uses"))
    kinds = {key: row["kind"] for key, row in found.items()}
    assert kinds["pseudo:shopify/main/AUTOMATIC DISCOUNTS"] == "pseudo"
    assert kinds["pseudo:shopify/main/Custom discount"] == "pseudo"
    assert {key for key, kind in kinds.items() if kind == "coupon"} == {
        f"coupon:shopify/main/{code}" for code in ("SAVE40", "EXTRA5", "BONLY", "MIX", "THIN")
    }
    # everything was taken off: nothing sold, 15.00 of goods and 0.30 gone
    assert found["pseudo:shopify/main/Custom discount"]["contribution"] == -15.3


def test_own_pseudo_codes(files: Files, ask: Asked) -> None:
    fill(files)
    folder = files.folder / "store" / "rules"
    folder.mkdir()
    own = folder / "pseudo_codes.toml"
    own.write_text('[[word]]\nword = "thin"\nplatform = "shopify"\n', encoding="utf-8")
    assert "pseudo:shopify/main/THIN" in rows(ask("uses"))
    own.write_text('[[word]]\nword = "thin"\n', encoding="utf-8")
    body = ask("uses")
    assert "coupon:shopify/main/THIN" in rows(body) and has_words(body, "pseudo_codes.toml")


def test_a_cost_that_is_missing_invents_no_margin(files: Files, ask: Asked, explained: Asked) -> None:
    fill(files)
    body = ask("uses")
    found = rows(body)
    only, mix = found["coupon:shopify/main/BONLY"], found["coupon:shopify/main/MIX"]
    assert (only["sold"], only["cost"], only["contribution"], only["unknown_share"]) == (5, None, None, 1)
    # 27.00 of which B's 9.00 have no cost: 18.00 − 15.00 − two thirds of the fee 0.78 + 0.30 = 1.08
    assert (mix["unknown_share"], mix["cost"], mix["fees"], mix["contribution"]) == (0.3333, 15, 1.08, 2.28)
    assert totals(explained("uses", "coupon:shopify/main/MIX"))["contribution"] == 2.28
    assert totals(explained("uses", "coupon:shopify/main/BONLY"))["contribution"] is None
    assert has_words(body, "In 2 rows the cost of some goods is unknown")


def test_without_any_cost_nothing_is_measurable(files: Files, ask: Asked) -> None:
    fill(files, costs=False)
    body = ask("uses")
    assert all(row["contribution"] is None and row["cost"] is None for row in body["rows"] if row["sold"])
    losing = ask("losing")
    assert losing["rows"] == [] and has_words(losing, "5 codes are not judged")


def test_losing_and_the_near_miss(files: Files, ask: Asked, explained: Asked) -> None:
    fill(files)
    body = ask("losing")
    # EXTRA5: 11.00 + 19.00 + 19.00 − 45.00 − (0.62 + 0.85 + 0.85) = 1.68; THIN: 15.76 − 15.00 − 0.76 = 0.00
    assert list(rows(body)) == [SAVE40]
    (row,) = body["rows"]
    assert (row["at_stake"], row["due"], row["subject"]) == (8.57, None, "Coupon SAVE40")
    assert row["why"] == (
        "3 orders with `SAVE40` in 90 days cost 8.57 USD more than they brought, after refunds, cost of goods and fees."
    )
    (zh,) = ask("losing", "--lang", "zh")["rows"]
    assert zh["why"] == "近 90 天使用 `SAVE40` 的 3 笔订单，扣除退款、商品成本和平台费用后亏损 8.57 USD。"
    assert totals(explained("losing", SAVE40)) == {"net_sales": 23, "contribution": -8.57}
    found = rows(ask("uses"))
    assert found["coupon:shopify/main/EXTRA5"]["contribution"] == 1.68
    assert found["coupon:shopify/main/THIN"]["contribution"] == 0


def test_a_code_of_mostly_unknown_cost_is_not_judged(files: Files, ask: Asked) -> None:
    files.orders(
        Order("#1", "2026-11-10", (("A", 1, "10.00"), ("B", 1, "10.00")), "HALF", "10.00"),
        Order("#2", "2026-11-11", (("A", 1, "10.00"), ("B", 1, "10.02")), "MORE", "10.00"),
        order("#3", "2026-11-14", "A", 1, "10.00"),
    )
    files.costs("A,9.00,USD")
    body = ask("losing")
    # HALF: of 10.00 the cost of 5.00 is unknown, 5.00 − 9.00 − half of 0.59 (0.295 up) = −4.30; MORE: 5.01 of 10.02
    (row,) = body["rows"]
    assert (row["code"], row["contribution"], row["unknown_share"]) == ("HALF", -4.3, 0.5)
    assert "50.0 %" in row["why"] and has_words(body, "1 code is not judged")


def test_the_shops_and_the_days_that_are_asked_about(files: Files, ask: Asked) -> None:
    fill(files)
    assert rows(ask("uses", "--since", "2026-11-02", "--until", "2026-11-03"))[SAVE40]["orders"] == 2
    assert SAVE40 not in rows(ask("uses", "--window-days", "5"))
    files.taobao("T1,2026-11-10,A,100.00,90.00,0.00")
    assert {row["shop"] for row in ask("uses", "--shop", "taobao/main")["rows"]} == {"taobao/main"}


def test_a_platform_that_names_no_codes(files: Files, ask: Asked, explained: Asked) -> None:
    """By bearer: what the shop took off, and what the platform gave, which the merchant is paid."""
    files.taobao(
        "T1,2026-11-10,A,100.00,90.00,10.00", "T2,2026-11-11,A,100.00,80.00,0.00,20.00",
        "T3,2026-11-12,A,50.00,50.00,0.00", "T4,2026-11-14,A,50.00,50.00,5.00",
    )  # fmt: skip
    files.costs("A,40.00,CNY")
    files.coupons("T99-10,shop,amount,10,99,,1000,CNY,2026-11-01,2026-11-20")
    found = rows(ask("uses"))
    assert set(found) == {"discount:taobao/main/shop", "discount:taobao/main/platform"}
    shop, platform = found["discount:taobao/main/shop"], found["discount:taobao/main/platform"]
    # T1 and T2: 10.00 + 20.00 off, sold 170.00, 20.00 back (no goods), cost 80.00; 0.6 % of 80.00 and of 60.00 = 0.84
    assert (shop["orders"], shop["use_rate"], shop["discount"]) == (2, 0.5, 30)
    assert (shop["sold"], shop["refunds"], shop["cost"], shop["fees"]) == (170, 20, 80, 0.84)
    assert (shop["contribution"], shop["bearer"], shop["code"]) == (69.16, "shop", None)
    # T1 and T4: 15.00 given by the platform, sold 140.00, cost 80.00; 0.6 % of 80.00 and of 45.00 = 0.48 + 0.27
    assert (platform["orders"], platform["discount"], platform["sold"]) == (2, 15, 140)
    assert (platform["fees"], platform["contribution"], platform["bearer"]) == (0.75, 59.25, "platform")
    told = explained("uses", "discount:taobao/main/platform")
    assert totals(told) == {"discount": 15, "net_sales": 140, "contribution": 59.25}
    assert [b["key"] for b in told["behind"]] == ["taobao/main T4", "taobao/main T1"]
    book = ask("book")
    (row,) = book["rows"]
    assert (row["uses"], row["cost"]) == (None, None), "its orders name no codes: nobody knows"
    assert has_words(book, "For 1 coupon nobody knows the uses")


def test_refunds_of_orders_without_lines_count(files: Files, ask: Asked) -> None:
    """Only 订单报表: what the orders listed is not known, so no shop discount; the platform's is."""
    files.taobao("T1,2026-11-10,A,100.00,90.00,10.00,30.00", "T2,2026-11-14,A,50.00,50.00,0.00", lines=False)
    (row,) = ask("uses")["rows"]
    assert (row["key"], row["sold"], row["refunds"], row["contribution"]) == (
        "discount:taobao/main/platform", 90, 30, None,
    )  # fmt: skip


def test_two_currencies(files: Files, ask: Asked) -> None:
    """Costs in yuan: with a rate all is in the base currency, without one the amounts have no sum."""
    files.taobao("T1,2026-11-14,Z,50.00,50.00,0.00")
    files.orders(order("#1", "2026-11-10", "A", 1, "20.00", "SAVE", "8.00"), order("#2", "2026-11-14", "A", 1, "20.00"))
    files.costs("A,70.00,CNY")
    body = ask("uses")
    (row,) = body["rows"]
    assert (row["discount"], row["sold"], row["contribution"], row["currency"]) == (8, None, None, "USD")
    assert has_words(body, "No rate for USD")
    assert ask("losing")["rows"] == [] and has_words(ask("losing"), "No rate for USD")
    files.rates("USD,CNY,2026-01-01,7")
    (row,) = ask("uses")["rows"]
    # 12.00 × 7 = 84.00, fee (0.35 + 0.30) × 7 = 4.55: 84.00 − 70.00 − 4.55
    assert (row["discount"], row["sold"], row["contribution"], row["currency"]) == (56, 84, 9.45, "CNY")


def test_nothing_known(files: Files, ask: Asked) -> None:
    for question in ("uses", "losing"):
        body = ask(question)
        assert body["rows"] == [] and has_words(body, "Import an orders export first")
    files.orders(order("#1", "2026-11-14", "A", 1, "20.00"))
    assert ask("uses")["rows"] == [] and ask("losing")["rows"] == []
