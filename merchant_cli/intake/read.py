"""Reads one file by its importer: rows → drafts → finished rows of the store. Knows no database."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from importers import sheet as sheets
from importers.base import Draft, Facts, norm
from importers.sheet import Batch
from merchant_cli.intake.job import End, Faulty, Job, Message, Progress, Rows, Sets
from merchant_cli.intake.layout import Bad, Fitted, Fitter
from merchant_cli.store.facts import SHOPLESS, TABLES
from merchant_cli.store.order_set import Finisher, cannot_tell, identity_gap
from merchant_cli.store.row_hash import row_hash

SETS = 1500  # orders in one message
EXAMPLE = re.compile(r"^(示例|例[：:]|EXAMPLE)", re.IGNORECASE)

Item = Draft | tuple[int, str, str, dict[str, Any], list[str]]  # a draft, or a faulty row


def batches(job: Job) -> Iterator[Batch]:
    """The rows below the header, in batches."""
    if job.form is not None:
        found = sheets.text_batches(Path(job.path), job.form)
    else:
        rows = next(rows for name, rows in sheets.workbook_sheets(Path(job.path)) if name == job.sheet)
        found = sheets.rows_in_batches(rows)
    for batch in found:
        if batch.lines and batch.lines[0] <= job.header_line:
            skip = sum(1 for line in batch.lines if line <= job.header_line)
            batch = Batch(batch.lines[skip:], batch.rows[skip:], batch.broken)
        yield batch


def header_of(job: Job) -> list[str]:
    found = sheets.text_batches(Path(job.path), job.form, batch=64) if job.form is not None else None
    if found is None:
        rows = next(rows for name, rows in sheets.workbook_sheets(Path(job.path)) if name == job.sheet)
        return rows[job.header_line - 1]
    for batch in found:
        if job.header_line in batch.lines:
            return batch.rows[batch.lines.index(job.header_line)]
    raise sheets.Unreadable("no-header")


class Reading:
    """One pass over a file. `messages` yields finished rows, faulty rows and progress, at last an End."""

    def __init__(self, job: Job) -> None:
        self.job, self.importer = job, job.importer
        self.header = header_of(job)
        self.width = len(self.header)
        while self.width and not self.header[self.width - 1].strip():
            self.width -= 1
        self.fitter = Fitter(job, self.header)
        self.fitted = self.fitter.fit()
        self.footer = re.compile(self.importer.footers)
        # First characters of rows that may be blank, a footer, an example or a repeated header.
        self.suspects = {"", *self.importer.footer_starts, *("示例eE" if self.importer.own else ""), *self.header[0][:1]}
        self.finisher = Finisher(job.shop_no, job.shop, job.sale_day)
        self.end = End()
        self.names: dict[tuple[int, str], list[str]] = {
            (n, t): f.names(t) for n, f in enumerate(self.fitted) for t in f.tables
        }
        self.faulty: Faulty = Faulty()
        self.ordinals: Counter[tuple[str, ...]] = Counter()
        self.seen: dict[tuple[str, str], int] = {}
        self.sets_of_orders = any("orders" in f.tables or "order_lines" in f.tables for f in self.fitted)

    # --- rows → drafts ---

    def drafts(self) -> Iterator[Item]:
        """Drafts of all rows, an order's rows joined into one."""
        found = self._sorted() if self.job.sort_by else batches(self.job)
        for batch in found:
            self._broken(batch)
            lines, rows = self._fitting(batch)
            if rows:
                yield from self._of_batch(lines, rows)

    def _sorted(self) -> Iterator[Batch]:
        from merchant_cli.intake.sort import sorted_batches

        return sorted_batches(batches(self.job), self.fitter.where[norm(self.job.sort_by)])

    def _broken(self, batch: Batch) -> None:
        for line, detail in batch.broken:
            self.end.read += 1
            self.faulty.rows.append((line, "unreadable-row", "", {"detail": detail}, []))

    def _fitting(self, batch: Batch) -> tuple[list[int], list[list[str]]]:
        """The rows that have as many cells as the header; blank rows, footers and examples are left out."""
        width, lines, rows = self.width, batch.lines, batch.rows
        if set(map(len, rows)) == {width} and self.suspects.isdisjoint({row[0][:1] for row in rows}):
            self.end.read += len(rows)
            return lines, rows
        kept: tuple[list[int], list[list[str]]] = ([], [])
        for line, row in zip(lines, rows, strict=True):
            while len(row) > width and not row[-1].strip():
                row = row[:-1]
            if not any(map(str.strip, row)):
                continue
            self.end.read += 1
            first = next(cell.strip() for cell in row if cell.strip())
            if self.footer.search(first):
                self.end.ignored["total"] += 1
            elif self.importer.own and EXAMPLE.match(first):
                self.end.ignored["example"] += 1
            elif len(row) < width and self.job.form is None:
                kept[0].append(line)
                kept[1].append(row + [""] * (width - len(row)))
            elif len(row) != width:
                self._ragged(line, row)
            elif [norm(c) for c in row] == [norm(c) for c in self.header[:width]]:
                self.end.ignored["header"] += 1
            else:
                kept[0].append(line)
                kept[1].append(row)
        return kept

    def _ragged(self, line: int, row: list[str]) -> None:
        self.faulty.rows.append((line, "ragged-row", "", {"found": len(row), "expected": self.width}, row))

    def _of_batch(self, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        taken = [False] * len(rows)
        for n, fitted in enumerate(self.fitted):
            if fitted.when is None:
                at = [i for i, done in enumerate(taken) if not done] if any(taken) else None
            else:
                column, pattern = fitted.when
                at = [i for i, row in enumerate(rows) if not taken[i] and pattern.search(row[column].strip())]
            some = rows if at is None else [rows[i] for i in at]
            where = lines if at is None else [lines[i] for i in at]
            for i in at or ():
                taken[i] = True
            if some:
                yield from self._of_rows(n, fitted, where, some)
            if at is None:
                return
        for i, done in enumerate(taken):
            if not done:
                yield Draft("", {}, lines[i], ignored="other")

    def _of_rows(self, n: int, fitted: Fitted, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        faults: dict[int, tuple[str, Bad]] = {}
        tables = list(fitted.tables)
        values = [fitted.tuples(table, rows, faults) for table in tables]
        names = [self.names[n, table] for table in tables]
        if "orders" in fitted.tables or "order_lines" in fitted.tables:
            yield from self._orders(dict(zip(tables, zip(names, values, strict=True), strict=True)), lines, rows, faults)
            return
        for i, line in enumerate(lines):
            if i in faults:
                yield self._fault(line, faults[i], rows[i])
                continue
            for table, columns, found in zip(tables, names, values, strict=True):
                yield Draft(table, dict(zip(columns, found[i], strict=True)), line)

    def _fault(self, line: int, fault: tuple[str, Bad], row: list[str]) -> Item:
        header, bad = fault
        return (line, bad.code, header, bad.params, row)

    def _orders(
        self, parts: dict[str, tuple[list[str], list[tuple[Any, ...]]]], lines: list[int],
        rows: list[list[str]], faults: dict[int, tuple[str, Bad]],
    ) -> Iterator[Item]:  # fmt: skip
        """One draft per row; `joined` makes orders of them. Faulty rows keep their order's number."""
        order_names, orders = parts["orders"]
        line_names, found = parts.get("order_lines", ([], [()] * len(lines)))
        at_id = order_names.index("order_id")
        has_lines = bool(line_names)
        for i, (number, order, one) in enumerate(zip(lines, orders, found, strict=True)):
            if i in faults:
                header, bad = faults[i]
                fault = (number, bad.code, header, bad.params, rows[i])
                yield Draft("fault", {"order_id": order[at_id], "fault": fault}, number)
            else:
                yield Draft(
                    "orders",
                    dict(zip(order_names, order, strict=True)),
                    number,
                    [dict(zip(line_names, one, strict=True))] if has_lines else [],
                    [number],
                )

    # --- drafts → whole orders ---

    def joined(self, drafts: Iterable[Item]) -> Iterator[Item]:
        """Joins neighbouring drafts of one order; an order with a faulty row waits as a whole."""
        probe = self.importer.probe
        current: Draft | None = None
        faults: list[Any] = []
        rows_of: list[Draft] = []
        for item in drafts:
            if not isinstance(item, Draft) or item.table not in ("orders", "fault"):
                yield item
                continue
            order_id = item.values["order_id"]
            if current is not None and order_id != current.values["order_id"]:
                yield from self._whole(current, faults, rows_of)
                current, faults, rows_of = None, [], []
            if current is None:
                current = item if item.table == "orders" else Draft("orders", {"order_id": order_id}, item.line)
            elif item.table == "orders":
                _join(current, item, probe)
            if item.table == "fault":
                faults.append(item.values["fault"])
            else:
                rows_of.append(item)
        if current is not None:
            yield from self._whole(current, faults, rows_of)

    def _whole(self, order: Draft, faults: list[Any], rows_of: list[Draft]) -> Iterator[Item]:
        if not faults:
            yield order
            return
        yield from faults
        for line in order.at:
            yield (line, "order-incomplete", "", {"value": order.values["order_id"]}, [])

    # --- drafts → finished rows ---

    def messages(self) -> Iterator[Message]:
        """Everything that the file says, in the order of its rows; an End comes last."""
        items: Iterator[Item] = self.drafts()
        if self.sets_of_orders:
            items = self.joined(items)
        if self.importer.reshape:
            items = self._reshaped(items)
        sets, rows = Sets(), Rows()
        for item in items:
            if not isinstance(item, Draft):
                self.faulty.rows.append(item)
            elif item.ignored:
                self.end.ignored[item.ignored] += 1
            elif item.table == "orders":
                self._finish_order(item, sets)
                if len(sets.orders) >= SETS:
                    yield sets
                    yield Progress(self.end.read)
                    sets = Sets()
            else:
                self._finish_row(item, rows)
                if len(rows.rows) >= SETS:
                    yield rows
                    yield Progress(self.end.read)
                    rows = Rows()
        if sets.orders:
            yield sets
        if rows.rows:
            yield rows
        if self.faulty.rows:
            yield self.faulty
        yield self._ended()

    def _reshaped(self, items: Iterator[Item]) -> Iterator[Item]:
        """Runs the importer's reshape over the drafts; faulty rows pass by it."""
        facts = Facts(
            self.job.shop, self.job.currency, self.job.zone, self.job.as_of, self.job.as_of_day,
            frozenset(norm(h) for h in self.header),
        )  # fmt: skip

        def only_drafts() -> Iterator[Draft]:
            for item in items:
                if isinstance(item, Draft):
                    yield item
                else:
                    self.faulty.rows.append(item)

        assert self.importer.reshape is not None
        return iter(self.importer.reshape(only_drafts(), facts))

    def _finish_order(self, draft: Draft, sets: Sets) -> None:
        order = {k: v for k, v in draft.values.items() if k[0] != "_"}
        if order.get("currency") is None:
            order["currency"] = self.job.currency
        ordinals: dict[str, int] = {}
        for line in draft.lines:
            line["order_id"] = order["order_id"]
            self._line_key(line, ordinals)
        made = self.finisher.finish(order, draft.lines, self.job.import_no, draft.line, draft.at)
        sets.orders.append(made[0])
        sets.lines += made[1]
        sets.refunds += made[2]
        sets.file_rows.append(len(draft.at) or 1)
        self._watch(order, made[0])

    def _line_key(self, line: dict[str, Any], ordinals: dict[str, int]) -> None:
        """Gives a line its code (never NULL), its kind and its key `code#n` where the platform has no line id."""
        code = line.get("code")
        if code is None:
            code = line.get("listing_id") or _described(line)
            line["code"] = code
        if line.get("line_kind") is None:
            line["line_kind"] = "goods"
        if line.get("line_key") is None:
            ordinals[code] = ordinals.get(code, 0) + 1
            line["line_key"] = f"{code}#{ordinals[code]}"

    def _watch(self, order: dict[str, Any], row: tuple[Any, ...]) -> None:
        """Notes the days covered and whether the amounts add up, for the receipt."""
        end = self.end
        day = order.get("placed_day") or order.get("paid_day")
        if day is not None:
            if end.first_day is None or day < end.first_day:
                end.first_day = day
            if end.last_day is None or day > end.last_day:
                end.last_day = day
        stated = dict(zip(_ORDER_NAMES, row[1:-5], strict=True))
        gap = identity_gap(stated)
        if gap is not None:
            end.checked += 1
            if gap:
                end.gaps += 1
                if len(end.gap_orders) < 5:
                    end.gap_orders.append((row[1], gap))
        if stated["status"] == "cancelled" and cannot_tell(stated):
            end.cannot_tell += 1

    def _finish_row(self, draft: Draft, rows: Rows) -> None:
        table = TABLES[draft.table]
        values = {k: v for k, v in draft.values.items() if k[0] != "_"}
        if draft.table == "stock_counts":
            self._counted(values)
        self._cover(values)
        if table.key[-1] in ("line_key", "move_id") and values.get(table.key[-1]) is None:
            self._ordinal(draft.table, values, table.key)
        full = tuple(
            ("" if c in table.key and c not in table.integers else None) if (v := values.get(c)) is None else v
            for c in table.stated
        )
        shop, name = (0, "") if draft.table in SHOPLESS else (self.job.shop_no, self.job.shop)
        hashed = row_hash(name, full)
        key = "\x1f".join(map(str, full[: len(table.key)]))
        known = self.seen.get((draft.table, key))
        if known is None:
            self.seen[draft.table, key] = hashed
            rows.rows.append((draft.line, draft.table, (shop, *full, self.job.import_no, draft.line, hashed, 0)))
        elif known != hashed and draft.table in ("costs", "stock_counts", "rates", "reviews", "coupons", "campaigns"):
            shown = key.replace("\x1f", " ").strip()
            self.faulty.rows.append((draft.line, "duplicate-key", "", {"value": shown}, []))

    def _ordinal(self, table: str, values: dict[str, Any], key: Sequence[str]) -> None:
        """A key for a row without an id: its code and how often it came in its document, or a hash of the row."""
        if key[-1] == "line_key":
            stem = (table, str(values.get(key[0])), str(values.get("code") or ""))
            text = values.get("code") or "row"
        else:
            text = f"{row_hash('', [values[c] for c in sorted(values)]) & 0xFFFFFFFFFFFFFFFF:016x}"
            stem = (table, text)
        self.ordinals[stem] += 1
        values[key[-1]] = f"{text}#{self.ordinals[stem]}"

    def _counted(self, values: dict[str, Any]) -> None:
        """A count without a date keeps the time of an equal earlier statement of the merchant's own sheet."""
        if values.get("counted_at") is None and values.get("counted_day"):
            from merchant_cli.basics.days import end_of

            values["counted_at"] = end_of(values["counted_day"], self.job.zone)
        if values.get("counted_at") is None:
            earlier = self.job.counted.get((values.get("location") or "", values.get("code") or ""))
            if earlier is not None and earlier[2] == values.get("units"):
                values["counted_at"], values["counted_day"] = earlier[0], earlier[1]
            else:
                values["counted_at"], values["counted_day"] = self.job.as_of, self.job.as_of_day

    def _cover(self, values: dict[str, Any]) -> None:
        found = [values.get(n) for n in ("day", "from_day", "to_day", "done_day", "applied_day", "counted_day")]
        days = [d for d in found if d]
        if not days or self.importer.kind in ("listings", "costs", "coupons", "campaigns", "rates"):
            return
        end = self.end
        end.first_day = min([*days, end.first_day] if end.first_day else days)
        end.last_day = max([*days, end.last_day] if end.last_day else days)

    def _ended(self) -> End:
        end, fitter = self.end, self.fitter
        end.newest, end.newest_day = fitter.newest, fitter.newest_day
        end.columns = sorted(
            set(chain.from_iterable(names for (_, table), names in self.names.items() if table in ("orders",)))
        ) if self.sets_of_orders else []
        end.unknown_words.update(fitter.unknown)
        return end


def _join(order: Draft, row: Draft, probe: str) -> None:
    """Adds a further row to its order; amounts of the order are taken from its main row only."""
    order.lines += row.lines
    order.at += row.at
    if probe and row.values.get(probe) is None:
        return
    values = order.values
    if probe and values.get(probe) is None:
        order.line = row.line
        order.values = {k: v if v is not None else values.get(k) for k, v in row.values.items()}
        return
    for column, value in row.values.items():
        if value is not None and values.get(column) is None:
            values[column] = value


def _described(line: dict[str, Any]) -> str:
    text = f"{line.get('title') or ''} {line.get('options') or ''}"
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "~" + (folded or "?")


_ORDER_NAMES = TABLES["orders"].business
