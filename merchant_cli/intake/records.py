"""Makes rows of the store of drafts that are not orders: keys, dates of counts, and what stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from importers.base import Draft
from merchant_cli.basics.days import end_of
from merchant_cli.intake.job import End, Faulty, Job, Rows
from merchant_cli.store.facts import SHOPLESS, TABLES, Table
from merchant_cli.store.row_hash import row_hash

# Where two rows of one file contradict each other the second waits; elsewhere the first holds.
SAID_ONCE = frozenset(
    {"costs", "stock_counts", "rates", "prices", "reviews", "coupons", "campaigns", "traffic", "ads", "money_moves"}
)


SAID_BY_US = (("money_moves", "kind"), ("money_moves", "rule"))


class Records:
    """The records of one file so far; `end` learns the days that they cover."""

    def __init__(self, job: Job, end: End) -> None:
        self.job, self.end = job, end
        self.ordinals: Counter[tuple[str, ...]] = Counter()
        self.seen: dict[tuple[str, str, str], int] = {}

    def add(self, draft: Draft, rows: Rows, faulty: Faulty) -> None:
        table = TABLES[draft.table]
        values = {k: v for k, v in draft.values.items() if k[0] != "_"}
        if draft.table in ("refunds", "money_moves") and values.get("currency") is None:
            values["currency"] = self.job.currency
        if draft.table == "stock_counts":
            self._counted(values)
        named: str | None = draft.values.get("_in_shop")
        self._cover(values, named)
        if table.key[-1] in ("line_key", "move_id") and values.get(table.key[-1]) is None:
            self._ordinal(draft.table, values, table.key)
        full = tuple(
            ("" if c in table.key and c not in table.integers else None) if (v := values.get(c)) is None else v
            for c in table.stated
        )
        shop: int | str = named or self.job.shop_no
        name = named or self.job.shop
        if draft.table in SHOPLESS:
            shop, name = 0, ""
        hashed = row_hash(name, full)
        key = "\x1f".join(map(str, full[: len(table.key)]))
        known = self.seen.get((draft.table, name, key))
        if known is None:
            self.seen[draft.table, name, key] = hashed
            rows.rows.append((draft.line, draft.table, (shop, *full, self.job.import_no, draft.line, hashed, 0)))
        elif known != hashed and draft.table in SAID_ONCE:
            faulty.rows.append((draft.line, "duplicate-key", "", {"value": _shown(table, values)}, []))

    def _ordinal(self, table: str, values: dict[str, Any], key: Sequence[str]) -> None:
        """A key for a row without an id: its code and how often it came in its document, or a hash of the row.

        What kind of money move a row is, and how its order was found, the importer says, not the file: the hash leaves
        both out.
        """
        if key[-1] == "line_key":
            stem: tuple[str, ...] = (table, str(values.get(key[0])), str(values.get("code") or ""))
            text = values.get("code") or "row"
        else:
            said = tuple(values[c] for c in sorted(values) if (table, c) not in SAID_BY_US)
            text = f"{row_hash('', said) & 0xFFFFFFFFFFFFFFFF:016x}"
            stem = (table, text)
        self.ordinals[stem] += 1
        values[key[-1]] = f"{text}#{self.ordinals[stem]}"

    def _counted(self, values: dict[str, Any]) -> None:
        """A count without a date keeps the time of an equal earlier statement of the merchant's own sheet."""
        if values.get("counted_at") is None and values.get("counted_day"):
            values["counted_at"] = end_of(values["counted_day"], self.job.zone)
        if values.get("counted_at") is None:
            earlier = self.job.counted.get((values.get("location") or "", values.get("code") or ""))
            if earlier is not None and earlier[2] == values.get("units"):
                values["counted_at"], values["counted_day"] = earlier[0], earlier[1]
            else:
                values["counted_at"], values["counted_day"] = self.job.as_of, self.job.as_of_day

    def _cover(self, values: dict[str, Any], shop: str | None) -> None:
        found = [values.get(n) for n in ("day", "from_day", "to_day", "done_day", "applied_day", "counted_day")]
        days = [d for d in found if d]
        if not days or self.job.importer.kind in ("listings", "costs", "coupons", "campaigns", "rates"):
            return
        if values.get("from_day") == values.get("to_day") is not None:
            self.end.days.setdefault(shop or "", set()).add(values["from_day"])
        end = self.end
        end.first_day = min([*days, end.first_day] if end.first_day else days)
        end.last_day = max([*days, end.last_day] if end.last_day else days)


def _shown(table: Table, values: dict[str, Any]) -> str:
    """A record's key for people: an instant as its day."""
    parts = [values.get(f"{name[:-3]}_day") if name.endswith("_at") else values.get(name) for name in table.key]
    return " ".join(str(part) for part in parts if part not in (None, ""))
