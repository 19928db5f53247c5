"""Rewrite the example shop: `python examples/make_example_shop.py` gives the same bytes each time.

examples/shop/ gets the files that a merchant would export or keep; examples/shop_truths.json gets what was
planted in them. The shop, its buyers and its goods are invented.
"""

import json
from pathlib import Path

from example_catalogue import SHOPIFY, TAOBAO
from example_reports import write_reports
from example_reviews import make_reviews
from example_sheets import write_sheets
from example_shopify import write_shopify
from example_stock import make_stock
from example_taobao import write_taobao
from example_truths import make_truths
from example_world import make_world

HERE = Path(__file__).parent


def main(folder: Path = HERE / "shop", truths: Path = HERE / "shop_truths.json") -> None:
    """Write all files; stale ones of an earlier generator are not removed."""
    folder.mkdir(exist_ok=True)
    world = make_world()
    stock, reviews = make_stock(world.orders), make_reviews(world.orders)
    rows = (
        write_taobao(folder, world.orders[TAOBAO])
        | write_shopify(folder, world.orders[SHOPIFY], stock)
        | write_sheets(folder, stock, reviews)
        | write_reports(folder, world.orders, reviews)
    )
    found = make_truths(world, stock, reviews, rows)
    truths.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
