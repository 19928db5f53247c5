"""What the store already knows, as rows of the merchant's own sheets: best sellers first, blank where unknown.

A row is a dict from a column's name to its cell: money as a number in major units, a day as `YYYY-MM-DD`,
a word of a vocabulary as the store writes it. Reads documented views only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from merchant_cli.basics.money import major

Row = dict[str, Any]

RECENT = 90  # covered days by whose sales the SKUs are put in order

SOLD = """
WITH recent AS (SELECT DISTINCT day FROM coverage WHERE kind IN ('orders', 'lines') ORDER BY day DESC LIMIT :recent)
SELECT sku, sum(CASE WHEN day >= (SELECT min(day) FROM recent) THEN units ELSE 0 END) AS sold
FROM daily_sales WHERE sku IS NOT NULL GROUP BY sku
"""
# Own products first, then what the shops call it, what is on sale before what is not.
TITLES = """
SELECT sku, title, options FROM (
  SELECT sku, title, NULL AS options, 0 AS place, '' AS shop FROM products
  UNION ALL
  SELECT sku, title, options, CASE WHEN state = 'live' THEN 1 ELSE 2 END, shop FROM listings
) WHERE sku IS NOT NULL ORDER BY place, shop, title, options
"""
SOLD_TITLES = """
SELECT sku, max(title), max(options) FROM order_lines
WHERE line_kind = 'goods' AND sku IS NOT NULL AND title IS NOT NULL GROUP BY sku
"""
COSTS = "SELECT sku, from_day, cost_minor, currency FROM costs WHERE cost_minor IS NOT NULL ORDER BY sku, from_day"
PRODUCTS = """
SELECT p.sku, p.supplier, p.pack, p.moq, s.lead_days, s.review_days
FROM products p LEFT JOIN suppliers s ON s.supplier = p.supplier
"""
STOCK = "SELECT sku, location, on_hand FROM stock_now ORDER BY sku, location"
LOCATIONS = "SELECT DISTINCT sku, location FROM stock_counts WHERE location <> '' ORDER BY sku, location"
# Those of the merchant's own book; coupons that only a shop's exports name are not his to fill in.
COUPONS = """
SELECT shop, coupon_id, title, bearer, kind, face_minor, percent, threshold_minor, scope, budget_minor, currency,
  from_day, to_day
