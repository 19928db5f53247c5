"""The two READMEs say the same, and every `merchant` line in them works on the example shop, in order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from merchant_cli.app import main
from tests.house.tree import ROOT

ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))


def blocks(text: str) -> list[str]:
    """The code blocks of a page, without their comments."""
    found: list[str] = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [re.sub(r"\s+#.*", "", block) for block in found]


def outside(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def levels(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", outside(text), re.MULTILINE)]


def commands() -> list[list[str]]:
    lines = [line for block in blocks(ENGLISH) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("merchant ")]


def test_both_have_the_same_headings_and_commands() -> None:
    assert levels(ENGLISH) == levels(CHINESE)
    assert blocks(ENGLISH) == blocks(CHINESE) != []
    assert set(re.findall("`([^`]*)`", outside(ENGLISH))) == set(re.findall("`([^`]*)`", outside(CHINESE)))
    links = [re.findall(r"\]\(([^)]*)\)", text)[1:] for text in (ENGLISH, CHINESE)]
    links[1] = [link.replace("-zh.svg", "-en.svg") for link in links[1]]  # each shows its own language
    assert links[0] == links[1]


def test_english_and_chinese_are_not_mixed() -> None:
    assert not re.search("[\u4e00-\u9fff]", ENGLISH.replace("中文", ""))
    assert re.search("[\u4e00-\u9fff]", CHINESE)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = [name for block in blocks(ENGLISH) for name in re.findall(r"^make (\w+)", block, re.MULTILINE)]
    assert named
    for name in [*named, "check", "golden", "bench", "docs", "soak"]:
        assert re.search(f"^{name}:", makefile, re.MULTILINE), name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_works(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    for name, value in {"STORE": "merchant.db", "KEY": "buyer.key", "LANG": lang, "SETTLE": "0"}.items():
        monkeypatch.setenv(f"MERCHANT_{name}", value if name in ("LANG", "SETTLE") else str(tmp_path / value))
    said = {}
    for words in commands():
        assert main(words) == 0, words
        said[" ".join(words)] = capsys.readouterr().out
    assert "sku:CJ-1001-WH" in said["today"]
    assert (tmp_path / "my-shop.xlsx").exists() and (tmp_path / "order.xlsx").exists()
