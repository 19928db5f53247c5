"""A merchant's month over five platforms, in the platforms' own layouts: one daily money, one worklist, bills joined to
orders, and exactly what was planted is listed. What must come out is worked out in month_world.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.desks import find, scope
from merchant_cli.store import open as opening
from tests.answers.duck import Duck
from tests.month import month_files, month_world
from tests.month.month_world import BILLS, PLATFORMS, Month

DAILY = """SELECT shop, day, currency, orders, units, gross_minor AS gross, discount_minor AS discount,
  refunds_minor AS refunds, net_minor AS net, shipping_minor AS shipping, tax_minor AS tax
FROM daily_money ORDER BY shop, day"""

DIGESTS: set[str] = set()  # of the stores that were filled in several orders


@pytest.fixture(scope="module")
def month() -> Month:
    return month_world.make()


@pytest.fixture(scope="module")
def files(month: Month, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return month_files.write(month, tmp_path_factory.mktemp("month") / "files")


@pytest.fixture(params=["together", "backwards", "bills first"], scope="module")
def store(
    request: pytest.FixtureRequest, files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The month taken in, in several orders."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "MERCHANT_STORE": str(folder / "m.db"), "MERCHANT_KEY": str(files[0].parents[1] / "buyer.key"),
            "MERCHANT_SETTLE": "0", "MERCHANT_LANG": "en", "MERCHANT_RULES": str(folder / "rules"),
            "XDG_STATE_HOME": str(folder),
        }.items():  # fmt: skip
            patch.setenv(name, value)
        if request.param == "together":
            assert main(["import", str(files[0].parent), "--quiet"]) == 0
        else:
            bill = ("账务明细", "结算明细", "账单", "动账", "1900000109")
            first = [path for path in files if any(word in path.name for word in bill)]
            rest = [path for path in files if path not in first]
            for path in [*first, *rest] if request.param == "bills first" else reversed(files):
                assert main(["import", str(path), "--quiet"]) == 0
        yield folder / "m.db"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def fen(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 100)


def test_every_file_is_taken_in_whole(store: Path, files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing waits, every stated sum holds (no note says otherwise), and the same folder again changes nothing."""
    digest = _digest(capsys)
    DIGESTS.add(digest)
    assert len(DIGESTS) == 1, "the order of the imports shows"
    again = asked(capsys, "import", str(files[0].parent))["files"]
    assert {one["state"] for one in again} == {"already imported"}
    assert _digest(capsys) == digest
    assert len(again) == 12
    for one in asked(capsys, "imports")["rows"]:
        shown = asked(capsys, "imports", "show", str(one["import"]))
        text = json.dumps(shown, ensure_ascii=False)
        assert "the file says" not in text and "do not add up" not in text and "does not add up" not in text, text
    assert asked(capsys, "quarantine")["rows"] == []


def _digest(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["check", "--digest"]) == 0
    return capsys.readouterr().out


def test_one_daily_money(store: Path, month: Month, capsys: pytest.CaptureFixture[str]) -> None:
    rows = asked(capsys, "sql", DAILY, "--all")["rows"]
    found = {(row.pop("shop").partition("/")[0], row.pop("day")): row for row in rows}
    expected = {key: one | {"tax": 0, "currency": "CNY"} for key, one in month_world.daily_money(month).items()}
    assert found == expected
    assert {platform for platform, _ in found} == set(PLATFORMS)


def test_exactly_what_was_planted_is_listed(store: Path, month: Month, capsys: pytest.CaptureFixture[str]) -> None:
    unmatched = asked(capsys, "finance", "unmatched")["rows"]
    assert _by_order(unmatched, "amount") == month.unmatched
    assert len(unmatched) == len(month.unmatched) == 6
    assert {row["found"] for row in unmatched} == {"unknown", "no-number"}
    silent = asked(capsys, "finance", "no-money")["rows"]
    assert _by_order(silent, "expected") == month.no_money and len(silent) == 5
    wrong = asked(capsys, "finance", "differing")["rows"]
    assert _by_order(wrong, "gap") == month.differing and len(wrong) == 5


def _by_order(rows: list[dict[str, Any]], name: str) -> dict[tuple[str, str | None], int | None]:
    return {(row["shop"].partition("/")[0], row["order_id"]): fen(row[name]) for row in rows}


