"""聚水潭's order export with 成本价: what a SKU cost, by the day from which it did.

Its orders are those of other platforms, whose own files state them: nothing but costs is taken from here.
Provisional: that 成本价 is the cost of one unit when the order was placed; 0 is a cost that nobody entered.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, id_, moment, money
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The first cost of each SKU and every change of it; of several on one day the last holds."""
    found: dict[str, dict[str, tuple[int, Draft]]] = {}
    for draft in drafts:
        row = draft.values
        if not row["cost"]:
            draft.ignored = "blank"
            yield draft
            continue
        by_day = found.setdefault(row["sku"], {})
        at, day = row["_placed_at"] or 0, row["_placed_day"]
        if day not in by_day or by_day[day][0] <= at:
            by_day[day] = at, draft
    for by_day in found.values():
        before = None
        for day, (_, draft) in sorted(by_day.items(), key=lambda one: one[0]):
            if draft.values["cost"] != before:
                before = draft.values["cost"]
                draft.values["from_day"], draft.values["currency"] = day, facts.currency
                yield draft


costs = Importer(
    platform="jushuitan",
    name="costs",
    title=Phrase("Jushuitan costs", "聚水潭商品成本"),
    menu=Phrase(
        "Jushuitan › orders › export with cost prices `成本价`",
        "聚水潭 › 订单 › 订单商品明细 › 导出（勾选成本价）",
    ),
    known_by=frozenset({"内部订单号", "线上订单号", "商品编码", "成本价", "下单时间"}),
    kind="costs",
    grade="C",
    unlocks=("listings/costs", "inventory/reorder"),
    reshape=reshape,
    into=(
        Into(
            {
                "costs": {
                    "sku": id_("商品编码", required=True),
                    "cost": money("成本价", least=0),
                    "_placed": moment("下单时间", required=True),
                }
            }
        ),
    ),
)
