"""The merchant's own upload templates: kept beside the store, each the untouched file and a small TOML about it.

    platform = "taobao"
    file = "批量改价.xlsx"
    sheet = "Sheet1"
    header_row = 3
    first_row = 5
    [columns]
    code = { header = "*商家编码", column = 2 }

One more template of the same platform and shop that takes one of its fields replaces it.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from exporters.base import Exporter
from exporters.catalogue import exporters
from exporters.place import replacing
from exporters.template import FIELDS, KEYS, Template, exporter_of
from exporters.template_fill import rows_there
from importers.sheet import sheet_digest, workbook_sheets
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Answer, Column
from merchant_cli.send.actions import FIELDS as NAMES

P = Phrase

# What merchants call the platforms.
CALLED = {"淘宝": "taobao", "天猫": "taobao", "京东": "jd", "拼多多": "pinduoduo", "抖音": "douyin", "抖店": "douyin"}
LISTED = "SELECT listing_id, variant_id, code FROM listings WHERE substr(shop, 1, length(?1)) = ?1"
COLUMNS = (
    Column("platform", P("Platform", "平台"), "id"),
    Column("shop", P("Shop", "店铺"), "id"),
    Column("fields", P("Fields", "字段"), "id", words=NAMES),
    Column("file", P("File", "文件"), "text"),
    Column("sheet", P("Sheet", "工作表"), "text"),
    Column("header_row", P("Header row", "表头行"), "count"),
    Column("kept_on", P("Kept on", "保存日期"), "day"),
)


def folder(store: Path) -> Path:
    """Where templates are kept: beside the store, as mappings are."""
    return store.with_name("templates")


def known(store: Path) -> tuple[Exporter, ...]:
    """Every exporter: the program's own and one for each kept template. Raises Problem template-changed."""
    return (*(exporter_of(one) for one in kept(store)), *exporters())


def of_store(db: sqlite3.Connection) -> tuple[Exporter, ...]:
    """The same, of the store that is open. Raises Problem template-changed."""
    path = db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    return known(Path(path)) if path else exporters()


def kept(store: Path) -> list[Template]:
    """The kept templates in order of platform. Raises Problem template-changed for a TOML that cannot be read."""
    return [read(path) for path in sorted(folder(store).glob("*.toml"))]


def read(path: Path) -> Template:
    """The template that a TOML describes. Raises Problem template-changed."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        columns: Mapping[str, Mapping[str, Any]] = said.pop("columns")
        if set(columns) - set(FIELDS):
            raise ValueError(", ".join(sorted(set(columns) - set(FIELDS))))
        original = path.with_name(path.stem + Path(said["file"]).suffix.lower())
        original.stat()
        return Template(
            path=original,
            columns={name: int(one["column"]) for name, one in columns.items()},
            headers={name: str(one["header"]) for name, one in columns.items()},
            required=frozenset(said.pop("required", ())), **said,
        )  # fmt: skip
    except OSError as error:
        raise Problem("template-changed", path=path, detail=error.strerror or str(error)) from None
    except (KeyError, TypeError, ValueError) as error:
        raise Problem("template-changed", path=path, detail=f"{type(error).__name__}: {error}"[:200]) from None


def keep(store: Path, template: Template, body: bytes) -> tuple[Template, list[Template]]:
    """Keeps a template and its file's bytes; it as kept, and those that it replaced. Raises Problem output-refused."""
    place = folder(store)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem("output-refused", path=place, detail=error.strerror or str(error)) from None
    replaced = _replaced(place, template)
    shop = template.shop.partition("/")[2]
    stem = re.sub(r"[^\w]+", "-", f"{template.platform} {shop} {template.name}", flags=re.UNICODE).strip("-")
    target = place / f"{stem}{Path(template.file).suffix.lower()}"
    made = replace(template, path=target, kept_on=datetime.now(UTC).date().isoformat())
    replacing(target, lambda out: out.write(body))
    replacing(target.with_suffix(".toml"), lambda out: out.write(to_toml(made).encode()))
    for one in replaced:
        for old in (one.path.with_name(one.path.stem + ".toml"), one.path):
            if old not in (target, target.with_suffix(".toml")):
                old.unlink(missing_ok=True)
    return made, replaced


def _replaced(place: Path, template: Template) -> list[Template]:
    """Those that this one replaces; what cannot be read any more goes too if it was of the same platform."""
    found = []
    for path in sorted(place.glob("*.toml")):
        try:
            one = read(path)
        except Problem:
            if path.stem.startswith(f"{template.platform}-"):
                path.unlink(missing_ok=True)
            continue
        same = (one.platform, one.shop) == (template.platform, template.shop)
        if same and set(one.fields) & set(template.fields):
            found.append(one)
    return found


def strangers(db: sqlite3.Connection, template: Template) -> int:
    """How many of the rows that a template came with are about listings that no import told of."""
    known: dict[str, set[str]] = {name: set() for name in KEYS}
    for row in db.execute(LISTED, (template.platform + "/",)):
        for name, value in zip(KEYS, row, strict=True):
            known[name].add(value or "")
    rows = rows_there(template) if template.filled else []
    return sum(not any(value and value in known[name] for name, value in row.items()) for row in rows)


def to_toml(template: Template) -> str:
    """What is kept about a template, for people to read and mend."""
    import tomlkit

    document = tomlkit.document()
    for name in ("platform", "shop", "file", "sheet", "header_row", "first_row", "encoding", "delimiter", "filled",
                 "kept_on"):  # fmt: skip
        document[name] = getattr(template, name)
    document["required"] = sorted(template.required)
    columns = tomlkit.table()
    for name, x in template.columns.items():
        one = tomlkit.inline_table()
        one["header"], one["column"] = template.headers[name], x
        columns[name] = one
    document["columns"] = columns
    return tomlkit.dumps(document).rstrip() + "\n"


def listed(found: list[Template]) -> Answer:
    """The kept templates as an answer."""
    rows = [
        (one.platform, one.shop or None, ", ".join(one.fields), one.file, one.sheet or None, one.header_row,
         one.kept_on)
        for one in found
    ]  # fmt: skip
    return Answer(COLUMNS, rows, ("platform", "shop", "fields"), None)


def imported_as(path: Path, exporter: Exporter) -> str | None:
    """The digest under which an import would know the filled sheet of a workbook; None for other files."""
    if not exporter.sheet:
        return None
    return next((sheet_digest(name, rows) for name, rows in workbook_sheets(path) if name == exporter.sheet), None)
