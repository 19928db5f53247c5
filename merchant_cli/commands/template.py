"""`merchant template`: a sheet of the merchant's own to fill in, with what is known already in it."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.asking import reading
from merchant_cli.commands.context import bad_usage, say, settings, show
from merchant_cli.commands.declare import FILE, Command, argument, option

if TYPE_CHECKING:
    from exporters.own_sheets import Known
    from exporters.workbook import Filled, Template
    from importers.own._sheets import OwnSheet

P = Phrase

# What the drop-down of currencies offers beside those of the shop.
CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW", "SGD", "MYR", "THB", "VND", "IDR", "PHP", "AUD", "NZD",
    "CAD", "CHF", "BRL", "MXN", "INR", "AED",
)  # fmt: skip

Kind = Annotated[
    str,
    argument(
        P(
            "`costs`, `stock`, `coupons`, `campaigns`, `reviews`, `ads`, or `all` in one workbook.",
            "`costs` 成本、`stock` 库存、`coupons` 优惠券、`campaigns` 活动、`reviews` 评价、`ads` 推广花费；"
            "`all` 为全部。",
        ),
        P("KIND", "种类"),
    ),
]  # fmt: skip
Target = Annotated[
    Path,
    option(
        P("The file to make: .xlsx, one kind also .csv", "要生成的文件：.xlsx，单个种类也可用 .csv"),
        "-o", "--output", metavar=FILE,
    ),
]  # fmt: skip
Force = Annotated[bool, option(P("Replace the file if it exists.", "文件已存在时覆盖。"), "--force")]


def template(kind: Kind, output: Target, force: Force = False) -> None:
    from importers.own._sheets import SHEETS

    if kind != "all" and kind not in SHEETS:
        near = difflib.get_close_matches(kind, [*SHEETS, "all"], 3, 0.4) or [*SHEETS, "all"]
        bad_usage(
            P("there is no sheet “{kind}”; did you mean {near}?", "没有“{kind}”这种表；您是想用 {near} 吗？"),
            kind=kind,
            near=" / ".join(near),
        )
    _check(output, kind, force)
    sheets = list(SHEETS.values()) if kind == "all" else [SHEETS[kind]]
    made = _made(sheets)
    _write(made, output)
    _remark(made, output)
    rows = sum(len(sheet.rows) for sheet in made.sheets)
    say(
        P(
            "{path} is ready with {rows} {rows:row|rows} of what is known."
            " Fill it in and run: `merchant import {path}`",
            "已生成 {path}，其中 {rows} 行为已知内容。填写后运行：`merchant import {path}`",
        ),
        path=output,
        rows=rows,
    )


def _check(output: Path, kind: str, force: bool) -> None:
    """Raises Problem output-refused for a suffix that is not offered, or a file that exists."""
    suffix = output.suffix.lower()
    if suffix == ".csv" and kind == "all":
        detail = P("All sheets need a workbook: a name in .xlsx.", "全部表格需要工作簿：文件名应以 .xlsx 结尾。")
    elif suffix not in (".xlsx", ".csv"):
        detail = P("The name must end in .xlsx or .csv.", "文件名应以 .xlsx 或 .csv 结尾。")
    elif output.exists() and not output.is_dir() and not force:
        detail = P("It exists already; --force replaces it.", "文件已存在；加 --force 可覆盖。")
    else:
        return
    raise Problem("output-refused", path=output, detail=detail)


def _made(sheets: list[OwnSheet]) -> Template:
    """The sheets with what the store knows on its newest covered day."""
    from exporters.own_sheets import Known
    from exporters.own_words import read_me
    from exporters.workbook import Template
    from importers.own._sheets import LISTS, READ_ME
    from merchant_cli.desks import scope as scopes

    lang = settings().lang
    with reading() as db:
        scope = scopes.make(db)
        known = Known(db, scope.as_of, scope.currency or ("CNY" if lang == "zh" else None))
        filled = [_filled(sheet, known, lang) for sheet in sheets]
        offers = {
            "sku": list(known.titles),
            "shop": known.shops,
            "currency": list(dict.fromkeys([*known.currencies, *CURRENCIES])),
            "stars": list("54321"),
        }
    wanted = {column.kind for sheet in sheets for column in sheet.columns}
    offers = {name: values for name, values in offers.items() if name in wanted}
    about = [(sheet.kind, sheet.title) for sheet in sheets]
    return Template(filled, READ_ME, LISTS, read_me(about, scope.as_of, lang), offers)


def _filled(sheet: OwnSheet, known: Known, lang: str) -> Filled:
    from exporters.own_words import EXAMPLE, EXAMPLES
    from exporters.workbook import Filled, in_words

    example = dict(EXAMPLES[sheet.kind])
    first = sheet.columns[0]
    example[first.name] = EXAMPLE.show(lang) + str(in_words(example[first.name], first, lang))
    return Filled(sheet.title, sheet.columns, example, known.rows(sheet.kind))


def _write(made: Template, output: Path) -> None:
    from exporters import place, workbook

    lang = settings().lang
    if output.suffix.lower() == ".csv":
        text = workbook.to_csv(made.sheets[0], lang).encode("utf-8-sig", "replace")
        place.replacing(output, lambda out: out.write(text))
    else:
        place.replacing(output, lambda out: workbook.write(made, out, lang))


def _remark(made: Template, output: Path) -> None:
    """Says which text is left out, and where an apostrophe keeps text from running as a formula."""
    from exporters import table, workbook

    if left_out := workbook.too_long(made):
        say(
            P(
                "{n} {n:text is|texts are} longer than the 32,767 characters of a cell and left blank.",
                "{n} 处文字超过单元格上限 32,767 个字符，已留空。",
            ),
            n=left_out,
        )
    names = workbook.guarded_columns(made.sheets[0], settings().lang) if output.suffix.lower() == ".csv" else []
    if names:
        say(table.GUARDED, names=show(P(", ", "、")).join(names))


COMMANDS = {
    "template": Command(
        template, examples=("merchant template all -o my-shop.xlsx", "merchant template costs -o costs.csv")
    )
}
