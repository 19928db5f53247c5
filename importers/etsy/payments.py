"""Etsy Payments sales: what each payment came to: gross, fees, and what is left of them after refunds.

It tells again what the statement tells by movement. Provisional, as no real file was seen: that the Adjusted columns
are filled only after a refund, and that all amounts beside Posted are in Currency.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import FEE, REFUND, SALE, SETTLEMENT
from importers.settled import moves
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Net Amount in its parts; after a refund Adjusted Net, of which the gross that is gone is the refund."""
    for draft in drafts:
        row = draft.values
        row["order_id"] = (row.get("order_id") or "").lstrip("#") or None
        row["kind"] = SALE
        gross, fees, net = row.get("_gross") or 0, -abs(row.get("_fees") or 0), row["_net"]
        said: list[tuple[str, int | None]] = [(SALE, gross), (FEE, fees)]
        if (row.get("_left_gross") or row.get("_refund")) and row.get("_left_net") is not None:
            net, left = row["_left_net"], row.get("_left_gross") or 0
            said = [(SALE, gross), (REFUND, left - gross), (FEE, -abs(row.get("_left_fees") or 0))]
        yield from moves(draft, net, said)


payments = Importer(
    platform="etsy",
    name="payments",
    title=Phrase("Etsy Payments sales", "Etsy 付款明细"),
    menu=Phrase(
        "Shop Manager › Settings › Options › Download Data › Etsy Payments Sales",
        "店铺管理 › 设置 › 选项 › 下载数据 › 付款明细",
    ),
    known_by=frozenset({"Payment ID", "Order ID", "Gross Amount", "Fees", "Net Amount", "Order Date"}),
    kind="settlements",
    grade="C",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "move_id": id_("Payment ID", required=True),
                    "order_id": id_("Order ID"),
                    "at": moment("Order Date", order="mdy", required=True),
                    "currency": text("Currency"),
                    "note": text("Status"),
                    "_gross": money("Gross Amount"),
                    "_fees": money("Fees"),
                    "_net": money("Net Amount", required=True),
                    "_refund": money("Refund Amount"),
                    "_left_gross": money("Adjusted Gross"),
                    "_left_fees": money("Adjusted Fees"),
                    "_left_net": money("Adjusted Net"),
                }
            }
        ),
    ),
)
