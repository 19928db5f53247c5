"""Plays the platforms: takes uploaded files by their documented rules and writes the next exports.

    python examples/simulator apply PLATFORM STATE FILE     a processing report; 1 if a row was rejected
    python examples/simulator export PLATFORM STATE OUT [--day D] [--only KIND]
    python examples/simulator edit PLATFORM STATE SKU COLUMN VALUE    what somebody changes in the back office
    python examples/simulator show PLATFORM STATE SKU COLUMN
    python examples/simulator sell STATE [--first SKU]      orders of the next days in the Shopify shop
    python examples/simulator deliver STATE ORDER.xlsx --location L
    python examples/simulator day STATE                     the day that the shop's clock shows

STATE is a folder with the platform's own last exports, which are rewritten. Nothing of merchant is used here.
"""

import argparse
import sys
from pathlib import Path

import amazon
import life
import shopify
import woocommerce
from tables import Refused, either

SHOPS = {"shopify": shopify.Shop, "woocommerce": woocommerce.Shop, "amazon": amazon.Shop}


def apply(asked: argparse.Namespace) -> int:
    shop = SHOPS[asked.platform](asked.state)
    report = shop.apply(asked.file)
    shop.save()
    print(report.show())
    return 1 if report.rejected else 0


def export(asked: argparse.Namespace) -> int:
    for path in SHOPS[asked.platform](asked.state).export(asked.out, asked.day, asked.only):
        print(path)
    return 0


def edit(asked: argparse.Namespace) -> int:
    shop = SHOPS[asked.platform](asked.state)
    row = shop.find(asked.sku, asked.column)
    print(f"{asked.sku}: {asked.column} {row[asked.column] or '—'} → {asked.value or '—'}")
    row[asked.column] = asked.value
    shop.save()
    return 0


def show(asked: argparse.Namespace) -> int:
    print(SHOPS[asked.platform](asked.state).find(asked.sku, asked.column)[asked.column])
    return 0


def sell(asked: argparse.Namespace) -> int:
    shop = shopify.Shop(asked.state)
    made = life.sell(shop, asked.first)
    shop.save()
    print(either("{} orders, {} to {}", "{} 个订单，{} 至 {}").format(
        len(made), *(row["Created at"][:16] for row in (made[0], made[-1]))))  # fmt: skip
    return 0


def deliver(asked: argparse.Namespace) -> int:
    shop = shopify.Shop(asked.state)
    print("\n".join(life.deliver(shop, asked.order, asked.location)))
    shop.save()
    return 0


def day(asked: argparse.Namespace) -> int:
    print(life.clock(shopify.Shop(asked.state)).date())
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="simulator")
    commands = made.add_subparsers(dest="command", required=True)
    for run in (apply, export, edit, show, sell, deliver, day):
        one = commands.add_parser(run.__name__)
        one.set_defaults(run=run)
        if run in (apply, export, edit, show):
            one.add_argument("platform", choices=SHOPS)
        one.add_argument("state", type=Path)
        for name in {apply: ["file"], export: ["out"], deliver: ["order"]}.get(run, []):
            one.add_argument(name, type=Path)
        for name in {edit: ["sku", "column", "value"], show: ["sku", "column"]}.get(run, []):
            one.add_argument(name)
        if run is export:
            one.add_argument("--day", default="")
            one.add_argument("--only", action="append", default=[])
        if run is sell:
            one.add_argument("--first", action="append", default=[])
        if run is deliver:
            one.add_argument("--location", required=True)
    return made


def main(argv: list[str] | None = None) -> int:
    asked = parser().parse_args(argv)
    try:
        return int(asked.run(asked))
    except Refused as why:
        print(either(f"refused: {why}", f"已拒绝：{why}"), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
