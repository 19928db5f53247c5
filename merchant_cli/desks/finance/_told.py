"""What is asked of the store to lay the money that bills tell beside the orders that it is of."""

from __future__ import annotations

from merchant_cli.basics.moves import AGAIN, COSTS, LEDGER, NEITHER, SETTLEMENT, TRANSACTIONS

ASIDE = "small-payments"  # what buyers add to an order afterwards


def listed(names: frozenset[str] | tuple[str, ...]) -> str:
    """The names as a list in SQL."""
    return ", ".join(f"'{name}'" for name in sorted(names))


_FEES_ONLY = listed((AGAIN | {ASIDE}) - {SETTLEMENT, TRANSACTIONS, LEDGER})
KEPT = listed(NEITHER)
# Which log tells the money of an order first; the others tell it again, and only one is added up.
CLASS = f"""CASE WHEN account IN ('{SETTLEMENT}', '{TRANSACTIONS}') THEN 1 WHEN account = '{LEDGER}' THEN 2
  WHEN account IN ({_FEES_ONLY}) THEN 3 ELSE 0 END"""
_INCOME = "'sale', 'subsidy', 'refund'"
_KINDS = {
    "came": "'sale', 'subsidy'", "back": "'refund'", "promoted": "'promotion'", "taxed": "'tax'",
    "costs": listed(COSTS - {"promotion", "tax"}),
}  # fmt: skip
# What of an order's own columns and of its movements is looked at; each row of a branch fills one part.
_ORDER = ("day", "currency", "payment", "counts", "open", "shipped_day", "done_day", "paid", "due", "received", "tax")
_NOTHING = ", ".join(f"NULL AS {name}" for name in _ORDER)
_SUMS = ", ".join(
    f"sum(CASE WHEN class = {n} AND kind IN ({kinds}) THEN amount END) AS {name}{n}"
    for n in range(3) for name, kinds in _KINDS.items()
)  # fmt: skip
_TOLD = ", ".join(
    f"count(CASE WHEN class = {n} AND kind IN ({_INCOME}) THEN 1 END) AS told{n}" for n in range(3)
)  # fmt: skip


def _first(name: str) -> str:
    """A sum of the first log that tells income of the order."""
    return f"CASE WHEN told0 > 0 THEN coalesce({name}0, 0) WHEN told1 > 0 THEN coalesce({name}1, 0) " \
           f"WHEN told2 > 0 THEN coalesce({name}2, 0) END AS {name}"  # fmt: skip


_SALES = """
  SELECT o.shop, o.order_id, o.day, o.currency, o.payment, o.counts, o.open, o.shipped_day, o.done_day,
    o.paid_minor AS paid, m.sold_minor + coalesce(m.shipping_minor, 0) + coalesce(m.tax_added_minor, 0) AS due,
    m.received_minor AS received, m.tax_added_minor AS tax, NULL AS refunded, NULL AS kind, NULL AS class,
    NULL AS amount, NULL AS in_currency, NULL AS bill, NULL AS rule, NULL AS moved
  FROM orders o JOIN order_money m ON m.shop = o.shop AND m.order_id = o.order_id
"""
# Orders, their refunds and the movements that name them, side by side: one sort brings them together.
_BESIDE = f"""{_SALES}  WHERE o.counts = 1 AND o.day BETWEEN :first AND :last
  UNION ALL{_SALES}  WHERE o.counts = 0 AND o.placed_day BETWEEN :first AND :last
  UNION ALL
  SELECT shop, order_id, {_NOTHING}, amount_minor, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM refunds_by_order WHERE day BETWEEN :first AND :last
  UNION ALL
  SELECT order_shop, order_id, {_NOTHING}, NULL, kind, {CLASS}, amount_minor, currency, shop, rule, day
  FROM money_moves WHERE order_id IS NOT NULL AND kind NOT IN ({KEPT}) AND day BETWEEN :first AND :until
"""
_OF_INCOME = f"CASE WHEN kind IN ({_INCOME}) AND class < 3 THEN"
_ADDED = f"""
  SELECT shop, order_id, {", ".join(f"max({name}) AS {name}" for name in _ORDER)},
    coalesce(sum(refunded), 0) AS refunded, min(in_currency) AS in_currency, max(in_currency) AS another_currency,
    {_SUMS}, {_TOLD}, min({_OF_INCOME} bill END) AS bill, min({_OF_INCOME} rule END) AS rule,
    max({_OF_INCOME} moved END) AS last_day
  FROM ({_BESIDE}) AS beside GROUP BY shop, order_id HAVING max(counts) IS NOT NULL
"""
SOLD = f"""
SELECT shop, order_id, day, currency, payment, counts, open, shipped_day, done_day, paid, due, received, tax, refunded,
  CASE WHEN bill IS NULL THEN NULL WHEN in_currency = another_currency THEN in_currency ELSE '' END AS in_currency,
  {", ".join(_first(name) for name in _KINDS)}, bill, rule, last_day
FROM ({_ADDED}) AS added WHERE (counts = 1 OR bill IS NOT NULL)
"""
# An order that came to the cent to what one of its own amounts says needs no look.
_CAME = ("coalesce(came, 0)", "came + promoted", "came + promoted + taxed")
_AGREES = " ".join(
    f"WHEN {came} + coalesce(back, 0) IN (paid - refunded, due - refunded, received) THEN 1 "
    f"WHEN back = 0 AND {came} IN (paid, due) THEN 1"
    for came in _CAME
)
# Tax that a marketplace keeps and hands on never comes: its bill tells it twice, in and out, or not at all.
_KEPT_TAX = " ".join(
    f"WHEN coalesce(taxed, 0) = 0 AND {came} + coalesce(back, 0) IN (paid - tax - refunded, due - tax - refunded)"
    f" THEN 1 WHEN coalesce(taxed, 0) = 0 AND back = 0 AND {came} IN (paid - tax, due - tax) THEN 1"
    for came in _CAME[:2]
)
OPEN = f"""
SELECT shop, order_id, day, currency, payment, counts, open, shipped_day, done_day, paid, due, received, tax, refunded,
  in_currency, came, back, promoted, taxed, costs, bill, rule, last_day
FROM ({SOLD}) AS sold
WHERE CASE WHEN counts = 0 AND came + back = 0 THEN 1 WHEN counts = 0 OR in_currency <> currency THEN 0
  {_AGREES} {_KEPT_TAX} ELSE 0 END = 0
  AND (bill IS NOT NULL OR open = 0)
"""
# Whose bills tell of the money of which shop and way of payment.
SERVED = f"""
SELECT m.order_shop, o.payment, m.shop FROM money_moves m
JOIN orders o ON o.shop = m.order_shop AND o.order_id = m.order_id
WHERE m.kind = 'sale' AND m.day BETWEEN :first AND :until AND m.account NOT IN ({_FEES_ONLY})
GROUP BY m.order_shop, o.payment, m.shop
"""
BILLED = """
SELECT shop, day FROM coverage
WHERE kind IN ('money_moves', 'settlements', 'transactions', 'ledger') AND "full" = 1 ORDER BY shop, day
"""
