"""A folder of thirty mixed files goes in with one command; every receipt adds up; a second run changes nothing."""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import mixed_files
import pytest

from merchant_cli.app import main
from merchant_cli.basics.faults import FAULTS


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mixed") / "inbox"
    mixed_files.write(path)
    return path


@pytest.fixture(scope="module")
def taken(folder: Path) -> Iterator[Path]:
    """The path of a store that took the folder in; tests must leave it as it is."""
    path = folder.parent / "merchant.db"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("STORE", path), ("KEY", path.with_name("buyer.key")), ("SETTLE", 0), ("LANG", "en")):
            patch.setenv(f"MERCHANT_{name}", str(value))
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
            assert main(["import", str(folder), "--json"]) == 3
        path.with_suffix(".json").write_text(out.getvalue(), encoding="utf-8")
    yield path


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: str) -> Ran:
        capsys.readouterr()
        code = main(list(words))
        return Ran(code, *capsys.readouterr())

    return go


@pytest.fixture
def ask(run: Run, taken: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the store that took the folder in."""
    monkeypatch.setenv("MERCHANT_STORE", str(taken))
    monkeypatch.setenv("MERCHANT_KEY", str(taken.with_name("buyer.key")))
    return run


# Path below the folder → shop, then rows read = inserted + updated + unchanged + quarantined + ignored.
TAKEN = {
    "淘宝/ExportOrderList202503110900.csv": ("taobao/main", 3, 3, 0, 0, 0, 0),
    # T2 is shipped now, T3 is paid, T4 is new.
    "淘宝/ExportOrderList202503140900.csv": ("taobao/main", 3, 1, 2, 0, 0, 0),
    "淘宝/ExportOrderList202503160900.csv": ("taobao/main", 0, 0, 0, 0, 0, 0),
    "淘宝/ExportOrderDetailList202503110901.csv": ("taobao/main", 4, 4, 0, 0, 0, 0),
    # The line of T1 that it lacks stays: the file before it has both.
    "淘宝/ExportOrderDetailList202503120901.csv": ("taobao/main", 3, 0, 0, 3, 0, 0),
    # T4 is new, and T3's line says now that it was paid.
    "淘宝/ExportOrderDetailList202503140901.csv": ("taobao/main", 3, 1, 1, 1, 0, 0),
    "京东订单_20250312 (1).csv": ("jd/main", 2, 2, 0, 0, 0, 0),
    "拼多多/orders_export_20250313.csv": ("pinduoduo/main", 2, 2, 0, 0, 0, 0),
    "抖音/订单_20250313.csv": ("douyin/main", 2, 2, 0, 0, 0, 0),
    "orders_export_20250313.csv": ("shopify/main", 4, 4, 0, 0, 0, 0),
    # Two orders in three rows, older than what is there.
    "打包.zip!orders_export_20250309.csv": ("shopify/main", 3, 0, 0, 3, 0, 0),
    "打包.zip!优惠券.csv": ("", 1, 1, 0, 0, 0, 0),
    "order_export_2025-03-12-08-00-00.csv": ("woocommerce/main", 2, 2, 0, 0, 0, 0),
    "50312020031.txt": ("amazon/main", 2, 2, 0, 0, 0, 0),
    # Two moves; the line that ends the list.
    "20880000000000000156_202503_账务明细.zip!20880000000000000156_202503_账务明细.csv": (
        "alipay/main", 3, 2, 0, 0, 0, 1,
    ),
    # Two payments; the two rows of its sums.
    "1900000109All2025-03-08_2025-03-10.csv": ("wechat_pay/main", 4, 2, 0, 0, 0, 2),
    "店铺取数_20250313.csv": ("taobao/main", 6, 6, 0, 0, 0, 0),
    "products_export_20250313.csv.gz!products_export_20250313.csv": ("shopify/main", 2, 2, 0, 0, 0, 0),
    # -3 of PAN waits, HU-200 was not counted.
    "库存盘点.xlsx": ("", 4, 2, 0, 0, 1, 1),
    "成本.xlsx": ("", 2, 2, 0, 0, 0, 0),
}  # fmt: skip
AGAIN = ("京东订单_20250312.csv", "备份/shopify 新.csv")  # the same bytes under another name
REFUSED = {
    "20880000000000000156_202503_账务明细.zip!20880000000000000156_202503_业务明细(汇总).csv": "refused-by-name",
    "打包.zip!说明.txt": "no-header",
    "备份/旧表.xls": "workbook-refused",
    "工资 加密.xlsx": "locked",
    "成本 半.xlsx": "truncated",
    "截图.xlsx": "not-a-table",
    "淘宝/ExportOrderList202503150900.csv": "truncated",
    "空.csv": "file-empty",
    "空白.csv": "file-empty",
    "菜谱.csv": "unknown-sheet",
    "接口.csv": "json-file",
}
OUTCOMES = ("inserted", "updated", "unchanged", "quarantined", "ignored")


def told(body: Any, folder: Path) -> dict[str, dict[str, Any]]:
    """Path below the folder → receipt."""
    return {one["path"].removeprefix(f"{folder}/"): one for one in body["files"]}


@pytest.fixture
def receipts(taken: Path, folder: Path) -> dict[str, dict[str, Any]]:
    return told(json.loads(taken.with_suffix(".json").read_text(encoding="utf-8")), folder)


def rows(run: Run, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in run("sql", sql, "--json").json["rows"]]


def test_there_are_thirty(folder: Path) -> None:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert len(found - set(mixed_files.LITTER)) == 30 and found == set(mixed_files.files())
    told_of = {name.partition("!")[0] for name in (*TAKEN, *AGAIN, *REFUSED)}
    assert told_of == found - set(mixed_files.LITTER), "nothing is said of what programs leave lying about"


def test_each_file_comes_to_what_it_should(ask: Run, receipts: dict[str, dict[str, Any]]) -> None:
    assert set(receipts) == {*TAKEN, *AGAIN, *REFUSED}
    for name, (shop, *counts) in TAKEN.items():
        one = receipts[name]
        assert (one["state"], one["shop"] or "") == ("applied", shop), name
        assert [one["read"], *(one[outcome] for outcome in OUTCOMES)] == counts, name
    for name in AGAIN:
        assert receipts[name]["state"] == "already imported", name
    assert {name: receipts[name]["problem"]["code"] for name in REFUSED} == REFUSED
    assert all(receipts[name]["state"] == "refused" for name in REFUSED)
    for name, one in receipts.items():
        assert one["read"] == sum(one[outcome] for outcome in OUTCOMES), name
    assert [row["code"] for row in ask("quarantine", "--json").json["rows"]] == ["negative-units"]


def test_the_store_holds_what_the_files_say(ask: Run) -> None:
    # Taobao 100 + 60 + 30 + 48; JD 2 × 59 + 45; Pinduoduo 80 - 10 and 25; Douyin 35 + 5 and 38;
    # Shopify 2 × 15 + 20, 15 and 48; WooCommerce 30 + 10; Amazon, tax inside, 24 + 18.
    assert rows(ask, "SELECT shop, currency, count(*), sum(sold_minor) FROM orders WHERE counts = 1 GROUP BY 1, 2") == [
        ("amazon/main", "GBP", 2, 4200), ("douyin/main", "CNY", 2, 7800), ("jd/main", "CNY", 2, 16300),
        ("pinduoduo/main", "CNY", 2, 9500), ("shopify/main", "USD", 3, 11300), ("taobao/main", "CNY", 4, 23800),
        ("woocommerce/main", "EUR", 2, 4000),
    ]  # fmt: skip
    # T1 has both of its lines: 3 + 1 + 1 + 1 units.
    lines = "SELECT shop, count(*), sum(units), sum(sold_minor) FROM order_lines GROUP BY 1"
    assert rows(ask, lines) == [
        ("amazon/main", 2, 3, 4200), ("douyin/main", 2, 3, 7800), ("jd/main", 2, 3, 16300),
        ("pinduoduo/main", 2, 3, 9500), ("shopify/main", 4, 5, 11300), ("taobao/main", 5, 6, 23800),
        ("woocommerce/main", 2, 3, 4000),
    ]  # fmt: skip
    states = "SELECT status, count(*) FROM orders WHERE shop IN ('taobao/main', 'shopify/main') GROUP BY 1 ORDER BY 1"
    assert rows(ask, states) == [("paid", 4), ("shipped", 3)], "T1, T2 and #1001: the newest file decides"
    money = "SELECT shop, kind, sum(amount_minor) FROM money_moves GROUP BY 1, 2 ORDER BY 1, 2"
    assert rows(ask, money) == [
        ("alipay/main", "fee", -60), ("alipay/main", "sale", 10000),
        ("wechat_pay/main", "fee", -83), ("wechat_pay/main", "sale", 13800),
    ]  # fmt: skip
    assert rows(ask, "SELECT code, units FROM stock_counts") == [("BEI-W", 12), ("JIN", 30)]
    assert rows(ask, "SELECT sku, cost_minor FROM costs") == [("BEI-W", 1250), ("JIN", 500)]
    assert rows(ask, "SELECT coupon_id FROM coupons") == [("T99-10",)]
    # 105 + 106 + 107 + 110 + 111 + 112
    assert rows(ask, "SELECT count(*), sum(visitors) FROM traffic") == [(6, 651)]
    assert rows(ask, "SELECT code, listed_units FROM listings") == [("CUP", 7), ("TRAY", 3)]
    assert ask("check", "--full").code == 0


def test_a_second_run_changes_nothing(ask: Run, folder: Path, receipts: dict[str, dict[str, Any]]) -> None:
    before, imports = ask("check", "--digest").out, ask("imports", "--json").json["rows"]
    ran = ask("import", str(folder), "--json")
    again = told(ran.json, folder)
    assert ran.code == 3
    for name, one in again.items():
        assert one["state"] == ("refused" if name in REFUSED else "already imported"), name
        assert one["import"] == receipts[name]["import"] and one.get("problem") == receipts[name].get("problem"), name
        assert sum(one[outcome] for outcome in ("inserted", "updated", "quarantined")) == 0, name
    assert ask("check", "--digest").out == before
    assert ask("imports", "--json").json["rows"] == imports


def test_any_order_of_the_files_gives_the_same_store(
    ask: Run, run: Run, folder: Path, taken: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = ask("check", "--digest").out
    # A products file does not say its currency: the shop's is known once it has orders, so those come first.
    first = str(folder / "orders_export_20250313.csv")
    paths = sorted(str(path) for path in folder.rglob("*") if path.name not in mixed_files.LITTER and path.is_file())
    monkeypatch.setenv("MERCHANT_KEY", str(taken.with_name("buyer.key")))
    for seed in (1, 2):
        monkeypatch.setenv("MERCHANT_STORE", str(store.with_name(f"{seed}.db")))
        random.Random(seed).shuffle(paths)
        for path in (first, *paths):
            run("import", path, "--quiet")
        assert run("check", "--digest").out == digest


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_printed(run: Run, folder: Path, lang: str) -> None:
    ran = run("import", str(folder), "--lang", lang)
    assert ran.code == 3 and "Traceback" not in ran.err
    for name in TAKEN:
        assert str(folder / name) in ran.out
    for name, code in REFUSED.items():
        assert str(folder / name) in ran.err and re.split("[“{]", FAULTS[code].what.show(lang))[0] in ran.err
    of = {"en": "11 of 33 files were refused.", "zh": "33 个文件中 11 个被拒绝。"}
    assert of[lang] in ran.err
    fewer = {"en": "1 order has fewer lines here than in another file", "zh": "1 个订单"}
    assert fewer[lang] in ran.out


def test_coverage_names_the_gap_and_the_files_that_were_cut_off(ask: Run) -> None:
    body = ask("coverage", "--json").json
    assert body["as_of"] == "2025-03-13"
    found = {(row["shop"], row["kind"]): row for row in body["rows"]}
    visits = found["taobao/main", "traffic"]
    assert (visits["missing"], visits["gaps"], visits["behind"]) == (2, "2025-03-08 – 2025-03-09", 1)
    assert {shop: row["last"] for (shop, kind), row in found.items() if kind == "orders"} == {
        "amazon/main": "2025-03-10", "douyin/main": "2025-03-12", "jd/main": "2025-03-11",
        "pinduoduo/main": "2025-03-11", "shopify/main": "2025-03-12", "taobao/main": "2025-03-13",
        "woocommerce/main": "2025-03-10",
    }  # fmt: skip
    assert (found["own", "stock"]["last"], found["own", "stock"]["missing"]) == ("2025-03-12", None)
    said = {lang: ask("coverage", "--lang", lang).out for lang in ("en", "zh")}
    for text in said.values():
        assert "2025-03-08 – 2025-03-09" in text
    assert "(ExportOrderDetailList202503120901.csv) is cut off: 1 order has fewer lines" in said["en"]
    assert "（ExportOrderDetailList202503120901.csv）不完整：1 个订单的明细比其他文件少" in said["zh"]
    assert "rows add up to 138.00, its own total says 158.00" in said["en"]
    assert "各行合计 138.00，文件自己的合计是 158.00" in said["zh"]
    lag = [note for note in ask("today", "--json").json["notes"] if "lag" in note]
    assert lag == [
        "6 shops lag; their orders end on: amazon/main 2025-03-10, douyin/main 2025-03-12, jd/main 2025-03-11,"
        " pinduoduo/main 2025-03-11, shopify/main 2025-03-12, woocommerce/main 2025-03-10."
    ]
    (row,) = ask("files", "missing", "--json").json["rows"]
    assert row["key"] == "gap:taobao/main/traffic/2025-03-08"
