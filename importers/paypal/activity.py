"""PayPal's activity download: every movement of the balance, with its fee. Columns are chosen by the merchant.

What is not completed, and what changes no balance (Memo), is left out. Day and month stand in the order of the
account's country: the days of the whole file decide it, else the time zone; if neither does, the rows wait. Files in
other languages are not known. Provisional: the words of Type, and that Invoice Number is the order's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, money, raw, text
from importers.bills import DEPOSIT, FEE, OTHER, REFUND, SALE, SHIPPING, TAX, TRANSFER, WITHDRAWAL
from importers.cells import Bad, Moments
from importers.dates import offset_of, order_of, year_first
from importers.settled import known, moves
from merchant_cli.basics.phrases import Phrase

TYPES = {
    r"hold|release|reserve|authorization": DEPOSIT,
    r"\bfee\b": FEE,
    r"refund|reversal|chargeback|dispute": REFUND,
    r"withdraw": WITHDRAWAL,
    r"deposit|add funds|top.?up": DEPOSIT,
    r"conversion|transfer": TRANSFER,
    r"\btax": TAX,
    r"label|postage": SHIPPING,
    r"payment|checkout|invoice|sale": SALE,
}
PENDING = ("pending", "held", "in progress", "uncleared", "unclaimed")
AMERICA = ("PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT")
EUROPE = ("GMT", "BST", "CET", "CEST")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Gross and fee of each completed row; a payment that the merchant made is no sale."""
    rows = list(drafts)
    order = _order([draft.values for draft in rows])
    readers: dict[str, Moments] = {}
    for draft in rows:
        row = draft.values
        status = (row.get("_status") or "completed").casefold()
        if status != "completed" or (row.get("_impact") or "").casefold() == "memo":
            draft.ignored = "unsettled" if status in PENDING else "other"
            yield draft
            continue
        said = _moment(row, order, readers, facts.zone)
        if said is None or isinstance(said, Bad):
            yield draft.line, "bad-date", "Date", {"value": row["_date"]}, []
            continue
        row["at"], row["day"] = said
        row["kind"] = known(row.get("kind"))
        if row["kind"] == SALE and row["_net"] < 0:
            row["kind"] = OTHER
        if row["kind"] not in (SALE, REFUND):
            row["order_id"] = None
        yield from moves(draft, row["_net"], [(row["kind"], row.get("_gross")), (FEE, row.get("_fee"))])


def _order(rows: list[dict[str, Any]]) -> str:
    """The order of day and month in this file: `mdy`, `dmy`, "" if it cannot be told."""
    if proven := order_of(row["_date"] for row in rows):
        return proven
    zones = {(row.get("_zone") or "").strip() for row in rows}
    if any(zone in AMERICA or zone.startswith("America/") for zone in zones):
        return "mdy"
    return "dmy" if any(zone in EUROPE or zone.startswith("Europe/") for zone in zones) else ""


def _moment(row: dict[str, Any], order: str, readers: dict[str, Moments], usual: str) -> Any:
    """Instant and day of the row, read in its own time zone."""
    day = year_first(row["_date"], order) if order else row["_date"]
    zone = (row.get("_zone") or "").strip()
    offset = offset_of(zone)
    name = zone if "/" in zone else usual
    if name not in readers:
        readers[name] = Moments(name if _exists(name) else usual)
    time = (row.get("_time") or "").strip()
    return readers[name](f"{day} {time}{offset}" if time else day)


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


activity = Importer(
    platform="paypal",
    name="activity",
    title=Phrase("PayPal activity", "PayPal 收支明细"),
    known_by=frozenset({"Date", "Time", "Type", "Status", "Currency", "Gross", "Fee", "Net", "Transaction ID"}),
    kind="money_moves",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "move_id": id_("Transaction ID", required=True),
                    "_date": raw("Date"),
                    "_time": raw("Time"),
                    "_zone": raw("TimeZone", "Time Zone"),
                    "kind": choice("Type", {}, patterns={f"(?i){p}": kind for p, kind in TYPES.items()}),
                    "note": text("Type"),
                    "_status": text("Status"),
                    "_impact": text("Balance Impact"),
                    "currency": text("Currency"),
                    "order_id": id_("Invoice Number"),
                    "_gross": money("Gross"),
                    "_fee": money("Fee"),
                    "_net": money("Net", required=True),
                }
            }
        ),
    ),
)
