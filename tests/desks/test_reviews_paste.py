"""`merchant reviews paste`: what was copied is taken in like a file; the same review twice is nothing new."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from review_tools import Shop, shop

from merchant_cli.intake.pasted import BadPaste, parse

__all__ = ["shop"]


def read(text: str, known: set[str] | None = None, sku: str = "") -> list[tuple[str | None, int, str, str, str]]:
    return [(one.day, one.stars, one.sku, one.order_id, one.text) for one in parse(text, known or set(), sku)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 TEA-01 leaks", [(None, 1, "TEA-01", "", "leaks")]),
        ("1星，TEA-01，漏水", [(None, 1, "TEA-01", "", "漏水")]),
        ("★★☆☆☆ TEA-01 漏水", [(None, 2, "TEA-01", "", "漏水")]),
        ("５ TEA-01", [(None, 5, "TEA-01", "", "")]),
        ("5/5 TEA-01 good", [(None, 5, "TEA-01", "", "good")]),
        ("2025-06-01 3 TEA-01 order:4521 so so", [("2025-06-01", 3, "TEA-01", "4521", "so so")]),
        ("2025年6月1日\t3星\tTEA-01\t订单：#9\t还行", [("2025-06-01", 3, "TEA-01", "#9", "还行")]),
        ("1 A-1 one\n2 B-2 two\n", [(None, 1, "A-1", "", "one"), (None, 2, "B-2", "", "two")]),
        ("1 A-1 one\nand more\n\n\n2 B-2\ntwo", [(None, 1, "A-1", "", "one\nand more"), (None, 2, "B-2", "", "two")]),
        ("1 A-1 it broke\n5 minutes later it leaked", [(None, 1, "A-1", "", "it broke\n5 minutes later it leaked")]),
        ("1 A-1 bad\n99 problems", [(None, 1, "A-1", "", "bad\n99 problems")]),
        ("\ufeff1 A-1 bad\u200b", [(None, 1, "A-1", "", "bad\u200b")]),
        ("", []),
    ],
)
def test_how_a_paste_is_read(text: str, found: list[tuple[str | None, int, str, str, str]]) -> None:
    assert read(text) == found


def test_a_known_sku_begins_a_review() -> None:
    assert len(read("1 mug bad\n2 cup worse", {"mug", "cup"})) == 2
    assert len(read("1 mug bad\n2 cup worse")) == 1
    assert [one[4] for one in read("1 bad\n2 worse", sku="mug")] == ["bad", "worse"]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [("1 A-1 x\n\n7 A-1 y", 3, "stars"), ("hello", 1, "STARS"), ("3", 1, "SKU"), ("0 A-1 x", 1, "stars")],
)
def test_what_cannot_be_read_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(BadPaste, match=why) as fault:
        parse(text, set())
    assert fault.value.line == line


def test_a_paste_is_an_import(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A-1,4,10.00")
    text = "2025-05-31 1 A-1 order:#1 漏电，吓人\n2025-05-30 5 A-1 很好\n"
    said = shop.paste(text)
    assert said.out == "2 reviews taken in, 0 known before (import 2; `merchant undo 2` takes it back).\n"
    (row,) = shop.ask("inbox")["rows"]
    assert (row["severity"], row["at_stake"], row["day"]) == ("safety", 40, "2025-05-31")
    behind = shop.run("explain", "reviews", "inbox", "--row", row["key"], "--json").json["behind"]
    assert [(one["import"], one["line"]) for one in behind] == [(2, 2), (1, 2)]
    assert shop.paste(text).out == "2 reviews read, nothing new.\n"
    assert shop.paste("2025-05-31 1 A-1 order:#1 漏电，吓人\n\n3 A-1 新的", "--day", "2025-06-01").out.startswith(
        "1 review taken in, 1 known before (import 3;"
    )
    shop.run("undo", "2")
    assert shop.run("sql", "SELECT body FROM reviews", "--csv").out.splitlines() == ["body", "新的"]
    shop.run("redo", "2")
    assert shop.ask("inbox")["count"] == 2
    assert shop.run("check", "--full").code == 0


def test_a_review_without_a_day_is_pasted_once(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A-1,4,10.00")
    shop.paste("1 A-1 漏水", "--day", "2025-05-31")
    assert shop.paste("1 A-1 漏水").out == "1 review read, nothing new.\n"
    assert "1 review taken in" in shop.paste("2025-05-30 1 A-1 漏水").out, "another day is said: another review"
    assert "1 review taken in" in shop.paste("2 A-1 漏水", "--day", "2025-05-31").out
    assert "1 review taken in" in shop.paste("1 A-1 没有日期").out
    (today,) = shop.run("sql", "SELECT day FROM reviews WHERE body = '没有日期'", "--json").json["rows"]
    assert today["day"] == date.today().isoformat()


def test_the_same_review_twice_in_one_paste(shop: Shop) -> None:
    assert shop.paste("1 A-1 x\n1 A-1 x\n").out.startswith("1 review taken in, 1 known before")


def test_from_a_file_in_another_encoding_and_for_programs(shop: Shop) -> None:
    path = shop.folder / "copied.txt"
    path.write_bytes("1 漏水了\n3 一般\n".encode("gb18030"))
    body = shop.run("reviews", "paste", str(path), "--sku", "TEA-01", "--json").json
    assert body == {"schema": 1, "import": 1, "read": 2, "taken_in": 2, "known": 0, "quarantined": 0}
    assert shop.run("reviews", "paste", str(path), "--sku", "TEA-01", "--json").json["import"] is None
    path.write_bytes("2 UTF-16".encode("utf-16"))
    assert shop.run("reviews", "paste", str(path), "--sku", "TEA-01", "--json").json["taken_in"] == 1
    names = {row["sku"] for row in shop.run("sql", "SELECT sku FROM reviews", "--json").json["rows"]}
    assert names == {"TEA-01"}
    assert "reviews paste copied.txt" in shop.run("imports").out


def test_of_a_shop(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A-1,4,10.00")
    shop.paste("1 A-1 order:#1 x", "--shop", "shopify/main", "--day", "2025-05-31")
    assert [row["key"].startswith("review:shopify/main/~") for row in shop.ask("inbox")["rows"]] == [True]
    assert "nothing new" in shop.paste("1 A-1 order:#1 x", "--shop", "shopify/main").out
    assert "no shop “jd/x”" in shop.paste("1 A-1 x", "--shop", "jd/x", code=2).err


def test_what_the_store_does_not_know_is_named(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A-1,4,10.00")
    shop.take("products_export.csv", "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status",
              [["mug", "Mug", "Size", "S", "A-1", "1", "active"]])  # fmt: skip
    said = shop.paste("1 A-1 order:#1 ok\n1 A-2 order:#2 typo\n", "--day", "2025-05-31")
    assert "Not known as SKU: A-2" in said.err and "No file holds these orders: #2" in said.err
    assert "2 reviews taken in" in said.out


@pytest.mark.parametrize(
    ("raw", "words", "said"),
    [
        (b"", (), "there is no review in it"),
        (b"7 A-1 x", (), "line 1 of the paste: stars are 1 to 5, not 7"),
        (b"1 A-1 ok\n\nwhat a mess", (), "line 3 of the paste"),
        (b"1 A-1 x", ("--day", "yesterday"), "--day takes a day"),
        (b"x" * (5 << 20) + b"y", (), "more than 5 MB"),
    ],
    ids=["empty", "seven", "mess", "day", "huge"],
)
def test_a_bad_paste_takes_nothing_in(shop: Shop, raw: bytes, words: tuple[str, ...], said: str) -> None:
    assert said in shop.typed(raw, *words, code=2).err
    assert not shop.store.exists()
    assert shop.typed(raw, *words, "--lang", "zh", code=2).err.startswith("错误 [bad-usage]")


def test_a_missing_file(shop: Shop, tmp_path: Path) -> None:
    assert "file-unreadable" in shop.run("reviews", "paste", str(tmp_path / "no.txt"), code=4).err


def test_hostile_pastes(shop: Shop) -> None:
    long = "坏" * 35_000  # 105 kB
    shop.paste(f"1 A-1 {long}\n\n1 A-2 \x1b[31mred\x00\u200b🔥 =cmd()\n\n1 A-3 示例 合计\n\n1 A-4 \"unclosed, 'x\n",
               "--day", "2025-05-31")  # fmt: skip
    rows = shop.run("sql", "SELECT sku, length(body) AS n, body FROM reviews ORDER BY sku", "--json").json["rows"]
    assert (rows[0]["sku"], rows[0]["n"]) == ("A-1", 35_000)
    assert [row["body"] for row in rows[1:]] == ["\x1b[31mred\u200b🔥 =cmd()", "示例 合计", "\"unclosed, 'x"]


def test_not_with_read_only(shop: Shop) -> None:
    assert "read-only" in shop.paste("1 A-1 x", "--read-only", code=None).err
