"""Judge.me's reviews of a Shopify shop: the export, and the layout in which reviews are imported there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, buyer, count, id_, moment, raw, text
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

SAMPLE = "not-a-real-product-handle-so-this-review-wont-import"  # of the row that the app's template holds
STARS = range(1, 6)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A review has no number here: it is known by product, time and reviewer, else by its words. Spam is left out.

    Days are those of the shop's zone, where it is known. E-mail addresses become buyers' keys; names are not kept.
    """
    for draft in drafts:
        row = draft.values
        rating, handle = row.get("rating"), row.get("listing_id")
        if handle == SAMPLE:
            draft.ignored = "example"
        elif (row.get("_curated") or "").casefold() == "spam":
            draft.ignored = "other"
        elif rating is None and row.get("body") is None:
            draft.ignored = "blank"
        elif rating is not None and rating not in STARS:
            yield draft.line, "bad-stars", "rating", {"stars": rating}, []
            continue
        else:
            _complete(row, facts.zone)
        yield draft


def _complete(row: dict[str, Any], zone: str) -> None:
    product = row.get("listing_id") or row.get("_product_id")
    row["listing_id"] = product
    if zone and row.get("at") is not None:
        row["day"] = day_of(row["at"], zone)
    who = row.get("reviewer") or row.get("_name")
    known_by = [product, row.get("at") or row.get("day"), who]
    if None in known_by:
        known_by += [row.get("title"), row.get("body")]
    said = "\x1f".join("" if part is None else str(part) for part in known_by)
    row["review_id"] = "~" + blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
    pictures = row.get("_pictures")
    if pictures is not None:
        row["photos"] = len(re.findall("https?://", pictures)) or len([p for p in pictures.split(",") if p.strip()])


reviews = Importer(
    platform="judgeme",
    name="reviews",
    of="shopify",
    title=Phrase("Judge.me reviews", "Judge.me 评价"),
    menu=Phrase(
        "Judge.me › Manage reviews › Export (or the import template of other apps)",
        "评价插件 Judge.me › 管理评价 › 导出",
    ),
    tried_on="stealthstores-star/CastForge: judgeme_reviews.csv",
    known_by=frozenset({"body", "rating", "review_date", "reviewer_name", "product_handle|product_id"}),
    kind="reviews",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "reviews": {
                    "listing_id": id_("product_handle"),
                    "_product_id": id_("product_id"),
                    "at": moment("review_date"),
                    "rating": count("rating"),
                    "title": text("title"),
                    "body": text("body"),
                    "reply": text("reply"),
                    "reviewer": buyer("reviewer_email"),
                    "_name": text("reviewer_name"),
                    "_pictures": raw("picture_urls"),
                    "_curated": text("curated"),
                }
            }
        ),
    ),
)
