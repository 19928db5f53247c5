"""Approved proposals → action files: which exporter carries what, and what cannot be sent and why."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from exporters.base import Exporter, Head, Item, Job, Last, by_exporter
from exporters.own.checklist import checklist
from importers import catalogue as importers
from importers.base import Importer, norm
from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Scope
from merchant_cli.send import cells as of_cells
from merchant_cli.send import items, listed, templates
from merchant_cli.send.actions import action
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import Cell, Proposal

P = Phrase

GONE = P("The listing is no longer in the store.", "该商品已不在数据库中。")
CHANGED = P("It changed since: {old} was proposed upon, now it is {now}. Propose again.",
            "提出建议后已变化：当时为 {old}，现在为 {now}。请重新提出建议。")  # fmt: skip
TWICE = P("Proposal {n} changes the same value; send or refuse that one first.",
          "建议 {n} 也改动同一个值，请先发送或拒绝那一条。")  # fmt: skip
NO_WAY = P("No file is known that {platform} takes for this. Keep its empty upload template with"
           " `merchant send --template FILE --platform {platform}`, or send with `--checklist`.",
           "没有 {platform} 可用的上传文件。请用 `merchant send --template 文件 --platform {platform}` 保存空白模板，"
           "或加上 `--checklist` 生成清单。")  # fmt: skip


@dataclass
class Load:
    """One file to be: its exporter, its shop (or supplier), the items and the proposals with the cells it carries."""

    exporter: Exporter
    shop: str
    items: list[Item] = field(default_factory=list)
    carries: list[tuple[Proposal, Cell | None]] = field(default_factory=list)

    @property
    def proposals(self) -> list[Proposal]:
        return list({one.number: one for one, _ in self.carries}.values())

    @property
    def rows(self) -> int:
        """The listings, or products, in it: two proposals may change one."""
        return len({(f.get("listing_id", id(f)), f.get("variant_id")) for f in (item.facts for item in self.items)})


class Left(NamedTuple):
    """What stays behind, and why."""

    proposal: Proposal
    why: Phrase


@dataclass
class Plan:
    """What is sent and what is not."""

    loads: list[Load] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class Wanted(NamedTuple):
    """Which approved proposals are meant; empty: all. `by_hand`: what no file takes goes on a checklist."""

    action: str = ""
    platform: str = ""
    by_hand: bool = False


def plan(
    db: sqlite3.Connection, scope: Scope, wanted: Wanted, found: Iterable[Exporter] | None = None
) -> Plan:  # fmt: skip
    """Puts each approved cell and action into the file that carries it."""
    known = tuple(templates.of_store(db) if found is None else found)
    made = Plan()
    loads: dict[tuple[str, str], Load] = {}
    by_listing: dict[tuple[str, str, str], list[tuple[Proposal, Cell]]] = defaultdict(list)
    for one in kept.listed(db, [kept.APPROVED]):
        if (wanted.action and one.action != wanted.action) or listed.shown_state(one, scope) == "snoozed":
            continue
        for cell in one.cells:
            if cell.send is None and wanted.platform in ("", cell.platform):
                by_listing[cell.shop, cell.listing_id, cell.variant_id].append((one, cell))
        if not one.cells and (not wanted.platform or wanted.platform in one.platforms.split(", ")):
            _action(db, one, known, made, loads)
    for cells in by_listing.values():
        _listing(db, _once(cells, made), wanted, known, made, loads)
    made.loads = list(loads.values())
    return made


def _once(cells: list[tuple[Proposal, Cell]], made: Plan) -> list[tuple[Proposal, Cell]]:
    """The cells of one listing, each field once: a platform takes one row for it. The first proposal holds."""
    found: dict[str, tuple[Proposal, Cell]] = {}
    for one, cell in cells:
        if cell.field in found:
            first = found[cell.field][0].number
            made.left.append(Left(one, P(TWICE.show("en", n=first), TWICE.show("zh", n=first))))
        else:
            found[cell.field] = (one, cell)
    return list(found.values())


def _listing(
    db: sqlite3.Connection, cells: list[tuple[Proposal, Cell]], wanted: Wanted, known: tuple[Exporter, ...],
    made: Plan, loads: dict[tuple[str, str], Load],
) -> None:  # fmt: skip
    """A listing's cells, of one proposal or several, go into as few files and rows as can carry them."""
    fresh = []
    for one, cell in cells:
        if why := _stale(db, cell):
            made.left.append(Left(one, why))
        else:
            fresh.append((one, cell))
    item = items.of_listing(db, [cell for _, cell in fresh]) if fresh else None
    if item is None:
        made.left += [Left(one, GONE) for one, _ in fresh]
        return
    for one, cell in fresh:
        carrier = next((e for e in by_exporter(known, cell.platform, cell.field) if e.takes(item)), None)
        if carrier is None and wanted.by_hand:
            _put(loads, checklist, cell.platform, by_hand(one, cell), one, cell)
        elif carrier is None:
            said = {"platform": cell.platform}
            made.left.append(Left(one, P(NO_WAY.show("en", **said), NO_WAY.show("zh", **said))))
        elif refused := carrier.check(item):
            made.left.append(Left(one, refused))
        else:
            _put(loads, carrier, cell.shop, item, one, cell)


