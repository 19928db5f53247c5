"""Bills of Alipay, WeChat Pay and 千牛: signed amounts by kind, and the order that each belongs to, by hand."""

from __future__ import annotations

import zipfile
from itertools import permutations
from pathlib import Path

import pytest

from importers import bills
from importers.alipay._words import kind_of, order_id
from tests.importers.taking import HERE, SHARED, digest, quarantined, rows, taken

LOG = HERE / "alipay" / "account_log" / "20880000000000000156_202605_账务明细.csv"
OLD_LOG = HERE / "alipay" / "account_log" / "账务明细_201908.csv"
MERCHANT = HERE / "alipay" / "merchant_bill" / "商家账单_20260601.xlsx"
BUSINESS = HERE / "alipay" / "business" / "20880000000000000156_202605_业务明细.csv"
SUMMARY = HERE / "alipay" / "refused" / "20880000000000000156_202605_业务明细(汇总).csv"
PERSONAL = HERE / "alipay" / "personal" / "alipay_record_20260601_0912_1.csv"
WECHAT = HERE / "wechat_pay" / "merchant_bill" / "1900000109All2026-05-01_2026-05-31.csv"
OLD_WECHAT = HERE / "wechat_pay" / "merchant_bill" / "微信支付账单_20190903.csv"
WECHAT_PERSONAL = HERE / "wechat_pay" / "personal" / "微信支付账单(20260501-20260531).csv"
QIANNIU = HERE / "taobao" / "wechat_bill" / "微信支付账单_20260601.xlsx"

BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind ORDER BY kind"


def by_kind(store: Path) -> dict[str, int]:
    found = dict(rows(store, BY_KIND))
    assert set(found) <= bills.KINDS
    return found


# --- Alipay ---


def test_money_of_the_account_log(tmp_path: Path) -> None:
    """Sales 88.00 + 168.00, less 10.00 back; fee 0.53, commission 8.40, freight insurance 1.20; 6.00 in a word that
    nobody knows. 1000.00 taken out and 100.00 transferred are neither income nor cost.

    The balance went from 1000.00 to 141.87: 256.00 − 10.00 − 10.13 + 6.00 − 1100.00 = −858.13.
    """
    store, _ = taken(tmp_path, [LOG])
    assert by_kind(store) == {
        "sale": 25600, "refund": -1000, "fee": -53, "commission": -840, "insurance": -120, "other": 600,
        "withdrawal": -100000, "transfer": -10000,
    }  # fmt: skip
    assert rows(store, "SELECT sum(amount_minor) FROM money_moves") == [(14187 - 100000,)]
    assert quarantined(store) == [[16, "missing-value", "账务流水号"], [17, "future-date", "发生时间"]]


def test_the_older_log_says_who_was_paid_by_the_sign(tmp_path: Path) -> None:
    """45.50 of a buyer, 5.50 back to him, and 40.00 that the merchant himself paid for a purchase."""
    store, _ = taken(tmp_path, [OLD_LOG])
    assert by_kind(store) == {"sale": 4550, "refund": -550, "other": -4000}


@pytest.mark.parametrize(
    ("base", "merchant", "remark", "found"),
    [
        ("6100000000000001", "T200P6100000000000002", "tradeid:6100000000000003", ("6100000000000001", "base-order")),
        ("FP301_20260502001", "T200P6100000000000002", "tradeid:6100000000000003", ("6100000000000002", "t200p")),
        (
            None,
            "20260502SUPPLY",
            "佣金 tradeid:6100000000000003 (6100000000000004)扣款",
            ("6100000000000003", "trade-id"),
        ),
        (None, None, "运费险（6100000000000004）扣款", ("6100000000000004", "charged")),
        ("FP301_6100000000000001", None, "(竹编篮)扣款", (None, None)),
        (None, "T200P", "tradeid:12", (None, None)),
    ],
)
def test_where_the_number_of_the_order_is_hidden(
    base: str | None, merchant: str | None, remark: str | None, found: tuple[str | None, str | None]
) -> None:
    assert order_id(base, merchant, remark) == found


@pytest.mark.parametrize(
    ("words", "amount", "kind"),
    [
        ("交易退款 技术服务费退款", 5, bills.FEE),  # a fee that comes back stays a fee
        ("赔付", -5, bills.PENALTY),
        ("平台赔付", 5, bills.COMPENSATION),
        ("交易退款", 5, bills.OTHER),  # of the merchant's own purchase
        ("充值保证金", -5, bills.DEPOSIT),
        ("", 5, bills.OTHER),
    ],
)
def test_kinds(words: str, amount: int, kind: str) -> None:
    assert kind_of(words, amount) == kind


ORDERS = """订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额
6100000000000001,88.00,0.00,88.00,88.00,交易成功,2026-05-01 09:59:00,2026-05-01 10:00:00,10.00
6100000000000002,168.00,0.00,168.00,168.00,交易成功,2026-05-02 10:59:00,2026-05-02 11:00:00,0.00
"""


