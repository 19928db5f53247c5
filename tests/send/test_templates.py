"""The merchant's own upload templates: what is found in them, what is refused, and four of them through the circle."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import upload_tools as made
from send_tools import Shop
from upload_tools import MUG, PLATE

LATER = (datetime.now(UTC) + timedelta(hours=12)).strftime("%Y-%m-%d %H:%M:%S")  # after the sending
ALERTS = (("inventory", "oversold"), ("listings", "below-floor"))


def approved(shop: Shop) -> float:
    """Proposes and approves both changes of the mug; its new price."""
    lowest = float(shop.json(*ALERTS[1])["rows"][0]["lowest"])
    for question in ALERTS:
        shop.run(*question, "--propose")
    shop.run("proposals", "approve", "1", "2", "--yes")
    return lowest


def keep(shop: Shop, path: Path, platform: str, *more: str) -> dict[str, object]:
    return shop.json("send", "--template", str(path), "--platform", platform, *more)


def differences(shop: Shop, path: str) -> list[tuple[str, object, object]]:
    """What our own reading of a filled file, by the same mapping, would change."""
    args = ("import", path, "--dry-run", "--map", str(made.mapping(shop)), "--exported", LATER)
    found = shop.json(*args)["files"][0]["differences"]
    return sorted((one["column"], one["old"], one["new"]) for one in found if one["table"] == "listings")


def verified(shop: Shop, platform: str, price: float, units: int = 10) -> None:
    made.listings(shop, platform, price, units, exported=LATER)
    assert shop.states() == ["verified", "verified"]


# --- the circle ---


def test_taobao(shop: Shop) -> None:
    made.begin(shop, "taobao")
    kept = keep(shop, made.taobao(shop.files / "改价.xlsx"), "taobao")
    assert (kept["sheet"], kept["header_row"], kept["first_row"], kept["rows"]) == ("批量修改", 2, 4, 0)
    assert kept["columns"] == {
        "listing_id": "*商品ID", "variant_id": "SKU ID", "code": "*商家编码（必填）", "price": "售价（元）",
        "listed_units": "库存", "title": "商品标题", "options": "规格",
    }  # fmt: skip
    lowest = approved(shop)
    sent = shop.send()["files"]
    assert [(one["exporter"], one["rows"], one["proposals"]) for one in sent] == [
        ("taobao price-listed-units-template", 1, [1, 2])]  # fmt: skip
    book = openpyxl.load_workbook(sent[0]["path"])
    sheet = book["批量修改"]
    assert [cell.value for cell in sheet[4]] == [MUG[0], MUG[3], MUG[1], "M-1", lowest, 10, None, "蓝色"]
    assert sheet.max_row == 4
    assert [cell.data_type for cell in sheet[4]][:6] == ["s", "s", "s", "s", "n", "n"]
    assert [sheet.cell(4, x).number_format for x in (1, 3, 4, 5, 6)] == ["@", "@", "@", "#,##0.00", "0"]
    before = openpyxl.load_workbook(shop.files / "改价.xlsx")  # all that is not data stays
    for row, same in zip(sheet["A1:H3"], before["批量修改"]["A1:H3"], strict=True):
        assert [cell.value for cell in row] == [cell.value for cell in same]
    assert sheet["A2"].fill.fgColor.rgb == "00FFCC00" and str(sheet.merged_cells) == "A1:H1"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["G4:G500"]
    assert [(one.title, one.sheet_state) for one in book] == [
        ("说明", "visible"), ("批量修改", "visible"), ("参数", "hidden")]  # fmt: skip
    verified(shop, "taobao", lowest)


def test_jd(shop: Shop) -> None:
    """A text template keeps its encoding, line above, delimiter and line ends; a required price stands in it too."""
    made.begin(shop, "jd")
    keep(shop, made.jd(shop.files / "jd.csv"), "jd")
    lowest = approved(shop)
    path = shop.send("--action", "lower-listed-units")["files"][0]["path"]
    text = Path(path).read_bytes().decode("gbk")
    assert text == (
        "批量改价改库存模板,,,,\r\n*商品ID,SKU编号,商家SKU,*京东价,现货库存\r\n"
        f"{MUG[0]},{MUG[1]},M-1,20.00,10\r\n"
    )  # fmt: skip
    path = shop.send("--action", "reprice")["files"][0]["path"]
    assert Path(path).read_bytes().decode("gbk").splitlines()[2:] == [f"{MUG[0]},{MUG[1]},M-1,{lowest:.2f},"]
    verified(shop, "jd", lowest)


def test_pinduoduo(shop: Shop) -> None:
    """Of a template that came with rows only those of changed listings are sent, with all their other cells."""
    made.begin(shop, "pinduoduo")
    kept = keep(shop, made.pinduoduo(shop.files / "pdd.xlsx"), "pinduoduo")
    assert kept["rows"] == 2
    lowest = approved(shop)
    path = shop.send()["files"][0]["path"]
    assert made.cells(path)[1:] == [[MUG[0], MUG[3], MUG[1], "蓝色", "M-1", 25, lowest, 10, "=G2*2"]]
    assert differences(shop, path) == [("listed_units", 12, 10), ("price", 20, lowest)]
    shop.run("import", path, "--exported", LATER, exit=4)
    assert "own-action-file" in shop.said
    assert shop.states() == ["sent", "sent"]
    verified(shop, "pinduoduo", lowest)


def test_douyin(shop: Shop) -> None:
    """One template for stock and one for prices: each change goes into its own."""
    made.begin(shop, "douyin")
    assert keep(shop, made.douyin(shop.files / "stock.csv"), "douyin")["takes"] == ["listed_units"]
    kept = keep(shop, made.douyin_prices(shop.files / "prices.xlsx"), "douyin")
    assert (kept["takes"], kept["header_row"], kept["first_row"]) == (["price"], 2, 3)
    lowest = approved(shop)
    paths = {one["exporter"].split()[1]: one["path"] for one in shop.send()["files"]}
    text = Path(paths["listed-units-template"]).read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter="\t"))[1:] == [[MUG[0], MUG[1], "M-1", "10"]]
    assert made.cells(paths["price-template"])[2:] == [[MUG[0], MUG[1], "M-1", lowest]]
    verified(shop, "douyin", lowest)


def test_a_text_template_that_came_with_rows(shop: Shop) -> None:
    made.begin(shop, "jd")
    path = shop.files / "jd.csv"
    path.write_bytes(
        f'商品ID,SKU编号,京东价,备注\n{PLATE[0]},{PLATE[1]},30.00,\n{MUG[0]},="{MUG[1]}",20.00,"甲,乙"\n9,99,1.00,\n'.encode()
    )  # fmt: skip
    shop.run("send", "--template", str(path), "--platform", "jd")
    assert "It came with 3 rows." in shop.said and "1 of them is about listings that no import told of." in shop.said
    lowest = approved(shop)
    path = Path(shop.send("--action", "reprice")["files"][0]["path"])
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [f'{MUG[0]},{MUG[1]},{lowest:.2f},"甲,乙"']


def test_two_sends_and_an_old_export_change_nothing(shop: Shop) -> None:
    made.begin(shop, "taobao")
    keep(shop, made.taobao(shop.files / "t.xlsx"), "taobao")
    lowest = approved(shop)
    shop.send()
    assert shop.send()["files"] == []
    made.listings(shop, "taobao", lowest, 10, exported="2025-03-21 09:00:00")
    assert shop.states() == ["sent", "sent"]


def test_our_own_reading_of_an_empty_template(shop: Shop) -> None:
    """Headers as in her export: the very mapping reads the filled file and finds the two cells, nothing more."""
    made.begin(shop, "taobao")
    path = shop.files / "plain.csv"
    path.write_text(",".join(made.EXPORTS["taobao"]) + "\n", encoding="utf-8")
    keep(shop, path, "taobao")
    lowest = approved(shop)
    sent = shop.send()["files"][0]["path"]
    assert differences(shop, sent) == [("listed_units", 12, 10), ("price", 20, lowest)]


# --- what is kept ---


def test_the_list_and_what_replaces_what(shop: Shop) -> None:
    original = made.taobao(shop.files / "改价.xlsx").read_bytes()
    keep(shop, shop.files / "改价.xlsx", "淘宝")
    rows = shop.json("send", "--templates")["rows"]
    assert [(r["platform"], r["shop"], r["fields"], r["file"], r["header_row"]) for r in rows] == [
        ("taobao", None, "price, listed_units", "改价.xlsx", 2)]  # fmt: skip
    folder = shop.store.with_name("templates")
    assert [p.read_bytes() == original for p in folder.glob("*.xlsx")] == [True]
    keep(shop, shop.files / "改价.xlsx", "taobao", "--shop", "taobao/second")
    other = shop.files / "stock.csv"
    other.write_text("商家编码,库存\n", encoding="utf-8")
    assert keep(shop, other, "taobao")["replaced"] == ["改价.xlsx"]
    rows = shop.json("send", "--templates")["rows"]
    assert [(r["shop"], r["fields"]) for r in rows] == [
        (None, "listed_units"), ("taobao/second", "price, listed_units")]  # fmt: skip
    shop.run("send", "--template", str(shop.files / "改价.xlsx"), "--platform", "taobao")
    assert "replaces stock.csv" in shop.said


def test_set_decides(shop: Shop) -> None:
    path = shop.files / "t.csv"
    path.write_text("商家编码,货号,售价,活动价,库存\n", encoding="utf-8")
    shop.run("send", "--template", str(path), "--platform", "jd", exit=4)
    assert "template-tie" in shop.said and "商家编码 (A) / 货号 (B)" in shop.said
    kept = keep(shop, path, "jd", "--set", "code=货号", "--set", "price=活动价")
    assert kept["columns"] == {"code": "货号", "price": "活动价", "listed_units": "库存"}
    assert keep(shop, path, "jd", "--set", "code=B")["columns"] == {
        "code": "货号", "price": "售价", "listed_units": "库存"}  # fmt: skip
    shop.run("send", "--template", str(path), "--platform", "jd", "--set", "code=编码", exit=4)
    assert "there is no header “编码”" in shop.said
    shop.run("send", "--template", str(path), "--platform", "jd", "--set", "cost=库存", exit=2)


@pytest.mark.parametrize(("header", "why"), [
    ("售价,库存", "no column says which listing"), ("商品ID,商家编码,类目", "no column takes a value"),
    ("甲,乙,丙", "no row looks like a header"),
])  # fmt: skip
def test_headers_that_do_not_do(shop: Shop, header: str, why: str) -> None:
    (shop.files / "t.csv").write_text(header + "\n", encoding="utf-8")
    shop.run("send", "--template", str(shop.files / "t.csv"), "--platform", "jd", exit=4)
    assert "template-columns" in shop.said and why in shop.said
    assert shop.json("send", "--templates")["rows"] == []


def test_two_sheets_that_both_do(shop: Shop) -> None:
    book = openpyxl.Workbook()
    for title in ("价格", "更多"):
        book.create_sheet(title).append(["商家编码", "售价"])
    path = shop.files / "t.xlsx"
    book.save(path)
    shop.run("send", "--template", str(path), "--platform", "jd", exit=4)
    assert "价格 / 更多" in shop.said
    assert keep(shop, path, "jd", "--set", "sheet=更多")["sheet"] == "更多"


@pytest.mark.parametrize("name", ["t.xls", "t.xlsm", "t.xlsx"])
def test_kinds_of_file_that_cannot_be_filled(shop: Shop, name: str) -> None:
    body = b"\xd0\xcf\x11\xe0" + bytes(600)  # how an .xls, or an .xlsx with a password, begins
    (shop.files / name).write_bytes(body)
    shop.run("send", "--template", str(shop.files / name), "--platform", "jd", exit=4)
    assert "template-format" in shop.said and "save it as `.xlsx`" in shop.said


def test_what_a_template_is_not_needed_for(shop: Shop) -> None:
    made.jd(shop.files / "t.csv")
    shop.run("send", "--template", str(shop.files / "t.csv"), "--platform", "shopify", exit=2)
    assert "needs no template" in shop.said
    shop.run("send", "--template", str(shop.files / "t.csv"), exit=2)
    assert "--template needs --platform" in shop.said
    shop.run("send", "--set", "price=售价", exit=2)
    assert "--template" in shop.said and shop.json("send", "--templates")["count"] == 0


# --- what stays behind ---


def left(shop: Shop) -> list[str]:
    return [one["why"] for one in shop.send(exit=3)["left"]]


def test_without_a_template(shop: Shop) -> None:
    made.begin(shop, "jd")
    approved(shop)
    assert all("--template FILE --platform jd" in why for why in left(shop))


def test_characters_that_gbk_lacks_are_named_before_anything_is_written(shop: Shop) -> None:
    made.begin(shop, "jd", code="M-1🐱")
    keep(shop, made.jd(shop.files / "jd.csv"), "jd")
    approved(shop)
    assert left(shop) == ["GBK cannot hold: 🐱 (U+1F431)"] * 2
    assert not list(shop.up.glob("*")) and shop.states() == ["approved", "approved"]


def test_a_key_that_does_not_say_which_sku(shop: Shop) -> None:
    """The listing's id alone would change the price of all its SKUs."""
    made.begin(shop, "jd")
    (shop.files / "t.csv").write_text("商品ID,京东价,库存\n", encoding="utf-8")
    keep(shop, shop.files / "t.csv", "jd")
    approved(shop)
    assert left(shop) == ["The template's key columns (商品ID) cannot say which SKU is meant."] * 2


