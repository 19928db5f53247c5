"""How eBay names a variation: `[Size:M,Color:Red]` in orders, `Size=M;Color=Red` among listings (provisional)."""

from __future__ import annotations


def variant(said: str | None) -> str:
    """`Size=M;Color=Red`; "" for an item without variations."""
    text = (said or "").strip().strip("[]")
    if "=" not in text:
        text = text.replace(",", ";").replace(":", "=")
    return ";".join(part.strip() for part in text.split(";") if part.strip())


def code(sku: str | None, item: str | None, variation: str) -> str | None:
    """The seller's SKU, else the item's number, with its variation behind a slash."""
    if sku or not item:
        return sku
    return f"{item}/{variation}" if variation else item
