"""Amazon's business report, detail page sales and traffic by SKU, else by child ASIN: visits and sales of a period that
it does not state.

The period is read off the file's name, which must hold the first and the last day (`2026-10-01 2026-10-31`) or one day;
without it the whole file is refused, since nobody can say which days its sums are of. `visitors` are sessions. A SKU
that stands below two parents is added up; what businesses bought is inside the totals.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, count, id_, money
from importers.day_ranges import period_of
from importers.sheet import Unreadable
from merchant_cli.basics.phrases import Phrase

SOURCE = "amazon-business"  # as `traffic.source` names it; `item` is the SKU, in a report by ASIN the ASIN
SUMS = ("visitors", "page_views", "units", "orders", "paid")


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


business_report = Importer(
    platform="amazon",
    name="business-report",
    title=Phrase("Amazon business report", "亚马逊业务报告"),
    menu=Phrase(
        "Seller Central › Reports › Business Reports › Detail Page Sales and Traffic by Child Item › Download",
        "亚马逊卖家后台 › 数据报告 › 业务报告 › 按子商品统计的详情页销售与流量 › 下载",
    ),
    known_by=frozenset({"(Child) ASIN", "Sessions - Total|Sessions", "Units Ordered", "Ordered Product Sales"}),
    kind="item-traffic",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "traffic": {
                    "source": constant(SOURCE),
                    "item": id_("SKU", "(Child) ASIN", required=True),
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
