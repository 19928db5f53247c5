"""The files of the example shop are those that its generator writes, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.answers.asked import SHOP

MAKE = """
import sys, pathlib
sys.path.insert(0, sys.argv[1])
import make_example_shop
make_example_shop.main(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
"""


def test_the_generator_writes_these_files(tmp_path: Path) -> None:
    folder, truths = tmp_path / "shop", tmp_path / "truths.json"
    words = [sys.executable, "-B", "-c", MAKE, str(SHOP.parent), str(folder), str(truths)]
    subprocess.run(words, check=True, capture_output=True)
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in SHOP.iterdir())
    assert [path.name for path in folder.iterdir() if path.read_bytes() != (SHOP / path.name).read_bytes()] == []
    assert truths.read_bytes() == SHOP.with_name("shop_truths.json").read_bytes()
