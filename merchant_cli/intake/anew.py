"""Reads earlier files of a shop anew once a file tells the shop's currency, which theirs do not.

A products file says `900` and not of what. Taken in before any orders it is read with two decimals and without a
currency; were that to stay, the store would depend on which file came first, and prices in yen be a hundredfold.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from importers.sheet import Unreadable
from merchant_cli.basics.problems import Problem
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.written import Marks, ReadAgain
from merchant_cli.store.keeper import Scattered

if TYPE_CHECKING:
    from merchant_cli.intake.work import Wanted, Work

UNTOLD = "no_currency"  # in what is kept of an import: its shop's currency was not known when it was read


def read_anew(work: Work) -> None:
    """Reads the files of the shop anew that were read without its currency, now that this import tells it.

    Each keeps its number and rank. One whose original is gone, or cannot be read any more, stays as it is.
    """
    if not work.shop.no or work.shop.currency is None:
        return
    rows = work.db.execute(
        "SELECT no, asked FROM imports WHERE shop = ? AND state = 'applied' AND no IS NOT ? AND asked LIKE ?",
        (work.shop.no, work.wanted.number, f'%"{UNTOLD}"%'),
    )
    for number in [number for number, asked in rows.fetchall() if json.loads(asked).get(UNTOLD)]:
        work.db.execute("SAVEPOINT anew")
        try:
            _read_one(work, number)
        except (Problem, Unreadable):
            work.db.execute("ROLLBACK TO anew")
        work.db.execute("RELEASE anew")


def _read_one(work: Work, number: int) -> None:
    from merchant_cli.intake import again, gate

    opened = gate.Opened()
    try:
        _put(work, again.wanted_again(work.store, again.load(work.db, number), opened), number)
    finally:
        opened.close()


def _put(work: Work, wanted: Wanted, number: int) -> None:
    from merchant_cli.intake.import_one import begun, taken, undo_in

    scattered, marks = False, Marks()
    while True:
        work.db.execute("SAVEPOINT reading")
        undo_in(work.db, number, "replaced")
        inner = begun(work.db, work.store, wanted, Receipt(wanted.name), None)
        inner.scattered, inner.marks = scattered, marks
        try:
            taken(inner)
            work.db.execute("RELEASE reading")
            return
        except Scattered:
            if scattered:
                raise
            scattered = True
        except ReadAgain as again:
            if again.marks == marks:
                raise
            marks = again.marks
        work.db.execute("ROLLBACK TO reading")
        work.db.execute("RELEASE reading")
