"""Amazon's settlements and statements, worked out by hand: what is settled adds up to the cent to what is stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, SHARED, digest, quarantined, rows, taken

AMERICA = HERE / "amazon" / "settlement" / "50620020031.txt"
EUROPE = HERE / "amazon" / "settlement" / "50620020042.txt"
OLD = HERE / "amazon" / "settlement_v1" / "50120020033.txt"
BY_KIND = "SELECT kind, sum(amount) FROM fact_money_moves GROUP BY kind ORDER BY kind"
TOTALS = (
    "SELECT substr(move_id, 1, 11), currency, sum(amount) FROM fact_money_moves WHERE account = 'wallet' GROUP BY 1, 2"
)


@pytest.mark.parametrize(
    ("sample", "total"),
    [
        (AMERICA, ("18800000001", "USD", -4600)),
        (EUROPE, ("19000000002", "EUR", 102049)),
        (OLD, ("17000000003", "USD", 2089)),
    ],
    ids=["America", "Europe", "V1"],
)
def test_a_settlement_comes_to_its_stated_total(sample: Path, total: tuple[str, str, int], tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [sample])
    assert quarantined(store) == []
    assert rows(store, TOTALS) == [total]


def test_what_is_settled_by_kind(tmp_path: Path) -> None:
    """sale        40 + 5.99 + 25 + 30 + 4.50 + 3.99          = 109.48
    promotion  −4 − 2.50 − 4.50                               = −11.00
    tax        what buyers paid and Amazon withheld           =   0.00
    fee        −5.40 − 3.38 − 5.10 − 4.75 + 9.60 − 1.92 + 1.50 − 0.30 − 39.99 − 1.11 = −50.85
    refund     −64 − 8.50 − 10                                = −82.50
    deposit    −20 + 15, kept back                            =  −5.00
    ads −12.34, compensation 6.20, and 0.01 that nobody knows: together −46.00
    """
    store, _ = taken(tmp_path, [AMERICA])
    assert dict(rows(store, BY_KIND)) == {
        "sale": 10948, "promotion": -1100, "tax": 0, "fee": -5085, "refund": -8250, "deposit": -500, "ads": -1234,
        "compensation": 620, "other": 1,
    }  # fmt: skip
    # 05:23 UTC is the evening before in Los Angeles.
    assert rows(store, "SELECT DISTINCT day FROM fact_money_moves WHERE order_id LIKE '%0002'") == [("2024-11-03",)]


def test_a_settlement_taken_twice_is_one(tmp_path: Path) -> None:
    """Also where a file holds it twice, one below the other."""
    again = tmp_path / "50620020099.txt"
    text = AMERICA.read_text(encoding="utf-8")
    head, _, body = text.partition("\r\n")
    again.write_text(f"{head}\r\n{body}{body}", encoding="utf-8", newline="")
    one, _ = taken(tmp_path / "1", [AMERICA])
    other, _ = taken(tmp_path / "2", [again])
    assert rows(other, TOTALS) == [("18800000001", "USD", -4600)]
    assert digest(one) == digest(other)


def test_a_settlement_with_a_row_missing_is_named(tmp_path: Path) -> None:
    short = tmp_path / "50620020098.txt"
    lines = AMERICA.read_text(encoding="utf-8").splitlines()
    short.write_text("\n".join([*lines[:2], *lines[3:]]) + "\n", encoding="utf-8")
    store, (receipt,) = taken(tmp_path / "s", [short])
    assert quarantined(store) == [[2, "sum-differs", "total-amount"]]
    assert rows(store, "SELECT sum(amount) FROM fact_money_moves") == [(-4600 - 4000,)]
    assert receipt.outcome["inserted"] == 42


def test_the_row_of_the_total_may_stand_last(tmp_path: Path) -> None:
    """As in a sheet that was sorted again; an amount without a date belongs to the settlement's end."""
    lines = EUROPE.read_text(encoding="utf-8").splitlines()
    undated = lines[-1].replace("10.07.2024 10:00:00 UTC", "").replace("10.07.2024", "")
    path = tmp_path / EUROPE.name
    path.write_text("\n".join([lines[0], *lines[2:-1], undated, lines[1]]) + "\n", encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert quarantined(store) == []
    assert rows(store, TOTALS) == [("19000000002", "EUR", 102049)]
    assert rows(store, "SELECT day FROM fact_money_moves WHERE amount = -3900") == [("2024-07-11",)]


def test_a_day_that_has_not_come_waits(tmp_path: Path) -> None:
    path = tmp_path / "settlement.txt"
    path.write_text(f"{HEAD}\n1\t\tUSD\tOrder\tItemPrice\tPrincipal\t1.00\t2062-01-02\n"
                    "1\t\tUSD\tOrder\tItemPrice\tPrincipal\t1.00\t2024-01-02\n", encoding="utf-8")  # fmt: skip
    store, _ = taken(tmp_path / "s", [path])
    assert quarantined(store) == [[2, "future-date", "posted-date"]]


HEAD = "settlement-id\ttotal-amount\tcurrency\ttransaction-type\tamount-type\tamount-description\tamount\tposted-date"


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["09/06/25", "09/14/25"], ["2025-09-06", "2025-09-14"]),  # as Amazon documents it, and proven
        (["09/06/25", "14/06/25"], ["2025-06-09", "2025-06-14"]),  # proven otherwise
        (["09/06/25"], ["2025-09-06"]),  # not proven
        (["09.06.2025"], ["2025-06-09"]),  # points are European
        (["2025-06-09"], ["2025-06-09"]),
    ],
)
def test_the_whole_file_tells_the_order_of_day_and_month(days: list[str], found: list[str], tmp_path: Path) -> None:
    path = tmp_path / "settlement.txt"
    body = [f"1\t\tUSD\tOrder\tItemPrice\tPrincipal\t1.00\t{day}" for day in days]
    path.write_text("\n".join([HEAD, f"1\t{len(days)}.00\tUSD", *body]) + "\n", encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert quarantined(store) == []
    assert rows(store, "SELECT day FROM fact_money_moves ORDER BY day") == [(day,) for day in found]


def test_an_amount_that_is_written_otherwise_than_its_file_waits(tmp_path: Path) -> None:
    path = tmp_path / "settlement.txt"
    body = [f"1\t\tEUR\tOrder\tItemPrice\tPrincipal\t{a}\t2025-06-09" for a in ("95,00", "1.234,50", "7.50")]
    path.write_text("\n".join([HEAD, "1\t1329,50\tEUR", *body]) + "\n", encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert quarantined(store) == [[5, "bad-money", "amount"]]
    assert rows(store, "SELECT amount FROM fact_money_moves ORDER BY amount") == [(9500,), (123450,)]


STATEMENT = HERE / "amazon" / "transactions" / "2024Nov1-2024Nov9CustomUnifiedTransaction.csv"


def test_a_statement_by_date_in_its_parts(tmp_path: Path) -> None:
    """sale          (40 + 5.99) + (30 + 4.50 + 3.99) + 3.10 of liquidations = 87.58
    refund      −(64 + 8.50) − 10                                          = −82.50
    promotion   −4 − 4.50                                                  =  −8.50
    tax         collected and withheld                                     =   0.00
    fee         −5.40 − 5.10 − 4.75 − 0.30 + 7.68 + 1.20 − 39.99 − 1.11    = −47.77
    withdrawal  −1,000.00 to the bank; compensation 1,206.20; ads −12.34; shipping −6.45; 0.01 of nobody knows what
    The row whose amount cannot be read waits.
    """
    store, _ = taken(tmp_path, [STATEMENT])
    assert dict(rows(store, BY_KIND)) == {
        "sale": 8758, "refund": -8250, "promotion": -850, "fee": -4777, "withdrawal": -100000,
        "compensation": 120620, "ads": -1234, "shipping": -645, "other": 1,
    }  # fmt: skip
    assert quarantined(store) == [[21, "bad-money", "product sales"]]
    assert rows(store, "SELECT DISTINCT account, currency FROM fact_money_moves") == [("settlement", "USD")]
    # The bank account of a transfer and the titles of goods are not kept.
    assert rows(store, "SELECT count(*) FROM fact_money_moves WHERE note LIKE '%ending%' OR note LIKE '%tray%'") == [
        (0,)
    ]


def test_the_sample_beside_the_repository_is_taken_in_whole(tmp_path: Path) -> None:
    """Its column `total`: 14.19 + 19.72 + 5.10 + 62.90 + 23.00 − 39.99 − 64.82 − 11.91 + 5.00 + 3.10 − 250.00 − 6.45
    − 6.00 = −246.16. What came back: −64 − 8.50 − 9 − 3.99 − 6 = −91.49."""
    sample = SHARED / "samples" / "amazon" / "date_range_transactions_synthetic.csv"
    if not sample.exists():
        pytest.skip(f"no {sample}")
    store, (receipt,) = taken(tmp_path, [sample])
    assert (receipt.read, receipt.outcome["inserted"], receipt.outcome["quarantined"]) == (13, 13, 0)
    assert rows(store, "SELECT sum(amount) FROM fact_money_moves") == [(-24616,)]
    assert dict(rows(store, BY_KIND))["refund"] == -9149
