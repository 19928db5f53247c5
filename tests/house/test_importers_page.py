"""docs/importers.md says of every importer where its file comes from and what each optional column is for."""

from __future__ import annotations

import runpy

import pytest

from importers import catalogue
from merchant_cli.store.facts import TABLES
from tests.house.tree import ROOT

IMPORTERS = [entry.load() for entry in catalogue.entries()]
LOST = runpy.run_path(str(ROOT / "docs/lost_words.py"))["LOST"]
PAGE = (ROOT / "docs/importers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("one", IMPORTERS, ids=lambda one: one.id)
def test_says_where_the_file_is_downloaded(one: catalogue.Importer) -> None:
    assert one.menu is not None
    assert f"## {one.id}\n\n{one.title.en} · {one.title.zh}\n\nDownloaded at: {one.menu.zh}" in PAGE


def test_every_column_that_a_file_can_leave_out_has_words() -> None:
    stored = {
        (table, column)
        for one in IMPORTERS
        for table in one.tables
        for column in TABLES[table].stated
        if column not in TABLES[table].key
    }
    # What the program fills itself, whatever the file says.
    ours = {("refunds", "detail"), ("refunds", "day_known"), ("campaigns", "from_day"), ("campaigns", "to_day")}
    assert {pair for pair in stored - ours if pair[1] not in LOST.get(pair[0], {})} == set()


def test_what_a_missing_column_costs_is_measured() -> None:
    """Orders of JD without their shipping charge: the sample was read without it."""
    section = PAGE.split("## jd orders")[1].split("\n## ")[0]
    assert "| `运费金额` | shipping charged, and the check that the amounts of an order add up |" in section
