import shutil
from pathlib import Path

import pytest
from circle_tools import EXAMPLES, Desk


@pytest.fixture
def desk(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A store with the example shop, and the platform's data as of the same evening."""
    made = Desk(tmp_path, capsys, monkeypatch)
    made.shop.mkdir()
    for kind in ("products", "inventory", "orders"):
        shutil.copy(EXAMPLES / "shop" / f"{kind}_export_20261115.csv", made.shop)
    return made
