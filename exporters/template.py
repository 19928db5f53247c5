"""The merchant's own upload template as an exporter: rows under the headers that her back office gave it.

No public bulk template of Taobao, JD, Pinduoduo or Douyin is certain, so nothing is known of a platform's own rules:
a value is checked for what no platform takes, for what the template marks as required, and for what its encoding can
hold. A column that is no changed value stays blank, unless it is marked as required: then the value that the store
knows stands there.

A template whose rows the platform filled in (an export made to be changed and given back) keeps the rows of changed
listings with all their cells, the values in them as the store knows them. The other rows are left out: sent back, they
would put the prices and stock of the day of that export on the platform again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exporters.base import Exporter, Item, Job, sensible
from merchant_cli.basics.phrases import Phrase

P = Phrase

KEYS = ("listing_id", "variant_id", "code")  # say which listing a row is about
VALUES = ("price", "compare_at", "listed_units")  # what proposals change
TEXTS = ("title", "options")  # filled for people to read
FIELDS = (*KEYS, *VALUES, *TEXTS)
LONGEST = 32_767  # characters in a workbook's cell
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Row = dict[str, str | int]  # field → text, minor units of the item's currency, or units


@dataclass(frozen=True)
class Template:
    """A kept template. `path`: the untouched original; rows and columns count from 1; `columns`: field → column,
    `headers`: field → its header as it stands; `required`: fields that it marks so. `shop`: `platform/name`, '' for
    all of the platform. `encoding` and `delimiter` are those of a text file. `filled`: rows below the header that it
    came with. `kept_on`: a day (UTC)."""

    path: Path
    platform: str
    file: str
    header_row: int
    first_row: int
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    shop: str = ""
    sheet: str = ""
    required: frozenset[str] = frozenset()
    encoding: str = ""
    delimiter: str = ","
    filled: int = 0
    kept_on: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of cells that it takes."""
        return tuple(name for name in VALUES if name in self.columns)

    @property
    def name(self) -> str:
        """`price-listed-units-template`."""
        return "-".join(self.fields).replace("_", "-") + "-template"

    @property
    def book(self) -> bool:
        """Whether it is a workbook."""
        return self.path.suffix.lower() == ".xlsx"


@dataclass(frozen=True)
class Filled:
    """A template as an exporter uses it; its own rows are read when they are first asked for."""

    template: Template

    @cached_property
    def there(self) -> list[dict[str, str]]:
        """The keys of the rows that it came with, in their order."""
        from exporters.template_fill import rows_there

        return rows_there(self.template) if self.template.filled else []

    def takes(self, item: Item) -> bool:
        return self.template.shop in ("", item.facts.get("shop") or "")

    def check(self, item: Item) -> Phrase | None:
        """Why a listing cannot stand in the template."""
        row = row_of(self.template, item)
        return self._named(item, row) or sensible(item) or self._complete(row) or self._writable(row)

    def _named(self, item: Item, row: Row) -> Phrase | None:
        """Whether the key columns say which SKU is meant, and a filled template has its row, once."""
        variant = item.facts.get("variant_id") or ""
        coded = row.get("code") and (row.get("listing_id") or item.facts.get("same_code", 1) == 1)
        if not (row.get("variant_id") or coded or (row.get("listing_id") and not variant)):
            headers = [self.template.headers[key] for key in KEYS if key in self.template.columns]
            return _said(P("The template's key columns ({x}) cannot say which SKU is meant.",
                           "模板中的标识列（{x}）无法指明是哪个 SKU。"), ", ".join(headers))  # fmt: skip
        if self.template.filled:
            found = len(self.rows_of(row))
            if found != 1:
                return P("The template came with rows, and this listing is not among them: give a fresh one.",
                         "模板自带数据，但其中没有该商品：请重新下载模板并保存。") if not found else P(
                         "Several rows of the template are about this listing.",
                         "模板中有多行对应该商品。")  # fmt: skip
        return None

    def rows_of(self, row: Row) -> list[int]:
        """Which of the template's own rows are about the same SKU: places in `there`. A key that both have decides,
        the SKU's own before the merchant's code; all that both have must agree."""
        for key in ("variant_id", "code", "listing_id"):
            if not row.get(key) or not any(there.get(key) for there in self.there):
                continue
            return [
                n for n, there in enumerate(self.there)
                if there.get(key) == row[key]
                and all(there[other] == row[other] for other in KEYS if there.get(other) and row.get(other))
            ]  # fmt: skip
        return []

    def _complete(self, row: Row) -> Phrase | None:
        for name in sorted(self.template.required):
            if name not in row:
                return _said(P("The template requires “{x}”, and no file told it.",
                               "模板要求填写“{x}”，但没有文件提供。"), self.template.headers[name])  # fmt: skip
        return None

    def _writable(self, row: Row) -> Phrase | None:
        """Names the characters that the template's kind of file cannot hold."""
        bad: dict[str, None] = {}
        for text in (value for value in row.values() if isinstance(value, str)):
            if self.template.book and len(text) > LONGEST:
                return P("A text is longer than a cell of a workbook.", "文字超过单元格的长度上限。")
            bad |= dict.fromkeys(c for c in text if not _fits(c, self.template.encoding))
        if not bad:
            return None
        shown = " ".join(f"{c if c.isprintable() else '·'} (U+{ord(c):04X})" for c in list(bad)[:5])
        what = self.template.encoding.upper() or "XLSX"
        said = P("{what} cannot hold: {x}", "{what} 无法表示以下字符：{x}")
        return P(said.show("en", what=what, x=shown), said.show("zh", what=what, x=shown))


def _said(phrase: Phrase, x: str) -> Phrase:
    return P(phrase.show("en", x=x), phrase.show("zh", x=x))


def _fits(char: str, encoding: str) -> bool:
    if not encoding:
        return _CONTROL.match(char) is None
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return char != "\0"


def row_of(template: Template, item: Item) -> Row:
    """The values of one listing for the columns of the template; fields without a value are left out."""
    row: Row = {}
    for name in (*KEYS, *TEXTS):
        text = item.facts.get(name)
        if name in template.columns and text and not (name == "code" and text.startswith("~")):
            row[name] = str(text)
    for name in template.fields:
        value = item.new(name)
        if value is not None and (name in item.changes or name in template.required or template.filled):
            row[name] = value
    return row


def exporter_of(template: Template) -> Exporter:
    """The exporter that fills the template."""
    filled = Filled(template)

    def write(exporter: Exporter, job: Job) -> bytes:
        from exporters.template_fill import fill

        items = sorted(job.items, key=lambda item: (item.facts["listing_id"], item.facts["variant_id"] or ""))
        rows = [(row_of(template, item), item.currency) for item in items]
        places = [filled.rows_of(row)[0] for row, _ in rows] if template.filled else []
        return fill(template, rows, places)

    return Exporter(
        platform=template.platform,
        name=template.name,
        title=P(f"{template.platform} template “{template.file}”", f"{template.platform} 模板“{template.file}”"),
        fields=frozenset(template.fields),
        takes=filled.takes,
        check=filled.check,
        suffix=template.path.suffix.lower(),
        write=write,
        sheet=template.sheet,
        shop=template.shop,
        unchecked=True,
    )
