"""The circle through every upload that we write: the platform takes it, and its next export verifies it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from circle_tools import Desk, simulate
from shops import FILES, INVENTORY, make, texts

STOCK = "SKU,Location,Counted units,Counted on\nM-1,Cellar,10,2025-03-20\nP-1,Cellar,50,2025-03-20\n"
COSTS = "SKU,Unit cost,Currency,Valid from\nM-1,25.00,USD,2025-01-01\nP-1,1.00,USD,2025-01-01\n"
# Orders of each platform, from a sheet of the merchant's own: they tell the shop's currency and the day.
ORDERS = "No,Item,Qty,Amount,Placed\n1,M-1,1,20.00,2025-03-18 10:00:00\n2,M-1,1,20.00,2025-03-20 10:00:00\n"
MAPPING = """
platform = "{platform}"
shop = "{platform}/main"
title = {{ en = "Orders", zh = "订单" }}
kind = "orders"
zone = "America/New_York"
currency = "USD"
sale_day = "placed"
known_by = ["No", "Item", "Qty", "Amount", "Placed"]

[[into]]

[into.orders]
order_id = {{ kind = "id", names = ["No"], required = true }}
status = {{ constant = "completed" }}
placed = {{ kind = "moment", names = ["Placed"], required = true }}

[into.order_lines]
code = {{ kind = "id", names = ["Item"], required = true }}
units = {{ kind = "count", names = ["Qty"] }}
listed = {{ kind = "money", names = ["Amount"] }}
"""
OVERSOLD, BELOW_FLOOR = ("inventory", "oversold", "--row", "sku:M-1"), ("listings", "below-floor")

# The platform, the question, the exporter's name, the column that changes, what it is and what it is to be. The mug
# sells at 20.00 and costs 25.00; the fee is 2.9 % + 0.30 in one's own shop, 15 % on Amazon.
UPLOADS = [
    ("shopify", OVERSOLD, "quantity", "listed_units", 12, 10),
    ("shopify", BELOW_FLOOR, "price", "price", 20.0, 26.06),
    ("woocommerce", OVERSOLD, "stock", "listed_units", 12, 10),
    ("woocommerce", BELOW_FLOOR, "price", "price", 20.0, 26.06),
    ("amazon", OVERSOLD, "price-quantity", "listed_units", 12, 10),
    ("amazon", BELOW_FLOOR, "price-quantity", "price", 20.0, 29.41),
]


@pytest.fixture
def small(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, capsys, monkeypatch)


def began(desk: Desk, platform: str, more: dict[str, str] | None = None) -> None:
    """The platform's exports of 2025-03-20, its orders and the costs are in the store."""
    own = make(desk.folder / "own", {"costs.csv": COSTS})
    orders = make(desk.folder / f"{platform}-orders", {"orders.csv": f"{ORDERS}3,P-1,1,30.00,2025-03-20 11:00:00\n"})
    mapping = desk.folder / f"{platform}.toml"
    mapping.write_text(MAPPING.format(platform=platform), encoding="utf-8")
    state = make(desk.folder / platform, FILES[platform] | (more or {}))
    desk.run("import", orders, "--map", mapping)
    desk.run("import", own)
    desk.run("import", state, "--exported", "2025-03-20")


def proposed_and_sent(desk: Desk, question: tuple[str, ...]) -> list[dict[str, Any]]:
    numbers = [row["number"] for row in desk.json(*question, "--propose")["rows"]]
    desk.run("proposals", "approve", *map(str, numbers), "--yes")
    return desk.send()


