"""X21, X22: hidden sheets and rows, what stands around a table, several sheets of one layout."""

from __future__ import annotations

import pytest
from hostile_books import HEAD, NAME, book, order, sheet
from hostile_texts_in import Hostile
from test_x_size import refused

COSTS = [["SKU", "Unit cost", "Currency", "Valid from"], ["A-1", 4, "USD", "2025-01-01"]]


def notes(file: dict[str, list[str]], word: str) -> list[str]:
    return [note for note in file["notes"] if word in note]


def test_x21_hidden_sheets_are_left_out_and_named(hostile: Hostile) -> None:
    """Drop-down lists and old copies are hidden; what was left out is said, and --sheet takes it."""
    old = [HEAD, order("#9")]
    path = hostile.write(book({"Orders": [HEAD, order("#1")], "Old": old, "Lists": [["a"], ["b"]]},
                              hidden=["Old", "Lists"]), NAME)  # fmt: skip
    taken = hostile.take(path)
    assert taken.code == 0 and set(hostile.orders()) == {"#1"}
    assert notes(taken.only, "Hidden sheets") and "Old, Lists" in notes(taken.only, "Hidden sheets")[0]
    asked = hostile.take(path, "--sheet", "Old")
    assert asked.code == 0 and set(hostile.orders()) == {"#1", "#9"} and asked.only["path"].endswith("!Old")


def test_x21_a_workbook_of_hidden_sheets_alone_is_read(hostile: Hostile) -> None:
    made = book({"Orders": [HEAD, order("#1")], "Empty": []}, hidden=["Orders"])
    assert hostile.given(made, name=NAME).code == 0 and set(hostile.orders()) == {"#1"}


def test_x21_hidden_and_filtered_rows_are_read_and_counted(hostile: Hostile) -> None:
    """A filter that somebody left on must not lose orders."""
    body = sheet([HEAD, *[order(f"#{n}") for n in range(1, 6)]], hidden=[3, 5], after='<autoFilter ref="A1:K6"/>')
    taken = hostile.given(book({"S": body}), name=NAME)
    assert taken.code == 0 and len(hostile.orders()) == 5
    assert notes(taken.only, "2 rows are hidden or filtered out")


def test_x21_hidden_columns_are_read(hostile: Hostile) -> None:
    body = sheet([HEAD, order("#1")], before='<cols><col min="4" max="6" hidden="1"/></cols>')
    assert hostile.given(book({"S": body}), name=NAME).code == 0 and hostile.orders() == {"#1": 1000}


def test_x21_titles_above_and_a_total_below(hostile: Hostile) -> None:
    """A title over merged cells, a blank row, the header, two orders, a total: the total is no order."""
    rows = [["Orders of November"], [], HEAD, order("#1"), order("#2"), ["Total", None, None, None, 20, 20]]
    body = sheet(rows, after='<mergeCells count="1"><mergeCell ref="A1:K1"/></mergeCells>')
    taken = hostile.given(book({"S": body}), name=NAME)
    assert taken.code == 0 and hostile.orders() == {"#1": 1000, "#2": 1000}
    assert (taken.only["read"], taken.only["ignored_by"]) == (3, {"total": 1})


def test_x21_a_table_that_begins_further_down_and_to_the_right(hostile: Hostile) -> None:
    rows = [[], [], [None, None, *HEAD], [None, None, *order("#1")], [None, None, *order("?", price="x")]]
    taken = hostile.given(book({"S": rows}), name=NAME)
    assert taken.code == 3 and hostile.orders() == {"#1": 1000}
    assert hostile.waiting() == [(5, "bad-money")], "rows are numbered as Excel numbers them"


MONTHS = {f"{n} 月": [HEAD, order(f"#{n}"), order(f"#{n}{n}")] for n in range(1, 6)}


def test_x22_sheets_of_one_layout(hostile: Hostile) -> None:
    """Each is a file of its own, and each receipt names the others."""
    taken = hostile.given(book(MONTHS), name=NAME)
    assert taken.code == 0 and len(hostile.orders()) == 10
    assert [file["path"].rpartition("!")[2] for file in taken.files] == list(MONTHS)
    assert all(notes(file, "1 月, 2 月, 3 月, 4 月, 5 月") for file in taken.files)
    assert not any(notes(file, "another sheet") for file in taken.files)


def test_x22_one_sheet_is_asked_for(hostile: Hostile) -> None:
    path = hostile.write(book(MONTHS), NAME)
    taken = hostile.take(path, "--sheet", "2 月", "--sheet", "4 月")
    assert taken.code == 0 and set(hostile.orders()) == {"#2", "#22", "#4", "#44"}
    refused(hostile.take(path, "--sheet", "6 月"), "no-such-sheet", "6 月", "1 月, 2 月")


@pytest.mark.parametrize("price", [10, 12], ids=["the same", "another price"])
def test_x22_what_stands_in_two_sheets_is_counted_once_and_said(hostile: Hostile, price: int) -> None:
    rows = [HEAD, order("#1"), order("#2")]
    again = [HEAD, order("#1", price=price), order("#2", price=price), order("#3")]
    taken = hostile.given(book({"A": rows, "B": again}), name=NAME)
    assert taken.code == 0 and set(hostile.orders()) == {"#1", "#2", "#3"}
    first, second = taken.files
    assert not notes(first, "another sheet") and notes(second, "2 of its records stand in another sheet")
    alone = hostile.given(book({"A": again}), name="orders_export_20261116.xlsx")
    assert not notes(alone.only, "another sheet")


def test_x22_sheets_of_several_kinds_are_not_alike(hostile: Hostile) -> None:
    taken = hostile.given(book({"Orders": [HEAD, order("#1")], "Costs": COSTS}), name=NAME)
    assert taken.code == 0 and not any(notes(file, "same layout") for file in taken.files)
    assert {file["importer"] for file in taken.files} == {"shopify orders", "own costs"}
