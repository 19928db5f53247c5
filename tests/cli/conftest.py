"""A store with two shops and a tiny desk of its own, so that the command line is tested without real desks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import merchant_cli.desks
from merchant_cli.app import main
from merchant_cli.store.open import write

DESK = """
from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

trial = Desk("trial", Phrase("Trial", "试用"))
"""
ALERT = """
from merchant_cli.basics.phrases import Phrase as P
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Term
from merchant_cli.desks.trial import trial

COLUMNS = (
    Column("key", P("Key", "编号"), "id"), Column("subject", P("Subject", "对象"), "text"),
    Column("why", P("Why", "原因"), "text"), Column("at_stake", P("At stake", "涉及金额"), "money", "CNY"),
    Column("due", P("Due", "截止日"), "day"), Column("action", P("Action", "操作"), "id"),
    Column("params", P("Parameters", "参数"), "json"),
    Column("source", P("Stock from", "库存来源"), "id", words={"counted": P("counted", "盘点"), "=x": P("=y", "=乙")}),
)
LOW = P("{n} {n:cup|cups} left", "剩 {n} 件")
SOURCES = ("counted", "counted, =x", "guess", None)
NAMES = ("[red]=1+1", "a\\x1b[2Jb", "蓝色杯子", "=cmd()")

def explain(db, scope, key, *, least=5):
    if key != "sku:0":
        raise LookupError(key)
    terms = [Term("stake", P("units", "件数"), least), Term("stake", P("price", "价格"), 1250, "money", "CNY", True)]
    return Explanation(terms, [Behind("orders", "o1", "", 1, 7)])

@trial.alert(P("Low stock", "库存不足"), action="purchase-order", at_stake="lost_margin", explain=explain,
             help={"least": P("Units that are enough", "够用的件数")}, limits={"factor": (0.5, 3)})
def low_stock(
    db, scope, *, least: int = 5, rows: int = 4, factor: float = 1.5, loud: bool = False, name: str | None = None,
    window_days: int = 28, lag_days: int = 0,
):
    found = [
        (f"sku:{i}", NAMES[i % 4], Note("low", LOW, {"n": least}), 123450 + i, scope.as_of, "purchase-order",
         {"sku": str(i), "quantity": least}, SOURCES[i % 4])
        for i in range(rows)
    ]
    span = Note("span", P("days {x}", "日期 {x}"), {"x": " to ".join(scope.window(window_days) or ["none"])})
    return Answer(
        COLUMNS, iter(found), ("key",), scope.as_of, scope.shops, scope.currency, [span], frozenset({"at_stake"})
    )
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Runs one command line on the store `tmp_path/merchant.db`, in English unless it says otherwise."""
    monkeypatch.setenv("MERCHANT_STORE", str(tmp_path / "merchant.db"))
    monkeypatch.setenv("MERCHANT_KEY", str(tmp_path / "buyer.key"))
    monkeypatch.setenv("MERCHANT_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def go(*args: str) -> Ran:
        code = main(list(args))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return go


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a desk `trial` with one alert, `low-stock`, that stands beside the real desks."""
    folder = tmp_path / "desks" / "trial"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(DESK, encoding="utf-8")
    (folder / "low_stock.py").write_text(ALERT, encoding="utf-8")
    monkeypatch.setattr(merchant_cli.desks, "__path__", [*merchant_cli.desks.__path__, str(folder.parent)])
    yield folder
    for name in [n for n in sys.modules if n.startswith("merchant_cli.desks.trial")]:
        del sys.modules[name]
    vars(merchant_cli.desks).pop("trial", None)


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """A store with two shops; one lags two days behind."""
    path = tmp_path / "merchant.db"
    with write(path, "test") as db:
        for no, shop, currency in ((1, "shopify/abroad", "USD"), (2, "taobao/main", "CNY")):
            platform, _, name = shop.partition("/")
            db.execute(
                "INSERT INTO shops (no, shop, platform, name, currency, zone, sale_day)"
                " VALUES (?, ?, ?, ?, ?, 'Asia/Shanghai', 'placed')",
                (no, shop, platform, name, currency),
            )
            db.execute(
                "INSERT INTO imports (no, sha256, name, importer, importer_version, shop, kind, as_of, as_of_from,"
                " taken_in, state, receipt, asked, columns)"
                " VALUES (?, '', 'orders.csv', 'x', '1', ?, 'orders', 0, '', 0, 'applied', '{}', '{}', '[]')",
                (no, no),
            )
            db.execute("INSERT INTO import_days VALUES (?, ?, 'orders', ?, 1)", (no, no, f"2026-11-1{no * 2}"))
            db.execute("INSERT INTO import_days VALUES (?, ?, 'coupons', '2062-01-01', 1)", (no, no))
    return path
