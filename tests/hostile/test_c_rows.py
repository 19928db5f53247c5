"""C8–C16, C22–C26: how a text file is split into rows and cells."""

from __future__ import annotations

import time

import pytest
from hostile_texts_in import SHOPIFY, TAOBAO, Hostile, as_csv, shopify, taobao

from merchant_cli.app import main

HEAD = as_csv([SHOPIFY])


def sound(first: int, last: int) -> str:
    return as_csv([shopify(f"#{n}") for n in range(first, last + 1)])


def test_c8_a_quotation_mark_that_never_closes(hostile: Hostile) -> None:
    """The rest of the file would be one cell; the lines in it are rows like those before, so only row 5 waits."""
    taken = hostile.given(HEAD + sound(1, 3) + '#4,paid,2026-11-01,USD,1,1,"Mug,1,1,A-1,\r\n' + sound(5, 9))
    assert taken.code == 3 and set(hostile.orders()) == {f"#{n}" for n in (1, 2, 3, 5, 6, 7, 8, 9)}
    assert (taken.only["read"], taken.only["quarantined"]) == (9, 1)


def test_c8_a_file_cut_off_within_a_quoted_text(hostile: Hostile) -> None:
    """The lines behind the open mark are no rows: nothing is taken in, and the line is named."""
    taken = hostile.given(HEAD + sound(1, 3) + '#4,paid,2026-11-01,USD,1,1,"Mug\r\nblue\r\nwith a spo')
    assert taken.code == 4 and taken.only["problem"]["code"] == "truncated"
    assert "5" in taken.only["problem"]["where"] + taken.only["problem"]["why"]
    assert hostile.orders() == {}


def test_c8_a_stray_quotation_mark_swallows_no_other_row(hostile: Hostile) -> None:
    """The mark of row 5 meets the next one in row 8; the rows between them are rows."""
    stray = '#4,paid,2026-11-01 10:00:00 +0000,USD,10.00,10.00,"Mug,1,10.00,A-1,\r\n'
    quoted = '#7,paid,2026-11-01 10:00:00 +0000,USD,10.00,10.00,"Mug, blue",1,10.00,A-1,\r\n'
    taken = hostile.given(HEAD + sound(1, 3) + stray + sound(5, 6) + quoted + sound(8, 9))
    assert taken.code == 3
    assert hostile.waiting() == [(5, "unreadable-row")]
    assert set(hostile.orders()) == {f"#{n}" for n in (1, 2, 3, 5, 6, 7, 8, 9)}
    assert taken.only["read"] == 9


def test_c8_marks_that_open_again_in_every_row_take_no_time(hostile: Hostile) -> None:
    rows = 'a","b\r\n' * 20_000 + '",x"\r\n'
    begun = time.monotonic()
    taken = hostile.given(HEAD + sound(1, 2) + rows)
    assert taken.code in (3, 4) and time.monotonic() - begun < 20


@pytest.mark.parametrize("quoted", [True, False])
def test_c9_a_cell_of_more_than_a_million_characters(hostile: Hostile, quoted: bool) -> None:
    long = "x" * 1_500_000
    row = shopify("#2", title=f'"{long}"' if quoted else long)
    taken = hostile.given(HEAD + sound(1, 1) + ",".join(row) + "\r\n" + sound(3, 3))
    assert taken.code == 3 and hostile.waiting() == [(3, "unreadable-row")]
    assert set(hostile.orders()) == {"#1", "#3"}


def test_c9_a_long_cell_below_the_limit(hostile: Hostile) -> None:
    """The limit of the csv module, 131,072 characters, is not ours."""
    taken = hostile.given(HEAD + as_csv([shopify("#1", title="x," * 200_000)]))
    assert taken.code == 0 and len(hostile.lines()["#1"]) == 399_999 + 1


def test_c9_a_file_without_a_line_end(hostile: Hostile) -> None:
    taken = hostile.given(b"x" * 30_000_000)
    assert taken.code == 4 and taken.only["state"] == "refused"


def test_c10_rows_with_more_or_fewer_cells(hostile: Hostile) -> None:
    short, long = ",".join(shopify("#2")[:7]) + "\r\n", ",".join([*shopify("#3"), "x", "y"]) + "\r\n"
    taken = hostile.given(HEAD + sound(1, 1) + short + long + sound(4, 4))
    assert taken.code == 3 and hostile.waiting() == [(3, "ragged-row"), (4, "ragged-row")]
    counts = [(7, 11), (13, 11)]
    assert [
        (row[0], row[1])
        for row in hostile.ask(
            "SELECT json_extract(params, '$.found'), json_extract(params, '$.expected') FROM quarantine ORDER BY line"
        )
    ] == counts


def test_c11_two_columns_of_one_name(hostile: Hostile) -> None:
    """The first holds, both are kept apart, and the receipt says so."""
    header = [*TAOBAO, "订单状态"]
    taken = hostile.given(as_csv([header, [*taobao("1001"), "另一个"]]))
    assert taken.code == 0 and hostile.orders("status_raw") == {"1001": "交易成功"}
    assert any("订单状态#2" in note for note in taken.only["notes"])


