"""A few columns of WooCommerce's product CSV, as its importer takes them to change prices or stock: what stands in the
file changes, everything else stays. It is what `merchant send` writes."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, id_, raw
from importers.woocommerce import _headers as headers
from importers.woocommerce._cells import Cells
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """The place of each row and the values that it changes: a regular price alone is the price, beside a sale price it
    is what that is compared with."""
    rows = list(drafts)
    cells = Cells((draft.values for draft in rows), facts.currency)
    for draft in rows:
        row = draft.values
        if (fault := cells.take(row)) is not None:
            column, wrong = fault
            yield draft.line, wrong.code, column, wrong.params, [row["_id"]]
            continue
        parent = row.get("_parent")
        row["listing_id"], row["variant_id"] = row["_id"], ""
        if parent is not None:
            known = parent.removeprefix("id:") if parent.startswith("id:") else f"~{parent}"
            row["listing_id"], row["variant_id"] = known, row["_id"]
        if row["_sale"] is not None:
            row["price"], row["compare_at"] = row["_sale"], row["_regular"]
        else:
            row["price"] = row["_regular"]
        yield draft


changes = Importer(
    platform="woocommerce",
    name="changes",
    title=Phrase("WooCommerce price and stock changes", "WooCommerce 改价改库存"),
    menu=Phrase(
        "Written by `merchant send`; to be uploaded at Products › Import",
        "由 `merchant send` 生成；在 商品 › 导入 处上传",
    ),
    known_by=frozenset(
        {"ID", headers.either(*headers.PARENT), headers.either(*headers.SALE, *headers.REGULAR, *headers.STOCK)}
    ),
    never=frozenset({*headers.TYPE, *headers.NAME, *headers.PUBLISHED, *headers.CATEGORIES}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "_id": id_("ID", required=True),
                    "code": id_(*headers.SKU),
                    "_parent": id_(*headers.PARENT),
                    "_sale": raw(*headers.SALE),
                    "_regular": raw(*headers.REGULAR),
                    "_stock": raw(*headers.STOCK),
                }
            }
        ),
    ),
)
