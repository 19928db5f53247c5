"""`merchant listings feed`: the listings of a shop as a Google Merchant feed, and back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from merchant_cli.app import main
from tests.importers.taking import rows

# A mug on sale, a shirt in two sizes of which one is sold out, a draft, and a title that no line of a feed can hold.
PRODUCTS = """Handle,Title,Vendor,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Status
mug,"Mug\t
big",Acme,Cups,true,Title,Default Title,,,MUG,shopify,3,12.00,15.00,active
tee,Tee,Acme,Shirts,true,Color,Red,Size,M,TEE-M,shopify,0,20.00,,active
tee,,,,,,Red,,L,TEE-L,shopify,7,20.50,,
poster,Poster,Acme,Art,true,Title,Default Title,,,,,,9.00,,active
old,Old,Acme,Art,true,Title,Default Title,,,OLD,shopify,1,9.00,,draft
"""
ORDERS = """Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,\
Lineitem sku
#1,paid,2026-09-01 10:00:00 +0000,USD,12.00,12.00,Mug,1,12.00,MUG
"""


@pytest.fixture
def shop(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    for name, content in (("orders_export.csv", ORDERS), ("products_export.csv", PRODUCTS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert main(["import", str(tmp_path / name)]) == 0
    capsys.readouterr()
    return tmp_path


def feed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_it_says_what_it_knows_and_names_what_is_missing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shop / "feed.tsv"
    link = "https://shop.example/products/{listing_id}"
    assert main(["listings", "feed", "-o", str(out), "--link", link, "--brand", "Acme"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "3 items lack what a main feed needs (description, image_link): MUG, TEE-L, TEE-M" in told.err
    assert "1 item lacks what a main feed needs (description, image_link, availability): poster" in told.err
    mug, poster, large, medium = feed(out)
    # 12.00 instead of 15.00: the regular price, and the sale price beside it.
    assert mug == {
        "id": "MUG", "item_group_id": "", "title": "Mug big", "link": "https://shop.example/products/mug",
        "availability": "in_stock", "price": "15.00 USD", "sale_price": "12.00 USD", "product_type": "Cups",
        "color": "", "size": "", "brand": "Acme",
    }  # fmt: skip
    assert (poster["id"], poster["availability"], poster["price"]) == ("poster", "", "9.00 USD")
    assert (large["id"], large["item_group_id"], large["color"], large["size"]) == ("TEE-L", "tee", "Red", "L")
    assert [medium[name] for name in ("availability", "price", "sale_price")] == ["out_of_stock", "20.00 USD", ""]


def test_what_is_written_is_known_and_taken_in_as_it_was(shop: Path, store: Path) -> None:
    """Prices, sale prices, addresses, groups and options come back; of stock only that there is none."""
    out, again = shop / "feed.tsv", shop / "again.tsv"
    assert main(["listings", "feed", "-o", str(out), "--link", "https://shop.example/{listing_id}"]) == 0
    assert main(["import", str(out)]) == 0
    assert rows(
        store,
        "SELECT code, listing_id, title, options, price, compare_at, l.currency, listed_units, url FROM fact_listings l"
        " JOIN shops s ON s.no = l.shop WHERE s.platform = 'google_merchant' ORDER BY code",
    ) == [
        ("MUG", "MUG", "Mug big", None, 1200, 1500, "USD", None, "https://shop.example/mug"),
        ("TEE-L", "tee", "Tee", "color: Red; size: L", 2050, None, "USD", None, "https://shop.example/tee"),
        ("TEE-M", "tee", "Tee", "color: Red; size: M", 2000, None, "USD", 0, "https://shop.example/tee"),
        ("poster", "poster", "Poster", None, 900, None, "USD", None, "https://shop.example/poster"),
    ]  # fmt: skip
    assert main(["listings", "feed", "--shop", "google_merchant/main", "-o", str(again)]) == 0
    assert sorted(map(str, feed(again))) == sorted(map(str, feed(out)))


def test_without_a_file_the_feed_is_standard_output(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listings", "feed"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[:2] == ["id", "item_group_id"] and len(lines) == 5


def test_an_id_that_google_refuses_stays_out_and_is_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "long.csv").write_text(PRODUCTS.replace("MUG,", "M" * 51 + ","), encoding="utf-8")
    assert main(["import", str(shop / "long.csv")]) == 0
    assert main(["listings", "feed", "-o", str(shop / "f.tsv")]) == 3
    assert f"{'M' * 51} is left out: Its id is longer than 50 characters." in capsys.readouterr().err
    assert len(feed(shop / "f.tsv")) == 3


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["-o", "feed.csv"], 2, "must end in .tsv or .txt"),
        (["-o", "products_export.csv"], 2, "must end in .tsv or .txt"),
        (["--shop", "shopify/other"], 2, "shopify/other"),
        (["--condition", "fair"], 2, "new, refurbished or used"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(
    args: list[str], code: int, told: str, shop: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(shop)
    assert main(["listings", "feed", *args]) == code
    assert told in capsys.readouterr().err


def test_a_feed_that_is_there_is_replaced_only_if_asked(shop: Path) -> None:
    (shop / "feed.txt").write_text("mine", encoding="utf-8")
    assert main(["listings", "feed", "-o", str(shop / "feed.txt")]) == 2
    assert (shop / "feed.txt").read_text(encoding="utf-8") == "mine"
    assert main(["listings", "feed", "-o", str(shop / "feed.txt"), "--force"]) == 0


def test_of_two_shops_one_is_to_be_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(shop / "products_export.csv"), "--shop", "shopify/second"]) == 0
    capsys.readouterr()
    assert main(["--lang", "zh", "listings", "feed"]) == 2
    assert "请用 --shop 指定一个" in capsys.readouterr().err


def test_an_empty_store_has_an_empty_feed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listings", "feed"]) == 0
    assert capsys.readouterr().out == "id\ttitle\tavailability\tprice\n"
    assert not store.exists()
