"""WooCommerce: an export, proposals, the uploads byte for byte, their previews, and what the next export decides."""

from __future__ import annotations

import time

import pytest

from merchant_cli.store import open as opening
from tests.send.send_tools import Shop
from tests.send_platforms.platform_tools import FLOOR, OVERSOLD, approved, begin, previewed, sent, states

HEAD = (
    "ID,Type,SKU,Name,Published,Date sale price starts,Date sale price ends,Stock,Sale price,Regular price,Parent,"
    "Attribute 1 name,Attribute 1 value(s)\n"
)
BAG = '100,variable,BAG,Linen Bag,1,,,,,,,Colour,"Green, Red"\n103,variation,BAG-G,Linen Bag - Green,1,,,{},,{},BAG,Colour,Green\n'  # noqa: E501
MUG = "110,simple,MUG,Mug,1,,,{},{},{},,,\n"
PIN = "112,simple,{},Pin,1,,,8,,{},,,\n"
EXPORT = HEAD + BAG.format(12, "25.00") + MUG.format(9, "18.00", "24.00")
STOCK = {"BAG-G": 10, "MUG": 4, "-PIN": 50, "112": 50}
# Fee 2.9 % (its fixed part is in dollars and the shop's currency is not known).
# Bag: 30.90 - 0.90 = 30.00. Mug: 19.57 - 0.57 = 19.00. Pin: 3.09 - 0.09 = 3.00; a cent less misses each.
COSTS = {"BAG-G": "30.00", "MUG": "19.00", "-PIN": "3.00", "112": "3.00"}


def started(shop: Shop, export: str = EXPORT, name: str = "wc-product-export-20250320.csv") -> None:
    begin(shop, STOCK, COSTS)
    shop.take(name, export)


