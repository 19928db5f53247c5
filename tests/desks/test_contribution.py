"""desks/contribution: whole orders and single lines, against figures worked out by hand."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from coupon_tools import Files, Order, files, order

from merchant_cli.desks import scope as scopes
from merchant_cli.desks.contribution import Contribution, contributions, lines, orders, terms
from merchant_cli.desks.sales import Rates
from merchant_cli.store import open as opening

__all__ = ["files"]

BY_SHOP = orders("1", "1 = 1")
BY_SKU = lines("sku", "sku IN (:one, :other)")
SPAN = ("2026-11-01", "2026-11-14")


def found(store: Path, selection: Any, currency: str | None = "USD", **params: Any) -> dict[Any, Contribution]:
    with closing(opening.read(store)) as db:
        scope = scopes.make(db)
        sums, notes = contributions(db, scope, selection, *SPAN, **params)
        assert notes == []
        return {key: one.valued(currency, Rates(db, scope.as_of)) for key, one in sums.items()}


def fill(files: Files) -> None:
    """A costs 5.00 and from the 10th on 6.00; B costs 2.00. Shopify keeps 2.9 % and 0.30 of an order."""
    files.orders(
        Order("#1", "2026-11-09", (("A", 2, "10.00"), ("B", 5, "4.00")), "", "4.00"),
        Order("#2", "2026-11-10", (("A", 1, "10.00"), ("B", 5, "4.00")), "", "0.00", "6.00"),
        order("#3", "2026-11-14", "A", 1, "10.00"),
    )
    files.costs("A,5.00,USD,", "A,6.00,USD,2026-11-10", "B,2.00,USD,")


def test_whole_orders(files: Files, store: Path) -> None:
    fill(files)
    (one,) = found(store, BY_SHOP).values()
    # Sold 36.00 + 30.00 + 10.00; 6.00 came back without goods; cost 2 × 5.00 + 2 × 6.00 + 10 × 2.00;
    # fees 36.00 → 1.04 + 0.30, 24.00 → 0.70 + 0.30, 10.00 → 0.29 + 0.30
    assert one == Contribution("USD", 3, 7600, 600, 400, 0, 4200, 293)
    assert (one.net, one.left, one.unknown_share) == (7000, 2507, 0)


def test_lines_of_whole_orders_share_discounts_and_refunds(files: Files, store: Path) -> None:
    """Order 1's 4.00 fall on A and B by halves; order 2's 6.00 by 10.00 to 20.00."""
    fill(files)
    both = found(store, BY_SKU, one="A", other="B")
    a, b = both["shopify/main", "A"], both["shopify/main", "B"]
    # A: 18.00 + 10.00 + 10.00, 2.00 back, cost 22.00; fees 18.00 → 0.52, 8.00 → 0.23, 10.00 → 0.29, 0.30 each
    assert a == Contribution("USD", 3, 3800, 200, 200, 0, 2200, 194)
    # B: 18.00 + 20.00, 4.00 back, cost 20.00; fees 18.00 → 0.52, 16.00 → 0.46, 0.30 each
    assert b == Contribution("USD", 2, 3800, 400, 200, 0, 2000, 158)
    assert list(found(store, BY_SKU, one="B", other="")) == [("shopify/main", "B")]


def test_goods_that_came_back_cost_nothing(files: Files, store: Path) -> None:
    files.orders(
        order("#1", "2026-11-09", "A", 2, "10.00", refunded="20.00"), order("#2", "2026-11-14", "A", 1, "10.00")
    )
    files.costs("A,5.00,USD")
    (one,) = found(store, BY_SHOP).values()
    assert (one.sold, one.refunds, one.cost, one.fees) == (3000, 2000, 500, 89)  # 0.30; 0.29 + 0.30


def test_what_is_not_known_is_not_measured(files: Files, store: Path) -> None:
    fill(files)
    without = found(store, BY_SHOP, "CNY")["shopify/main", 1]
    assert (without.unknown, without.left, without.sold) == ("no-rate", None, 0)
    assert [term.value for term in terms(without)] == [None]
    files.rates("USD,CNY,2026-01-01,7")
    assert found(store, BY_SHOP, "CNY")["shopify/main", 1].left == 2507 * 7
    rules = store.with_name("rules")
    rules.mkdir()
    (rules / "fees.toml").write_text('[[fee]]\nplatform = "taobao"\nrate = "0.1"\nfrom = "2020-01-01"\n', "utf-8")
    one = found(store, BY_SHOP)["shopify/main", 1]
    assert (one.unknown, one.left, one.net) == ("no-fees", None, 7000)


@pytest.mark.parametrize("unknown", [0, 1, 3499, 6999])
def test_terms_add_up(unknown: int) -> None:
    one = Contribution("USD", 3, 7600, 600, 400, 0, 4200, 293, unknown)
    made = terms(one)
    for total in {term.total for term in made}:
        parts = sum(int(t.value or 0) for t in made if t.total == total and not t.is_total)
        assert parts == next(t.value for t in made if t.total == total and t.is_total)