def test_a_code_that_two_listings_share(shop: Shop) -> None:
    made.begin(shop, "jd")
    path = shop.files / "listings.csv"
    path.write_text(path.read_text(encoding="utf-8") + "9,91,M-1,杯,红,40.00,0\n", encoding="utf-8")
    shop.run("import", str(path), "--exported", "2025-03-20 13:00:00")
    (shop.files / "t.csv").write_text("商家SKU,京东价,库存\n", encoding="utf-8")
    keep(shop, shop.files / "t.csv", "jd")
    approved(shop)
    assert left(shop) == ["The template's key columns (商家SKU) cannot say which SKU is meant."] * 2


def test_a_row_that_the_template_did_not_come_with(shop: Shop) -> None:
    made.begin(shop, "pinduoduo")
    path = made.pinduoduo(shop.files / "pdd.xlsx")
    book = openpyxl.load_workbook(path)
    book.active.delete_rows(3)
    book.save(path)
    keep(shop, path, "pinduoduo")
    approved(shop)
    assert len(left(shop)) == 2


def test_a_required_field_that_nothing_told(shop: Shop) -> None:
    made.begin(shop, "jd")
    (shop.files / "t.csv").write_text("商家SKU,*京东价,*划线价,现货库存\n", encoding="utf-8")
    keep(shop, shop.files / "t.csv", "jd")
    approved(shop)
    assert left(shop) == ["The template requires “*划线价”, and no file told it."] * 2


