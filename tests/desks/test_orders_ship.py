"""orders/ship-due and orders/overdue: Taobao's clock of 48 hours, Shopify's none, own rule files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from risk_tools import Asked, Files, Sale, asker, codes, explained

from merchant_cli.app import main

# Exported on 2026-11-15 at 08:00 in Shanghai. Times to ship end 48 hours after payment.
SALES = (
    Sale("1001", "A-1", 2, "50.00", "paid", paid="2026-11-13 20:00:00"),  # until 11-15 20:00: 12 hours left
    Sale("1002", "A-1", 1, "80.00", "paid", paid="2026-11-14 08:00:00"),  # until 11-16 08:00: just 24 hours left
    Sale("1003", "A-1", 1, "80.00", "paid", paid="2026-11-14 08:00:01"),  # a second more: not yet
    Sale("1004", "B-1", 1, "60.00", "paid", paid="2026-11-13 08:00:00"),  # until 11-15 08:00: over this second
    Sale("1005", "B-1", 3, "20.00", "paid", paid="2026-11-12 07:00:00"),  # until 11-14 07:00: 25 hours late
    Sale("1006", "A-1", state="shipped", paid="2026-11-12 09:00:00", shipped="2026-11-13 09:00:00"),
    Sale("1007", "A-1", state="unpaid", placed="2026-11-12 09:00:00"),
    Sale("1008", "A-1", state="closed", placed="2026-11-12 09:00:00"),
)
MAIN = "order:taobao/main/"


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "orders")


def test_due_and_overdue(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*SALES)
    due = ask("ship-due")
    assert [(k, r["hours_left"], r["due"], r["paid"]) for k, r in due["rows"].items()] == [
        (MAIN + "1001", 12, "2026-11-15", 100), (MAIN + "1002", 24, "2026-11-16", 80),
    ]  # fmt: skip
    row = due["rows"][MAIN + "1001"]
    assert (row["goods"], row["units"], row["at_stake"]) == ("A-1 × 2", 2, None), "Taobao's fine is not known"
    assert row["why"] == "Paid 2026-11-13 20:00, to be shipped within 48 hours: by 2026-11-15 20:00, 12 hours left."
    assert "general rules as of 2026-11-22" in codes(due)
    late = ask("overdue")
    assert [(k, r["hours_late"], r["at_stake"], r["due"]) for k, r in late["rows"].items()] == [
        (MAIN + "1005", 25, 60, "2026-11-14"), (MAIN + "1004", 0, 60, "2026-11-15"),
    ]  # fmt: skip
    assert explained(capsys, "orders", "ship-due", MAIN + "1001") == {
        "hours_left": 12, "at_stake": None, "tables": {"orders", "order_lines"},
    }  # fmt: skip
    assert explained(capsys, "orders", "overdue", MAIN + "1005") == {
        "hours_late": 25, "at_stake": 60, "tables": {"orders", "order_lines"},
    }  # fmt: skip
    assert main(["explain", "orders", "overdue", "--row", MAIN + "1001"]) == 2


def test_no_buyer_is_shown(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*SALES)
    capsys.readouterr()
    for question in ("ship-due", "overdue", "unpaid", "stuck"):
        for words in ([], ["--json"], ["--csv"]):
            assert main(["orders", question, *words]) == 0
    told = capsys.readouterr().out
    assert "1001" in told and "林" not in told and "1380000" not in told


def test_an_earlier_day_and_one_that_no_file_covers(files: Files, ask: Asked) -> None:
    files.taobao(*SALES)
    # The newest day is asked about as of its export, an earlier one as of its end: 1005 then has 7 hours left.
    assert sorted(k[-4:] for k in ask("ship-due", "--as-of", "2026-11-14")["rows"]) == ["1001", "1002"]
    assert {k[-4:]: r["hours_left"] for k, r in ask("ship-due", "--as-of", "2026-11-13")["rows"].items()} == {"1005": 7}
    # As of the end of 11-16 all five are over, though the newest file was made before.
    late = ask("overdue", "--as-of", "2026-11-16")
    assert sorted(k[-4:] for k in late["rows"]) == ["1001", "1002", "1003", "1004", "1005"]
    assert "last seen unshipped on 2026-11-15 08:00, before that" in late["rows"][MAIN + "1001"]["why"]
    assert late["rows"][MAIN + "1005"]["why_code"] == "overdue"
    assert "those of 2026-11-15 08:00" in codes(late), "the states are as of the export"


def test_what_newer_files_do_not_hold_is_not_known(files: Files, ask: Asked) -> None:
    """A merchant who exports each day's orders once never tells that they were shipped."""
    files.taobao(Sale("1", "A-1", state="paid", paid="2026-11-01 09:00:00"), at="20261101200000")
    files.taobao(Sale("2", "A-1", state="paid", paid="2026-11-04 09:00:00"), at="20261105080000")
    # 1 was seen at 11-01 20:00, in time; at 11-05 08:00 it is over and that is 3.5 days ago
    assert list(ask("overdue")["rows"]) == [MAIN + "1"]
    late = ask("overdue", "--known-days", "3")
    assert late["rows"] == {} and "1 order was last seen unshipped over 3 days ago" in codes(late)
    # the next export shows it unshipped, after its time was over: known, however old
    again = Sale("1", "A-1", state="paid", paid="2026-11-01 09:00:00")
    files.taobao(again, Sale("2", "A-1", state="paid", paid="2026-11-04 09:00:00"), at="20261105090000")
    row = ask("overdue", "--known-days", "1")["rows"][MAIN + "1"]
    assert row["why_code"] == "overdue" and row["hours_late"] == 48  # due 11-03 09:00, now 11-05 09:00


