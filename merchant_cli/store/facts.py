"""The fact tables: which columns a file states, which are derived at the merge, what identifies a row.

`fact_<name>` holds `shop` (a number; 0 = the merchant himself), then the stated columns, the derived ones, and
where the row came from: `import_no`, `line`, `row_hash`, `contested` (1 = several live claims, see claims.py).
Money is in minor units of the row's currency, `*_at` UTC seconds, `*_day` the calendar day in the shop's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Table:
    """One fact table. Columns are written `name` (TEXT) or `name:i` (INTEGER); the key comes first."""

    name: str
    key: tuple[str, ...]
    columns: str
    derived_columns: str = ""

    @cached_property
    def stated(self) -> tuple[str, ...]:
        return tuple(c.partition(":")[0] for c in self.columns.split())

    @cached_property
    def derived(self) -> tuple[str, ...]:
        return tuple(c.partition(":")[0] for c in self.derived_columns.split())

    @cached_property
    def business(self) -> tuple[str, ...]:
        """Stated and derived columns, in the order of the table and of its row hash."""
        return self.stated + self.derived

    @cached_property
    def integers(self) -> frozenset[str]:
        both = f"{self.columns} {self.derived_columns}".split()
        return frozenset(c.partition(":")[0] for c in both if c.endswith(":i"))

    @property
    def sql_name(self) -> str:
        return f"fact_{self.name}"

    @cached_property
    def all_columns(self) -> tuple[str, ...]:
        tail = ("claim_hash",) if self.name == "orders" else ()
        return ("shop", *self.business, "import_no", "line", "row_hash", "contested", *tail)

    def create(self) -> str:
        """The CREATE TABLE statement."""
        lines = ["shop INTEGER NOT NULL"]
        for column in self.business:
            kind = "INTEGER" if column in self.integers else "TEXT"
            lines.append(f"{column} {kind}" + (" NOT NULL" if column in self.key else ""))
        lines += [
            "import_no INTEGER NOT NULL", "line INTEGER NOT NULL",
            "row_hash INTEGER NOT NULL", "contested INTEGER NOT NULL DEFAULT 0",
        ]  # fmt: skip
        if self.name == "orders":
            lines.append("claim_hash INTEGER NOT NULL DEFAULT 0")
        lines.append(f"PRIMARY KEY (shop, {', '.join(self.key)})")
        return f"CREATE TABLE {self.sql_name} (\n  " + ",\n  ".join(lines) + "\n) STRICT, WITHOUT ROWID"


ORDERS = Table(
    "orders",
    ("order_id",),
    "order_id platform_id currency status status_raw counts_said:i cod:i buyer channel payment coupon"
    " placed_at:i placed_day paid_at:i paid_day shipped_at:i shipped_day done_at:i done_day"
    " cancelled_at:i cancelled_day ship_by_at:i ship_by_day tracked:i"
    " listed:i shop_discount:i sold:i platform_discount:i shipping:i tax_added:i tax_inside:i paid:i received:i"
    " refunded:i",
    "stage day counts:i open:i units:i sum_listed:i sum_discount:i sum_sold:i basis",
)
ORDER_LINES = Table(
    "order_lines",
    ("order_id", "line_key"),
    "order_id line_key code listing_id title options line_kind units:i listed:i own_discount:i own_sold:i paid:i"
    " refunded:i refund_state",
    "day counts:i currency shop_discount:i sold:i allocated:i",
)
REFUNDS = Table(
    "refunds",
    ("refund_id", "line_key"),
    "refund_id line_key order_id code units:i amount:i currency applied_at:i applied_day done_at:i done_day"
    " state state_raw restocked:i detail:i day_known:i",
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        ORDERS,
        ORDER_LINES,
        REFUNDS,
        Table(
            "money_moves",
            ("account", "move_id"),
            "account move_id kind order_id currency amount:i at:i day note rule",
        ),
        Table(
            "listings",
            ("listing_id", "variant_id"),
            "listing_id variant_id code title options category price:i compare_at:i currency listed_units:i"
            " state state_raw url",
        ),
        Table(
            "prices",
            ("listing_id", "variant_id", "seen_day"),
            "listing_id variant_id seen_day price:i compare_at:i currency",
        ),
        Table("products", ("sku",), "sku title supplier pack:i moq:i kind category"),
        Table("costs", ("sku", "from_day"), "sku from_day cost:i currency"),
        Table("suppliers", ("supplier",), "supplier lead_days:i review_days:i moq:i currency"),
        Table(
            "stock_counts",
            ("location", "code", "counted_at"),
            "location code counted_at:i counted_day units:i committed:i",
        ),
        Table("stock_moves", ("source", "move_id"), "source move_id code location units:i kind at:i day note"),
        Table(
            "coupons",
            ("coupon_id",),
            "coupon_id title bearer kind face:i percent:i threshold:i scope budget:i currency from_day to_day",
        ),
        Table("coupon_uses", ("order_id", "n"), "order_id n:i coupon_id code bearer amount:i currency"),
        Table(
            "campaigns",
            ("campaign",),
            "campaign from_day to_day shops skus goal_sales:i goal_orders:i budget:i currency",
        ),
        Table(
            "reviews",
            ("review_id",),
            "review_id order_id code listing_id day rating:i title body follow_up reply photos:i reviewer",
        ),
        Table(
            "traffic",
            ("source", "item", "from_day", "to_day"),
            "source item from_day to_day visitors:i page_views:i carts:i buyers:i orders:i units:i paid:i currency",
        ),
        Table(
            "ads",
            ("account", "campaign", "item", "from_day", "to_day"),
            "account campaign item from_day to_day spend:i impressions:i clicks:i orders:i sales:i currency",
        ),
        Table("fees", ("platform", "kind", "from_day"), "platform kind from_day percent_micro:i fixed:i currency"),
        Table(
            "rates",
            ("from_currency", "to_currency", "from_day"),
            "from_currency to_currency from_day rate_micro:i",
        ),
    )
}

# Tables whose rows belong to no shop: `shop` is 0.
SHOPLESS = frozenset({"products", "costs", "suppliers", "campaigns", "fees", "rates"})

# An order with its lines and the refunds derived from them is one unit of claim.
ORDER_SET = (ORDERS, ORDER_LINES, REFUNDS)
