"""coupons/over-budget, ending and expired-used against figures worked out by hand."""

from __future__ import annotations

from coupon_tools import Asked, Files, Order, ask, explained, files, has_words, order, rows, totals

__all__ = ["ask", "explained", "files"]


def daily(code: str, off: str, first: int, last: int) -> list[Order]:
    """An order a day of November with a code."""
    return [order(f"#{code}{d}", f"2026-11-{d:02}", "A", 1, "50.00", code, off) for d in range(first, last + 1)]


def test_over_budget(files: Files, ask: Asked, explained: Asked) -> None:
    """The orders end on the 14th, their file was made on the 15th: the days up to the 14th are full."""
    files.orders(
        *daily("OVER", "10.00", 1, 11), *daily("JUST", "10.00", 1, 10), order("#x", "2026-11-14", "A", 1, "9.00")
    )
    files.coupons(
        "OVER,shop,amount,10,,,109.99,USD,2026-11-01,2026-11-30", "JUST,shop,amount,10,,,110,USD,2026-11-01,2026-11-14",
        "ENDED,shop,amount,10,,,1,USD,2026-10-01,2026-11-13",
    )  # fmt: skip
    (row,) = ask("over-budget")["rows"]
    assert (row["key"], row["cost"], row["budget"], row["at_stake"]) == ("coupon:own/OVER", 110, 109.99, 0.01)
    assert (row["due"], row["projected"], row["why_code"]) == ("2026-11-14", None, "over")
    assert row["why"] == "It took off 110.00 USD; the budget is 109.99 USD."
    assert totals(explained("over-budget", "coupon:own/OVER")) == {"uses": 11, "cost": 110, "over": 0.01}


def test_will_be_over_budget(files: Files, ask: Asked, explained: Asked) -> None:
    files.orders(*daily("FAST", "10.00", 1, 14), *daily("EVEN", "10.00", 1, 14))
    files.coupons(
        "FAST,shop,amount,10,,,199.99,USD,2026-11-01,2026-11-20", "EVEN,shop,amount,10,,,200,USD,2026-11-01,2026-11-20",
        "OPEN,shop,amount,10,,,1,USD,2026-11-01,",
    )  # fmt: skip
    body = ask("over-budget")
    # 140.00 in 14 days: 10.00 a day, 6 days to come → 200.00. The sixth day takes it over 199.99.
    (row,) = body["rows"]
    assert (row["code"], row["cost"], row["per_day"], row["projected"]) == ("FAST", 140, 10, 200)
    assert (row["at_stake"], row["due"], row["why_code"]) == (0.01, "2026-11-20", "will-be-over")
    assert totals(explained("over-budget", "coupon:own/FAST")) == {
        "uses": 14, "cost": 140, "projected": 200, "over": 0.01,
    }  # fmt: skip
    (zh,) = ask("over-budget", "--lang", "zh")["rows"]
    assert zh["why"] == "按每天 10.00 USD 推算，到 2026-11-20 将优惠 200.00 USD；预算为 199.99 USD。"
    # of seven days, with nothing used in the first half of them: none is over at the pace of one day in fourteen
    assert rows(ask("over-budget", "--as-of", "2026-11-10"))["coupon:own/FAST"]["projected"] == 200


def test_the_pace_is_of_full_days_on_which_it_ran(files: Files, ask: Asked) -> None:
    files.orders(order("#0", "2026-11-01", "A", 1, "9.00"), *daily("LATE", "10.00", 13, 14))
    files.coupons("LATE,shop,amount,10,,,100,USD,2026-11-13,2026-11-30")
    (row,) = ask("over-budget")["rows"]
    # two full days since it began: 10.00 a day, not 20.00 in fourteen; 20.00 + 16 × 10.00
    assert (row["per_day"], row["projected"], row["due"]) == (10, 180, "2026-11-23")
    assert row["at_stake"] == 80


def test_several_codes_may_be_over(files: Files, ask: Asked, explained: Asked) -> None:
    files.orders(*daily("A1", "10.00", 1, 2), *daily("A1, B1", "30.00", 13, 14))
    files.coupons(
        "A1,shop,amount,10,,,79,USD,2026-11-01,2026-11-14", "B1,shop,amount,10,,,60,USD,2026-11-01,2026-11-14"
    )
    (row,) = ask("over-budget")["rows"]
    # 20.00 alone and 60.00 together: between 20.00 and 80.00
    assert (row["code"], row["why_code"], row["at_stake"], row["shared"]) == ("A1", "may-be-over", None, 60)
    assert "up to 80.00 USD" in row["why"]
    assert totals(explained("over-budget", "coupon:own/A1")) == {"uses": 4, "cost": 20}


