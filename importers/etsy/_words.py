"""Words that Etsy's files share."""

from __future__ import annotations

from typing import Any

# Provisional beside Completed and Paid.
STATUS = {
    "Paid": "paid", "Open": "paid", "Not Shipped": "paid", "Processing": "paid", "Shipped": "shipped",
    "Delivered": "delivered", "Completed": "completed", "Refunded": "completed", "Fully Refunded": "completed",
    "Partially Refunded": "completed", "Canceled": "cancelled", "Cancelled": "cancelled", "Unpaid": "unpaid",
    "Payment Processing": "unpaid",
}  # fmt: skip
REFUNDED = ("refunded", "fully refunded")


def plain_number(order: dict[str, Any]) -> None:
    """Takes off the `#` that some files put before an order's number."""
    order["order_id"] = order["order_id"].lstrip("#")
