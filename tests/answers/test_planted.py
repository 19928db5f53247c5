"""What examples/shop_truths.json says of the example shop is found: the true cases, not the near misses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.desks import find
from tests.answers.asked import SHOP, told

TRUTHS: dict[str, Any] = json.loads(SHOP.with_name("shop_truths.json").read_text(encoding="utf-8"))
CASES: dict[str, Any] = TRUTHS["questions"]
QUIET = [one["sku"] for one in TRUTHS["quiet"]]
# The key columns of questions whose rows have no single key.
KEYS = {
    "listings/prices": ("shop", "listing", "variant"),
    "listings/side-by-side": ("sku", "shop", "listing", "variant"),
}
ALERTS = sorted(address for address, question in find.questions().items() if question.alert)


def key(address: str, row: dict[str, Any]) -> str:
    return "/".join(str(row[name]) for name in KEYS.get(address, ("key",)))


# The example shop has no bills: cases of these are planted, and worked out, in tests/month.
IN_MONTH = {f"finance/{name}" for name in ("bills", "differing", "no-money", "settled", "unmatched")}


def test_every_question_has_its_cases() -> None:
    assert sorted({*CASES, *IN_MONTH}) == sorted(find.questions())


@pytest.mark.parametrize("address", sorted(CASES))
def test_the_true_case_is_told_and_the_near_miss_is_not(example: Path, address: str) -> None:
    case, rows = CASES[address], told(example, address)["en"]["rows"]
    if "column" in case:
        assert case["near_miss"]["key"] in {key(address, row) for row in rows}, "told, but otherwise"
        rows = [row for row in rows if row[case["column"]] == case["value"]]
    found = {key(address, row) for row in rows}
    assert case["true"]["key"] in found, case["true"]["because"]
    assert case["near_miss"]["key"] not in found, case["near_miss"]["because"]


@pytest.mark.parametrize("address", ALERTS)
def test_nothing_is_raised_for_the_quiet_skus(example: Path, address: str) -> None:
    for row in told(example, address)["en"]["rows"]:
        said = json.dumps(row, ensure_ascii=False)
        assert not [sku for sku in QUIET if re.search(rf"{sku}(?!\w)", said)], row["key"]


def test_the_worklist_has_rows_of_every_desk(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["today", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["desk"] for row in rows} == {
        "listings",
        "inventory",
        "coupons",
        "reviews",
        "campaigns",
        "orders",
        "files",
    }
    assert {f"{row['desk']}/{row['question']}" for row in rows} == set(ALERTS) - IN_MONTH, (
        "the generator plants a case of each"
    )
    assert not [row for row in rows for sku in QUIET if row["key"].endswith(sku)]


def test_the_older_truths_are_found_too(example: Path) -> None:
    """What the generator simulated, not only what it planted row by row: runs, a bad lot, a coupon that loses."""
    reorder = {row["sku"] for row in told(example, "inventory/reorder")["en"]["rows"]}
    assert reorder == {one["sku"] for one in TRUTHS["will_run_out"]}
    costs = {row["sku"] for row in told(example, "listings/costs")["en"]["rows"]}
    assert costs == {*TRUTHS["no_cost"]["skus"], "JJ-3002GN"}, "and the code that is not mapped"
    fault = TRUTHS["fault"]
    bursts = [row for row in told(example, "reviews/inbox")["en"]["rows"] if row["why_code"].endswith("-burst")]
    assert {row["sku"] for row in bursts} == {fault["sku"]}
    assert {row["key"].removeprefix("review:taobao/main/") for row in bursts} <= set(fault["bad_reviews"])
    (coupon,) = told(example, "coupons/losing")["en"]["rows"]
    assert (coupon["code"], coupon["orders"]) == (TRUTHS["loss_coupon"]["coupon"], TRUTHS["loss_coupon"]["uses"])
    campaign = TRUTHS["campaign"]
    retro = next(
        row for row in told(example, "campaigns/retro")["en"]["rows"] if row["campaign"] == campaign["campaign"]
    )
    assert retro["units"] == sum(one["units_in_campaign"] for one in campaign["skus"])
