"""Every fault has a sample that reaches it through the command line, and says the same in both languages.

A sample is a folder: `case.toml`, its files, and `en.txt` and `zh.txt`, what the program prints (stdout and stderr).
`case.toml`: `code` (a fault) or `note` (of a receipt), `rows` (a query and what it gives at the end), and `steps`: each
with `args`, its `exit`, `keep` if its output belongs to the sample, and what is done before it: `sql` on the store,
`remove` (paths), `held` (the store by another writer), `limit` (bytes of a file), `without` (a package that is then
not installed).
`make golden` (MERCHANT_GOLDEN=1) writes the texts again.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.basics.faults import DETAILS, FAULTS
from merchant_cli.basics.phrases import Phrase
from merchant_cli.intake import gate
from merchant_cli.intake.receipt import IGNORED, NOTES
from merchant_cli.store import open as opening

HERE = Path(__file__).parent
CASES = {path.parent.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in HERE.glob("*/case.toml")}
NAMES = {"Excel", "Shopify", "WooCommerce"}
GOLDEN = bool(os.environ.get("MERCHANT_GOLDEN"))


@contextmanager
def prepared(step: dict[str, Any], store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a step finds: a store changed by hand, files gone, a lock held, a smaller limit."""
    with monkeypatch.context() as patch:
        if "sql" in step:
            with closing(sqlite3.connect(store)) as db:
                db.executescript(step["sql"])
        for path in step.get("remove", ()):
            target = store.parent / path
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        if "without" in step:
            patch.setitem(sys.modules, step["without"], None)
        if "limit" in step:
            patch.setattr(gate, "MAX_BYTES", step["limit"])
        if not step.get("held"):
            yield
            return
        patch.setitem(opening.write.__wrapped__.__kwdefaults__, "wait", 0.1)  # type: ignore[attr-defined]
        with opening.write(store, "import big.csv", wait=1):
            opening.say_progress(store, "import big.csv", "12,000")
            yield


def played(
    case: dict[str, Any], store: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    """Runs the steps of a sample; what the kept ones print, and their exit codes are checked."""
    kept = []
    for step in case["steps"]:
        with prepared(step, store, monkeypatch):
            code = main(step["args"])
        out, err = capfd.readouterr()
        assert code == step.get("exit", 0), f"{step['args']} ended with {code}:\n{out}{err}"
        assert "Traceback" not in err
        if step.get("keep", len(case["steps"]) == 1):
            kept.append(out + err)
    text = "".join(kept).replace(str(store.parent), "FOLDER")
    text = re.sub(rf"\b{os.getpid()}\b", "PID", text)
    return re.sub(r"FOLDER/data\b[^ ”\n]*", "FOLDER/data", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_sample(
    name: str, lang: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(HERE / name, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for variable, value in {
        "MERCHANT_STORE": str(tmp_path / "merchant.db"),
        "MERCHANT_KEY": str(tmp_path / "buyer.key"),
        "MERCHANT_LANG": lang,
        "XDG_STATE_HOME": str(tmp_path / "data"),
    }.items():
        monkeypatch.setenv(variable, value)
    case = CASES[name]
    text = played(case, tmp_path / "merchant.db", capfd, monkeypatch)
    if "code" in case:
        assert f"[{case['code']}]" in text or case["code"] in text
    else:
        assert first_words(NOTES[case["note"]], lang) in text
    for table, rows in case.get("rows", {}).items():
        with closing(sqlite3.connect(tmp_path / "merchant.db")) as db:
            assert [list(row) for row in db.execute(table)] == rows
    golden = HERE / name / f"{lang}.txt"
    if GOLDEN:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    if lang == "zh":
        for line in text.splitlines():
            assert not re.match(r"\s*(错误|原因|处理)", line) or re.search("[\u4e00-\u9fff]", line.partition("：")[2])


def first_words(phrase: Phrase, lang: str) -> str:
    """The longest piece of a sentence between its parameters."""
    return max(re.split(r"\{[^{}]*\}", phrase.zh if lang == "zh" else phrase.en), key=len)


def test_every_fault_has_a_sample() -> None:
    assert sorted(set(FAULTS) - {case.get("code") for case in CASES.values()}) == []


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_fault_speaks_both_languages(code: str) -> None:
    fault = FAULTS[code]
    for phrase in (fault.what, fault.why, fault.fix):
        assert_both(phrase)
    assert 1 <= fault.exit_code <= 8


@pytest.mark.parametrize("phrases", [DETAILS, NOTES, IGNORED], ids=["details", "notes", "ignored"])
def test_every_sentence_speaks_both_languages(phrases: dict[str, Phrase]) -> None:
    for phrase in phrases.values():
        assert_both(phrase)


def assert_both(phrase: Phrase) -> None:
    """An English sentence without Chinese, a Chinese one with no English word outside `code`, and equal parameters."""
    assert phrase.en.strip() and phrase.zh.strip()
    assert not re.search("[\u4e00-\u9fff]", phrase.en)
    said = re.sub(r"`[^`]*`|\{\w+\}", "", phrase.zh)
    assert not set(re.findall("[A-Za-z]{4,}", said)) - NAMES, phrase.zh
    assert set(re.findall(r"\{\w+\}", phrase.en)) == set(re.findall(r"\{\w+\}", phrase.zh))
