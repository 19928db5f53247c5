"""What nobody's upload takes, as a checklist for a colleague: a workbook with a row for each thing to do by hand."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from exporters.base import Exporter, Job
from exporters.supplier._book import Formats, fit, options, text_cell
from merchant_cli.basics.phrases import Phrase

P = Phrase

TITLE = P("To do", "待办清单")
HEADS = (
    ("number", P("Number", "编号")), ("action", P("Action", "操作")), ("subject", P("Subject", "对象")),
    ("change", P("Change", "改动")), ("why", P("Why", "原因")), ("due", P("Due", "截止日")),
    ("owner", P("Owner", "负责人")),
    ("place", P("Where", "位置")), ("done", P("Done", "完成")),
)  # fmt: skip


def write(exporter: Exporter, job: Job) -> bytes:
    """One workbook; every cell is text, the last column is left to tick off."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options())
    formats = Formats(book)
    sheet = book.add_worksheet(TITLE.show(job.lang))
    rows = [[_shown(item.params.get(name), job.lang) for name, _ in HEADS] for item in job.items]
    for x, (_, head) in enumerate(HEADS):
        text_cell(sheet, 0, x, head.show(job.lang), formats.head)
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row):
            text_cell(sheet, y, x, value, formats.text)
    fit(sheet, [head.show(job.lang) for _, head in HEADS], rows)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(HEADS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _shown(value: Any, lang: str) -> str:
    if isinstance(value, dict):
        return str(value.get(lang, ""))
    return value.show(lang) if hasattr(value, "show") else str(value or "")


checklist = Exporter(platform="own", name="checklist", title=TITLE, suffix=".xlsx", write=write)
