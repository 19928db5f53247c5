"""X13–X17: cells whose value is missing, wrong or ruined are never taken for empty or for something else."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from shutil import which

import pytest
import xlsxwriter
from hostile_books import HEAD, NAME, Raw, book, order
from hostile_texts_in import SHOPIFY, Hostile
from test_x_size import refused

BLANK = '<c r="@"><f>B1*2</f>{}</c>'


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"], ids=["none", "closed", "empty"])
def test_x13_a_formula_that_was_never_calculated(hostile: Hostile, value: str) -> None:
    """As programs write them that do not calculate: the row waits, and the reason says what to do."""
    formula = Raw(BLANK.format(value))
    taken = hostile.given(book({"S": [HEAD, order("#1"), order("#2", price=formula), order("#3")]}), name=NAME)
    assert taken.code == 3 and hostile.waiting() == [(3, "not-calculated")]
    assert set(hostile.orders()) == {"#1", "#3"}
    (column, cells) = hostile.ask("SELECT column_name, cells FROM quarantine")[0]
    assert column == "Subtotal" and "\\u0000" not in cells and '"="' in cells


def test_x13_shared_and_array_formulas_without_a_value(hostile: Hostile) -> None:
    rows = [HEAD]
    for n, attributes in enumerate(('t="shared" ref="E2:E3" si="0"', 't="shared" si="0"', 't="array" ref="E4"'), 1):
        text = "" if "ref" not in attributes else "D2"
        tag = f'<c r="@"><f {attributes}>{text}</f></c>' if text else f'<c r="@"><f {attributes}/></c>'
        rows.append(order(f"#{n}", price=Raw(tag)))
    taken = hostile.given(book({"S": [*rows, order("#9")]}), name=NAME)
    assert taken.code == 3 and hostile.waiting() == [(n, "not-calculated") for n in (2, 3, 4)]


def test_x13_a_formula_whose_value_is_no_text_is_empty(hostile: Hostile) -> None:
    """`=IF(A2="";"";A2)` was calculated: its value is the empty text."""
    empty = Raw('<c r="@" t="str"><f>IF(1,"","")</f><v></v></c>')
    taken = hostile.given(book({"S": [HEAD, order("#1", phone=empty)]}), name=NAME)
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}


def test_x13_calculated_formulas_are_values(hostile: Hostile) -> None:
    price = Raw('<c r="@"><f>5+5</f><v>10</v></c>')
    name = Raw('<c r="@" t="str"><f>"#"&amp;7</f><v>#7</v></c>')
    assert hostile.given(book({"S": [HEAD, order(name, price=price)]}), name=NAME).code == 0
    assert hostile.orders() == {"#7": 1000}


@pytest.mark.parametrize("word", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("formula", [True, False])
def test_x14_an_error_is_never_empty(hostile: Hostile, word: str, formula: bool) -> None:
    """Not even in a column that may be empty: the phone."""
    bad = Raw(f'<c r="@" t="e">{"<f>1/0</f>" if formula else ""}<v>{word}</v></c>')
    taken = hostile.given(book({"S": [HEAD, order("#1"), order("#2", phone=bad)]}), name=NAME)
    assert taken.code == 3 and hostile.waiting() == [(3, "cell-error")]
    assert hostile.ask("SELECT column_name, params FROM quarantine") == [("Phone", f'{{"value": "{word}"}}')]
    assert set(hostile.orders()) == {"#1"}


def test_x14_an_error_in_a_column_that_nobody_reads(hostile: Hostile) -> None:
    """The merchant's own VLOOKUP beside the export harms no row."""
    bad = Raw('<c r="@" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>')
    rows = [[*HEAD, "my notes"], [*order("#1", phone=5551234), bad]]
    assert hostile.given(book({"S": rows}), name=NAME).code == 0 and hostile.orders() == {"#1": 1000}


def test_x14_an_error_keeps_the_whole_order_back(hostile: Hostile) -> None:
    """One line of two cannot be read: the order waits with both."""
    bad = Raw('<c r="@" t="e"><v>#REF!</v></c>')
    broken = [*order("#1", price=7)[:9], bad, None]
    taken = hostile.given(book({"S": [HEAD, order("#1"), broken, order("#2")]}), name=NAME)
    assert taken.code == 3 and hostile.waiting() == [(2, "order-incomplete"), (3, "cell-error")]
    assert set(hostile.orders()) == {"#2"}


