"""What the merchant should know about an import: the notes on its receipt."""

from __future__ import annotations

from merchant_cli.basics import days
from merchant_cli.intake.work import Work


def tell_notes(work: Work) -> None:
    note, end, tally, noticed = work.receipt.note, work.end, work.keeper.tally, work.noticed
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
    if end.unknown_words:
        note("unknown-words", words=", ".join(sorted(end.unknown_words)[:8]))

    if unlocked := _unlocked(work):
        note("unlocked", questions=", ".join(f"`merchant {a.replace('/', ' ')}`" for a in unlocked))


def note_later_name(work: Work, number: int) -> None:
    """Says that the same bytes came under a name with a later day, which changes nothing: a renamed copy of an old
    export must not roll back what newer files said. Who did export it again says so with --exported."""
    (as_of,) = work.db.execute("SELECT as_of FROM imports WHERE no = ?", (number,)).fetchone()
    if work.dated.source == "name" and work.dated.instant is not None and work.dated.instant > as_of:
        kept = days.day_of(as_of, work.shop.zone)
        work.receipt.note("exported-again", number=number, day=work.dated.day, kept=kept)


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
        " AND n.kind = o.kind AND n.state = 'applied' AND n.as_of > o.as_of ORDER BY n.as_of DESC LIMIT 1",
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
        "SELECT 1 FROM imports WHERE importer = ? AND no != ? AND state = 'applied'", (importer.id, work.number)
    ).fetchone()
    return () if another else importer.unlocks
