"""One import: the reader's messages go through the Keeper into the store, and a receipt comes out."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from importers.base import Importer, norm
from importers.sheet import TextForm, Unreadable
from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import BUSY, DAMAGED, FAILED, NEWER, Place, Problem
from merchant_cli.intake import child
from merchant_cli.intake.dated import AsOf, as_of
from merchant_cli.intake.differences import Before
from merchant_cli.intake.finish import Noticed, finished
from merchant_cli.intake.job import INTAKE_VERSION, End, Faulty, Job, Message, Orders, Progress, Rows
from merchant_cli.intake.receipt import Receipt
from merchant_cli.store import claims, shops
from merchant_cli.store import open as opening
from merchant_cli.store.claims import Keeper, OtherShop, Scattered
from merchant_cli.store.facts import TABLES
from merchant_cli.store.order_set import Finisher
from merchant_cli.store.secret import buyer_key, key_path
from merchant_cli.store.shops import Shop

IN_CHILD = 4 << 20  # bytes of text from which a reader in a second process pays
MERCHANT = "own"  # platform of the merchant's own sheets, which belong to no shop


# What an order of the same number differs in when it is another shop's.
_DIFFERS = {
    "platform_id": Phrase("platform id", "平台编号"),
    "currency": Phrase("currency", "币种"),
    "placed_at": Phrase("time of creation", "创建时间"),
}


class DryRun(Exception):
    """Rolls a preview back."""


@dataclass(frozen=True)
class Wanted:
    """A file, its importer and what was asked; `number` is set when an undone import comes back."""

    path: Path
    name: str
    file_name: str
    sheet: str
    sha256: str
    size: int
    form: TextForm | None
    importer: Importer
    mapping: str
    header_line: int
    header: tuple[str, ...]
    peeked: dict[str, str] = field(default_factory=dict)
    shop: str = ""
    exported: str | None = None
    dry_run: bool = False
    strict: bool = False
    number: int | None = None

    @property
    def version(self) -> str:
        return f"{self.importer.version}.{INTAKE_VERSION}"


Tell = Callable[[str, int, float], None]


def import_one(store: Path, wanted: Wanted, tell: Tell | None = None) -> Receipt:
    """Takes one file in, wholly or not at all; faults become the receipt's problem."""
    receipt = Receipt(wanted.name, sha256=wanted.sha256, importer=wanted.importer.id, title=wanted.importer.title)
    target = store
    try:
        if wanted.dry_run and not store.exists():
            import tempfile

            with tempfile.TemporaryDirectory(prefix="merchant-") as folder:
                return _in_store(Path(folder) / "preview.db", wanted, receipt, tell)
        return _in_store(target, wanted, receipt, tell)
    except Unreadable as fault:
        receipt.problem = Problem(fault.code, Place(wanted.name), **fault.params)
    except Problem as problem:
        of_the_store = problem.exit_code in (FAILED, BUSY, NEWER, DAMAGED)
        known = problem.place.file or of_the_store
        receipt.problem = problem if known else problem.at(Place(wanted.name, wanted.sheet))
    receipt.state, receipt.number = "refused", None
    return receipt


def _in_store(store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None) -> Receipt:
    try:
        with opening.write(store, f"import {wanted.name}") as db:
            Importing(db, store, wanted, receipt, tell).run()
            if wanted.dry_run:
                raise DryRun
    except DryRun:
        if receipt.state == "applied":
            receipt.state = "dry run"
    return receipt


