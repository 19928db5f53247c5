"""The end of an import: what merging decided, the days covered, quarantine, and the receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.dated import AsOf
from merchant_cli.intake.differences import Before
from merchant_cli.intake.notes import ranges, tell_notes
from merchant_cli.intake.rows import rank
from merchant_cli.intake.work import Work
from merchant_cli.store import seal

BY_DAY = frozenset({"traffic", "item-traffic", "ads"})  # kinds of file whose rows may speak of ranges of days


def close(work: Work, act: str, number: int) -> None:
    """Ends the import. The journal will say that `act` (import, redo, undo) was done to import `number`."""
    receipt, end = work.receipt, work.end
    receipt.number, receipt.read, receipt.ignored_by = work.number, end.read, end.ignored
    _check_faults(work)
    _date_and_cover(work)
    before = Before(work.db) if work.wanted.dry_run else None
    for tab, shop, key, outcome, file_rows in work.keeper.merge_touched():
        if tab == "orders":
            work.outcome[outcome] += file_rows
        else:
            for line in work.waiting[tab, shop, key]:
                rank(work, line, outcome)
    if before is not None:
        receipt.differences = before.differences(work.db, work.number)
    work.keeper.save_sums()
    for faulty in work.faulty:
        work.row_rank.pop(faulty[0], None)  # a row that waits is counted as waiting, whatever else it said
    work.outcome.update(work.row_rank.values())
    receipt.outcome = work.outcome
    receipt.outcome["quarantined"] = len(work.faulty)
    receipt.by_table = {t: dict(c) for t, c in sorted(work.keeper.tally.by_table.items())}
    _check_one_shop(work)
    _quarantine(work)
    tell_notes(work)
    _seal(work)
    receipt.close()
    receipt.state = "applied"
    work.db.execute(
        "UPDATE imports SET receipt = ? WHERE no = ?",
        (json.dumps(receipt.kept(), ensure_ascii=False, default=str), work.number),
    )
    work.db.execute(
        "INSERT INTO journal (at, act, number, detail) VALUES (?, ?, ?, ?)",
        (work.now, act, number, work.wanted.importer.id),
    )
    if work.original is not None:
        work.original.keep()


def _seal(work: Work) -> None:
    """Seals what is old by now; a preview leaves it."""
    if work.wanted.dry_run:
        return
    if numbers := seal.due(work.db, work.now, work.number):
        seal.seal(work.db, numbers)
        work.receipt.note("sealed", count=len(numbers), numbers=ranges(numbers))


def _check_faults(work: Work) -> None:
    if not work.faulty:
        return
    line, code, column, params, _ = work.faulty[0]
    first = Problem(code, Place("", "", line, column), **params)
    said = {lang: first.show(lang) for lang in ("en", "zh")}
    detail = Phrase(f"{said['en']['where']}: {said['en']['what']}", f"{said['zh']['where']}：{said['zh']['what']}")
    if work.wanted.strict:
        raise Problem(
            "strict",
            Place(work.wanted.name, work.wanted.sheet, line, column),
            count=len(work.faulty),
            detail=detail,
        )
    if len(work.faulty) + work.end.ignored.total() >= work.end.read and len(work.faulty) == len(
        [f for f in work.faulty if f[1] != "order-incomplete"]
    ):
        codes = {f[1] for f in work.faulty}
        if len(codes) == 1:
            raise Problem(code, Place(work.wanted.name, work.wanted.sheet, line, column), **params)
        raise Problem("nothing-usable", work.wanted.place, count=len(work.faulty), detail=detail)


def _date_and_cover(work: Work) -> None:
    """Writes the import's instant, and the days it covers: full ones ended before the file was made."""
    end, dated = work.end, work.dated
    zone = work.shop.zone
    instant = end.newest
    if end.newest_day and (instant is None or days.day_of(instant, zone) < end.newest_day):
        instant = days.end_of(end.newest_day, zone)
    if dated.source == "workbook" and ((end.newest or 0) > (dated.instant or 0) or (end.newest_day or "") > dated.day):
        dated = replace(dated, source="rows")  # made before its newest row: a template, or a wrong clock
    if dated.source == "rows":
        if instant is None:
            instant, dated = work.taken_in, replace(dated, source="taken")
        dated = replace(dated, instant=instant, day=end.newest_day or days.day_of(instant, zone))
    work.db.execute(
        "UPDATE imports SET as_of = ?, as_of_from = ?, covers_from = ?, covers_to = ?, columns = ? WHERE no = ?",
        (dated.instant, dated.source, end.first_day, end.last_day, json.dumps(end.columns), work.number),
    )
    if not (end.first_day and end.last_day and work.wanted.importer.kind):
        return
    work.receipt.covers = (end.first_day, end.last_day)
    rows = [
        (work.number, shop, work.wanted.importer.kind, day, _is_full(work, day, dated)) for shop, day in _covered(work)
    ]
    work.db.executemany("INSERT INTO import_days VALUES (?, ?, ?, ?, ?)", rows)


def _covered(work: Work) -> Iterator[tuple[int, str]]:
    """The days that the file covers, by shop: all from its first to its last. Of visits and ad spend only those days
    that a row states alone, since a range of days does not say what any one of them had."""
    end = work.end
    if work.wanted.importer.kind in BY_DAY:
        for named, stated in sorted(end.days.items()):
            shop = work.number_of(named) if named else work.shop.no
            yield from ((shop, day) for day in sorted(stated))
        return
    day, last = end.first_day, end.last_day
    while day and last and day <= last:
        yield work.shop.no, day
        day = days.add(day, 1)


def _is_full(work: Work, day: str, dated: AsOf) -> int:
    if dated.source == "rows" and work.end.newest is None:
        return 1  # the file knows days only
    if not work.shop.zone and day == work.end.last_day:
        return 0  # days are written as local, so nobody knows when the last one ended
    return (
        1 if dated.instant is not None and days.end_of(day, work.shop.zone) <= dated.instant and day < dated.day else 0
    )


def _check_one_shop(work: Work) -> None:
    """Exports that overlap in whole days without one common order come from two shops."""
    if work.wanted.shop or work.wanted.importer.kind != "orders" or work.keeper.tally.common_orders:
        return
    end = work.end
    if not end.first_day or not end.last_day:
        return
    inner = work.db.execute(
        "SELECT d.day FROM import_days d JOIN imports i ON i.no = d.import_no WHERE d.shop = ? AND d.kind = 'orders'"
        " AND d.import_no != ? AND i.state IN ('applied', 'sealed') AND d.day > i.covers_from AND d.day < i.covers_to"
        " AND d.day > ? AND d.day < ? LIMIT 1",
        (work.shop.no, work.number, end.first_day, end.last_day),
    ).fetchone()
    if inner is not None:
        raise Problem(
            "another-shop", work.wanted.place, shop=work.shop.shop,
            detail=Phrase(
                f"Both cover {inner[0]} and have no order in common.", f"两者都包含 {inner[0]}，却没有一个相同的订单。"
            ),
        )  # fmt: skip


def _quarantine(work: Work) -> None:
    work.db.executemany(
        "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            (
                work.number, line, work.wanted.sheet, code, column,
                json.dumps(params, ensure_ascii=False, default=str), json.dumps(cells, ensure_ascii=False),
            )
            for line, code, column, params, cells in work.faulty
        ],
    )  # fmt: skip
