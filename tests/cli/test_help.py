"""Help speaks both languages, without Rich, for the program, every command and every question."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from merchant_cli.commands.catalogue import CATALOGUE, DESK_COMMANDS, LATER
from merchant_cli.desks import find

BUILT = [name for name, entry in CATALOGUE.items() if find_spec(entry.module)]
QUESTIONS = [question.address.split("/") for question in find.questions().values()]
LINES = [
    ["--help"],
    *([name, "--help"] for name in BUILT),
    *([*words, "--help"] for words in [*QUESTIONS, *(name.split() for name in DESK_COMMANDS)]),
]


def sentences(text: str) -> str:
    """Chinese help without what is a name: the left column, examples, `code`, options, suffixes, settings."""
    said = []
    for line in text.splitlines():
        if line.startswith("用法"):
            continue
        if line.startswith("  "):
            left, _, line = line.strip().partition("  ")
            if left.startswith("merchant ") and not line:
                continue
        said.append(re.sub(r"`[^`]*`|--?[a-z][\w|-]*|\.[a-z]+|[A-Z]+_[A-Z]+|merchant", "", line))
    return "\n".join(said)


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_help_in_both_languages(run: Callable, words: list[str]) -> None:
    english, chinese = run(*words), run(*words, "--lang", "zh")
    assert english.code == chinese.code == 0
    assert english.out.startswith("Usage: merchant")
    assert chinese.out.startswith("用法：merchant")
    assert not re.search("[\u4e00-\u9fff]", english.out)
    assert not re.findall("[A-Za-z]{4,}", sentences(chinese.out))
    assert "\x1f" not in english.out + chinese.out and "╭" not in english.out
    assert english.err == chinese.err == ""


def test_root_help_begins_with_examples_and_names_every_command(run: Callable) -> None:
    text = run("--help").out
    assert text.index("Examples:") < text.index("Taking in:") < text.index("Seeing:") < text.index("Keeping:")
    for name in CATALOGUE | DESK_COMMANDS:
        assert f"\n  {name} " in text
    assert run().out == text, "`merchant` alone prints the same where there is no terminal"


def test_help_of_a_question_shows_the_merchants_own_default(run: Callable, desk: object, shops: object) -> None:
    assert "[default: 5]" in run("trial", "low-stock", "--help").out
    assert run("set", "trial.low-stock.least", "9").code == 0
    assert "[default: 9]" in run("trial", "low-stock", "-h").out


def test_a_later_command_is_not_also_built() -> None:
    assert not set(LATER) & set(CATALOGUE | DESK_COMMANDS)


def test_version(run: Callable) -> None:
    assert re.fullmatch(r"merchant \d+\.\d+\.\d+\n", run("--version").out)