def test_every_other_order_agrees_or_waits(store: Path, month: Month, capsys: pytest.CaptureFixture[str]) -> None:
    """Found across shops: Taobao's orders in Alipay's log, Youzan's in the merchant's WeChat Pay bill."""
    rows = asked(capsys, "finance", "settled", "--all", "--past-days", "60")["rows"]
    found = {(row["shop"].partition("/")[0], row["order_id"]): row for row in rows}
    sold = {(one.platform, one.number): one for one in month.orders if not one.closed}
    assert set(found) == set(sold)
    told = {(one.platform, one.number) for one in month.came}
    for key, row in found.items():
        if key in month.no_money:
            assert row["state"] == "no-money"
        elif key in month.differing:
            assert row["state"] == ("over" if month.differing[key] > 0 else "short")
        elif key in told or not sold[key].paid - sold[key].refund:
            assert row["state"] == "agrees", row
        else:
            assert row["state"] == "waiting" and row["came"] is None, row
        if row["came"] is not None:
            assert row["bill"].partition("/")[0] == BILLS[key[0]]
    assert {(platform, row["rule"]) for (platform, _), row in found.items() if row["rule"]} == {
        ("youzan", "merchant-number"), ("jd", "own-column"), ("douyin", "own-column"), ("pinduoduo", "own-column"),
        ("taobao", "base-order"), ("taobao", "t200p"), ("taobao", "trade-id"),
    }  # fmt: skip


def test_the_rule_that_found_an_order_is_kept(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT rule, count(*) AS n FROM money_moves WHERE account = 'alipay' AND order_id IS NOT NULL GROUP BY rule"
    rows = asked(capsys, "sql", sql)["rows"]
    assert {row["rule"] for row in rows} == {"base-order", "t200p", "trade-id", "charged"}
    assert all(row["n"] > 5 for row in rows)


def test_bills_by_kind_keep_transfers_out(store: Path, month: Month, capsys: pytest.CaptureFixture[str]) -> None:
    rows = asked(capsys, "finance", "bills", "--all")["rows"]
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["side"]] = sums.get(row["side"], 0) + (fen(row["amount"]) or 0)
    # The merchant's own plain sums, and 1.00 − 0.01 of which the bills do not say what they are.
    assert sums == month_world.sides(month) | {"open": 100 - 1}
    counted = {name: sum(row[name] for row in rows) for name in ("matched", "unknown", "ambiguous")}
    assert counted["ambiguous"] == 0 and counted["unknown"] == 10 + 0 and counted["matched"] > 200


def test_one_worklist_over_all_five(store: Path, month: Month, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "today", "--all")
    finance = [row for row in answer["rows"] if row["desk"] == "finance"]
    by_question = {name: [row for row in finance if row["question"] == name] for name in
                   ("unmatched", "no-money", "differing")}  # fmt: skip
    assert [len(rows) for rows in by_question.values()] == [6, 5, 5] and len(finance) == 16
    stakes = sorted(fen(row["at_stake"]) or 0 for row in finance)
    planted = [*month.unmatched.values(), *month.no_money.values(), *month.differing.values()]
    assert stakes == sorted(map(abs, planted))
    assert {row["params"]["shop"].partition("/")[0] for row in by_question["no-money"]} == set(PLATFORMS)
    assert {shop.partition("/")[0] for shop in answer["shops"]} == {*PLATFORMS, "alipay", "wechat_pay"}


@pytest.mark.parametrize("question", ["unmatched", "no-money", "differing", "bills", "settled"])
def test_in_both_languages_and_explained(store: Path, question: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("en", "zh"):
        rows = asked(capsys, "finance", question, "--lang", lang)["rows"]
        assert rows
    key = rows[0]["key"]
    behind = asked(capsys, "explain", "finance", question, "--row", key)["behind"]
    assert "money_moves" in {row["table"] for row in behind} or question in ("no-money", "settled")
    assert {row["table"] for row in behind} and all(row["import"] and row["line"] > 1 for row in behind)


@pytest.mark.parametrize("question", ["unmatched", "no-money", "differing", "bills", "settled"])
def test_another_engine_gives_the_same_answer(store: Path, question: str, tmp_path: Path) -> None:
    with closing(opening.read(store)) as db:
        about = scope.make(db)
        ask = find.question(f"finance/{question}").ask
        here = ask(db, about)
        rows = [tuple(row) for row in here.rows]
        assert rows and [tuple(row) for row in ask(Duck(db, tmp_path), about).rows] == rows
