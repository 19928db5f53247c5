"""A store of its own for each hostile file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_texts_in import Hostile


@pytest.fixture
def hostile(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Hostile:
    return Hostile(store, tmp_path, capfd)
