"""What `merchant map` guesses of sheets that it has never seen: right, or asked; never sure and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from unseen_sheets import SHEETS, Unseen

from merchant_cli.intake.guess import SURE, Guess, guesses, is_clear
from merchant_cli.intake.plan import headers_in
from merchant_cli.intake.sampled import sampled

MONEY = {
    "cost",
    "unit_price",
    "sold",
    "listed",
    "paid",
    "discount",
    "shipping",
    "refund_amount",
    "move_amount",
    "price",
}


def guessed(sheet: Unseen, folder: Path) -> list[Guess]:
    path = folder / sheet.name
    path.write_text(sheet.text, encoding="utf-8")
    [one] = sampled(folder / "merchant.db", str(path))
    assert one.known is None and one.header_line == 1
    return guesses(headers_in(one), one.file_name)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_is_guessed_right(sheet: Unseen, tmp_path: Path) -> None:
    best = guessed(sheet, tmp_path)[0]
    found = {name: fill.header.text for name, fill in best.fills.items()}
    assert (best.form.name, found, {doubt.header.text for doubt in best.doubts}) == (
        sheet.form, sheet.fills, sheet.asks)  # fmt: skip


def test_the_share_that_is_right(tmp_path: Path) -> None:
    """Of all headers of all sheets; and not one is sure and wrong, whatever the sheet is taken for."""
    right = total = 0
    for sheet in SHEETS:
        best, *others = guessed(sheet, tmp_path)
        theirs = {header: field for field, header in sheet.fills.items()}
        for fill in best.fills.values():
            right += theirs.get(fill.header.text) == fill.field.name
            assert fill.state != SURE or theirs.get(fill.header.text) == fill.field.name, (sheet.name, fill)
            assert fill.field.kind != "money" or fill.state == SURE, "an amount that is not sure is asked for"
        total += len(sheet.fills)
        assert is_clear([best, *others]) <= (best.form.name == sheet.form), sheet.name
    assert len(SHEETS) >= 25 and total > 150
    assert right / total >= 0.97
