"""Bills, money logs and settlements of the Chinese platforms: their moves add up to what the files state, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.bills import AGAIN
from tests.importers.taking import HERE, quarantined, rows, taken

BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind ORDER BY kind"


def by_kind(folder: Path, sample: str) -> dict[str, int]:
    store, _ = taken(folder, [HERE / sample])
    return dict(rows(store, BY_KIND))


def test_pinduoduo_bill_adds_up_to_its_footer(tmp_path: Path) -> None:
    """The footer: 1342.90 came in, 2054.36 went out. 800.00 of that went to the bank, 1000.00 is a security.

    sale       101.50 + 1169.90 + 65.00 = 1336.40   subsidy      6.50
    refund    −169.90 − 65.00           = −234.90   fee         −0.65 − 7.20 = −7.85
    commission                             −5.40   penalty     −3.00 (written above zero)
    other      −2.10 − 1.11             =   −3.21
    """
    store, _ = taken(tmp_path, [HERE / "pinduoduo/bill/拼多多账单_20241105.csv"])
    assert dict(rows(store, BY_KIND)) == {
        "sale": 133640, "subsidy": 650, "refund": -23490, "fee": -785, "commission": -540, "penalty": -300,
        "other": -321, "withdrawal": -80000, "deposit": -100000,
    }  # fmt: skip
    assert rows(store, "SELECT sum(amount_minor) FROM money_moves") == [(134290 - 205436,)]
    # Order 1 left 101.50 + 6.50 − 0.65 − 5.40; withdrawals, the security and an unknown number name no order.
    assert rows(store, "SELECT sum(amount_minor) FROM money_moves WHERE order_id = '241001-100000000000001'") == [
        (10195,)
    ]
    assert rows(store, "SELECT count(*) FROM money_moves WHERE order_id IS NULL") == [(3,)]
    assert quarantined(store) == [[20, "missing-value", "收入金额"]]  # neither came in nor went out


def test_douyin_settlement_adds_up(tmp_path: Path) -> None:
    """结算金额: 92.60 + 39.90 + 41.00 + 28.50 − 16.40 + 31.00 + 0 = 216.60.

    sale        100.00 + 40.00 + 50.00 + 30.00 = 220.00, and 31.00 of a row whose parts (33.00 − 1.65) are not 31.00
    subsidy     5.00 + 3.00 + 2.00             =  10.00   refund      −20.00
    fee         −5.40 − 2.10 − 2.50 − 1.50 + 1.00 = −10.50
    commission  −10.00 − 5.00 − 1.50 + 2.00 + 0.60 = −13.90
    """
    sample = "douyin/settlement/结算账单_20241105.csv"
    found = by_kind(tmp_path, sample)
    assert found == {"sale": 25100, "subsidy": 1000, "refund": -2000, "fee": -1050, "commission": -1390}
    assert sum(found.values()) == 21660


def test_douyin_money_log_adds_up(tmp_path: Path) -> None:
    """动账金额 by direction: 92.60 + 39.90 + 41.00 − 20.00 + 3.60 − 0.50 of orders = 156.60, and
    −1.20 − 3.00 − 8.00 − 100.00 + 500.00 + 6.66 − 4.44 − 9.00; altogether 537.62.
    """
    store, (receipt,) = taken(tmp_path, [HERE / "douyin/fund/动账明细_20241105.csv"])
    found = dict(rows(store, BY_KIND))
    assert found == {
        "sale": 19000, "subsidy": 1000 - 50, "refund": -2000, "fee": -540 - 210 - 250 + 100,
        "commission": -1000 - 650 + 260, "insurance": -120, "penalty": -300 - 800, "withdrawal": -10000,
        "deposit": 50000, "compensation": 666, "other": -444, "shipping": -900,
    }  # fmt: skip
    assert sum(found.values()) == 53762
    assert receipt.ignored_by == {"duplicate": 1}  # the row of the insurance stands twice
    assert quarantined(store) == [[17, "unknown-word", "动账方向"]]


def test_douyin_money_log_with_costs_above_zero(tmp_path: Path) -> None:
    """92.60 − 18.70 − 200.00 + 7.00: the parts have the signs with which they add up; 8.00 and 0.40 never make 7.00."""
    assert by_kind(tmp_path, "douyin/fund/动账明细_短_20241106.csv") == {
        "sale": 10000 + 700, "subsidy": 800, "refund": -2000, "fee": -540 + 130, "commission": -1000,
        "withdrawal": -20000,
    }  # fmt: skip


def test_jd_settlement_adds_up(tmp_path: Path) -> None:
    """应结金额 of what is settled: 118.00 − 5.90 − 0.60 + 39.90 + 60.00 − 2.00 − 3.00 − 3.00 − 6.00 − 20.00 + 1.00
    − 8.00 (written above zero) − 1.50 − 2.22 = 166.68; 45.00 of order 105 is not settled.
    """
    store, (receipt,) = taken(tmp_path, [HERE / "jd/settlement/京东订单结算明细_20241105.csv"])
    found = dict(rows(store, BY_KIND))
    assert found == {
        "sale": 11800 + 3990 + 6000, "refund": -2000, "fee": -590 - 200 - 300 - 300 + 100 - 150, "insurance": -60,
        "shipping": -600, "penalty": -800, "other": -222,
    }  # fmt: skip
    assert sum(found.values()) == 16668
    assert receipt.ignored_by == {"unsettled": 1}
    # The day on which the money arrived, else that of the bill, else the expected one.
    asked = "SELECT DISTINCT day FROM money_moves WHERE order_id = ?"
    days = {n: rows(store, asked, f"298000000{n}") for n in (101, 103, 104)}
    assert days == {101: [("2024-10-16",)], 103: [("2024-10-15",)], 104: [("2024-10-16",)]}


def test_a_jd_row_whose_day_is_known_later_is_the_same_move(tmp_path: Path) -> None:
    sample = HERE / "jd/settlement/京东订单结算明细_20241105.csv"
    later = tmp_path / "京东订单结算明细_20241205.csv"
    text = sample.read_bytes().decode("gb18030")
    later.write_bytes(
        text.replace("2024-10-15 02:00:00,,,", "2024-10-15 02:00:00,2024-10-18 02:00:00,,").encode("gb18030")
    )
    store, (_, second) = taken(tmp_path / "s", [sample], [later])
    assert +second.outcome == {"updated": 1, "unchanged": 13}
    assert rows(store, "SELECT amount_minor, day FROM money_moves WHERE kind = 'penalty'") == [(-800, "2024-10-18")]


def test_kuaishou_settlement_adds_up(tmp_path: Path) -> None:
    """实际结算金额 over both sheets: 1130.00 + 28.92 + 0 + 20.00 − 11.40 = 1167.52; costs are written above zero.

    sale       1299.90 + 40.00 + 50.00, and 20.00 of a row whose parts (30.00 − 1.50 − 0.80) are not 20.00
    subsidy    25.00 + 2.00        refund      −10.50 − 50.00 − 12.00
    fee        −64.90 − 1.58 + 0.60 commission  −130.00 − 1.00
    """
    found = by_kind(tmp_path, "kuaishou/settlement/快手结算账单_20241105.xlsx")
    assert found == {"sale": 140990, "subsidy": 2700, "refund": -7250, "fee": -6588, "commission": -13100}
    assert sum(found.values()) == 116752


def test_kuaishou_money_log_adds_up(tmp_path: Path) -> None:
    """1130.00 + 28.92 − 11.40 − 1.10 − 500.00 − 100.00 − 5.00 − 3.21 = 538.21; 20.00 was frozen and released."""
    store, (receipt,) = taken(tmp_path, [HERE / "kuaishou/fund/快手资金流水_20241105.csv"])
    found = dict(rows(store, BY_KIND))
    assert found == {
        "sale": 115892, "refund": -1140, "insurance": -110, "withdrawal": -50000, "deposit": -10000, "penalty": -500,
        "other": -321,
    }  # fmt: skip
    assert sum(found.values()) == 53821 and receipt.ignored_by == {"frozen": 2}
    assert rows(store, "SELECT count(*) FROM money_moves WHERE order_id IS NULL") == [(3,)]


def test_xiaohongshu_settlement_adds_up(tmp_path: Path) -> None:
    """动账金额: 95.09 + 39.66 − 17.82 + 41.00 − 9.50 (a refund, written above zero) = 148.43.

    sale     106.00 + 39.90, and 41.00 of a row whose only part is 50.00      subsidy     5.00 + 2.00 − 1.00
    refund   −20.00 − 10.00      fee  −5.91 − 2.24 + 1.18 + 0.50              commission  −10.00 + 2.00
    """
    found = by_kind(tmp_path, "xiaohongshu/settlement/小红书结算明细_20241105.xlsx")
    assert found == {"sale": 18690, "subsidy": 600, "refund": -3000, "fee": -647, "commission": -800}
    assert sum(found.values()) == 14843


def test_xiaohongshu_other_amounts(tmp_path: Path) -> None:
    """−5.00 − 1.30 + 8.00 − 2.50 − 5.00 = −5.80: two payments of 5.00 to one buyer are two."""
    found = by_kind(tmp_path, "xiaohongshu/other_settlement/其他款项_20241105.csv")
    assert found == {"penalty": -1000, "insurance": -130, "compensation": 800, "other": -250}


def test_xiaohongshu_small_payments(tmp_path: Path) -> None:
    """15.00 + 6.00 − 6.00 − 10.00 = 5.00; a row without an amount waits."""
    store, _ = taken(tmp_path, [HERE / "xiaohongshu/small_payments/小额收款_20241105.csv"])
    assert dict(rows(store, BY_KIND)) == {"sale": 2100, "refund": -600, "withdrawal": -1000}
    assert rows(store, "SELECT order_id, amount_minor FROM money_moves WHERE order_id IS NOT NULL") == [
        ("P74000000000000004", 1500)
    ]
    assert quarantined(store) == [[6, "missing-value", "收入（元）"]]


def test_wechat_shop_money_log_adds_up(tmp_path: Path) -> None:
    """118.00 + 1299.90 − 5.90 − 12.00 − 299.90 + 1.50 − 0.80 − 600.00 − 0.30 = 500.50."""
    found = by_kind(tmp_path, "wechat_shop/fund/资金流水_20241105.csv")
    assert found == {
        "sale": 141790, "refund": -29990, "fee": -440, "commission": -1200, "insurance": -80, "withdrawal": -60000,
        "other": -30,
    }  # fmt: skip
    assert sum(found.values()) == 50050


def test_douyin_ledger_is_an_account_of_its_own(tmp_path: Path) -> None:
    """92.60 − 20.00 − 1.20 − 100.00 (written above zero) − 4.44 = −33.04, beside the log that tells it in parts."""
    samples = [HERE / "douyin/ledger/收支流水_20241105.csv", HERE / "douyin/fund/动账明细_20241105.csv"]
    store, _ = taken(tmp_path, samples)
    asked = "SELECT account, sum(amount_minor) FROM money_moves GROUP BY account ORDER BY account"
    assert rows(store, asked) == [("ledger", -3304), ("wallet", 53762)]
    assert "ledger" in AGAIN and "wallet" not in AGAIN


@pytest.mark.parametrize(
    ("folder", "amount"),
    [
        # 0.60 + 0.75 + 0.90 by policy (a fourth was paid back), 0.60 + 0.60 + 0.90 by movement.
        ("douyin/insurance", {"insurance": -225 - 210}),
        ("douyin/inspection", {"fee": -350 - 120}),  # 3.50 more are not settled
        ("kuaishou/insurance", {"insurance": -50 - 80}),  # the shop's part, not the platform's 0.30
        ("wechat_shop/inspection", {"fee": -820 - 700}),
        # 5.40 + 1.08, 3.00 and 1.00; 1.00 + 0.20 came back, another case is not done.
        ("taobao/promoters", {"commission": -648 - 300 - 100 + 120}),
    ],
)
def test_fees_that_files_of_their_own_tell_again(folder: str, amount: dict[str, int], tmp_path: Path) -> None:
    store, receipts = taken(tmp_path, sorted((HERE / folder).glob("*.csv")))
    assert dict(rows(store, BY_KIND)) == amount
    assert {account for (account,) in rows(store, "SELECT account FROM money_moves")} <= AGAIN
    assert all(receipt.state == "applied" for receipt in receipts)
