"""Takes files in: every source is one import, in one transaction of its own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from importers import catalogue
from importers.base import Importer, norm
from importers.catalogue import Entry
from importers.sheet import Unreadable, workbook_times
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import gate, workbook
from merchant_cli.intake.dated import Said, export_line
from merchant_cli.intake.ending import last_rows
from merchant_cli.intake.gate import Source
from merchant_cli.intake.identify import Known, by_name, first_rows, header_for, identify
from merchant_cli.intake.import_one import import_one
from merchant_cli.intake.limits import Remark
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.unexpected import unexpected
from merchant_cli.intake.unpack import Head
from merchant_cli.intake.work import Wanted

Tell = Callable[[str, int, float], None]  # file, rows so far, seconds


@dataclass(frozen=True)
class Asked:
    """What was asked for. `mapping` is the path of a TOML file; `exported` a day or an instant; `shops` the shops of
    single files, by the names that their receipts have; `encoding` that of all text files, by Python's name.

    `sheets`: those of a workbook to be taken, all that are not hidden if none is named. `trust` sets the limits of the
    gate aside, `passwords` are tried on what is locked.
    """

    shop: str = ""
    importer: str = ""
    mapping: Path | None = None
    exported: str | None = None
    dry_run: bool = False
    strict: bool = False
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    trust: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)
    shops: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A text file or one sheet of a workbook, with its first rows; `last` are the last ones of a workbook's sheet."""

    source: Source
    name: str
    sheet: str
    rows: list[tuple[int, list[str]]]
    sha256: str
    last: list[list[str]] = field(default_factory=list)
    head: Head | None = None
    remarks: tuple[Remark, ...] = ()


def mappings_folder(store: Path) -> Path:
    """Where `merchant map` keeps the merchant's own mappings: beside the store."""
    return store.with_name("mappings")


def take_in(store: Path, paths: list[str], asked: Asked, tell: Tell | None = None) -> Iterator[Receipt]:
    """Imports every file below `paths` and yields its receipt; a bad file stops no other."""
    opened = gate.Opened(encoding=asked.encoding, trust=asked.trust, passwords=asked.passwords)
    try:
        found = catalogue.entries(mappings_folder(store))
        ready: list[tuple[Sheet, Wanted]] = []
        for source in gate.found(paths, opened):
            if isinstance(source, tuple):
                yield Receipt(source[0], problem=source[1])
                continue
            for sheet in sheets_of(source, asked.sheets):
                if isinstance(sheet, Receipt):
                    yield sheet
                    continue
                try:
                    ready.append((sheet, wanted_for(sheet, found, asked)))
                except Problem as problem:
                    from importers.own._sheets import holds_no_rows

                    if holds_no_rows(sheet.sheet) and problem.code in ("no-header", "unknown-sheet"):
                        continue
                    yield Receipt(sheet.name, sha256=sheet.sha256, problem=problem)
                except Exception as error:  # one bad file stops no other
                    fault = unexpected(error, Place(source.name, sheet.sheet))
                    yield Receipt(sheet.name, sha256=sheet.sha256, problem=fault)
        alike = _alike(wanted for _, wanted in ready)
        for _sheet, wanted in sorted(ready, key=lambda pair: _dependency(pair[1].importer)):
            started = time.monotonic()
            receipt = import_one(store, _beside(wanted, alike), tell)
            receipt.seconds = time.monotonic() - started
            if receipt.number is not None:
                alike[wanted.path, wanted.importer.id][wanted.sheet] = receipt.number
            yield receipt
    finally:
        opened.close()


Alike = dict[tuple[Path, str], dict[str, int]]  # workbook and importer → sheet → number of its import, 0 before it


def _alike(ready: Iterable[Wanted]) -> Alike:
    """Which sheets of each workbook have the same layout."""
    found: Alike = {}
    for wanted in ready:
        found.setdefault((wanted.path, wanted.importer.id), {})[wanted.sheet] = 0
    return found


def _beside(wanted: Wanted, alike: Alike) -> Wanted:
    """The sheet with what its receipt says of others of the same layout in the same workbook."""
    sheets = alike[wanted.path, wanted.importer.id]
    if len(sheets) < 2:
        return wanted
    remark = ("same-layout", {"sheets": ", ".join(sheets)})
    return replace(wanted, remarks=(*wanted.remarks, remark), beside=tuple(filter(None, sheets.values())))


def _dependency(importer: Importer) -> int:
    """Orders first: they tell the currency of a shop that its products file does not name."""
    return {"orders": 0, "lines": 1}.get(importer.kind, 2)


