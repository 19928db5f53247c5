"""Own sheets whose rows name their shop: where records go, in any order of imports, and what takes them back."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import pytest
from intake_tools import ORDERS_HEAD, digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.intake import again

COUPONS = "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Budget,Currency,Starts on,Ends on\n"
ADS = "Starts on,Ends on,Shop,Ad account,Ad campaign,SKU,Spend,Currency\n"
REVIEWS = "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text\n"
TAOBAO = "订单编号,买家应付货款,买家应付邮费,订单状态,订单创建时间,店铺名称\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def orders(folder: Path) -> Path:
    return write(folder / "orders_export_20250305.csv", ORDERS_HEAD + order("#1"))


def taobao(folder: Path, label: str = "云岫茶居", number: str = "4500000000000000001") -> Path:
    row = f"{number},10.00,0.00,交易成功,2025-03-01 10:00:00,{label}\n"
    return write(folder / f"ExportOrderList20250305{number[-4:]}.csv", TAOBAO + row)


def of_shop(store: Path, table: str, column: str) -> list[tuple[object, ...]]:
    return query(store, f"SELECT shop, {column} FROM {table} ORDER BY 2, 1")


def test_each_row_goes_to_the_shop_that_it_names(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    taken(store, [orders(tmp_path), taobao(tmp_path)])
    rows = (
        "A,,taobao/main,shop,amount,5,,,,\nB,,,shop,amount,5,,,,\nC,,shopify,shop,amount,5,,,,\n"
        "D,,云岫茶居,shop,amount,5,,,,\nE,,淘宝,shop,amount,5,,,,\nF,, TaoBao / Main ,shop,amount,5,,,,\n"
    )
    (receipt,) = taken(store, [write(tmp_path / "coupons.csv", COUPONS + rows)])
    assert receipt.outcome == {"inserted": 6, "quarantined": 0}
    assert of_shop(store, "coupons", "coupon_id") == [
        ("taobao/main", "A"), (None, "B"), ("shopify/main", "C"), ("taobao/main", "D"), ("taobao/main", "E"),
        ("taobao/main", "F"),
    ]  # fmt: skip
    assert query(store, "SELECT coupon_id, currency FROM coupons WHERE currency = 'USD'") == [("C", "USD")]
    assert query(store, "SELECT shop FROM imports WHERE importer = 'own coupons'") == [(0,)]
    assert faults(store) == []


def test_one_code_in_two_shops_is_two_coupons(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    rows = "A,,taobao/main,shop,amount,5,,,,\nA,,shopify/main,shop,amount,7,,USD,,\nA,,taobao/main,shop,amount,6,,,,\n"
    (receipt,) = taken(store, [write(tmp_path / "coupons.csv", COUPONS + rows)])
    assert receipt.outcome == {"inserted": 2, "quarantined": 1}
    assert query(store, "SELECT shop, face_minor FROM coupons ORDER BY 1") == [
        ("shopify/main", 700), ("taobao/main", 500),
    ]  # fmt: skip
    assert query(store, "SELECT line, code FROM quarantine") == [(4, "duplicate-key")]


def test_an_unknown_shop_waits_until_it_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "s.db"
    taken(store, [orders(tmp_path)])
    sheet = write(tmp_path / "reviews.csv", REVIEWS + "R1,二店,1,A,2025-03-01,5,x\nR2,shopify,1,A,2025-03-01,4,y\n")
    (receipt,) = taken(store, [sheet])
    assert receipt.outcome == {"inserted": 1, "quarantined": 1}
    assert main(["quarantine", "--store", str(store), "--lang", "en"]) == 0
    assert "“二店” names none of the shops, or several: shopify/main" in capsys.readouterr().out
    assert taken(store, [sheet])[0].state == "already imported"
    taken(store, [taobao(tmp_path, "一店")])
    taken(store, [taobao(tmp_path, "二店", "4500000000000000002")], shop="taobao/second")
    (receipt,) = taken(store, [sheet])
    assert receipt.state == "applied" and receipt.outcome["quarantined"] == 0
    assert of_shop(store, "reviews", "review_id") == [("taobao/second", "R1"), ("shopify/main", "R2")]
    assert taken(store, [sheet])[0].state == "already imported"
    assert faults(store) == []


def test_a_platform_with_two_shops_is_no_name(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    taken(store, [taobao(tmp_path)])
    taken(store, [taobao(tmp_path, "二店", "4500000000000000002")], shop="taobao/second")
    rows = "A,,淘宝,shop,amount,5,,,,\nB,,taobao/main,shop,amount,5,,,,\n"
    (receipt,) = taken(store, [write(tmp_path / "coupons.csv", COUPONS + rows)])
    assert receipt.outcome == {"inserted": 1, "quarantined": 1}
    assert query(store, "SELECT code, column_name FROM quarantine") == [("unknown-shop", "Shop")]


def three(folder: Path) -> list[Path]:
    """Two statements of one coupon, one of a review, and the shop's own file."""
    one = COUPONS + "A,,taobao/main,shop,amount,5,,,,\nB,,,shop,amount,1,,CNY,,\n"
    other = COUPONS + "A,,taobao/main,shop,amount,6,100,,,\n"
    return [
        write(folder / "one.csv", one), write(folder / "other.csv", other),
        write(folder / "reviews.csv", REVIEWS + "R1,taobao/main,1,A,2025-03-01,5,x\n"), taobao(folder),
    ]  # fmt: skip