def test_text_that_looks_like_a_formula_stays_text(shop: Shop) -> None:
    """The plate's title is `=1+1 白盘`; at 0.50 it is below its cost."""
    made.begin(shop, "taobao", plate=0.5)
    keep(shop, made.taobao(shop.files / "t.xlsx"), "taobao")
    shop.run("listings", "below-floor", "--propose")
    shop.run("proposals", "approve", "1", "2", "--yes")
    sheet = openpyxl.load_workbook(shop.send()["files"][0]["path"])["批量修改"]
    assert [(c.value, c.data_type) for c in (sheet["B4"], sheet["B5"])] == [("蓝色马克杯", "s"), ("=1+1 白盘", "s")]
    assert sheet["D5"].value == PLATE[2] and sheet["F5"].value is None


def test_a_kept_file_that_was_changed(shop: Shop) -> None:
    made.begin(shop, "taobao")
    keep(shop, made.taobao(shop.files / "t.xlsx"), "taobao")
    approved(shop)
    original = next(shop.store.with_name("templates").glob("*.xlsx"))
    book = openpyxl.load_workbook(original)
    book["批量修改"]["E2"] = "成本"
    book.save(original)
    shop.run("send", "-o", str(shop.up), exit=4)
    assert "template-changed" in shop.said and shop.states() == ["approved", "approved"]
    original.with_suffix(".toml").write_text("broken", encoding="utf-8")
    shop.run("send", "-o", str(shop.up), exit=4)
    keep(shop, shop.files / "t.xlsx", "taobao")
    assert len(shop.send()["files"]) == 1
