"""Without any cost no margin, no contribution and no floor is made up, anywhere."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.desks import find
from merchant_cli.store import open as opening
from tests.answers.asked import SHOP, make_store, told
from tests.answers.conftest import NAMES

# What is made of costs: empty in every row without them.
FROM_COSTS = {
    "inventory/reorder": ("at_stake", "unit_margin"),
    "inventory/sold-out": ("at_stake", "lost_per_day"),
    "inventory/dead": ("at_stake", "unit_cost", "tied_up"),
    "coupons/uses": ("cost", "contribution"),
    "campaigns/retro": ("contribution", "after_ads"),
    "campaigns/skus": ("contribution",),
    "orders/unpaid": ("at_stake",),
}
NO_ROWS = ("listings/below-floor", "coupons/losing")  # nothing is below a floor or loses as far as anybody knows
OF_COSTS = {
    "unit_margin",
    "lost_per_day",
    "unit_cost",
    "tied_up",
    "contribution",
    "after_ads",
    "margin",
    "left",
    "floor",
}
EXPLAINED = {
    "inventory/reorder",
    "inventory/sold-out",
    "inventory/dead",
    "orders/unpaid",
    "campaigns/retro",
    "coupons/uses",
}


@pytest.fixture(scope="module")
def costless(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The store of the example shop without the cost sheet and without Shopify's cost per item."""
    folder = tmp_path_factory.mktemp("costless")
    shutil.copytree(SHOP, folder / "shop")
    (folder / "shop" / "成本与供应商.xlsx").unlink()
    for path in (folder / "shop").glob("products_export_*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(row | {"Cost per item": ""} for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setenv(f"MERCHANT_{name}", "")
        patch.setenv("XDG_STATE_HOME", "")
        yield make_store(folder, folder / "shop")


def rows_of(store: Path, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(store, address)["en"]["rows"]
    return found


def test_there_is_no_cost(costless: Path) -> None:
    with closing(opening.read(costless)) as db:
        assert db.execute("SELECT count(*) FROM costs WHERE cost_minor IS NOT NULL").fetchone()[0] == 0
        sold = {sku for (sku,) in db.execute("SELECT DISTINCT sku FROM sold_units WHERE day >= '2026-08-18'")}
    assert {row["sku"] for row in rows_of(costless, "listings/costs")} == sold, "all that is sold is asked for"


@pytest.mark.parametrize("address", sorted(FROM_COSTS))
def test_what_is_made_of_costs_is_empty(example: Path, costless: Path, address: str) -> None:
    with_costs, without = rows_of(example, address), rows_of(costless, address)
    assert without, "the rows themselves are there"
    for name in FROM_COSTS[address]:
        assert {row[name] for row in without} == {None}, name
        assert any(row[name] is not None for row in with_costs), "the test would see it"


@pytest.mark.parametrize("address", NO_ROWS)
def test_nothing_is_told_that_needs_a_cost(example: Path, costless: Path, address: str) -> None:
    assert rows_of(example, address) and rows_of(costless, address) == []


@pytest.mark.parametrize("address", sorted(find.questions()))
def test_no_column_of_any_question_holds_a_margin(costless: Path, address: str) -> None:
    question = find.question(address)
    for row in rows_of(costless, address):
        assert [name for name in OF_COSTS & row.keys() if row[name] is not None] == []
        if question.at_stake == "lost_margin":
            assert row["at_stake"] is None


def test_the_share_without_a_cost_is_all(costless: Path) -> None:
    for address in ("coupons/uses", "campaigns/retro"):
        assert {row["unknown_share"] for row in rows_of(costless, address)} == {1.0}


@pytest.mark.parametrize("address", sorted(EXPLAINED))
def test_an_explanation_adds_nothing_up(
    costless: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("MERCHANT_STORE", str(costless))
    desk, _, name = address.partition("/")
    key = rows_of(costless, address)[0]["key"]
    capsys.readouterr()
    assert main(["explain", desk, name, "--row", key, "--json"]) == 0
    terms = json.loads(capsys.readouterr().out)["rows"]
    of_costs = [t for t in terms if t["total"] in ("at_stake", "contribution", "after_ads", "lost_per_day")]
    assert of_costs and {t["value"] for t in of_costs} == {None}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_worklist(
    costless: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    monkeypatch.setenv("MERCHANT_STORE", str(costless))
    capsys.readouterr()
    assert main(["--lang", lang, "today", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    margins = [row for row in rows if f"{row['desk']}/{row['question']}" in FROM_COSTS]
    assert {row["at_stake"] for row in margins} == {None}
    assert {row["question"] for row in margins} == {"reorder", "sold-out", "dead", "unpaid"}
    assert not [row for row in rows if f"{row['desk']}/{row['question']}" in NO_ROWS]
