"""The example shop, taken in once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answers.asked import make_store

NAMES = ("STORE", "KEY", "SETTLE", "RULES", "LANG")


@pytest.fixture(scope="package")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The path of its store; tests read it only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setenv(f"MERCHANT_{name}", "")
        patch.setenv("XDG_STATE_HOME", "")
        yield make_store(tmp_path_factory.mktemp("example"))
