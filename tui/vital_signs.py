"""The vital signs as a few lines above the worklist: net sales of the last day, seven days and the month, per shop."""

from __future__ import annotations

from typing import Any, NamedTuple

from rich.cells import cell_len

from exporters.cells import as_shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks.base import Answer, Column
from tui.widgets.lay_out import GAP, fit

P = Phrase

UNKNOWN = "-"
ALL = P("all shops", "全部店铺")
NET = P("Net sales", "净销售额")
ORDERS = P("orders", "订单")
PERIODS = (("day", P("last day", "最近一天")), ("week", P("7 days", "近 7 天")), ("month", P("month", "本月")))
NAME = (12, 24)  # cells of a shop's name: least, most


class Line(NamedTuple):
    """One line of the strip; `changes`: where a change stands in it and whether it is a rise."""

    text: str
    changes: tuple[tuple[int, int, bool], ...] = ()


class Cell(NamedTuple):
    """One figure and its change against the period before; `rise` None: the change is not known."""

    text: str
    change: str = ""
    rise: bool | None = None


def lines(answer: Answer, lang: str, room: int, most: int) -> list[Line]:
    """A title and at most `most` shops, all together first, in `room` cells; none if nothing is known.

    Where the room is narrow, figures at the right are left out, none is cut.
    """
    at = {column.name: i for i, column in enumerate(answer.columns)}
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for row in answer.rows:
        found.setdefault(row[at["shop"]], {})[row[at["metric"]]] = row
    shops = sorted((s for s in found if "orders" in found[s]), key=lambda shop: (shop != "all", shop))
    if not shops:
        return []
    table = [("", [Cell(title.show(lang)) for _, title in PERIODS] + [Cell(ORDERS.show(lang))])]
    for shop in shops[:most]:
        table.append((ALL.show(lang) if shop == "all" else safe_text(shop), _figures(found[shop], at, lang)))
    table[0] = (NET.show(lang), table[0][1])
    out = _fitted(table, room)
    if len(shops) > most:
        out.append(Line(fit(P("and {n} more: v", "还有 {n} 家：v").show(lang, n=len(shops) - most), room)))
    return out


def _figures(metrics: dict[str, tuple[Any, ...]], at: dict[str, int], lang: str) -> list[Cell]:
    """Net sales of the three periods in the shop's currency, and the orders of the last day."""
    net, orders = metrics.get("net"), metrics["orders"][at["day"]]
    found = []
    for period, _ in PERIODS:
        amount = None if net is None else net[at[period]]
        if net is None or amount is None:
            found.append(Cell(UNKNOWN))
            continue
        currency, change = net[at["currency"]] or "", net[at[f"{period}_change"]]
        text = f"{as_shown(amount, Column('net', NET, 'money'), currency, lang)} {currency}".strip()
        found.append(Cell(text) if change is None else Cell(text, _change(change), change >= 0))
    return [*found, Cell(UNKNOWN if orders is None else f"{orders:,}")]


def _change(change: float) -> str:
    return f"{change:+.1%}" if abs(change) < 10 else f"{change:+.0f}x"


def _fitted(table: list[tuple[str, list[Cell]]], room: int) -> list[Line]:
    widths = []
    for column in zip(*(cells for _, cells in table), strict=True):
        widths.append((max(cell_len(c.text) for c in column), max(cell_len(c.change) for c in column)))
    left = min(NAME[1], max(NAME[0], *(cell_len(name) for name, _ in table)))
    fitting = next(n for n in range(len(widths), -1, -1) if _needed(NAME[0], widths[:n]) <= room)
    left = min(left, room - _needed(0, widths[:fitting]))
    out = []
    for name, cells in table:
        text, changes = fit(name, left), []
        for cell, (figure, change) in zip(cells, widths[:fitting], strict=False):
            text += GAP + fit(cell.text, figure, True)
            if change:
                text += " " + fit(cell.change, change, True)
                if cell.rise is not None:
                    changes.append((len(text) - len(cell.change), len(text), cell.rise))
        out.append(Line(text, tuple(changes)))
    return out


def _needed(left: int, widths: list[tuple[int, int]]) -> int:
    return left + sum(len(GAP) + figure + (change + 1 if change else 0) for figure, change in widths)
