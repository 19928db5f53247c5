"""What a store must say after any history: plain dicts, written from the promises and not from the program.

A record is the merge of what the live files say. For each column the file of the highest rank that fills it wins; rank
is (as of, first taken in). An order and its lines are one set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from history_files import Kind, Said

PROGRESS = ("unpaid", "paid", "part_shipped", "shipped", "delivered", "completed", "cancelled")
Record = tuple[str, str, tuple[Any, ...]]  # shop, table, key


@dataclass
class Import:
    """One import as the model remembers it. `dated`: something else than its rows says how old it is."""

    number: int
    kind: Kind
    as_of: int
    dated: bool
    said: list[Said]
    live: bool = True
    waiting: dict[int, list[int]] = field(default_factory=dict)  # row of the file that waits → imports that mended it

    @property
    def rank(self) -> tuple[int, int]:
        return self.as_of, self.number


@dataclass
class Claim:
    """One thing that one live import says."""

    by: Import
    said: Said


def claims(imports: Sequence[Import]) -> dict[Record, list[Claim]]:
    """What live imports say of each record, highest rank first."""
    found: dict[Record, list[Claim]] = {}
    for one in sorted(imports, key=lambda i: i.rank, reverse=True):
        for said in one.said if one.live else ():
            found.setdefault((one.kind.shop, said.table, said.key), []).append(Claim(one, said))
    return found


def by_column(of: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """For each column the first value that is there."""
    merged: dict[str, Any] = {}
    for values in of:
        merged |= {name: value for name, value in values.items() if merged.get(name) is None}
    return merged


# --- orders ---


def progress(claim: Claim) -> int:
    return PROGRESS.index(claim.said.values["status"])


def whose_status(of: Sequence[Claim]) -> Claim | None:
    """The newest that states one; a status further along wins where one of the two is only dated by its rows."""
    stated = [c for c in of if c.said.values.get("status")]
    found = None
    for claim in stated:
        undated = not (claim.by.dated and stated[0].by.dated)
        if found is None or (undated and progress(claim) > progress(found)):
            found = claim
    return found


def refunded(of: Sequence[Claim]) -> int | None:
    stated = [c for c in of if c.said.values.get("refunded") is not None]
    rivals = [c for c in stated if c is stated[0] or not (c.by.dated and stated[0].by.dated)]
    return max((c.said.values["refunded"] for c in rivals), default=None)


def sold_for(line: dict[str, Any]) -> Any:
    return line["listed"] if line.get("own_sold") is None else line["own_sold"]


def goods_total(claim: Claim) -> int | None:
    if claim.said.values.get("sold") is not None:
        return int(claim.said.values["sold"])
    amounts = [sold_for(one) for one in claim.said.lines or ()]
    return None if None in amounts else sum(amounts)


def has_amounts(claim: Claim) -> bool:
    amounts = [one.get(name) for one in claim.said.lines or () for name in ("listed", "own_sold")]
    return any(amount is not None for amount in [*amounts, claim.said.values.get("sold")])


def goes_on(top: Claim, other: Claim) -> bool:
    """Whether the other has all lines of the top one unchanged and more, where neither states the order's total."""
    if top.said.values.get("sold") is not None or other.said.values.get("sold") is not None:
        return False
    ours, theirs = (
        {one["line_key"]: (one.get("own_sold"), one["units"]) for one in c.said.lines or ()} for c in (top, other)
    )
    return len(ours) < len(theirs) and all(theirs.get(key) == line for key, line in ours.items())


def whose_lines(of: Sequence[Claim]) -> Claim | None:
    """The newest that has lines (with amounts, if any has); more lines at an equal goods total win."""
    having = [c for c in of if c.said.lines]
    having = [c for c in having if has_amounts(c)] or having
    best = having[0] if having else None
    for claim in having[1:]:
        same_total = goods_total(claim) == goods_total(having[0]) is not None
        more = len(claim.said.lines or ()) > len(best.said.lines or ()) if best else False
        if more and (same_total or goes_on(having[0], claim)):
            best = claim
    return best


def refund_day(of: Sequence[Claim], own: str) -> str:
    """The order's own day if it was refunded when first seen, else the day of the oldest file that shows it."""
    oldest = None
    for claim in reversed(of):
        values, lines = claim.said.values, claim.said.lines or []
        shows = (values.get("refunded") or 0) > 0 or values.get("status") == "cancelled"
        shows = shows or any((one.get("refunded") or 0) > 0 for one in lines)
        if shows:
            return own if oldest is None else claim.by.kind.day_of(claim.by.as_of)
        if "refunded" in claim.by.kind.fills:
            oldest = claim
    return own


