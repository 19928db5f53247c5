"""Orders and the money that bills tell of them: which order a movement names, what agrees, what is owed.

Amounts in fen; the as-of day is 2026-11-14, bills and orders are covered from 1 October to it unless a test says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Answer, Scope
from merchant_cli.desks.finance.bills import bills
from merchant_cli.desks.finance.differing import differing
from merchant_cli.desks.finance.differing import explain as explain_differing
from merchant_cli.desks.finance.no_money import no_money
from merchant_cli.desks.finance.settled import settled
from merchant_cli.desks.finance.unmatched import explain as explain_unmatched
from merchant_cli.desks.finance.unmatched import unmatched

ALIPAY, SECOND, PDD = 3, 4, 5
NAMES = {ALIPAY: "alipay/main", SECOND: "taobao/second", PDD: "pinduoduo/main"}


@pytest.fixture
def desk(shop: Any) -> Any:
    """Taobao and Shopify, a second Taobao shop, Pinduoduo, and Alipay; one order of 50.00 agrees: its bill is known."""
    for no, name in NAMES.items():
        platform, _, own = name.partition("/")
        row = (no, name, platform, own, None, "CNY", "Asia/Shanghai", "paid", None)
        shop.db.execute("INSERT INTO shops VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    for no in (1, 2, SECOND, PDD):
        shop.cover("2026-10-01", "2026-11-14", shop=no)
    shop.cover("2026-10-01", "2026-11-14", shop=ALIPAY, kind="money_moves")
    order(shop, "A0", "2026-10-10", 5000)
    move(shop, "m0", "A0", 5000, day="2026-10-16")
    return shop


@pytest.fixture
def about() -> Scope:
    return Scope("2026-11-14", ("taobao/main", "shopify/us", *NAMES.values()), currency="CNY")


def order(desk: Any, number: str, day: str, paid: int, *, shop: int = 1, done: int = 5, **more: Any) -> None:
    """An order that was received `done` days after its sale."""
    year, month, date = day.split("-")
    more = {"done_day": f"{year}-{month}-{int(date) + done:02d}", "status": "completed", "placed_day": day} | more
    desk.order(number, day, "SKU", 1, paid, shop=shop, **more)


def move(desk: Any, number: str, order_id: str | None, amount: int, *, kind: str = "sale", day: str = "2026-10-20",
         shop: int = ALIPAY, account: str = "alipay", **more: Any) -> None:  # fmt: skip
    desk.put("money_moves", shop=shop, account=account, move_id=number, kind=kind, order_id=order_id, amount=amount,
             day=day, **({"currency": "CNY"} | more))  # fmt: skip


def told(answer: Answer, *names: str) -> list[tuple[Any, ...]]:
    at = {column.name: n for n, column in enumerate(answer.columns)}
    return [tuple(row[at[name]] for name in names) for row in answer.rows]


def notes(answer: Answer) -> set[str]:
    return {note.code for note in answer.notes}


def test_an_order_is_found_in_another_shop_only_where_it_is_one(desk: Any, about: Scope) -> None:
    """B1 is in both Taobao shops, B2 in the second only, B3 in a shop of another currency only, B4 in both, of which
    one has dollars; Pinduoduo's own log does not look at Taobao's orders."""
    for no in (1, SECOND):
        order(desk, "B1", "2026-10-11", 1000, shop=no)
    order(desk, "B2", "2026-10-11", 2000, shop=SECOND)
    order(desk, "B3", "2026-10-11", 3000, shop=2, currency="USD")
    order(desk, "B4", "2026-10-11", 4000, shop=2, currency="USD")
    order(desk, "B4", "2026-10-11", 4000)
    for n in range(1, 5):
        move(desk, f"m{n}", f"B{n}", n * 1000)
    order(desk, "P0", "2026-10-11", 700, shop=PDD)
    move(desk, "w0", "P0", 700, shop=PDD, account="wallet")
    move(desk, "w1", "A0", 900, shop=PDD, account="wallet")
    found = told(unmatched(desk.db, about), "shop", "order_id", "found", "amount")
    assert found == [
        ("alipay/main", "B3", "unknown", 3000), ("alipay/main", "B1", "ambiguous", 1000),
        ("pinduoduo/main", "A0", "unknown", 900),
    ]  # fmt: skip
    joined = dict(desk.db.execute("SELECT move_id, order_shop FROM money_moves").fetchall())
    assert (joined["m2"], joined["m4"], joined["m1"]) == ("taobao/second", "taobao/main", None)


def test_transfers_belong_to_no_order(desk: Any, about: Scope) -> None:
    for kind in ("withdrawal", "transfer", "deposit", "purchase"):
        move(desk, kind, "X1" if kind == "deposit" else None, -5000, kind=kind)
    move(desk, "fee", None, -100, kind="fee")  # a fee of no order is nothing to look for
    assert told(unmatched(desk.db, about), "order_id") == []
    move(desk, "sale", None, 800)
    move(desk, "fee2", "X2", -100, kind="fee")
    assert told(unmatched(desk.db, about), "key", "found", "at_stake") == [
        ("bill:alipay/main/alipay/sale", "no-number", 800), ("bill:alipay/main/X2", "unknown", 100),
    ]  # fmt: skip
    explained = explain_unmatched(desk.db, about, "bill:alipay/main/X2")
    assert [one.what for one in explained.behind] == ["2026-10-20 -1.00"]
    sides = {(kind, side): amount for kind, side, amount in told(bills(desk.db, about), "kind", "side", "amount")}
    assert sides["withdrawal", "neither"] == -5000 and sides["sale", "income"] == 5800


def test_a_bill_of_which_nothing_is_known_is_one_note(desk: Any, about: Scope) -> None:
    """Pinduoduo's orders are not imported: its log is no list of things to do."""
    move(desk, "w1", "P1", 900, shop=PDD, account="wallet")
    answer = unmatched(desk.db, about)
    assert answer.rows == [] and notes(answer) == {"no-orders-of"}


