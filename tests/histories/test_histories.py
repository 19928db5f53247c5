"""Invented histories of imports, undo and redo: after every step the store says what a plain-dict model says."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import history_model as model
import pytest
import xlsxwriter
from history_files import KINDS, Draw, Kind, Written, text_of
from history_store import Here, KeptOpen, close_below, fresh, unpacked, write
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from importers import catalogue
from merchant_cli.basics.problems import Problem
from merchant_cli.intake import again, child, mended, originals
from merchant_cli.intake.receipt import OUTCOMES, Receipt
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import checks, seal
from merchant_cli.store import open as opening
from merchant_cli.store.digest import stored_digest
from merchant_cli.store.waiting import waiting

HISTORIES, SEALED, STEPS = 200, 60, 7
BY_NAME = {kind.importer: kind for kind in KINDS}
FAST = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None  # a folder in memory

draws = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 7), st.integers(0, 5), st.integers(0, 4)),
    min_size=1, max_size=4, unique_by=lambda draw: draw[0],
)  # fmt: skip
kinds = st.sampled_from(sorted(BY_NAME))
days = st.integers(10, 20)
which = st.integers(0, 30)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What costs most of a small import and is tested elsewhere: connections stay open and wait for no disk, the index
    of importers is read once, workbooks are read in this process."""
    found = catalogue.entries()
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        monkeypatch.setattr(opening, "write", write)
        monkeypatch.setattr(opening, "read", KeptOpen)
        monkeypatch.setattr(originals, "threading", SimpleNamespace(Thread=Here))
        monkeypatch.setattr(catalogue, "entries", lambda mappings=None: found)
        monkeypatch.setattr(child, "unpack", unpacked)
        monkeypatch.setenv("MERCHANT_DEBUG", "1")  # an error of the program is raised
        monkeypatch.setenv("MERCHANT_SETTLE", "0")
        monkeypatch.setenv("MERCHANT_KEY", str(Path(folder) / "buyer.key"))
        monkeypatch.setattr(tempfile, "tempdir", folder)
        fresh.cache_clear()
        yield


