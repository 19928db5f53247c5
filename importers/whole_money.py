"""Amounts without decimals, as Indonesian files write them."""

from __future__ import annotations

import re

from importers.cells import Bad, Reader, clean, money_reader


def whole_money_reader(currency: str | None) -> Reader:
    """Reads whole amounts whose points part thousands: `189.950`. What has decimals is a spreadsheet's damage."""
    read = money_reader(currency)

    def read_whole(raw: str) -> int | Bad | None:
        text = clean(raw).removeprefix("Rp").strip()
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text, re.ASCII):
            text = text.replace(".", "")
        elif "." in text and not re.fullmatch(r"-?\d+\.0{1,2}", text, re.ASCII):
            return Bad("bad-money", {"value": text})
        found: int | Bad | None = read(text)
        return found

    return read_whole
