"""What is mistyped is answered with a Problem in the chosen language, its exit code and the nearest names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import merchant_cli.commands.where as where_module
from merchant_cli.commands.context import settings


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("todya",), "unknown-command", "today"),
        (("trial", "low-stok"), "unknown-command", "low-stock"),
        (("trial", "low-stock", "--leest", "3"), "bad-usage", "did you mean --least?"),
        (("trial", "low-stock", "--least", "many"), "bad-usage", "--least takes a whole number, not “many”"),
        (("trial", "low-stock", "--least"), "bad-usage", "--least needs a value"),
        (("trial", "low-stock", "--json=1"), "bad-usage", "--json takes no value"),
        (("trial", "low-stock", "extra (x)"), "bad-usage", "“extra (x)” is too much"),
        (("trial", "low-stock", "--as-of", "2026-13-01"), "bad-usage", "--as-of takes a day"),
        (("trial", "low-stock", "--since", "2026-11-02", "--until", "2026-11-01"), "bad-usage", "--since lies after"),
        (("trial", "low-stock", "--shop", "jd/x"), "bad-usage", "shopify/abroad, taobao/main"),
        (("trial", "low-stock", "--window-days", "-5"), "bad-usage", "a whole number from 1 to 3,650, not “-5”"),
        (("trial", "low-stock", "--window-days", "0"), "bad-usage", "--window-days takes a whole number from 1"),
        (("trial", "low-stock", "--window-days", "1000000000"), "bad-usage", "to 3,650, not “1000000000”"),
        (("trial", "low-stock", "--window-days", "1e9"), "bad-usage", "--window-days takes a whole number, not “1e9”"),
        (("trial", "low-stock", "--lag-days", "-1"), "bad-usage", "from 0 to 3,650"),
        (("trial", "low-stock", "--least", "-1"), "bad-usage", "from 0 to 1,000,000,000"),
        (("trial", "low-stock", "--factor", "0.4"), "bad-usage", "a number from 0.5 to 3, not “0.4”"),
        (("trial", "low-stock", "--factor", "nan"), "bad-usage", "a number from 0.5 to 3"),
        (("explain", "trial", "low-stock", "--row", "sku:0", "--least", "-1"), "bad-usage", "--least takes"),
        (("inventory", "reorder", "--cover-days", "-5"), "bad-usage", "--cover-days takes a whole number from 1"),
        (("set", "trial.low-stock.least", "-5"), "bad-usage", "-5 is read as an option; write `-- -5`"),
        (("today", "--text", "-o", "x.md"), "bad-usage", "--text stands alone"),
        (("where", "--store="), "bad-usage", "--store needs a value"),
        (("where", "--reveal", ""), "bad-usage", "--reveal needs a value"),
        (("trial", "low-stock", "--limit", "-1"), "bad-usage", "--limit takes 0 or more"),
        (("trial", "low-stock", "--json", "--csv"), "bad-usage", "exclude each other"),
        (("trial", "low-stock", "--row", "sku:99"), "no-such-row", "sku:99"),
        (("trial", "low-stock", "-o", "x.doc"), "output-refused", ".xlsx"),
        (("trial", "low-stock", "-o", "no/such/x.csv"), "output-refused", "folder does not exist"),
        (("explain", "trial", "low-stock"), "bad-usage", "--row is missing"),
        (("explain", "trial", "low-stock", "--row", "sku:99"), "no-such-row", "sku:99"),
        (("rates", "sett"), "bad-usage", "did you mean set?"),
        (("why",), "later-release", "release 0.2"),
        (("--jsn", "today"), "bad-usage", "--jsn"),
        (("where", "--store"), "bad-usage", "--store needs a value"),
        (("where", "--lang", "fr"), "bad-usage", "--lang takes en or zh"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_problems(run: Callable, desk: Path, shops: Path, words: tuple[str, ...], code: str, said: str) -> None:
    ran = run(*words)
    assert ran.code == 2 and ran.out.startswith('{"problem"') == ("--json" in words)
    assert ran.err.startswith(f"error [{code}]: ") and "\n  fix: " in ran.err and "Traceback" not in ran.err
    assert said in ran.err
    chinese = run(*words, "--lang", "zh")
    if "fr" not in words and words[-1] not in ("--store", "--store=", ""):
        assert chinese.err.startswith(f"错误 [{code}]：") and "\n  处理：" in chinese.err


def test_a_problem_as_json(run: Callable) -> None:
    ran = run("todya", "--json")
    problem = json.loads(ran.out)["problem"]
    assert ran.out.count("\n") == 1 and set(problem) == {"code", "what", "where", "fix"}
    assert problem["code"] == "unknown-command"


def test_global_options_stand_before_and_after_the_command(run: Callable, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    for words in (("--store", str(other), "where"), ("where", f"--store={other}"), ("where", "--store", str(other))):
        assert str(other) in run(*words, "--csv").out
    assert not other.exists(), "a reading command creates no store"


@pytest.mark.parametrize(
    "words",
    [
        ("today", "--text"),
        ("today", "--exit-code", "--json"),
        ("questions",),
        ("trial", "low-stock"),
        ("explain", "trial", "low-stock", "--row", "sku:0"),
    ],
    ids=" ".join,
)
def test_every_global_option_before_and_after(
    run: Callable, desk: Path, shops: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCHANT_STORE", str(shops.with_name("none.db")))
    more = ("--store", str(shops), "--lang", "zh", "--read-only", "--no-color", "--yes", "--reveal", "audit", "--quiet")
    before, after = run(*more, *words), run(*words, *more)
    assert before == after and before.err == "" and before.code == (8 if "--exit-code" in words else 0)
    assert before.out != run(*words).out, "the store and the language were taken"


def test_stores_that_cannot_be_read(run: Callable, shops: Path) -> None:
    whole = shops.read_bytes()
    shops.write_bytes(whole[:60] + (99).to_bytes(4) + whole[64:])
    assert (run("rates").code, run("config").code) == (6, 6)
    shops.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    for words in (("sql", "SELECT shop FROM coverage"), ("config",)):
        ran = run(*words)
        assert ran.code == 7 and ran.err.startswith("error [store-damaged]")
    shops.write_bytes(b"not a store at all" * 1000)
    assert run("rates").code == 7


def test_read_only_refuses_to_write(run: Callable, desk: Path) -> None:
    assert "error [read-only]" in run("set", "trial.low-stock.least", "9", "--read-only").err


def test_quiet_is_silent_but_for_faults(run: Callable, desk: Path, shops: Path) -> None:
    assert run("trial", "low-stock").err != ""
    assert run("trial", "low-stock", "--quiet").err == ""
    assert run("--quiet", "todya").err != ""


def test_interrupted(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where_module, "put", interrupt)
    ran = run("where")
    assert (ran.code, ran.err) == (130, "Interrupted.\n")


def test_an_unexpected_fault_leaves_a_log_without_data(
    run: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("phone 13800138000")

    monkeypatch.setattr(where_module, "put", fail)
    ran = run("where", "--json")
    assert ran.code == 1 and ran.err.count("\n") == 1 and "ValueError" in ran.err and "00138000" not in ran.err
    assert json.loads(ran.out)["problem"]["code"] == "unexpected"
    log = next((tmp_path / "state").rglob("debug.log"))
    assert str(log) in ran.err and "where.py" in log.read_text() and "00138000" not in log.read_text()


def test_settings_hold_what_was_typed(run: Callable) -> None:
    run("where", "--yes", "--no-color", "--reveal", "audit", "--lang=zh")
    now = settings()
    assert (now.yes, now.color, now.reveal, now.lang, now.command) == (True, False, "audit", "zh", "merchant where")
