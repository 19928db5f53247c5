"""Spoiled samples of every importer: each ends as a receipt that adds up or as a Problem, and soon.

The short run is the same each time. `make soak` goes on for ten minutes, or for MERCHANT_SOAK_MINUTES.
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from mutated_samples import SAMPLES, TEXTS, sources, spoiled

from merchant_cli.intake.receipt import OUTCOMES, Receipt
from merchant_cli.intake.take_in import Asked, take_in

MINUTES = float(os.environ.get("MERCHANT_SOAK_MINUTES") or 10)
MOST_SECONDS = 30
SOURCES = sources()
SMALL_TEXTS = [path for path in SOURCES if path.suffix in TEXTS and path.stat().st_size < 20_000]
WORKBOOKS = [path for path in SOURCES if path not in SMALL_TEXTS]


@pytest.fixture(autouse=True)
def raised(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What nobody expected is raised, and the buyer key is one for all."""
    monkeypatch.setenv("MERCHANT_DEBUG", "1")
    store.with_name("buyer.key").write_bytes(bytes(range(32)))
    yield


def read(path: Path, seed: int, times: int) -> None:
    """Takes one spoiled sample into a store that is thrown away, and looks at what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / path.name
        target.write_bytes(spoiled(path, seed, times))
        begun = time.monotonic()
        receipts = list(take_in(Path(folder) / "none.db", [str(target)], Asked(dry_run=True)))
        assert time.monotonic() - begun < MOST_SECONDS
    for receipt in receipts:
        sound(receipt)


def sound(receipt: Receipt) -> None:
    for lang in ("en", "zh"):
        json.dumps(receipt.as_json(lang), ensure_ascii=False).encode("utf-8")
    if receipt.problem is not None:
        assert receipt.problem.code != "unexpected" and receipt.state == "refused"
        assert all(receipt.problem.show("en").values())
    else:
        assert receipt.read == sum(receipt.outcome[name] for name in OUTCOMES) + receipt.ignored


def spoiling(paths: list[Path]) -> st.SearchStrategy[tuple[Path, int, int]]:
    return st.tuples(st.sampled_from(paths), st.integers(0, 2**32), st.integers(1, 4))


QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


@settings(max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=QUIET,
          phases=[Phase.generate])  # fmt: skip
@given(spoiling(SMALL_TEXTS))
def test_spoiled_texts(one: tuple[Path, int, int]) -> None:
    read(*one)


@settings(max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=QUIET,
          phases=[Phase.generate])  # fmt: skip
@given(spoiling(WORKBOOKS))
def test_spoiled_workbooks(one: tuple[Path, int, int]) -> None:
    read(*one)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("MERCHANT_SOAK"), reason="make soak")
def test_spoiled_samples_for_minutes() -> None:
    """Goes on until the time is over; every fault is told once, with what makes it again."""
    until = time.monotonic() + MINUTES * 60
    faults: dict[str, str] = {}
    number = 0

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate])  # fmt: skip
    @given(st.one_of(spoiling(SOURCES), spoiling(SMALL_TEXTS), spoiling(WORKBOOKS)))
    def go_on(one: tuple[Path, int, int]) -> None:
        nonlocal number
        if time.monotonic() > until:
            return
        number += 1
        try:
            read(*one)
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            path, *rest = one
            faults.setdefault(
                f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}",
                f"{path.relative_to(SAMPLES)}, {rest}: {error}"[:300],
            )

    for first in itertools.count(int(time.time())):
        if time.monotonic() > until:
            break
        seed(first)(go_on)()
    print(f"{number} spoiled samples")
    assert not faults, "\n".join(f"{what}: {where}" for what, where in faults.items())
