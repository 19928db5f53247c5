"""The picture of an answer for a phone chat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile_texts import ALL
from test_files import COLUMNS, answer, row

from exporters import svg
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text, width
from merchant_cli.desks.base import Answer, Column, alert_columns

P = Phrase
SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(picture)
    assert root.get("width") == "720" and int(root.get("height") or 0) <= svg.TALL + 60
    return list(root.iter(f"{SVG}text"))


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in drawn(picture)]


def test_it_says_what_it_is_and_how_much(tmp_path: Path) -> None:
    said = texts(
        svg.picture(answer(*(row(f"S-{n}") for n in range(500)), estimated=frozenset({"net"})), "en", "Prices")
    )
    assert said[0] == "Prices" and said[1] == "as of 2026-11-14 · taobao/main"
    shown = sum(text.startswith("S-") for text in said)
    assert 15 < shown < 40 and f"{shown} of 500 rows" in said
    assert "taobao/main lags." in said and "~ marks estimates: Net sales." in said
    zh = texts(svg.picture(answer(row("S")), "zh", "价格"))
    assert "共 1 项，显示 1 项" in zh and zh[1] == "数据截至 2026-11-14 · taobao/main"


def test_columns_stay_in_order_and_the_least_telling_go_first() -> None:
    said = texts(svg.picture(answer(row("S")), "en"))
    heads = [c.label.en for c in COLUMNS]
    shown = [text for text in said if text.removesuffix(" (CNY)").removesuffix(" (JPY)") in heads]
    assert [t.partition(" (")[0] for t in shown] == ["SKU", "Title", "Sold", "Net sales", "Yen"]
    assert any(t.startswith("Not in the picture: Share, Day, At") for t in said)


def test_numbers_end_at_the_right() -> None:
    ends = {e.text: e.get("text-anchor") for e in drawn(svg.picture(answer(row("S")), "en"))}
    assert ends["1,234.50"] == ends["3"] == "end" and ends["S"] is None


def test_nothing_is_wider_than_the_picture() -> None:
    """By the cells that each letter takes; a picture has room for them at CELL of the size."""
    for text in ("字" * 100, "W" * 200, "word " * 80, "a，" * 90):
        rows = [row(text[:40], text), row("S", "short")]
        for element in drawn(svg.picture(answer(*rows), "zh", text)):
            x, size = float(element.get("x") or 0), int(element.get("font-size") or 0)
            wide = width(element.text or "") * size * svg.CELL
            left, right = (x - wide, x) if element.get("text-anchor") else (x, x + wide)
            assert left >= 0 and right <= svg.WIDE, element.text


def test_an_alert_says_of_whom_and_why() -> None:
    columns = (Column("alert", P("To do", "事项"), "text"), *alert_columns("CNY")[1:5], alert_columns("CNY")[0])
    rows = [("Running out", "蓝色马克杯 [热卖]", "Lasts 7 days.", 12_345, "2026-11-15", "sku:A")]
    said = texts(svg.picture(Answer(columns, rows, ("key",), currency="CNY"), "en", "Today"))
    assert "蓝色马克杯 [热卖]: Lasts 7 days." in said and "123.45" in said and "2026-11-15" in said
    assert "sku:A" not in said


def test_hostile_texts_are_literal() -> None:
    for name, text in ALL.items():
        picture = svg.picture(answer(row(text, text)), "en", text)
        first = texts(picture)[0]
        assert "\x1b" not in picture and "\u202e" not in picture, name
        assert first == safe_text(text) or (first.endswith("…") and safe_text(text).startswith(first[:-1])), name
    texts(svg.picture(answer(row("</text><script>", "a & b \ufffe \ud800")), "en"))


def test_no_rows_and_no_columns() -> None:
    assert "0 of 0 rows" in texts(svg.picture(answer(), "en", "x"))
    texts(svg.picture(Answer((), [], ()), "en", "x"))


@pytest.mark.parametrize("words", ["never a line that begins so， 字，字。", "a" * 50, "", "字字字 word字字字。"])
def test_wrapping_loses_nothing(words: str) -> None:
    lines = svg.wrapped(words, 10, 99)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width(line) <= 10 for line in lines) and not any(line[0] in "，。" for line in lines)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_worklist_as_a_picture(example: Path, run: Callable[..., Any], tmp_path: Path, lang: str) -> None:
    path = tmp_path / "today.svg"
    assert run("today", "-o", path, "--lang", lang).code == 0
    said = texts(path.read_text(encoding="utf-8"))
    assert said[0] == {"en": "Today", "zh": "今日待办"}[lang]
    assert {"en": "To do", "zh": "事项"}[lang] in said and len(said) > 30
