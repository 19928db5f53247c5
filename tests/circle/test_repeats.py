"""The circle with the example shop, step by step: what is done twice, too late or taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from circle_tools import Desk, rows_of, simulate

UNITS, PRICE = "lower-listed-units", "reprice"
KETTLE, THROW = "CJ-1010-BK", "BZ-2004-BR"


def propose(desk: Desk) -> None:
    """1: the kettle's listed units from 12 to 9; 2: the throw's price from 37.50 to 38.02."""
    desk.run("inventory", "oversold", "--propose")
    desk.run("listings", "below-floor", "--propose")


def sent(desk: Desk) -> None:
    propose(desk)
    desk.run("proposals", "approve", "1", "2", "--yes")
    desk.send()


def numbered(path: Path) -> dict[str, tuple[str, str]]:
    """SKU → price and units of a products file."""
    rows = [row for row in rows_of(path) if row["Variant SKU"]]
    return {row["Variant SKU"]: (row["Variant Price"], row["Variant Inventory Qty"]) for row in rows}


def test_the_platform_changes_what_was_proposed_and_nothing_else(desk: Desk) -> None:
    sent(desk)
    (products,) = desk.next_export("products")
    before = numbered(products)
    desk.applies(desk.uploaded("price"))
    desk.applies(desk.uploaded("quantity"))
    (products,) = desk.next_export("products")
    after = numbered(products)
    assert {sku: (before[sku], after[sku]) for sku in before if before[sku] != after[sku]} == {
        KETTLE: (("139.00", "12"), ("139.00", "9")),
        THROW: (("37.50", "18"), ("38.02", "18")),
    }
    assert before.keys() == after.keys()
    desk.run("import", products)
    assert desk.states() == {UNITS: "verified", PRICE: "verified"}


def test_approving_twice_and_sending_twice_change_nothing(desk: Desk) -> None:
    propose(desk)
    desk.run("proposals", "approve", "1", "2", "--yes")
    before = desk.json("proposals")
    desk.run("proposals", "approve", "1", "2", "--yes")
    assert desk.json("proposals") == before
    assert len(desk.send()) == 2
    files, before = {path.name: path.read_bytes() for path in desk.up.iterdir()}, desk.json("proposals")
    assert desk.send() == []
    assert {path.name: path.read_bytes() for path in desk.up.iterdir()} == files
    desk.run("proposals", "approve", "1", "2", "--yes")
    propose(desk)
    assert desk.json("proposals") == before


def test_a_dry_run_of_each_sent_file_lists_exactly_its_cells(desk: Desk) -> None:
    sent(desk)
    found = {}
    for name in ("price", "quantity"):
        (receipt,) = desk.json("import", "--dry-run", desk.uploaded(name))["files"]
        found[name] = [tuple(one.values()) for one in receipt["differences"]]
    assert found == {
        "price": [("listings", "wool-blend-throw Caramel", "price", 37.5, 38.02)],
        "quantity": [("listings", "cast-iron-kettle Black", "listed_units", 12, 9)],
    }


def test_a_sent_file_is_not_taken_for_an_export(desk: Desk) -> None:
    sent(desk)
    for name in ("price", "quantity"):
        copied = desk.folder / f"products_export_{name}.csv"
        shutil.copy(desk.uploaded(name), copied)
        (receipt,) = desk.json("import", copied, exit=4)["files"]
        assert receipt["problem"]["code"] == "own-action-file"
    assert desk.states() == {UNITS: "sent", PRICE: "sent"}


def test_an_export_older_than_the_sending_changes_nothing(desk: Desk) -> None:
    """Both values stand in it already, so it would verify if its day were not looked at."""
    sent(desk)
    desk.applies(desk.uploaded("price"))
    desk.applies(desk.uploaded("quantity"))
    (products,) = desk.next_export("products")
    older = products.rename(products.with_name("products_export_20261114.csv"))
    desk.run("import", older)
    assert desk.states() == {UNITS: "sent", PRICE: "sent"}


def test_what_was_never_uploaded_is_not_applied(desk: Desk) -> None:
    sent(desk)
    desk.applies(desk.uploaded("quantity"))
    desk.run("import", *desk.next_export("products"))
    assert desk.states() == {UNITS: "verified", PRICE: "not applied"}


def test_undoing_the_verifying_import_opens_it_again_and_redo_verifies(desk: Desk) -> None:
    sent(desk)
    desk.applies(desk.uploaded("quantity"))
    (products,) = desk.next_export("products")
    desk.run("import", products)
    decided = desk.json("proposals")
    number = desk.import_of(products.name)
    desk.run("undo", number)
    assert desk.states() == {UNITS: "sent", PRICE: "sent"}
    desk.run("redo", number)
    assert desk.json("proposals") == decided


def test_undoing_the_verifying_import_after_the_evaluation_opens_it_again(desk: Desk) -> None:
    propose(desk)
    desk.run("proposals", "approve", "1", "2", "--yes", "--check-day", "2026-11-16")
    desk.send()
    desk.applies(desk.uploaded("quantity"))
    desk.applies(desk.uploaded("price"))
    (products,) = desk.next_export("products")
    desk.run("import", products)
    simulate("sell", desk.shop, "--first", THROW).check_returncode()
    desk.run("import", *desk.next_export("orders"))
    rows = desk.json("proposals")["rows"]
    assert {(row["state"], row["evaluated"]) for row in rows} == {("verified", True)}
    number = desk.import_of(products.name)
    desk.run("undo", number)
    assert desk.states() == {UNITS: "sent", PRICE: "sent"}
    desk.run("redo", number)
    assert desk.json("proposals")["rows"] == rows

    orders = desk.import_of("orders_export_1.csv")
    desk.run("undo", orders)  # it reached the check day
    back = desk.json("proposals")["rows"]
    assert {(row["state"], row["evaluated"], row["measured"]) for row in back} == {("verified", False, None)}
    desk.run("redo", orders)
    assert desk.json("proposals")["rows"] == rows


@pytest.mark.parametrize(
    ("file", "action"), [("库存盘点.csv", UNITS), ("products_export_20261115.csv", PRICE), ("成本与供应商.xlsx", PRICE)]
)
def test_undoing_the_evidence_withdraws_the_proposal_and_redo_brings_it_back(
    desk: Desk, file: str, action: str
) -> None:
    propose(desk)
    number = desk.import_of(file)
    desk.run("undo", number)
    assert desk.states()[action] == "evidence withdrawn"
    desk.run("redo", number)
    assert desk.states() == {UNITS: "proposed", PRICE: "proposed"}


def test_undoing_the_evidence_of_what_was_approved_stops_the_sending(desk: Desk) -> None:
    propose(desk)
    desk.run("proposals", "approve", "1", "--yes")
    number = desk.import_of("库存盘点.csv")
    desk.run("undo", number)
    assert desk.send() == []
    desk.run("redo", number)
    assert desk.states()[UNITS] == "approved"
    assert len(desk.send()) == 1


def test_an_order_is_verified_by_what_the_platform_counts_after_the_delivery(desk: Desk) -> None:
    desk.run("inventory", "reorder", "--row", "sku:JJ-3005-NA", "--propose")
    desk.run("proposals", "approve", "1")
    desk.send()
    (products, _) = desk.next_export("products", "inventory")
    desk.run("import", products.parent)
    assert desk.states() == {"purchase-order": "sent"}
    done = simulate("deliver", desk.shop, desk.uploaded("order"), "--location", "Brooklyn")
    assert done.stdout == "JJ-3005-NA: 4 → 52\n"
    desk.run("import", desk.next_export("inventory")[0].parent)
    assert desk.states() == {"purchase-order": "verified"}


def test_orders_of_the_next_days_are_taken_in_whole(desk: Desk) -> None:
    """The simulator's orders are orders to us: they add up, and no row waits."""
    done = simulate("sell", desk.shop, "--first", THROW)
    assert done.returncode == 0, done.stderr
    count = int(done.stdout.split()[0])
    (orders,) = desk.next_export("orders")
    (receipt,) = desk.json("import", orders)["files"]
    assert (receipt["inserted"], receipt["updated"], receipt["quarantined"]) == (count, 0, 0)
    day = simulate("day", desk.shop).stdout.strip()
    assert desk.json("finance", "vitals")["as_of"] >= day
