"""Folders to choose files from: no hidden files, only kinds that could be exports."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DirectoryTree
from textual.widgets._directory_tree import DirEntry
from textual.widgets._tree import TreeNode

from merchant_cli.basics.safe_text import safe_text
from tui.given import could_be, hidden


def start() -> Path:
    """The folder of downloads, else home, else where the program was started."""
    from platformdirs import user_downloads_path

    with suppress(OSError, RuntimeError):
        for folder in (user_downloads_path(), Path.home()):
            if folder.is_dir():
                return folder
    return Path.cwd()


class Folders(DirectoryTree):
    """Enter: this file, or opens the folder. Space: this too, or no more. Backspace: the folder above."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "+ ", "- ", "  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pick", show=False, id="folders.pick"),
        Binding("backspace,left,h", "above", show=False, id="folders.above"),
        Binding("j", "cursor_down", show=False, id="folders.down"),
        Binding("k", "cursor_up", show=False, id="folders.up"),
    ]

    class Picked(Message):
        """A path was chosen; `more`: beside those that are chosen already."""

        def __init__(self, path: Path, more: bool) -> None:
            super().__init__()
            self.path, self.more = path, more

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.show_guides = False
        self.guide_depth = 2

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Runs in a thread of the tree."""
        return [path for path in paths if not hidden(path.name) and (could_be(path.name) or self._safe_is_dir(path))]

    def process_label(self, label: str | Text) -> Text:
        """A name as it stands, on one line, harmless for a terminal."""
        return Text(safe_text(label if isinstance(label, str) else label.plain) or "?")

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        label = node.label.plain if isinstance(node.label, Text) else str(node.label)
        name = Text(safe_text(str(self.path)) if node is self.root else label, style)
        icon = self.ICON_FILE
        if node.allow_expand:
            icon = self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE
        return Text.assemble((icon, style), name)

    @on(DirectoryTree.FileSelected)
    def _file(self, message: DirectoryTree.FileSelected) -> None:
        message.stop()
        self.post_message(self.Picked(message.path, False))

    @on(DirectoryTree.DirectorySelected)
    def _folder(self, message: DirectoryTree.DirectorySelected) -> None:
        message.stop()

    def action_pick(self) -> None:
        node = self.cursor_node
        if node is not None and node.data is not None:
            self.post_message(self.Picked(node.data.path, True))

    def action_above(self) -> None:
        """Another root: the folder that holds this one."""
        self.path = Path(self.path).resolve().parent
