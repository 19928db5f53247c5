"""A mapping and its first rows as tables that fit into the terminal; all that comes from the file is made harmless."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import contacts_masked, cut, masked, pad, safe_text, width
from merchant_cli.commands.context import settings, show
from merchant_cli.intake.guess import LIKELY, SURE, WHY, Header
from merchant_cli.intake.plan import Plan
from merchant_cli.intake.preview import Preview, named
from merchant_cli.intake.synonyms import Field, parts_of, synonyms

P = Phrase

ROWS = 10  # of the preview
SURENESS = {SURE: P("sure", "确定"), LIKELY: P("likely", "可能")}
# What the store calls the states of orders, refunds and listings.
STATES = {
    "unpaid": P("not paid", "未付款"), "paid": P("paid", "已付款"), "part_shipped": P("partly shipped", "部分发货"),
    "shipped": P("shipped", "已发货"), "delivered": P("delivered", "已送达"), "completed": P("completed", "已完成"),
    "cancelled": P("cancelled", "已取消"), "asked": P("asked for", "已申请"), "agreed": P("agreed", "已同意"),
    "goods_back": P("goods are back", "已退货"), "done": P("money is back", "已退款"),
    "refused": P("refused", "已拒绝"), "withdrawn": P("withdrawn", "已撤销"), "live": P("on sale", "在售"),
    "off": P("off sale", "已下架"), "draft": P("draft", "草稿"), "blocked": P("blocked", "被封禁"),
}  # fmt: skip
GAP = "  "


def room() -> int:
    return max(40, shutil.get_terminal_size().columns)


def state_in_words(state: str) -> str:
    """A state as the store calls it, for people."""
    return STATES[state].show(settings().lang) if state in STATES else state


def examples(header: Header, most: int = 3) -> str:
    """Some different cells of the column; contacts are masked."""
    cells = list(dict.fromkeys(cell.strip() for cell in header.cells if cell.strip()))[:most]
    hidden = header_is_contact(header)
    shown = [contacts_masked(cell) if not hidden else masked(cell if len(cell) < 9 or "@" in cell else cell[:4])
             for cell in cells]  # fmt: skip
    return P(", ", "、").show(settings().lang).join(shown) or show(P("(empty)", "（空）"))


def header_is_contact(header: Header) -> bool:
    """Whether the column holds names or contacts of people."""
    return bool(synonyms().personal & set(parts_of(header.text)))


def label(one: Field) -> str:
    return one.what.label.show(settings().lang)


def mapping_lines(plan: Plan) -> tuple[list[str], list[str | Header]]:
    """The table of what fills what, and what each of its numbers stands for: a field's name or an unused header."""
    lang, numbers = settings().lang, list[str | Header]()
    rows: list[list[str]] = []
    for one in plan.form.fields:
        fill, said = plan.fills.get(one.name), plan.constants.get(one.name)
        if fill is None and said is None:
            continue
        numbers.append(one.name)
        what = label(one) + (" *" if plan.required(one.name) else "")
        if fill is None:
            rows.append([what, f"= {state_in_words(said or '')}", "", WHY["constant"].show(lang)])
            continue
        sure = SURENESS[fill.state].show(lang) + P(": ", "：").show(lang) + fill.reason(lang)
        rows.append([what, fill.header.text, examples(fill.header, 1), sure])
    for header in plan.free():
        numbers.append(header)
        why = plan.guess.notes.get(header.at)
        rows.append(
            [show(P("(not used)", "（不用）")), header.text, examples(header, 1), WHY[why].show(lang) if why else ""]
        )
    heads = [show(P("Stored as", "存为")), show(P("Header", "表头")), show(P("For example", "例如")),
             show(P("How sure", "把握"))]  # fmt: skip
    table = [[str(n), *row] for n, row in enumerate(rows, 1)]
    return grid([["#", *heads], *table], [3, 22 if room() < 100 else 34, 18, 20, 60]), numbers


def grid(rows: Sequence[Sequence[str]], most: Sequence[int]) -> list[str]:
    """The rows as lines no wider than the terminal; the first is the head, the last column gets what is left."""
    clean = [[safe_text(cell) for cell in row] for row in rows]
    widths = [min(limit, max(width(row[i]) for row in clean)) for i, limit in enumerate(most)]
    spare = room() - sum(widths[:-1]) - len(GAP) * (len(widths) - 1)
    widths[-1] = max(8, min(widths[-1], spare))
    lines = [GAP.join(pad(cut(cell, w), w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in clean]
    return [lines[0], GAP.join("-" * w for w in widths), *lines[1:]]


def preview_lines(plan: Plan, found: Preview) -> list[str]:
    """The first rows as they would be stored; columns that do not fit side by side follow in a table of their own."""
    lines_of_file = sorted({*found.rows, *found.faults})[:ROWS]
    heads = {column: text for column, text in titles(plan).items() if column in found.columns}
    heads |= {column: ".".join(column) for column in found.columns if column not in heads and column[1] != "sku"}
    number = show(P("Row", "行"))
    blocks: list[list[tuple[str, str]]] = [[]]
    used, wide = 6, {c: _wide(heads[c], [_cell(found, n, c) for n in lines_of_file if n in found.rows]) for c in heads}
    for column in heads:
        if blocks[-1] and used + len(GAP) + wide[column] > room():
            blocks.append([])
            used = 6
        used += len(GAP) + wide[column]
        blocks[-1].append(column)
    out: list[str] = []
    for block in blocks:
        rows = [[number, *(heads[c] for c in block)]]
        rows += [[str(n), *(_cell(found, n, c) for c in block)] for n in lines_of_file if n in found.rows]
        out += grid(rows, [6, *(wide[c] for c in block)])
    return out + [line for n in lines_of_file if n in found.faults for line in _waits(found, n)]


def _cell(found: Preview, number: int, column: tuple[str, str]) -> str:
    text = found.rows[number].get(column, "")
    return state_in_words(text) if column[1] in ("status", "state") else text


def _wide(head: str, cells: Sequence[str]) -> int:
    return min(28, max(width(safe_text(text)) for text in (head, *cells)))


def _waits(found: Preview, number: int) -> list[str]:
    said = found.faults[number].show(settings().lang)
    text = show(P("Row {n} would wait in quarantine: {what} {fix}", "第 {n} 行会被隔离：{what}{fix}"), n=number,
                what=said["what"], fix=said["fix"])  # fmt: skip
    return [safe_text(text)]


def titles(plan: Plan) -> dict[tuple[str, str], str]:
    """What the columns of the preview are called, in the order of the form."""
    found: dict[tuple[str, str], str] = {}
    for one in plan.form.fields:
        for table, column in (*one.columns, *one.by_line):
            if not one.times:
                found.setdefault((table, named(table, column)), label(one))
    return found
