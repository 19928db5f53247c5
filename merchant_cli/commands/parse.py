"""Runs one declared command: Typer reads its arguments; help and usage errors are ours, in the run's language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer._click import exceptions as wrong
from typer.main import get_command

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands import help as plain_help
from merchant_cli.commands.context import bad_usage, settings
from merchant_cli.commands.declare import Command, pick

P = Phrase

_KINDS = {
    "int": P("a whole number", "整数"),
    "int range": P("a whole number", "整数"),
    "float": P("a number", "数字"),
    "boolean": P("yes or no", "“是”或“否”"),
}


def run(command: Command, about: Phrase, args: list[str], *, want_help: bool, words: Sequence[str] = ()) -> int:
    """The exit code of `command` called with `args`; `words` are those that could have followed it.

    Raises Problem bad-usage if the arguments cannot be read.
    """
    typed = settings().command
    parsed = _built(command)
    if want_help:
        lang = settings().lang
        print(plain_help.of_command(typed, about.show(lang), parsed.params, command.examples, lang))
        return 0
    try:
        with parsed.make_context(typed, list(args)) as context:
            return int(parsed.invoke(context) or 0)
    except wrong.UsageError as error:
        _explain(error, parsed.params, words)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None


def _built(command: Command) -> Any:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.command()(command.run)
    return get_command(app)


def _explain(error: wrong.UsageError, params: list[Any], words: Sequence[str]) -> NoReturn:
    lang = settings().lang
    if isinstance(error, wrong.NoSuchOption):
        if re.fullmatch(r"-\d", error.option_name):
            bad_usage(P("{name} is read as an option; write `-- {name}`.", "{name} 会被当作选项；请写成 `-- {name}`。"),
                      name=error.option_name)  # fmt: skip
        known = [name for p in params if p.param_type_name == "option" for name in (*p.opts, *p.secondary_opts)]
        near = difflib.get_close_matches(error.option_name, known, 3, 0.65)
        if near:
            bad_usage(P("there is no option {name}; did you mean {near}?", "没有选项 {name}；您是想用 {near} 吗？"),
                      name=error.option_name, near=" / ".join(near))  # fmt: skip
        bad_usage(P("there is no option {name}.", "没有选项 {name}。"), name=error.option_name)
    if isinstance(error, wrong.MissingParameter) and error.param is not None:
        bad_usage(P("{name} is missing.", "缺少 {name}。"), name=_name(error.param, lang))
    if isinstance(error, wrong.BadParameter) and error.param is not None:
        given = re.match(r"'(.*)' is not", error.message, re.S)
        bad_usage(P("{name} takes {kind}, not “{value}”.", "{name} 应为{kind}，不能是“{value}”。"),
                  name=_name(error.param, lang), value=given[1] if given else "?",
                  kind=_KINDS.get(error.param.type.name, P("another value", "其他值")))  # fmt: skip
    if isinstance(error, wrong.BadOptionUsage):
        name = error.option_name
        if "does not take" in error.message:
            bad_usage(P("{name} takes no value.", "{name} 不带值。"), name=name)
        bad_usage(P("{name} needs a value.", "{name} 后面缺少值。"), name=name)
    extra = re.search(r"arguments?(?:\(s\))? \((.*)\)$", error.message, re.S)
    name = extra[1] if extra else error.message
    meant = difflib.get_close_matches(name.partition(" ")[0], words, 3, 0.5)
    if meant:
        bad_usage(
            P("“{name}” is too much; did you mean {near}?", "多出了“{name}”；您是想用 {near} 吗？"),
            name=name,
            near=" / ".join(meant),
        )
    bad_usage(P("“{name}” is too much.", "多出了“{name}”。"), name=name)


def _name(param: Any, lang: str) -> str:
    if param.param_type_name == "option":
        return str(param.opts[-1])
    return pick(param.metavar or param.name.upper(), lang)
