"""The mapping dialog on a real pseudo-terminal: sheets that nobody knows, from refused to a question answered."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import openpyxl
import pytest
from terminal import Person

from importers.mapping import from_toml, to_toml
from merchant_cli.app import main
from merchant_cli.intake.take_in import identified

ZH = """\
小店十一月出货登记
订单号,下单日期,货号,品名,数量,单价,金额,客户,付款方式,备注
D1101,2026/11/01,MUG-01,马克杯,2,39.90,79.80,张三,微信,
D1101,2026/11/01,CUP-02,玻璃杯,1,25.00,25.00,张三,微信,加急
D1102,2026/11/02,MUG-01,马克杯,3,39.90,119.70,李四,支付宝,
D1103,2026/11/03,TEA-09,茶壶,一,158.00,158.00,王五,微信,
合计,,,,7,,382.50,,,
"""
EN = """\
Invoice No;Sale date;Item code;Description;Qty;Unit price;Discount;Line total;Customer email
1001;03/11/2026;MUG-01;Red mug;2;12,50;2,00;23,00;ann@example.com
1001;03/11/2026;CUP-02;Glass cup;1;9,90;0,00;9,90;ann@example.com
1002;04/11/2026;TEA-09;Tea pot;1;1.250,00;0,00;1.250,00;bob@example.com
Total;;;;4;;2,00;1.282,90;
"""
MIXED = [
    ["Order No 订单号", "Date 日期", "SKU 货号", "Qty 数量", "金额 Amount", "状态 Status", "Currency 币种"],
    ["E1", "2026-11-01", "A-1", 2, 19.8, "已完结", "USD"],
    ["E2", "2026-11-02", "A-2", 1, 19.9, "paid", "USD"],
    ["E3", "2026-11-02", "A-2", 1, 19.9, "已取消", "USD"],
]


def answer(sql: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["sql", sql, "--csv"]) == 0
    return capsys.readouterr().out.splitlines()[1:]


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody knows the file yet, and the fault says what to do."""
    assert main(["import", str(path)]) == 4
    said = capsys.readouterr().err
    assert "unknown-sheet" in said and "merchant map FILE" in said


