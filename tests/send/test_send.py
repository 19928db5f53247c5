"""Approved proposals as files: what stands in them, what is left behind, and what the next exports decide."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from send_tools import INVENTORY, NEW_PRODUCTS, ORDERS, Shop, begin, order, products

LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y%m%d")  # a day that begins after the sending


def approved(shop: Shop, *questions: tuple[str, str]) -> None:
    for question in questions:
        shop.run(*question, "--propose")
    numbers = [str(number) for number, one in shop.proposals().items() if one["state"] == "proposed"]
    shop.run("proposals", "approve", *numbers, "--yes")


OVERSOLD, FLOOR, REORDER = ("inventory", "oversold"), ("listings", "below-floor"), ("inventory", "reorder")


def test_prices_and_quantities_for_shopify(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD, FLOOR)
    lowest = shop.json(*FLOOR)["rows"][0]["lowest"]
    body = shop.send()
    assert [(f["platform"], f["exporter"], f["rows"], f["proposals"]) for f in body["files"]] == [
        ("shopify", "shopify quantity", 1, [1]), ("shopify", "shopify price", 1, [2])]  # fmt: skip
    named = {"Handle": "mug", "Title": "Mug", "Option1 Name": "Color", "Option1 Value": "Blue", "Variant SKU": "M-1"}
    assert shop.sent_rows("price") == [named | {"Variant Price": f"{lowest:.2f}"}]
    assert shop.sent_rows("quantity") == [named | {"Variant Inventory Qty": "10"}]
    assert all(Path(f["path"]).exists() and Path(f["diff"]).exists() for f in body["files"])
    assert shop.states() == ["sent", "sent"]


def test_the_diff_beside_a_file(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    sheet = openpyxl.load_workbook(shop.send()["files"][0]["diff"]).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][3:] == ("shopify/main mug Blue", "Listed units", "12", "10")


def test_headers_are_those_of_the_last_export(shop: Shop) -> None:
    begin(shop)
    shop.take("products_export_20250321.csv", products(12, "20.00", head=NEW_PRODUCTS))
    approved(shop, FLOOR)
    shop.send()
    assert list(shop.sent_rows("price")[0]) == ["URL handle", "Title", "Option1 name", "Option1 value", "SKU", "Price"]


def test_a_dry_run_of_what_was_sent_lists_exactly_its_cells(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD, FLOOR)
    lowest = shop.json(*FLOOR)["rows"][0]["lowest"]
    found = []
    for sent in shop.send()["files"]:
        receipt = shop.json("import", sent["path"], "--dry-run")["files"][0]
        assert receipt["state"] == "dry run"
        found += [
            (d["table"], d["key"], d["column"], d["old"], d["new"])
            for d in receipt["differences"]
            if d["old"] is not None
        ]
    assert sorted(found) == [
        ("listings", "mug Blue", "listed_units", 12, 10), ("listings", "mug Blue", "price", 20.0, lowest)]  # fmt: skip


def test_a_sent_file_is_not_an_export(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    path = shop.send()["files"][0]["path"]
    shop.run("import", path, exit=4)
    assert "own-action-file" in shop.said
    assert shop.states() == ["sent"]


def test_sending_twice_writes_nothing_more(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    shop.send()
    before = sorted(p.name for p in shop.up.iterdir())
    assert shop.send()["files"] == [] and sorted(p.name for p in shop.up.iterdir()) == before


def test_the_next_export_decides_and_its_undo_takes_it_back(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD, FLOOR)
    shop.send()
    shop.take("products_export_20250401.csv", products(10, "99.00"))  # made before the sending: changes nothing
    assert shop.states() == ["sent", "sent"]
    time.sleep(1.1)
    receipt = shop.take("products_export_1.csv", products(10, "20.00", "0.00"))  # dated when it is taken in
    assert shop.states() == ["verified", "not applied"]
    shop.run("undo", str(receipt["import"]))
    assert shop.states() == ["sent", "sent"]
    shop.run("redo", str(receipt["import"]))
    assert shop.states() == ["verified", "not applied"]
    shown = {(r["part"], r["what"]): r["value"] for r in shop.json("proposals", "show", "2")["rows"]}
    assert shown["Price", "shopify/main mug Blue"].endswith(
        f"the platform shows 20.00 USD (import {receipt['import']})"
    )


def test_units_sold_since_do_not_make_a_quantity_wrong(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    shop.send()
    time.sleep(1.1)
    shop.take("orders_export_2.csv", ORDERS + order(50, "2025-03-21", "M-1", 3))
    shop.take("products_export_1.csv", products(7, "20.00"))  # 10 as sent, less 3 sold since
    assert shop.states() == ["verified"]


def test_an_export_that_names_the_day_of_the_sending_cannot_say_no(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    shop.send()
    today = datetime.now(UTC).strftime("%Y%m%d")
    shop.take(f"products_export_{today}.csv", products(12, "20.00"))  # may have been made in the morning
    assert shop.states() == ["sent"]
    shop.take(f"products_export_{LATER}.csv", products(12, "20.00", "0.01"))
    assert shop.states() == ["not applied"]


def test_what_changed_since_is_not_sent(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    shop.take("products_export_20250325.csv", products(4, "20.00"))
    body = shop.send(exit=3)
    assert body["files"] == [] and "12 was proposed upon, now it is 4" in body["left"][0]["why"]
    assert shop.states() == ["approved"]


def test_inventory_by_location(shop: Shop) -> None:
    begin(shop)
    rows = "mug,Mug,Color,Blue,M-1,Main,2,14,\n"
    shop.take("inventory_export_20250318.csv", INVENTORY + rows)
    wanted = shop.json(*OVERSOLD)["rows"][0]
    approved(shop, OVERSOLD)
    assert shop.send()["files"][0]["exporter"] == "shopify inventory"
    row = shop.sent_rows("inventory")[0]
    # listed goes from 12 to what is free; on hand at the fullest place moves by the same units
    assert (row["Location"], row["On hand (current)"]) == ("Main", "14")
    assert row["On hand (new)"] == str(14 - (12 - wanted["free"]))
    assert len(shop.sent_rows("inventory")) == 1
    time.sleep(1.1)
    after = rows.replace(",14,", f",{row['On hand (new)']},")
    shop.take("inventory_export_1.csv", INVENTORY + after)
    assert shop.states() == ["verified"]


def test_options_that_cannot_be_told_apart_are_left_to_the_merchant(shop: Shop) -> None:
    begin(shop)
    head = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\n"  # noqa: E501
    shop.take("products_export_20250321.csv", head + "cup,Cup,Size,S / M,Color,A; B: C,C-1,9.00,9,active\n")
    shop.take("stock2.csv", "SKU,Counted units,Counted on\nC-1,1,2025-03-20\n")
    shop.run(*OVERSOLD, "--propose", "--row", "sku:C-1")
    shop.run("proposals", "approve", "1")
    assert "options cannot be told apart" in shop.send(exit=3)["left"][0]["why"]
    assert "无法区分" in shop.send("--lang", "zh", exit=3)["left"][0]["why"]


def test_an_order_for_each_supplier(shop: Shop) -> None:
    begin(shop, listed=10)
    shop.take("orders_export_20250321.csv", ORDERS + order(60, "2025-03-20", "M-1", 8))
    shop.run(*REORDER, "--propose")
    quantity = shop.json(*REORDER)["rows"][0]["quantity"]
    shop.run("proposals", "approve", "1")
    assert f"{quantity} units to order" in shop.said
    sent = shop.send()["files"][0]
    assert (sent["platform"], sent["shop"], sent["rows"]) == ("supplier", "Kiln", 1)
    sheet = openpyxl.load_workbook(sent["path"], data_only=True).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[1][:2] == ["Supplier", "Kiln"]
    line = next(row for row in rows if row[0] == "M-1")
    assert line[2:8] == [quantity, None, 25, 25 * quantity, "USD", "2025-03-25"]
    assert rows[-1][0] == "Total" and rows[-1][5:7] == [25 * quantity, "USD"]


def test_an_order_is_verified_by_what_arrives(shop: Shop) -> None:
    begin(shop, listed=10)
    shop.take("orders_export_20250321.csv", ORDERS + order(60, "2025-03-20", "M-1", 8))
    shop.run(*REORDER, "--propose")
    row = shop.json(*REORDER)["rows"][0]
    shop.run("proposals", "approve", "1")
    shop.send()
    time.sleep(1.1)
    shop.take("stock3.csv", f"SKU,Counted units,Counted on\nM-1,{row['available']},2025-03-21\n")
    assert shop.states() == ["sent"]  # counted again, nothing came
    shop.take("stock4.csv", f"SKU,Counted units,Counted on\nM-1,{row['available'] + row['quantity']},2025-03-22\n")
    assert shop.states() == ["verified"]


def test_what_no_upload_takes_goes_on_a_checklist(shop: Shop) -> None:
    begin(shop)
    shop.take(
        "orders_export_20250321.csv",
        ORDERS + "#70,z@example.com,paid,2025-03-10 10:00:00 +0000,USD,20.00,20.00,Mug,1,20.00,M-1,unfulfilled,\n",
    )
    found = shop.json("orders", "overdue", "--propose")
    assert found["rows"][0]["action"] == "ship-order"
    shop.run("proposals", "approve", "1")
    sent = shop.send()["files"][0]
    assert sent["exporter"] == "own checklist"
    sheet = openpyxl.load_workbook(sent["path"]).active
    assert sheet is not None and sheet.cell(2, 2).value == "Ship the order"
    time.sleep(1.1)
    shop.take(
        f"orders_export_{LATER}.csv",
        ORDERS
        + "#70,z@example.com,paid,2025-03-10 10:00:00 +0000,USD,20.00,20.00,Mug,1,20.00,M-1,fulfilled,2025-03-21 10:00:00 +0000\n",  # noqa: E501
    )
    assert shop.states() == ["verified"]  # the alert no longer has the order


def test_evaluated_on_the_check_day(shop: Shop) -> None:
    begin(shop)
    shop.run(*OVERSOLD, "--propose")
    shop.run("proposals", "approve", "1", "--check-day", "2025-03-22")
    shop.send()
    time.sleep(1.1)
    shop.take("products_export_1.csv", products(10, "20.00"))
    assert shop.proposals()[1]["evaluated"] is False
    shop.take(
        "orders_export_20250323.csv", ORDERS + order(80, "2025-03-22", "P-1", 1) + order(81, "2025-03-23", "P-1", 1)
    )
    row = shop.proposals()[1]
    assert (row["state"], row["evaluated"], row["baseline"], row["measured"]) == ("verified", True, 2, 0)


def test_one_file_by_name_and_what_does_not_fit(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD, FLOOR)
    shop.run("send", "-o", str(shop.up / "one.csv"), exit=2)  # two files
    assert shop.states() == ["approved", "approved"] and not shop.up.exists()
    shop.run("send", "--action", "reprice", "-o", str(shop.store.parent / "one.xlsx"), exit=2)
    shop.run("send", "--action", "reprice", "-o", str(shop.store.parent / "one.csv"))
    assert (shop.store.parent / "one.csv").read_text(encoding="utf-8").startswith("Handle,Title")
    assert shop.states() == ["approved", "sent"]
    shop.run("send", "--platform", "amazon", "-o", str(shop.up))
    assert shop.states() == ["approved", "sent"]


def test_a_place_that_cannot_be_written_sends_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(shop)
    approved(shop, OVERSOLD, FLOOR)
    shop.up.mkdir()
    from merchant_cli.send import send

    written: list[Path] = []

    def full(path: Path, body: bytes) -> None:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        path.write_bytes(body)

    monkeypatch.setattr(send, "_write", full)
    shop.run("send", "-o", str(shop.up), exit=1)
    assert list(shop.up.iterdir()) == [] and shop.states() == ["approved", "approved"]


def test_read_only_runs_decide_and_send_nothing(shop: Shop) -> None:
    begin(shop)
    shop.run(*OVERSOLD, "--propose", "--read-only", exit=2)
    assert shop.proposals() == {}
    approved(shop, OVERSOLD)
    shop.run("send", "--read-only", "-o", str(shop.up), exit=2)
    shop.run("proposals", "refuse", "1", "--read-only", exit=2)
    assert shop.states() == ["approved"] and not shop.up.exists()


def test_the_worklist_leaves_out_what_was_sent_until_its_check_day(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    assert any(row["question"] == "oversold" for row in shop.json("today")["rows"])  # approved is not sent yet
    shop.send()
    body = shop.json("today")
    assert not any(row["question"] == "oversold" for row in body["rows"])
    assert body["notes"][0] == "1 action was sent and waits for the next export: `merchant proposals`"
    shop.take("orders_export_20250330.csv", ORDERS + order(90, "2025-03-29", "P-1", 1))  # past the check day, no word
    body = shop.json("proposals")
    assert body["rows"][0]["overdue"] is True and "past the check day" in body["notes"][0]
    assert any(row["question"] == "oversold" for row in shop.json("today")["rows"])


def test_a_late_upload_is_verified_late(shop: Shop) -> None:
    begin(shop)
    approved(shop, OVERSOLD)
    shop.send()
    time.sleep(1.1)
    shop.take("products_export_1.csv", products(12, "20.00", "0.01"))
    assert shop.states() == ["not applied"]
    time.sleep(1.1)
    late = shop.take("products_export_2.csv", products(10, "20.00"))
    assert shop.states() == ["verified"]
    shop.run("undo", str(late["import"]))
    assert shop.states() == ["not applied"]  # as the export before it says


def test_an_import_without_proposals_loads_nothing_of_send(shop: Shop) -> None:
    """An import is what is done most often; only a store with proposals has more work after it."""
    path = shop.files / "orders_export_20250320.csv"
    path.write_text(ORDERS + order(1, "2025-03-20", "M-1", 1), encoding="utf-8")
    code = "import sys; from merchant_cli.app import main; main(['import', sys.argv[1], '--quiet']);"
    code += "print([name for name in sys.modules if name.startswith('merchant_cli.send')])"
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