def test_refunds(files: Files, ask: Asked) -> None:
    paid = "2026-11-12 09:00:00"
    files.taobao(
        Sale("1", "A-1", state="paid", paid=paid, refund="100.00", refund_state="退款待处理"),
        Sale("2", "A-1", state="paid", paid=paid, refund="100.00", refund_state="退款成功"),
        Sale("3", "A-1", state="paid", paid=paid, refund="30.00", refund_state="退款成功"),
    )
    rows = ask("overdue")["rows"]
    assert {k[-1]: (r["at_stake"], r["why_code"]) for k, r in rows.items()} == {
        "1": (100, "overdue-refund-asked"), "3": (70, "overdue"),  # 2 has all its money back
    }  # fmt: skip
    assert "answer that first" in rows[MAIN + "1"]["why"]


def test_a_platform_without_a_clock(files: Files, ask: Asked) -> None:
    files.shopify(
        "#1,paid,2026-11-12 09:00:00,2026-11-12 09:30:00,,A-1,1,20.00",  # until 11-15 09:30: 1 hour left
        "#2,paid,2026-11-12 07:00:00,2026-11-12 07:00:00,,A-1,1,20.00",  # 1 hour late
        "#3,refunded,2026-11-10 07:00:00,2026-11-10 07:00:00,,A-1,1,20.00,20.00",
        "#4,paid,2026-11-10 07:00:00,2026-11-10 07:00:00,partial,A-1,1,20.00",
    )
    due, late = ask("ship-due"), ask("overdue")
    assert [(k, r["hours_left"]) for k, r in due["rows"].items()] == [("order:shopify/main/#1", 1)]
    assert [(k, r["hours_late"]) for k, r in late["rows"].items()] == [("order:shopify/main/#2", 1)]
    assert "sets no time to ship: 72 hours" in codes(due)
    assert next(iter(ask("ship-due", "--hours", "96", "--within-hours", "26")["rows"])) == "order:shopify/main/#2"


PINDUODUO = (
    "商品,订单号,订单状态,商品数量(件),支付时间,发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-SKU维度,"
    "商家编码-商品维度,售后状态,商品总价(元),店铺优惠折扣(元),平台优惠折扣(元),邮费(元),用户实付金额(元),商家实收金额(元),快递单号"
)