class Importing:
    """The work of one import inside its transaction."""

    def __init__(
        self, db: sqlite3.Connection, store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None
    ) -> None:
        self.db, self.store, self.wanted, self.receipt, self.tell = db, store, wanted, receipt, tell
        self.started = time.monotonic()
        self.now = int(time.time())
        self.shop = self._shop()
        receipt.shop = self.shop.shop if self.shop.no else ""
        self.dated = as_of(wanted.importer, wanted.file_name, self.shop.zone, self.now, wanted.exported)
        self.taken_in = self.now

    def run(self) -> None:
        """Does the import; the collector of cycles rests meanwhile, since rows hold none."""
        import gc

        gc.disable()
        try:
            self._run()
        finally:
            gc.enable()

    def _run(self) -> None:
        """Finds an earlier import of the same bytes, else takes the file in."""
        earlier = self._earlier()
        if self.wanted.number is not None and self._is_live(self.wanted.number):
            self.receipt.state, self.receipt.number = "already imported", self.wanted.number
            self.receipt.note("again", number=self.wanted.number)
            return
        if earlier is not None and earlier[1] == "applied" and self._same_reading(earlier):
            self.receipt.state, self.receipt.number = "already imported", earlier[0]
            self.receipt.note("again", number=earlier[0])
            return
        if earlier is not None and earlier[1] == "applied":
            undo_in(self.db, earlier[0], "replaced")
            self.receipt.note("replaced", number=earlier[0])
        number = self.wanted.number or (earlier[0] if earlier is not None and earlier[1] == "void" else None)
        if number is not None:
            self._as_before(number)
            self.receipt.note("brought-back", number=number)
        self.number = number or self._next_number()
        self._write_import()
        try:
            self.db.execute("SAVEPOINT reading")
            self._take_in("")
        except Scattered:
            self.db.execute("ROLLBACK TO reading")
            self._take_in(self._order_header())
        self.db.execute("RELEASE reading")
        self._finish(redone=number is not None)

    # --- which shop, which number ---

    def _shop(self) -> Shop:
        """The shop that the file belongs to: named, told by the file, or the platform's only one.

        Raises Problem which-shop, bad-usage.
        """
        importer, named = self.wanted.importer, self.wanted.shop or self.wanted.importer.shop
        if importer.own and not self.wanted.shop:
            return Shop(0, "", self._base_currency(), self._base_zone(), "placed")
        label = self.wanted.peeked.get(norm(importer.shop_label), "").strip() if importer.shop_label else ""
        currency = self._currency_told() or importer.currency
        if named:
            platform, _, name = named.partition("/")
            if not platform or not name:
                raise Problem("bad-usage", detail=f"--shop {named}", command="merchant import")
        else:
            named = self._unnamed_shop(importer.platform, label)
        shop = shops.by_name(self.db, named)
        if shop is None:
            shop = shops.add(
                self.db, named, zone=importer.zone, currency=currency, sale_day=importer.sale_day, label=label or None
            )
        shops.learn(self.db, shop, currency=currency, label=label or None)
        return replace(shop, currency=shop.currency or currency)

    def _unnamed_shop(self, platform: str, label: str) -> str:
        known = shops.all_of(self.db, platform)
        if not known:
            return f"{platform}/main"
        if label:
            fits = [s for s in known if s.label == label] or [s for s in known if s.label is None]
            return fits[0].shop if fits else f"{platform}/{label}"
        if len(known) > 1:
            raise Problem("which-shop", Place(self.wanted.name), shops=", ".join(s.shop for s in known))
        return known[0].shop

    def _currency_told(self) -> str | None:
        for into in self.wanted.importer.into:
            for cells in into.fills.values():
                cell = cells.get("currency")
                for name in cell.names if cell else ():
                    value = self.wanted.peeked.get(norm(name), "").strip().upper()
                    if len(value) == 3 and value.isalpha():
                        return value
        return None

    def _base_currency(self) -> str | None:
        row = self.db.execute("SELECT value FROM settings WHERE name = 'currency'").fetchone()
        return str(row[0]) if row else None

    def _base_zone(self) -> str:
        row = self.db.execute("SELECT zone FROM shops WHERE zone != '' ORDER BY no LIMIT 1").fetchone()
        return str(row[0]) if row else "Asia/Shanghai"

    def _earlier(self) -> tuple[int, str, str, str | None] | None:
        """The newest import of the same bytes for the same shop by the same importer, if not replaced since."""
        if self.wanted.number is not None:
            return None
        found: tuple[int, str, str, str | None] | None = self.db.execute(
            "SELECT no, state, importer_version, mapping FROM imports"
            " WHERE sha256 = ? AND shop = ? AND importer = ? AND state IN ('applied', 'void') ORDER BY no DESC LIMIT 1",
            (self.wanted.sha256, self.shop.no, self.wanted.importer.id),
        ).fetchone()
        return found

    def _same_reading(self, earlier: tuple[int, str, str, str | None]) -> bool:
        row = self.db.execute("SELECT as_of, as_of_from FROM imports WHERE no = ?", (earlier[0],)).fetchone()
        redated = self.dated.source == "given" and (self.dated.instant, "given") != row
        return earlier[2] == self.wanted.version and (earlier[3] or "") == self.wanted.mapping and not redated

    def _is_live(self, number: int) -> bool:
        row = self.db.execute("SELECT state FROM imports WHERE no = ?", (number,)).fetchone()
        return bool(row and row[0] == "applied")

    def _next_number(self) -> int:
        row = self.db.execute("SELECT coalesce(max(number), 0) + 1 FROM journal").fetchone()
        return int(row[0])

    def _as_before(self, number: int) -> None:
        """An import that comes back keeps its instant and the time it was first taken in."""
        row = self.db.execute("SELECT as_of, as_of_from, taken_in FROM imports WHERE no = ?", (number,)).fetchone()
        self.taken_in = row[2]
        if row[1] in ("taken", "given") and not self.wanted.exported:
            self.dated = AsOf(row[0], days.day_of(row[0], self.shop.zone), row[1])

    def _write_import(self) -> None:
        wanted = self.wanted
        asked = {"shop": wanted.shop, "exported": wanted.exported, "file_name": wanted.file_name, "sheet": wanted.sheet}
        self.db.execute(
            "INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 'applied', '[]', '{}', ?)",
            (
                self.number, wanted.sha256, wanted.name, wanted.importer.id, wanted.version, wanted.mapping or None,
                self.shop.no, wanted.importer.kind, self.dated.instant or 0, self.dated.source, self.taken_in,
                json.dumps(asked, ensure_ascii=False),
            ),
        )  # fmt: skip
        self.db.execute("DELETE FROM quarantine WHERE import_no = ?", (self.number,))
        self.db.execute("DELETE FROM import_days WHERE import_no = ?", (self.number,))

    # --- reading and keeping ---

    def _job(self, sort_by: str) -> Job:
        wanted, dated = self.wanted, self.dated
        latest = self.now + 86400
        if dated.source in ("given", "name") and dated.instant is not None:
            latest = min(latest, dated.instant)
        return Job(
            path=str(wanted.path), importer=wanted.importer, header_line=wanted.header_line,
            shop_no=self.shop.no, shop=self.shop.shop, currency=self.shop.currency, zone=self.shop.zone,
            sale_day=self.shop.sale_day, import_no=self.number, secret=self._secret(),
            latest=latest, latest_day=days.day_of(latest, self.shop.zone), form=wanted.form, sheet=wanted.sheet,
            as_of=dated.instant, as_of_day=dated.day, size=wanted.size, sort_by=sort_by, counted=self._counted(),
        )  # fmt: skip

    def _secret(self) -> bytes:
        """The buyer key; a preview makes none."""
        if self.wanted.dry_run and not key_path().exists():
            return bytes(32)
        return buyer_key(self.db)

    def _counted(self) -> dict[tuple[str, str], tuple[int, str, int]]:
        """The merchant's newest own counts, so that an unchanged row of an own sheet states nothing new."""
        if not self.wanted.importer.own or "stock_counts" not in self.wanted.importer.tables:
            return {}
        rows = self.db.execute(
            "SELECT location, code, counted_at, counted_day, units FROM fact_stock_counts WHERE shop = ?"
            " ORDER BY counted_at",
            (self.shop.no,),
        )
        return {(location, code): (at, day, units) for location, code, at, day, units in rows}

    def _messages(self, job: Job) -> Iterator[Message]:
        if job.form is None or job.size >= IN_CHILD:
            return child.messages(job)
        from merchant_cli.intake.read import Reading

        return Reading(job).messages()

    def _take_in(self, sort_by: str) -> None:
        self.keeper = Keeper(
            self.db, self.number, Finisher(self.shop.no, self.shop.shop, self.shop.sale_day), self.shop.zone
        )
        self.noticed = Noticed()
        self.outcome: Counter[str] = Counter()
        self.row_rank: dict[int, str] = {}
        self.waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.faulty: list[Any] = []
        told = 0.0
        for message in self._messages(self._job(sort_by)):
            if isinstance(message, Orders):
                self.outcome += self._put_orders(message)
            elif isinstance(message, Rows):
                self._put_rows(message)
            elif isinstance(message, Faulty):
                self.faulty += message.rows
            elif isinstance(message, Progress):
                if time.monotonic() - told > 0.2:
                    told = time.monotonic()
                    self._say(message.rows)
            else:
                self.end: End = message
        noticed = self.noticed
        self.end.first_day = min(filter(None, (self.end.first_day, noticed.first_day)), default=None)
        self.end.last_day = max(filter(None, (self.end.last_day, noticed.last_day)), default=None)
        if self.tell:
            self.tell(self.wanted.name, self.end.read, time.monotonic() - self.started)

    def _say(self, rows: int) -> None:
        opening.say_progress(self.store, f"import {self.wanted.name}", f"{rows:,}")
        if self.tell:
            self.tell(self.wanted.name, rows, time.monotonic() - self.started)

    def _put_orders(self, message: Orders) -> Counter[str]:
        try:
            return self.keeper.put_sets(*finished(message, self.keeper.finisher, self.number, self.noticed))
        except OtherShop as other:
            order, column, ours, theirs = other.args
            detail = Phrase(
                f"Order {order} is another one: {_DIFFERS[column].en} {ours} ≠ {theirs}.",
                f"订单 {order} 不是同一个订单：{_DIFFERS[column].zh} {ours} ≠ {theirs}。",
            )
            raise Problem("another-shop", Place(self.wanted.name), shop=self.shop.shop, detail=detail) from None

    def _put_rows(self, message: Rows) -> None:
        by_table: dict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
        for line, table, row in message.rows:
            by_table[table].append((line, row))
        for name, numbered in by_table.items():
            table = TABLES[name]
            outcomes = self.keeper.put_rows(table, [row for _, row in numbered])
            for (line, row), outcome in zip(numbered, outcomes, strict=True):
                if outcome == "pending":
                    self.waiting[name, claims.key_of(table, row)].append(line)
                else:
                    self._rank(line, outcome)

    def _rank(self, line: int, outcome: str) -> None:
        """A row's outcome is the first that applies over its records: inserted, updated, unchanged."""
        order = ("inserted", "updated", "unchanged")
        known = self.row_rank.get(line)
        if known is None or order.index(outcome) < order.index(known):
            self.row_rank[line] = outcome

    def _order_header(self) -> str:
        for into in self.wanted.importer.into:
            cell = into.fills.get("orders", {}).get("order_id")
            for name in cell.names if cell else ():
                if norm(name) in {norm(h) for h in self.wanted.header}:
                    return name
        raise Problem("two-importers", Place(self.wanted.name), candidates="", first="")

    # --- the end of the file ---

    def _finish(self, *, redone: bool) -> None:
        receipt, end = self.receipt, self.end
        receipt.number, receipt.read, receipt.ignored_by = self.number, end.read, end.ignored
        self._check_faults()
        self._date_and_cover()
        before = Before(self.db) if self.wanted.dry_run else None
        for tab, key, outcome, file_rows in self.keeper.merge_touched():
            if tab == "orders":
                self.outcome[outcome] += file_rows
            else:
                for line in self.waiting[tab, key]:
                    self._rank(line, outcome)
        if before is not None:
            receipt.differences = before.differences(self.db)
        self.keeper.save_sums()
        for faulty in self.faulty:
            self.row_rank.pop(faulty[0], None)  # a row that waits is counted as waiting, whatever else it said
        self.outcome.update(self.row_rank.values())
        receipt.outcome = self.outcome
        receipt.outcome["quarantined"] = len(self.faulty)
        receipt.by_table = {t: dict(c) for t, c in sorted(self.keeper.tally.by_table.items())}
        self._check_one_shop()
        self._quarantine()
        self._notes()
        receipt.close()
        receipt.state = "applied"
        self.db.execute(
            "UPDATE imports SET receipt = ? WHERE no = ?",
            (json.dumps(receipt.kept(), ensure_ascii=False, default=str), self.number),
        )
        self.db.execute(
            "INSERT INTO journal (at, act, number, detail) VALUES (?, ?, ?, ?)",
            (self.now, "redo" if redone else "import", self.number, self.wanted.importer.id),
        )
        if not self.wanted.dry_run:
            self._keep_original()

    def _check_faults(self) -> None:
        if not self.faulty:
            return
        line, code, column, params, _ = self.faulty[0]
        first = Problem(code, Place("", "", line, column), **params)
        said = {lang: first.show(lang) for lang in ("en", "zh")}
        detail = Phrase(f"{said['en']['where']}: {said['en']['what']}", f"{said['zh']['where']}：{said['zh']['what']}")
        if self.wanted.strict:
            raise Problem(
                "strict",
                Place(self.wanted.name, self.wanted.sheet, line, column),
                count=len(self.faulty),
                detail=detail,
            )
        if len(self.faulty) + self.end.ignored.total() >= self.end.read and len(self.faulty) == len(
            [f for f in self.faulty if f[1] != "order-incomplete"]
        ):
            codes = {f[1] for f in self.faulty}
            if len(codes) == 1:
                raise Problem(code, Place(self.wanted.name, self.wanted.sheet, line, column), **params)
            raise Problem(
                "nothing-usable", Place(self.wanted.name, self.wanted.sheet), count=len(self.faulty), detail=detail
            )

    def _date_and_cover(self) -> None:
        """Writes the import's instant, and the days it covers: full ones ended before the file was made."""
        end, dated = self.end, self.dated
        zone = self.shop.zone
        if dated.source == "rows":
            instant = end.newest
            if end.newest_day and (instant is None or days.day_of(instant, zone) < end.newest_day):
                instant = days.end_of(end.newest_day, zone)
            if instant is None:
                instant, dated = self.taken_in, replace(dated, source="taken")
            dated = replace(dated, instant=instant, day=end.newest_day or days.day_of(instant, zone))
        self.db.execute(
            "UPDATE imports SET as_of = ?, as_of_from = ?, covers_from = ?, covers_to = ?, columns = ? WHERE no = ?",
            (dated.instant, dated.source, end.first_day, end.last_day, json.dumps(end.columns), self.number),
        )
        if not (end.first_day and end.last_day and self.wanted.importer.kind):
            return
        self.receipt.covers = (end.first_day, end.last_day)
        rows, day = [], end.first_day
        while day <= end.last_day:
            rows.append((self.number, self.shop.no, self.wanted.importer.kind, day, self._is_full(day, dated)))
            day = days.add(day, 1)
        self.db.executemany("INSERT INTO import_days VALUES (?, ?, ?, ?, ?)", rows)

    def _is_full(self, day: str, dated: AsOf) -> int:
        if dated.source == "rows" and self.end.newest is None:
            return 1  # the file knows days only
        if not self.shop.zone and day == self.end.last_day:
            return 0  # days are written as local, so nobody knows when the last one ended
        return (
            1
            if dated.instant is not None and days.end_of(day, self.shop.zone) <= dated.instant and day < dated.day
            else 0
        )

    def _check_one_shop(self) -> None:
        """Exports that overlap in whole days without one common order come from two shops (STORE.md §3)."""
        if self.wanted.shop or self.wanted.importer.kind != "orders" or self.keeper.tally.common_orders:
            return
        end = self.end
        if not end.first_day or not end.last_day:
            return
        inner = self.db.execute(
            "SELECT d.day FROM import_days d JOIN imports i ON i.no = d.import_no WHERE d.shop = ? AND d.kind = 'orders'"
            " AND d.import_no != ? AND i.state = 'applied' AND d.day > i.covers_from AND d.day < i.covers_to"
            " AND d.day > ? AND d.day < ? LIMIT 1",
            (self.shop.no, self.number, end.first_day, end.last_day),
        ).fetchone()
        if inner is not None:
            raise Problem(
                "another-shop", Place(self.wanted.name), shop=self.shop.shop,
                detail=Phrase(
                    f"Both cover {inner[0]} and have no order in common.", f"两者都包含 {inner[0]}，却没有一个相同的订单。"
                ),
            )  # fmt: skip

    def _quarantine(self) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    self.number, line, self.wanted.sheet, code, column,
                    json.dumps(params, ensure_ascii=False, default=str), json.dumps(cells, ensure_ascii=False),
                )
                for line, code, column, params, cells in self.faulty
            ],
        )  # fmt: skip

    def _notes(self) -> None:
        note, end, tally, noticed = self.receipt.note, self.end, self.keeper.tally, self.noticed
        if end.read == 0:
            note("header-only")
        if noticed.gaps:
            note("identity", gaps=noticed.gaps, checked=noticed.checked, orders=", ".join(noticed.gap_orders))
        elif noticed.checked:
            note("identity-ok", checked=noticed.checked)
        if tally.held_back:
            note("held-back", cells=tally.held_back)
        for code, orders_short in (("lines-missing", tally.short_here), ("lines-completed", tally.short_there)):
            if orders_short:
                note(code, count=len(orders_short), orders=", ".join(orders_short[:5]))
        self._note_age()
        if noticed.cannot_tell and (left_open := self._left_open()):
            note("cannot-tell", count=left_open)
        if end.unknown_words:
            note("unknown-words", words=", ".join(sorted(end.unknown_words)[:8]))

        if unlocked := self._unlocked():
            note("unlocked", questions=", ".join(f"`merchant {a.replace('/', ' ')}`" for a in unlocked))

    def _left_open(self) -> int:
        """Closed and paid orders of which not even the merge with other files says whether they were shipped."""
        row = self.db.execute(
            "SELECT count(*) FROM fact_orders WHERE shop = ? AND import_no = ? AND status = 'cancelled' AND counts = 0"
            " AND counts_said IS NULL AND (paid_day IS NOT NULL OR paid > 0 OR cod = 1)"
            " AND shipped_day IS NULL AND tracked IS NULL",
            (self.shop.no, self.number),
        ).fetchone()
        return int(row[0])

    def _note_age(self) -> None:
        """Says that a newer file speaks of the same orders, so that what this one says otherwise does not hold."""
        if not self.keeper.tally.common_orders:
            return
        newer = self.db.execute(
            "SELECT n.no, n.as_of, o.as_of FROM imports n, imports o WHERE o.no = ? AND n.no != o.no AND n.shop = o.shop"
            " AND n.kind = o.kind AND n.state = 'applied' AND n.as_of > o.as_of ORDER BY n.as_of DESC LIMIT 1",
            (self.number,),
        ).fetchone()
        if newer is not None:
            number, theirs, ours = newer
            zone = self.shop.zone
            self.receipt.note("older-file", number=number, newer=days.day_of(theirs, zone), day=days.day_of(ours, zone))

    def _unlocked(self) -> tuple[str, ...]:
        """The questions that the first live file of this importer lets answer."""
        importer = self.wanted.importer
        if not importer.unlocks or not self.keeper.tally.by_table:
            return ()
        another = self.db.execute(
            "SELECT 1 FROM imports WHERE importer = ? AND no != ? AND state = 'applied'", (importer.id, self.number)
        ).fetchone()
        return () if another else importer.unlocks

    def _keep_original(self) -> None:
        try:
            keep_original(self.store, self.wanted.path, self.wanted.sha256)
        except OSError as error:
            raise Problem("store-unwritable", path=originals(self.store), detail=error.strerror or str(error)) from None


def originals(store: Path) -> Path:
    """Where the files that were taken in are kept, by their SHA-256."""
    return store.with_name(store.name + ".files")


def keep_original(store: Path, path: Path, sha256: str) -> None:
    """Copies the file beside the store, for redo; settle compresses it later."""
    import os
    import shutil

    folder = originals(store)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / sha256
    if target.exists() or target.with_suffix(".gz").exists():
        return
    part = target.with_suffix(".part")
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    shutil.copyfile(path, part)
    part.replace(target)


def undo_in(db: sqlite3.Connection, number: int, state: str = "void") -> Counter[str]:
    """Takes an import's claims out and marks it void (or replaced), inside the caller's transaction."""
    row = db.execute("SELECT shop FROM imports WHERE no = ?", (number,)).fetchone()
    shop = shops.by_number(db, row[0]) or Shop(0, "", None, "", "placed")
    gone = claims.void(db, number, Finisher(shop.no, shop.shop, shop.sale_day), shop.zone)
    db.execute("UPDATE imports SET state = ? WHERE no = ?", (state, number))
    return gone
