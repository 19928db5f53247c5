"""What the merchant should know about an import: the notes on its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from merchant_cli.basics import days
from merchant_cli.intake.work import Work


def tell_notes(work: Work) -> None:
    note, end, tally, noticed = work.receipt.note, work.end, work.keeper.tally, work.noticed
    for code, params in work.wanted.remarks:
        note(code, **params)
    if work.wanted.beside and (twice := _in_two_sheets(work)):
        note("in-two-sheets", count=twice)
    if end.read == 0:
        note("header-only")
    if noticed.gaps:
        note("identity", gaps=noticed.gaps, checked=noticed.checked, orders=", ".join(noticed.gap_orders))
    elif noticed.checked:
        note("identity-ok", checked=noticed.checked)
    if above := noticed.refunded_above:
        note("refunded-above", count=len(above), orders=", ".join(above[:5]))
    if tally.held_back:
        note("held-back", cells=tally.held_back)
    for code, orders_short in (("lines-missing", tally.short_here), ("lines-completed", tally.short_there)):
        if orders_short:
            note(code, count=len(orders_short), orders=", ".join(orders_short[:5]))
    _note_age(work)
    if noticed.cannot_tell and (left_open := _left_open(work)):
        note("cannot-tell", count=left_open)
    if noticed.undated and (undated := _undated(work)):
        note("undated", count=len(undated), orders=", ".join(undated[:5]))
    for name, found, stated in end.differing:
        note("sum-differs", name=name, found=found, stated=stated)
    if work.marks.comma:
        note("decimal-comma")
    if work.marks.order:
        note("day-first" if work.marks.order == "dmy" else "month-first")
    for code, example in end.written.items():
        note(f"{code}-undecided", example=example)
    if end.same_names:
        note("same-names", names=", ".join(end.same_names[:8]))
    if end.garbled:
        note("garbled", texts=_suggested(end.garbled))
    if end.rounded:
        note("rounded", amounts=", ".join(end.rounded))
    if end.ruined:
        note("ruined", values=", ".join(end.ruined))
    if end.unknown_words:
        note("unknown-words", words=", ".join(sorted(end.unknown_words)[:8]))

    if unlocked := _unlocked(work):
        note("unlocked", questions=", ".join(f"`merchant {a.replace('/', ' ')}`" for a in unlocked))


def _suggested(garbled: dict[str, str]) -> str:
    """`å¼ ä¸‰ → 张三`: what the texts probably were, where that can be told."""
    return ", ".join(f"{text[:40]} → {better[:40]}" if better else text[:40] for text, better in garbled.items())


def note_later_name(work: Work, number: int) -> None:
    """Says that the same bytes came under a name with a later day, which changes nothing: a renamed copy of an old
    export must not roll back what newer files said. Who did export it again says so with --exported."""
    (as_of,) = work.db.execute("SELECT as_of FROM imports WHERE no = ?", (number,)).fetchone()
    if work.dated.source == "name" and work.dated.instant is not None and work.dated.instant > as_of:
        kept = days.day_of(as_of, work.shop.zone)
        work.receipt.note("exported-again", number=number, day=work.dated.day, kept=kept)


def _in_two_sheets(work: Work) -> int:
    """How many records another sheet of the same workbook states too."""
    marks = ", ".join("?" * len(work.wanted.beside))
    row = work.db.execute(
        "SELECT count(*) FROM claims c WHERE c.import_no = ? AND (EXISTS (SELECT 1 FROM claims d WHERE d.tab = c.tab"
        f" AND d.shop = c.shop AND d.key = c.key AND d.import_no IN ({marks})) OR c.tab = 'orders' AND EXISTS ("
        f" SELECT 1 FROM fact_orders o WHERE o.shop = c.shop AND o.order_id = c.key AND o.import_no IN ({marks})))",
        (work.number, *work.wanted.beside, *work.wanted.beside),
    ).fetchone()
    return int(row[0])


def _undated(work: Work) -> list[str]:
    """Sales to which neither this file nor another gives a day."""
    rows = work.db.execute(
        "SELECT order_id FROM fact_orders WHERE shop = ? AND import_no = ? AND counts = 1 AND day IS NULL ORDER BY 1",
        (work.shop.no, work.number),
    )
    return [order for (order,) in rows]


def _left_open(work: Work) -> int:
    """Closed and paid orders of which not even the merge with other files says whether they were shipped."""
    row = work.db.execute(
        "SELECT count(*) FROM fact_orders WHERE shop = ? AND import_no = ? AND status = 'cancelled' AND counts = 0"
        " AND counts_said IS NULL AND (paid_day IS NOT NULL OR paid > 0 OR cod = 1)"
        " AND shipped_day IS NULL AND tracked IS NULL",
        (work.shop.no, work.number),
    ).fetchone()
    return int(row[0])


def _note_age(work: Work) -> None:
    """Says that a newer file speaks of the same orders, so that what this one says otherwise does not hold."""
    if not work.keeper.tally.common_orders:
        return
    newer = work.db.execute(
        "SELECT n.no, n.as_of, o.as_of FROM imports n, imports o WHERE o.no = ? AND n.no != o.no AND n.shop = o.shop"
        " AND n.kind = o.kind AND n.state IN ('applied', 'sealed') AND n.as_of > o.as_of ORDER BY n.as_of DESC LIMIT 1",
        (work.number,),
    ).fetchone()
    if newer is not None:
        number, theirs, ours = newer
        zone = work.shop.zone
        work.receipt.note("older-file", number=number, newer=days.day_of(theirs, zone), day=days.day_of(ours, zone))


def _unlocked(work: Work) -> tuple[str, ...]:
    """The questions that the first live file of this importer lets answer."""
    importer = work.wanted.importer
    if not importer.unlocks or not work.keeper.tally.by_table:
        return ()
    another = work.db.execute(
        "SELECT 1 FROM imports WHERE importer = ? AND no != ? AND state IN ('applied', 'sealed')",
        (importer.id, work.number),
    ).fetchone()
    return () if another else importer.unlocks


def ranges(numbers: Sequence[int]) -> str:
    """`1–3, 7`: numbers in words."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
