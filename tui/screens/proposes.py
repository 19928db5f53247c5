"""Rows of an alert that are made proposals with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from tui.keys import Key, bound
from tui.screens.marks import Marks

if TYPE_CHECKING:  # what only a press of the key needs is not loaded for the first screen
    from merchant_cli.send.propose import Kept
    from tui.asked import Asked

P = Phrase

PROPOSE = Key("propose", "P", P("propose", "提为建议"), place="propose")


class Proposes(Marks):
    """A table whose rows are those of alerts."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("propose", (PROPOSE,))]

    def alert_rows(self) -> dict[str, list[str]]:
        """By `desk/question` the keys of the rows that are meant; none where nothing can be proposed."""
        raise NotImplementedError

    def asked_with(self) -> Asked:
        """What the alert was asked with."""
        from tui.asked import Asked

        return Asked()

    def trouble(self, name: str, fault: Problem | Note) -> None:
        if name == "propose":
            self.toast_trouble(fault)
        else:
            super().trouble(name, fault)

    def action_propose(self) -> None:
        from tui.deciding import proposing

        if self.shell.read_only:
            self.toast_trouble(Problem("read-only"))
        elif rows := self.alert_rows():
            self.ask("propose", proposing(self.shell, rows, self.asked_with()))
        else:
            self.toast(P("Only single rows of an alert can be proposed.", "只有提醒中的单独一行可以提为建议。"))

    def told_propose(self, kept: Kept) -> None:
        self.unmark()
        numbers = ", ".join(str(one.number) for one in kept.proposals[:8]) + (" ..." if len(kept.proposals) > 8 else "")
        if kept.new:
            self.toast(P("Proposed: {numbers}. Next: p, then a approves.",
                         "已提为建议 {numbers}。下一步：按 p 查看并批准。"), numbers=numbers)  # fmt: skip
        else:
            self.toast(P("Proposed before: {numbers}. p shows it.", "此前已提为建议 {numbers}，按 p 查看。"),
                       numbers=numbers)  # fmt: skip
