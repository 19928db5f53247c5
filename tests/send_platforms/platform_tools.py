"""What the circles of all platforms share: stock and costs of one's own, proposals, and what a preview lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.send.send_tools import ORDERS, Shop, order

OVERSOLD, FLOOR = ("inventory", "oversold"), ("listings", "below-floor")


def begin(shop: Shop, stock: dict[str, int], costs: dict[str, str]) -> None:
    """Data end on 2025-03-20: an order of another shop, counted stock and costs (without a currency: the listings')."""
    shop.take("orders_export_20250320.csv", ORDERS + order(1, "2025-03-20", "X-1", 1))
    counts = "".join(f"{sku},{units},2025-03-20\n" for sku, units in stock.items())
    shop.take("stock.csv", "SKU,Counted units,Counted on\n" + counts)
    rows = "".join(f"{sku},{cost},2025-01-01\n" for sku, cost in costs.items())
    shop.take("costs.csv", "SKU,Unit cost,Valid from\n" + rows)


def approved(shop: Shop, *questions: tuple[str, str]) -> list[str]:
    """Proposes all rows of the questions and says yes; the numbers."""
    for question in questions:
        shop.run(*question, "--propose")
    numbers = [str(number) for number, one in sorted(shop.proposals().items()) if one["state"] == "proposed"]
    shop.run("proposals", "approve", *numbers, "--yes")
    return numbers


def sent(shop: Shop, *more: str, exit: int = 0) -> dict[str, bytes]:
    """The files that `send` writes: their bytes by exporter and first line of the file."""
    found = {}
    for one in shop.send(*more, exit=exit)["files"]:
        body = Path(one["path"]).read_bytes()
        found[f"{one['exporter']}: {body.decode().splitlines()[0]}"] = body
    return found


def previewed(shop: Shop) -> list[tuple[Any, ...]]:
    """What a dry run of every written upload says would change: importer, key, column, old, new."""
    found = []
    for path in sorted(shop.up.iterdir()):
        if path.suffix in (".csv", ".txt"):
            receipt = shop.json("import", str(path), "--dry-run")["files"][0]
            assert (receipt["state"], receipt["quarantined"], receipt["inserted"]) == ("dry run", 0, 0)
            for one in receipt["differences"]:
                assert one["table"] == "listings"
                found.append((receipt["importer"], one["key"], one["column"], one["old"], one["new"]))
    return sorted(found)


def states(shop: Shop) -> dict[str, str]:
    """The state of each proposal by its subject and action."""
    return {f"{one['subject']}: {one['action']}": one["state"] for one in shop.proposals().values()}
