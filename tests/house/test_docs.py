"""The generated pages are those that the code makes now."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT


def test_generated_pages_are_up_to_date() -> None:
    ran = subprocess.run([sys.executable, ROOT / "docs/make_docs.py", "--check"], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), "make docs"
