"""`merchant set NAME VALUE`: the merchant's own default of an option, checked before it is kept."""

from __future__ import annotations

import re
import time
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.asking import tell_broken
from merchant_cli.commands.context import bad_usage, must_write, say, settings
from merchant_cli.commands.declare import Command, argument, option
from merchant_cli.desks import find, options
from merchant_cli.store import open as store

P = Phrase

Name = Annotated[
    str, argument(P("DESK.QUESTION.OPTION or `currency`", "工作台.问题.选项，或 `currency`"), P("NAME", "名称"))
]
Value = Annotated[str | None, argument(P("The new default.", "新的默认值。"), P("VALUE", "值"))]
Reset = Annotated[bool, option(P("Go back to the program's default.", "恢复程序的默认值。"), "--reset")]


def set_(name: Name, value: Value = None, reset: Reset = False) -> None:
    must_write()
    if (value is None) != reset:
        bad_usage(P("give a value, or --reset.", "请给出一个值，或用 --reset。"))
    name = options.setting_name(name)
    kept = None if value is None else checked(name, value)
    if reset:
        checked_name(name)
    with store.write(settings().store, settings().command) as db:
        if kept is None:
            db.execute("DELETE FROM settings WHERE name = ?", (name,))
        else:
            db.execute(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, kept),
            )
        db.execute(
            "INSERT INTO journal (at, act, number, detail) VALUES (?, 'set', NULL, ?)",
            (int(time.time()), name if kept is None else f"{name} = {kept}"),
        )
    if kept is None:
        say(P("{name} is back at its default.", "{name} 已恢复默认值。"), name=name)
    else:
        say(P("{name} is now {value}.", "{name} 已设为 {value}。"), name=name, value=kept)


def checked_name(name: str, value: str = "") -> options.Option | None:
    """The option of a setting, None for `currency`. Raises Problem bad-setting for an unknown name."""
    if name == "currency":
        return None
    known = options.settable(find.questions(tell_broken))
    if name not in known:
        raise options.unknown_setting(name, value, ["currency", *known])
    return known[name]


def checked(name: str, value: str) -> str:
    """`value` as it is kept for the setting `name`. Raises Problem bad-setting."""
    option_ = checked_name(name, value)
    if option_ is not None:
        return str(option_.read(name, value))
    if not re.fullmatch("[A-Za-z]{3}", value):
        detail = P("A currency has three letters, like CNY or USD.", "币种是三个字母，如 CNY 或 USD。")
        raise Problem("bad-setting", name=name, value=value, detail=detail)
    return value.upper()


COMMANDS = {
    "set": Command(set_, examples=("merchant set inventory.reorder.cover_days 45", "merchant set currency CNY"))
}
