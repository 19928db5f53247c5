"""Which columns stand, how wide, and how texts are cut and folded: by terminal cells, two for a Chinese character."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from merchant_cli.basics.safe_text import width
from tui.widgets.lay_out import Head, fit, folded, laid_out

TEXT, NUMBER = Head("t", "Text", False, True), Head("n", "Money", True, False)


@pytest.mark.parametrize(("text", "cells", "shown"), [
    ("abc", 5, "abc  "), ("abcdef", 5, "abc.."), ("茶壶茶壶", 6, "茶壶.."), ("茶壶茶壶", 5, "茶 .."), ("x", 0, ""),
])  # fmt: skip
def test_fit(text: str, cells: int, shown: str) -> None:
    assert fit(text, cells) == shown and cell_len(shown) == cells
    assert fit("7", 3, right=True) == "  7"


@pytest.mark.parametrize("text", ["顶级手工铸铁壶烧水壶", "Mug Ａ款（３０×１８０ｃｍ）", "plain", "e\u0301"])
def test_cells_are_counted_as_everywhere(text: str) -> None:
    assert cell_len(text) == width(text)


def test_numbers_stay_whole_and_texts_give_way() -> None:
    """30 cells: the text may be 50 wide, the number needs 12 and a gap of 2, so 16 are left for the text."""
    heads = [TEXT, NUMBER]
    assert laid_out([0, 1], ["Text", "Money"], heads, [50, 12], 30) == [(0, 16), (1, 12)]


def test_a_number_that_does_not_fit_is_left_out_not_cut() -> None:
    """Text 14 at least + 2 + 12 = 28 > 27: the number does not stand."""
    assert laid_out([0, 1], ["Text", "Money"], [TEXT, NUMBER], [50, 12], 27) == [(0, 27)]


def test_a_text_at_the_end_takes_what_is_left() -> None:
    assert laid_out([0, 1], ["Money", "Text"], [NUMBER, TEXT], [12, 90], 40) == [(0, 12), (1, 26)]


def test_folded_between_words_and_anywhere_in_chinese() -> None:
    assert folded("one two three", 8, 3) == ["one two", "three"]
    assert folded("新采购需天到货", 8, 2) == ["新采购需", "天到货"]
    cut = folded("one two three four five", 8, 2)
    assert cut[0] == "one two" and cut[1].endswith("..") and cell_len(cut[1]) <= 8
