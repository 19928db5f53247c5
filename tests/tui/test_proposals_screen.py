"""The proposals screens: what waits, its diff, the merchant's word, and the files that come of it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.store import open as opening
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import Cell, Proposal
from tests.tui.conftest import HOSTILE
from tests.tui.tui_tools import check_fits, pressed, run, settled, text
from tui.app import MerchantApp
from tui.screens.proposals import Proposals
from tui.screens.sure import Sure

SIZES = [(80, 24), (120, 40)]


def states(store: Path) -> dict[int, str]:
    with closing(opening.read(store)) as db:
        return {one.number: one.state for one in kept.listed(db)}


def add(store: Path, **said: Any) -> int:
    """A proposal of its own making."""
    usual: dict[str, Any] = {
        "address": "inventory/oversold/sku:A-1", "action": "lower-listed-units", "platforms": "shopify",
        "subject": "Mug", "evidence": {}, "params": {}, "as_of": "2026-11-15",
    }  # fmt: skip
    with opening.write(store, "test") as db:
        return kept.add(db, Proposal(**(usual | said)))


@pytest.fixture
def proposed(example: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The example shop; 1: too many listed, 2: a price below its floor."""
    assert main(["inventory", "oversold", "--propose", "--quiet"]) == 0
    assert main(["listings", "below-floor", "--propose", "--quiet"]) == 0
    assert states(example) == {1: "proposed", 2: "proposed"}
    capsys.readouterr()
    return example


async def opened(app: MerchantApp, pilot: Any) -> Proposals:
    await pressed(app, pilot, "p")
    assert isinstance(app.screen, Proposals)
    return app.screen


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_list_and_diff(proposed: Path, lang: str, size: tuple[int, int]) -> None:
    """The newest that waits stands first; Enter shows old and new, evidence and metric; both switch in place."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        check_fits(app)
        assert ("proposed" if lang == "en" else "待审批") in text(app)
        await pressed(app, pilot, "j")
        shown = await pressed(app, pilot, "enter")
        check_fits(app)
        wanted = [("1 shop offers 12, 9 are free to sell: 3 too many.", "1 家店铺共上架 12 件"), ("12 → 9", "12 → 9"),
                  ("Listed units", "上架数量"), ("Next: a approves", "下一步：按 a 批准")]  # fmt: skip
        at = 0 if lang == "en" else 1
        assert [pair[at] for pair in wanted if pair[at][:20] not in shown] == []
        other = await pressed(app, pilot, "ctrl+l")
        assert [pair[1 - at] for pair in wanted if pair[1 - at][:8] not in other] == []
        check_fits(app)
        await pressed(app, pilot, "escape")
        assert isinstance(app.screen, Proposals)
        assert app.screen.grid.cursor == 1

    run(proposed, use, lang=lang, size=size)


def test_empty_store_says_how_proposals_come(store: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        assert "P proposes the row" in text(app)
        for key in ("a", "r", "z", "enter", "m", "M", "w"):
            await pressed(app, pilot, key)
            assert isinstance(app.screen, Proposals)
        assert "按 P" in await pressed(app, pilot, "ctrl+l")

    run(store, use)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_hostile_texts_are_literal(hostile: Path, size: tuple[int, int]) -> None:
    for n, bad in enumerate(HOSTILE):
        cells = [Cell("shopify/main", bad[:80], f"v{n}", "listed_units", 5, 3)]
        add(hostile, address=f"inventory/oversold/sku:{n}", subject=bad, why=bad, owner=bad[:200], cells=cells,
            evidence={"why": {"en": bad, "zh": bad}}, params={"sku": bad[:60], "supplier": bad})  # fmt: skip

    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        check_fits(app)
        assert "[red]ok[/red]" in await pressed(app, pilot, "G")
        for place in range(0, len(HOSTILE), 1 if size == SIZES[0] else 5):
            page.grid.move_to(place)
            await pressed(app, pilot, "enter")
            check_fits(app)
            await pressed(app, pilot, "end")
            check_fits(app)
            await pressed(app, pilot, "escape")

    run(hostile, use, size=size)


def test_states_are_filtered_and_rows_marked(proposed: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        page = await opened(app, pilot)
        assert "2 marked" in await pressed(app, pilot, "M")
        assert page.numbers() == [1, 2]
        assert "marked" not in await pressed(app, pilot, "M")
        await pressed(app, pilot, "v")
        assert page.numbers() == [2]
        await pressed(app, pilot, "m", "f", "space", "enter")  # all states but `proposed`
        assert "0 rows" in text(app) and "only: put off" in text(app)
        assert page.numbers() == []

    run(proposed, use)


def test_a_price_is_asked_for_once_more(proposed: Path) -> None:
    """37.50 → 38.02 USD: the dialog says both totals; Enter alone is no yes, n leaves it, y approves."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        shown = await pressed(app, pilot, "a")
        assert isinstance(app.screen, Sure)
        assert "37.50 USD" in shown and "38.02 USD" in shown and "1 proposal" in shown
        check_fits(app)
        await pressed(app, pilot, "enter")
        assert isinstance(app.screen, Sure)
        await pressed(app, pilot, "n")
        assert states(proposed)[2] == "proposed"
        await pressed(app, pilot, "a")
        shown = await pressed(app, pilot, "y")
        assert states(proposed) == {1: "proposed", 2: "approved"}
        assert "w writes the files" in " ".join(shown.split()).replace("▌ ", "")
        await pressed(app, pilot, "a")  # again changes nothing
        assert states(proposed)[2] == "approved"

    run(proposed, use, size=(120, 40))


