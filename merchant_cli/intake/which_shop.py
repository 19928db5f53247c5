"""Which shop a file belongs to, and what the file tells of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from importers.base import Importer, norm
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.work import Wanted
from merchant_cli.store import shops
from merchant_cli.store.shops import Shop


def shop_of(db: sqlite3.Connection, wanted: Wanted) -> Shop:
    """The shop that the file belongs to: named, told by the file, or the platform's only one.

    Raises Problem which-shop, bad-usage.
    """
    importer, named = wanted.importer, wanted.shop or wanted.importer.shop
    if importer.own and not wanted.shop:
        return Shop(0, "", importer.currency or _base_currency(db), importer.zone or _base_zone(db), "placed")
    label = wanted.peeked.get(norm(importer.shop_label), "").strip() if importer.shop_label else ""
    currency = _currency_told(wanted) or importer.currency
    if named:
        platform, _, name = named.partition("/")
        if not platform or not name or (platform_of(importer) not in ("own", platform)):
            raise Problem("bad-usage", detail=f"--shop {named}", command="merchant import")
    else:
        named = _unnamed_shop(db, wanted, label)
    shop = shops.by_name(db, named)
    if shop is None:
        shop = shops.add(
            db, named, zone=importer.zone, currency=currency, sale_day=importer.sale_day, label=label or None
        )
    shops.learn(db, shop, currency=currency, label=label or None)
    return replace(shop, currency=shop.currency or currency)


def platform_of(importer: Importer) -> str:
    """The platform whose shops the importer's rows belong to."""
    return importer.of or importer.platform


def _unnamed_shop(db: sqlite3.Connection, wanted: Wanted, label: str) -> str:
    platform = platform_of(wanted.importer)
    known = shops.all_of(db, platform)
    if not known:
        return f"{platform}/main"
    if label:
        fits = [s for s in known if s.label == label] or [s for s in known if s.label is None]
        return fits[0].shop if fits else f"{platform}/{label}"
    if len(known) > 1:
        raise Problem("which-shop", Place(wanted.name), shops=", ".join(s.shop for s in known))
    return known[0].shop


def _currency_told(wanted: Wanted) -> str | None:
    for into in wanted.importer.into:
        for cells in into.fills.values():
            cell = cells.get("currency")
            for name in cell.names if cell else ():
                value = wanted.peeked.get(norm(name), "").strip().upper()
                if len(value) == 3 and value.isalpha():
                    return value
    return None


def _base_currency(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT value FROM settings WHERE name = 'currency'").fetchone()
    return str(row[0]) if row else None


def _base_zone(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT zone FROM shops WHERE zone != '' ORDER BY no LIMIT 1").fetchone()
    return str(row[0]) if row else "Asia/Shanghai"
