"""Real sample files that stand beside the repository: each is known, and no row of it is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import SHARED, rows, taken

SAMPLES = sorted(p for name in ("shopify", "woocommerce") for p in (SHARED / "samples" / name).glob("*.csv"))


@pytest.mark.skipif(not SAMPLES, reason="no sample files beside the repository")
def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 9


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_sample_is_taken_in_whole(sample: Path, tmp_path: Path) -> None:
    _, (receipt,) = taken(tmp_path, [sample])
    if sample.name == "sample_tax_rates.csv":
        assert receipt.problem is not None and receipt.problem.code == "refused-by-name"
        return
    assert receipt.state == "applied", receipt.problem
    assert receipt.importer.startswith(f"{sample.parent.name} ")
    assert receipt.outcome["quarantined"] == 0
    assert set(receipt.ignored_by) <= {"image", "parent"}
    assert receipt.read == receipt.outcome["inserted"] + receipt.ignored > 0


def test_listings_of_all_product_samples_have_codes_and_ids(tmp_path: Path) -> None:
    products = [p for p in SAMPLES if "product" in p.name]
    if not products:
        pytest.skip("no sample files beside the repository")
    for n, sample in enumerate(products):
        store, _ = taken(tmp_path / str(n), [sample])
        assert rows(store, "SELECT count(*) FROM fact_listings WHERE listing_id = '' OR code IS NULL") == [(0,)]
        assert rows(store, "SELECT count(*) FROM fact_listings WHERE title IS NULL OR state IS NULL") == [(0,)]
