"""A store of its own for each test, and files to take in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from intake_tools import ORDERS_HEAD, SHOP


@pytest.fixture
def example_files() -> list[str]:
    return [str(path) for path in sorted(SHOP.iterdir())]


@pytest.fixture
def orders_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small Shopify orders export, dated by its name."""

    def write(*rows: str, day: str = "20250310") -> Path:
        path = tmp_path / f"orders_export_{day}.csv"
        path.write_text(ORDERS_HEAD + "".join(rows), encoding="utf-8")
        return path

    return write
