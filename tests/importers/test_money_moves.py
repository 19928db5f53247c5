"""What holds for movements of all platforms: what they are called, their orders, what stands twice or is left out."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from importers import catalogue
from importers.base import norm
from importers.bills import KINDS, NEITHER, WORDS
from importers.cells import choice_reader
from importers.scenes import SCENES
from importers.sheet import workbook_sheets
from tests.importers.taking import HERE, quarantined, rows, taken

LOGS = sorted(HERE.glob("*/bill/*.csv")) + sorted(HERE.glob("*/fund/*.csv"))
SETTLEMENTS = [*sorted(HERE.glob("*/settlement/*.[cx]*")), *LOGS]


def test_kinds_have_names_in_both_languages_and_a_side() -> None:
    assert all(one.title.en and one.title.zh for one in WORDS.values())
    assert {one.side for one in WORDS.values()} == {"income", "cost", "neither", "open"}
    assert all((one.side == "neither") == (kind in NEITHER) for kind, one in WORDS.items())


@pytest.mark.parametrize(
    ("kind", "words"),
    {
        "sale": ["货款结算入账", "订单支付", "交易收入-订单收入"],
        "refund": [
            "退款-结算后退款-退用户", "退款-极速退二阶段商家资金回补", "退款-极速退二次售后-退用户",
            "退款-退转付扣减商家货款", "交易退款-订单退款",
        ],
        "subsidy": ["退款-订单退款触发-退补贴"],
        "other": ["退款-订单退款触发-退分账", "退款-订单退款触发-分账"],  # their columns say of what kind
        "insurance": ["权益保险", "退换货运费险"],
        "shipping": ["上门取件运费"],
        "penalty": ["消费者赔付", "发货物流违规扣罚", "判罚扣款", "小额打款"],
        "compensation": ["平台赔付"],
        "promotion": [
            "抖音月付与商家联合贴息活动", "平台返现/返券活动追缴用户退回平台", "评价有礼活动资金回退",
            "评价有礼保证金扣款",
        ],
        "deposit": ["充值保证金", "货款充值保证金"],
        "withdrawal": ["提现"],
        "fee": ["供应链QIC费用", "技术服务费-基础技术服务费"],
        "commission": ["达人佣金", "营销费用-多多进宝"],
    }.items(),
)  # fmt: skip
def test_words_of_the_logs_have_their_kind(kind: str, words: list[str]) -> None:
    read = choice_reader({}, patterns=SCENES)
    assert [read(word) for word in words] == [kind] * len(words)


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("sample", SETTLEMENTS, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_without_optional_columns_the_sum_is_the_same(sample: Path, share: float, tmp_path: Path) -> None:
    """Parts that are not there leave a row one move; what it came to does not change."""
    store, receipts = taken(tmp_path / "whole", [sample])
    entry = next(e for e in catalogue.entries() if e.id == receipts[0].importer)
    keep = {name for either in entry.known_by for name in either.split("|")}
    body = _cells(sample)
    at = next(n for n, row in enumerate(body) if any(norm(c) in keep for c in row) and len(row) > 5)
    random = Random(f"{sample.name} {share}")
    columns = [i for i, name in enumerate(body[at]) if norm(name) in keep or random.random() > share]
    path = tmp_path / f"{sample.stem}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[row[i] for i in columns] for row in body[at:] if len(row) == len(body[at])])
    fewer, _ = taken(tmp_path / "fewer", [path])
    total = "SELECT sum(amount_minor) FROM money_moves"
    assert rows(fewer, total) == rows(store, total)


def _cells(sample: Path) -> list[list[str]]:
    """All rows of a sample; those of all sheets below one header."""
    if sample.suffix == ".xlsx":
        first, *others = (body for _, body in workbook_sheets(sample))
        return [*first, *(row for body in others for row in body[1:])]
    data = sample.read_bytes()
    try:
        return list(csv.reader(data.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        return list(csv.reader(data.decode("gb18030").splitlines()))


@pytest.mark.parametrize("platform", ["pinduoduo", "douyin", "jd", "kuaishou", "xiaohongshu", "wechat_shop"])
def test_moves_find_the_orders_of_their_platform(platform: str, tmp_path: Path) -> None:
    """Whichever file comes first; a movement of an order that no export has is listed."""
    files = [p for kind in ("orders", "settlement", "bill", "fund") for p in (HERE / platform / kind).glob("*.[cx]*")]
    stores = [taken(tmp_path / str(n), some)[0] for n, some in enumerate((files, files[::-1]))]
    asked = (
        "SELECT DISTINCT m.order_id FROM money_moves m LEFT JOIN orders o ON o.shop = m.shop AND o.order_id ="
        " m.order_id WHERE m.order_id IS NOT NULL AND o.order_id IS NULL"
    )
    unknown = [("241007-100000000000007",)] if platform == "pinduoduo" else []
    assert [rows(store, asked) for store in stores] == [unknown, unknown]
    assert rows(stores[0], "SELECT count(*) FROM money_moves m, orders o WHERE m.order_id = o.order_id")[0][0] >= 7


def test_a_movement_of_one_number_that_differs_waits(tmp_path: Path) -> None:
    sample = HERE / "douyin/fund/动账明细_20241105.csv"
    text = sample.read_text(encoding="utf-8-sig")
    lines = text.splitlines(keepends=True)
    again = next(line for line in lines if "0000000000012" in line).replace("6.66", "7.66")
    path = tmp_path / "动账明细_20241106.csv"
    path.write_text(text + again, encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, "SELECT amount_minor FROM money_moves WHERE kind = 'compensation'") == [(666,)]
    assert [18, "duplicate-key", ""] in quarantined(store)


@pytest.mark.parametrize("sample", LOGS, ids=lambda path: path.parent.parent.name)
def test_a_log_taken_in_twice_says_nothing_new(sample: Path, tmp_path: Path) -> None:
    """The same movements in a longer export are the same moves."""
    copy = tmp_path / sample.name.replace("2024", "2025")
    copy.write_bytes(sample.read_bytes() + b"\r\n")
    store, (_, second) = taken(tmp_path / "s", [sample], [copy])
    assert second.state == "applied" and not second.outcome["inserted"] and not second.outcome["updated"]
    assert {kind for (kind,) in rows(store, "SELECT DISTINCT kind FROM money_moves")} <= KINDS


def test_a_row_without_a_number_is_the_same_whatever_it_is_called(tmp_path: Path) -> None:
    """The importer says what kind a movement is; a rule that changes must not make it a second one."""
    store, sheet = tmp_path, tmp_path / "moves_20241105.csv"
    sheet.write_text("day,sum,word\n2024-11-01,-3.00,a\n2024-11-01,-3.00,a\n2024-11-01,5.00,b\n", encoding="utf-8")
    again = tmp_path / "moves_20241106.csv"
    again.write_text(sheet.read_text(encoding="utf-8") + "2024-11-02,1.00,c\n", encoding="utf-8")
    for kind, path in (("other", sheet), ("fee", again)):
        mapping = tmp_path / f"{kind}.toml"
        mapping.write_text(MAPPING.format(kind=kind), encoding="utf-8")
        found, _ = taken(store / "s", [path], mapping=mapping)
    assert rows(found, "SELECT kind, count(*), sum(amount_minor) FROM money_moves GROUP BY kind") == [("fee", 4, 0)]


MAPPING = """shop = "own/market"
currency = "CNY"
zone = "Asia/Shanghai"
known_by = ["day", "sum", "word"]

[[into]]
[into.money_moves]
account = {{ constant = "cash" }}
kind = {{ constant = "{kind}" }}
day = {{ kind = "day", names = ["day"], required = true }}
amount = {{ kind = "money", names = ["sum"], required = true }}
note = {{ names = ["word"] }}
"""
