"""Days, times and amounts as files abroad write them."""

from __future__ import annotations

import pytest

from importers.cells import Bad, money_reader
from importers.dates import order_of
from importers.moments import Moments
from importers.signs import currency_in
from merchant_cli.intake.dated import _STAMP


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sep-30-26", "2026-09-30"),
        ("30-Sep-26", "2026-09-30"),
        ("Oct 2, 2026", "2026-10-02"),
        ("September 30, 2031", "2031-09-30"),
        ("31 July, 2026", "2026-07-31"),
        ("sept 3 2026", "2026-09-03"),
    ],
)
def test_a_day_without_a_time(text: str, day: str) -> None:
    assert Moments("")(text) == (None, day)


def test_a_zone_in_letters_is_obeyed() -> None:
    """16:00:01 in Pacific daylight time is 23:00:01 UTC; without a zone it is the shop's."""
    there = Moments("")("Jun-29-26 23:00:01")
    assert Moments("Asia/Tokyo")("Jun-29-26 16:00:01 PDT") == there
    assert Moments("America/Los_Angeles")("Jun 29, 2026 4:00:01 PM") == there
    assert Moments("")("Jun 29, 2026 12:05 AM") == Moments("")("2026-06-29 00:05:00")


@pytest.mark.parametrize("text", ["Foo-30-26", "Sep-31-26", "Sep-30-26 10:00 XYZ", "09/10/26", "Sep 2026"])
def test_what_is_no_day(text: str) -> None:
    assert isinstance(Moments("")(text), Bad)


def test_order_of_day_and_month_is_proven_by_the_whole_file() -> None:
    assert order_of(["01/02/2026", "01/13/2026 10:00"]) == "mdy"
    assert order_of(["01.02.2026", "13.01.2026"]) == "dmy"
    assert order_of(["01/02/2026"]) == ""
    assert order_of(["01/13/2026", "13/01/2026"]) == ""


def test_signs_of_currencies() -> None:
    read = money_reader("USD")
    assert [read(text) for text in ("CA$76.00", "-CA$4.42", "AU $12.00", "£29.99", "($33.62)")] == [
        7600, -442, 1200, 2999, -3362,
    ]  # fmt: skip
    assert isinstance(read("USD5.00"), Bad) and isinstance(read("12,50"), Bad)
    assert currency_in([None, "", "-CA$4.42"]) == "CAD"
    assert [currency_in([text]) for text in ("$1", "£1", "AU $1", "($1)", "1.00")] == [
        "USD", "GBP", "AUD", "USD", None,
    ]  # fmt: skip


def test_a_year_behind_a_months_name_begins_no_stamp() -> None:
    assert not _STAMP.search("eBay-OrdersReport-Oct-05-2024-09_15_22-0700-11111111.csv")
    assert _STAMP.search("items-2024-10-01-2024-10-03.csv")


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Europe/Berlin", ""])
@pytest.mark.parametrize("offset", ["", " +0800", " -0330"])
def test_what_is_remembered_of_a_day_is_what_each_hour_is(zone: str, offset: str) -> None:
    moments = Moments(zone)
    days = ("2017-10-15", "2018-02-17", "2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-11-22")
    for day in days:
        for hour in (12, *range(24)):
            text = f"{day} {hour:02}:30:15{offset}"
            assert moments(text) == Moments(zone)(text), text
    assert moments("9999-12-31 23:59:59") == Moments(zone)("9999-12-31 23:59:59")


def test_a_day_written_with_two_separators_is_not_remembered_as_written() -> None:
    moments = Moments("Asia/Shanghai")
    for text in ("2026-03/01 10:00:00", "2026-03/01 10:30:00", "2026-3-01 10:30:00"):
        assert moments(text)[1] == "2026-03-01"  # type: ignore[index]
    assert isinstance(moments("２０２６-03-01 10:00:00"), Bad)
