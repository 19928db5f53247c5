"""A table of any length: only the rows on the screen are drawn, and only pages near them are kept.

It knows columns and finished texts. For rows that it lacks it posts Wants, and whoever has them calls `put`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.lay_out import GAP, Head, fit, fit_title, laid_out

PAGE = 200  # rows that are asked for at once
KEPT = 12  # pages that are kept
GUTTER = 2  # cells of the mark before the row


class Shown(NamedTuple):
    """One row as people read it: its key, and the texts of all columns."""

    key: str
    cells: tuple[str, ...]


class Grid(ScrollView, can_focus=True):
    """The table; `cursor` is a row's position from 0, `column` a place among the visible columns."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--head", "grid--cursor", "grid--cell", "grid--wait"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="grid.up"),
        Binding("down,j", "move(1)", show=False, id="grid.down"),
        Binding("pageup,ctrl+b", "page(-1)", show=False, id="grid.pageup"),
        Binding("pagedown,ctrl+f", "page(1)", show=False, id="grid.pagedown"),
        Binding("home,g", "first", show=False, id="grid.first"),
        Binding("end,G", "last", show=False, id="grid.last"),
        Binding("left,h", "side(-1)", show=False, id="grid.left"),
        Binding("right,l", "side(1)", show=False, id="grid.right"),
    ]

    class Wants(Message):
        """Rows from position `first` on are needed, `count` of them."""

        def __init__(self, first: int, count: int) -> None:
            super().__init__()
            self.first, self.count = first, count

    class Moved(Message):
        """The cursor stands on another row, or its row has come."""

    class Chosen(Message):
        """A row was double-clicked."""

    class Sort(Message):
        """The title of the column at the cursor was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[Head, ...] = ()
        self.showing: list[int] = []
        self.sorted_by: tuple[str, bool] | None = None
        self.total = 0
        self.cursor = 0
        self.column = 0
        self.marked: set[str] = set()  # keys of rows that the merchant marked
        self._offset = 1
        self._pages: dict[int, list[Shown]] = {}
        self._natural: list[int] = []
        self._lay: list[tuple[int, int]] = []
        self._wanted: tuple[int, int] | None = None

    # --- what is shown ---

    def set_heads(self, heads: Sequence[Head], showing: Sequence[int]) -> None:
        """The columns, and which of them are shown in which order."""
        if len(heads) != len(self.heads):
            self._natural = [0] * len(heads)
        self.heads, self.showing = tuple(heads), list(showing)
        self.column = min(self.column, max(0, len(self.showing) - 1))
        self._offset = 1
        self._lay_out()

    def reset(self, total: int, first: Sequence[Shown], cursor: int = 0) -> None:
        """Other rows: so many, of which the `first` are these."""
        self._pages.clear()
        self._wanted = None
        self._natural = [0] * len(self.heads)
        self.total = total
        self.cursor = max(0, min(cursor, total - 1))
        self.virtual_size = Size(0, total + 1)
        self._keep(0, first)
        self._scroll_to_cursor()
        self._shown_anew()

    def grow(self, total: int) -> None:
        """The number of rows is known by now; what is shown stays."""
        self.total = total
        self.virtual_size = Size(0, total + 1)
        self.cursor = max(0, min(self.cursor, total - 1))
        self._shown_anew()

    def forget(self) -> None:
        """Asks for the rows on the screen anew: they read differently now."""
        self._pages.clear()
        self._wanted = None
        self._natural = [0] * len(self.heads)
        self._want()

    def put(self, first: int, rows: Sequence[Shown]) -> None:
        """Rows that were wanted."""
        self._wanted = None
        self._keep(first, rows)
        self._shown_anew()

    def _keep(self, first: int, rows: Sequence[Shown]) -> None:
        for start in range(0, len(rows), PAGE):
            number = (first + start) // PAGE
            self._pages.pop(number, None)
            self._pages[number] = list(rows[start : start + PAGE])
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        for row in rows:
            for i, text in enumerate(row.cells):
                if len(text) > self._natural[i] or not text.isascii():
                    self._natural[i] = max(self._natural[i], min(cell_len(text), 200))

    def _shown_anew(self) -> None:
        self._lay_out()
        self._want()
        self.post_message(self.Moved())

    def row(self, position: int) -> Shown | None:
        """The row at a position, None if it is not here (yet)."""
        page = self._pages.get(position // PAGE)
        at = position % PAGE
        return page[at] if page is not None and at < len(page) else None

    @property
    def current(self) -> Shown | None:
        return self.row(self.cursor) if self.total else None

    @property
    def current_column(self) -> int:
        """The index of the column at the cursor."""
        return self.showing[self.column] if self.showing else 0

    @property
    def left_out(self) -> int:
        """How many visible columns there is no room for now."""
        return len(self.showing) - len(self._lay)

    # --- layout ---

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _lay_out(self) -> None:
        room = self._width - GUTTER
        if room <= 0 or not self.showing:
            return
        columns = self.showing[:1] + self.showing[self._offset :]
        titles = [self._title(i) for i in range(len(self.heads))]
        self._lay = laid_out(columns, titles, self.heads, self._natural, room)
        self.refresh()

    def _show_column(self) -> None:
        """Moves the columns until the one at the cursor is among those shown."""
        if self.column < self._offset:
            self._offset = max(1, self.column)
        self._lay_out()
        while self.current_column not in [i for i, _ in self._lay] and self._offset < len(self.showing) - 1:
            self._offset += 1
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()
        self._scroll_to_cursor()
        self._want()

    # --- drawing ---

    def render_line(self, y: int) -> Strip:
        plain = self.rich_style
        if y == 0:
            titles = [fit_title(self._title(i), width, self.heads[i].right) for i, width in self._lay]
            return self._line("  ", titles, plain + self.get_component_rich_style("grid--head", partial=True))
        position = self.scroll_offset.y + y - 1
        if position >= self.total:
            return Strip.blank(self._width, plain)
        row = self.row(position)
        if row is None:
            wait = plain + self.get_component_rich_style("grid--wait", partial=True)
            return Strip([Segment("  ...", wait)]).adjust_cell_length(self._width, wait)
        at_cursor = position == self.cursor
        style = plain + self.get_component_rich_style("grid--cursor", partial=True) if at_cursor else plain
        mark = (">" if at_cursor else " ") + ("*" if row.key in self.marked else " ")
        return self._line(mark, [row.cells[i] for i, _ in self._lay], style, at_cursor)

    def _title(self, i: int) -> str:
        head = self.heads[i]
        if self.sorted_by is None or self.sorted_by[0] != head.name:
            return head.label
        return head.label + (" v" if self.sorted_by[1] else " ^")

    def _line(self, mark: str, texts: list[str], style: Style, at_cursor: bool = False) -> Strip:
        segments = [Segment(mark, style)]
        for place, ((i, width), text) in enumerate(zip(self._lay, texts, strict=True)):
            here = at_cursor and self.has_focus and i == self.current_column
            cell = style + self.get_component_rich_style("grid--cell", partial=True) if here else style
            gap = GAP if place else ""
            segments.append(Segment(gap, style))
            segments.append(Segment(fit(text, width, self.heads[i].right), cell))
        return Strip(segments).adjust_cell_length(self._width, style)

    # --- moving ---

    def move_to(self, position: int) -> None:
        """Puts the cursor on a row."""
        position = max(0, min(position, self.total - 1))
        if position != self.cursor:
            before, top = self.cursor, self.scroll_offset.y
            self.cursor = position
            self._scroll_to_cursor()
            if self.scroll_offset.y == top:
                self.refresh_lines(before + 1)
                self.refresh_lines(position + 1)
            else:
                self.refresh()
            self._want()
            self.post_message(self.Moved())

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _scroll_to_cursor(self) -> None:
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + self._height:
            self.scroll_to(y=self.cursor - self._height + 1, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _want(self) -> None:
        """Asks for the pages of the rows on the screen that are not here."""
        top = self.scroll_offset.y
        last = min(self.total - 1, top + self._height)
        missing = [n for n in range(top // PAGE, last // PAGE + 1) if n not in self._pages] if self.total else []
        if missing:
            wanted = (missing[0] * PAGE, (missing[-1] - missing[0] + 1) * PAGE)
            if wanted != self._wanted:
                self._wanted = wanted
                self.post_message(self.Wants(*wanted))

    def action_move(self, by: int) -> None:
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        self.move_to(self.cursor + by * self._height)

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.total - 1)

    def action_side(self, by: int) -> None:
        self.column = max(0, min(self.column + by, len(self.showing) - 1))
        self._show_column()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        x = event.x - GUTTER
        for i, width in self._lay:
            if x < width + len(GAP):
                self.column = self.showing.index(i)
                break
            x -= width + len(GAP)
        if event.y == 0:
            self.post_message(self.Sort())
            return
        self.move_to(self.scroll_offset.y + event.y - 1)
        self.refresh()
        if event.chain > 1:
            self.post_message(self.Chosen())