def _stale(db: sqlite3.Connection, cell: Cell) -> Phrase | None:
    """Why a cell is not sent: what was proposed upon is not what the store says now."""
    now = of_cells.now(db, cell)
    if now is None:
        return GONE
    if now.value == cell.old:
        return None
    old, new = of_cells.shown(cell, cell.old), of_cells.shown(cell, now.value)
    return P(CHANGED.show("en", old=old, now=new), CHANGED.show("zh", old=old, now=new))


def _action(
    db: sqlite3.Connection, one: Proposal, known: tuple[Exporter, ...], made: Plan, loads: dict[tuple[str, str], Load]
) -> None:
    carrier = next((exporter for exporter in known if one.action in exporter.actions), None)
    if carrier is None:
        _put(loads, checklist, one.platforms, by_hand(one), one, None)
        return
    item = items.of_order(db, one)
    if refused := carrier.check(item):
        made.left.append(Left(one, refused))
    else:
        _put(loads, carrier, str(one.params.get("supplier") or ""), item, one, None)


def _put(
    loads: dict[tuple[str, str], Load], carrier: Exporter, shop: str, item: Item, one: Proposal, cell: Cell | None
) -> None:
    key = (" ".join([carrier.id, *sorted(carrier.fills(item))]), shop)
    load = loads.setdefault(key, Load(carrier, shop))
    if not any(item is there for there in load.items):
        load.items.append(item)
    load.carries.append((one, cell))


def by_hand(one: Proposal, cell: Cell | None = None) -> Item:
    """A row of the checklist."""
    place = f"{cell.shop} {cell.listing_id} {cell.variant_id}".strip() if cell else one.address
    values = {
        "number": one.number, "action": action(one.action).title, "subject": one.subject,
        "why": one.evidence.get("why"),
        "due": one.due, "owner": one.owner, "place": place, "change": listed.change(one) if cell else None,
    }  # fmt: skip
    return Item({}, params=values)


def job(load: Load, last: Last | None, scope: Scope, lang: str, number: int) -> Job:
    """The load as a job for its exporter. `last`: the platform's last export to this merchant, if one is kept."""
    heads: dict[str, Head] = {}
    if load.exporter.importer:
        importer = importers.load(_ref(load.exporter.importer))
        heads = heads_of(importer, load.exporter.columns, last.header if last else None)
    return Job(load.shop, load.items, heads, scope.as_of or "", lang, number, last)


def _ref(importer: str) -> str:
    return next(entry.ref for entry in importers.entries() if entry.id == importer)


def heads_of(importer: Importer, columns: Iterable[str], header: list[str] | None) -> dict[str, Head]:
    """For each `table.column` the name and the kind of its cells, as the importer's layout says. The name is the one
    that stands in `header`, else the newest that the importer knows."""
    there = {norm(name): name for name in header or ()}
    found = {}
    for column in columns:
        table, name = column.split(".", 1)
        cell = next(into.fills[table][name] for into in importer.into if name in into.fills.get(table, ()))
        named = next((there[norm(alias)] for alias in cell.names if norm(alias) in there), cell.names[-1])
        found[column] = Head(named, cell.kind)
    return found
