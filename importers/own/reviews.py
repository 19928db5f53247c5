"""The merchant's own sheet of reviews, of the shops that its rows name."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from importers.base import Draft, Facts, Fault, Importer, Into, count, id_, moment, shop, text
from importers.own._days import header
from merchant_cli.basics.phrases import Phrase

STARS = ("评分", "Stars")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A review without a number is known by its order, SKU, day and words; a row without words and stars is none."""
    for draft in drafts:
        row = draft.values
        rating = row.get("rating")
        if rating is not None and rating not in range(1, 6):
            yield draft.line, "bad-stars", header(STARS, facts), {"stars": rating}, []
            continue
        if rating is None and row.get("body") is None:
            draft.ignored = "blank"
        elif row["review_id"] is None:
            said = [row.get(name) or "" for name in ("order_id", "code", "day", "body")]
            row["review_id"] = "~" + blake2b("\x1f".join(said).encode(), digest_size=8).hexdigest()
        yield draft


reviews = Importer(
    platform="own",
    name="reviews",
    title=Phrase("Reviews", "评价"),
    menu=Phrase("`merchant template reviews -o FILE`", "`merchant template reviews -o 文件`"),
    known_by=frozenset({"评价编号|Review id", "评分|Stars", "评价内容|Review text"}),
    kind="reviews",
    own=True,
    reshape=reshape,
    into=(
        Into(
            {
                "reviews": {
                    "review_id": id_("评价编号", "Review id"),
                    "_in_shop": shop("店铺", "Shop"),
                    "order_id": id_("订单编号", "Order id"),
                    "code": id_("商家编码", "SKU"),
                    "at": moment("评价日期", "Reviewed on"),
                    "rating": count(*STARS),
                    "body": text("评价内容", "Review text"),
                    "follow_up": text("追评内容", "Follow-up"),
                    "reply": text("商家回复", "Shop reply"),
                }
            }
        ),
    ),
)
