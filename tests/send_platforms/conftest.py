from pathlib import Path

import pytest

from tests.send.send_tools import Shop


@pytest.fixture
def shop(store: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(store, capsys)