def test_x14_far_down_a_long_sheet(hostile: Hostile) -> None:
    """Rows are read in pieces; the marks stay with their rows."""
    bad = Raw('<c r="@" t="e"><v>#REF!</v></c>')
    rows = [order(f"#{n}", price=bad if n in (4095, 4096, 9000) else 10) for n in range(1, 9100)]
    taken = hostile.given(book({"S": [HEAD, *rows]}), name=NAME)
    assert hostile.waiting() == [(4096, "cell-error"), (4097, "cell-error"), (9001, "cell-error")]
    assert taken.only["inserted"] == 9096


@pytest.mark.parametrize("kind", ["ods", "xls"])
@pytest.mark.skipif(which("soffice") is None, reason="no LibreOffice")
def test_x14_errors_of_other_kinds_of_workbooks(hostile: Hostile, kind: str, tmp_path: Path) -> None:
    bad = Raw('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    path = hostile.write(book({"S": [HEAD, order("#1"), order("#2", phone=bad), order("#3")]}), NAME)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", kind,
         "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    taken = hostile.take(tmp_path / "out" / f"{path.stem}.{kind}")
    assert taken.code == 3 and hostile.waiting() == [(3, "cell-error")] and set(hostile.orders()) == {"#1", "#3"}


@pytest.mark.parametrize("number", [1234567890123456789, 1234567890123450000, 12345678901234567])
def test_x15_an_order_id_of_more_than_15_digits_as_number(hostile: Hostile, number: int) -> None:
    """Whatever stands there is not the id: the whole column is refused, and the way to export again is told."""
    taken = hostile.given(book({"S": [HEAD, order(number), order(number + 1)]}), name=NAME)
    refused(taken, "id-ruined", "column Name", "Excel keeps 15 digits", "without opening it in Excel")
    path = hostile.write(book({"S": [HEAD, order(number), order("#2")]}), NAME)
    assert hostile.take(path).code == 3 and hostile.waiting() == [(2, "id-ruined")]


def test_x15_ids_of_up_to_15_digits_and_ids_as_text(hostile: Hostile) -> None:
    made = book({"S": [HEAD, order(123456789012345), order("6200000000000000001"), order(7)]})
    assert hostile.given(made, name=NAME).code == 0
    assert set(hostile.orders()) == {"123456789012345", "6200000000000000001", "7"}


def test_x16_a_phone_as_a_floating_number(hostile: Hostile) -> None:
    """The same buyer as the same phone written as text; a phone with a fraction is another text."""
    phones = [Raw('<c r="@"><v>1.3800138E10</v></c>'), "13800138000", Raw('<c r="@"><v>13800138000.5</v></c>')]
    rows = [order(f"#{n}", phone=phone) for n, phone in enumerate(phones, 1)]
    assert hostile.given(book({"S": [HEAD, *rows]}), name=NAME).code == 0
    first, same, other = hostile.orders("buyer").values()
    assert first is not None and first == same != other


def dated(path: Path, when: list[object], *, since_1904: bool) -> Path:
    """Orders whose times are numbers with a format of dates."""
    made = xlsxwriter.Workbook(str(path), {"date_1904": since_1904})
    page, shown = made.add_worksheet("S"), made.add_format({"num_format": "yyyy/m/d h:mm"})
    page.write_row(0, 0, SHOPIFY)
    for n, at in enumerate(when, 1):
        page.write_row(n, 0, order(f"#{n}")[:2])
        if isinstance(at, datetime.datetime):
            page.write_datetime(n, 2, at, shown)
        elif isinstance(at, (int, float)):
            page.write_number(n, 2, at, shown)
        else:
            page.write(n, 2, at)
        page.write_row(n, 3, order(f"#{n}")[3:])
    made.close()
    return path


@pytest.mark.parametrize("since_1904", [False, True])
def test_x17_serial_dates_and_text_dates(hostile: Hostile, since_1904: bool) -> None:
    """2026-11-01 is 46327 counted from 1900 and 44865 from 1904; the same column may hold texts."""
    when = [datetime.datetime(2026, 11, 1, 9, 30), "2026/11/02 10:00", 44866.5 if since_1904 else 46328.5]
    taken = hostile.take(dated(hostile.folder / NAME, when, since_1904=since_1904))
    assert taken.code == 0, taken.printed
    assert hostile.orders("placed_day") == {"#1": "2026-11-01", "#2": "2026-11-02", "#3": "2026-11-02"}


def test_x17_the_day_that_never_was(hostile: Hostile) -> None:
    """29 February 1900 is day 60 of Excel's calendar alone: no date."""
    taken = hostile.take(dated(hostile.folder / NAME, [60, datetime.datetime(2026, 11, 1)], since_1904=False))
    assert taken.code == 3 and hostile.waiting() == [(2, "bad-date")]
