"""Daily paid amounts as somebody else states them: a platform's report, or the merchant's old sheet.

The file goes the way of every file, into a store of its own that is thrown away: encodings, headers, dates and amounts
are read as everywhere, and nothing of it is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from importers.base import norm
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import PARTLY, Place, Problem
from merchant_cli.intake.mapped import header_of
from merchant_cli.intake.take_in import Asked, identified, take_in
from merchant_cli.store import open as opening

P = Phrase

RECONCILE = P("The comparison by day", "按日核对")
# Header names of old sheets, the likeliest first.
DAY = ("日期", "统计日期", "时间", "date", "day")
AMOUNT = (
    "支付金额",
    "实付金额",
    "成交金额",
    "销售额",
    "营业额",
    "gmv",
    "金额",
    "paid",
    "sales",
    "revenue",
    "amount",
    "total",
)
DAILY = """
SELECT from_day, sum(paid_minor) FROM traffic
WHERE item = '' AND from_day = to_day AND paid_minor IS NOT NULL GROUP BY from_day
"""
MAPPING = """platform = "own"
shop = "{shop}"
kind = "traffic"
zone = "{zone}"
currency = "{currency}"
known_by = [{day}, {amount}]

[[into]]
[into.traffic]
source = {{ constant = "old sheet" }}
item = {{ constant = "" }}
from = {{ kind = "moment", names = [{day}], required = true }}
to = {{ kind = "moment", names = [{day}], required = true }}
paid = {{ kind = "money", names = [{amount}] }}
"""


def daily_paid(
    path: str, shop: str, zone: str, currency: str, day: str | None = None, amount: str | None = None
) -> tuple[dict[str, int], int]:
    """Day → minor units, and how many rows could not be read; `day` and `amount` name the columns of an old sheet.

    Raises the file's Problem; missing-column where no column looks like a day or an amount; no-rows where it has none.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "theirs.db"
        mapping = None if not (day or amount) and _states_days(path) else Path(folder) / "old-sheet.toml"
        if mapping is not None:
            header = header_of(path)
            names = [_column(path, header, day, DAY), _column(path, header, amount, AMOUNT)]
            day_, amount_ = (_quoted(name) for name in names)
            text = MAPPING.format(shop=shop, zone=zone, currency=currency, day=day_, amount=amount_)
            mapping.write_text(text, encoding="utf-8")
        asked = Asked(shop="" if mapping else shop, mapping=mapping)
        waiting = 0
        for receipt in take_in(store, [path], asked):
            if receipt.problem is not None and receipt.problem.exit_code == PARTLY:
                raise Problem("no-days", receipt.problem.place)  # no row could be read
            if receipt.problem is not None:
                raise receipt.problem
            waiting += receipt.outcome["quarantined"]
        with closing(opening.read(store)) as db:
            found = dict(db.execute(DAILY).fetchall())
    if not found:
        raise Problem("no-days", Place(path))
    return found, waiting


def _states_days(path: str) -> bool:
    """Whether an importer knows the file and fills what visitors paid by day."""
    known = [found for _, found in identified(Path("-"), [path])]
    return any(not isinstance(one, Problem) and one.entry.load().kind == "traffic" for one in known)


def _column(path: str, header: Sequence[str], said: str | None, likely: Sequence[str]) -> str:
    names = {norm(name): name for name in header}
    for wanted in (said,) if said else likely:
        exact = names.get(norm(wanted))
        near = [name for key, name in names.items() if norm(wanted) in key]
        if exact or near:
            return exact or near[0]
    raise Problem("missing-column", Place(path), column=said or " / ".join(likely[:4]), importer=RECONCILE)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
