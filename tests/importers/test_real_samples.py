"""Every real file that stands beside the repository is taken in whole, or refused by name; its money is what plain csv
makes of it. Other public files that were tried are named in docs/importers.md."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from merchant_cli.app import main
from tests.importers.taking import SHARED, digest, rows

SAMPLES = SHARED / "samples"


def table(path: Path, first: str = "", encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The rows below the header, which begins with `first`, as the csv module reads them."""
    lines = path.read_text(encoding=encoding).splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.lstrip('"').startswith(first))
    found = csv.DictReader(io.StringIO("".join(lines[start:])))
    return [{(k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str)} for row in found]


def cents(cell: str) -> int:
    """`$1,149.00`, `($33.62)`, `¥0.35` in hundredths."""
    digits = re.sub(r"[^\d.]", "", cell)
    amount = int(Decimal(digits or 0) * 100)
    return -amount if "(" in cell or "-" in cell else amount


def total(found: list[dict[str, str]], column: str) -> int:
    return sum(cents(row.get(column, "")) for row in found)


def one(store: Path, sql: str) -> Any:
    return rows(store, sql)[0][0]


MOVED = "SELECT coalesce(sum(amount), 0) FROM fact_money_moves"
PRICED = "SELECT coalesce(sum(price), 0) FROM fact_listings"


def shopify_orders(path: Path, store: Path) -> None:
    said = table(path, "Name")
    assert one(store, "SELECT count(*) FROM fact_orders") == len({row["Name"] for row in said})
    assert one(store, "SELECT count(*) FROM fact_order_lines") == len(said)
    assert one(store, "SELECT sum(sold) FROM fact_orders") == total(said, "Total")
    assert one(store, "SELECT sum(refunded) FROM fact_orders") == total(said, "Refunded Amount")


def shopify_products(path: Path, store: Path) -> None:
    said = table(path)
    column = "Variant Price" if "Variant Price" in said[0] else "Price"
    assert one(store, PRICED) == total(said, column)
    assert one(store, "SELECT count(*) FROM fact_listings") == sum(bool(row[column]) for row in said)
    assert one(store, "SELECT count(*) FROM fact_listings WHERE listing_id = '' OR title IS NULL") == 0


def woocommerce_products(path: Path, store: Path) -> None:
    said = table(path, "ID")
    parents = {row["Parent"].removeprefix("id:") for row in said if row["Parent"]}
    own = [row for row in said if row["ID"] not in parents and row["SKU"] not in parents]
    assert one(store, PRICED) == sum(cents(row["Sale price"] or row["Regular price"]) for row in own)
    assert one(store, "SELECT count(*) FROM fact_listings") == len(own)


def etsy_listings(path: Path, store: Path) -> None:
    said = table(path, "TITOLO")
    assert one(store, PRICED) == total(said, "PREZZO")
    assert one(store, "SELECT sum(listed_units) FROM fact_listings") == sum(int(row["QUANTITÀ"] or 0) for row in said)


def ebay_orders(path: Path, store: Path) -> None:
    said = [row for row in table(path, "Sales Record Number") if row.get("Order Number")]
    assert one(store, "SELECT sum(paid) FROM fact_orders") == total(said, "Total Price")
    assert one(store, "SELECT sum(listed) FROM fact_order_lines") == sum(
        cents(row["Sold For"]) * int(row["Quantity"]) for row in said if row["Item Number"]
    )
    assert one(store, "SELECT sum(amount) FROM fact_refunds") == total(said, "Refund Amount")


def amazon_transactions(path: Path, store: Path) -> None:
    assert one(store, MOVED) == total(table(path, "date/time"), "total")


def square_transactions(path: Path, store: Path) -> None:
    assert one(store, MOVED) == total(table(path), "Net Total")


def stripe_balance(path: Path, store: Path) -> None:
    assert one(store, MOVED) == total(table(path), "net")


def direction(row: dict[str, str]) -> int:
    """1 for what comes in, -1 for what goes out, 0 for what only changes its place."""
    said = " ".join(row.get(name, "") for name in ("收/支", "交易分类", "交易类型", "交易状态"))
    if row.get("交易状态") == "交易关闭" and not row["收/付款方式"]:
        return 0
    return 1 if re.search("收入|退款|充值", said) else -1 if re.search("支出|提现", said) else 0


def personal_bill(path: Path, store: Path) -> None:
    """Income − expense of the rows that are not after the file's export; those are what waits in quarantine."""
    encoding = "gb18030" if "gbk" in path.name else "utf-8-sig"
    text = path.read_text(encoding=encoding)
    made = re.search(r"导出时间[：:]\[?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", text)
    assert made is not None
    said = table(path, "交易时间", encoding)
    late = [row for row in said if row["交易时间"] > made[1]]
    held = rows(store, "SELECT code FROM quarantine")
    assert held == [("future-date",)] * len(late)
    amount = "金额(元)" if "金额(元)" in said[0] else "金额"
    assert one(store, MOVED) == sum(direction(row) * cents(row[amount]) for row in said if row not in late)
    assert one(store, "SELECT as_of_from FROM imports") == "file"


class Wanted(NamedTuple):
    """What a file is: its importer, or the title under which it is refused; its currency and zone; its money."""

    importer: str
    currency: str | None = None
    zone: str = ""
    money: Callable[[Path, Path], None] | None = None


