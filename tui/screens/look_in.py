"""Which files are meant, and what they would change: typed, dropped or chosen, and shown before anything is written."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Paste
from textual.timer import Timer
from textual.widgets import Input, Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from tui import receipts as words
from tui.given import paths_of
from tui.keys import Key, bound, key_shown
from tui.screens.base import Page
from tui.shell import Shell
from tui.taking import Back, Result, Run, Step, running
from tui.widgets import folders
from tui.widgets.folders import Folders
from tui.widgets.path_line import PathLine

P = Phrase

PAUSE = 0.4  # seconds after the last letter before the files are looked into
WIDE = 100  # cells from which on folders and files stand side by side

BROWSE = Key("browse", "ctrl+o", P("folders", "文件夹"), foot=True)
RECEIPT = Key("over", "f6", P("receipts", "回执"))

EMPTY = P("Type, paste or drop files or a folder. Tab: choose below, Space for several",
          "输入、粘贴或拖入文件或文件夹；按 `Tab` 在下方选择，空格可多选")  # fmt: skip
LOOKING = P("looking ... {about}", "正在预览……{about}")
QUEUED = P("They are taken in as soon as the preview is done. Esc: not.", "预览完成后即导入。按 `Esc` 取消。")
SEEN = P("Preview, nothing is written | {about}", "预览，未写入 | {about}")
TAKING = P("taking in ... {about}", "正在导入……{about}")
TAKEN = P("Taken in | {about} | u: undo", "已导入 | {about} | 按 u 撤销")


class LooksIn(Page):
    """`phase`: idle, looking, seen, taking, taken, back."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("take_in", (BROWSE, RECEIPT))]

    def __init__(self, shell: Shell, text: str = "") -> None:
        super().__init__(shell)
        self.text = text  # what was dropped on another screen
        self.phase = "idle"
        self.result: Result | None = None
        self.run_now: Run | None = None
        self.back: Back | None = None
        self.queued = False  # Enter was pressed while the preview was still being made
        self.browsing = True
        self.progress: tuple[str, int, float] | None = None
        self.shops: dict[str, str] = {}
        self.left: set[str] = set()  # files whose shop was asked for and not said
        self.visit: list[list[int]] = []  # numbers of imports, take-in by take-in
        self._pause: Timer | None = None

    def content(self) -> ComposeResult:
        yield Static("", id="status", markup=False)
        yield PathLine(id="path")
        with Horizontal(id="both"):
            yield Folders(folders.start())
            with VerticalScroll(id="whole"):
                yield Static("", id="parts", markup=False)

    def on_mount(self) -> None:
        self.line.disabled = self.shell.read_only
        if not self.shell.read_only:
            self.line.focus()
        if self.text:
            self.line.take(self.text)

    @property
    def line(self) -> PathLine:
        return self.query_one(PathLine)

    # --- what is said ---

    def speak(self) -> None:
        super().speak()
        self.line.placeholder = self.shell.show(P("files or a folder", "文件或文件夹"))
        self.say()

    def on_resize(self) -> None:
        self.say()

    def foot_keys(self) -> list[tuple[str, str, str]]:
        """Letters are typed into the line here, so help stands with its other key."""
        f1 = key_shown("f1", self.shell.lang)
        return [(f1 if action == "help" else key, about, action) for key, about, action in super().foot_keys()]

    def say(self) -> None:
        """The status line, and what was found in the files."""
        self.query_one("#status", Static).update(Content(safe_text(self._status())))
        wide = self.size.width >= WIDE
        tree, whole = self.query_one(Folders), self.query_one("#whole")
        something = self.result is not None or self.back is not None or self.phase in ("looking", "taking")
        tree.display = wide or self.browsing or not something
        whole.display = wide or not tree.display
        tree.styles.width = 42 if wide else "1fr"
        room = max(24, self.size.width - (46 if wide else 4))
        self.query_one("#parts", Static).update(self._found(room))

    def _status(self) -> str:
        show, lang = self.shell.show, self.shell.lang
        if self.shell.read_only:
            return show(P("read-only: no file can be taken in", "只读，不能导入文件"))
        if self.phase == "looking" and self.queued:
            return show(QUEUED).replace("`", "")
        about = ""
        if self.progress is not None:
            file, rows, seconds = self.progress
            rate = f"{rows / seconds:,.0f}" if seconds > 0.2 else "-"
            about = show(P("{file}: {rows} rows, {rate} a second", "{file}：{rows} 行，每秒 {rate} 行"),
                         file=words.name_of(file), rows=f"{rows:,}", rate=rate)  # fmt: skip
        elif self.result is not None:
            about = words.summary(self.result.receipts, lang)
        phrase = {"looking": LOOKING, "seen": SEEN, "taking": TAKING, "taken": TAKEN}.get(self.phase)
        return show(EMPTY).replace("`", "") if phrase is None else show(phrase, about=about)

    def _found(self, room: int) -> Content:
        lang = self.shell.lang
        if self.back is not None:
            return words.back(self.back, lang, room)
        if self.result is None:
            hint = P("What the files would change is shown here.", "这里显示文件会带来的变化。")
            return Content(self.shell.show(hint) if self.phase == "idle" else "")
        return words.shown(self.result, lang, room)

    # --- which files ---

    @on(Input.Changed, "#path")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.stop_looking()
        if self.phase == "taking":
            return
        self.browsing = self.browsing and not self.line.has_focus
        self.phase, self.result, self.back, self.queued = "idle", None, None, False
        if self._pause is not None:
            self._pause.stop()
        if message.value.strip():
            self._pause = self.set_timer(PAUSE, self.look)
        self.say()

    @on(Folders.Picked)
    def _picked(self, message: Folders.Picked) -> None:
        """One file in place of what stands in the line, or one more, or one less."""
        message.stop()
        path = str(message.path)
        if not message.more:
            self.browsing = False
            self.line.set_paths([path])
            self.line.focus()
            return
        now = paths_of(self.line.value, self.line.real)
        self.line.set_paths([p for p in now if p != path] if path in now else [*now, path])

    def on_paste(self, event: Paste) -> None:
        """Dropped while another part of the screen had the keys."""
        event.stop()
        if not self.shell.read_only:
            self.line.take(event.text)
            self.line.focus()

    def action_browse(self) -> None:
        tree = self.query_one(Folders)
        self.browsing = not (tree.display and self.browsing)
        self.say()
        (tree if self.browsing else self.line).focus()

    def action_over(self) -> None:
        self.browsing = False
        self.say()
        self.query_one("#whole").focus()

    # --- looking ---

    def look(self) -> None:
        """Has the files looked into; nothing is written."""
        self.stop_looking()
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        self.phase, self.progress, self.back = "looking", None, None
        self.run_now = Run(self.line.value, dict(self.line.real), dict(self.shops), dry=True)
        self.result = Result(self.run_now)
        self.ask("run", running(self.shell, self, self.run_now))
        self.say()

    def stop_looking(self) -> None:
        if self.run_now is not None:
            self.run_now.stop.set()

    @on(Step)
    def _step(self, message: Step) -> None:
        message.stop()
        if message.run is not self.run_now or self.result is None:
            return
        if message.receipt is None:
            self.progress = (message.file, message.rows, message.seconds)
        else:
            self.progress = None
            self.result.receipts.append(message.receipt)
        if message.receipt is None or len(self.result.receipts) < 20 or len(self.result.receipts) % 20 == 0:
            self.say()

    def on_unmount(self) -> None:
        self.stop_looking()
