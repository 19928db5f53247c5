"""An answer as a plain table on the terminal: fitted to its width there, never cut or wrapped in a pipe."""

from __future__ import annotations

import shutil
import sys

from exporters.cells import FOR_PROGRAMS, NUMBERS, AnswerLike, as_shown, columns_of, currencies, heading
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import cut, pad, safe_text, width
from merchant_cli.commands.context import say, settings

P = Phrase

GAP = "  "
CUT_TO, FIRST = (36, 24, 12), 5
_SHRINKS = frozenset({"text", "json"})


def table(answer: AnswerLike) -> list[str]:
    """The lines of the table: titles, a rule, the rows; fitted to the terminal if stdout is one."""
    lang = settings().lang
    alert = any(c.name == "why_code" for c in answer.columns)
    columns = [i for i, c in enumerate(answer.columns) if not (alert and c.name in FOR_PROGRAMS)]
    heads = [safe_text(heading(answer, answer.columns[i], lang)) for i in columns]
    rows = []
    for row in answer.rows:
        money, own = currencies(answer, row), columns_of(answer, row)
        rows.append([safe_text(as_shown(row[i], own[i], money[i], lang)) for i in columns])
    widths = [max(width(cell) for cell in (head, *cells)) for head, *cells in zip(heads, *rows, strict=True)]
    right = [answer.columns[i].kind in NUMBERS for i in columns]
    if sys.stdout.isatty():
        soft = [answer.columns[i].kind in _SHRINKS for i in columns]
        widths = fitted(widths, soft, shutil.get_terminal_size().columns)
        if len(widths) < len(columns):
            left_out = P(", ", "、").show(lang).join(heads[len(widths) :])
            say(
                P(
                    "Too narrow for: {names}; `-o FILE` has them all.",
                    "宽度不够，未显示：{names}；可用 `-o 文件` 查看全部。",
                ),
                names=left_out,
            )
    lines = [_line(heads, widths, right), GAP.join("-" * cells for cells in widths)]
    return lines + [_line(row, widths, right) for row in rows]


def fitted(natural: list[int], soft: list[bool], room: int) -> list[int]:
    """The widths of the columns that fit into `room` cells; those at the right that do not are left out.

    Soft columns may be cut, as little as lets all columns stand (CUT_TO); if that never does, as little as lets
    FIRST of them stand. What room is left goes back to the soft columns, from the left.
    """
    tries = [_leading([min(w, most) if s else w for w, s in zip(natural, soft, strict=True)], room) for most in CUT_TO]
    whole = [widths for widths in tries if len(widths) == len(natural)]
    enough = [widths for widths in tries if len(widths) >= FIRST]
    shown = (whole or enough or tries[-1:])[0]
    spare = room - sum(shown) - len(GAP) * (len(shown) - 1)
    for i, cells in enumerate(shown):
        more = max(0, min(spare, natural[i] - cells))
        shown[i] += more
        spare -= more
    return shown


def _leading(widths: list[int], room: int) -> list[int]:
    used = -len(GAP)
    for n, cells in enumerate(widths):
        used += cells + len(GAP)
        if used > room:
            return widths[: max(n, 1)]
    return widths


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    shown = [pad(cut(cell, w), w, right=r) for cell, w, r in zip(cells, widths, right, strict=False)]
    return GAP.join(shown).rstrip()