def sheets_of(source: Source, named: Sequence[str] = ()) -> Iterator[Sheet | Receipt]:
    """The sheets of a source; of a workbook those that are `named`, else those that are neither empty nor hidden."""
    try:
        if source.form is not None:
            rows = first_rows(source.path, source.form)
            aside = tuple(workbook.set_aside(source))
            yield Sheet(source, source.name, "", rows, source.sha256, remarks=aside)
            return
        chosen, hidden = workbook.chosen(source, named)
        for head, shown in chosen:
            yield sheet_of(source, shown, head, workbook.remarks(source, head, hidden))
    except Unreadable as fault:
        yield Receipt(source.name, sha256=source.sha256, problem=as_problem(fault, source.name))
    except Problem as problem:
        yield Receipt(source.name, sha256=source.sha256, problem=problem)
    except Exception as error:
        yield Receipt(source.name, sha256=source.sha256, problem=unexpected(error, Place(source.name)))


def sheet_of(source: Source, shown: str, head: Head, remarks: tuple[Remark, ...] = ()) -> Sheet:
    """One sheet of a workbook under the name that people see."""
    return Sheet(source, shown, head.name, list(enumerate(head.rows, 1)), head.sha256, head.last, head, remarks)


def as_problem(fault: Unreadable, name: str) -> Problem:
    """A reader's fault as a Problem at its file."""
    return Problem(fault.code, Place(name, "", fault.line), **fault.params)


def wanted_for(sheet: Sheet, found: list[Entry], asked: Asked) -> Wanted:
    """Which importer takes the sheet, and where its header is."""
    place = Place(sheet.source.name, sheet.sheet)
    mapping = ""
    if asked.mapping is not None:
        from importers.mapping import from_toml

        mapping = _mapping_text(asked.mapping)
        importer = from_toml(mapping, name=asked.mapping.stem)
        line, header = header_for(importer, sheet.rows, place)
    elif asked.importer:
        importer = by_name(asked.importer, found).load()
        line, header = header_for(importer, sheet.rows, place)
    else:
        known = identify(sheet.rows, found, place, file_name=sheet.source.file_name, sheet=sheet.sheet)
        importer, line, header = known.entry.load(), known.header_line, known.header
        if known.entry.ref.endswith(".toml"):
            mapping = Path(known.entry.ref).read_text(encoding="utf-8")
    return fitted(sheet, importer, mapping, line, header, asked)


def fitted(
    sheet: Sheet, importer: Importer, mapping: str, line: int, header: list[str], asked: Asked,
    number: int | None = None, takes_back: bool = False,
) -> Wanted:  # fmt: skip
    """The sheet with the importer that takes it; `number` is that of an import which comes back (see Wanted)."""
    following = [cells for at, cells in sheet.rows if at > line]
    peeked = dict(zip(map(norm, header), following[0], strict=False)) if following else {}
    said = _said(sheet, line)
    if said.footer:
        importer = importer.but(
            footers=rf"{importer.footers}|^{re.escape(said.footer)}$",
            footer_starts=importer.footer_starts + said.footer[0],
        )
    return Wanted(
        path=sheet.source.path, name=sheet.name, file_name=sheet.source.file_name, sheet=sheet.sheet,
        sha256=sheet.sha256, size=sheet.source.size, importer=importer,
        form=sheet.source.form and replace(sheet.source.form, quoted=importer.quoted),
        mapping=mapping, header_line=line, header=tuple(header), peeked=peeked,
        joined=(line, header) not in sheet.rows,
        shop=asked.shops.get(sheet.name, asked.shop), exported=asked.exported, dry_run=asked.dry_run,
        strict=asked.strict, encoding=asked.encoding, head=sheet.head, remarks=sheet.remarks, number=number,
        takes_back=takes_back, said=said,
    )  # fmt: skip


def _said(sheet: Sheet, header_line: int) -> Said:
    """What the file says of its age, above its header, below its rows or in its workbook's properties."""
    form, path = sheet.source.form, sheet.source.path
    made, saved = ("", "") if form is not None else workbook_times(path)
    exported, footer = export_line(cells for at, cells in sheet.rows if at < header_line)[0], ""
    if not exported:
        last = sheet.last if form is None else last_rows(path, form)
        exported, footer = export_line(reversed(last), below=True)
    return Said(exported, footer, made, saved)


def _mapping_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem("bad-mapping", Place(str(path)), detail=error.strerror or str(error)) from None


def identified(store: Path, paths: list[str]) -> Iterator[tuple[str, Known | Problem]]:
    """Which importer would take each file, without writing anything."""
    opened = gate.Opened()
    try:
        found = catalogue.entries(mappings_folder(store))
        for source in gate.found(paths, opened):
            if isinstance(source, tuple):
                yield source
                continue
            for sheet in sheets_of(source):
                if isinstance(sheet, Receipt):
                    assert sheet.problem is not None
                    yield sheet.path, sheet.problem
                    continue
                place = Place(sheet.source.name, sheet.sheet)
                try:
                    yield (
                        sheet.name,
                        identify(sheet.rows, found, place, file_name=sheet.source.file_name, sheet=sheet.sheet),
                    )
                except Problem as problem:
                    yield sheet.name, problem
                except Exception as error:
                    yield sheet.name, unexpected(error, place)
    finally:
        opened.close()