def test_c12_names_that_differ_in_case_only(hostile: Hostile) -> None:
    header = [*SHOPIFY, "name", "NAME", "lineitem SKU"]
    taken = hostile.given(as_csv([header, [*shopify("#1"), "other", "third", "B-9"]]))
    assert taken.code == 0
    assert hostile.lines("code") == {"#1": "A-1"}


def test_c13_a_column_without_a_name(hostile: Hostile) -> None:
    header = [*SHOPIFY[:6], "", *SHOPIFY[6:], "Tags"]
    row = shopify("#1")
    taken = hostile.given(as_csv([header, [*row[:6], "?", *row[6:], "t"]]))
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}
    ragged = hostile.given(as_csv([["", *SHOPIFY], ["1", *shopify("#2")], ["2", *shopify("#3", money="ten")]]))
    assert ragged.code == 3 and hostile.waiting() == [(3, "bad-money")]


def test_c14_too_many_columns(hostile: Hostile) -> None:
    wide = [*SHOPIFY, *(f"c{n}" for n in range(1990))]
    taken = hostile.given(as_csv([wide, [*shopify("#1"), *([""] * 1990)]]))
    assert taken.code == 4 and taken.only["problem"]["code"] == "file-too-large"
    assert "2,001" in taken.only["problem"]["why"] and "512" in taken.only["problem"]["why"]
    most = [*SHOPIFY, *(f"c{n}" for n in range(501))]
    assert hostile.given(as_csv([most, [*shopify("#1"), *([""] * 501)]]), name="b.csv").code == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("said", [True, False])
def test_c15_c16_any_delimiter_said_or_not(hostile: Hostile, delimiter: str, said: bool) -> None:
    text = as_csv([SHOPIFY, shopify("#1", title=f"a{delimiter}b | c; d"), shopify("#2")], delimiter)
    taken = hostile.given((f"sep={delimiter}\r\n" if said else "") + text)
    assert taken.code == 0
    assert hostile.lines() == {"#1": f"a{delimiter}b | c; d", "#2": "Mug"}


@pytest.mark.parametrize(
    "title", ["| a | b | c | d | e | f | g | h | i | j | k | l |", "1;2;3;4;5;6;7;8;9;10;11;12;13"]
)
def test_c16_a_cell_with_more_of_another_delimiter(hostile: Hostile, title: str) -> None:
    rows = [SHOPIFY, *(shopify(f"#{n}", title=title) for n in range(30))]
    taken = hostile.given(as_csv(rows))
    assert taken.code == 0 and set(hostile.lines().values()) == {title}


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", 4), (b"\xef\xbb\xbf", 4), (b"\xff\xfe", 4), (b" \r\n\r\n\t\n", 4), (HEAD.encode(), 0)]
)
def test_c22_nothing_or_only_a_header(hostile: Hostile, raw: bytes, code: int) -> None:
    taken = hostile.given(raw)
    assert taken.code == code
    if code:
        assert taken.only["problem"]["code"] == "file-empty"
    else:
        assert (taken.only["state"], taken.only["read"]) == ("applied", 0)
        assert any("no rows" in note for note in taken.only["notes"])


def test_c23_a_file_larger_than_two_gigabytes(hostile: Hostile) -> None:
    path = hostile.write(HEAD, "big.csv")
    with path.open("r+b") as file:
        file.truncate(2 * 1024**3 + 1)  # sparse: no such space is taken
    begun = time.monotonic()
    taken = hostile.take(path)
    assert taken.code == 4 and taken.only["problem"]["code"] == "file-too-large"
    assert time.monotonic() - begun < 5


def test_c24_control_characters_and_line_ends_in_a_cell(hostile: Hostile) -> None:
    title = "red\r\nblue\x1b[31m\x07end"
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", title=title), shopify("#2", money="x")]))
    assert taken.code == 3 and hostile.lines()["#1"] == title
    assert hostile.waiting() == [(4, "bad-money")], "the line of the file, not the number of the row"
    hostile.capfd.readouterr()
    assert main(["quarantine"]) == 0
    assert "\x1b[31m" not in hostile.capfd.readouterr().out


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n", "\n\r"])
def test_c25_line_ends_of_any_kind(hostile: Hostile, ends: str) -> None:
    taken = hostile.given(as_csv([SHOPIFY, *(shopify(f"#{n}") for n in range(5))], end=ends))
    assert taken.code == 0 and len(hostile.orders()) == 5


def test_c25_line_ends_mixed(hostile: Hostile) -> None:
    rows = [",".join(row) for row in [SHOPIFY, *(shopify(f"#{n}") for n in range(4))]]
    taken = hostile.given("".join(row + end for row, end in zip(rows, ["\r", "\n", "\r\n", "\r", ""], strict=True)))
    assert taken.code == 0 and len(hostile.orders()) == 4


def test_c26_footers_are_no_orders(hostile: Hostile) -> None:
    rows = [TAOBAO, taobao("1001"), taobao("1002"), ["合计", "", "118.00", *[""] * 6], ["#导出信息：共2条", *[""] * 8]]
    taken = hostile.given(as_csv(rows))
    assert taken.code == 0 and set(hostile.orders()) == {"1001", "1002"}
    assert taken.only["ignored_by"] == {"total": 2}
