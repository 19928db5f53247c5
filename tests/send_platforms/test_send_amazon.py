"""Amazon: a listings report, proposals, the upload byte for byte, its preview, and what the next report decides."""

from __future__ import annotations

import time

import pytest

from merchant_cli.store import open as opening
from tests.send.send_tools import Shop
from tests.send_platforms.platform_tools import FLOOR, OVERSOLD, approved, begin, previewed, sent, states

HEAD = (
    "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\tproduct-id-type\tasin1\tproduct-id\t"
    "pending-quantity\tfulfillment-channel\tmerchant-shipping-group\tstatus\n"
)
STOCK = {"CUP": 10, "TRAY": 40, "BAG": 40}
# Fee 15 %. Cup: 23.53 - 3.53 = 20.00; tray: 35.29 - 5.29 = 30.00; bag: 9.41 - 1.41 = 8.00; a cent less misses each.
COSTS = {"CUP": "20.00", "TRAY": "30.00", "BAG": "8.00"}


def row(sku: str, price: str, quantity: object, channel: str = "DEFAULT", title: str = "") -> str:
    said = [f'{title or sku.title()} "fine" 12" wide', "", f"L-{sku}", sku, price, quantity, "2024-03-02 07:35:42 PST",
            1, f"B0{sku}", f"B0{sku}", 0, channel, "", "Active"]  # fmt: skip
    return "\t".join(map(str, said)) + "\n"


def report(cup: tuple[str, int] = ("19.99", 12), tray: str = "30.00", bag: str = "7.50") -> str:
    """Cups are oversold and too cheap, trays only too cheap; bags are kept by Amazon and too cheap."""
    return HEAD + row("CUP", *cup) + row("TRAY", tray, 5) + row("BAG", bag, "", "AMAZON_NA")


def started(shop: Shop, text: str = "") -> None:
    begin(shop, STOCK, COSTS)
    shop.take("All+Listings+Report_20250320.txt", text or report())


ONLY_PRICES = (  # what loses most comes first
    b"sku\tprice\tminimum-seller-allowed-price\tmaximum-seller-allowed-price\n"
    b"TRAY\t35.29\t\t\nCUP\t23.53\t\t\nBAG\t9.41\t\t\n"
)
QUANTITIES = (
    b"sku\tprice\tminimum-seller-allowed-price\tmaximum-seller-allowed-price\tquantity\thandling-time\t"
    b"fulfillment-channel\nCUP\t\t\t\t10\t\tDEFAULT\n"
)