def test_bills_meet_their_orders(tmp_path: Path) -> None:
    """Order 1: 88.00 − 0.53 − 10.00; order 2: 168.00 − 8.40. Of order 3 no order file tells, of 100.00, 1000.00 and
    6.00 the bill itself names no order.
    """
    orders = tmp_path / "ExportOrderList202606010900.csv"
    orders.write_text(ORDERS, encoding="utf-8")
    store, _ = taken(tmp_path / "s", [LOG, orders])
    joined = (
        "SELECT m.order_id, sum(m.amount_minor), o.paid_minor FROM money_moves m"
        " LEFT JOIN orders o ON o.order_id = m.order_id GROUP BY m.order_id ORDER BY m.order_id"
    )
    assert rows(store, joined) == [
        (None, 600 - 10000 - 100000, None),
        ("6100000000000001", 7747, 8800),
        ("6100000000000002", 15960, 16800),
        ("6100000000000003", -120, None),
    ]


def test_the_log_and_the_merchant_bill_state_a_movement_once(tmp_path: Path) -> None:
    stores = [
        taken(tmp_path / str(n), *([file] for file in files))[0]
        for n, files in enumerate(permutations((LOG, MERCHANT)))
    ]
    assert digest(stores[0]) == digest(stores[1])
    assert by_kind(stores[0])["sale"] == 25600 and by_kind(stores[0])["refund"] == -1000


class Member(zipfile.ZipInfo):
    """A member whose name is written in GBK without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_transactions_come_in_a_zip_with_a_summary_that_is_refused(tmp_path: Path) -> None:
    """88.00 + 160.00 received, 10.00 back; fees −0.53 − 0.96 + 0.06, share −4.00, as the footer says.

    The members' names are GBK without a flag, as Alipay writes them.
    """
    archive = tmp_path / "20880000000000000156_202605.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in (SUMMARY, BUSINESS):
            out.writestr(Member(path.name), path.read_bytes())
    with zipfile.ZipFile(archive) as back:
        assert not any(one.flag_bits & 0x800 for one in back.infolist())
    store, receipts = taken(tmp_path / "s", [archive])
    assert [receipt.problem.code if receipt.problem else receipt.importer for receipt in receipts] == [
        "refused-by-name", "alipay business",
    ]  # fmt: skip
    assert receipts[0].path.endswith("业务明细(汇总).csv")
    assert by_kind(store) == {"sale": 24800, "refund": -1000, "fee": -143, "commission": -400}
    assert rows(store, "SELECT DISTINCT account FROM money_moves") == [("alipay-business",)]
    found = rows(store, "SELECT DISTINCT order_id FROM money_moves ORDER BY 1")
    assert found == [("6100000000000001",), ("E20260502-0007",)]


def test_the_personal_bill_of_alipay(tmp_path: Path) -> None:
    """In: 45.00 + 88.00, and 30.00 that came back; out: 120.00 + 30.00 + 9.90 + 8.00; transferred 500.00. A deal for
    which nothing was paid is no movement, and a sale of funds has no amount.
    """
    store, (receipt,) = taken(tmp_path, [PERSONAL])
    assert by_kind(store) == {"other": 4500 + 8800 + 3000 - 12000 - 3000 - 990 - 800, "transfer": -50000}
    assert receipt.ignored_by == {"other": 1, "duplicate": 1}
    assert rows(store, "SELECT order_id FROM money_moves WHERE order_id IS NOT NULL") == [("6100000000000007",)]


# --- WeChat Pay ---


def test_money_of_the_merchant_bill(tmp_path: Path) -> None:
    """88.00 + 160.00 (8.00 of 168.00 by voucher), 10.00 back, fees −0.53 − 0.96 + 0.06 = −1.43 as the summary says;
    in the older bill 45.50, 5.50 back, fees −0.27 + 0.03 = −0.24. The summary's two rows are no records.
    """
    store, (receipt,) = taken(tmp_path / "new", [WECHAT])
    assert by_kind(store) == {"sale": 24800, "refund": -1000, "fee": -143}
    assert receipt.ignored_by == {"total": 2}
    assert quarantined(store) == [[5, "unknown-word", "交易状态"], [6, "missing-value", "退款金额"]]
    assert rows(store, "SELECT DISTINCT account, order_id FROM money_moves ORDER BY 2") == [
        ("wechat-pay:1900000109", "XD20260501001"), ("wechat-pay:1900000109", "XD20260502001"),
    ]  # fmt: skip
    old, (receipt,) = taken(tmp_path / "old", [OLD_WECHAT])
    assert by_kind(old) == {"sale": 4550, "refund": -550, "fee": -24}
    assert receipt.ignored_by == {"total": 2}


def test_the_personal_bill_of_wechat(tmp_path: Path) -> None:
    """In 23.00 + 0.07, out 28.16; 100.10 taken out are 100.00 and a fee of 0.10; 1300.00 put in; 500.00 transferred.
    A line whose quotation mark stays in the middle of a cell cannot be split and waits.
    """
    store, _ = taken(tmp_path, [WECHAT_PERSONAL])
    assert by_kind(store) == {
        "other": 2300 + 7 - 2816, "withdrawal": -10000, "fee": -10, "deposit": 130000, "transfer": -50000,
    }  # fmt: skip
    assert quarantined(store) == [[19, "unreadable-row", ""]]
    kept = store.read_bytes()
    assert not [word for word in ("何知秋", "陶土坊", "招商银行", "工商银行") if word.encode() in kept]


# --- 千牛 ---


def test_the_wechat_bill_of_taobao(tmp_path: Path) -> None:
    """60.00 + 40.00 of one payment, 40.00 back, fee 0.36, 1.00 of a campaign; 100.00 taken out."""
    store, _ = taken(tmp_path, [QIANNIU])
    assert by_kind(store) == {"sale": 10000, "refund": -4000, "fee": -36, "other": 100, "withdrawal": -10000}
    asked = "SELECT sum(amount_minor) FROM money_moves WHERE order_id = '6100000000000011'"
    assert rows(store, asked) == [(5964,)]
    at = "SELECT at FROM fact_money_moves WHERE kind = 'refund'"
    assert rows(store, at) == [(1777878000,)]  # 4 May 2026, 15:00 in China


# --- real samples beside the repository ---


@pytest.mark.parametrize(
    ("name", "importer", "read", "moves"),
    [
        # One deal was closed and never paid.
        ("alipay/alipay-personal-bill_gbk.csv", "alipay personal", 10, 9),
        # Three took money out and paid a fee for it.
        ("wechat_pay/wechat-personal-bill_utf8.csv", "wechat_pay personal", 27, 30),
    ],
)
def test_a_real_bill_is_taken_in_whole(name: str, importer: str, read: int, moves: int, tmp_path: Path) -> None:
    """Rows from later years were put into these files: they are dated after the newest."""
    sample = SHARED / "samples" / name
    if not sample.exists():
        pytest.skip(f"no {sample}")
    store, (receipt,) = taken(tmp_path, [sample], exported="2024-12-31")
    assert (receipt.importer, receipt.read, receipt.outcome["quarantined"]) == (importer, read, 0)
    assert rows(store, "SELECT count(*) FROM money_moves") == [(moves,)]


# --- what bills state about their own sums ---

SHOPIFY = HERE / "shopify" / "payouts" / "payouts_export_20260711.csv"
PDD = HERE / "pinduoduo" / "bill" / "拼多多账单_20241105.csv"


def differing(folder: Path, sample: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The stated sums that the rows of a changed sample do not come to, as its receipt says."""
    data = sample.read_bytes()
    encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding := "gb18030")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / sample.name
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    _, (receipt,) = taken(folder / "s", [path])
    assert receipt.problem is None
    return [
        tuple(note.params[name] for name in ("name", "found", "stated"))
        for note in receipt.notes if note.code == "sum-differs"
    ]  # fmt: skip


