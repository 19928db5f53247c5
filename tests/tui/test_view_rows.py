"""Pages of a big view: the same rows in the same order as one SELECT, whatever the sort and filter."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from merchant_cli.store import open as opening
from tui.browsed import VIEWS
from tui.rows import Order
from tui.view_rows import ViewRows


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("down", [False, True])
def test_pages_are_the_whole(view: str, down: bool, example: Path) -> None:
    """Every row once, sorted by the fifth column, unknown last; the first page is the same before all is counted."""
    by = VIEWS[view].columns[4].name
    with closing(opening.read(example)) as db:
        rows = ViewRows(db, view)
        first = rows.arrange(db, Order(by, down), "en", 7)
        total = rows.whole(db)
        assert total == db.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
        found = [row for n in range(0, total, 50) for row in rows.part(db, n, 50, "en").rows]
        assert len({row.key for row in found}) == total and found[:7] == first.rows
        values = [row[0] for row in db.execute(f"SELECT {by} FROM {view} ORDER BY {by} IS NULL, {by} {'DESC' * down}")]
        assert [rows.raw(db, n)[4] for n in (0, total // 2, total - 1)] == [  # type: ignore[index]
            values[n] for n in (0, total // 2, total - 1)
        ]
        assert rows.position(db, found[total // 2].key) == total // 2


def test_the_filter_takes_signs_literally(example: Path) -> None:
    with closing(opening.read(example)) as db:
        rows = ViewRows(db, "order_lines")
        for words in ("%", "_", "':w1 x", "' OR 1=1 --", "\\"):
            rows.arrange(db, Order(words=words), "en", 5)
            like = words.split()
            sql = "SELECT title, order_id, sku, code, options, shop FROM order_lines"
            texts = ["\n".join(str(cell or "") for cell in row).lower() for row in db.execute(sql)]
            expected = sum(all(word.lower() in text for word in like) for text in texts)
            assert rows.whole(db) >= expected and (expected or words not in ("%",) or rows.whole(db) == 0)


def test_contacts_in_reviews_are_masked(store: Path, tmp_path: Path) -> None:
    from merchant_cli.app import main

    sheet = tmp_path / "reviews.csv"
    sheet.write_text(
        "Review id,Shop,SKU,Reviewed on,Stars,Review text\nR1,,A-1,2025-03-01,1,call 13800138000\n",
        encoding="utf-8-sig",
    )
    assert main(["import", str(sheet), "--quiet"]) == 0
    with closing(opening.read(store)) as db:
        rows = ViewRows(db, "reviews")
        shown = rows.arrange(db, Order(), "en", 5).rows[0].cells
        assert "call 138****8000" in shown
        assert "call 138****8000" in rows.seen(db, 5)[0]
