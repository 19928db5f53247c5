"""From an alert's row to a proposal: kept once, decided once, refused with a reason, put off until a day."""

from __future__ import annotations

from send_tools import Shop, begin

from merchant_cli.store import open as opening
from merchant_cli.store import proposals as kept

OVERSOLD, FLOOR = "inventory/oversold/sku:M-1", "listings/below-floor/listing:shopify/main/mug/Blue"


def test_a_row_is_proposed_once(shop: Shop) -> None:
    begin(shop)
    first = shop.json("inventory", "oversold", "--propose")
    again = shop.json("inventory", "oversold", "--propose")
    assert [row["number"] for row in first["rows"]] == [row["number"] for row in again["rows"]] == [1]
    row = shop.proposals()[1]
    assert (row["address"], row["action"], row["platform"]) == (OVERSOLD, "lower-listed-units", "shopify")
    assert (row["state"], row["due"], row["check_day"]) == ("proposed", "2025-03-20", "2025-03-27")
    assert (row["evaluated"], row["metric"], row["baseline"]) == (False, "too-many", 2)


def test_evidence_stays_as_it_was_seen(shop: Shop) -> None:
    begin(shop)
    shop.run("listings", "below-floor", "--propose")
    with opening.read(shop.store) as db:
        one = kept.listed(db)[0]
    # 20.00 less Shopify's fee and the cost of 25.00 is less than nothing; the sentence is kept in both languages
    assert one.evidence["price"] == 2000 and one.evidence["cost"] == 2500
    assert one.evidence["why"]["en"].startswith("Sells at 20.00 USD") and "20.00" in one.evidence["why"]["zh"]
    assert [(cell.field, cell.old, cell.currency) for cell in one.cells] == [("price", 2000, "USD")]
    assert one.cells[0].new == one.params["lowest"] > 2500


def test_one_row_by_its_key_and_only_of_alerts(shop: Shop) -> None:
    begin(shop)
    assert shop.json("inventory", "oversold", "--propose", "--row", "sku:M-1")["count"] == 1
    shop.run("inventory", "oversold", "--propose", "--row", "sku:none", exit=2)
    shop.run("coupons", "book", "--propose", exit=2)


def test_the_command_that_acts(shop: Shop) -> None:
    begin(shop)
    row = shop.json("inventory", "oversold")["rows"][0]
    assert row["command"] == "merchant inventory oversold --row sku:M-1 --propose"


def test_new_prices_ask_once_more_and_say_the_total(shop: Shop) -> None:
    begin(shop)
    shop.run("listings", "below-floor", "--propose")
    new = shop.json("listings", "below-floor")["rows"][0]["lowest"]
    shop.run("proposals", "approve", "1", exit=2)
    assert f"20.00 USD become {new:.2f} USD" in shop.said and "needs-yes" in shop.said
    assert shop.states() == ["proposed"]
    shop.run("proposals", "approve", "1", "--yes", "--owner", "Ann", "--due", "2025-03-25", "--check-day", "2025-04-01")
    row = shop.proposals()[1]
    assert (row["state"], row["owner"], row["due"], row["check_day"]) == ("approved", "Ann", "2025-03-25", "2025-04-01")


def test_approving_twice_changes_nothing(shop: Shop) -> None:
    begin(shop)
    shop.run("inventory", "oversold", "--propose")
    shop.run("proposals", "approve", "1")
    before = shop.run("proposals", "--json")
    shop.run("proposals", "approve", "1")
    assert "nothing changes" in shop.said
    assert shop.run("proposals", "--json") == before


def test_refused_and_put_off(shop: Shop) -> None:
    begin(shop)
    shop.run("inventory", "oversold", "--propose")
    shop.run("proposals", "snooze", "1", "--until", "2025-03-20", exit=2)  # the as-of day itself is not later
    shop.run("proposals", "snooze", "1", "--until", "2025-03-25")
    assert (
        shop.states() == ["snoozed"]
        and shop.json("proposals", "--as-of", "2025-03-25")["rows"][0]["state"] == "proposed"
    )
    shop.run("proposals", "refuse", "1", "--why", "counted wrong")
    assert shop.states() == ["refused"]
    shop.run("proposals", "approve", "1", exit=2)
    assert "proposal-closed" in shop.said
    shop.run("inventory", "oversold", "--propose")  # refused is closed: the row may be proposed anew
    assert shop.states() == ["refused", "proposed"]


def test_no_such_number(shop: Shop) -> None:
    shop.run("proposals", "approve", "7", exit=2)
    assert "no-such-proposal" in shop.said
    shop.run("proposals", "show", "7", exit=2)


def test_more_than_fifty_rows_ask_once_more(shop: Shop) -> None:
    begin(shop)
    many = "".join(f"p{n},T{n},Title,Default Title,K-{n},9.00,,7,active\n" for n in range(51))
    head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Inventory Qty,Status\n"  # noqa: E501
    shop.take("products_export_20250321.csv", head + many)
    shop.take("stock2.csv", "SKU,Counted units,Counted on\n" + "".join(f"K-{n},1,2025-03-20\n" for n in range(51)))
    numbers = [str(row["number"]) for row in shop.json("inventory", "oversold", "--propose")["rows"]]
    assert len(numbers) == 52  # and the mug
    shop.run("proposals", "approve", *numbers[:50])
    shop.run("proposals", "refuse", *numbers[50:])
    shop.run("proposals", "approve", *numbers[50:], exit=2)
    again = [str(row["number"]) for row in shop.json("inventory", "oversold", "--propose")["rows"]]
    assert len(again) == 52
    rest = [n for n in again if n not in numbers]
    assert len(rest) == 2
    shop.run("proposals", "approve", *again)
    assert shop.states().count("approved") == 52


def test_undo_withdraws_the_evidence_and_redo_brings_it_back(shop: Shop) -> None:
    begin(shop)
    shop.run("inventory", "oversold", "--propose")
    shop.run("listings", "below-floor", "--propose")
    shop.run("proposals", "approve", "1")
    shop.run("undo", "3")  # the counted stock: nothing is oversold without it, prices stand
    assert shop.states() == ["evidence withdrawn", "proposed"]
    shop.run("proposals", "approve", "1", exit=2)
    shop.run("redo", "3")
    assert shop.states() == ["approved", "proposed"]


def test_lists_have_the_promised_columns(shop: Shop) -> None:
    promised = {"number", "address", "action", "platform", "state", "due", "check_day", "evaluated"}
    body = shop.json("proposals")
    assert body["desk"] is None and promised <= {column["name"] for column in body["columns"]}


def test_a_store_of_the_first_format_reads_as_one_without_proposals(shop: Shop) -> None:
    import gzip
    import shutil
    from pathlib import Path

    kept_store = Path(__file__).parents[1] / "stores"
    shop.store.write_bytes(gzip.decompress((kept_store / "format-1.db.gz").read_bytes()))
    shutil.copyfile(kept_store / "buyer.key", shop.store.with_name("buyer.key"))
    assert shop.json("proposals")["count"] == shop.json("quarantine")["count"] == 0
    shop.run("today")
    shop.run("proposals", "approve", "1", exit=2)  # opening for writing brings it up to date
    assert shop.json("proposals")["count"] == 0
