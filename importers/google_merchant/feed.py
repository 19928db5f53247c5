"""Google Merchant's product feed (text, tab separated): one row per item, variants of one product by item_group_id.

Price is the regular price with its currency (`15.00 USD`); a sale price holds while its dates cover the file's day.
`out of stock` means no unit; how many there are when it is in stock a feed does not say. Provisional: a feed of the
catalogue of another network that has the same header is taken for one of Google's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, by_row, id_, raw, text
from importers.cells import Bad, clean
from importers.decimal_comma import amounts
from merchant_cli.basics.phrases import Phrase

OUT = "out_of_stock"
TRAITS = ("color", "size", "material", "pattern", "age_group", "gender", "size_system")
_PRICE = re.compile(r"(?:([A-Z]{3}) ?)?(\d[\d.,]*)(?: ?([A-Z]{3}))?")
_DECIMAL_COMMA = re.compile(r"\d[\d.]*,\d{1,2}")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A listing and a price of each item."""
    for listing, price in by_row(drafts):
        row = listing.values
        found = {name: _amount(row.get(name) or "", facts.currency) for name in ("_regular", "_sale")}
        if wrong := next(((name, one) for name, one in found.items() if isinstance(one, Bad)), None):
            header = "price" if wrong[0] == "_regular" else "sale_price"
            yield listing.line, wrong[1].code, header, wrong[1].params, []
            continue
        _place(row)
        _stock(row)
        _price(row, found, facts.as_of_day)
        yield listing
        if row["price"] is not None:
            names = ("listing_id", "variant_id", "price", "compare_at", "currency")
            price.values |= {name: row[name] for name in names} | {"seen_day": facts.as_of_day}
            yield price


def _amount(said: str, usual: str | None) -> tuple[int, str | None] | Bad | None:
    """`12.00 USD`, `USD 12.00`, `12,00 EUR` as minor units and currency."""
    said = clean(said)
    if not said:
        return None
    found = _PRICE.fullmatch(said)
    if found is None:
        return Bad("bad-money", {"value": said})
    currency = found[1] or found[3] or usual
    amount = amounts(currency, _DECIMAL_COMMA.fullmatch(found[2]) is not None)(found[2])
    return amount if isinstance(amount, Bad) else (int(amount), currency)


def _place(row: dict[str, Any]) -> None:
    item, group = row["code"], row.get("_group")
    row["listing_id"], row["variant_id"] = (group, item) if group else (item, "")
    row["category"] = row.get("category") or row.get("_google")
    row["options"] = "; ".join(f"{name}: {row[f'_{name}']}" for name in TRAITS if row.get(f"_{name}")) or None


def _stock(row: dict[str, Any]) -> None:
    said = re.sub(r"[\s_]+", "_", (row.get("state_raw") or "").strip().casefold())
    row["state"], row["state_raw"] = "live", said or None
    row["listed_units"] = 0 if said == OUT else None


def _price(row: dict[str, Any], found: dict[str, Any], day: str) -> None:
    """The sale price while it holds, with the regular one to compare."""
    regular, sale = (found[name] or (None, None) for name in ("_regular", "_sale"))
    starts, _, ends = (row.get("_dates") or "").partition("/")
    holds = sale[0] is not None and (not starts or starts[:10] <= day <= (ends[:10] or "9"))
    row["price"], row["compare_at"] = (sale[0], regular[0]) if holds else (regular[0], None)
    row["currency"] = regular[1] or sale[1]


def _spaced(name: str) -> tuple[str, ...]:
    """An attribute as Google's help and as its files write it: `image link`, `image_link`."""
    return (name,) if "_" not in name else (name.replace("_", " "), name)


feed = Importer(
    platform="google_merchant",
    name="feed",
    title=Phrase("Google Merchant product feed", "谷歌购物商品数据"),
    menu=Phrase(
        "Merchant Center › Data sources › the feed file of your own; also written by `merchant`",
        "商家中心 › 数据源 › 自己的商品数据文件；也可由本程序生成",
    ),
    tried_on="RyanShook/tap-giving-website: google-merchant-feed.tsv",
    known_by=frozenset({"id", "title", "price", "availability"}),
    kind="listings",
    grade="A",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "code": id_("id", required=True),
                    "_group": id_(*_spaced("item_group_id")),
                    "title": text("title"),
                    "url": text("link"),
                    "category": text(*_spaced("product_type")),
                    "_google": text(*_spaced("google_product_category")),
                    "state_raw": text("availability"),
                    "_regular": raw("price"),
                    "_sale": raw(*_spaced("sale_price")),
                    "_dates": raw(*_spaced("sale_price_effective_date")),
                    **{f"_{name}": text(*_spaced(name)) for name in TRAITS},
                },
                "prices": {},
            }
        ),
    ),
)