def dry_run(desk: Desk, file: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What our own importer would change if the sent file came from the platform."""
    (receipt,) = desk.json("import", "--dry-run", file["path"], "--shop", file["shop"])["files"]
    return [tuple(one[name] for name in ("column", "old", "new")) for one in receipt["differences"]]


def taken(desk: Desk, file: dict[str, Any]) -> list[tuple[str, str]]:
    """The platform takes a sent file; the lines of its data that changed, before and after."""
    state = desk.folder / file["platform"]
    before = texts(state)
    done = simulate("apply", file["platform"], state, file["path"])
    assert done.returncode == 0, done.stdout + done.stderr
    return [
        (was, now) for name, text in texts(state).items()
        for was, now in zip(before[name].splitlines(), text.splitlines(), strict=True) if was != now
    ]  # fmt: skip


def looked_at(desk: Desk, platform: str, *more: str) -> None:
    """The platform's next export is taken in."""
    desk.ahead += 60
    out = desk.folder / f"{platform}-{desk.ahead}"
    simulate("export", platform, desk.folder / platform, out).check_returncode()
    desk.run("import", out, *more)


@pytest.mark.parametrize(("platform", "question", "exporter", "column", "old", "new"), UPLOADS)
def test_an_upload_goes_through_the_circle(
    small: Desk, platform: str, question: tuple[str, ...], exporter: str, column: str, old: float, new: float
) -> None:
    began(small, platform)
    small.run("import", make(small.folder / "counted", {"stock.csv": STOCK}))
    (file,) = proposed_and_sent(small, question)
    assert file["exporter"] == f"{platform} {exporter}"
    assert dry_run(small, file) == [(column, old, new)]
    ((was, now),) = taken(small, file)
    shown = [f"{value:.2f}" if column == "price" else str(value) for value in (old, new)]
    assert was.replace(*shown) == now
    looked_at(small, platform)
    assert list(small.states().values()) == ["verified"]


@pytest.mark.parametrize("platform", sorted(FILES))
def test_an_upload_that_nobody_made_is_not_applied(small: Desk, platform: str) -> None:
    """Something else changed in the shop meanwhile: a plate less."""
    began(small, platform)
    assert len(proposed_and_sent(small, BELOW_FLOOR)) == 1
    column = {"shopify": "Variant Inventory Qty", "woocommerce": "Stock", "amazon": "quantity"}[platform]
    simulate("edit", platform, small.folder / platform, "P-1", column, "4").check_returncode()
    looked_at(small, platform)
    assert small.states() == {"reprice": "not applied"}


def test_an_export_with_the_same_bytes_decides_when_its_day_is_given(small: Desk) -> None:
    """Nothing at all changed in the shop: the next export could be the old file once more."""
    began(small, "woocommerce")
    proposed_and_sent(small, BELOW_FLOOR)
    looked_at(small, "woocommerce")
    assert small.states() == {"reprice": "sent"}
    # Tomorrow where the day begins last: there is no shop for which that is past or too far ahead.
    tomorrow = (datetime.now(timezone(timedelta(hours=-12))) + timedelta(days=1)).date().isoformat()
    looked_at(small, "woocommerce", "--exported", tomorrow)
    assert small.states() == {"reprice": "not applied"}


def test_one_proposal_over_three_platforms(small: Desk) -> None:
    """13 mugs lie at Shopify's two locations and three shops offer 12 each. What is free is shared as 5, 4 and 4; one
    platform after the other takes its file, and only then the proposal is verified. Shopify's units fall by 8 or 7,
    from the fullest location first: of the 9 in the shop 1 is ordered, so that at most 8 go."""
    for platform in ("amazon", "woocommerce", "shopify"):
        began(small, platform, INVENTORY if platform == "shopify" else None)
    files = {file["platform"]: file for file in proposed_and_sent(small, OVERSOLD)}
    assert {platform: file["exporter"] for platform, file in files.items()} == {
        "amazon": "amazon price-quantity", "shopify": "shopify inventory", "woocommerce": "woocommerce stock",
    }  # fmt: skip
    found = {platform: dry_run(small, file) for platform, file in files.items()}
    assert found == {
        "amazon": [("listed_units", 12, 5)], "shopify": [("units", 9, 1)], "woocommerce": [("listed_units", 12, 4)],
    }  # fmt: skip
    for platform in ("shopify", "woocommerce", "amazon"):
        assert small.states() == {"lower-listed-units": "sent"}
        assert taken(small, files[platform])
        looked_at(small, platform)
    assert small.states() == {"lower-listed-units": "verified"}