def test_the_published_fine_of_pinduoduo(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    row = "茶巾,{},待发货,2,{},,,700001,灰,8001,A-1,A,无售后或售后取消,39.90,0.00,0.00,6.00,45.90,45.90,"
    rows = (
        row.format("261113-100000000000001", "2026-11-13 20:00:00"),  # 12 hours left: 3.00 if late
        row.format("261112-100000000000002", "2026-11-12 20:00:00"),  # 12 hours late
        row.format("261114-100000000000003", "2026-11-14 20:00:00"),  # 36 hours left
    )
    files.take("orders_export_20261115080000.csv", "\n".join([PINDUODUO, *rows]) + "\n")
    (due,), (late,) = ask("ship-due")["rows"].values(), ask("overdue")["rows"].values()
    assert (due["order_id"], due["hours_left"], due["at_stake"]) == ("261113-100000000000001", 12, 3)
    assert (late["hours_late"], late["fine"], late["at_stake"]) == (12, 3, 45.9)
    assert explained(capsys, "orders", "ship-due", due["key"])["at_stake"] == 3


def test_the_merchants_own_rules(files: Files, ask: Asked, store: Path) -> None:
    folder = store.with_name("rules")
    folder.mkdir()
    rule = '[[clock]]\nplatform = "taobao"\nhours = {}\nfrom = "{}"\ncurrency = "CNY"\n'
    text = 'checked = "2026-11-01"\n' + rule.format(48, "2019-01-01")
    text += 'fine_rate = "0.05"\nfine_least = "4.50"\nfine_most = "5.00"\n' + rule.format(24, "2026-11-14")
    (folder / "ship_by.toml").write_text(text, encoding="utf-8")
    files.taobao(*SALES)
    rows = ask("ship-due")["rows"]
    # 1001: 5 % of 100.00; paid on 11-14 the 24 hours hold: 1002 is over, 1003 ends in a second
    assert {k[-4:]: (r["at_stake"], r["hours_left"]) for k, r in rows.items()} == {"1003": (None, 0), "1001": (5, 12)}
    late = ask("overdue")["rows"]
    assert {k[-4:]: r["fine"] for k, r in late.items()} == {"1005": 4.5, "1004": 4.5, "1002": None}  # 3.00 is below
    (folder / "ship_by.toml").write_text(rule.format(0, "2019-01-01"), encoding="utf-8")
    body = ask("ship-due")
    assert sorted(k[-4:] for k in body["rows"]) == ["1001", "1002"], "the shipped rules hold"
    assert "[[clock]] 1 hours is no whole number" in codes(body)


def test_an_empty_store_says_what_to_import(store: Path, ask: Asked) -> None:
    for question in ("ship-due", "overdue", "unpaid", "stuck"):
        body = ask(question)
        assert body["rows"] == {} and body["columns"] and "Import an orders export" in codes(body)


def test_both_languages_and_the_worklist(files: Files, ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    files.taobao(*SALES)
    monkeypatch.setenv("MERCHANT_LANG", "zh")
    assert ask("ship-due")["rows"][MAIN + "1001"]["why"].endswith("最迟 2026-11-15 20:00，还剩 12 小时。")
    assert "已超时 25 小时" in ask("overdue")["rows"][MAIN + "1005"]["why"]


def test_the_worklist_has_them(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*SALES)
    capsys.readouterr()
    assert main(["today", "--json"]) == 0
    told: Any = capsys.readouterr().out
    assert f"{MAIN}1001" in told and f"{MAIN}1005" in told and f"{MAIN}1003" not in told


def test_orders_without_lines(files: Files, ask: Asked) -> None:
    files.taobao(*SALES[:1], lines=False)
    assert ask("ship-due")["rows"][MAIN + "1001"]["goods"] is None
