"""merchant coverage: which days are there, which are missing, which file was cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from importers import catalogue
from merchant_cli.desks.covered import KINDS

HEAD = "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku\n"  # noqa: E501


def order(number: int, day: str) -> str:
    return f"#{number},a@example.com,paid,{day} 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1\n"


def take(run: Callable[..., Any], folder: Path, name: str, *rows: str) -> None:
    path = folder / name
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    assert run("import", str(path), "--quiet").code == 0


def asked(run: Callable[..., Any], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = run(*words, "--json").json
    return found


def test_a_gap_is_named(tmp_path: Path, run: Callable[..., Any]) -> None:
    take(run, tmp_path, "orders_export_20250304.csv", order(1, "2025-03-01"), order(2, "2025-03-03"))
    take(run, tmp_path, "orders_export_20250312.csv", order(3, "2025-03-08"), order(4, "2025-03-10"))
    body = asked(run, "coverage")
    (row,) = body["rows"]
    # covered: 1-3 and 8-10 March; 4-7 March are in no file
    assert (row["shop"], row["kind"]) == ("shopify/main", "orders")
    assert (row["first"], row["last"]) == ("2025-03-01", "2025-03-10")
    assert (row["covered"], row["missing"], row["gaps"], row["behind"]) == (6, 4, "2025-03-04 – 2025-03-07", 0)
    body = asked(run, "coverage", "--since", "2025-02-28", "--until", "2025-03-10")
    # 28 February is before the first file; the last day of each file is not over when the file is made
    assert body["rows"][0]["calendar"] == " ##-... .##-"


def test_an_empty_store_says_what_to_do(tmp_path: Path, run: Callable[..., Any]) -> None:
    body = asked(run, "coverage")
    assert body["desk"] is None and body["rows"] == [] and "merchant import" in body["notes"][0]


def test_a_file_that_was_cut_off_is_named(tmp_path: Path, run: Callable[..., Any]) -> None:
    whole = "#7,a@example.com,paid,2025-03-01 10:00:00 +0000,USD,20.00,20.00,Mug,1,10.00,A-1\n"
    second = "#7,,,,,,,Bowl,1,10.00,B-1\n"
    take(run, tmp_path, "orders_export_20250305.csv", whole, second)
    take(run, tmp_path, "orders_export_20250306.csv", whole)
    notes = asked(run, "coverage")["notes"]
    assert any("orders_export_20250306.csv) is cut off: 1 order has fewer lines" in note for note in notes), notes


BILL = "账务流水号,业务流水号,商品名称,发生时间,收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型,备注,商户订单号,对方账号,业务描述\n"  # noqa: E501
END = "#-----账务明细列表结束-----\n"


def bill(folder: Path, name: str, *days: str, end: str = END) -> Path:
    """Alipay's account log with an income of 10.00 on each of these days."""
    rows = [f"{n}{day[-2:]}00,{n}1,杯,{day} 10:00:00,10.00,,100.00,交易,,T200P{n},,0010001|交易收款-交易收款\n"
            for n, day in enumerate(days, 2025)]  # fmt: skip
    path = folder / name
    path.write_text("#支付宝账务明细查询\n" + BILL + "".join(rows) + end, encoding="gb18030")
    return path


def visits(folder: Path, *days: str) -> Path:
    path = folder / "店铺取数_20250320.csv"
    rows = [f"{day},杯子铺,10,20,0,0.00\n" for day in days]
    path.write_text("统计日期,店铺名称,访客数,浏览量,支付买家数,支付金额\n" + "".join(rows), encoding="gb18030")
    return path


def test_gaps_of_several_kinds_in_both_languages(tmp_path: Path, run: Callable[..., Any]) -> None:
    take(run, tmp_path, "orders_export_20250304.csv", order(1, "2025-03-01"), order(2, "2025-03-03"))
    take(run, tmp_path, "orders_export_20250312.csv", order(3, "2025-03-06"), order(4, "2025-03-10"))
    for path in (
        bill(tmp_path, "账务明细_20250303.csv", "2025-03-01", "2025-03-02"),
        bill(tmp_path, "账务明细_20250309.csv", "2025-03-05", "2025-03-08"),
        visits(tmp_path, "2025-03-01", "2025-03-02", "2025-03-04", "2025-03-07"),
    ):
        assert run("import", str(path), "--quiet").code == 0
    rows = {row["kind"]: row for row in asked(run, "coverage")["rows"]}
    # orders 1-3 and 6-10, bills 1-2 and 5-8, visits on four days of which only 1 and 2 March are neighbours
    assert {kind: (row["missing"], row["gaps"]) for kind, row in rows.items()} == {
        "orders": (2, "2025-03-04 – 2025-03-05"),
        "money_moves": (2, "2025-03-03 – 2025-03-04"),
        "traffic": (3, "2025-03-03, 2025-03-05 – 2025-03-06"),
    }
    assert {kind: row["behind"] for kind, row in rows.items()} == {"orders": 0, "money_moves": 2, "traffic": 3}
    for lang, words in (("en", ("orders", "money moves", "traffic")), ("zh", ("订单", "资金流水", "流量"))):
        text = run("coverage", "--lang", lang).out
        assert all(word in text for word in words)
        assert "2025-03-03, 2025-03-05 – 2025-03-06" in text and "2025-03-03 – 2025-03-04" in text


def test_a_file_whose_rows_do_not_reach_its_total_is_named(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = bill(tmp_path, "账务明细_20250309.csv", "2025-03-05", "2025-03-06", end="#收入合计：3笔，共30.00元\n" + END)
    assert run("import", str(path), "--quiet").code == 0
    for lang, words in (
        ("en", "(账务明细_20250309.csv) may be cut off: its rows add up to 20.00, its own total says 30.00."),
        ("zh", "（账务明细_20250309.csv）可能不完整：各行合计 20.00，文件自己的合计是 30.00。"),
    ):
        assert words in run("coverage", "--lang", lang).out


def test_own_sheets_are_named_after_the_shops(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("SKU,Location,Counted units,Counted on\nA-1,,5,2025-03-02\nB-1,,2,2025-03-04\n", encoding="utf-8")
    assert run("import", str(path), "--quiet").code == 0
    (row,) = asked(run, "coverage")["rows"]
    assert (row["shop"], row["kind"], row["first"], row["last"], row["behind"]) == (
        "own", "stock", "2025-03-02", "2025-03-04", 0,
    )  # fmt: skip
    assert row["missing"] is None and "自制表" in run("coverage", "--lang", "zh").out
    take(run, tmp_path, "orders_export_20250306.csv", order(1, "2025-03-05"))
    assert [row["shop"] for row in asked(run, "coverage")["rows"]] == ["shopify/main", "own"]
    assert run("import", str(bill(tmp_path, "账务明细_20250303.csv", "2025-03-01")), "--quiet").code == 0
    assert [row["shop"] for row in asked(run, "coverage")["rows"]] == ["alipay/main", "shopify/main", "own"]
    assert [row["shop"] for row in asked(run, "coverage", "--shop", "shopify/main")["rows"]] == ["shopify/main"]


def test_one_shop_only_and_chinese(tmp_path: Path, run: Callable[..., Any]) -> None:
    take(run, tmp_path, "orders_export_20250304.csv", order(1, "2025-03-01"))
    assert asked(run, "coverage", "--shop", "shopify/main", "--lang", "zh")["columns"][0]["label"] == "店铺"


def test_every_kind_of_file_has_a_word() -> None:
    kinds = {entry.load().kind for entry in catalogue.entries() if entry.refused is None}
    assert kinds - {""} <= KINDS.keys()
