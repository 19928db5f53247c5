"""A text file that stops inside its last row is told from one that merely lacks the last line end."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.sheet import TextForm
from merchant_cli.intake.ending import ends_inside_a_row

WHOLE = "a,b,c\n1,2,3\n4,5,6\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "text, cut",
    [
        (WHOLE, False),
        (WHOLE.rstrip("\n"), False),
        (WHOLE + "7,8", True),
        (WHOLE + "7", True),
        ("a,b,c\n1,2", True),
        (WHOLE + "合计,11", False),
        (WHOLE + "Total", False),
        ("a,b,c\n1,2\n4,5", False),
        ("a,b,c", False),
        ("Report of 2025\n\na,b,c\n" + "1,2,3\n" * 30 + "4", True),
        ("a,b,c\n" + "甲,2,3\n" * 20000 + "4,5", True),
        ("a,b,c\n" + '"x\ny",2,3\n' * 20000 + "4,5,6", False),
    ],
)
def test_the_last_row(tmp_path: Path, text: str, cut: bool, encoding: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    assert ends_inside_a_row(path, TextForm(encoding), text[:30000]) is cut
