"""A screen that is a table: columns to choose, the full cell, the clipboard, a file; its rows a subclass gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from tui import rows as rowing
from tui.keys import Key, bound
from tui.screens.rows_page import FILTER, SORT, RowsPage

P = Phrase

MOST_WRITTEN = 100_000  # rows that an export holds; the rest is said

COLUMNS = Key("columns", "a", P("columns", "选择列"), foot=True, place="table")
EXPORT = Key("export", "ctrl+e", P("write file", "导出文件"), foot=True, place="table")
SPACE = Key("cell", "space", P("the whole cell", "完整单元格"), place="table")
NOTES = Key("notes", "n", P("all notes", "全部说明"), place="table")
COPY = (
    Key("copy_cell", "c", P("copy the cell", "复制单元格"), place="table"),
    Key("copy_row", "y", P("copy the row", "复制整行"), place="table"),
    Key("copy_command", "Y", P("copy the command that asks this", "复制等效命令"), place="table"),
)
__all__ = ("COLUMNS", "COPY", "EXPORT", "FILTER", "NOTES", "SORT", "SPACE", "TablePage")


class TablePage(RowsPage):
    """Subclasses give `loader` and may fill in `columns_shown`, `pane`, `command`, `file_name`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("table", (COLUMNS, EXPORT, SPACE, NOTES, *COPY))]

    def command(self) -> str:
        """The command line that gives the same answer."""
        return ""

    def file_name(self) -> str:
        """What an export is called unless another name is typed."""
        return f"{self.PLACE}.xlsx"

    def action_columns(self) -> None:
        if self.rows is None:
            return
        from tui.screens.choose import Choose

        shown, columns = self.showing(), self.rows.answer.columns
        others = [c.name for c in columns if c.name not in shown]
        labels = {c.name: c.label for c in columns}
        entries = [(name, labels[name], name in shown) for name in (*shown, *others)]
        self.app.push_screen(Choose(self.shell, P("Columns", "选择列"), entries), self._columns_chosen)

    def _columns_chosen(self, names: list[str] | None) -> None:
        if names and self.rows is not None:
            self.chosen = names
            self._set_heads(self.rows.answer)
            self.say_status()

    # --- one cell, the clipboard, a file ---

    def with_row(self, name: str) -> None:
        """Has `told_<name>` called with the row at the cursor as the answer has it."""
        if self.rows is not None:
            rows, position = self.rows, self.grid.cursor
            self.ask(name, lambda db: rows.raw(db, position))

    def action_cell(self) -> None:
        self.with_row("cell")

    def told_cell(self, row: tuple[Any, ...] | None) -> None:
        from tui.screens.reader import Reader

        if row is not None and self.rows is not None:
            answer, at = self.rows.answer, self.grid.current_column
            self.app.push_screen(
                Reader(self.shell, answer.columns[at].label, lambda lang: rowing.full(answer, row, at, lang))
            )

    def action_notes(self) -> None:
        from tui.screens.reader import Reader

        self.app.push_screen(Reader(self.shell, P("Notes", "说明"), lambda lang: "\n\n".join(self.notes())))

    def action_copy_cell(self) -> None:
        self.with_row("copy_cell")

    def told_copy_cell(self, row: tuple[Any, ...] | None) -> None:
        if row is not None and self.rows is not None:
            self._copy(rowing.copied(self.rows.answer, row, self.shell.lang, [self.grid.current_column]))

    def action_copy_row(self) -> None:
        self.with_row("copy_row")

    def told_copy_row(self, row: tuple[Any, ...] | None) -> None:
        if row is not None and self.rows is not None:
            self._copy(rowing.copied(self.rows.answer, row, self.shell.lang, self.grid.showing))

    def action_copy_command(self) -> None:
        self._copy(self.command())

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.toast(P("Copied: {text}", "已复制：{text}"), text=safe_text(text, limit=60))

    def action_export(self) -> None:
        from tui.screens.form import Field, Form

        about = P("A file that ends in .xlsx .csv .json or .md", "文件名以 .xlsx .csv .json 或 .md 结尾")
        field = Field("path", P("File", "文件"), about, self.file_name())
        title = P("Write what is seen to a file", "把所见内容写入文件")
        self.app.push_screen(Form(self.shell, title, [field]), self._export_named)

    def _export_named(self, values: dict[str, str] | None) -> None:
        if values and self.rows is not None:
            from tui.write_file import written

            path = Path(values["path"].strip()).expanduser()
            self.ask("export", written(self.rows, self.showing(), path, self.shell.lang, self.titled(), MOST_WRITTEN))

    def told_export(self, result: tuple[Path, int, int]) -> None:
        path, written, total = result
        if written < total:
            self.toast(P("Only the first {n} of {total} rows were written to {path}.",
                         "只写入了前 {n} 行（共 {total} 行）：{path}"),
                       problem=True, n=f"{written:,}", total=f"{total:,}", path=path)  # fmt: skip
        else:
            self.toast(P("{n} {n:row|rows} written to {path}", "已将 {n} 行写入 {path}"), n=f"{written:,}", path=path)
