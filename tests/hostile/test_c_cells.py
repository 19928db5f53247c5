"""C17–C21: what a cell may hold."""

from __future__ import annotations

from typing import Any

import pytest
from hostile_texts_in import SHOPIFY, TAOBAO, Hostile, as_csv, shopify, taobao

WAITS = object()


@pytest.mark.parametrize(
    "wrapped",
    ['="0012345"', '=  "0012345"', "'0012345", "0012345\t", "\t0012345", "`0012345", " 0012345\u3000", "=0012345"],
)
def test_c17_wrappers_come_off_and_nothing_else(hostile: Hostile, wrapped: str) -> None:
    taken = hostile.given(as_csv([TAOBAO, taobao(wrapped)]))
    assert taken.code == 0 and set(hostile.orders()) == {"0012345"}


@pytest.mark.parametrize("kept", ["it's", "a=b", '5" pipe', "'", "=", "a\tb", "O'Neill"])
def test_c17_what_is_no_wrapper_stays(hostile: Hostile, kept: str) -> None:
    hostile.given(as_csv([SHOPIFY, shopify("#1", title=f"x{kept}x")]))
    assert hostile.lines() == {"#1": f"x{kept}x"}


@pytest.mark.parametrize("ruined", ["1.23E+18", "1.23e+18", "3.65275E+11", "2E+18", "1.0160070484512E+16", "+1.5E+17"])
def test_c18_an_id_that_a_spreadsheet_destroyed(hostile: Hostile, ruined: str) -> None:
    taken = hostile.given(as_csv([TAOBAO, taobao("1001"), taobao(ruined)]))
    assert taken.code == 3 and hostile.waiting() == [(3, "id-ruined")]
    assert set(hostile.orders()) == {"1001"}


@pytest.mark.parametrize(
    "code", ["00123", "1e5", "12E05", "0x1F", "007.50", "1_000", "TRUE", "2026-11-01", "NaN", "+86"]
)
def test_c19_codes_are_text(hostile: Hostile, code: str) -> None:
    hostile.given(as_csv([SHOPIFY, shopify("#1", code=code)]))
    assert hostile.lines("code") == {"#1": code}


AMOUNTS: list[tuple[str, Any]] = [
    ("NaN", WAITS), ("Infinity", WAITS), ("-inf", WAITS), ("1e400", WAITS), ("1E3", WAITS), ("1_000", WAITS),
    ("１２３", WAITS), ("٣", WAITS), ("5-", WAITS), ("1,23,4", WAITS), ("1.234,56", WAITS), ("12,34,567", WAITS),
    ("0x10", WAITS), ("1 000", WAITS), ("1.2.3", WAITS), ("--5", WAITS), ("9" * 16, WAITS), ("9" * 400, WAITS),
    ("½", WAITS), ("5%", WAITS), ("(5.00)", WAITS), ("-5", WAITS),
    ("￥5", 500), ("¥ 5", WAITS), ("5元", 500), ("1,299.90", 129990), ("-0", 0), ("0.00", 0), ("5.", WAITS), (".5", 50),
    ("+5", WAITS), ("999999999999999", 99999999999999900),
]  # fmt: skip


@pytest.mark.parametrize(("text", "minor"), AMOUNTS, ids=[text[:12] for text, _ in AMOUNTS])
def test_c20_amounts_by_a_grammar(hostile: Hostile, text: str, minor: Any) -> None:
    """Read exactly or kept back; no program's idea of a number decides. Amounts below nothing wait in this column."""
    row = [*taobao("1002", money="7.00")]
    row[2] = text
    taken = hostile.given(as_csv([TAOBAO, taobao("1001", money="7.25"), row]))
    if minor is WAITS:
        assert taken.code == 3 and [line for line, _ in hostile.waiting()] == [3], hostile.orders()
    else:
        assert taken.code == 0 and hostile.orders()["1002"] == minor


@pytest.mark.parametrize("text", ["NaN", "1e400", "1_000", "１２３", "٣", "5-", "1.5", "1,23", "-1", "9" * 17, "0x1"])
def test_c20_counts_by_a_grammar(hostile: Hostile, text: str) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1"), shopify("#2", units=text)]))
    assert taken.code == 3 and [line for line, _ in hostile.waiting()] == [3]


@pytest.mark.parametrize(
    ("text", "minor"), [("-0", 0), ("-0.00", 0), ("0.005", 1), ("12.345", 1235), ("12.3400", 1234)]
)
def test_c21_more_decimals_than_the_currency_has(hostile: Hostile, text: str, minor: int) -> None:
    """Half up, and the receipt says that and which; what is exact needs no word."""
    row = taobao("1002")
    row[2] = text
    taken = hostile.given(as_csv([TAOBAO, taobao("1001"), row]))
    assert hostile.orders()["1002"] == minor
    said = [note for note in taken.only["notes"] if "half up" in note]
    assert bool(said) == (text in ("0.005", "12.345"))
    assert not said or text in said[0]
