"""Write a big invented shop: two years of orders, listings, stock, costs, coupons, campaigns, reviews.

The same arguments give the same bytes. Orders are drawn and written one by one: memory depends on the SKUs
(at most 5,000 are ever sold), not on --lines.
"""

import argparse
from pathlib import Path

from shop_catalogue import Catalogue
from shop_reviews import REVIEWS, Reviews
from shop_sheets import write_listings, write_plans
from shop_shopify import write_shopify
from shop_table import open_table
from shop_taobao import write_taobao


def make(
    out_dir: Path, *, lines: int, listings: int, reviews: int, seed: int,
    changed: float = 0, layout: str = "both",
) -> None:  # fmt: skip
    """Write the whole shop; with `both`, Taobao gets a tenth of `lines` besides all of Shopify's."""
    catalogue = Catalogue(listings, lines, seed)
    write_listings(out_dir, catalogue, "CNY" if layout == "taobao" else "USD")
    write_plans(out_dir, catalogue, layout)
    ours, theirs = {"shopify": (lines, 0), "taobao": (0, lines), "both": (lines, lines // 10)}[layout]
    share = reviews * theirs // (ours + theirs)
    with open_table(out_dir / "评价.csv", REVIEWS, "utf-8-sig") as file:
        if layout != "taobao":
            own = Reviews(file, "shopify", reviews - share, ours, seed)
            write_shopify(out_dir, catalogue, ours, changed, own)
        if layout != "shopify":
            write_taobao(out_dir, catalogue, theirs, Reviews(file, "山谷小铺", share, theirs, seed))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a big invented shop.")
    parser.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    for name, default in (("--lines", 100_000), ("--listings", 5_000), ("--reviews", 0), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--changed", type=float, default=0.0, metavar="FRACTION")
    parser.add_argument("--layout", choices=("shopify", "taobao", "both"), default="both")
    options = parser.parse_args()
    if options.lines < 1 or options.listings < 1:
        parser.error("--lines and --listings must be at least 1")
    make(**vars(options))


if __name__ == "__main__":
    main()