@pytest.mark.parametrize(("count", "asks"), [(50, False), (51, True)])
def test_more_than_50_rows_are_asked_for_once_more(proposed: Path, count: int, asks: bool) -> None:
    cells = [Cell("shopify/main", "cup", str(n), "listed_units", 9, 1) for n in range(count)]
    number = add(proposed, address="inventory/oversold/sku:CUP", cells=cells)

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        shown = await pressed(app, pilot, "a")
        assert isinstance(app.screen, Sure) is asks
        assert ("51 rows will change" in shown) is asks
        assert states(proposed)[number] == ("proposed" if asks else "approved")

    run(proposed, use)


def test_refuse_and_put_off(proposed: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        await pressed(app, pilot, "r", *"late", "enter")
        await pressed(app, pilot, "g", "z")  # what waits stands before what was refused
        app.screen.query_one("#field-until").value = "2026-11-15"  # type: ignore[attr-defined]
        shown = await pressed(app, pilot, "enter")
        assert "after 2026-11-15" in shown  # not a day after the data: said, and the form stays
        app.screen.query_one("#field-until").value = "2026-11-20"  # type: ignore[attr-defined]
        await pressed(app, pilot, "enter")
        check_fits(app)

    run(proposed, use)
    with closing(opening.read(proposed)) as db:
        one, two = kept.listed(db)
    assert {(one.number, one.state, one.until_day, one.why), (two.number, two.state, two.until_day, two.why)} == {
        (1, "proposed", "2026-11-20", None), (2, "refused", None, "late")}  # fmt: skip


def test_send_writes_the_file_and_says_where(proposed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "up [red]x[/] 上传"

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        await pressed(app, pilot, "w")
        assert isinstance(app.screen, Proposals)  # nothing is approved yet
        await pressed(app, pilot, "M", "a", "y", "w")
        app.screen.query_one("#field-folder").value = str(folder)  # type: ignore[attr-defined]
        shown = "".join((await pressed(app, pilot, "enter")).split())
        for path in folder.iterdir():
            assert path.name in shown
        assert "up[red]x[/]上传" in shown.replace("|", "")
        check_fits(app)
        await pressed(app, pilot, "escape")
        assert "sent" in text(app)
        await pressed(app, pilot, "w")  # all is sent
        assert isinstance(app.screen, Proposals)

    run(proposed, use, size=(120, 40))
    assert states(proposed) == {1: "sent", 2: "sent"}
    files = sorted(path for path in folder.iterdir() if path.suffix == ".csv")
    assert len(files) == 2 and all(path.with_name(f"{path.stem}-diff.xlsx").exists() for path in files)
    rows = [row for path in files for row in csv.reader(path.read_text(encoding="utf-8").splitlines())]
    assert any("38.02" in row for row in rows)


def test_a_folder_that_cannot_be_is_said(proposed: Path, tmp_path: Path) -> None:
    """A file stands where the folder should be: the screen says so, nothing is sent."""
    (tmp_path / "up").write_text("x")

    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        await pressed(app, pilot, "j", "a", "w")
        app.screen.query_one("#field-folder").value = str(tmp_path / "up")  # type: ignore[attr-defined]
        assert "cannot be written" in await pressed(app, pilot, "enter")
        check_fits(app)

    run(proposed, use, size=(120, 40))
    assert states(proposed) == {1: "approved", 2: "proposed"}


@pytest.mark.parametrize(("lang", "words"), [("en", "read-only"), ("zh", "只读")])
def test_read_only_says_so(proposed: Path, lang: str, words: str) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await opened(app, pilot)
        assert words in text(app).splitlines()[-1]
        for key in ("a", "r", "z", "w"):
            await pressed(app, pilot, key)
            assert isinstance(app.screen, Proposals)
        await pressed(app, pilot, "enter", "a")
        assert words in text(app).splitlines()[-1]
        check_fits(app)

    run(proposed, use, lang=lang, read_only=True)
    assert states(proposed) == {1: "proposed", 2: "proposed"}


def _from_answer(app: MerchantApp) -> None:
    app.open("answer", address="inventory/reorder")


def _from_worklist(app: MerchantApp) -> None:
    pass


@pytest.mark.parametrize(("go", "new"), [(_from_answer, 2), (_from_worklist, 2)])
def test_rows_of_alerts_are_proposed(example: Path, go: Callable[[MerchantApp], None], new: int) -> None:
    """Two marked rows become two proposals; the same again makes none; the evidence is kept."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        go(app)
        await settled(app, pilot)
        for _ in range(2):
            await pressed(app, pilot, "g", "m", "m", "P")
            assert len(states(example)) == new
        check_fits(app)
        assert "proposed" in await pressed(app, pilot, "p")

    run(example, use, size=(120, 40))
    with closing(opening.read(example)) as db:
        assert all(one.evidence.get("why") and one.baseline is not None for one in kept.listed(db))


def test_a_question_is_not_proposed(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", address="finance/vitals")
        await settled(app, pilot)
        await pressed(app, pilot, "P")

    run(example, use)
    assert states(example) == {}
