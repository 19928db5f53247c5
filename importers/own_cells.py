"""How text and ids of the merchant's own sheets are read: what we write into one comes back unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable

from importers.cells import EDGES, Bad, id_of, kept_text
from merchant_cli.basics.formulas import QUOTED, bare

_NO_CHARACTER = re.compile("[\ufffe\uffff]")  # no file of a spreadsheet can hold these


def read_own_text(raw: str) -> str | None:
    """Free text of the merchant's own sheet as it stands, so that what we write into one comes back unchanged.

    Only `="x"` is unwrapped, and the apostrophe taken off that keeps a spreadsheet from running the text.
    """
    return kept_text(_unwrapped(raw, bare))


def read_own_id(raw: str) -> str | Bad | None:
    """An id of the merchant's own sheet: as in any file, but `=A1` is the id as it is written."""
    found = id_of(_unwrapped(raw, lambda text: text[1:] if text[:1] in ("'", "`") else text))
    return kept_text(found) if isinstance(found, str) else found


def _unwrapped(raw: str, taken_off: Callable[[str], str]) -> str:
    text = _NO_CHARACTER.sub("\ufffd", raw.replace("\0", "")).strip(EDGES)
    found = QUOTED.fullmatch(text) if text[:1] == "=" else None
    return (found[1] if found else taken_off(text)).strip(EDGES)