TOTALLED = [LOG, OLD_LOG, BUSINESS, OLD_WECHAT, PDD, SHOPIFY, PERSONAL]


@pytest.mark.parametrize("sample", TOTALLED, ids=lambda path: path.parent.name)
def test_the_stated_sums_hold_to_the_cent(sample: Path, tmp_path: Path) -> None:
    assert differing(tmp_path, sample) == []


@pytest.mark.parametrize(
    ("sample", "old", "new", "found"),
    [
        (LOG, ",88.00,,", ",88.01,,", ("收入合计", "262.01", "262.00")),
        (LOG, ",,-8.40,", ",,-8.39,", ("支出合计", "1120.12", "1120.13")),
        (OLD_LOG, ",\t,5.50", ",\t,5.49", ("支出合计", "45.49", "45.50")),
        (BUSINESS, "160.00\t", "160.01\t", ("交易合计", "248.01", "248.00")),
        (BUSINESS, "-10.00\t,0.00", "-10.10\t,0.00", ("退款合计", "10.10", "10.00")),
        (OLD_WECHAT, "`0.27000", "`0.28000", ("手续费总金额", "0.25", "0.24")),
        (OLD_WECHAT, "`45.50,`0.00,`0,", "`45.51,`0.00,`0,", ("总交易额", "45.51", "45.50")),
        (OLD_WECHAT, "`5.50,", "`5.60,", ("总退款金额", "5.60", "5.50")),
        (PDD, ",6.50,-,", ",6.51,-,", ("收入合计", "1342.91", "1342.90")),
        (PDD, ",-5.40,", ",-5.30,", ("支出合计", "2054.26", "2054.36")),
        (PERSONAL, "45.00", "45.10", ("收入", "133.10", "133.00")),
        (SHOPIFY, "95.08,", "95.09,", ("Total 2026-07-10", "13.75", "13.74")),
    ],
)
def test_a_sum_that_differs_by_a_cent_is_said(
    sample: Path, old: str, new: str, found: tuple[str, str, str], tmp_path: Path
) -> None:
    assert differing(tmp_path, sample, (old, new)) == [found]


def test_rows_that_wait_are_why_a_sum_differs(tmp_path: Path) -> None:
    """5.00 of an unknown state and 3.00 without a number wait: 253.00 − 5.00, 13.00 − 3.00."""
    assert differing(tmp_path, WECHAT) == [("应结订单总金额", "248.00", "253.00"), ("退款总金额", "10.00", "13.00")]
