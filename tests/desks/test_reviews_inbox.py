"""reviews/inbox against figures worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from review_tools import JUDGEME, PRODUCTS, REVIEWS, Shop, shop

__all__ = ["shop"]

ORDERS = (
    "#1,2025-06-01,A,4,10.00", "#2,2025-06-10,B,1,20.00,5.00", "#3,2025-06-12,A,1,5.00",
    "#4,2025-06-14,A,9,10.00",  # the day is not over: it counts for no share
)  # fmt: skip


@pytest.fixture
def full(shop: Shop) -> Shop:
    """Net sales of full days: A 40.00 + 5.00 = 45.00, B 20.00 − 5.00 = 15.00; shares 0.75 and 0.25."""
    shop.orders(*ORDERS)
    shop.reviews(
        ("R1", "#1", "A", "2025-06-07", 2, "The handle came off"),
        ("R2", "#2", "B", "2025-06-14", 3, "meh"),
        ("R3", "", "A", "2025-06-14", 1, "It caught fire"),
        ("R4", "#1", "A", "2025-06-14", 5, "Not a fire hazard at all, love it by the fire"),
        ("R5", "#1", "A", "2025-06-14", 4, "nice"),
        ("R6", "#1", "A", "2025-06-13", 1, "bad", "", "We are sorry"),
        ("R7", "#1", "A", "2025-06-14", 5, "Great until it failed, I will SUE you"),
        ("R8", "#1", "A", "2025-03-16", 1, "old"),
        ("R9", "#1", "A", "2025-03-17", 3, "first of the ninety days"),
    )
    return shop


def test_the_figures(full: Shop) -> None:
    rows = full.rows("inbox")
    # R3 (6−1) × 4 × 1.75 × 1 = 35; R1 (6−2) × 1 × 1.75 × (1 + 7/14) = 10.5; R9 (6−3) × 1.75 × (1 + 28/14) = 15.75;
    # R7 (6−5) × 3 × 1.75 = 5.25; R2 (6−3) × 1.25 = 3.75. R4 denies it, R5 has four stars, R6 is answered, R8 is old.
    assert {key: row["harm"] for key, row in rows.items()} == {
        "R3": 35, "R9": 15.75, "R1": 10.5, "R7": 5.25, "R2": 3.75,
    }  # fmt: skip
    assert list(rows) == ["R3", "R9", "R1", "R7", "R2"]
    # Paid less given back: 40.00, 20.00 − 5.00; no order: not measurable.
    assert [rows[key]["at_stake"] for key in ("R1", "R2", "R3")] == [40, 15, None]
    # 2 stars 2 days, 3 stars 3 days, words of safety or threat 1 day.
    assert {k: r["due"] for k, r in rows.items()} == {
        "R1": "2025-06-09", "R2": "2025-06-17", "R3": "2025-06-15", "R7": "2025-06-15", "R9": "2025-03-20",
    }  # fmt: skip
    assert [rows[k]["severity"] for k in ("R1", "R2", "R3", "R7")] == ["bad", "middling", "safety", "threat"]
    assert (rows["R1"]["share"], rows["R2"]["share"], rows["R1"]["shop"]) == (0.75, 0.25, "shopify/main")
    assert rows["R1"]["why"] == "2 stars; waiting 7 days."
    assert rows["R3"]["why"] == "1 star; words of safety: `caught fire`; waiting 0 days."
    assert rows["R1"]["command"] == "merchant reviews mark review:own/R1 --state replied"


def test_both_languages(full: Shop) -> None:
    rows = full.rows("inbox", "--lang", "zh")
    assert rows["R3"]["why"] == "1 星；涉及安全：`caught fire`；已等待 0 天。"
    assert rows["R1"]["why"] == "2 星；已等待 7 天。"
    said = full.run("reviews", "inbox", "--lang", "zh").out
    assert "差评" in said and "新" in said and "severity" not in said


def test_filters(full: Shop) -> None:
    assert full.keys("inbox", "--stars", "2") == ["R3", "R1", "R7"], "words of weight count with any stars"
    assert full.keys("inbox", "--stars", "5") == ["R3", "R9", "R1", "R7", "R2", "R5", "R4"]
    assert full.keys("inbox", "--sku", "B") == ["R2"]
    assert full.keys("inbox", "--days", "91") == ["R3", "R8", "R9", "R1", "R7", "R2"]
    assert full.keys("inbox", "--days", "1") == ["R3", "R7", "R2"]
    assert full.keys("inbox", "--since", "2025-06-01", "--until", "2025-06-13") == ["R1"]
    assert full.keys("inbox", "--state", "replied") == ["R6"] == full.keys("inbox", "--state", "已回复")
    assert "R6" in full.keys("inbox", "--state", "all") and full.keys("inbox", "--state", "triaged") == []
    wrong = full.run("reviews", "inbox", "--state", "closed", code=2)
    assert "bad-setting" in wrong.err and "open, all, new, triaged, replied, resolved" in wrong.err
    for flag, value in (("--stars", "0"), ("--stars", "6"), ("--days", "0")):
        assert "bad-usage" in full.run("reviews", "inbox", flag, value, code=2).err


def test_what_was_given_back_wholly_is_not_measured(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A,1,10.00,10.00", "#2,2025-06-02,A,1,10.00")
    shop.reviews(("R1", "#1", "A", "2025-06-07", 1, "bad"), ("R2", "#2", "A", "2025-06-07", 1, "bad"))
    assert {k: r["at_stake"] for k, r in shop.rows("inbox").items()} == {"R1": None, "R2": 10}


def test_explained(full: Shop) -> None:
    body = full.run("explain", "reviews", "inbox", "--row", "review:own/R1", "--json").json
    terms = {row["term"]: row["value"] for row in body["rows"] if not row["is_total"]}
    # 4 stars' worth, × 1, × 1.75 adds 3, × 1.5 adds 3.5: 10.5
    assert list(terms.values()) == [4, 0, 3, 3.5, 40, 0]
    assert {row["total"]: row["value"] for row in body["rows"] if row["is_total"]} == {"harm": 10.5, "at_stake": 40}
    assert [(one["table"], one["key"], one["line"]) for one in body["behind"]] == [
        ("reviews", "own R1", 2), ("orders", "shopify/main #1", 2),
    ]  # fmt: skip
    assert body["notes"][0] == "The review: The handle came off"
    assert "order of 2025-06-01" in body["notes"][1]
    answered = full.run("explain", "reviews", "inbox", "--row", "review:own/R6", "--lang", "zh")
    assert "2025-06-13 replied" in answered.out
    assert full.run("explain", "reviews", "inbox", "--row", "review:own/R66", code=2).err.startswith(
        "error [no-such-row]"
    )
    assert full.run("explain", "reviews", "inbox", "--row", "own/R1", code=2).code == 2


def test_a_quiet_shop_raises_nothing(shop: Shop) -> None:
    shop.orders(*ORDERS)
    shop.reviews(
        ("R1", "#1", "A", "2025-06-07", 5, "Lovely"), ("R2", "#2", "B", "2025-06-08", 4, "很好，不烫手，没有异味")
    )
    for question in ("inbox", "due"):
        body = shop.ask(question)
        assert (body["rows"], body["notes"]) == ([], [])
    assert "Review" not in shop.run("today").out


def test_without_data_it_says_what_to_import(shop: Shop) -> None:
    body = shop.ask("inbox", "--drafts")
    assert (
        body["rows"] == [] and body["columns"][-2]["name"] == "draft" and "Import an orders export" in body["notes"][0]
    )
    shop.orders(*ORDERS)
    (note,) = shop.ask("inbox")["notes"]
    assert note.startswith("No review since 2025-03-17 is in the store.") and "merchant reviews paste" in note
    assert "没有评价" in shop.ask("inbox", "--lang", "zh")["notes"][0]


def test_odd_reviews_are_named(shop: Shop) -> None:
    shop.orders(*ORDERS)
    said = shop.reviews(
        ("R1", "#404", "A", "2025-06-14", 1, "bad"), ("R2", "#1", "Z", "", 2, "bad"),
        ("R3", "#1", "A", "2025-06-14", "", "x"),
        ("R4", "#1", "A", "2025-06-14", 1, ""), ("R5", "#1", "A", "2025-06-14", 9, "nine"), code=3,
    )  # fmt: skip
    assert said.code == 3, "stars outside 1 to 5 wait in quarantine"
    body = shop.ask("inbox")
    rows = {row["key"][-2:]: row for row in body["rows"]}
    assert {key: row["harm"] for key, row in rows.items()} == {
        # A has 0.75 of sales; Z was not sold; no stars weigh like two
        "R1": 8.75, "R4": 8.75, "R3": 7, "R2": 4,
    }  # fmt: skip
    assert rows["R1"]["at_stake"] is None and rows["R1"]["shop"] is None
    assert (rows["R2"]["due"], rows["R3"]["severity"], rows["R4"]["text"]) == (None, "unrated", None)
    codes = "\n".join(body["notes"])
    assert "1 review names an order that no file holds, #404 among them" in codes
    assert "1 review is of SKUs that nothing else in the store names, Z among them" in codes
    assert "1 review is not dated" in codes
    for note in shop.ask("inbox", "--lang", "zh")["notes"]:
        assert "条评价" in note


def test_stars_of_a_mapped_sheet_that_are_none(shop: Shop) -> None:
    shop.orders(*ORDERS)
    mapping = shop.folder / "mine.toml"
    mapping.write_text(
        'platform = "shopify"\nkind = "reviews"\nknown_by = ["Nr", "Sterne"]\n[[into]]\n[into.reviews]\n'
        'review_id = { kind = "id", names = ["Nr"], required = true }\n'
        'rating = { kind = "count", names = ["Sterne"] }\n'
        'at = { kind = "moment", names = ["Am"] }\ncode = { kind = "id", names = ["SKU"] }\n'
        'order_id = { kind = "id", names = ["Order"] }\nbody = { kind = "text", names = ["Text"] }\n',
        encoding="utf-8",
    )
    rows = [["7", "10", "2025-06-14", "A", "#1", "ten of ten"], ["8", "1", "2025-06-14", "A", "#1", "bad"]]
    shop.take("mine.csv", "Nr,Sterne,Am,SKU,Order,Text", rows, "--map", str(mapping))
    body = shop.ask("inbox")
    assert [(row["key"], row["stars"], row["at_stake"]) for row in body["rows"]] == [
        ("review:shopify/main/8", 1, 40), ("review:shopify/main/7", None, 40),
    ]  # fmt: skip
    assert body["notes"] == ["1 review carries stars outside 1 to 5; they are read as without stars."]


def test_judge_me_names_the_listing(shop: Shop) -> None:
    """A review of a product page is of all its SKUs: A 45.00 and B 15.00 of 60.00."""
    shop.orders(*ORDERS)
    shop.take("products_export.csv", PRODUCTS, [
        ["mug", "Fine Mug", "Size", "S", "A", "10.00", "active"], ["mug", "", "", "L", "B", "20.00", "active"],
    ])  # fmt: skip
    said = [
        "",
        "Leaks!",
        1,
        "2025-06-14 08:00:00 UTC",
        "web",
        "ok",
        "Ann",
        "ann@example.com",
        1,
        "mug",
        "",
        "",
        "",
        "",
        "",
        "",
    ]
    shop.take("reviews_export.csv", JUDGEME, [said])
    (row,) = shop.ask("inbox")["rows"]
    assert (row["subject"], row["sku"], row["share"], row["shop"]) == ("Fine Mug", None, 1, "shopify/main")
    # 5 × 1 × (1 + 1) × 1; no order is named
    assert (row["harm"], row["at_stake"]) == (10, None)
    assert shop.ask("inbox", "--sku", "B")["count"] == 1 and shop.ask("inbox", "--sku", "C")["count"] == 0


def test_hostile_text_is_masked_and_cut(shop: Shop) -> None:
    shop.orders(*ORDERS)
    texts = {
        "R1": "call 13800138000 or 138-0013-8000 or １３８００１３８０００, a.b@example.com, 微信：tea_lover88,"
        " +1 415 555 0132",
        "R2": "\x1b[31m着\u200b火\x1b[0m\x07 了 🔥🔥 since 2025-06-01, call 12315",
        "R3": "差" * 40_000 + "漏电",
    }
    shop.reviews(*((key, "#1", "A", "2025-06-14", 1, text) for key, text in texts.items()))
    rows = shop.rows("inbox")
    assert rows["R1"]["text"] == (
        "call 138****8000 or 138****8000 or １３８****８０００, a***@example.com, 微信：tea****er88, 141****0132"
    )
    assert rows["R2"]["severity"] == "safety" and rows["R2"]["text"].startswith("着\u200b火")
    assert "2025-06-01" in rows["R2"]["text"] and "12315" in rows["R2"]["text"]
    assert len(rows["R3"]["text"]) <= 60 and rows["R3"]["severity"] == "bad", "words far behind are not looked for"
    out = shop.run("reviews", "inbox").out + shop.run("explain", "reviews", "inbox", "--row", "review:own/R1").out
    assert "13800138000" not in out and "\x1b" not in out and "\u200b" not in out
    kept = shop.store.with_name(shop.store.name + ".cache")
    assert not kept.exists() or b"13800138000" not in kept.read_bytes()


def test_reviews_newer_than_the_orders_are_seen(shop: Shop) -> None:
    """What is typed in today is not hidden until the next orders file; an as-of day in the past hides it."""
    shop.orders(*ORDERS)
    shop.reviews(("R1", "#1", "A", "2025-06-20", 1, "bad"))
    (row,) = shop.ask("inbox")["rows"]
    assert (row["due"], row["harm"]) == ("2025-06-22", 8.75), "it has waited no day yet"
    assert shop.ask("inbox", "--as-of", "2025-06-13")["rows"] == []
    assert shop.ask("inbox", "--until", "2025-06-19")["rows"] == []


def test_one_number_in_two_shops_is_no_order(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A,1,10.00", shop="shopify/one")
    shop.orders("#1,2025-06-01,A,1,30.00", shop="shopify/two")
    shop.reviews(("R1", "#1", "A", "2025-06-07", 1, "bad"))
    (row,) = shop.ask("inbox")["rows"]
    assert (row["shop"], row["at_stake"]) == (None, None)
    shop.reviews(("R2", "#1", "A", "2025-06-07", 1, "bad"), shop="shopify/two", name="two.csv")
    row = next(r for r in shop.ask("inbox")["rows"] if r["key"] == "review:shopify/two/R2")
    assert (row["shop"], row["at_stake"]) == ("shopify/two", 30)
    body = shop.ask("inbox", "--shop", "shopify/two")
    assert [row["key"] for row in body["rows"]] == ["review:shopify/two/R2"]
    assert body["notes"][0].startswith("1 review names no known order, so the shop is not known; without --shop it is")


def test_drafts_by_reason_and_language(shop: Shop) -> None:
    shop.orders(*ORDERS)
    shop.reviews(
        ("R1", "#1", "A", "2025-06-14", 1, "It arrived broken"), ("R2", "#2", "B", "2025-06-14", 1, "发错货了"),
        ("R3", "", "A", "2025-06-14", 2, "still waiting"), ("R4", "#1", "A", "2025-06-14", 3, "太小"),
        ("R5", "#1", "A", "2025-06-14", 1, "杯子漏电，还发错了"), ("R6", "#1", "A", "2025-06-14", 5, "谢谢"),
        ("R7", "#1", "A", "2025-06-14", 2, ""),
    )  # fmt: skip
    rows = shop.rows("inbox", "--drafts", "--stars", "5", "--shop-name", "山谷小铺")
    assert {key: row["params"]["reason"] for key, row in rows.items()} == {
        "R1": "broken", "R2": "wrong", "R3": "late", "R4": "size", "R5": "safety", "R6": "thanks", "R7": "other",
    }  # fmt: skip
    assert rows["R1"]["draft"] == (
        "We are sorry that the Mug A reached you damaged: it should have been packed better. Please send us a photo"
        " through the platform, and we will replace or refund it. — 山谷小铺"
    )
    assert rows["R2"]["draft"].startswith("非常抱歉，您在2025年6月10日下的订单发货有误。")
    assert "order of" not in rows["R3"]["draft"], "the day of an unknown order is left out"
    assert "请先停止使用您在2025年6月1日购买的Mug A" in rows["R5"]["draft"]
    assert rows["R7"]["draft"].startswith("We are sorry that we did not meet"), "no words: by the order's currency"
    assert all("{" not in row["draft"] for row in rows.values())


def test_undo_takes_reviews_and_leaves_what_people_said(full: Shop) -> None:
    full.run("reviews", "mark", "review:own/R1", "--state", "resolved", "--why", "called her")
    assert "R1" not in full.keys("inbox")
    full.run("undo", "2")
    assert full.ask("inbox")["rows"] == []
    full.run("redo", "2")
    assert full.keys("inbox") == ["R3", "R9", "R7", "R2"]
    assert full.keys("inbox", "--state", "resolved") == ["R1"]


def test_today_has_the_inbox_and_one_line_for_what_is_due(full: Shop) -> None:
    rows = full.run("today", "--json").json["rows"]
    mine: list[Any] = [(row["question"], row["key"]) for row in rows if row["desk"] == "reviews"]
    assert sorted(mine) == sorted(
        [("due", "all"), *(("inbox", f"review:own/{key}") for key in ("R1", "R2", "R3", "R7", "R9"))]
    )
    (due,) = [row for row in rows if row["question"] == "due"]
    # R1 and R9 are late, R3 and R7 due on the 15th; R2 on the 17th is not
    assert due["why"] == "4 replies due by 2025-06-15, 2 of them late"
    assert json.dumps(rows).count("review:own/R3") >= 1 and REVIEWS
