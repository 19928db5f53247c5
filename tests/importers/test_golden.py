"""Every sample becomes what its golden JSON says; `python -m tests.importers.golden` rewrites them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merchant_cli.intake.receipt import IGNORED
from tests.importers.golden import answer, golden, samples
from tests.importers.taking import HERE


@pytest.mark.parametrize("sample", samples(), ids=lambda path: str(path.relative_to(HERE)))
def test_sample_becomes_its_golden_answer(sample: Path, tmp_path: Path) -> None:
    found = json.loads(json.dumps(answer(sample, tmp_path)))
    assert found == json.loads(golden(sample).read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", samples(), ids=lambda path: str(path.relative_to(HERE)))
def test_every_row_is_accounted_for(sample: Path) -> None:
    for receipt in json.loads(golden(sample).read_text(encoding="utf-8"))["receipts"]:
        parts = [receipt[name] for name in ("inserted", "updated", "unchanged", "quarantined")]
        assert receipt["read"] == sum(parts) + sum(receipt["ignored_by"].values()) or receipt["state"] == "refused"
        assert set(receipt["ignored_by"]) <= set(IGNORED)
