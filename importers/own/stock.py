"""The merchant's own stock count: what was counted, where and when. A blank number was not counted."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, count, id_, moment, text
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Rows without a number say nothing."""
    for draft in drafts:
        if draft.values["units"] is None:
            draft.ignored = "blank"
        yield draft


stock = Importer(
    platform="own",
    name="stock",
    title=Phrase("Stock count", "库存"),
    menu=Phrase("`merchant template stock -o FILE`", "`merchant template stock -o 文件`"),
    known_by=frozenset({"商家编码|SKU", "实盘数量|Counted units"}),
    kind="stock",
    own=True,
    unlocks=("inventory/reorder",),
    reshape=reshape,
    into=(
        Into(
            {
                "stock_counts": {
                    "code": id_("商家编码", "SKU", required=True),
                    "location": text("仓库", "Location"),
                    "units": count("实盘数量", "Counted units", least=0),
                    "counted": moment("盘点日期", "Counted on"),
                }
            }
        ),
    ),
)
