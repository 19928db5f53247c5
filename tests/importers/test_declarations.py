"""What holds for every importer: known columns only, both languages, a sample, and one owner for each header row."""

from __future__ import annotations

import json

import pytest

from importers import catalogue
from importers.base import Cell, Importer
from importers.catalogue import Entry
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.fitted import moment_names
from merchant_cli.intake.identify import identify
from merchant_cli.store.facts import TABLES
from tests.importers.golden import golden, samples
from tests.importers.taking import reference

ENTRIES = catalogue.entries()
by_id = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


def filled(importer: Importer) -> list[tuple[str, str, Cell]]:
    """Table, column and cell of all that goes into the store."""
    return [
        (table, column, cell)
        for into in importer.into
        for table, columns in into.fills.items()
        for column, cell in columns.items()
        if not column.startswith("_")
    ]


@by_id
def test_fills_only_columns_of_the_store(entry: Entry) -> None:
    for table, column, cell in filled(entry.load()):
        stated = TABLES[table].stated
        names = moment_names(column) if cell.kind == "moment" else [column]
        assert names[-1] in stated, f"{table}.{column}"


@by_id
def test_numbers_fill_columns_of_numbers(entry: Entry) -> None:
    for table, column, cell in filled(entry.load()):
        if cell.kind in ("count", "money", "rate", "flag", "present"):
            assert column in TABLES[table].integers, f"{table}.{column}"


@by_id
def test_has_a_title_in_both_languages(entry: Entry) -> None:
    assert entry.title.en and entry.title.zh and entry.title.en != entry.title.zh
    assert entry.refused is None or (entry.refused.en and entry.refused.zh)


def test_ids_are_unique() -> None:
    ids = [entry.id for entry in ENTRIES]
    assert sorted(set(ids)) == sorted(ids)


def test_every_importer_has_a_sample() -> None:
    seen = set()
    for sample in samples():
        for receipt in json.loads(golden(sample).read_text(encoding="utf-8"))["receipts"]:
            seen.add(receipt["importer"])
        if "refused" in sample.parts:
            seen |= {entry.id for entry in ENTRIES if entry.refused and entry.platform == sample.parts[-3]}
    assert {entry.id for entry in ENTRIES} <= seen


def known(header: list[str], file_name: str = "") -> str:
    return identify([(1, header)], ENTRIES, Place("x"), file_name=file_name).entry.id


OWN = {
    "costs": ["商家编码,标题,成本,币种,生效日期,供应商,交货天数,补货间隔天数,每箱件数,起订量",
              "SKU,Title,Unit cost,Currency,Valid from,Supplier,Lead days,Review days,Pack size,Minimum order"],
    "stock": ["商家编码,标题,仓库,实盘数量,盘点日期", "SKU,Title,Location,Counted units,Counted on"],
    "coupons": ["优惠券编号,优惠券名称,店铺,承担方,优惠方式,面额,门槛,适用范围,预算,币种,开始日期,结束日期",
                "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Threshold,Scope,Budget,Currency,"
                "Starts on,Ends on"],
    "campaigns": ["活动名称,开始日期,结束日期,店铺,活动商品,目标销售额,目标订单数,预算,币种",
                  "Campaign,Starts on,Ends on,Shops,SKUs,Sales goal,Orders goal,Budget,Currency"],
    "reviews": ["评价编号,店铺,订单编号,商家编码,评价日期,评分,评价内容,追评内容,商家回复",
                "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text,Follow-up,Shop reply"],
    "ads": ["开始日期,结束日期,店铺,推广账户,推广计划,商家编码,花费,币种,展现量,点击量",
            "Starts on,Ends on,Shop,Ad account,Ad campaign,SKU,Spend,Currency,Impressions,Clicks"],
    "rates": ["从,到,生效日期,汇率", "From,To,Valid from,Rate"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "header"), [(name, row) for name, rows in OWN.items() for row in rows])
def test_own_sheets_are_known_in_both_languages(name: str, header: str) -> None:
    assert known(header.split(",")) == f"own {name}"
    assert known(sorted(header.split(","))) == f"own {name}"


def test_names_in_full_width_brackets_are_known() -> None:
    assert known(["订单号", "订单状态", "商品数量（件）", "商品总价（元）", "店铺优惠折扣（元）"]) == "pinduoduo orders"


@pytest.mark.parametrize("columns", [79, 75])
def test_shopify_orders_of_both_widths_are_orders(columns: int) -> None:
    header = reference("global")["shopify.orders.79"][:columns]
    assert known(header) == "shopify orders"


def test_a_tie_is_decided_by_values() -> None:
    one = ENTRIES[0]
    from dataclasses import replace

    pair = [
        replace(one, ref=name, name=name, known_by=frozenset({"no", "sum"}), never=frozenset(), file_name="",
                sheet_name="", values={"no": pattern})
        for name, pattern in (("a", "^A"), ("b", "^B"))
    ]  # fmt: skip
    rows = [(1, ["No", "Sum"]), (2, ["B1", "3"]), (3, ["", "4"]), (4, ["B2", "5"])]
    assert identify(rows, pair, Place("x")).entry.name == "b"
    with pytest.raises(Problem, match="two-importers"):
        identify([*rows, (5, ["A1", "1"])], pair, Place("x"))
