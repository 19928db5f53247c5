"""Workbooks and archives made by hand, part by part, as no program writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ["Name", "Financial Status", "Created at", "Currency", "Subtotal", "Total", "Lineitem name",
        "Lineitem quantity", "Lineitem price", "Lineitem sku", "Phone"]  # fmt: skip
NAME = "orders_export_20261115.xlsx"
DATED = '<xf numFmtId="0" xfId="0"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/>'  # style 1: a date with a time


class Raw(str):
    """XML of a cell, or of what stands in a sheet, put in as it is; `@` stands for the cell's reference."""


Cell = str | int | float | None


def order(name: Cell, *, price: Cell = 10, at: Cell = "2026-11-01 10:00:00 +0000", phone: Cell = None) -> list[Cell]:
    """One Shopify order of one line."""
    return [name, "paid", at, "USD", price, price, "Mug", 1, price, "A-1", phone]


def cell(at: str, value: Cell, style: int = 0) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.replace("@", at)
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}" s="{style}"><v>{value!r}</v></c>'


def column(n: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet(rows: Iterable[Sequence[Cell]], *, before: str = "", after: str = "", hidden: Iterable[int] = ()) -> bytes:
    """The XML of a sheet; `before` and `after` stand around its cells, `hidden` are rows counted from 1."""
    out = [f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{before}<sheetData>']
    unseen = set(hidden)
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(f"{column(n)}{number}", value) for n, value in enumerate(row))
        state = ' hidden="1"' if number in unseen else ""
        out.append(f'<row r="{number}"{state}>{cells}</row>')
    return "".join([*out, f"</sheetData>{after}</worksheet>"]).encode()


def book(
    sheets: Mapping[str, bytes | Sequence[Sequence[Cell]]], *,
    parts: Mapping[str, bytes | Iterable[bytes]] | None = None,
    hidden: Iterable[str] = (), properties: str = "", after: str = "", before: str = "", strings: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """An XLSX file. `parts` are added or take the place of ours; `before` stands before the root of the
    workbook, `properties` and `after` around its list of sheets."""
    made = {name: body if isinstance(body, bytes) else sheet(body) for name, body in sheets.items()}
    listed, related, types = "", "", ""
    for n, name in enumerate(made, 1):
        state = ' state="hidden"' if name in set(hidden) else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{n}"{state} r:id="rId{n}"/>'
        related += f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        types += (
            f'<Override PartName="/xl/worksheets/sheet{n}.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    last = len(made) + 1
    related += f'<Relationship Id="rId{last}" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    related += f'<Relationship Id="rId{last + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    package = "http://schemas.openxmlformats.org/package/2006"
    body = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
            f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "xl/workbook.xml": (
            f'<?xml version="1.0"?>{before}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
            f"<sheets>{listed}</sheets>{after}</workbook>"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2">{DATED}</cellXfs></styleSheet>',
    }
    files: dict[str, bytes | Iterable[bytes]] = {name: text.encode() for name, text in body.items()}
    files |= {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(made.values(), 1)}
    return archive(files | dict(parts or {}))


def archive(files: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """A ZIP; a file may come in pieces, so that a huge one takes no memory here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files.items():
            with packed.open(name, "w") as member:
                for piece in [body] if isinstance(body, bytes) else body:
                    member.write(piece)
    return out.getvalue()