def test_money_that_did_not_come(desk: Any, about: Scope) -> None:
    """C1 was completed on 25 October, its seven days ended on 1 November; C2 ends on the 15th; C3 was refunded in
    full; C4 has a fee only; C5 is not shipped."""
    order(desk, "C1", "2026-10-20", 3000)
    order(desk, "C2", "2026-11-03", 3000)
    order(desk, "C3", "2026-10-20", 3000)
    desk.refund("C3", 3000, day="2026-10-21")
    order(desk, "C4", "2026-10-20", 1000)
    move(desk, "fee", "C4", -6, kind="fee")
    order(desk, "C5", "2026-10-20", 1000, open=1, done_day=None, shipped_day=None, status="paid")
    answer = no_money(desk.db, about)
    assert told(answer, "order_id", "at_stake", "came") == [("C1", 3000, None), ("C4", 1000, None)]
    assert answer.rows[0][2].show("en").startswith("Completed 2026-10-25; 30.00 CNY should have come")
    states = dict(told(settled(desk.db, about, past_days=60), "order_id", "state"))
    assert states == {
        "A0": "agrees", "C1": "no-money", "C2": "waiting", "C3": "agrees", "C4": "no-money", "C5": "waiting",
    }  # fmt: skip
    assert told(no_money(desk.db, about, done_days=6), "order_id") == [("C1",), ("C2",), ("C4",)]


def test_what_no_bill_covers_is_not_judged(desk: Any, about: Scope) -> None:
    """D1 was sold before the bills begin; D2 was paid another way, of which no bill tells; D3 in a gap."""
    order(desk, "D1", "2026-09-20", 3000)
    order(desk, "D2", "2026-10-20", 3000, payment="货到付款")
    answer = no_money(desk.db, about)
    assert answer.rows == [] and notes(answer) == {"not-covered", "no-bill"}
    desk.db.execute("DELETE FROM import_days WHERE kind = 'money_moves' AND day = '2026-10-27'")
    order(desk, "D3", "2026-10-20", 3000)
    assert told(no_money(desk.db, about), "order_id") == []
    order(desk, "D4", "2026-10-28", 3000, done=2)
    assert told(no_money(desk.db, about), "order_id") == [("D4",)]


def test_amounts_that_differ_beyond_fees(desk: Any, about: Scope) -> None:
    """E1 came 0.50 short, E2 twice, E3 with its fee beside, E4 in two parts; E5 is what the buyer paid and 2.00 of the
    platform; E6 less a refund that the orders know; E7 less one that they do not know."""
    for n in range(1, 8):
        order(desk, f"E{n}", "2026-10-12", 3000)
    desk.db.execute("UPDATE fact_orders SET sum_sold = 3200 WHERE order_id = 'E5'")
    move(desk, "1", "E1", 2950)
    move(desk, "2", "E2", 3000)
    move(desk, "3", "E2", 3000)
    move(desk, "4", "E3", 3000)
    move(desk, "5", "E3", -18, kind="fee")
    move(desk, "6", "E4", 1200)
    move(desk, "7", "E4", 1800)
    move(desk, "8", "E5", 3000)
    move(desk, "9", "E5", 200, kind="subsidy")
    for n in (6, 7):
        move(desk, f"a{n}", f"E{n}", 3000)
        move(desk, f"b{n}", f"E{n}", -1000, kind="refund")
    desk.refund("E6", 1000)
    answer = differing(desk.db, about)
    assert told(answer, "order_id", "gap", "at_stake") == [("E2", 3000, 3000), ("E7", -1000, 1000), ("E1", -50, 50)]
    terms = explain_differing(desk.db, about, "order:taobao/main/E1").terms
    assert sum(t.value or 0 for t in terms if not t.is_total) == terms[-1].value == -50
    with pytest.raises(Problem, match="no-such-row"):
        explain_differing(desk.db, about, "order:taobao/main/E99")


