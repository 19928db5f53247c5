"""The take-in screen: which files are meant, what they would change, taking them in and back."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from merchant_cli.app import main
from merchant_cli.intake.in_words import count_lines
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import open as opening
from merchant_cli.store.digest import stored_digest
from merchant_cli.store.proposals import Proposal
from tests.conftest import EXAMPLE
from tests.tui.tui_tools import check_fits, lines, pressed, run, settled, text
from tui import given, taking
from tui.app import MerchantApp
from tui.given import below, paths_of
from tui.screens.take_in import TakeIn
from tui.screens.today import Today
from tui.widgets.folders import Folders

SIZES = [(80, 24), (120, 40)]
ORDERS, PRODUCTS = "orders_export_20261115.csv", "products_export_20261115.csv"
NAMES = ("[red]x[].csv", "[@click=app.quit]go.csv", "esc\x1b[2J\x1b]0;x\x07.csv", "rtl\u202e.csv", "two\nlines.csv",
         "-rf.csv", "空 格'“”.csv", "[.csv")  # fmt: skip
HEAD = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Refunded Amount\n"
)


def digest(store: Path) -> str:
    with closing(opening.read(store)) as db:
        return stored_digest(db)


def imports(store: Path) -> list[tuple[Any, ...]]:
    with closing(opening.read(store)) as db:
        return db.execute("SELECT no, state FROM imports ORDER BY no").fetchall()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, whose folder of downloads is where choosing starts."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    return folder


async def until(app: MerchantApp, pilot: Any, done: Callable[[], bool]) -> str:
    """Waits for something to come true; what is on the screen then."""
    for _ in range(1500):
        await pilot.pause()
        if done():
            await settled(app, pilot)
            return text(app)
        await asyncio.sleep(0.01)
    raise AssertionError(text(app))


async def opened(app: MerchantApp, pilot: Any) -> TakeIn:
    await pressed(app, pilot, "i")
    assert isinstance(app.screen, TakeIn)
    return app.screen


async def dropped(app: MerchantApp, pilot: Any, *paths: str | Path, phase: str = "seen") -> TakeIn:
    """The screen with files dropped on it, once they were looked into."""
    page = app.screen if isinstance(app.screen, TakeIn) else await opened(app, pilot)
    app.post_message(Paste("\n".join(str(path) for path in paths)))
    await until(app, pilot, lambda: page.phase == phase)
    return page


def one_line(app: MerchantApp) -> str:
    """The screen without line breaks and the spaces around them."""
    return " ".join(" ".join(lines(app)).split())


# --- which files ---


def test_paths_as_they_are_typed_pasted_and_dropped(tmp_path: Path) -> None:
    a, b, c = tmp_path / "a.csv", tmp_path / "My 订单 (1).csv", tmp_path / "John's.csv"
    for path in (a, b, c):
        path.write_text("x")
    both = [str(a), str(b)]
    assert paths_of(str(b)) == [str(b)]
    assert paths_of(f"{a} {b}") == both  # two in one line, the second with spaces that nobody quoted
    assert paths_of(f"'{a}' '{b}'") == both
    assert paths_of(f'"{a}" "{b}"\n') == both
    assert paths_of(f"{a}\n{b}\n{a}\n") == both
    assert paths_of(f"{a}⏎{b}") == both
    assert paths_of(str(b).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")) == [str(b)]
    assert paths_of(b.as_uri()) == [str(b)] and "%20" in b.as_uri()
    assert paths_of(f"{a.as_uri()}\r\n{b.as_uri()}\r\n") == both
    assert paths_of(str(c)) == [str(c)]
    assert paths_of(f"'{tmp_path}/John'\\''s.csv'") == [str(c)]
    assert paths_of(f"& '{b}'") == [str(b)]
    assert paths_of("'not closed") == ["'not", "closed"]
    assert paths_of(r'"C:\My Files\a b.csv" D:\c.csv', windows=True) == [r"C:\My Files\a b.csv", r"D:\c.csv"]
    assert paths_of("file:///C:/My%20Files/a.csv", windows=True) == ["C:/My Files/a.csv"]
    assert paths_of("  \n ") == []
    assert paths_of("\0") == ["\0"]


def test_files_below_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/a.csv", "in/deep/b.XLSX", "in/photo.jpg", "in/.hidden.csv", "in/~$b.xlsx", "in/.git/c.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = below([str(tmp_path / "in")])
    assert [Path(file).name for file in found.files] == ["a.csv", "b.XLSX"] and found.others == 1
    odd = below([str(tmp_path / "in" / "photo.jpg"), str(tmp_path / "no"), str(tmp_path / "in" / ".git" / ".." / "..")])
    assert odd.files[0].endswith("photo.jpg") and odd.missing == (str(tmp_path / "no"),)
    monkeypatch.setattr(given, "MOST", 1)
    assert below([str(tmp_path / "in")]).too_many == str(tmp_path / "in")


# --- looking and taking in ---


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_preview_says_what_the_receipt_says_and_writes_nothing(store: Path, lang: str, size: tuple[int, int]) -> None:
    files = [EXAMPLE / ORDERS, EXAMPLE / PRODUCTS, EXAMPLE / "成本与供应商.xlsx"]
    wanted = list(take_in(store, [str(file) for file in files], Asked(dry_run=True)))

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        check_fits(app)
        await dropped(app, pilot, *files)
        check_fits(app)
        shown = one_line(app)
        for receipt in wanted:
            assert Path(receipt.path).name in shown
            assert count_lines(receipt.as_json(lang), lang)[0] in shown
        other = "zh" if lang == "en" else "en"
        await pressed(app, pilot, "ctrl+l")
        shown = one_line(app)
        assert all(count_lines(receipt.as_json(other), other)[0] in shown for receipt in wanted)
        check_fits(app)

    run(store, use, lang=lang, size=size)
    assert not store.exists()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_first_take_in_leads_to_the_worklist(store: Path, size: tuple[int, int]) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await dropped(app, pilot, EXAMPLE / ORDERS, EXAMPLE / PRODUCTS)
        await pilot.press("enter")
        await until(app, pilot, lambda: isinstance(app.screen, Today) and "shopify/main" in text(app))

    run(store, use, size=size)
    assert [state for _, state in imports(store)] == ["applied", "applied"]


def test_take_in_and_undo(example: Path, tmp_path: Path) -> None:
    """One paid order is refunded in a newer file: the preview says so; u gives the store back as it was."""
    with (EXAMPLE / ORDERS).open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["Financial Status"] == "paid")
    row |= {"Financial Status": "refunded", "Refunded Amount": row["Total"]}
    newer = tmp_path / "orders_export_20261116.csv"
    with newer.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, row)
        writer.writeheader()
        writer.writerow(row)
    before, count = digest(example), len(imports(example))

    async def use(app: MerchantApp, pilot: Any) -> None:
        await dropped(app, pilot, newer)
        shown = one_line(app)
        assert "Preview, nothing is written" in shown and f"→ {row['Total']}" in shown
        assert digest(example) == before
        page = app.screen
        assert isinstance(page, TakeIn)
        await pilot.press("enter")
        shown = await until(app, pilot, lambda: page.phase == "taken")
        assert f"taken in as import {count + 1}" in shown
        assert digest(example) != before
        await pressed(app, pilot, "enter")  # once more changes nothing
        assert len(imports(example)) == count + 1
        await pilot.press("u")
        shown = await until(app, pilot, lambda: page.phase == "back")
        assert f"Import {count + 1} (orders_export_20261116.csv) is taken back" in one_line(app)
        check_fits(app)
        assert "已撤销" in await pressed(app, pilot, "ctrl+l")
        await pressed(app, pilot, "u")  # nothing is left to undo
        assert digest(example) == before

    run(example, use, size=(120, 40))
    assert imports(example)[-1] == (count + 1, "void")


def test_the_same_file_again_is_nothing_new(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await dropped(app, pilot, EXAMPLE / ORDERS)
        assert "already taken in" in one_line(app) and "1 taken in before" in one_line(app)
        await pressed(app, pilot, "enter")
        assert page.phase == "seen"

    count = len(imports(example))
    run(example, use)
    assert len(imports(example)) == count


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_literal(store: Path, home: Path, name: str, size: tuple[int, int]) -> None:
    """Chosen among the folders, shown harmless, looked into and taken in under its own name."""
    shutil.copy(EXAMPLE / PRODUCTS, home / name)

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        tree = app.screen.query_one(Folders)
        await until(app, pilot, lambda: len(tree.root.children) == 1)
        check_fits(app)
        await pressed(app, pilot, "tab", "down", "enter")
        await until(app, pilot, lambda: page.phase == "seen")
        check_fits(app)
        assert "41 new" in one_line(app)
        await pilot.press("enter")
        await until(app, pilot, lambda: isinstance(app.screen, Today))
        check_fits(app)

    run(store, use, size=size)
    with closing(opening.read(store)) as db:
        assert db.execute("SELECT name FROM imports").fetchall() == [(str(home / name),)]


def test_several_are_chosen_with_space(store: Path, home: Path) -> None:
    for name in (ORDERS, PRODUCTS, "成本与供应商.xlsx"):
        shutil.copy(EXAMPLE / name, home / name)
    (home / "photo.jpg").write_text("x")
    (home / ".secret.csv").write_text("x")

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        tree = app.screen.query_one(Folders)
        await until(app, pilot, lambda: len(tree.root.children) == 3)
        await pressed(app, pilot, "tab", "down", "space", "down", "space", "down", "space", "up", "space")
        await until(app, pilot, lambda: page.phase == "seen")
        assert [Path(path).name for path in paths_of(page.line.value)] == [ORDERS, "成本与供应商.xlsx"]
        check_fits(app)
        await pressed(app, pilot, "backspace")
        assert Path(tree.path) == home.parent

    run(store, use)


def test_what_leads_to_no_file_is_said(store: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 no zip")

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await dropped(
            app, pilot, tmp_path / "none", tmp_path / "gone.csv", tmp_path / "odd.csv", tmp_path / "cut.xlsx"
        )
        shown = one_line(app)
        for said in ("There is no", "no file that could be an export", "No importer knows this file", "2 refused"):
            assert said in shown
        check_fits(app)
        await pressed(app, pilot, "enter")
        assert page.phase == "seen"
        await pressed(app, pilot, "ctrl+l")
        assert "没有可导入的文件" in one_line(app).replace(" ", "")
        await pressed(app, pilot, "escape")
        assert page.phase == "idle" and page.line.value == ""
        await pressed(app, pilot, "enter", "escape")
        assert isinstance(app.screen, Today)

    run(store, use, size=(120, 40))
    assert not store.exists()


def test_dropped_on_the_worklist(store: Path) -> None:
    """What is dropped on another screen opens this one."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        app.post_message(Paste(str(EXAMPLE / PRODUCTS)))
        await until(app, pilot, lambda: isinstance(app.screen, TakeIn) and app.screen.phase == "seen")
        assert PRODUCTS in text(app)

    run(store, use)