FROM coupons WHERE own = 1 ORDER BY to_day IS NULL DESC, to_day DESC, coupon_id, shop
"""
CAMPAIGNS = """
SELECT campaign, from_day, to_day, shops, skus, goal_sales_minor, goal_orders, budget_minor, currency
FROM campaigns ORDER BY from_day DESC, campaign
"""
SHOPS = "SELECT DISTINCT shop FROM coverage UNION SELECT shop FROM listings ORDER BY shop"


@dataclass
class Known:
    """What is known in the store on the day `as_of`; `currency` is the base currency."""

    db: sqlite3.Connection
    as_of: str | None
    currency: str | None

    def rows(self, kind: str) -> list[Row]:
        """The rows of one sheet. Reviews and ad spend are only ever added to, so theirs begin empty."""
        made: dict[str, Callable[[], list[Row]]] = {
            "costs": self._costs, "stock": self._stock, "coupons": self._coupons, "campaigns": self._campaigns,
        }  # fmt: skip
        return made[kind]() if kind in made else []

    @cached_property
    def titles(self) -> dict[str, str]:
        """SKU → title, of every SKU that is listed, declared or was ever sold; best sellers first."""
        found: dict[str, str] = {}
        for sku, title, options in self.db.execute(TITLES):
            found[sku] = found.get(sku) or _joined(title, options)
        sold = dict(self.db.execute(SOLD, {"recent": RECENT}).fetchall())
        costed = [sku for (sku,) in self.db.execute("SELECT DISTINCT sku FROM costs ORDER BY sku")]
        if any(not found.get(sku) for sku in sold):
            for sku, title, options in self.db.execute(SOLD_TITLES):
                found[sku] = found.get(sku) or _joined(title, options)
        codes = dict.fromkeys([*found, *sorted(sold), *costed])
        return {sku: found.get(sku, "") for sku in sorted(codes, key=lambda sku: -(sold.get(sku) or 0))}

    @cached_property
    def currencies(self) -> list[str]:
        """The base currency and those of the costs and shops, for the drop-down."""
        sql = "SELECT currency FROM costs UNION SELECT currency FROM listings UNION SELECT currency FROM orders"
        found = sorted(currency for (currency,) in self.db.execute(sql) if currency)
        return list(dict.fromkeys([self.currency, *found] if self.currency else found))

    @property
    def shops(self) -> list[str]:
        """The shops that have been imported from."""
        return [shop for (shop,) in self.db.execute(SHOPS) if shop]

    def _costs(self) -> list[Row]:
        costs = self._current_costs()
        products = {row[0]: row[1:] for row in self.db.execute(PRODUCTS)}
        rows = []
        for sku, title in self.titles.items():
            supplier, pack, moq, lead_days, review_days = products.get(sku, (None,) * 5)
            from_day, cost, currency = costs.get(sku, ("", None, self.currency))
            rows.append({
                "sku": sku, "title": title, "cost": cost, "currency": currency, "from_day": from_day,
                "supplier": supplier, "lead_days": lead_days, "review_days": review_days, "pack": pack, "moq": moq,
            })  # fmt: skip
        return rows

    def _current_costs(self) -> dict[str, tuple[str, float, str | None]]:
        """SKU → the cost that holds on the as-of day, else the first that will."""
        found: dict[str, tuple[str, float, str | None]] = {}
        for sku, from_day, cost, currency in self.db.execute(COSTS):
            if sku not in found or self.as_of is None or from_day <= self.as_of:
                found[sku] = (from_day, major(cost, currency), currency)
        return found

    def _stock(self) -> list[Row]:
        """A row per SKU and place with nothing counted, and what the books say in a column that is not read."""
        places: dict[str, list[tuple[str, int | None]]] = {}
        named: dict[str, list[str]] = {}
        for sku, location in self.db.execute(LOCATIONS):
            named.setdefault(sku, []).append(location)
        for sku, location, on_hand in self.db.execute(STOCK):
            # '*' is a figure over all places; it says what lies at one place only if there is no other.
            at = named.get(sku, [""]) if location == "*" else [location]
            places.setdefault(sku, []).extend((place, on_hand if len(at) == 1 else None) for place in at)
        return [
            {"code": sku, "title": title, "location": location, "known": on_hand}
            for sku, title in self.titles.items()
            for location, on_hand in places.get(sku, [("", None)])
        ]

    def _coupons(self) -> list[Row]:
        rows = []
        for row in self.db.execute(COUPONS):
            shop, coupon_id, title, bearer, kind, face, percent, threshold, scope, budget, currency, first, last = row
            off = percent / 100 if kind == "percent" and percent is not None else _major(face, currency)
            rows.append({
                "coupon_id": coupon_id, "title": title, "_in_shop": shop, "bearer": bearer, "kind": kind, "_face": off,
                "threshold": _major(threshold, currency), "scope": scope, "budget": _major(budget, currency),
                "currency": currency, "from_day": first, "to_day": last,
            })  # fmt: skip
        return rows

    def _campaigns(self) -> list[Row]:
        rows = []
        for campaign, first, last, shops, skus, sales, orders, budget, currency in self.db.execute(CAMPAIGNS):
            rows.append({
                "campaign": campaign, "from_day": first, "to_day": last, "shops": shops, "skus": skus,
                "goal_sales": _major(sales, currency), "goal_orders": orders, "budget": _major(budget, currency),
                "currency": currency,
            })  # fmt: skip
        return rows


def _major(minor: int | None, currency: str | None) -> float | None:
    return None if minor is None else major(minor, currency)


def _joined(title: str | None, options: str | None) -> str:
    return " ".join(part for part in (title, options) if part)
