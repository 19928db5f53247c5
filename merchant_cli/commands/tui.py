"""`merchant tui`: the screens. Textual is imported here and nowhere before."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.context import bad_usage, settings
from merchant_cli.commands.declare import TEXT, Command, option

P = Phrase

NAMES = ("dark", "light", "contrast", "ansi")

NoMouse = Annotated[bool, option(P("Leave the mouse to the terminal.", "不使用鼠标，由终端处理。"), "--no-mouse")]
Theme = Annotated[
    str,
    option(P("Colours: dark, light, contrast or ansi.", "配色：`dark`、`light`、`contrast` 或 `ansi`。"), "--theme",
                metavar=TEXT),
]  # fmt: skip
Keys = Annotated[
    bool,
    option(
        P("Print all keys as a `keys.toml` to be edited.", "以 `keys.toml` 的格式打印全部按键，可供修改。"), "--keys"
    ),
]


def tui(no_mouse: NoMouse = False, theme: Theme = "dark", keys: Keys = False) -> None:
    if theme not in NAMES:
        bad_usage(P("--theme takes one of {names}, not “{value}”.", "--theme 应为 {names} 之一，不能是“{value}”。"),
                  names=" / ".join(NAMES), value=theme)  # fmt: skip
    if keys:
        from tui.all_keys import as_toml

        print(as_toml(settings().lang))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        bad_usage(P("the screens need a terminal; `merchant today` prints the worklist.",
                    "界面需要在终端中打开；`merchant today` 可直接打印待办清单。"))  # fmt: skip
    if not settings().color:
        os.environ.setdefault("NO_COLOR", "1")
    from merchant_cli.store import cache
    from tui.app import MerchantApp

    cache.keep = not settings().read_only
    now = settings()
    MerchantApp(now.store, now.lang, read_only=now.read_only, theme=theme).run(mouse=not no_mouse)


COMMANDS = {"tui": Command(tui, examples=("merchant tui", "merchant tui --theme light --no-mouse"))}
