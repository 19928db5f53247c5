"""Takes files in: what was looked into is taken in, and taken back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from tui import receipts as words
from tui.keys import Key, bound
from tui.messages import Go
from tui.screens.base import said
from tui.screens.form import Field, Form
from tui.screens.look_in import BROWSE, RECEIPT, LooksIn
from tui.taking import Back, Result, Run, running, undoing

P = Phrase

START = Key("start", "enter", P("take in", "导入"), foot=True)
UNDO = Key("undo", "u,f8", P("undo", "撤销"), foot=True)


class TakeIn(LooksIn):
    """The screen; decisions and what follows from them."""

    PLACE = "take_in"
    NAMED = P("Take files in", "导入文件")
    ABOUT = P(
        "Give the platforms' exports or your own sheets: files, folders or ZIPs. What they would change is shown before"
        " anything is written; Enter takes them in, u takes the last ones back. In the list of folders, Space chooses"
        " several files or a whole folder, Backspace goes to the folder above.",
        "给出平台导出的文件或自己的表格，可以是文件、文件夹或压缩包。写入前先显示会有哪些变化；"
        "回车导入，按 u 撤销刚才的导入。在文件夹列表中，空格可选多个文件或整个文件夹，退格键到上一级。",
    )
    KEYS: ClassVar[tuple[Key, ...]] = (START, BROWSE, UNDO, RECEIPT)
    BINDINGS: ClassVar[list[BindingType]] = [*bound("take_in", (START, UNDO))]

    def told_run(self, result: Result) -> None:
        if result.run is not self.run_now:
            return
        self.result, self.progress = result, None
        if result.fault is not None:
            self.say_trouble(said(result.fault, self.shell.lang))
        if result.run.dry:
            self.phase = "seen"
            self.say()
            if self.queued:
                self.queued = False
                self._start()
        else:
            self._taken(result)

    def trouble(self, name: str, fault: Problem | Note) -> None:
        self.phase, self.queued, self.progress, self.result = "idle", False, None, None
        super().trouble(name, fault)
        self.say()

    # --- taking in ---

    @on(Input.Submitted, "#path")
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_start()

    def action_start(self) -> None:
        if self.shell.read_only:
            self.toast_trouble(Problem("read-only"))
        elif not self.line.value.strip():
            self.toast(P("Choose files first.", "请先选择文件。"))
        elif self.phase == "taken":
            self.toast(P("These files are in. u takes them back.", "这些文件已导入。按 u 可撤销。"))
        elif self.phase == "seen":
            self._start()
        elif self.phase != "taking":
            self.queued = True
            if self.phase != "looking":
                self.look()
            self.say()

    def _start(self) -> None:
        """Takes in what was looked into, once it is known of which shop the files are."""
        if self.result is None:
            return
        refused = [(one.path, one.problem) for one in self.result.receipts if one.problem is not None]
        unsure = [(path, words.shops_of(problem)) for path, problem in refused if words.shops_of(problem)]
        if any(path not in self.left for path, _ in unsure):
            self._ask_shops(unsure)
        elif any(one.problem is None and one.state != "already imported" for one in self.result.receipts):
            self.phase, self.progress = "taking", None
            self.run_now = Run(self.line.value, dict(self.line.real), dict(self.shops), dry=False)
            self.result = Result(self.run_now)
            self.browsing = False
            self.line.disabled = True
            self.ask("run", running(self.shell, self, self.run_now))
            self.say()
            self.query_one("#whole").focus()
        else:
            self.browsing = False
            self.say()
            self.toast(P("There is nothing to take in here.", "这里没有可导入的内容。"), problem=True)

    def _ask_shops(self, unsure: list[tuple[str, str]]) -> None:
        """A line for each file that does not say its shop; what is left empty stays out."""
        fields, earlier = [], self.result.earlier if self.result is not None else {}
        for i, (path, known) in enumerate(unsure):
            name = words.name_of(path)
            one_of = P(f"one of: {known}", f"可选：{known}")
            fields.append(Field(f"shop{i}", P(name, name), one_of, self.shops.get(path) or earlier.get(path, "")))

        def check(values: dict[str, str]) -> None:
            for i, (_, known) in enumerate(unsure):
                value = values[f"shop{i}"].strip()
                platform, _, name = value.partition("/")
                if value and (not name or platform != known.partition("/")[0]):
                    detail = P(f"It is one of: {known}; or a new one, {known.partition('/')[0]}/NAME.",
                               f"可选：{known}；或新店铺，如 `{known.partition('/')[0]}/NAME`。")  # fmt: skip
                    raise Problem("bad-setting", name=fields[i].label.en, value=value, detail=detail)

        def done(values: dict[str, str] | None) -> None:
            if values is not None:
                chosen = {path: values[f"shop{i}"].strip() for i, (path, _) in enumerate(unsure)}
                self.shops |= {path: shop for path, shop in chosen.items() if shop}
                self.left |= {path for path, shop in chosen.items() if not shop}
                self.look()

        self.app.push_screen(
            Form(self.shell, P("Which shop are these files of?", "这些文件属于哪个店铺？"), fields, check), done
        )

    def _taken(self, result: Result) -> None:
        """Everything is in; from an empty store the way goes to the worklist."""
        self.phase, self.line.disabled = "taken", False
        numbers = [one.number for one in result.receipts if one.state == "applied" and one.number is not None]
        if numbers:
            self.visit.append(numbers)
        self.browsing = False
        self.say()
        self.query_one("#whole").focus()
        whole = numbers and result.fault is None and not any(one.problem for one in result.receipts)
        if result.first and whole:
            self.toast(
                P("Taken in: {about}.", "已导入：{about}。"), about=words.summary(result.receipts, self.shell.lang)
            )
            self.post_message(Go("today"))
        elif result.first and numbers:
            self.toast(P("Some files were refused; Esc leads to the worklist.", "有文件被拒绝；按 Esc 前往今日待办。"))

    def action_undo(self) -> None:
        if self.phase in ("looking", "taking"):
            return
        if not self.visit:
            self.toast(P("Nothing was taken in on this visit.", "这次还没有导入任何内容。"))
        else:
            self.phase = "taking"
            self.ask("undo", undoing(self.shell, self.visit.pop()))

    def told_undo(self, result: Back) -> None:
        self.back, self.result, self.phase = result, None, "back"
        self.browsing = False
        self.say()

    def action_back(self) -> None:
        """Esc: first takes back what was asked for, then empties the line, then leaves."""
        if self.phase == "taking":
            self.toast(P("It is being written; please wait.", "正在写入，请稍候。"))
        elif self.queued:
            self.queued = False
            self.say()
            self.toast(P("They are not taken in.", "不会导入。"))
        elif self.line.value and self.phase not in ("taken", "back"):
            self.line.value = ""
            self.browsing = True
            self.line.focus()
        else:
            self.stop_looking()
            super().action_back()