def test_which_shop_is_asked(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "#{},paid,2026-11-0{} 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1,\n"
    for n in (1, 2, 3):
        (tmp_path / f"orders_export_2026111{n}.csv").write_text(HEAD + row.format(n, n))
    for n, shop in ((1, "shopify/main"), (2, "shopify/second")):
        assert main(["import", str(tmp_path / f"orders_export_2026111{n}.csv"), "--shop", shop, "--quiet"]) == 0

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await dropped(app, pilot, tmp_path / "orders_export_20261112.csv")
        await pressed(app, pilot, "enter")  # the same bytes as before: that shop stands in the line already
        assert app.screen.query_one("#field-shop0").value == "shopify/second"  # type: ignore[attr-defined]
        await pressed(app, pilot, "escape", "escape")
        await dropped(app, pilot, tmp_path / "orders_export_20261113.csv")
        assert "not certain which shop" in one_line(app)
        await pressed(app, pilot, "enter")
        line = app.screen.query_one("#field-shop0")
        assert "one of: shopify/main, shopify/second" in one_line(app)
        check_fits(app)
        line.value = "taobao/x"  # type: ignore[attr-defined]
        await pressed(app, pilot, "enter")
        assert app.screen is not page and "cannot be set to" in one_line(app)
        line.value = "shopify/second"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(app, pilot, lambda: app.screen is page and page.phase == "seen")
        assert "shopify/second" in text(app)
        await pilot.press("enter")
        await until(app, pilot, lambda: page.phase == "taken")

    run(store, use)
    with closing(opening.read(store)) as db:
        sold = db.execute("SELECT shop FROM orders WHERE order_id = '#3'").fetchall()
    assert sold == [("shopify/second",)]


def test_what_came_of_proposals_is_said(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What verify finds after the import stands above the receipts (how it finds it: tests/send)."""
    one = Proposal("inventory/oversold/sku:A-1", "lower-listed-units", "shopify", "[red]Mug[/]", {}, {}, "2026-11-15",
                   state="verified", number=7)  # fmt: skip
    monkeypatch.setattr(taking.verify, "after_change", lambda store, doing: [one])
    main(["import", str(EXAMPLE / PRODUCTS), "--quiet"])

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await dropped(app, pilot, EXAMPLE / "评价.csv")
        await pilot.press("enter")
        await until(app, pilot, lambda: page.phase == "taken")
        assert "Proposal 7, [red]Mug[/]: verified." in text(app)
        assert "建议 7，[red]Mug[/]：已生效。" in await pressed(app, pilot, "ctrl+l")

    run(store, use)


# --- what may go wrong ---


def test_busy_store_is_said(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(opening.write.__wrapped__.__kwdefaults__, "wait", 0.1)  # type: ignore[attr-defined]
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with opening.write(example, "somebody else"):
            held.set()
            go.wait(30)

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        holder = threading.Thread(target=hold)
        holder.start()
        try:
            held.wait(10)
            page = await dropped(app, pilot, EXAMPLE / "评价.csv")
            assert "somebody else" in text(app)
            check_fits(app)
        finally:
            go.set()
            holder.join()
        page.look()
        await until(app, pilot, lambda: page.phase == "seen")
        assert "somebody else" not in text(app) and "already taken in" in text(app)

    run(example, use)


def test_damaged_store_is_said(store: Path) -> None:
    store.write_bytes(b"this is no database at all" * 100)

    async def use(app: MerchantApp, pilot: Any) -> None:
        await dropped(app, pilot, EXAMPLE / ORDERS, phase="idle")
        await until(app, pilot, lambda: "damaged" in text(app))
        assert "error" not in text(app) and not isinstance(app.screen, Today)
        check_fits(app)

    run(store, use)


def test_esc_before_it_starts(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter while the preview is being made takes in when it is done, unless Esc comes before."""
    file, go = tmp_path / "orders_export_20261117.csv", threading.Event()
    file.write_text(HEAD + "#9001,paid,2026-11-15 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1,\n")

    def slow(*args: Any) -> Iterator[Any]:
        go.wait(30)
        yield from take_in(*args)

    monkeypatch.setattr(taking, "take_in", slow)
    count = len(imports(example))

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        for cancel in (True, False):
            go.clear()
            page.line.set_paths([str(file)])
            await pilot.press("enter")
            assert "as soon as the preview is done" in one_line(app)
            if cancel:
                await pilot.press("escape")
            go.set()
            await until(app, pilot, lambda: page.phase == ("seen" if cancel else "taken"))  # noqa: B023
            assert len(imports(example)) == count + (not cancel)
            page.line.value = ""
            await pilot.pause()

    run(example, use)


def test_read_only_takes_nothing_in(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        assert "read-only" in text(app)
        app.post_message(Paste(str(EXAMPLE / ORDERS)))
        await pressed(app, pilot, "enter")
        assert page.phase == "idle"
        check_fits(app)

    run(example, use, read_only=True)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_hostile_files_are_literal(store: Path, hostile_made: Path, size: tuple[int, int]) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await dropped(app, pilot, hostile_made.parent / "files")
        for key in ("f6", "pagedown", "pagedown", "end", "ctrl+l"):
            await pressed(app, pilot, key)
            check_fits(app)
        await pressed(app, pilot, "enter")
        await until(app, pilot, lambda: page.phase == "taken" or isinstance(app.screen, Today))
        check_fits(app)
        assert imports(store), "nothing was taken in"

    run(store, use, size=size)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that may not be read")
def test_a_file_that_may_not_be_read(store: Path, tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / ORDERS, tmp_path / "mine.csv")
    (tmp_path / "mine.csv").chmod(0)

    async def use(app: MerchantApp, pilot: Any) -> None:
        await dropped(app, pilot, tmp_path / "mine.csv")
        assert "1 refused" in one_line(app)

    run(store, use)