def test_a_tax_that_the_marketplace_keeps_is_not_owed(desk: Any, about: Scope) -> None:
    """1.45 of tax on each order. T1: told in and out; T2: told nowhere; T3 came 1.00 short besides; T4 got the tax."""
    for n in range(1, 5):
        order(desk, f"T{n}", "2026-10-12", 2145)
        desk.db.execute("UPDATE fact_orders SET tax_added = 145, sum_sold = 2000 WHERE order_id = ?", (f"T{n}",))
    for n, came in ((1, 2000), (2, 2000), (3, 1900), (4, 2000)):
        move(desk, f"s{n}", f"T{n}", came)
    move(desk, "in1", "T1", 145, kind="tax")
    move(desk, "out1", "T1", -145, kind="tax")
    move(desk, "in4", "T4", 145, kind="tax")
    assert told(differing(desk.db, about), "order_id", "gap") == [("T3", -100)]


def test_money_of_an_order_that_is_no_sale(desk: Any, about: Scope) -> None:
    order(desk, "F1", "2026-10-12", 0, counts=0, status="cancelled")
    order(desk, "F2", "2026-10-12", 0, counts=0, status="cancelled")
    move(desk, "1", "F1", 3000)
    move(desk, "2", "F2", 3000)
    move(desk, "3", "F2", -3000, kind="refund")
    (row,) = differing(desk.db, about).rows
    assert row[0] == "order:taobao/main/F1" and row[2].code == "no-sale" and row[3] == 3000


def test_money_that_two_logs_tell_is_taken_once(desk: Any, about: Scope) -> None:
    """The platform's own log, its settlement and its ledger tell the same 10.00; an insurance log tells a fee again."""
    order(desk, "G1", "2026-10-12", 1000, shop=PDD)
    desk.cover("2026-10-01", "2026-11-14", shop=PDD, kind="money_moves")
    for account in ("wallet", "settlement", "ledger"):
        move(desk, "1", "G1", 1000, shop=PDD, account=account)
        move(desk, "2", "U1", 400, shop=PDD, account=account)
    move(desk, "3", "G1", -10, kind="insurance", shop=PDD, account="insurance")
    assert differing(desk.db, about).rows == []
    assert told(unmatched(desk.db, about), "order_id", "account", "amount", "moves") == [("U1", "wallet", 400, 1)]
    again = dict(told(bills(desk.db, about), "account", "again"))
    assert again == {"alipay": 0, "wallet": 0, "settlement": 1, "ledger": 1, "insurance": 1}
    (total,) = bills(desk.db, about).notes
    assert total.params["income"] == "64.00"  # 50.00 of Alipay, 10.00 and 4.00 of the log


def test_a_day_in_the_past_knows_no_later_money(desk: Any, about: Scope) -> None:
    """H1's money came on 8 November: as of the 7th it is owed, a week after the 30th of October; what came after the
    newest day counts on that day."""
    order(desk, "H1", "2026-10-20", 3000)
    move(desk, "1", "H1", 3000, day="2026-11-08")
    move(desk, "2", "X1", 100, day="2026-11-20")
    assert told(no_money(desk.db, about), "order_id") == []
    assert told(unmatched(desk.db, about), "order_id") == [("X1",)]
    before = replace(about, as_of="2026-11-07")
    assert told(no_money(desk.db, before), "order_id") == [("H1",)]
    assert unmatched(desk.db, before).rows == []


def test_money_in_another_currency_is_not_compared(desk: Any, about: Scope) -> None:
    order(desk, "S1", "2026-10-20", 3000, shop=2, currency="USD")
    move(desk, "1", "S1", 20000, shop=2, account="shopify-payments")
    answer = differing(desk.db, about)
    assert answer.rows == [] and notes(answer) == {"other-currency"}


def test_a_store_without_orders_or_bills_says_what_to_import(shop: Any, scope: Scope) -> None:
    for ask in (unmatched, no_money, differing, settled, bills):
        answer = ask(shop.db, replace(scope, as_of=None))
        assert list(answer.rows) == [] and notes(answer) == {"no-orders"}
    shop.cover("2026-10-01", "2026-11-14")
    for ask in (unmatched, no_money, differing, settled, bills):
        assert notes(ask(shop.db, scope)) == {"no-bills"}
