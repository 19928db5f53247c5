"""A mapping says what a built-in importer says, and a mistake in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers import catalogue
from importers.base import Cell, Importer, Into
from importers.mapping import from_toml, to_toml
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from tests.importers.taking import facts, rows, taken

PLAIN = [e.load() for e in catalogue.entries() if e.load().reshape is None]
RETAIL = Path(__file__).parents[2] / "examples" / "mappings" / "online-retail.toml"

FULL = Importer(
    platform="own", name="full", title=Phrase("Full", "全"), known_by=frozenset({"No|编号", "Qty", "Price", "Kind"}),
    never=frozenset({"Draft"}), kind="orders", file_name="full", sheet_name="S", values={"No": r"^\d{3}$"},
    currency="EUR", zone="Europe/Berlin", sale_day="placed", shop="own/full", shop_label="Shop", probe="status",
    grade="B", version="3", own=False, footers="^Sum", footer_starts="S",
    into=(
        Into({"money_moves": {"account": Cell("raw", constant="a"),
                              "amount": Cell("money", ("Qty",), times="Price", sign=-1)}}, ("Kind", "^x{2}$")),
        Into({
            "orders": {"order_id": Cell("id", ("No", "编号"), required=True), "placed": Cell("moment", ("Day",)),
                       "paid_at": Cell("moment", ("Paid",)), "paid": Cell("money", ("Amount",))},
            "order_lines": {"units": Cell("count", ("Qty",), least=0),
                            "line_kind": Cell("choice", ("Kind",), words={"a b": "goods"},
                                                  patterns={r"^\w+\.$": "fee"}, strict=True)},
        }),
    ),
)  # fmt: skip


@pytest.mark.parametrize("importer", [*PLAIN, FULL], ids=lambda importer: importer.id)
def test_an_importer_survives_the_round_trip(importer: Importer) -> None:
    assert from_toml(to_toml(importer), name=importer.name) == importer


def test_an_importer_with_code_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="reshape"):
        to_toml(next(e for e in catalogue.entries() if e.id == "shopify orders").load())


START = 'known_by = ["No", "Qty"]\n'
LINES = '[[into]]\n[into.orders]\norder_id = { kind = "id", names = ["No"] }\n[into.order_lines]\n'


@pytest.mark.parametrize(
    ("toml", "names"),
    [
        ("known_by = [", "TOML"),
        ("", "known_by"),
        (START, "into"),
        ('known_bye = ["No"]', "known_by"),
        (START + "[[into]]\n[into.order]\n", "orders"),
        (START + LINES + 'unit = { kind = "count", names = ["Qty"] }', "units"),
        (START + LINES + 'units = { kind = "counts", names = ["Qty"] }', "count"),
        (START + LINES + 'units = { kind = "text", names = ["Qty"] }', "count"),
        (START + LINES + 'units = { kind = "count", name = ["Qty"] }', "names"),
        (START + LINES + 'units = { kind = "count", names = ["Qty"], rounding = "down" }', "half-up"),
        (START + LINES + 'units = { kind = "count", names = ["Qty"], sign = 2 }', "-1"),
        (START + LINES + 'units = { kind = "count" }', "names"),
        (START + LINES + 'units = { kind = "count", names = [1] }', "text"),
        (START + LINES + 'title = { constant = true }', "constant"),
        (START + LINES + 'listed = { kind = "money", names = ["Qty"], times = "Price" }', "Price"),
        (START + LINES + 'line_kind = { kind = "choice", names = ["Qty"], patterns = { "(" = "x" } }', "regular"),
        (START + '[[into]]\nwhen = { header = "Kind", matches = "x" }\n' + LINES[9:], "Kind"),
        (START + '[[into]]\nwhen = { header = "No" }\n' + LINES[9:], "matches"),
        (START + '[[into]]\n[into.order_lines]\nunits = { kind = "count", names = ["Qty"] }', "orders"),
        (START + '[[into]]\n[into.orders]\nbuyer = { kind = "buyer", names = ["No"] }', "order_id"),
        (START + LINES + 'title = { kind = "moment", names = ["No"] }', "moment"),
        (START + 'sale_day = "shipped"\n' + LINES, "paid"),
        (START + 'title = { en = "x" }\n' + LINES, "title.zh"),
        (START + "own = 1\n" + LINES, "own"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_what_is_allowed(toml: str, names: str) -> None:
    with pytest.raises(Problem) as caught:
        from_toml(toml, name="mine")
    assert caught.value.code == "bad-mapping"
    for lang in ("en", "zh"):
        assert caught.value.show(lang)["why"]
    assert names in caught.value.show("en")["why"]


HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
ROWS = """536365,85123A,LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.001,17850,United Kingdom
C536379,85123A,LIGHT HOLDER,-2,2010-12-02 09:41:00,2.55,17850,United Kingdom
C536379,85123A,LIGHT HOLDER,-1,2010-12-02 09:41:00,2.555,17850,United Kingdom
A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-11.06,,United Kingdom
536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom
536600,gift_0001_20,Voucher,1,2010-12-03 10:00:00,20,12345,United Kingdom
536600,BANK CHARGES,charges,1,2010-12-03 10:00:00,0.005,12345,United Kingdom
536600,m,Manual,1,2010-12-03 10:00:00,x,12345,United Kingdom
"""


def test_the_example_mapping_sends_each_row_to_its_table(tmp_path: Path) -> None:
    path = tmp_path / "online_retail.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    store, (receipt,) = taken(tmp_path / "s", [path], mapping=RETAIL)
    assert (receipt.read, receipt.outcome["inserted"], receipt.outcome["quarantined"]) == (9, 6, 3)
    found = facts(store)
    assert [(r["refund_id"], r["line_key"], r["units"], r["amount"], r["done_day"]) for r in found["refunds"]] == [
        ("C536379", "85123A#1", 2, 510, "2010-12-02"), ("C536379", "85123A#2", 1, 256, "2010-12-02"),
    ]  # fmt: skip
    (move,) = found["money_moves"]
    assert (move["kind"], move["order_id"], move["amount"], move["currency"]) == ("adjustment", "A563185", -1106, "GBP")
    (stock,) = found["stock_moves"]
    assert (stock["code"], stock["units"], stock["kind"]) == ("21777", -10, "adjust")
    assert [(r["order_id"], r["status"], r["counts"], r["sum_sold"]) for r in found["orders"]] == [
        ("536365", "completed", 1, 3330)
    ]
    assert [(r["code"], r["line_kind"], r["listed"]) for r in found["order_lines"]] == [
        ("85123A", "goods", 1530), ("POST", "shipping", 1800),
    ]  # fmt: skip
    assert rows(store, "SELECT currency, zone, sale_day FROM shops") == [("GBP", "Europe/London", "placed")]


def test_a_mapping_in_the_folder_beside_the_store_knows_its_file(tmp_path: Path) -> None:
    (tmp_path / "s" / "mappings").mkdir(parents=True)
    (tmp_path / "s" / "mappings" / "online-retail.toml").write_text(
        RETAIL.read_text(encoding="utf-8"), encoding="utf-8"
    )
    path = tmp_path / "anything.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.importer == "own online-retail" and receipt.shop == "own/online-retail"


OWN = """
shop = "own/market"
kind = "orders"
known_by = ["No", "Qty", "Price", "Money"]
[[into]]
[into.orders]
order_id = { kind = "id", names = ["No"] }
currency = { kind = "text", names = ["Money"] }
placed = { kind = "moment", names = ["Day"] }
status = { constant = "completed" }
[into.order_lines]
code = { kind = "id", names = ["Item"] }
units = { kind = "count", names = ["Qty"] }
listed = { kind = "money", names = ["Qty"], times = "Price", least = 0 }
"""


def test_products_of_own_orders_have_the_decimals_of_their_currency(tmp_path: Path) -> None:
    """… and may not be negative where the mapping says so; a row without an order waits."""
    mapping = tmp_path / "own.toml"
    mapping.write_text(OWN, encoding="utf-8")
    sheet = tmp_path / "sales.csv"
    sheet.write_text(
        "No,Day,Item,Qty,Price,Money\n1,2026-11-01,A,3,1.5,USD\n1,2026-11-01,B,2,1.005,USD\n2,2026-11-01,A,3,150.5,JPY\n"
        "3,2026-11-01,A,3,-1.5,USD\n,2026-11-01,A,3,1.5,USD\n",
        encoding="utf-8",
    )
    store, (receipt,) = taken(tmp_path / "s", [sheet], mapping=mapping)
    assert receipt.problem is None
    assert rows(store, "SELECT order_id, code, currency, sold FROM fact_order_lines ORDER BY 1, 2") == [
        ("1", "A", "USD", 450), ("1", "B", "USD", 201), ("2", "A", "JPY", 452),
    ]  # fmt: skip
    assert rows(store, "SELECT line, code FROM quarantine ORDER BY 1") == [(5, "negative-amount"), (6, "missing-value")]