def wide(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


DAILY = "SELECT day, currency, orders, units, gross_minor, discount_minor, net_minor FROM daily_money ORDER BY day"


def test_a_chinese_sheet(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2 × 39.90 + 25.00 = 104.80; 3 × 39.90 = 119.70; of the third order the quantity cannot be read."""
    path = tmp_path / "出货登记.csv"
    path.write_text(ZH, encoding="gb18030")
    refused(path, capsys)
    with Person("map", path.name, cwd=tmp_path, lang="zh") as person:
        person.sees("表头在第 2 行，10 列").sees("看起来是：订单明细")
        person.sees("全部算成交吗？").types("")
        person.sees("own/main").sees("编号 [1]：").types("１")  # as a Chinese keyboard types it
        person.sees("金额的币种 [CNY]：").types("")
        person.sees("每行都等于数量乘以单价").sees("时区 Asia/Shanghai")
        person.sees("79.80").sees("第 6 行会被隔离").sees("q 退出").types("")
        shown = person.ends()
    assert person.code == 0 and "对应文件已写入" in shown and "merchant import 出货登记.csv" in shown
    assert [line for line in shown.splitlines() if wide(line) > 80 and "mappings" not in line] == []
    assert (store.parent / "mappings" / "出货登记.toml").is_file()
    assert main(["import", str(path)]) == 3
    assert answer(DAILY, capsys) == ["2026-11-01,CNY,1,3,10480,0,10480", "2026-11-02,CNY,1,3,11970,0,11970"]
    assert answer("SELECT code, units, sold_minor FROM order_lines ORDER BY order_id, code", capsys) == [
        "CUP-02,1,2500", "MUG-01,2,7980", "MUG-01,3,11970"]  # fmt: skip
    assert main(["quarantine", "--json"]) == 0
    assert '"bad-number"' in capsys.readouterr().out


def test_an_english_sheet_with_commas(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """03/11 may be March: asked. Two amounts do not say which they are: asked. 23.00 + 9.90 = 32.90; 1250.00."""
    path = tmp_path / "market sales.csv"
    path.write_text(EN, encoding="utf-8")
    refused(path, capsys)
    with Person("map", path.name, cwd=tmp_path) as person:
        person.sees("It looks like: Order lines")
        person.sees("“Discount” (2,00, 0,00)").sees("1  The shop's discount").sees("Number [1]:").types("")
        person.sees("“Line total”").sees("quantity × price less the discount").sees("1  Goods after").types("")
        person.sees("“03/11/2026” in “Sale date” is:").sees("1  2026-11-03").sees("2  2026-03-11").types("x")
        person.sees("Type a number from 1 to 2").types("1")
        person.sees("Count all of them as sales? [Y/n]").types("")
        person.sees("Which shop").types("2").sees("PLATFORM/NAME").types("nowhere/x").sees("Like taobao/main")
        person.types("own/stall").sees("Currency of the amounts [USD]:").types("euro").sees("Three letters").types(
            "eur"
        )
        person.sees("Shop own/stall, currency EUR").sees("2026-11-03").sees("1,250.00").sees("q leaves:").types("")
        assert "Such files are known now: `merchant import 'market sales.csv'`" in person.ends()
    assert person.code == 0
    kept = (store.parent / "mappings/market sales.toml").read_text(encoding="utf-8")
    assert to_toml(from_toml(kept, name="market sales")) == kept and kept.count("comma = true") == 3
    assert main(["import", str(path)]) == 0
    assert answer(DAILY, capsys) == [
        "2026-11-03,EUR,1,3,3490,200,3290",  # gross 2 × 12.50 + 9.90, less the discount of 2.00
        "2026-11-04,EUR,1,1,125000,0,125000",
    ]
    assert answer("SELECT shop FROM orders GROUP BY shop", capsys) == ["own/stall"]


def test_a_mixed_workbook(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """19.80 and 19.90 count; the third order is cancelled; 已完结 means what the person says."""
    path = tmp_path / "跨境 orders.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Read this"
    book.active.append(["This list is kept by Ann."])
    sheet = book.create_sheet("十一月")
    for row in MIXED:
        sheet.append(row)
    book.save(path)
    refused(path, capsys)
    with Person("map", path.name, "-o", "mine", cwd=tmp_path, columns=120) as person:
        person.sees("2 sheets; which one").sees("Number [2]:").types("")
        person.sees("“金额 Amount” (19.8, 19.9)").sees("1  Goods after the shop's discounts").types("1")
        person.sees("Which shop").types("1").sees("“已完结” in “状态 Status” means").types("6")
        person.sees("sure: its name").sees("completed").sees("q leaves:").types("")
        assert "merchant import '跨境 orders.xlsx' --map mine.toml" in person.ends()
    assert person.code == 0
    assert main(["import", str(path), "--map", str(tmp_path / "mine.toml")]) in (0, 3)
    assert answer(DAILY, capsys) == ["2026-11-01,USD,1,2,1980,0,1980", "2026-11-02,USD,1,1,1990,0,1990"]
    assert answer("SELECT order_id, status, status_raw FROM orders", capsys) == [
        "E1,completed,已完结", "E2,paid,paid", "E3,cancelled,已取消"]  # fmt: skip


def test_a_wrong_guess_is_changed(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The merchant's own SKU is the barcode here, not the item code."""
    path = tmp_path / "costs of mine.csv"
    path.write_text(
        "Code,Item code,Cost price,Valid from,Text\n690,A-1,4.50,2026-01-01,Mug\n691,A-2,5.00,2026-01-01,Cup\n"
    )
    with Person("map", path.name, "--currency", "USD", cwd=tmp_path) as person:
        person.sees("Costs: what one unit costs").sees("SKU *").sees("q leaves:").types("1")
        person.sees("Which column holds: SKU?").sees("1  Item code").sees("Number, =VALUE").types("9")
        person.sees("cannot be understood").types("2")
        person.sees("SKU *").sees("Code").sees("q leaves:").types("5")  # Item code, which is free now
        person.sees("What is “Text”").types("1").sees("q leaves:").types("+").sees("to be added").types("q")
        assert "Nothing was written." in person.ends()
    assert person.code == 130 and not (store.parent / "mappings").exists()
    with Person("map", path.name, "--currency", "USD", cwd=tmp_path) as person:
        person.sees("q leaves:").types("nonsense").sees("“nonsense” is none of these").sees("q leaves:").types("1")
        person.sees("Which column holds: SKU?").types("2").sees("q leaves:").types("").ends()
    assert person.code == 0
    assert main(["import", str(path)]) == 0
    assert answer("SELECT sku, cost_minor, currency FROM costs ORDER BY 1", capsys) == ["690,450,USD", "691,500,USD"]


@pytest.mark.parametrize(("key", "lang"), [("\x04", "en"), ("\x03", "zh"), ("q\n", "zh"), ("退出\n", "zh")])
def test_who_leaves_has_written_nothing(key: str, lang: str, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("单号,日期,金额\n1,2026-11-01,20.00\n2,2026-11-02,30.00\n", encoding="utf-8")
    with Person("map", path.name, cwd=tmp_path, lang=lang) as person:
        person.sees("1  ").sees("[1]").presses(key)
        assert ("没有写入任何内容。" if lang == "zh" else "Nothing was written.") in person.ends()
    assert person.code == 130
    assert not (store.parent / "mappings").exists() and not store.exists()


def test_another_kind_of_sheet_and_another_header(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Red,Blue\nItem,Stock\nA-1,4\nA-2,9\n", encoding="utf-8")
    with Person("map", path.name, cwd=tmp_path) as person:
        person.sees("header in row 2").sees("Stock: how many").sees("q leaves:").types("h")
        person.sees("1  Red | Blue").sees("Row of the header:").types("1").sees("Which column holds: SKU?").types("-")
        person.sees("Which column holds: Units in stock?").types("-").sees("Still missing: SKU").types("").sees(
            "Still missing"
        ).types("h")
        person.sees("Row of the header:").types("2").sees("q leaves:").types("t")
        person.sees("What does a row").types("1").sees("q leaves:").types("").ends()
    assert person.code == 0
    assert [known.entry.id for _, known in identified(store, [str(path)])] == ["own list"]  # type: ignore[union-attr]


def test_what_a_file_says_cannot_move_the_cursor(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "evil.csv"
    path.write_text("SKU,Stock\x1b[2J,Note\nA-1,4,\x1b]0;gone\x07\nA-2,9,\u202eabc\n", encoding="utf-8")
    with Person("map", path.name, "--into", "stock_counts", cwd=tmp_path) as person:
        person.sees("Which column holds: Units in stock?").types("1")
        person.sees("q leaves:").types("q")
        shown = person.ends()
    assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown


def test_people_are_shown_masked(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "orders of mine.csv"
    path.write_text(
        "订单号,下单日期,买家实付,客户,收货地址,备注\nD1,2026-11-01,9.00,张三丰,杭州市某路 12 号,电 13812345678\n",
        encoding="utf-8",
    )
    with Person("map", path.name, cwd=tmp_path, lang="zh") as person:
        person.sees("全部算成交吗？").types("").sees("编号").types("").sees("[CNY]").types("").sees("q 退出").types("1")
        person.sees("哪一列是").sees("编号，=值").types("q")
        shown = person.ends()
    assert "张**" in shown
    assert not [word for word in ("张三丰", "12 号", "13812345678") if word in shown]


def test_a_mapping_that_is_there_is_not_lost(store: Path, tmp_path: Path) -> None:
    path, kept = tmp_path / "count.csv", store.parent / "mappings" / "count.toml"
    path.write_text("货号,库存\nA-1,4\nA-2,9\n", encoding="utf-8")
    kept.parent.mkdir()
    other = 'known_by = ["Q", "R"]\nkind = "stock"\nown = true\n[[into]]\n[into.stock_counts]\n'
    kept.write_text(other + 'code = {kind = "id", names = ["Q"]}\nunits = {kind = "count", names = ["R"]}\n')
    with Person("map", path.name, cwd=tmp_path) as person:
        person.sees("q leaves:").types("").sees("exists. Replace it? [y/N]").types("n")
        person.sees("Another name").types("../x").sees("Letters").types("count two").ends()
    assert person.code == 0 and kept.read_text().startswith(other)
    assert (kept.parent / "count two.toml").is_file()


def test_a_known_file_says_who_knows_it(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("SKU,Counted units\nA-1,4\n", encoding="utf-8")
    with Person("map", path.name, cwd=tmp_path) as person:
        person.sees("known already").sees("own stock").sees("Map it anyway? [y/N]").types("").ends()
    assert person.code == 0 and not (store.parent / "mappings").exists()
