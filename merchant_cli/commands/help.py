"""Help as plain text: of the whole program (without importing any command) and of one command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import pad, width
from merchant_cli.commands.catalogue import CATALOGUE, DESK_COMMANDS, PANELS, SEEING

P = Phrase

WHAT = P(
    "Runs a small shop from exported files, on your own computer.", "用导出的文件打理小店，全部在您自己的电脑上完成。"
)
USAGE, EXAMPLES = P("Usage: ", "用法："), P("Examples", "示例")
OPTIONS, ARGUMENTS = P("Options", "选项"), P("Arguments", "参数")
EVERYWHERE = P("Options of every command", "所有命令通用的选项")
MORE = P("`merchant COMMAND --help` shows what a command takes.", "用 `merchant 命令 --help` 查看命令的用法。")

ROOT_EXAMPLES: tuple[tuple[str, Phrase], ...] = (
    ("merchant demo", P("look at an example shop", "看看示例店铺")),
    ("merchant import orders.csv stock.xlsx", P("take your exports in", "导入您的导出文件")),
    ("merchant today", P("what needs doing, most money first", "要做的事，金额大的在前")),
    ("merchant inventory reorder -o order.xlsx", P("a question, its answer as a sheet", "问一个问题，结果存成表格")),
)  # fmt: skip

GLOBALS: tuple[tuple[Phrase, Phrase], ...] = (
    (P("--store PATH", "--store 路径"), P("The store (or MERCHANT_STORE).", "数据库位置（或用 MERCHANT_STORE）。")),
    (P("--lang en|zh", "--lang en|zh"), P("The language (or MERCHANT_LANG).", "语言（或用 MERCHANT_LANG）。")),
    (P("--read-only", "--read-only"), P("Write nothing.", "不写入任何内容。")),
    (P("--yes", "--yes"), P("Answer every question with yes.", "对所有确认回答“是”。")),
    (P("--quiet", "--quiet"), P("Only the answer, no narration.", "只输出结果，不输出说明。")),
    (P("--no-color", "--no-color"), P("No colours (or NO_COLOR).", "不用颜色（或用 NO_COLOR）。")),
    (
        P("--reveal REASON", "--reveal 原因"),
        P("Show personal data unmasked; the reason is logged.", "显示未遮盖的个人信息；原因会被记录。"),
    ),
    (P("--version", "--version"), P("The version.", "版本号。")),
    (P("-h, --help", "-h, --help"), P("This help.", "显示帮助。")),
)


def of_program(lang: str, desks: Iterable[str]) -> str:
    """`merchant --help`."""
    lines = [f"{USAGE.show(lang)}merchant {P('COMMAND [OPTIONS]', '命令 [选项]').show(lang)}", "", WHAT.show(lang)]
    lines += _section(EXAMPLES, [(line, about.show(lang)) for line, about in ROOT_EXAMPLES], lang)
    for panel in PANELS:
        rows = [(n, e.about.show(lang)) for n, e in (CATALOGUE | DESK_COMMANDS).items() if e.panel is panel]
        if panel is SEEING:
            rows += [(name, P("The questions of this desk.", "这个工作台的问题。").show(lang)) for name in desks]
        if rows:
            lines += _section(panel, rows, lang)
    lines += _section(EVERYWHERE, [(names.show(lang), about.show(lang)) for names, about in GLOBALS], lang)
    return "\n".join([*lines, "", MORE.show(lang)])


def of_command(words: str, about: str, params: list[Any], examples: Iterable[str], lang: str) -> str:
    """`merchant COMMAND --help`, from the parameters of the Typer command."""
    arguments = [p for p in params if p.param_type_name == "argument"]
    options = [p for p in params if p.param_type_name == "option" and not p.hidden]
    pieces = [_placeholder(p, lang, usage=True) for p in arguments]
    pieces += [f"[{OPTIONS.show(lang)}]"] if options else []
    lines = [USAGE.show(lang) + " ".join([words, *pieces]), "", about]
    if examples:
        lines += _section(EXAMPLES, [(e, "") for e in examples], lang)
    if arguments:
        lines += _section(ARGUMENTS, [(_placeholder(p, lang), _about(p, lang)) for p in arguments], lang)
    if options:
        lines += _section(OPTIONS, [(option_names(p, lang), _about(p, lang)) for p in options], lang)
    return "\n".join(
        [
            *lines,
            "",
            P("Options of every command: `merchant --help`.", "所有命令通用的选项见 `merchant --help`。").show(lang),
        ]
    )


def _section(title: Phrase, rows: list[tuple[str, str]], lang: str) -> list[str]:
    column = min(44, max(width(left) for left, _ in rows) + 2)
    lines = ["", title.show(lang) + P(":", "：").show(lang)]
    for left, right in rows:
        gap = left + "  " if width(left) + 2 > column else pad(left, column)
        lines.append(f"  {gap}{right}".rstrip())
    return lines


def _placeholder(param: Any, lang: str, *, usage: bool = False) -> str:
    from merchant_cli.commands.declare import pick

    name = pick(param.metavar or param.name.upper(), lang) + ("..." if param.nargs == -1 else "")
    return f"[{name}]" if usage and not param.required else name


def option_names(param: Any, lang: str) -> str:
    """`-o, --output FILE` or `--flag / --no-flag`."""
    names = ", ".join(param.opts)
    if param.is_flag:
        return " / ".join([names, *param.secondary_opts])
    return f"{names} {_placeholder(param, lang)}"


def _about(param: Any, lang: str) -> str:
    from merchant_cli.commands.declare import pick

    text = pick(param.help or "", lang)
    if isinstance(param.show_default, str) and param.show_default:
        text += P(" [default: {x}]", "［默认：{x}］").show(lang, x=pick(param.show_default, lang))
    if param.required and param.param_type_name == "option":
        text += P(" [required]", "［必填］").show(lang)
    return text