def test_a_budget_in_another_currency(files: Files, ask: Asked) -> None:
    files.taobao("T1,2026-11-14,Z,50.00,50.00,0.00")
    files.orders(*daily("OVER", "10.00", 1, 14))
    files.coupons(
        "OVER,shop,amount,10,,,100,USD,2026-11-01,2026-11-14", "T50-5,shop,amount,5,50,,1,CNY,2026-11-01,2026-11-30"
    )
    body = ask("over-budget")
    (row,) = body["rows"]
    assert (row["code"], row["cost"], row["at_stake"]) == ("OVER", 140, None), "no rate: the excess is known in dollars"
    assert has_words(body, "Of 1 coupon with a budget the cost is unknown")
    files.rates("USD,CNY,2026-01-01,7.1")
    assert ask("over-budget")["rows"][0]["at_stake"] == 284  # 40.00 × 7.1


def test_ending(files: Files, ask: Asked, explained: Asked) -> None:
    files.taobao("T1,2026-11-14,Z,50.00,50.00,0.00")
    files.orders(*daily("SOON", "5.00", 12, 14), *daily("LATER", "5.00", 12, 14), *daily("GONE", "5.00", 12, 13))
    files.coupons(
        "SOON,shop,amount,5,,,,USD,2026-11-01,2026-11-21", "LATER,shop,amount,5,,,,USD,2026-11-01,2026-11-22",
        "GONE,shop,amount,5,,,,USD,2026-11-01,2026-11-13", "UNUSED,shop,amount,5,,,,USD,2026-11-01,2026-11-20",
        "T50-5,shop,amount,5,50,,,CNY,2026-11-01,2026-11-14", "NEXT,shop,amount,5,,,,USD,2026-11-16,2026-11-18",
    )  # fmt: skip
    body = ask("ending")
    found = rows(body, "code")
    assert list(found) == ["T50-5", "SOON"]
    assert (found["SOON"]["due"], found["SOON"]["days_left"], found["SOON"]["uses"]) == ("2026-11-21", 7, 3)
    assert found["SOON"]["why"] == "It ends on 2026-11-21; 3 orders used it so far."
    assert found["SOON"]["at_stake"] is None
    assert (found["T50-5"]["why_code"], found["T50-5"]["uses"], found["T50-5"]["days_left"]) == ("ends-untold", None, 0)
    assert has_words(body, "2 coupons end within 7 days: `T50-5`, `SOON`")
    assert totals(explained("ending", "coupon:own/SOON")) == {"uses": 3, "cost": 15}
    assert list(rows(ask("ending", "--within-days", "8"), "code")) == ["T50-5", "SOON", "LATER"]


def test_expired_used(files: Files, ask: Asked, explained: Asked) -> None:
    files.orders(
        *daily("LEAK", "5.00", 9, 12), *daily("EDGE", "5.00", 9, 12), *daily("BOTH, EDGE", "7.00", 13, 13),
        order("#old", "2026-10-14", "A", 1, "50.00", "LEAK", "5.00"), order("#x", "2026-11-14", "A", 1, "9.00"),
    )  # fmt: skip
    files.coupons(
        "LEAK,shop,amount,5,,,,USD,2026-11-10,2026-11-11", "EDGE,shop,amount,5,,,,USD,2026-11-09,2026-11-13",
        "BOTH,shop,amount,5,,,,USD,2026-11-14,2026-11-20",
    )  # fmt: skip
    body = ask("expired-used")
    found = rows(body)
    assert list(found) == ["coupon:shopify/main/LEAK", "coupon:shopify/main/BOTH"]
    leak, both = found.values()
    # of the last 30 days: the 9th before it began, the 12th after it ended; the 14th of October lies further back
    assert (leak["before"], leak["after"], leak["at_stake"], leak["due"]) == (1, 1, 10, "2026-11-14")
    assert leak["why"] == (
        "1 order used `LEAK` after it ended on 2026-11-11. 1 order used `LEAK` before it begins on 2026-11-10."
    )
    # named with another code: what it took off nobody says
    assert (both["before"], both["after"], both["at_stake"]) == (1, 0, None)
    told = explained("expired-used", "coupon:shopify/main/LEAK")
    assert totals(told) == {"at_stake": 10}
    assert [b["key"] for b in told["behind"]] == ["LEAK", "shopify/main #LEAK9", "shopify/main #LEAK12"]
    assert rows(ask("expired-used", "--window-days", "32"))["coupon:shopify/main/LEAK"]["at_stake"] == 15
    zh = rows(ask("expired-used", "--lang", "zh"))["coupon:shopify/main/BOTH"]
    assert zh["why"] == "`BOTH` 自 2026-11-14 起生效，此前已有 1 笔订单使用。"


def test_a_quiet_shop_raises_nothing(files: Files, ask: Asked) -> None:
    files.orders(*daily("FINE", "1.00", 1, 14))
    files.costs("A,10.00,USD")
    files.coupons("FINE,shop,amount,1,,all,500,USD,2026-11-01,2026-12-31")
    for question in ("losing", "over-budget", "ending", "expired-used"):
        assert ask(question)["rows"] == [], question


def test_nothing_known(files: Files, ask: Asked) -> None:
    for question in ("over-budget", "ending", "expired-used"):
        body = ask(question)
        assert body["rows"] == [] and has_words(body, "Import an orders export first")
    files.orders(order("#1", "2026-11-14", "A", 1, "20.00"))
    for question in ("over-budget", "ending", "expired-used"):
        assert ask(question)["rows"] == []
