"""What can be done with proposals, from their list and from the screen of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks import options
from merchant_cli.send import decide
from merchant_cli.send.files import Plan
from merchant_cli.store.proposals import Proposal
from tui import deciding
from tui.deciding import Sending, Weighed
from tui.keys import Key, bound
from tui.screens.base import Page
from tui.screens.form import Field, Form
from tui.screens.reader import Reader
from tui.screens.sure import Sure
from tui.sent import sent_text

P = Phrase

WEEK = 7  # days that a proposal is put off unless another day is typed

APPROVE = Key("approve", "a", P("approve", "批准"), foot=True, place="decide")
REFUSE = Key("refuse", "r", P("refuse", "拒绝"), foot=True, place="decide")
SNOOZE = Key("snooze", "z", P("put off", "暂缓"), foot=True, place="decide")
SEND = Key("send", "w", P("files", "生成文件"), foot=True, place="decide")
DECIDE = (APPROVE, REFUSE, SNOOZE, SEND)

ACTS = ("weigh", "approve", "refuse", "snooze", "plan", "send")  # what is asked of the clerk beside reading

READ_ONLY = P("read-only: nothing can be decided", "只读，不能审批")
A_DAY = P("It takes a day after {day}, like {like}.", "应为 {day} 之后的日期，如 {like}。")


class Decides(Page):
    """A screen whose proposals `numbers` can be decided on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("decide", DECIDE)]

    # --- what a subclass says ---

    def numbers(self) -> list[int]:
        """The proposals that are meant."""
        raise NotImplementedError

    def as_of(self) -> str:
        """The day of the data, '' if there is none."""
        raise NotImplementedError

    def decided(self) -> None:
        """Something was done: shows it."""
        self.refetch()

    # --- shared ---

    def foot_keys(self) -> list[tuple[str, str, str]]:
        """In a read-only run the keys that write are one word that says so."""
        found = super().foot_keys()
        if not self.shell.read_only:
            return found
        names = {key.action or key.name for key in DECIDE}
        kept = [one for one in found if one[2] not in names]
        keys = "".join(one[0] for one in found if one[2] in names)
        return [*kept[:2], (keys, self.shell.show(READ_ONLY), "approve"), *kept[2:]]

    def meant(self) -> list[int]:
        """The proposals that are meant, if something can be done with them; why not is said."""
        if self.shell.read_only:
            self.toast_trouble(Problem("read-only"))
            return []
        numbers = self.numbers()
        if not numbers:
            self.toast(P("There is no proposal here.", "这里没有建议。"))
        return numbers

    def trouble(self, name: str, fault: Problem | Note) -> None:
        if name in ACTS:
            self.toast_trouble(fault)
        else:
            super().trouble(name, fault)

    # --- yes ---

    def action_approve(self) -> None:
        if numbers := self.meant():
            self.ask("weigh", deciding.weighed(numbers))

    def told_weigh(self, weighed: Weighed) -> None:
        """Much, or money, is asked for once more with its totals."""

        def sure(yes: bool | None) -> None:
            if yes:
                self._approve(weighed)
            else:
                self.toast(P("Nothing was approved.", "没有批准任何建议。"))

        if not weighed.weight.asks:
            self._approve(weighed)
            return
        totals = decide.weight_said(weighed.weight)
        rows = P("{n} {n:row|rows} will change.", "共改动 {n} 行。")
        n = weighed.weight.rows
        about = P(f"{totals.en}.\n{rows.show('en', n=n)}", f"{totals.zh}。\n{rows.show('zh', n=n)}")
        self.app.push_screen(Sure(self.shell, P("Approve?", "确认批准？"), about), sure)

    def _approve(self, weighed: Weighed) -> None:
        act = deciding.writing(self.shell, lambda db: (weighed.weight, decide.approve(db, weighed.numbers)))
        self.ask("approve", act)

    def told_approve(self, result: tuple[decide.Weight, list[Proposal]]) -> None:
        weight, changed = result
        if changed:
            self.toast(P("Approved: {said}. Next: w writes the files.", "已批准：{said}。下一步：按 w 生成文件。"),
                       said=decide.weight_said(weight))  # fmt: skip
        else:
            self.toast(P("Approved already: nothing changes. w writes the files.",
                         "此前已批准，没有变化。按 w 生成文件。"))  # fmt: skip
        self.decided()

    # --- no, later ---

    def action_refuse(self) -> None:
        if numbers := self.meant():
            about = P("for yourself; may stay empty", "供自己查看，可留空")
            fields = [Field("why", P("Why not?", "原因"), about, "")]
            title = P(f"Refuse {len(numbers)} {'proposal' if len(numbers) == 1 else 'proposals'}",
                      f"拒绝 {len(numbers)} 条建议")  # fmt: skip

            def done(values: dict[str, str] | None) -> None:
                if values is not None:
                    why = values["why"].strip() or None
                    self.ask("refuse", deciding.writing(self.shell, lambda db: decide.refuse(db, numbers, why)))

            self.app.push_screen(Form(self.shell, title, fields), done)

    def told_refuse(self, changed: list[Proposal]) -> None:
        if changed:
            self.toast(P("Refused: {n}. Nothing is sent; P on the alert proposes anew.",
                         "已拒绝 {n} 条，不会发送；在提醒中按 P 可重新提出。"), n=len(changed))  # fmt: skip
        else:
            self.toast(P("Refused already: nothing changes.", "此前已拒绝，没有变化。"))
        self.decided()

    def action_snooze(self) -> None:
        if not (numbers := self.meant()):
            return
        as_of = self.as_of()
        like = days.add(as_of, WEEK) if as_of else ""
        title = P(f"Put off {len(numbers)} {'proposal' if len(numbers) == 1 else 'proposals'}",
                  f"暂缓 {len(numbers)} 条建议")  # fmt: skip
        field = Field("until", P("Until", "直到"), P("a day like 2026-11-14", "日期，如 2026-11-14"), like)

        def check(values: dict[str, str]) -> None:
            day = values["until"].strip()
            if not days.is_day(day) or day <= as_of:
                shown = {"day": as_of or "-", "like": like or "2026-11-14"}
                detail = P(A_DAY.show("en", **shown), A_DAY.show("zh", **shown))
                raise Problem("bad-setting", name=field.label.show(self.shell.lang), value=day, detail=detail)

        def done(values: dict[str, str] | None) -> None:
            if values is not None:
                day = values["until"].strip()
                act = deciding.writing(self.shell, lambda db: (decide.snooze(db, numbers, day), day))
                self.ask("snooze", act)

        self.app.push_screen(Form(self.shell, title, [field], check), done)

    def told_snooze(self, result: tuple[list[Proposal], str]) -> None:
        changed, day = result
        self.toast(P("Put off: {n}; waits again from {day} on.", "已暂缓 {n} 条，{day} 起重新待审批。"),
                   n=len(changed), day=day)  # fmt: skip
        self.decided()

    # --- files ---

    def action_send(self) -> None:
        if self.shell.read_only:
            self.meant()
        else:
            self.ask("plan", deciding.planned)

    def told_plan(self, plan: Plan) -> None:
        if not plan.loads and not plan.left:
            self.toast(P("Nothing is approved yet: a approves.", "还没有已批准的建议：按 a 批准。"))
            return
        about = P("made if it is not there", "不存在时自动新建")
        fields = [Field("folder", P("Folder", "文件夹"), about, str(Path(deciding.FOLDER).absolute()))]
        if plan.left:
            label = P("A checklist for what no file takes?", "没有上传文件可用的，是否写入清单？")
            no = options.YES_NO["False"].show(self.shell.lang)
            fields.append(Field("list", label, P("yes or no", "是或否"), no))

        def done(values: dict[str, str] | None) -> None:
            if values is not None:
                by_hand = values.get("list", "").strip().casefold() in ("y", "yes", "是", "1")
                folder = Path(values["folder"].strip() or deciding.FOLDER).expanduser().absolute()
                self.ask("send", deciding.sending(self.shell, folder, by_hand))

        self.app.push_screen(Form(self.shell, _plan_title(plan), fields), done)

    def told_send(self, sending: Sending) -> None:
        title = P("Files for uploading", "待上传的文件")
        self.app.push_screen(Reader(self.shell, title, lambda lang: sent_text(sending, lang)))
        self.decided()


def _plan_title(plan: Plan) -> Phrase:
    """How many files would be written of how many proposals, and how many stay."""
    files, stay = len(plan.loads), len({left.proposal.number for left in plan.left})
    carried = len({one.number for load in plan.loads for one in load.proposals})
    params: dict[str, Any] = {"files": files, "n": carried, "stay": stay}
    phrase = P("Write {files} {files:file|files} for {n} {n:proposal|proposals}", "为 {n} 条建议生成 {files} 个文件")
    if stay:
        phrase = P(phrase.en + "; {stay} {stay:stays|stay}", phrase.zh + "，{stay} 条未能发送")
    return P(phrase.show("en", **params), phrase.show("zh", **params))
