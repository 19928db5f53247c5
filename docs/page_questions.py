"""docs/questions.md: every question: what it asks, its formula, options and columns; and how the worklist is ranked."""

from __future__ import annotations

import inspect
import os
from contextlib import closing
from pathlib import Path

from markdown import both, code, table

from merchant_cli.desks import find, options
from merchant_cli.desks.base import Answer, Question, Scope
from merchant_cli.methods.ranking import NOT_DUE, URGENCY
from merchant_cli.store import open as store

HEAD = """# Questions

What can be asked at each desk: `merchant DESK QUESTION`. An *alert* is a question whose every row is something to do;
`merchant today` prints the rows of all alerts as one worklist. Every question takes `--json --csv -o FILE --shop
--since --until --as-of --limit --all` beside its own options, and `merchant set DESK.QUESTION.OPTION VALUE` makes
your own default of an option.
"""
RANKING = """## How the worklist is ranked

Rank = money at stake × urgency of the due day, counted from the as-of day of the data. What is not measurable ranks
as the median of what is known: above small known losses, below large ones, never as nothing. The table is
`merchant_cli/methods/ranking.py`.
"""


def page() -> str:
    found = find.questions()
    rows = [
        (f"[{q.desk}](#{q.desk}{q.name})", f"`{q.name}`", both(q.title), "yes" if q.alert else "no")
        for q in found.values()
    ]
    listed = table(("desk", "question", "title", "alert"), rows)
    return "\n".join([HEAD, listed, *(_question(q) for q in found.values()), RANKING, _urgency()])


def _question(question: Question) -> str:
    parts = [
        f"## {question.desk}/{question.name}\n",
        f"{both(find.desk(question.desk).title)}: {both(question.title)}\n",
    ]
    parts.append(inspect.getdoc(question.ask) or "")
    parts.append("")
    if question.alert:
        parts.append(f"Action proposed: `{question.action}`. Kind of money at stake: `{question.at_stake}`.\n")
    own = options.of(question).values()
    if own:
        parts.append(table(("option", "default", "meaning"), [(f"`{o.flag}`", o.default, both(o.help)) for o in own]))
    columns = _columns(question)
    parts.append(table(("column", "label", "kind"), [(f"`{c.name}`", both(c.label), c.kind) for c in columns.columns]))
    if columns.estimated:
        parts.append(f"Estimates: {code(c.name for c in columns.columns if c.name in columns.estimated)}.\n")
    if question.explain is not None:
        parts.append(f"*Explained:* {' '.join((inspect.getdoc(question.explain) or '').split())}\n")
    return "\n".join(parts)


def _columns(question: Question) -> Answer:
    """The answer on a store that does not exist: it has every column and no row."""
    with closing(store.read(Path(os.devnull) / "none")) as db:
        return question.ask(db, Scope())


def _urgency() -> str:
    names = {-1: "overdue", 0: "today"}
    rows: list[tuple[str, str]] = [(names.get(most, f"within {most} days"), f"{half / 2:g}") for most, half in URGENCY]
    return table(("due", "factor"), [*rows, ("later, or no day", f"{NOT_DUE / 2:g}")])
