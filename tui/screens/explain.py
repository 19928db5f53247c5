"""What a number is made of: the terms that add up to it, and the rows, files and lines behind them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from shlex import quote
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from exporters.cells import as_shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks import find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column, Explanation, Term
from merchant_cli.desks.words import TABLES
from tui.asked import Asked
from tui.keys import Key, bound
from tui.messages import Go
from tui.rows import AnswerRows, Rows
from tui.screens.table_page import COLUMNS, COPY, EXPORT, FILTER, NOTES, SORT, SPACE, TablePage
from tui.shell import Shell
from tui.widgets.grid import Grid
from tui.widgets.lay_out import fit

P = Phrase

BEHIND = (
    Column("table", P("Table", "数据表"), "id", words=TABLES), Column("key", P("Key", "编号"), "id"),
    Column("what", P("What", "内容"), "text"), Column("import", P("Import", "导入"), "id"),
    Column("file", P("File", "文件"), "text"), Column("line", P("Line", "行"), "id"),
)  # fmt: skip
NOTHING = Note("no-explanation", P("There is nothing further behind this row.", "这一行没有更多来源。"))
OPEN = Key("open_question", "o", P("all rows", "全部结果"), foot=True)
OVER = Key("over", "tab", P("terms or rows", "切换上下"))


class ExplainedRows(AnswerRows):
    """The rows behind a number, and the terms that it is made of."""

    def __init__(self, answer: Answer, terms: list[Term]) -> None:
        super().__init__(answer)
        self.terms = terms


class Explain(TablePage):
    """Why the row `key` of the question at `address` says what it says."""

    PLACE = "explain"
    NAMED = P("What is behind it", "来源")
    ABOUT = P(
        "Above, the terms: those of a sum add up to the line that begins with =. Below, the rows of the store, with the"
        " file and line that each came from.",
        "上方是各项组成，相加等于以等号开头的一行；下方是来源数据行，注明所在文件和行号。",
    )
    KEYS: ClassVar[tuple[Key, ...]] = (OPEN, FILTER, SORT, COLUMNS, EXPORT, OVER, SPACE, NOTES, *COPY)
    BINDINGS: ClassVar[list[BindingType]] = [*bound("explain", (OPEN, OVER))]

    def __init__(self, shell: Shell, address: str, key: str, asked: Asked | None = None) -> None:
        super().__init__(shell)
        self.address, self.key, self.asked = address, key, asked or Asked()

    def above(self) -> ComposeResult:
        with VerticalScroll(id="terms"):
            yield Static("", id="sums", markup=False)

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        address, key, asked = self.address, self.key, self.asked

        def load(db: sqlite3.Connection) -> Rows:
            scope = asked.scope(db)
            found = _explanation(db, address, key, asked)
            files = dict(db.execute("SELECT no, name FROM imports").fetchall())
            rows = [(b.table, b.key, b.what, b.import_no, files.get(b.import_no), b.line) for b in found.behind]
            notes = [*found.notes, *scopes.notes(db, scope)]
            answer = Answer(BEHIND, rows, ("table", "key", "line"), scope.as_of, scope.shops, scope.currency, notes)
            return ExplainedRows(answer, found.terms)

        return load

    def told_load(self, result: Any) -> None:
        super().told_load(result)
        self.say_terms()

    def speak(self) -> None:
        super().speak()
        self.say_terms()

    def say_terms(self) -> None:
        """The terms as lines, values in one column."""
        if isinstance(self.rows, ExplainedRows):
            lines = term_lines(self.rows.terms, self.shell.lang, max(20, self.size.width - 4))
            self.query_one("#sums", Static).update(Content("\n".join(lines)))
            self.query_one("#terms").display = bool(lines)

    def on_resize(self) -> None:
        self.say_terms()

    def titled(self) -> str:
        return f"{self.shell.show(self.NAMED)} | {self.address}/{self.key}"

    def command(self) -> str:
        desk, _, question = self.address.partition("/")
        asked = self.asked.words(find.question(self.address))
        return f"merchant explain {desk} {question} --row {quote(self.key)}{asked}"

    def file_name(self) -> str:
        return "behind.xlsx"

    def action_over(self) -> None:
        terms = self.query_one("#terms")
        (self.grid if terms.has_focus else terms).focus()

    def action_open_question(self) -> None:
        self.post_message(Go("answer", address=self.address, asked=self.asked, key=self.key))

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_cell()


def _explanation(db: sqlite3.Connection, address: str, key: str, asked: Asked) -> Explanation:
    """Raises Problem no-such-row."""
    question = find.question(address)
    if question.explain is None:
        return Explanation([], [], [NOTHING])
    own = options.accepted(question.explain, options.merchants(question, db) | asked.own)
    try:
        return question.explain(db, asked.scope(db), key, **own)
    except LookupError:
        raise Problem("no-such-row", key=key, desk=question.desk, question=question.name) from None


def term_lines(terms: list[Term], lang: str, room: int) -> list[str]:
    """`  listed          1,200.00 CNY`: a line per term, `=` before a total."""
    pairs = []
    for term in terms:
        column = replace(BEHIND[2], kind=term.kind, unit=term.unit)
        value = as_shown(term.value, column, term.unit, lang) or "-"
        value = f"{value} {term.unit}" if term.unit and term.unit != "%" and term.value is not None else value
        sign = "= " if term.is_total else "  "
        pairs.append((sign + safe_text(term.term.show(lang)), safe_text(("~" if term.estimated else "") + value)))
    from rich.cells import cell_len

    right = max((cell_len(value) for _, value in pairs), default=0)
    left = min(max((cell_len(name) for name, _ in pairs), default=0), room - right - 2)
    return [f"{fit(name, left)}  {fit(value, right, True)}" for name, value in pairs] if left > 4 else []