def test_the_order_of_imports_leaves_no_trace(tmp_path: Path) -> None:
    """But for own sheets, of which the later holds: the two that speak of one coupon keep their order."""
    found = set()
    for n, files in enumerate(permutations(three(tmp_path))):
        if files.index(tmp_path / "one.csv") > files.index(tmp_path / "other.csv"):
            continue
        store = tmp_path / f"{n}.db"
        for path in files:
            taken(store, [path])
        found.add(digest(store))
        assert faults(store) == []
        assert query(store, "SELECT face_minor, budget_minor FROM coupons WHERE coupon_id = 'A'") == [(600, 10000)]
    assert len(found) == 1


def test_undo_and_redo_of_contested_rows(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    one, other, *_ = three(tmp_path)
    taken(store, [one])
    before = digest(store)
    (receipt,) = taken(store, [other])
    assert receipt.outcome["updated"] == 1
    both = digest(store)
    again.undo(store, 2)
    assert digest(store) == before and faults(store) == []
    again.redo(store, 2)
    assert digest(store) == both and faults(store) == []
    again.undo(store, 1)
    assert query(store, "SELECT coupon_id, face_minor FROM coupons") == [("A", 600)] and faults(store) == []


def test_an_export_and_a_sheet_of_one_shop_meet(tmp_path: Path) -> None:
    """The sheet's bearer and budget stand beside what the shop's newer export says of the code."""
    store = tmp_path / "s.db"
    export = write(
        tmp_path / "discount_codes_export_1.csv",
        "Name,Value,Value Type,Times Used In Total,Usage Limit Per Code,Status,Start,End\n"
        "SPRING,-10.0,percentage,5,,Active,2025-03-01 00:00:00 +0000,\n",
    )
    taken(store, [write(tmp_path / "c.csv", COUPONS + "SPRING,,shopify,creator,percent,15,50,USD,,\n")])
    (receipt,) = taken(store, [export])
    assert receipt.importer == "shopify discounts"
    asked = "SELECT shop, coupon_id, bearer, percent, budget_minor, from_day, own FROM coupons"
    assert query(store, asked) == [("shopify/main", "SPRING", "creator", 1000, 5000, "2025-03-01", 1)]
    assert faults(store) == []
    again.undo(store, 1)
    assert query(store, asked) == [("shopify/main", "SPRING", None, 1000, None, "2025-03-01", 0)]
    assert faults(store) == []
    again.undo(store, 2)
    assert query(store, asked) == [] and faults(store) == []


def test_ad_spend_covers_its_own_days_in_its_own_shop(tmp_path: Path) -> None:
    """A range of days says nothing of any one of them, and days between two rows are not stated."""
    store = tmp_path / "s.db"
    rows = (
        "2025-03-01,2025-03-01,taobao/main,A,B,,5,CNY\n2025-03-03,2025-03-03,taobao/main,A,B,,6,CNY\n"
        "2025-03-04,2025-03-10,taobao/main,A,B,,7,CNY\n2025-03-02,2025-03-02,,A,B,,8,CNY\n"
        "2025-03-02,2025-03-02,,A,B,,9,CNY\n"
    )
    (receipt,) = taken(store, [write(tmp_path / "ads.csv", ADS + rows)])
    assert receipt.outcome == {"inserted": 4, "quarantined": 1} and receipt.covers == ("2025-03-01", "2025-03-10")
    covered = "SELECT shop, day FROM coverage WHERE kind = 'ads' AND \"full\" = 1 ORDER BY day"
    assert query(store, covered) == [("taobao/main", "2025-03-01"), ("taobao/main", "2025-03-03")]
    assert query(store, "SELECT shop, day, full FROM import_days ORDER BY day") == [
        (1, "2025-03-01", 1), (0, "2025-03-02", 1), (1, "2025-03-03", 1),
    ]  # fmt: skip


def test_the_template_writes_the_shop_back(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    taken(store, three(tmp_path))
    before, sheet = digest(store), tmp_path / "mine.csv"
    assert main(["template", "coupons", "-o", str(sheet), "--store", str(store), "--lang", "en"]) == 0
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:3] for row in rows[2:]] == [["A", "", "taobao/main"], ["B", "", ""]]
    (receipt,) = taken(store, [sheet])
    assert receipt.outcome == {"unchanged": 2, "quarantined": 0} and digest(store) == before and faults(store) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_preview_makes_no_shop(tmp_path: Path, lang: str) -> None:
    store = tmp_path / "s.db"
    taken(store, [orders(tmp_path)])
    path = write(tmp_path / "c.csv", COUPONS + "A,,taobao/main,shop,amount,5,,,,\n")
    assert main(["import", str(path), "--dry-run", "--store", str(store), "--lang", lang]) == 0
    assert query(store, "SELECT shop FROM shops") == [("shopify/main",)]
