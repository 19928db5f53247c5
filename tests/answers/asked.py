"""What every question answers about the example shop, in both languages, as the golden files keep it."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from exporters import table
from merchant_cli.app import main
from merchant_cli.desks import acts, find, scope
from merchant_cli.store import open as opening

HERE = Path(__file__).parent
SHOP = HERE.parents[1] / "examples" / "shop"


def make_store(folder: Path, shop: Path = SHOP) -> Path:
    """The example shop (or the files of another folder) in a store of its own, with nobody's rules and settings.

    The buyer key is always the same: reviews without a number are known by their reviewer.
    """
    path = folder / "merchant.db"
    os.environ |= {
        "MERCHANT_STORE": str(path), "MERCHANT_KEY": str(folder / "buyer.key"), "MERCHANT_SETTLE": "0",
        "MERCHANT_RULES": str(folder / "rules"), "MERCHANT_LANG": "en", "XDG_STATE_HOME": str(folder / "state"),
    }  # fmt: skip
    shutil.copy(HERE.parent / "stores" / "buyer.key", folder / "buyer.key")
    assert main(["import", str(shop), "--quiet"]) == 0
    return path


def told(store: Path, address: str) -> dict[str, Any]:
    """Language → the answer as `--json` prints it."""
    desk, _, name = address.partition("/")
    with closing(opening.read(store)) as db:
        answer = find.ask(address, db, scope.make(db))
        answer.rows = list(answer.rows)
        answer = acts.with_commands(answer, desk, name)
    return {lang: json.loads(table.to_json(answer, lang, desk, name)) for lang in ("en", "zh")}


def golden(address: str) -> Path:
    return HERE / (address.replace("/", "_") + ".json")


def written(answers: dict[str, Any]) -> str:
    """A row, a column and a note on a line each, so that a difference is read at once."""
    parts = []
    for lang, answer in answers.items():
        told = ",\n".join(f'  "{name}": {_lines(value)}' for name, value in answer.items())
        parts.append(f'"{lang}": {{\n{told}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join("    " + json.dumps(one, ensure_ascii=False) for one in value) + "\n  ]"
