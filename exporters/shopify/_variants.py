"""How Shopify's upload names a variant: handle, title and up to three options, taken apart again."""

from __future__ import annotations

from typing import Any

from exporters.base import Item
from merchant_cli.basics.phrases import Phrase

P = Phrase

NAMING = tuple(f"listings.{name}" for name in ("listing_id", "title", "_name1", "_value1", "_name2", "_value2",
                                               "_name3", "_value3", "code"))  # fmt: skip


def options(item: Item) -> list[tuple[str, str]] | None:
    """Names and values of the variant's options; None where they cannot be told apart.

    The store keeps `Color: Blue; Size: M` and the variant `Blue / M`; a name or value may hold these marks itself.
    """
    said, variant = item.facts.get("options") or "", item.facts.get("variant_id") or ""
    if not variant:
        return [("Title", "Default Title")]
    found = []
    for count in (1, 2, 3):
        values, pairs = variant.split(" / "), said.split("; ")
        if len(values) == count == len(pairs) and all(p.endswith(f": {v}") for p, v in zip(pairs, values, strict=True)):
            found.append([(p[: -len(v) - 2], v) for p, v in zip(pairs, values, strict=True)])
    whole = [(said[: -len(variant) - 2], variant)] if said.endswith(f": {variant}") else None
    if whole is not None and ": " not in whole[0][0] and whole not in found:
        found.append(whole)
    return found[0] if len(found) == 1 else None


def naming(item: Item) -> dict[str, Any]:
    """The columns that say which variant a row is about."""
    values = {"listings.listing_id": item.facts["listing_id"], "listings.title": item.facts.get("title")}
    for n, (name, value) in enumerate(options(item) or [], 1):
        values[f"listings._name{n}"], values[f"listings._value{n}"] = name, value
    code = item.facts.get("code")
    if code and not code.startswith("~"):
        values["listings.code"] = code
    return values


def nameable(item: Item) -> Phrase | None:
    """Why a variant cannot be named in an upload."""
    if not item.facts.get("title"):
        return P("Shopify needs the product's title; no file told it.", "Shopify 需要商品标题，但没有文件提供。")
    if options(item) is None:
        return P("Its options cannot be told apart: change it in Shopify by hand.",
                 "无法区分它的选项，请在 Shopify 中手动修改。")  # fmt: skip
    return None
