"""The whole Online Retail file through its mapping: every row is taken, and the money is that of the golden answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importers.taking import SHARED, rows, taken

DATA = SHARED / "data" / "online_retail"
MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "online-retail.toml"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no data/online_retail beside the repository")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found, (receipt,) = taken(tmp_path_factory.mktemp("retail"), [DATA / "online_retail.csv.gz"], mapping=MAPPING)
    assert receipt.state == "applied", receipt.problem
    assert receipt.read == receipt.outcome["inserted"] == 541_909
    assert receipt.ignored == 0
    return found


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    said = json.loads((DATA / "golden.json").read_text(encoding="utf-8"))
    return {one["id"]: one["value"] for one in said["aggregates"]}


def test_no_row_is_lost(store: Path) -> None:
    counted = {
        t: rows(store, f"SELECT count(*) FROM fact_{t}")[0][0] for t in ("order_lines", "refunds", "money_moves")
    }
    assert counted == {"order_lines": 531_282, "refunds": 9_288, "money_moves": 3}
    assert rows(store, "SELECT count(*), sum(units) FROM fact_stock_moves") == [(1_336, -206_957)]
    assert sum(counted.values()) + 1_336 == 541_909


def test_months_agree_with_the_golden_answers(store: Path, golden: dict[str, Any]) -> None:
    months = rows(
        store,
        "SELECT substr(day, 1, 7), sum(gross_minor), sum(refunds_minor), sum(net_minor) FROM daily_money GROUP BY 1",
    )
    assert [month for month, *_ in months] == sorted(golden["gross_sales_by_month"])
    for month, gross, refunds, net in months:
        assert gross / 100 == pytest.approx(golden["gross_sales_by_month"][month]["gross"], abs=0.01)
        assert -refunds / 100 == pytest.approx(golden["cancellations_by_month"][month]["amt"], abs=0.01)
        assert net / 100 == pytest.approx(golden["net_sales_by_month"][month], abs=0.01)
    assert sum(net for *_, net in months) == 975_880_999


def test_net_and_adjustments_are_the_sum_of_all_rows(store: Path) -> None:
    moves = rows(store, "SELECT count(*), sum(amount_minor) FROM money_moves WHERE kind = 'adjustment'")
    assert moves == [(3, -1_106_206)]
    net = rows(store, "SELECT sum(net_minor) FROM daily_money")[0][0]
    assert net + moves[0][1] == 974_774_793


def test_products_by_revenue(store: Path, golden: dict[str, Any]) -> None:
    found = rows(
        store,
        "SELECT code, sum(sold_minor) FROM order_lines WHERE line_kind = 'goods'"
        " GROUP BY code ORDER BY 2 DESC LIMIT 10",
    )
    wanted = [(one["sku"], round(one["revenue"] * 100)) for one in golden["top10_products_by_revenue"]]
    assert found == wanted


def test_kinds_of_lines(store: Path) -> None:
    found = dict(rows(store, "SELECT line_kind, count(DISTINCT code) FROM fact_order_lines GROUP BY 1"))
    assert set(found) == {"goods", "shipping", "fee", "gift", "other"}
