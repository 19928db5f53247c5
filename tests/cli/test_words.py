"""Words of a vocabulary, numbers and their nouns, and what a terminal gets: by language and by face."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from merchant_cli.basics.phrases import Phrase

ASK = ("trial", "low-stock")


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 days are left"), (1, "1 day is left"), ("1", "1 day is left"), ("1,001", "1,001 days are left")],
)
def test_a_number_and_its_noun(n: int | str, said: str) -> None:
    phrase = Phrase("{n} {n:day is|days are} left", "剩 {n} 天")
    assert phrase.show("en", n=n) == said and phrase.show("zh", n=n) == f"剩 {n} 天"


def test_what_is_filled_in_is_no_form() -> None:
    assert Phrase("{n} {n:row|rows} of {file}", "").show("en", n=1, file="{n:a|b}|c") == "1 row of {n:a|b}|c"


def test_one_is_singular_everywhere(run: Callable, desk: Path, shops: Path, tmp_path: Path) -> None:
    assert run(*ASK, "--least", "1", "--json").json["rows"][0]["why"] == "1 cup left"
    assert "1 row written to" in run(*ASK, "--rows", "1", "-o", str(tmp_path / "x.md")).err
    assert "0 of 1 row, " in run(*ASK, "--rows", "1", "--limit", "0").err
    assert "1 original compressed" in imported(run, tmp_path)


def imported(run: Callable, folder: Path) -> str:
    path = folder / "costs.csv"
    path.write_text("SKU,Unit cost,Valid from,Currency\nA,1.50,2026-11-01,CNY\n", encoding="utf-8")
    assert "\n  1 row: 1 new\n" in run("import", str(path)).out
    return str(run("settle").out)


def test_a_vocabulary_is_shown_in_words_to_people_only(run: Callable, desk: Path, shops: Path, tmp_path: Path) -> None:
    sources = ["counted", "counted, =x", "guess", None]
    assert [row["source"] for row in run(*ASK, "--json", "--lang", "zh").json["rows"]] == sources
    assert "counted" in run(*ASK, "--csv", "--lang", "zh").out
    lines = run(*ASK, "--lang", "zh").out.splitlines()
    assert [line.split()[-1] for line in lines[4:7]] == ["盘点", "盘点、=乙", "guess"]
    run(*ASK, "--lang", "zh", "-o", str(tmp_path / "x.md"))
    assert "| 盘点 |" in (tmp_path / "x.md").read_text(encoding="utf-8")
    run(*ASK, "--lang", "zh", "-o", str(tmp_path / "x.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet = book.worksheets[0]
    at = [cell.value for cell in sheet[1]].index("库存来源")
    assert [sheet.cell(y, at + 1).value for y in (2, 3, 4)] == ["盘点", "盘点、=乙", "guess"]
    book.close()


def test_lists_speak_in_words(run: Callable, desk: Path, shops: Path) -> None:
    assert "有效" in run("imports", "--lang", "zh").out
    assert run("imports", "--json", "--lang", "zh").json["rows"][0]["state"] == "applied"
    importers = run("importers", "--lang", "zh")
    assert "订单、订单明细" in importers.out and "order_lines" not in importers.out
    assert '"orders, order_lines"' in run("importers", "--json").out
    assert "程序" in run("config", "--lang", "zh").out and '"default"' in run("config", "--json", "--lang", "zh").out


def test_yes_and_no_are_said_in_words(run: Callable, desk: Path, shops: Path) -> None:
    assert "[default: no]" in run(*ASK, "--help").out and "［默认：否］" in run(*ASK, "--help", "--lang", "zh").out
    assert run("set", "trial.low_stock.loud", "yes").code == 0
    run("set", "trial.low_stock.name", "cups")
    shown = run(*ASK, "--help", "--lang", "zh").out
    assert "［默认：是］" in shown and "［默认：`cups`］" in shown
    assert [line.split()[1] for line in run("config", "--lang", "zh").out.splitlines() if "loud" in line] == ["是"]
    row = next(row for row in run("config", "--json").json["rows"] if row["name"] == "trial.low_stock.loud")
    assert (row["value"], row["default"]) == ("True", "False")


def test_explain_names_no_code_words(run: Callable, desk: Path, shops: Path) -> None:
    words = ("explain", *ASK, "--row", "sku:0", "--lang", "zh")
    text = run(*words).out
    assert "stake" not in text and "orders " not in text and "= 价格" in text and "订单" in text
    body = run(*words, "--json").json
    assert body["rows"][0]["total"] == "stake" and body["behind"][0]["table"] == "orders"


def test_explain_says_that_states_are_not_rewound(run: Callable, desk: Path, shops: Path) -> None:
    words = ("explain", *ASK, "--row", "sku:0", "--as-of", "2026-11-13")
    assert "not rewound" in run(*words).out
    assert any("not rewound" in note for note in run(*words, "--json").json["notes"])


def test_receipts_name_tables_in_words(run: Callable, tmp_path: Path) -> None:
    imported(run, tmp_path)
    shown = run("imports", "show", "1", "--lang", "zh").out
    assert "成本：新增 1\n" in shown and "inserted" not in shown
    assert "costs: 1 new\n" in run("imports", "show", "1").out
    assert "消失或改变的记录：成本 1，货品 1\n" in run("undo", "1", "--lang", "zh").out


HOSTILE = "SELECT char(27) || '[31m' || char(155) || '2J' || char(8238) || 'ab' AS x"


def test_a_terminal_gets_no_control_characters(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("sql", HOSTILE, "--csv").out == "x\n␛[31m⟨U+009B⟩2J⟨U+202E⟩ab\n"
    assert run("sql", "SELECT 'a' || char(10) || 'b' AS x", "--csv").out == 'x\n"a\nb"\n'
    for more in ((), ("--json",)):
        shown = run("sql", HOSTILE, *more).out
        assert not set(shown) & set("\x1b\x9b\u202e")


def test_a_pipe_gets_csv_as_it_is(run: Callable) -> None:
    assert run("sql", HOSTILE, "--csv").out == "x\n\x1b[31m\x9b2J\u202eab\n"
    assert run("sql", "SELECT '=1+1' AS x", "--csv").out == "x\n=1+1\n"


def test_json_says_the_same_with_escapes(run: Callable) -> None:
    out = run("sql", HOSTILE, "--json").out
    assert not set(out) & set("\x1b\x9b\u202e")
    assert json.loads(out)["rows"] == [{"x": "\x1b[31m\x9b2J\u202eab"}]
    assert json.loads(run("sql", "SELECT char(917505) || '杯' AS x", "--json").out)["rows"] == [{"x": "\U000e0001杯"}]


def test_narration_is_harmless(run: Callable, desk: Path) -> None:
    (desk / "broken.py").write_text("raise ValueError('a\\x1b[2Jb')\n", encoding="utf-8")
    for words in (("questions",), ("config",)):
        ran = run(*words)
        assert "a␛[2Jb" in ran.err and "\x1b" not in ran.err + ran.out
