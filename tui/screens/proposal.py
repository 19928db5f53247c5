"""One proposal: what was seen, what would change, old beside new, and what came of it."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope
from merchant_cli.send import decide, listed, shown
from merchant_cli.send.actions import STATES
from merchant_cli.send.propose import SUPPLIER
from merchant_cli.store.proposals import APPROVED, PROPOSED, SENT, Proposal
from tui.keys import Key, bound
from tui.messages import Go
from tui.screens.decisions import APPROVE, DECIDE, REFUSE, SEND, SNOOZE, Decides
from tui.shell import Shell
from tui.widgets.lay_out import fit

P = Phrase

ANSWER = Key("open_question", "o", P("the alert", "所属提醒"), foot=True)
COPY = Key("copy_command", "Y", P("copy the command that shows this", "复制等效命令"))
Row = tuple[Phrase, Phrase | str, Any]  # part, what, value

NEXT = {
    PROPOSED: P("Next: a approves, r refuses, z puts it off.", "下一步：按 a 批准，r 拒绝，z 暂缓。"),
    "snoozed": P("It waits again from {day} on; a approves it now.", "{day} 起重新待审批；按 a 现在就批准。"),
    APPROVED: P("Next: w writes the file for it.", "下一步：按 w 生成文件。"),
    SENT: P("Next: upload the file, then take in the platform's next export (key i).",
            "下一步：上传文件，再导入平台的下一份导出文件（按 i）。"),
}  # fmt: skip
ORDERED = P("Next: send the order to the supplier; newer stock files (key i) show whether it came.",
            "下一步：把采购单发给供应商；之后导入新的库存文件（按 i），以核实是否到货。")  # fmt: skip


class Seen(NamedTuple):
    """A proposal, and its rows by language."""

    one: Proposal
    scope: Scope
    rows: dict[str, list[Row]]


class ProposalPage(Decides):
    """The proposal `number`."""

    PLACE = "proposal"
    NAMED = P("Proposal", "建议")
    ABOUT = P("What was seen when it was proposed, each value that would change, old beside new, and what came of it.",
              "提出时所见、每个要改的值（旧值与新值对照）以及结果。")  # fmt: skip
    KEYS: ClassVar[tuple[Key, ...]] = (APPROVE, REFUSE, SNOOZE, SEND, ANSWER, COPY)
    BINDINGS: ClassVar[list[BindingType]] = [*bound("proposal", (ANSWER, COPY)), *bound("decide", DECIDE)]

    def __init__(self, shell: Shell, number: int) -> None:
        super().__init__(shell)
        self.number = number
        self.seen: Seen | None = None

    def content(self) -> ComposeResult:
        with VerticalScroll(id="whole"):
            yield Static("", id="parts", markup=False)
        yield Static("", id="pane", markup=False)

    def on_mount(self) -> None:
        self.query_one("#whole").focus()

    def refetch(self) -> None:
        number = self.number

        def job(db: sqlite3.Connection) -> Seen:
            one, scope = decide.named(db, [number])[0], scopes.make(db)
            return Seen(one, scope, {lang: shown.rows(db, one, scope, lang) for lang in ("en", "zh")})

        self.ask("load", job)

    def told_load(self, seen: Seen) -> None:
        self.seen = seen
        self.speak()

    def speak(self) -> None:
        super().speak()
        self.say_parts()

    def on_resize(self) -> None:
        self.say_parts()

    def titled(self) -> str:
        title = f"{self.shell.show(self.NAMED)} {self.number}"
        return title if self.seen is None else f"{title}: {self.seen.one.subject}"

    def say_parts(self) -> None:
        """The parts one below the other, and what can be done next."""
        if self.seen is None:
            return
        lang, room = self.shell.lang, max(30, self.size.width - 4)
        rows = self.seen.rows[lang]
        parts = [_part(part, list(group), lang, room) for part, group in groupby(rows, lambda row: row[0])]
        self.query_one("#parts", Static).update(Content("\n\n").join(parts))
        state = listed.shown_state(self.seen.one, self.seen.scope)
        phrase = ORDERED if state == SENT and self.seen.one.platforms == SUPPLIER else NEXT.get(state)
        said = phrase.show(lang, day=self.seen.one.until_day) if phrase else STATES[state].show(lang)
        self.query_one("#pane", Static).update(Content(safe_text(said)))

    # --- decisions ---

    def numbers(self) -> list[int]:
        return [self.number]

    def as_of(self) -> str:
        return "" if self.seen is None else self.seen.scope.as_of or ""

    # --- elsewhere ---

    def action_open_question(self) -> None:
        if self.seen is not None:
            desk, question, key = self.seen.one.address.split("/", 2)
            self.post_message(Go("answer", address=f"{desk}/{question}", key=key))

    def action_copy_command(self) -> None:
        text = f"merchant proposals show {self.number}"
        self.app.copy_to_clipboard(text)
        self.toast(P("Copied: {text}", "已复制：{text}"), text=text)


def _part(title: Phrase, rows: list[Row], lang: str, room: int) -> Content:
    """A heading, and under it what and value side by side; a value that is too long stands on lines of its own."""
    from rich.cells import cell_len

    pairs = [(safe_text(_said(what, lang)), safe_text(_said(value, lang))) for _, what, value in rows]
    left = min(max(cell_len(what) for what, _ in pairs), max(12, room // 2))
    lines = [Content.styled(safe_text(title.show(lang)), "bold")]
    for what, value in pairs:
        if cell_len(what) <= left and cell_len(value) <= room - left - 4:
            lines.append(Content(f"  {fit(what, left)}  {value}"))
        else:
            lines += [Content(f"  {what}"), Content(f"    {value}")]
    return Content("\n").join(lines)


def _said(value: Any, lang: str) -> str:
    return value.show(lang) if isinstance(value, Phrase | Note) else str(value)