Shown = dict[str, dict[str, Any]]


def order(shop: str, of: Sequence[Claim]) -> tuple[dict[str, Any], Shown, Shown]:
    """An order as the views show it, its lines by line_key, and the refunds that they imply by line_key."""
    values = by_column([c.said.values for c in of])
    if (holds := whose_status(of)) is not None:
        for name in ("status", "status_raw"):
            values[name] = holds.said.values.get(name)
        if holds.said.values.get("counts_said") is not None:
            values["counts_said"] = holds.said.values["counts_said"]
    values["refunded"] = refunded(of)
    if any(c.said.values.get("tracked") for c in of):
        values["tracked"] = 1
    lines, best = {}, whose_lines(of)
    for line in (best.said.lines or ()) if best else ():
        others = [one for c in of if c is not best for one in c.said.lines or () if one["line_key"] == line["line_key"]]
        lines[line["line_key"]] = by_column([line, *others])
    get = values.get
    status = get("status") or ("shipped" if get("shipped_day") else "paid" if get("paid_day") else "unknown")
    counts: int = int(status not in ("unpaid", "unknown", "cancelled"))
    if status == "cancelled":
        counts = int(bool((get("shipped_day") or get("tracked")) and (get("paid_day") or get("paid"))))
    counts = values["counts_said"] if get("counts_said") is not None else counts
    first, second = ("paid_day", "placed_day") if shop.startswith("taobao") else ("placed_day", "paid_day")
    day = str(get(first) or get(second))
    amounts = [sold_for(one) for one in lines.values()]
    sum_sold = get("sold")
    if sum_sold is None and amounts and None not in amounts:
        sum_sold = sum(amounts)
    shown = {
        "status": status, "status_raw": get("status_raw"), "payment": get("payment"), "currency": get("currency"),
        "placed_day": get("placed_day"), "paid_day": get("paid_day"), "shipped_day": get("shipped_day"),
        "shipped_at": get("shipped_at"), "day": day, "counts": counts, "paid_minor": get("paid"),
        "open": int(bool(counts) and status in ("paid", "part_shipped") and not get("shipped_day")),
        "units": sum(one["units"] for one in lines.values()) if lines else None, "sold_minor": sum_sold,
        "refunded_minor": get("refunded"), "seen_at": max(c.by.as_of for c in of),
    }  # fmt: skip
    shown_lines = {
        key: {"code": one["code"], "title": one["title"], "units": one["units"], "listed_minor": one["listed"],
              "day": day, "counts": counts}
        for key, one in lines.items()
    }  # fmt: skip
    back = refund_day(of, day)
    refunds = {}
    if counts:
        for key, one in lines.items():
            if (one.get("refunded") or 0) > 0:
                refunds[key] = {"amount_minor": one["refunded"], "done_day": back, "detail": 1}
        total = get("refunded")
        if status == "cancelled" and not total and get("counts_said") is None:
            total = get("paid") or sum_sold
        if (total or 0) > 0:
            refunds[""] = {"amount_minor": total, "done_day": back, "detail": 0}
    return shown, shown_lines, refunds


# --- the whole store ---

# Of the tables that are no orders: the view's columns by the claim's.
SHOWN = {
    "listings": {"code": "code", "title": "title", "price": "price_minor", "listed_units": "listed_units",
                 "state": "state", "state_raw": "state_raw"},
    "prices": {"price": "price_minor"},
    "stock_counts": {"counted_day": "counted_day", "units": "units", "committed": "committed"},
    "money_moves": {"kind": "kind", "amount": "amount_minor", "currency": "currency", "day": "day", "note": "note"},
}  # fmt: skip
Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]  # view → key → columns


def expected(imports: Sequence[Import]) -> Rows:
    """What the views must show."""
    rows: Rows = {name: {} for name in ("orders", "order_lines", "refunds", *SHOWN)}
    for (shop, table, key), of in claims(imports).items():
        if table == "orders":
            shown, lines, refunds = order(shop, of)
            rows["orders"][shop, *key] = shown
            rows["order_lines"] |= {(shop, *key, line_key): one for line_key, one in lines.items()}
            rows["refunds"] |= {(shop, f"order:{key[0]}", line_key): one for line_key, one in refunds.items()}
        else:
            values = by_column([c.said.values for c in of])
            rows[table][shop, *key] = {view: values.get(name) for name, view in SHOWN[table].items()}
    return rows


def may_be_from(imports: Sequence[Import]) -> dict[Record, set[int]]:
    """The live imports that say something of a record: it must come from one of them."""
    return {record: {c.by.number for c in of} for record, of in claims(imports).items()}