class Histories(RuleBasedStateMachine):
    """One store, and the model of what it must say."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Path(shutil.copy(fresh(), self.folder / "merchant.db"))
        with write(self.store, "test") as self.db:
            pass
        self.imports: list[model.Import] = []
        self.written: dict[int, tuple[Path, str, str | None]] = {}  # by import: its file, contents and --exported
        self.drawn: list[tuple[Kind, list[Draw], int | None]] = []  # files so far, to overlap with
        self.acts: list[tuple[str, int]] = []  # what undo and redo without a number look at
        self.sealed: set[int] = set()
        self.bad: dict[int, Written] = {}  # by import: the order that waits

    # --- taking files in ---

    def take(self, kind: Kind, drawn: Sequence[Draw], day: int | None, *, broken: bool = False) -> None:
        """Writes a file and takes it in; with `broken` its first order has a cell that cannot be read."""
        shown = f"2025-03-{day:02d}" if day else ""
        written = [kind.make(draw, shown) for draw in drawn]
        text, bad = text_of(kind, written), None
        if broken:
            bad, written = written[0], written[1:]
            text = text.replace(",USD,", ",USD,ten", 1)
        path = self.folder / str(len(self.drawn)) / kind.name(day)
        path.parent.mkdir()
        path.write_bytes(text.encode(kind.encoding))
        self.drawn.append((kind, list(drawn), day))
        as_of = max(at for one in written for at in one.moments) if day is None else kind.end_of(day)
        self.taken(path, text, kind, written, as_of, dated=day is not None, bad=bad)

    def taken(
        self, path: Path, text: str, kind: Kind, written: Sequence[Written], as_of: int, *, dated: bool,
        bad: Written | None = None,
    ) -> None:  # fmt: skip
        [receipt] = take_in(self.store, [str(path)], Asked(shop=kind.shop))
        self.booked(receipt, text.count("\n") - 1)
        known = [i for i in self.imports if self.written[i.number][1] == text and i.kind is kind]
        if live := [i for i in known if i.live]:
            assert (receipt.state, receipt.number) == ("already imported", live[0].number)
            return
        assert receipt.state == "applied" and receipt.number is not None
        said = [said for one in written for said in one.said]
        if known:
            self.imports.remove(known[-1])
            assert receipt.number == known[-1].number, "the same bytes come back under their old number"
        else:
            assert receipt.number == 1 + max((i.number for i in self.imports), default=0)
        one = model.Import(receipt.number, kind, as_of, dated, said)
        if bad is not None:
            one.waiting = {2 + n: [] for n in range(len(bad.rows))}
            self.bad[one.number] = bad
        self.imports.append(one)
        self.written[one.number] = (path, text, None)
        self.acts.append(("redo" if known else "import", one.number))

    def booked(self, receipt: Receipt, rows: int) -> None:
        assert receipt.problem is None, (receipt.problem.code, receipt.problem.params)
        if receipt.state == "applied":
            assert receipt.read == rows == sum(receipt.outcome[o] for o in OUTCOMES) + receipt.ignored

    @initialize(kind=kinds, drawn=draws, day=days)
    def a_first_file(self, kind: str, drawn: list[Draw], day: int) -> None:
        self.take(BY_NAME[kind], drawn, day)
        self.agrees()

    @rule(kind=kinds, drawn=draws, day=days, undated=st.booleans())
    def a_file(self, kind: str, drawn: list[Draw], day: int, undated: bool) -> None:
        self.take(BY_NAME[kind], drawn, None if undated and BY_NAME[kind].undated else day)
        self.agrees()

    @rule(n=which, drawn=draws, keep=st.integers(0, 4), day=days)
    def one_that_overlaps(self, n: int, drawn: list[Draw], keep: int, day: int) -> None:
        """Some records as an earlier file has them, others as they are now."""
        kind, before, _ = self.drawn[n % len(self.drawn)]
        kept = before[:keep]
        self.take(kind, kept + [d for d in drawn if d[0] not in {k[0] for k in kept}] or before, day)
        self.agrees()

    @rule(n=which, change=st.integers(1, 7), day=st.one_of(st.integers(21, 28), st.integers(6, 9)))
    def a_corrected_or_an_older_one(self, n: int, change: int, day: int) -> None:
        """All records of an earlier file, one of them otherwise, exported after or before every other."""
        kind, before, _ = self.drawn[n % len(self.drawn)]
        (who, a, b, c), *others = before
        self.take(kind, [(who, (a + change) % 8, (b + change) % 6, (c + change) % 5), *others], day)
        self.agrees()

    @rule(n=which)
    def the_same_bytes(self, n: int) -> None:
        one = self.imports[n % len(self.imports)]
        path, _, exported = self.written[one.number]
        if exported is None:
            [receipt] = take_in(self.store, [str(path)], Asked(shop=one.kind.shop))
            assert receipt.problem is None and receipt.number == one.number
            assert receipt.state == ("already imported" if one.live else "applied")
            if not one.live:
                self.back(one)
        self.agrees()

    # --- undo and redo ---

    def newest(self, acts: tuple[str, ...], *, live: bool) -> model.Import | None:
        at = {i.number: i for i in self.imports if i.live == live and i.number not in self.sealed}
        return next((at[number] for act, number in reversed(self.acts) if act in acts and number in at), None)

    @rule(n=which, last=st.booleans())
    def undo(self, n: int, last: bool) -> None:
        live = [i for i in self.imports if i.live]
        one = self.newest(("import", "redo"), live=True) if last else live[n % len(live)] if live else None
        if one is None:
            with pytest.raises(Problem, match="nothing-undoable"):
                again.undo(self.store)
            return
        if one.number in self.sealed:
            with pytest.raises(Problem, match="import-sealed"):
                again.undo(self.store, one.number)
            return
        assert again.undo(self.store, None if last else one.number).number == one.number
        one.live = False
        self.acts.append(("undo", one.number))
        self.agrees()

    @rule(n=which, last=st.booleans())
    def redo(self, n: int, last: bool) -> None:
        void = [i for i in self.imports if not i.live]
        one = self.newest(("undo",), live=False) if last else void[n % len(void)] if void else None
        if one is None:
            with pytest.raises(Problem, match="nothing-undoable"):
                again.redo(self.store)
            return
        receipt = again.redo(self.store, None if last else one.number)
        assert (receipt.number, receipt.state) == (one.number, "applied")
        self.back(one)
        self.agrees()

    def back(self, one: model.Import) -> None:
        one.live = True
        one.waiting = {line: [] for line in one.waiting}
        self.acts.append(("redo", one.number))

    # --- quarantine ---

    @rule(drawn=draws, day=days)
    def a_file_with_a_fault(self, drawn: list[Draw], day: int) -> None:
        """The first order cannot be read and waits with all its rows."""
        self.take(KINDS[0], [*drawn, (4, 0, 0, 0)], day, broken=True)
        self.agrees()

    def waits(self) -> list[tuple[int, int]]:
        live = {i.number for i in self.imports if i.live}
        return [
            (i.number, line) for i in self.imports if i.live for line, by in i.waiting.items() if not live & set(by)
        ]

    @precondition(lambda self: self.waits())
    @rule()
    def what_was_mended(self) -> None:
        number = self.waits()[-1][0]
        old = next(i for i in self.imports if i.number == number)
        [one] = [one for one in mended.waits(self.store) if one.number == number]
        path = self.folder / f"mended-{len(self.acts)}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet(str(number))
            sheet.write_row(0, 0, ["Quarantined row", "Reason", "What to do", *one.header])
            for at, (line, _, _, cells) in enumerate(one.rows, 1):
                sheet.write_row(at, 0, [str(line), "", "", *(cell.replace("ten", "") for cell in cells)])
        [receipt] = mended.retry(self.store, path)
        self.booked(receipt, len(one.rows))
        assert receipt.number is not None
        self.mended(old, receipt.number)
        self.agrees()

    def mended(self, old: model.Import, number: int) -> None:
        kind, path = old.kind, self.folder / f"mended-{number}.csv"
        written = self.bad[old.number]
        if (known := next((i for i in self.imports if i.number == number), None)) is not None:
            self.imports.remove(known)
        self.imports.append(model.Import(number, kind, old.as_of, True, written.said))
        exported = datetime.fromtimestamp(old.as_of, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
        blank = "\n" * number  # in a workbook its name makes it another file than one that says the same
        path.write_text(text_of(kind, [written]) + blank, encoding=kind.encoding)
        self.written[number] = (path, "a workbook", exported)
        for by in old.waiting.values():
            by.append(number)
        self.acts.append(("import" if known is None else "redo", number))

    # --- what must hold ---

    def agrees(self) -> None:
        """The views say what the model says."""
        self.sealed = {row[0] for row in self.db.execute("SELECT no FROM imports WHERE state = 'sealed'")}
        for view, rows in model.expected(self.imports).items():
            stored = shown(self.db, view, rows)
            differing = {key for key in stored.keys() | rows.keys() if stored.get(key) != rows.get(key)}
            assert not differing, (view, [(key, stored.get(key), rows.get(key)) for key in differing])
        sql = f"SELECT q.import_no, q.line {waiting(self.db)} ORDER BY 1, 2"
        assert self.db.execute(sql).fetchall() == sorted(self.waits())

    def teardown(self) -> None:
        try:
            self.ends_well()
        finally:
            close_below(self.folder)
            shutil.rmtree(self.folder)

    def ends_well(self) -> None:
        """The store is sound, and equal to one that took in only what is live, in another order."""
        for name, (_, run) in (checks.QUICK | checks.FULL).items():
            if name not in ("tables", "views"):  # of the schema, which no import changes
                assert list(run(self.db)) == [], name
        live = [i for i in self.imports if i.live]
        random.Random(len(self.acts)).shuffle(live)
        live = in_order_of_equals(live)
        other = Path(shutil.copy(fresh(), self.folder / "other.db"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(seal, "LAST", 100)
            for one in live:
                path, _, exported = self.written[one.number]
                [receipt] = take_in(other, [str(path)], Asked(shop=one.kind.shop, exported=exported))
                assert receipt.problem is None
        with write(other, "test") as db:
            assert stored_digest(self.db) == stored_digest(db)


def in_order_of_equals(imports: list[model.Import]) -> list[model.Import]:
    """The same order, but those of equal age as they were first taken in."""
    waiting: dict[int, list[model.Import]] = {}
    for one in sorted(imports, key=lambda i: i.number, reverse=True):
        waiting.setdefault(one.as_of, []).append(one)
    return [waiting[one.as_of].pop() for one in imports]


KEYS = {
    "orders": ("shop", "order_id"), "order_lines": ("shop", "order_id", "line_key"),
    "refunds": ("shop", "refund_id", "line_key"), "listings": ("shop", "listing_id", "variant_id"),
    "prices": ("shop", "listing_id", "variant_id", "seen_day"),
    "stock_counts": ("shop", "location", "code", "counted_at"), "money_moves": ("shop", "account", "move_id"),
}  # fmt: skip


def shown(db: sqlite3.Connection, view: str, rows: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """What the view shows, of the columns that the model knows."""
    names, key = next(iter(rows.values()), {}), KEYS[view]
    found = db.execute(f"SELECT {', '.join((*key, *names))} FROM {view}")
    return {row[: len(key)]: dict(zip(names, row[len(key) :], strict=True)) for row in found}


def told(histories: int) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories, stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_histories() -> None:
    told(HISTORIES)


def test_histories_with_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old imports are sealed with nearly every new one, and the store is the same as without."""
    monkeypatch.setattr(seal, "LAST", 2)
    monkeypatch.setattr(seal, "DAYS", -1)
    told(SEALED)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("MERCHANT_SOAK"), reason="make soak")
@pytest.mark.parametrize("sealing", [False, True])
def test_many_histories(monkeypatch: pytest.MonkeyPatch, *, sealing: bool) -> None:
    """MERCHANT_HISTORIES of them, a quarter of which with seals."""
    many = int(os.environ.get("MERCHANT_HISTORIES", "20000"))
    if sealing:
        monkeypatch.setattr(seal, "LAST", 2)
        monkeypatch.setattr(seal, "DAYS", -1)
    told(many // 4 if sealing else many)
