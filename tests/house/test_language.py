"""Every sentence for people is in both languages, and the Chinese one is Chinese."""

from __future__ import annotations

import ast
import os
import re
import sqlite3
import string
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from merchant_cli.basics.faults import FAULTS
from merchant_cli.commands.catalogue import CATALOGUE, LATER
from merchant_cli.desks import find
from tests.house.tree import CODE, ROOT, at, calls, python, tree

# Names that are the same in Chinese: platforms, programs, and what the program itself is called.
NAMES = (
    "Shopify", "WooCommerce", "Excel", "merchant", "Amazon", "eBay", "Etsy", "Square", "Stripe", "PayPal", "TikTok",
    "Shopee", "Lazada", "Google", "Meta", "Klaviyo", "Mailchimp", "WebToffee", "Payments", "Judge",
)  # fmt: skip
LATIN = re.compile("[A-Za-z]{4,}")
QUOTED = re.compile(r"`[^`]*`|\{[^{}]*\}|\[[a-z-]+\]")
# What stands for itself in every language: options, settings, file names and suffixes.
SYMBOLS = re.compile(r"--?[a-z][\w-]*|[A-Z]+_[A-Z_]+|[\w-]*\.[a-z]{1,5}\b")


def text(node: ast.expr) -> str | None:
    """What stands in a literal, with `{}` for what is filled in; None if it is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text(part) or "{}" for part in node.values)
    return None


def names_of_phrase(path: Path) -> set[str]:
    """What a file calls Phrase: its own name, what it is imported as, and `P = Phrase`."""
    found = {"Phrase"}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname for alias in node.names if alias.name == "Phrase" and alias.asname}
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == "Phrase":
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def phrases() -> dict[str, tuple[str, str]]:
    """Every Phrase that is written out, by file and line."""
    found = {}
    for path in python(*CODE):
        known = names_of_phrase(path)
        for call, name in calls(path):
            said = [text(argument) for argument in call.args]
            if name in known and len(said) == 2 and None not in said:
                found[at(path, call)] = (said[0] or "", said[1] or "")
    return found


PHRASES = phrases()


def test_phrases_are_found() -> None:
    assert len(PHRASES) > 300


def test_every_phrase_has_both_languages() -> None:
    assert [where for where, (en, zh) in PHRASES.items() if bool(en) != bool(zh)] == []


def test_both_languages_fill_in_the_same() -> None:
    assert [where for where, (en, zh) in PHRASES.items() if filled(en) != filled(zh)] == []


def filled(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(re.sub("{}", "", sentence)) if name is not None}


def test_english_is_english() -> None:
    assert [where for where, (en, _) in PHRASES.items() if re.search("[\u4e00-\u9fff]", QUOTED.sub("", en))] == []


def test_chinese_is_chinese() -> None:
    """No Latin word outside names, symbols, placeholders and what stands in backticks (ids, commands)."""
    wrong = {}
    for where, (_, zh) in PHRASES.items():
        rest = SYMBOLS.sub("", QUOTED.sub("", zh))
        if words := [word for word in LATIN.findall(rest) if word not in NAMES]:
            wrong[where] = words
    assert not wrong, "\n".join(f"{where} {' '.join(words)}" for where, words in wrong.items())


@pytest.mark.parametrize("code", FAULTS)
def test_fault_says_all_in_both_languages(code: str) -> None:
    fault = FAULTS[code]
    for phrase in (fault.what, fault.why, fault.fix):
        assert phrase.en and phrase.zh


def test_the_chinese_worklist_is_chinese(tmp_path: Path) -> None:
    """What `merchant demo` prints has no Latin word outside ids, names of goods and shops, and commands to type."""
    hidden = {"LC_ALL", "LC_MESSAGES", "MERCHANT_LANG", "MERCHANT_STORE", "MERCHANT_KEY"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env |= {"LANG": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "MERCHANT_SETTLE": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "merchant_cli.app", "demo", "--keep"],
        cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "今日待办" in ran.stdout
    shown = QUOTED.sub("", ran.stdout + ran.stderr)
    for name in sorted(names(tmp_path / "merchant-demo" / "merchant.db"), key=len, reverse=True):
        shown = shown.replace(name, "")
    assert LATIN.findall(SYMBOLS.sub("", shown)) == []


def names(store: Path) -> set[str]:
    """Ids and names that the worklist may show: goods, SKUs, shops, desks, questions and importers."""
    asked = ("SELECT title FROM listings", "SELECT title FROM products", "SELECT shop FROM shops",
             "SELECT sku FROM listings", "SELECT sku FROM products", "SELECT title FROM order_lines",
             "SELECT title FROM coupons", "SELECT coupon_id FROM coupons", "SELECT options FROM listings",
             "SELECT listing_id FROM listings", "SELECT variant_id FROM listings",
             "SELECT review_id FROM reviews")  # fmt: skip
    with closing(sqlite3.connect(store)) as db:
        found = {row[0] for sql in asked for row in db.execute(sql) if row[0]}
    found |= {part for question in find.questions().values() for part in (question.desk, question.name)}
    return found | {"sku:", "code:", "coupon:", "order:", "listing:", "campaign:", "review:", "own/"}


def test_commands_have_a_line_in_both_languages() -> None:
    assert CATALOGUE and LATER
    assert [name for name, entry in CATALOGUE.items() if not (entry.about.en and entry.about.zh)] == []
