"""Which kind of cell a column of the store is: money, count, day … by its name and type."""

from __future__ import annotations

from merchant_cli.store.facts import TABLES

# Integer columns that hold money in minor units; the other integers are counts.
MONEY = frozenset(
    (
        *("listed", "shop_discount", "sold", "platform_discount", "shipping", "tax_added", "tax_inside", "paid"),
        *("received", "refunded", "own_discount", "own_sold", "amount", "price", "compare_at", "cost", "face"),
        *("threshold", "budget", "goal_sales", "spend", "sales", "fixed", "sum_listed", "sum_discount", "sum_sold"),
    )
)
_MONEY_TOO = frozenset({("suppliers", "moq")})
_IDS = frozenset(("sku", "code", "supplier", "currency", "part", "shop", "platform", "account", "location", "source"))


def is_money(table: str, column: str) -> bool:
    """Whether the column holds an amount in minor units."""
    return column in MONEY or (table, column) in _MONEY_TOO


def kind_of(table: str, column: str) -> str:
    """The cell kind with which a column of a table is read from a file (importers/base.py)."""
    integers = TABLES[table].integers
    if column == "buyer":
        return "buyer"
    if column.endswith("_micro") or column == "percent":
        return "rate"
    if column in integers and is_money(table, column):
        return "money"  # compare_at too, which is no moment
    if column.endswith("_at") or column == "at":
        return "moment"
    if column.endswith("_day") or column == "day":
        return "day"
    if column in integers:
        return "count"
    return "id" if column.endswith("_id") or column in _IDS else "text"


def columns_of(table: str) -> list[str]:
    """The columns that a file can fill, as a mapping names them: a moment `placed` fills placed_at and placed_day.

    Where an amount has that name already (`paid`), the moment keeps its full one: `paid_at`.
    """
    stated = TABLES[table].stated
    found = []
    for column in stated:
        stem = column.removesuffix("_at")
        if column.endswith("_at") and f"{stem}_day" in stated:
            found.append(column if stem in stated else stem)
        elif not (column.endswith("_day") and f"{column.removesuffix('_day')}_at" in stated):
            found.append(column)
    return found
