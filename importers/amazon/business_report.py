"""Amazon's business report, detail page sales and traffic by SKU: visits and sales of a period that it does not state.

The period is read off the file's name, which must hold the first and the last day (`2026-10-01 2026-10-31`) or one day;
without it the whole file is refused, since nobody can say which days its sums are of. `visitors` are sessions. A SKU
that stands below two parents is added up; what businesses bought is inside the totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from importers.base import Draft, Facts, Importer, Into, constant, count, id_, money
from importers.sheet import Unreadable
from merchant_cli.basics.phrases import Phrase

SOURCE = "amazon-business"  # as `traffic.source` names it; `item` is the SKU
SUMS = ("visitors", "page_views", "units", "orders", "paid")
_DAY = re.compile(r"(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Raises Unreadable no-period."""
    period = period_of(facts.file_name)
    if period is None:
        raise Unreadable("no-period")
    sums: dict[str, Draft] = {}
    for draft in drafts:
        row = draft.values
        row["from_day"], row["to_day"] = period
        row["currency"] = facts.currency
        known = sums.setdefault(row["item"], draft)
        if known is not draft:
            for name in SUMS:
                if row.get(name) is not None:
                    known.values[name] = (known.values.get(name) or 0) + row[name]
            yield Draft("", {}, draft.line, ignored="added")
    yield from sums.values()


def period_of(file_name: str) -> tuple[str, str] | None:
    """The first and the last day that a file's name states; None if it states none, more than two, or none that is."""
    try:
        days = [date(*map(int, found.groups())).isoformat() for found in _DAY.finditer(file_name)]
    except ValueError:
        return None
    if not 1 <= len(days) <= 2 or days[0] > days[-1]:
        return None
    return days[0], days[-1]


business_report = Importer(
    platform="amazon",
    name="business-report",
    title=Phrase("Amazon business report by SKU", "亚马逊业务报告"),
    known_by=frozenset({"(Child) ASIN", "SKU", "Sessions - Total|Sessions", "Units Ordered", "Ordered Product Sales"}),
    kind="item-traffic",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "traffic": {
                    "source": constant(SOURCE),
                    "item": id_("SKU", required=True),
                    "visitors": count("Sessions - Total", "Sessions", least=0),
                    "page_views": count("Page Views - Total", "Page Views", least=0),
                    "units": count("Units Ordered", least=0),
                    "orders": count("Total Order Items", least=0),
                    "paid": money("Ordered Product Sales", least=0),
                }
            }
        ),
    ),
)
