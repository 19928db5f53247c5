"""Our paid amount by day beside somebody else's: every difference has its cause, and what has none is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.methods.definitions import best, rests

HEAD = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Outstanding Balance,Id\n"
)


def order(n: int, day: str, amount: int, *, paid_on: str = "", cancelled: str = "") -> str:
    """`amount` for goods and 5.00 shipping, placed on `day`, paid then or on `paid_on`."""
    state, sent = ("voided", "unfulfilled") if cancelled else ("paid", "fulfilled")
    return (
        f"#{n},a{n}@example.com,{state},{paid_on or day} 12:00:00 +0800,{sent},CNY,{amount}.00,5.00,0.00,"
        f"{amount + 5}.00,{day} 12:00:00 +0800,1,Cup,{amount}.00,CUP,{cancelled},0.00,0.00,{n}\n"
    )


@pytest.fixture
def shop(store: Path, tmp_path: Path) -> None:
    """3 to 6 November: 100, 200 and 50 (which was closed after payment), 300 (paid on the 6th), 400; all with 5.00."""
    rows = [
        order(1, "2026-11-03", 100), order(2, "2026-11-04", 200),
        order(3, "2026-11-04", 50, cancelled="2026-11-05 09:00:00 +0800"),
        order(4, "2026-11-05", 300, paid_on="2026-11-06"), order(5, "2026-11-06", 400), order(6, "2026-11-07", 1),
    ]  # fmt: skip
    path = tmp_path / "orders_export_20261107.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    assert main(["import", str(path), "--quiet", "--exported", "2026-11-08"]) == 0


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[dict[str, Any]], list[str]]:
    capsys.readouterr()
    assert main(["reconcile", *words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    return answer["rows"], answer["notes"]


def sheet(path: Path, amounts: dict[str, str]) -> str:
    text = "我的流水\n\n日期,备注,销售额\n" + "".join(f"{day},,{amount}\n" for day, amount in amounts.items())
    path.write_text(text, encoding="gb18030")
    return str(path)


def test_an_old_sheet_with_another_definition(shop: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Theirs: by day of payment, without shipping, closed orders included. 2 November is in no order file of ours.
    # 3rd 100 · 4th 200 + 50 · 5th nothing · 6th 300 + 400. Ours, with shipping: 105, 205, 305, 405.
    theirs = {"2026-11-02": "80.00", "2026-11-03": "100.00", "2026-11-04": "255.00", "2026-11-05": "0",
              "2026-11-06": "¥710.00"}  # fmt: skip
    theirs["2026-11-03"], theirs["2026-11-04"] = "105.00", "260.00"
    rows, notes = told(capsys, sheet(tmp_path / "旧表.csv", theirs))
    assert [(r["day"], r["theirs"], r["ours"], r["difference"]) for r in rows] == [
        ("2026-11-02", 80, 0, 80), ("2026-11-03", 105, 105, 0), ("2026-11-04", 260, 205, 55),
        ("2026-11-05", 0, 305, -305), ("2026-11-06", 710, 405, 305),
    ]  # fmt: skip
    # 55 is the closed order with its shipping; the 305 of the 5th were paid on the 6th; the 2nd is not covered.
    assert [(r["cancelled"], r["other_day"], r["uncovered"], r["rest"]) for r in rows] == [
        (0, 0, 80, 0), (0, 0, 0, 0), (55, 0, 0, 0), (0, -305, 0, 0), (0, 305, 0, 0),
    ]  # fmt: skip
    assert "100 %" in notes[0] and "day of payment" in notes[0]


def test_what_nothing_explains_is_said(shop: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Shipping left out on every day, and 7.00 more on the 4th that nobody can explain.
    theirs = {"2026-11-03": "100", "2026-11-04": "207", "2026-11-05": "300", "2026-11-06": "400"}
    rows, _ = told(capsys, sheet(tmp_path / "旧表.csv", theirs))
    assert [(r["shipping"], r["rest"]) for r in rows] == [(-5, 0), (-5, 7), (-5, 0), (-5, 0)]


def test_a_report_of_another_platform_is_refused(
    shop: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "店铺.csv"
    path.write_text("统计日期,访客数,支付买家数,支付金额\n2026-11-03,90,1,105.00\n", encoding="gb18030")
    assert main(["reconcile", str(path)]) == 2
    assert "shopify/main" in capsys.readouterr().err
    assert told(capsys, "paid")[0] == [], "and nothing of it was kept"


@pytest.mark.parametrize(
    ("text", "code"),
    [("日期,销售额\n2026-11-03~2026-11-04,5\n", 4), ("名称,数量\nA,1\n", 4), ("", 4)],
)
def test_faults(shop: None, tmp_path: Path, text: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["reconcile", str(path)]) == code
    assert main(["reconcile", str(tmp_path / "none.csv")]) == 4
    assert main(["reconcile", "paid", "--shop", "no/such"]) == 2
    capsys.readouterr()


def test_the_fewest_parts_that_explain_most() -> None:
    gaps, parts = [5, 5, 0], {"a": [5, 5, 0], "b": [5, 0, 0], "c": [0, 5, 0], "d": [0, 0, 0]}
    assert best(gaps, parts) == ("a",) and rests(gaps, [parts["b"], parts["c"]]) == [0, 0, 0]
    assert best([0, 0, 0], parts) == () and best([5, 4, 0], parts) == ("a",)
    assert best([1], {"a": [7]}) == ()
