"""What a person types becomes an import like any other: a small file of an own importer, kept and undoable."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from importers import catalogue
from merchant_cli.basics.problems import Place
from merchant_cli.intake import gate
from merchant_cli.intake.identify import by_name, first_rows, header_for
from merchant_cli.intake.import_one import import_one
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, Sheet, fitted

# No importer reads this column: it makes the same words typed twice two statements, of which the later holds.
TYPED_AT = "Typed at"


def take_in_typed(
    store: Path, importer: str, headers: Sequence[str], rows: Sequence[Sequence[str]], name: str, shop: str = ""
) -> Receipt:
    """Takes typed rows in as a file called `name`, of `shop` if they belong to one. Raises the Problem that a file
    would have had."""
    known = by_name(importer, catalogue.entries()).load()
    opened = gate.Opened()
    try:
        path = Path(tempfile.mkdtemp(dir=opened.folder.name)) / "typed.csv"
        at = datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([[*headers, TYPED_AT], *([*row, at] for row in rows)])
        source = next(s for s in gate.found([str(path)], opened) if isinstance(s, gate.Source))
        assert source.form is not None
        source.name = source.file_name = name
        sheet = Sheet(source, name, "", first_rows(path, source.form), source.sha256)
        line, header = header_for(known, sheet.rows, Place(name))
        receipt = import_one(store, fitted(sheet, known, "", line, header, Asked(shop=shop)))
    finally:
        opened.close()
    if receipt.problem is not None:
        raise receipt.problem
    return receipt
