"""PayPal's activity download: every movement of the balance, with its fee. Columns are chosen by the merchant.

What is not completed, and what changes no balance (Memo), is left out. Day and month stand in the order of the
account's country: the days of the whole file decide it, else the time zone; if neither does, the rows wait. So does
the decimal mark, which is the whole file's. Headers are those of the account's language (_words.py), and those of the
account statement. Provisional: the words of Type, and that Invoice Number is the order's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, raw, text
from importers.bills import FEE, OTHER, REFUND, SALE
from importers.cells import Bad
from importers.dates import offset_of, order_of, year_first
from importers.decimal_comma import amounts, comma_in
from importers.moments import Moments
from importers.paypal import _words as words
from importers.settled import known, moves
from merchant_cli.basics.phrases import Phrase

AMOUNTS = {"_gross": words.GROSS, "_fee": words.COST, "_net": words.NET}
AMERICA = ("PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT")
EUROPE = ("GMT", "BST", "CET", "CEST")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Gross and fee of each completed row; a payment that the merchant made is no sale."""
    rows = list(drafts)
    order = _order([draft.values for draft in rows])
    comma = comma_in(draft.values.get(name) or "" for draft in rows for name in AMOUNTS)
    readers: dict[str, Moments] = {}
    for draft in rows:
        row = draft.values
        status = (row.get("_status") or "completed").casefold()
        if status not in words.DONE or (row.get("_impact") or "").casefold() == "memo":
            draft.ignored = "unsettled" if status in words.PENDING else "other"
            yield draft
            continue
        said = _moment(row, order, readers, facts.zone)
        if said is None or isinstance(said, Bad):
            yield draft.line, "bad-date", "Date", {"value": row["_date"]}, []
            continue
        row["at"], row["day"] = said
        read = amounts((row.get("currency") or facts.currency or "").upper() or None, comma)
        found = {name: read(row.get(name) or "") for name in AMOUNTS}
        wrong = next((n for n, amount in found.items() if isinstance(amount, Bad)), None)
        if wrong is not None or found["_net"] is None:
            bad = found[wrong] if wrong else Bad("missing-value", {"column": "Net"})
            yield draft.line, bad.code, AMOUNTS[wrong or "_net"][-1], bad.params, []
            continue
        row |= found
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
    menu=Phrase(
        "PayPal › Activity › All reports (Reports) › Activity download › Balance affecting, CSV",
        "PayPal › 活动 › 报告 › 下载活动 › 影响余额的交易，表格",
    ),
    tried_on="replikativ/kontor: modules/bank-de/test/resources/paypal.csv",
    known_by=frozenset(
        {
            "|".join(names)
            for names in (words.DATE, words.TIME, words.TYPE, words.CURRENCY, *AMOUNTS.values(), words.NUMBER)
        }
    ),
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
                    "move_id": id_(*words.NUMBER, required=True),
                    "_date": raw(*words.DATE),
                    "_time": raw(*words.TIME),
                    "_zone": raw(*words.ZONE),
                    "kind": choice(words.TYPE, {}, patterns={f"(?i){p}": kind for p, kind in words.KINDS.items()}),
                    "note": text(*words.TYPE),
                    "_status": text(*words.STATE),
                    "_impact": text(*words.IMPACT),
                    "currency": text(*words.CURRENCY),
                    "order_id": id_(*words.INVOICE),
                    **{name: raw(*names) for name, names in AMOUNTS.items()},
                }
            }
        ),
    ),
)
