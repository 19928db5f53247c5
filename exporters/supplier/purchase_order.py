"""An order to a supplier as a workbook: what, how much, what it should cost, when it is wanted."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from exporters.base import Exporter, Item, Job
from exporters.supplier._book import Formats, fit, options, text_cell
from merchant_cli.basics.money import decimals, major
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import width

P = Phrase

TITLE = P("Purchase order", "采购单")
NUMBERS = range(2, 6)  # which of HEADS stand above numbers
HEADS = (
    P("SKU", "SKU"), P("Title", "品名"), P("Units", "数量"), P("Pack", "每箱件数"), P("Unit cost", "单价"),
    P("Amount", "金额"), P("Currency", "币种"), P("Wanted by", "希望到货日"), P("Note", "备注"),
)  # fmt: skip


def write(exporter: Exporter, job: Job) -> bytes:
    """One workbook for one supplier (`job.shop`; '' where none is known); amounts in major units of the cost's
    currency, each line's amount a formula with its value, totals by currency below."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options())
    formats = Formats(book)
    sheet = book.add_worksheet(TITLE.show(job.lang))
    for y, (head, value) in enumerate(_about(job)):
        text_cell(sheet, y, 0, head, formats.head)
        text_cell(sheet, y, 1, value, formats.text)
    top = 4
    for x, phrase in enumerate(HEADS):
        text_cell(sheet, top, x, phrase.show(job.lang), formats.head_of_number if x in NUMBERS else formats.head)
    lines = merged(job.items)
    for y, item in enumerate(lines, top + 1):
        _line(sheet, y, item, formats)
    _totals(sheet, top + 1, lines, formats, job.lang)
    widest = max(width(head) for head, _ in _about(job))
    fit(sheet, [p.show(job.lang) for p in HEADS], [[_plain(v) for v in _values(item)] for item in lines], widest)
    sheet.freeze_panes(top + 1, 2)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    book.close()
    return out.getvalue()


def _about(job: Job) -> list[tuple[str, str]]:
    said = [
        (TITLE, f"{job.day.replace('-', '')}-{job.number}"),
        (P("Supplier", "供应商"), job.shop or P("not known", "未注明").show(job.lang)),
        (P("Stock as of", "库存截至"), job.day),
    ]
    return [(head.show(job.lang), value) for head, value in said]


def merged(items: list[Item]) -> list[Item]:
    """One line per SKU, in order of SKU: two alerts may both ask for it, then the larger quantity holds."""
    found: dict[str, Item] = {}
    for item in items:
        sku = str(item.params["sku"])
        if sku not in found or found[sku].params["quantity"] < item.params["quantity"]:
            found[sku] = item
    return [found[sku] for sku in sorted(found)]


def _values(item: Item) -> list[Any]:
    facts, cost = item.facts, item.facts.get("cost")
    units = int(item.params["quantity"])
    each = None if cost is None else major(cost, item.currency)
    amount = None if cost is None else major(cost * units, item.currency)
    return [item.params["sku"], facts.get("title") or "", units, facts.get("pack"), each, amount,
            item.currency if cost is not None else None, facts.get("wanted"), None]  # fmt: skip


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)


def _line(sheet: Any, y: int, item: Item, formats: Any) -> None:
    money = formats.money(item.currency)
    for x, value in enumerate(_values(item)):
        if value is None:
            continue
        if x == 5:
            sheet.write_formula(y, x, f"=C{y + 1}*E{y + 1}", money, value)
        elif isinstance(value, int | float):
            sheet.write_number(y, x, value, money if x == 4 else formats.count)
        else:
            text_cell(sheet, y, x, value, formats.text)


def _totals(sheet: Any, first: int, lines: list[Item], formats: Any, lang: str) -> None:
    """Below the lines one total for each currency: amounts of two currencies are never added."""
    currencies = sorted({item.currency for item in lines if item.facts.get("cost") is not None and item.currency})
    y = first + len(lines)
    for currency in currencies:
        cents = 10 ** decimals(currency)
        of = [item for item in lines if item.currency == currency and item.facts.get("cost") is not None]
        total = sum(item.facts["cost"] * int(item.params["quantity"]) for item in of) / cents
        text_cell(sheet, y, 0, P("Total", "合计").show(lang), formats.head)
        formula = f'=SUMIF(G{first + 1}:G{first + len(lines)},"{currency}",F{first + 1}:F{first + len(lines)})'
        sheet.write_formula(y, 5, formula, formats.money(currency), total)
        text_cell(sheet, y, 6, currency, formats.text)
        y += 1


def orderable(item: Item) -> Phrase | None:
    """What a supplier could not deliver: no whole quantity above zero."""
    quantity = item.params.get("quantity")
    if not isinstance(quantity, int) or quantity <= 0:
        return P("The quantity must be above zero.", "采购数量应大于零。")
    return None


order = Exporter(
    platform="supplier",
    name="order",
    title=TITLE,
    actions=frozenset({"purchase-order"}),
    check=orderable,
    suffix=".xlsx",
    write=write,
)