def test_prices_and_stock_in_files_of_their_own_columns(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    assert sent(shop) == {
        "woocommerce stock: ID,SKU,Parent,Stock": b"ID,SKU,Parent,Stock\n103,BAG-G,id:100,10\n110,MUG,,4\n",
        "woocommerce price: ID,SKU,Parent,Regular price":
            b"ID,SKU,Parent,Regular price\n103,BAG-G,id:100,30.90\n",
        "woocommerce price: ID,SKU,Parent,Sale price": b"ID,SKU,Parent,Sale price\n110,MUG,,19.57\n",
    }  # fmt: skip


def test_a_preview_lists_exactly_what_was_approved(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    sent(shop)
    assert previewed(shop) == [
        ("woocommerce changes", "100 103", "listed_units", 12, 10),
        ("woocommerce changes", "100 103", "price", 25.0, 30.9),
        ("woocommerce changes", "110", "listed_units", 9, 4),
        ("woocommerce changes", "110", "price", 18.0, 19.57),
    ]


def test_the_next_export_decides(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    sent(shop)
    done = HEAD + BAG.format(10, "30.90") + MUG.format(4, "19.57", "24.00")
    shop.take("wc-product-export-20250401.csv", done)  # made before the sending
    assert set(states(shop).values()) == {"sent"}
    time.sleep(1.1)
    shop.take("wc-product-export.csv", HEAD + BAG.format(10, "30.90") + MUG.format(9, "18.00", "24.00"))
    assert states(shop) == {
        "Linen Bag - Green: lower-listed-units": "verified", "Mug: lower-listed-units": "not applied",
        "Linen Bag - Green · Colour: Green: reprice": "verified", "Mug: reprice": "not applied",
    }  # fmt: skip


def test_twice_changes_nothing(shop: Shop) -> None:
    started(shop)
    numbers = approved(shop, OVERSOLD, FLOOR)
    before = shop.run("proposals", "--json")
    shop.run("proposals", "approve", *numbers, "--yes")
    assert shop.run("proposals", "--json") == before
    assert len(sent(shop)) == 3
    assert sent(shop) == {}
    for path in shop.up.glob("*.csv"):
        shop.run("import", str(path), exit=4)
        assert "own-action-file" in shop.said
    assert set(states(shop).values()) == {"sent"}


@pytest.mark.parametrize("sku", ["", "'-PIN"])
def test_an_sku_that_cannot_be_written_leaves_the_column_out(shop: Shop, sku: str) -> None:
    """A product without SKU would get one, and an SKU that begins with = + - @ would keep its apostrophe."""
    started(shop, EXPORT + PIN.format(sku, "2.50"))
    approved(shop, FLOOR)
    assert sent(shop) == {
        "woocommerce price: ID,Parent,Regular price": b"ID,Parent,Regular price\n103,id:100,30.90\n112,,3.09\n",
        "woocommerce price: ID,SKU,Parent,Sale price": b"ID,SKU,Parent,Sale price\n110,MUG,,19.57\n",
    }
    assert [row[1:] for row in previewed(shop)] == [
        ("100 103", "price", 25.0, 30.9), ("110", "price", 18.0, 19.57), ("112", "price", 2.5, 3.09)]  # fmt: skip


def test_the_delimiter_and_decimal_comma_of_the_last_export(shop: Shop) -> None:
    rows = EXPORT.replace(".00", ",50").replace('"Green, Red"', "Green").splitlines()
    export = "\n".join(";".join(_cells(row)) for row in rows)
    started(shop, "\ufeff" + export + "\n")
    approved(shop, FLOOR)
    # The bag at 25.50 and the mug on sale at 18.50 cost the same as before.
    assert sent(shop) == {
        "woocommerce price: ID;SKU;Parent;Regular price": b"ID;SKU;Parent;Regular price\n103;BAG-G;id:100;30,90\n",
        "woocommerce price: ID;SKU;Parent;Sale price": b"ID;SKU;Parent;Sale price\n110;MUG;;19,57\n",
    }
    assert [row[1:] for row in previewed(shop)] == [
        ("100 103", "price", 25.5, 30.9), ("110", "price", 18.5, 19.57)]  # fmt: skip


def _cells(row: str) -> list[str]:
    """The cells of a row of EXPORT, whose amounts have got a comma."""
    found = row.split(",")
    for i in range(len(found) - 1, 0, -1):
        if found[i] == "50" and found[i - 1].isdigit():
            found[i - 1 : i + 1] = [f"{found[i - 1]},50"]
    return found


def test_a_sale_that_is_over_is_no_sale(shop: Shop) -> None:
    """An empty sale price takes nothing back in the store, so the newest export alone says whether a sale runs."""
    started(shop)
    shop.take("wc-product-export-20250321.csv", HEAD + BAG.format(12, "25.00") + MUG.format(9, "", "18.00"))
    approved(shop, FLOOR)
    assert sent(shop) == {
        "woocommerce price: ID,SKU,Parent,Regular price":
            b"ID,SKU,Parent,Regular price\n103,BAG-G,id:100,30.90\n110,MUG,,19.57\n",
    }  # fmt: skip


def test_a_new_regular_price_stands_beside_its_sale_price(shop: Shop) -> None:
    """No alert proposes it yet; a proposal's cell may."""
    started(shop)
    shop.run(*FLOOR, "--propose", "--row", "listing:woocommerce/main/110")
    with opening.write(shop.store, "test") as db:
        db.execute("UPDATE proposal_cells SET field = 'compare_at', old = 2400, new = 2600")
    shop.run("proposals", "approve", "1", "--yes")
    assert list(sent(shop).values()) == [b"ID,SKU,Parent,Sale price,Regular price\n110,MUG,,18.00,26.00\n"]
    assert previewed(shop) == [("woocommerce changes", "110", "compare_at", 24.0, 26.0)]


def left(shop: Shop) -> tuple[str, str]:
    """Why the only proposal stays behind, in both languages."""
    found = [shop.send(*lang, exit=3)["left"] for lang in ((), ("--lang", "zh"))]
    assert [len(each) for each in found] == [1, 1]
    return found[0][0]["why"], found[1][0]["why"]


def test_a_sale_price_stays_below_the_regular_one(shop: Shop) -> None:
    started(shop, HEAD + MUG.format(4, "18.00", "19.57"))  # 19.57 is what would do
    approved(shop, FLOOR)
    assert left(shop) == (
        "It is on sale: the sale price must stay below the regular price of 19.57. Raise that one first.",
        "正在促销：促销价应低于原价 19.57，请先提高原价。",
    )
    assert list(states(shop).values()) == ["approved"]


@pytest.mark.parametrize("row", [
    ",simple,MUG,Mug,1,,,9,,18.00,,,\n",  # no number
    "110,variation,MUG,Mug,1,,,9,,18.00,2024,Size,S\n",  # its parent is named by an SKU of digits that is not there
])  # fmt: skip
def test_a_product_whose_number_no_file_tells(shop: Shop, row: str) -> None:
    started(shop, HEAD + row)
    approved(shop, FLOOR)
    assert left(shop) == (
        "WooCommerce's number of it is not known: import an export of all products with the column ID.",
        "不知道它在 WooCommerce 中的编号：请导入含有 `ID` 列的全部商品导出文件。",
    )


def test_stock_that_woocommerce_does_not_count(shop: Shop) -> None:
    started(shop, HEAD + MUG.format("", "", "24.00"))
    shop.run(*FLOOR, "--propose")
    assert shop.states() == []  # above its floor: the cell of another proposal is turned into one of units
    shop.take("wc-product-export-20250321.csv", HEAD + MUG.format("", "", "18.00"))
    shop.run(*FLOOR, "--propose")
    with opening.write(shop.store, "test") as db:
        db.execute("UPDATE proposal_cells SET field = 'listed_units', old = NULL, new = 3")
    shop.run("proposals", "approve", "1", "--yes")
    assert left(shop) == (
        "WooCommerce does not count its stock: change it there by hand.",
        "WooCommerce 未对它单独管理库存，请在后台手动修改。",
    )
