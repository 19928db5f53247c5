"""Amazon's All Orders, worked out by hand: tax on top or inside, days by marketplace, prices that are not known."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.importers.taking import HERE, digest, rows, taken

AMERICA = HERE / "amazon" / "orders" / "50312020031.txt"
EUROPE = HERE / "amazon" / "orders" / "50415020041.txt"
SUMS = (
    "SELECT currency, count(*), sum(sum_listed), sum(sum_discount), sum(sold), sum(shipping), sum(tax_added),"
    " sum(tax_inside), sum(paid), sum(units) FROM fact_orders WHERE counts = 1 GROUP BY currency ORDER BY currency"
)


def test_money_with_tax_on_top(tmp_path: Path) -> None:
    """Of Amazon.com 1, 2, 5, 6 and 7 count; what came back of them other reports say.

    listed    (40 + 25) + (30 + 3.99 gift wrap) + 12 + 24 + 64               = 198.99
    discount  4.00 + 2.50                                                    =   6.50    sold 192.49
    shipping  5.99 + (4.50 − 4.50) + 8.50                                    =  14.49
    tax       (3.50 + 2.19 + 0.52) + (2.63 + 0.35) + 1.05 + 2.10 + (5.60 + 0.74) = 18.68
    paid      192.49 + 14.49 + 18.68                                         = 225.66
    units     (2 + 1) + 1 + 1 + 2 + 1; the cup that was taken out of order 6 is none
    """
    store, _ = taken(tmp_path, [AMERICA])
    assert rows(store, SUMS) == [
        ("CAD", 1, 5000, 0, 5000, 0, 650, None, 5650, 1),
        ("USD", 5, 19899, 650, 19249, 1449, 1868, None, 22566, 8),
    ]
    assert rows(
        store, "SELECT day, currency, orders, gross_minor, discount_minor, net_minor, tax_minor FROM daily_money"
        " WHERE currency = 'USD' AND orders > 0 ORDER BY day"
    ) == [
        ("2024-11-01", "USD", 2, 9899, 650, 9249, 919),
        ("2024-11-02", "USD", 2, 3600, 0, 3600, 315),
        ("2024-11-03", "USD", 1, 6400, 0, 6400, 634),
    ]  # fmt: skip


def test_money_with_tax_inside(tmp_path: Path) -> None:
    """Amazon.co.uk: sold 24 + (18 − 1.80) + 6 + 48 = 94.20; tax (4 + 0.60) + 2.70 + 1 + 8 = 16.30 inside;
    shipping 3.60 + (2.40 − 2.40) = 3.60; paid 97.80."""
    store, _ = taken(tmp_path, [EUROPE])
    assert rows(store, SUMS) == [
        ("EUR", 1, 1190, 0, 1190, 0, None, 190, 1190, 1),
        ("GBP", 4, 9600, 180, 9420, 360, None, 1630, 9780, 5),
    ]


def test_a_blank_price_is_unknown(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [AMERICA])
    assert rows(
        store, "SELECT status, counts, sold, paid, sum_sold FROM fact_orders"
        " WHERE order_id LIKE '%03' OR order_id LIKE '%04' OR order_id LIKE '%08' ORDER BY order_id"
    ) == [
        ("cancelled", 0, None, None, None), ("unpaid", 0, None, None, None), ("shipped", 0, None, None, None)
    ]  # fmt: skip


def test_the_day_is_the_marketplaces(tmp_path: Path) -> None:
    """05:10 UTC is still the day before in Los Angeles, 23:30 UTC of July the next one in London."""
    one, _ = taken(tmp_path / "1", [AMERICA])
    assert rows(one, "SELECT placed_day FROM fact_orders WHERE order_id LIKE '%06'") == [("2024-11-02",)]
    other, _ = taken(tmp_path / "2", [EUROPE])
    assert rows(other, "SELECT placed_day FROM fact_orders WHERE order_id LIKE '203-0000001%'") == [("2024-07-02",)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_may_stand_in_any_order(seed: int, tmp_path: Path) -> None:
    lines = EUROPE.read_text(encoding="utf-8").splitlines()
    extra = lines[1].replace("CUP-B", "CUP-C")
    body = [*lines[1:], extra]
    digests: set[str] = set()
    for mixed in (body, Random(seed).sample(body, len(body))):
        path = tmp_path / f"{len(digests)}" / EUROPE.name
        path.parent.mkdir()
        path.write_text("\n".join([lines[0], *mixed]) + "\n", encoding="utf-8")
        store, _ = taken(path.parent / "s", [path])
        assert rows(store, "SELECT sold, paid FROM fact_orders WHERE order_id LIKE '203-0000001%'") == [(4800, 5520)]
        digests.add(digest(store))
    assert len(digests) == 1


HEAD = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\titem-tax"


@pytest.mark.parametrize(
    ("channel", "prices", "column"),
    [
        # 19 % on top of 100.00, 155.00 and 31.00, which is unusual in Germany; 23.46 % is no rate.
        ("Amazon.de", [("100.00", "19.00"), ("155.00", "29.45"), ("31.00", "5.89")], "tax_added"),
        # The same, but one of the rows fits only what is usual: 19.00 of 119.00.
        ("Amazon.de", [("100.00", "19.00"), ("155.00", "29.45"), ("119.00", "19.00")], "tax_inside"),
        # Two rows prove nothing.
        ("Amazon.de", [("100.00", "19.00"), ("155.00", "29.45")], "tax_inside"),
        # 20 % on top would be 25 % inside: both are rates, so what is usual holds.
        ("Amazon.co.uk", [("10.00", "2.00"), ("15.50", "3.10"), ("31.00", "6.20")], "tax_inside"),
        # Seattle's 10.35 % is no multiple of a half, and neither is it inside.
        ("Amazon.com", [("40.00", "4.14"), ("64.00", "6.62"), ("25.00", "2.59")], "tax_added"),
    ],
)
def test_both_readings_of_tax_are_checked(
    channel: str, prices: list[tuple[str, str]], column: str, tmp_path: Path
) -> None:
    body = [
        f"N-{n}\t2024-07-01T10:00:00+00:00\tShipped\t{channel}\tCUP\t1\tGBP\t{price}\t{tax}"
        for n, (price, tax) in enumerate(prices)
    ]
    path = tmp_path / "orders.txt"
    path.write_text("\n".join([HEAD, *body]) + "\n", encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, f"SELECT count({column}), count(tax_added) + count(tax_inside) FROM fact_orders") == [
        (len(prices), len(prices))
    ]


UNSHIPPED = HERE / "amazon" / "unshipped" / "50312020055.txt"


def test_what_is_to_be_shipped(tmp_path: Path) -> None:
    """The order is promised by the earliest day of its items: 07:59:59 UTC ends a day in Los Angeles."""
    store, _ = taken(tmp_path, [UNSHIPPED])
    assert rows(store, "SELECT order_id, status, open, units, placed_day, ship_by_day, sum_sold FROM fact_orders") == [
        ("111-0000005-0000005", "paid", 1, 1, "2024-11-02", "2024-11-05", None),
        ("111-0000012-0000012", "part_shipped", 1, 4, "2024-11-02", "2024-11-04", None),
        ("203-0000013-0000013", "paid", 1, 1, "2024-11-02", "2024-11-07", None),
    ]


def test_a_list_of_what_is_to_be_shipped_takes_no_lines_and_no_money_away(tmp_path: Path) -> None:
    """Whichever is newer or came first: of order 2 the list says one of two lines, and no amount."""
    listed = tmp_path / "50312020056.txt"
    lines = UNSHIPPED.read_text(encoding="utf-8").splitlines()
    listed.write_text(
        "\n".join(
            [
                lines[0],
                lines[1]
                .replace("111-0000005-0000005", "111-0000001-0000001")
                .replace("SPOON", "CUP-B")
                .replace("2024-11-02T21:00:00", "2024-11-01T16:20:11"),
            ]
        )
    )
    digests = set()
    for n, files in enumerate(([AMERICA, listed], [listed, AMERICA])):
        store, _ = taken(tmp_path / str(n), *([file] for file in files))
        assert rows(store, "SELECT code, units, sold FROM fact_order_lines WHERE order_id LIKE '%-0000001'") == [
            ("CUP-B", 2, 3600), ("TRAY-1", 1, 2250)]  # fmt: skip
        digests.add(digest(store))
    assert len(digests) == 1