PRODUCTS = Wanted("shopify products", None, "", shopify_products)
WANTED = {
    "alipay/alipay-personal-bill_gbk.csv": Wanted("alipay personal", "CNY", "Asia/Shanghai", personal_bill),
    "amazon/date_range_transactions_synthetic.csv": Wanted("amazon transactions", "USD", "", amazon_transactions),
    "ebay/orders_report_synthetic_summary_rows.csv": Wanted("ebay orders", "USD", "", ebay_orders),
    "etsy/EtsyListingsDownload_it.csv": Wanted("etsy listings", "EUR", "", etsy_listings),
    "shopify/orders_slim_synthetic.csv": Wanted("shopify orders", "USD", "", shopify_orders),
    "shopify/product_import_new_column_names_2025.csv": PRODUCTS,
    "shopify/product_template_v2016_apostrophe.csv": PRODUCTS,
    "shopify/product_template_v2019.csv": PRODUCTS,
    "shopify/product_template_v2023_markets.csv": PRODUCTS,
    "shopify/products_apparel_46col.csv": PRODUCTS,
    "shopify/products_home-and-garden_47col.csv": PRODUCTS,
    "square/transactions_2018_excel_resaved.csv": Wanted("square transactions", "USD", "", square_transactions),
    "stripe/balance_report_fragment.csv": Wanted("stripe balance", "USD", "UTC", stripe_balance),
    "wechat_pay/wechat-personal-bill_utf8.csv": Wanted("wechat_pay personal", "CNY", "Asia/Shanghai", personal_bill),
    "woocommerce/sample_products.csv": Wanted("woocommerce products", None, "", woocommerce_products),
    "woocommerce/sample_tax_rates.csv": Wanted("“WooCommerce tax rates”"),
}
by_name = pytest.mark.parametrize("name", WANTED)


@pytest.fixture
def shared() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip(f"no {SAMPLES}")
    return SAMPLES


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[int, Any]]]:
    """A command's exit code and the JSON that it prints."""

    def run(*args: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*args, "--json"])
        return code, json.loads(capsys.readouterr().out)

    yield run


def adds_up(receipt: dict[str, Any]) -> bool:
    parts = ("inserted", "updated", "unchanged", "quarantined", "ignored")
    return receipt["read"] == sum(receipt[part] for part in parts) and receipt["ignored"] == sum(
        receipt["ignored_by"].values()
    )


def test_every_file_is_expected(shared: Path) -> None:
    found = {path.relative_to(shared).as_posix() for path in shared.glob("*/*") if path.is_file()}
    assert found == set(WANTED)


@by_name
def test_it_is_named_and_its_money_is_that_of_the_file(
    name: str, shared: Path, store: Path, said: Callable[..., tuple[int, Any]]
) -> None:
    path, wanted = shared / name, WANTED[name]
    _, answer = said("identify", str(path))
    (file,) = answer["files"]
    if wanted.money is None:
        assert wanted.importer in file["problem"]["what"] and file["problem"]["why"]
        code, answer = said("import", str(path))
        assert code == 4 and answer["files"][0]["state"] == "refused" and answer["files"][0]["problem"]
        return
    assert (file["importer"], file["platform"]) == (wanted.importer, wanted.importer.split()[0]) and file["why"]
    code, answer = said("import", str(path))
    (receipt,) = answer["files"]
    assert receipt["state"] == "applied" and adds_up(receipt) and receipt["read"] > 0
    assert code == (3 if receipt["quarantined"] else 0)
    if wanted.money is not personal_bill:
        assert receipt["quarantined"] == 0
    wanted.money(path, store)
    stated = [row[0] for row in rows(store, "SELECT currency FROM fact_money_moves UNION SELECT currency FROM"
                                            " fact_orders UNION SELECT currency FROM fact_listings")]  # fmt: skip
    (shop,) = rows(store, "SELECT currency, zone FROM shops")
    assert {one or shop[0] for one in stated} == {wanted.currency} and shop[1] == wanted.zone
    before = digest(store)
    code, answer = said("import", str(path))
    assert code == 0 and answer["files"][0]["state"] == "already imported" and digest(store) == before


def test_all_of_them_go_into_one_store_and_a_second_run_changes_nothing(
    shared: Path, store: Path, said: Callable[..., tuple[int, Any]]
) -> None:
    code, answer = said("import", *(str(shared / name) for name in WANTED))
    assert code == 3
    states = {Path(one["path"]).relative_to(shared).as_posix(): one["state"] for one in answer["files"]}
    assert states == {name: "applied" if wanted.money else "refused" for name, wanted in WANTED.items()}
    assert all(adds_up(one) for one in answer["files"])
    before = digest(store)
    code, answer = said("import", *(str(shared / name) for name in WANTED))
    assert {one["state"] for one in answer["files"]} == {"already imported", "refused"}
    assert digest(store) == before


def test_a_bill_that_holds_later_rows_than_its_export_is_whole_with_the_right_day(
    shared: Path, store: Path, said: Callable[..., tuple[int, Any]]
) -> None:
    """The WeChat bill says that it was exported in 2019 and tells of 2022: its owner put several into one."""
    code, answer = said("import", str(shared / "wechat_pay/wechat-personal-bill_utf8.csv"), "--exported", "2026-01-01")
    (receipt,) = answer["files"]
    assert code == 0 and receipt["quarantined"] == 0 and adds_up(receipt)
