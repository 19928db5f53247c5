"""Text made harmless: nothing is left that a terminal obeys, nothing that it leaves alone is changed."""

from __future__ import annotations

import json

from hostile_texts import ALL
from hypothesis import given
from hypothesis import strategies as st
from test_literal_text import OBEYED

from merchant_cli.basics.safe_text import cut, json_text, safe_text, width

ANY = st.text(st.characters(), max_size=20)


@given(ANY)
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    shown = safe_text(text)
    assert not OBEYED.search(shown) and "\n" not in shown
    assert not OBEYED.search(safe_text(text, one_line=False))
    assert safe_text(shown) == shown
    shown.encode("utf-8")


@given(ANY)
def test_json_says_the_same(text: str) -> None:
    line = json_text({"x": text})
    assert json.loads(line) == {"x": text} and not OBEYED.search(line) and "\n" not in line


@given(ANY, st.integers(1, 30))
def test_a_cut_text_fits(text: str, cells: int) -> None:
    shown = safe_text(text)
    assert width(cut(shown, cells)) <= cells and (width(shown) > cells or cut(shown, cells) == shown)


def test_what_is_harmless_stays_as_it_is() -> None:
    for name in ("T1", "T2", "T3", "T4", "T7", "T8", "T9", "T20", "T24", "F1", "F12", "F18"):
        assert safe_text(ALL[name]) == ALL[name], name


def test_what_it_becomes() -> None:
    assert safe_text(ALL["T11"]) == "clear ␛[2J␛[31m red"
    assert safe_text(ALL["T13"]) == "title ␛]0;PWN␇ end"
    assert safe_text(ALL["T15"]) == "eight ⟨U+009B⟩2J bits"
    assert safe_text(ALL["T17"]) == "real␍FAKE" and safe_text(ALL["T18"]) == "abc␈␈␈XYZ"
    assert safe_text(ALL["T19"]) == "pay ⟨U+202E⟩00.1⟨U+202C⟩ or ⟨U+2066⟩9⟨U+2069⟩"
    assert safe_text(ALL["T22"]) == "A⟨U+200B⟩-1 ⟨U+FEFF⟩-2" and safe_text("a\nb\0") == "a⏎b␀"
