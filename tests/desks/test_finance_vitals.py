"""Vital signs: each period against the same weekdays before, only over covered days, money by its own definition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.basics import days
from merchant_cli.desks.finance._sums import periods
from merchant_cli.desks.metrics import METRICS

HEAD = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Refunded Amount,"
    "Outstanding Balance,Id,Discount Amount\n"
)
TRAFFIC = "统计日期,访客数,支付买家数,支付金额\n"


def order(n: int, day: str, mail: str, units: int = 1, *, off: str = "0.00", refunded: str = "0.00") -> str:
    """One order of `units` cups at 10.00 with 2.00 shipping; `off` is given off by the shop."""
    sold = 10 * units - float(off)
    status = "partially_refunded" if float(refunded) else "paid"
    return (
        f"#{n},{mail},{status},{day} 12:00:00 +0800,fulfilled,CNY,{sold:.2f},2.00,0.00,{sold + 2:.2f},"
        f"{day} 12:00:00 +0800,{units},Cup,10.00,CUP,{off},{refunded},0.00,{n},{off}\n"
    )


def body(refunded: dict[int, str] | None = None) -> str:
    """Two weeks of one order a day by ann, up to Thursday 2026-11-12; on the last day bob buys three more with 5 off,
    on the Thursday before two more are bought by ann. #102 is of Friday the 13th, when the file is made."""
    back = refunded or {}
    text = HEAD + "".join(
        order(n, days.add("2026-10-30", n), "ann@example.com", refunded=back.get(n, "0.00")) for n in range(14)
    )
    text += order(100, "2026-11-12", "bob@example.com", 3, off="5.00") + order(101, "2026-11-05", "ann@example.com", 2)
    return text + order(102, "2026-11-13", "late@example.com")


@pytest.fixture
def rows(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    path = tmp_path / "orders_export_20261113.csv"
    path.write_text(body(), encoding="utf-8")
    assert main(["import", str(path), "--quiet", "--exported", "2026-11-13"]) == 0
    return asked(capsys)


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["finance", "vitals", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return found


def asked(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    return {row["metric"]: row for row in told(capsys)}


def test_day_and_week_by_hand(rows: dict[str, dict[str, Any]]) -> None:
    # The last full day is Thursday the 12th (the export was made on the 13th): ann 1 cup, bob 3 cups − 5.00.
    # The Thursday before, the 5th: ann 1 cup and 2 cups.
    assert rows["orders"]["last_day"] == "2026-11-12"
    assert cells(rows["orders"], "day") == (2, 2, 0)
    assert cells(rows["units"], "day") == (4, 3, pytest.approx(1 / 3))
    assert cells(rows["gross"], "day") == (40.00, 30.00, pytest.approx(1 / 3))
    assert cells(rows["discounts"], "day")[:2] == (5.00, 0)
    assert cells(rows["net"], "day")[:2] == (35.00, 30.00)
    # Paid: 10 + 2 and 30 − 5 + 2 = 39; before 12 + 22 = 34. Two buyers, before one: 19.50 and 34.00.
    assert cells(rows["paid"], "day")[:2] == (39.00, 34.00)
    assert cells(rows["buyers"], "day")[:2] == (2, 1)
    assert cells(rows["per_buyer"], "day")[:2] == (19.50, 34.00)
    # Seven days, 6th to 12th: 7 orders by ann and 1 by bob; before, 30 October to 5 November: 8 by ann.
    assert cells(rows["orders"], "week") == (8, 8, 0)
    assert cells(rows["buyers"], "week")[:2] == (2, 1), "buyers of several days are not added"


def test_a_period_that_is_not_covered_is_blank(rows: dict[str, dict[str, Any]]) -> None:
    # The month to date has 12 days; the same weekdays before begin on 18 October, and files on the 30th.
    assert cells(rows["orders"], "month") == (14, None, None)
    assert "visitors" not in rows and "ad_spend" not in rows, "no file says them"


def test_refunds_on_their_own_day(rows: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # 4.00 of #12, sold on the 11th, are given back; the export of the 14th shows it first and says no day: it is
    # booked on the 14th, after the last full day (the shop's zone is not known: its last day never is full).
    path = tmp_path / "orders_export_20261114.csv"
    path.write_text(body({12: "4.00"}), encoding="utf-8")
    assert main(["import", str(path), "--quiet", "--exported", "2026-11-14"]) == 0
    found = asked(capsys)
    assert found["net"]["last_day"] == "2026-11-12" and cells(found["net"], "day")[:2] == (35.00, 30.00)
    assert found["refunds"]["week"] == 0
    assert main(["sql", "select sum(refunds_minor) as r from daily_money where day = '2026-11-14'", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == [{"r": 400}]


def test_visits_are_never_added_over_days(rows: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = "".join(f"{days.add('2026-10-30', n)},{100 + n},5,50.00\n" for n in range(14))
    path = tmp_path / "店铺.csv"
    path.write_text(TRAFFIC + taken, encoding="gb18030")
    assert main(["import", str(path), "--quiet", "--exported", "2026-11-13", "--shop", "taobao/main"]) == 0
    capsys.readouterr()
    rows = {row["metric"]: row for row in told(capsys) if row["shop"] == "taobao/main"}
    # 12 November is the 14th of 14 days: 113 visitors, a week before 106; 5 of them bought.
    assert cells(rows["visitors"], "day") == (113, 106, pytest.approx(7 / 106))
    assert cells(rows["conversion"], "day")[:2] == (pytest.approx(5 / 113), pytest.approx(5 / 106))
    assert cells(rows["visitors"], "week") == cells(rows["visitors"], "month") == (None, None, None)
    assert set(rows) == {"visitors", "conversion"}


def cells(row: dict[str, Any], period: str) -> tuple[Any, ...]:
    return row[period], row[f"{period}_before"], row[f"{period}_change"]


@pytest.mark.parametrize(
    ("last", "month"),
    [
        ("2026-11-01", ("2026-11-01", "2026-11-01", "2026-10-25", "2026-10-25")),
        ("2026-11-07", ("2026-11-01", "2026-11-07", "2026-10-25", "2026-10-31")),
        ("2026-11-08", ("2026-11-01", "2026-11-08", "2026-10-18", "2026-10-25")),
        ("2026-12-31", ("2026-12-01", "2026-12-31", "2026-10-27", "2026-11-26")),
    ],
)
def test_the_month_moves_back_by_whole_weeks(last: str, month: tuple[str, ...]) -> None:
    assert periods(last)[2][1:] == month
    assert days.between(month[2], month[0]) % 7 == 0 and month[3] < month[0]


@pytest.mark.parametrize("name", METRICS)
def test_the_sql_of_a_metric_gives_what_vitals_shows(
    example: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sql", METRICS[name].sql, "--json"]) == 0
    by_day = {(r["shop"], r["day"]): r["value"] for r in json.loads(capsys.readouterr().out)["rows"]}
    assert main(["finance", "vitals", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    shown = [row for row in rows if row["metric"] == name and row["shop"] != "all"]
    for row in shown:
        if row["day"] is not None:
            over = 100 if METRICS[name].kind == "money" else 1  # the SQL counts in minor units
            assert row["day"] == pytest.approx(by_day.get((row["shop"], row["last_day"]), 0) / over, abs=0.01)
    assert shown or METRICS[name].needs != "orders"