def test_prices_and_quantities(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    both = QUANTITIES.replace(b"CUP\t\t\t\t10", b"CUP\t23.53\t\t\t10")  # two proposals of one SKU are one row
    assert list(sent(shop).values()) == [both, ONLY_PRICES.replace(b"CUP\t23.53\t\t\n", b"")]
    assert all(path.name.startswith("amazon-main-price-quantity-") for path in shop.up.iterdir())
    assert sorted(path.suffix for path in shop.up.iterdir()) == [".txt", ".txt", ".xlsx", ".xlsx"]


def test_a_preview_lists_exactly_what_was_approved(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    sent(shop)
    assert previewed(shop) == [
        ("amazon price-quantity", "BAG", "price", 7.5, 9.41),
        ("amazon price-quantity", "CUP", "listed_units", 12, 10),
        ("amazon price-quantity", "CUP", "price", 19.99, 23.53),
        ("amazon price-quantity", "TRAY", "price", 30.0, 35.29),
    ]


def test_the_next_report_decides(shop: Shop) -> None:
    started(shop)
    approved(shop, OVERSOLD, FLOOR)
    sent(shop)
    shop.take("All+Listings+Report_20250401.txt", report(("23.53", 10), "35.29", "9.41"))  # made before the sending
    assert set(states(shop).values()) == {"sent"}
    time.sleep(1.1)
    shop.take("All+Listings+Report.txt", report(("23.53", 12), "30.00", "9.41"))
    assert sorted(states(shop).values()) == ["not applied", "not applied", "verified", "verified"]
    said = {name.partition(" ")[0] + name.rpartition(":")[2]: state for name, state in states(shop).items()}
    assert said == {"Cup lower-listed-units": "not applied", "Cup reprice": "verified",
                    "Tray reprice": "not applied", "Bag reprice": "verified"}  # fmt: skip


def test_twice_changes_nothing(shop: Shop) -> None:
    started(shop)
    numbers = approved(shop, OVERSOLD, FLOOR)
    before = shop.run("proposals", "--json")
    shop.run("proposals", "approve", *numbers, "--yes")
    assert shop.run("proposals", "--json") == before
    assert len(sent(shop)) == 2
    assert sent(shop) == {}
    for path in shop.up.glob("*.txt"):
        shop.run("import", str(path), exit=4)
        assert "own-action-file" in shop.said


def test_prices_and_units_of_one_proposal_in_one_row(shop: Shop) -> None:
    """No alert proposes both yet; a proposal may."""
    started(shop, HEAD + row("CUP", "19.99", 12))
    shop.run(*FLOOR, "--propose")
    with opening.write(shop.store, "test") as db:
        db.execute("INSERT INTO proposal_cells SELECT number, 2, shop, listing_id, variant_id, 'listed_units', 12, 9,"
                   " currency, send, seen, seen_in FROM proposal_cells")  # fmt: skip
    shop.run("proposals", "approve", "1", "--yes")
    assert list(sent(shop).values()) == [QUANTITIES.replace(b"CUP\t\t\t\t10", b"CUP\t23.53\t\t\t9")]


def left(shop: Shop) -> tuple[str, str]:
    """Why the only proposal stays behind, in both languages."""
    found = [shop.send(*lang, exit=3)["left"] for lang in ((), ("--lang", "zh"))]
    assert [len(each) for each in found] == [1, 1]
    return found[0][0]["why"], found[1][0]["why"]


def test_units_that_amazon_keeps_are_not_the_sellers_to_set(shop: Shop) -> None:
    """The older report, from when the seller shipped them, still says how many he had."""
    begin(shop, {"CUP": 3}, COSTS)
    shop.take("All+Listings+Report_20250319.txt", HEAD + row("CUP", "30.00", 12))
    shop.take("All+Listings+Report_20250320.txt", HEAD + row("CUP", "30.00", "", "AMAZON_EU"))
    approved(shop, OVERSOLD)
    assert left(shop) == (
        "Amazon keeps and ships it (FBA): its units cannot be set.",
        "由亚马逊仓库备货和配送（FBA），数量不能由商家设置。",
    )
    assert shop.states() == ["approved"]


@pytest.mark.parametrize("sku", ['B"1', "A\u2028B"])
def test_a_sku_that_would_break_the_row(shop: Shop, sku: str) -> None:
    begin(shop, {}, {sku: "9.00"})
    shop.take("All+Listings+Report_20250320.txt", HEAD + row(sku, "5.00", 2, title="Cup"))
    approved(shop, FLOOR)
    assert left(shop) == (
        "Its SKU has a tab, a line break or a quotation mark, which the file cannot hold: change it on Amazon by hand.",
        "它的 SKU 含有制表符、换行或引号，上传文件无法表示，请在亚马逊后台手动修改。",
    )


@pytest.mark.parametrize(("field", "new", "why"), [
    ("price", 0, ("A price must be above zero.", "售价应大于零。")),
    ("listed_units", 1_000_000, ("Units go from 0 to 999,999.", "数量应在 0 到 999,999 之间。")),
])  # fmt: skip
def test_what_no_platform_takes(shop: Shop, field: str, new: int, why: tuple[str, str]) -> None:
    started(shop, HEAD + row("CUP", "19.99", 12))
    shop.run(*FLOOR, "--propose")
    with opening.write(shop.store, "test") as db:
        old = 1999 if field == "price" else 12
        db.execute("UPDATE proposal_cells SET field = ?, old = ?, new = ?", (field, old, new))
    shop.run("proposals", "approve", "1", "--yes")
    assert left(shop) == why
