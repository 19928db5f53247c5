"""Opens a workbook: the limited child unpacks its sheets while this process looks through its XML."""

from __future__ import annotations

from collections.abc import Sequence

from importers.sheet import Unreadable
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import child
from merchant_cli.intake.gate import Source
from merchant_cli.intake.limits import Remark
from merchant_cli.intake.prescan import Seen, missing_text, prescan
from merchant_cli.intake.unpack import Head


def heads(source: Source) -> list[Head]:
    """The sheets of a workbook, unpacked. Nothing that the child says is taken before the look has found no harm.

    Raises Unreadable workbook-refused, locked; Problem file-too-large, unsafe-file, truncated.
    """
    seen = Seen()

    def look() -> None:
        nonlocal seen
        if source.entries:
            seen = prescan(source.path, source.entries, Place(source.name), source.limits)

    limited = not source.limits.trust
    try:
        found = child.unpack(str(source.path), source.kind, str(source.unpacked), limited=limited, meanwhile=look)
    except Unreadable as fault:
        raise _damaged(source, fault) or fault from None
    source.live = seen.live
    if source.kind != "xlsx":
        return found
    return [
        head._replace(odd=seen.odd.get(head.name), hidden_rows=seen.hidden_rows.get(head.name, 0)) for head in found
    ]


def _damaged(source: Source, fault: Unreadable) -> Problem | None:
    """The Problem at the sheet, and where it can be told the row, that the parser stopped at."""
    sheet = fault.params.pop("sheet", "")
    if not sheet:
        return None
    detail = str(fault.params["detail"])
    row = missing_text(source.path, sheet) if source.kind == "xlsx" and "string index" in detail else 0
    said = {"detail": "no such text" if row else "row 0" if "row component" in detail else detail}
    return Problem(fault.code, Place(source.name, sheet, row), **said)


def chosen(source: Source, named: Sequence[str]) -> tuple[list[tuple[Head, str]], list[str]]:
    """The sheets to be taken, each with the name that people see, and the names of hidden ones that are left out.

    Raises what `heads` does, Unreadable file-empty, Problem no-such-sheet.
    """
    filled = [head for head in heads(source) if head.filled]
    if not filled:
        raise Unreadable("file-empty")
    seen = [head for head in filled if not head.hidden] or filled
    taken = [head for head in filled if head.name in named] if named else seen
    if not taken:
        there = ", ".join(head.name for head in filled)
        raise Problem("no-such-sheet", Place(source.name), name=", ".join(named), sheets=there)
    hidden = [] if named else [head.name for head in filled if head not in taken]
    alone = len(seen) == 1
    return [(h, source.name if alone and h is seen[0] else f"{source.name}!{h.name}") for h in taken], hidden


def remarks(source: Source, head: Head, hidden: Sequence[str]) -> tuple[Remark, ...]:
    """What the receipt of a sheet says of its workbook."""
    found: list[Remark] = set_aside(source)
    if source.live:
        found.append(("values-only", {}))
    if hidden:
        found.append(("hidden-sheets", {"sheets": ", ".join(hidden)}))
    if head.hidden_rows:
        found.append(("hidden-rows", {"count": head.hidden_rows}))
    return tuple(found)


def set_aside(source: Source) -> list[Remark]:
    """The limits that were set aside because the file is trusted."""
    return [
        (f"trust-{name}", {"found": f"{found:,}", "most": f"{most:,}"}) for name, found, most in source.limits.set_aside
    ]
