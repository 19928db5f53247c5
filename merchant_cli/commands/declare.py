"""How a command module declares its commands and options: once, with the help in both languages.

A command module holds `COMMANDS: dict[str, Command]`, keyed by what is typed after `merchant`
(`{"rates": Command(list_rates), "rates set": Command(set_rate, Phrase(…))}`), and a row in catalogue.py.
Where the options depend on the arguments (explain), a function from the arguments to the Command stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from merchant_cli.basics.phrases import Phrase

_BETWEEN = "\x1f"  # Typer keeps help as one string: English and Chinese stand in it side by side


class Command(NamedTuple):
    """One command: a function with `Annotated` parameters that returns its exit code (None is 0).

    `about` may stay empty where catalogue.py has the sentence; `examples` are command lines for the help.
    """

    run: Callable[..., int | None]
    about: Phrase | None = None
    examples: tuple[str, ...] = ()


def both(phrase: Phrase) -> str:
    """Both languages in one string, for `pick`."""
    return f"{phrase.en}{_BETWEEN}{phrase.zh}"


def pick(text: str, lang: str) -> str:
    """The half of a string made by `both` that is in `lang`."""
    en, _, zh = text.partition(_BETWEEN)
    return zh if lang == "zh" and zh else en


def option(about: Phrase, *names: str, metavar: Phrase | None = None, **typer_options: Any) -> Any:
    """A Typer option whose help (and placeholder) is in both languages."""
    return typer.Option(*names, help=both(about), metavar=both(metavar) if metavar else None, **typer_options)


def argument(about: Phrase, metavar: Phrase, **typer_options: Any) -> Any:
    """A Typer argument whose help and name are in both languages."""
    return typer.Argument(help=both(about), metavar=both(metavar), **typer_options)


FILE = Phrase("FILE", "文件")
DAY = Phrase("DAY", "日期")
SHOP = Phrase("PLATFORM/NAME", "平台/店名")
NUMBER = Phrase("N", "N")
DECIMAL = Phrase("X", "X")
TEXT = Phrase("TEXT", "文字")

Json = Annotated[bool, option(Phrase("Print for programs, as JSON.", "以程序可读的格式输出。"), "--json")]
Csv = Annotated[bool, option(Phrase("Print as CSV.", "以逗号分隔的表格输出。"), "--csv")]
Output = Annotated[
    Path | None,
    option(
        Phrase("Write to a file: .xlsx .csv .json .md .svg", "写入文件：.xlsx .csv .json .md .svg"),
        "-o", "--output", metavar=FILE,
    ),
]  # fmt: skip
Limit = Annotated[int | None, option(Phrase("At most so many rows.", "最多显示这么多行。"), "--limit", metavar=NUMBER)]
All = Annotated[bool, option(Phrase("All rows, on a terminal too.", "在终端中也显示全部行。"), "--all")]
Shops = Annotated[
    list[str] | None,
    option(Phrase("Only this shop; may be repeated.", "只看这个店铺；可重复。"), "--shop", metavar=SHOP),
]
Since = Annotated[str | None, option(Phrase("First day.", "起始日期。"), "--since", metavar=DAY)]
Until = Annotated[str | None, option(Phrase("Last day.", "截止日期。"), "--until", metavar=DAY)]
AsOf = Annotated[
    str | None,
    option(
        Phrase(
            "Take as known what is dated up to this day (otherwise the newest day covered).",
            "只用截至这一天的数据（默认为数据覆盖的最新一天）。",
        ),
        "--as-of", metavar=DAY,
    ),
]  # fmt: skip
