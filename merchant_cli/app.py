"""The `merchant` command: one pass over the global options, then the one command that was typed.

Nothing is imported before it is needed: `merchant --help` loads no command, no Typer and no database.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from io import TextIOWrapper

from merchant_cli.basics.phrases import Phrase, language
from merchant_cli.basics.problems import DONE, FAILED, INTERRUPTED, Problem
from merchant_cli.commands import catalogue
from merchant_cli.commands.context import Settings, bad_usage, later, settings, use

P = Phrase

_VALUES = {"--store": "named_store", "--lang": "lang", "--reveal": "reveal"}
_FLAGS = {"--read-only": "read_only", "--quiet": "quiet", "--yes": "yes"}


@dataclass
class Typed:
    """The command line after one pass: what is left for the command, and what was asked of the program itself."""

    settings: Settings
    rest: list[str] = field(default_factory=list)
    help: bool = False
    version: bool = False


def main(argv: list[str] | None = None) -> int:
    """Runs one command line and returns its exit code; faults go to stderr, never as a traceback."""
    args = list(sys.argv[1:] if argv is None else argv)
    machine = "--json" in args or "--csv" in args
    _ready_streams(machine)
    use(Settings(lang=language(), quiet="--quiet" in args))
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except Problem as problem:
        return _tell(problem, as_json="--json" in args)
    except KeyboardInterrupt:
        print(P("Interrupted.", "已中断。").show(settings().lang), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read the output has enough
        return DONE
    except Exception as error:  # the last edge: no fault of the program may end in a traceback with the merchant's data
        if os.environ.get("MERCHANT_DEBUG"):
            raise
        return _tell_unknown(error, as_json="--json" in args)


def _ready_streams(machine: bool) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if machine and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="backslashreplace")


def _run(args: list[str]) -> int:
    typed = read_globals(args)
    use(typed.settings)
    if typed.version:
        from importlib.metadata import version

        print("merchant", version("merchant"))
        return DONE
    if not typed.rest and not typed.help and _on_a_terminal():
        return dispatch(["tui"], want_help=False)
    if not typed.rest:
        from merchant_cli.commands import help as plain_help

        print(plain_help.of_program(typed.settings.lang, desk_names()))
        return DONE
    if typed.rest[0].startswith("-"):
        bad_usage(P("{name} is not an option of the program itself; the command comes first.",
                    "{name} 不是程序本身的选项；请先写命令。"), name=typed.rest[0])  # fmt: skip
    return dispatch(typed.rest, want_help=typed.help)


def _on_a_terminal() -> bool:
    """Whether the screens can be shown here."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def read_globals(args: list[str]) -> Typed:
    """Takes the global options out of the arguments, wherever they stand before a `--`."""
    found: dict[str, object] = {}
    typed = Typed(Settings())
    queue = list(args)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            typed.rest += [word, *queue]
            break
        if name in _VALUES:
            value = value if equals else queue.pop(0) if queue else ""
            if not value:
                bad_usage(P("{name} needs a value.", "{name} 后面缺少值。"), name=name)
            found[_VALUES[name]] = value
        elif word in _FLAGS:
            found[_FLAGS[word]] = True
        elif word in ("-h", "--help"):
            typed.help = True
        elif word == "--version":
            typed.version = True
        elif word != "--no-color":
            typed.rest.append(word)
    lang = found.pop("lang", None)
    if lang is not None and lang not in ("en", "zh"):
        bad_usage(P("--lang takes en or zh, not “{value}”.", "--lang 应为 en 或 zh，不能是“{value}”。"), value=lang)
    color = "--no-color" not in args and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    base = Settings(lang=language(lang), color=color, asked=tuple(typed.rest))
    typed.settings = replace(base, **found)  # type: ignore[arg-type]
    return typed


def desk_names() -> list[str]:
    """The desks that exist, by the folders' names, without importing any."""
    import merchant_cli.desks as desks

    names = {
        entry.name
        for folder in desks.__path__
        for entry in os.scandir(folder)
        if entry.is_dir() and os.path.exists(os.path.join(entry.path, "__init__.py"))  # noqa: PTH110, PTH118
    }
    return sorted(names)


def dispatch(words: list[str], *, want_help: bool) -> int:
    """Runs the command that the first words name. Raises Problem unknown-command, later-release, bad-usage."""
    name, args = words[0], words[1:]
    if name in desk_names():
        from merchant_cli.commands import desk

        use(replace(settings(), command=f"merchant {name}"))
        return desk.run(name, args, want_help=want_help)
    longer = f"{name} {args[0]}" if args else name
    for typed in (longer, name):
        if typed in catalogue.LATER:
            later(typed, catalogue.LATER[typed])
    if name not in catalogue.CATALOGUE:
        _unknown(name)
    from importlib import import_module

    from merchant_cli.commands import parse

    entry = catalogue.CATALOGUE[name]
    commands = import_module(entry.module).COMMANDS
    typed, args = (longer, args[1:]) if args and longer in commands else (name, args)
    use(replace(settings(), command=f"merchant {typed}"))
    command = commands[typed] if isinstance(commands[typed], tuple) else commands[typed](args)
    subs = [key.partition(" ")[2] for key in commands if key.startswith(f"{typed} ")]
    return parse.run(command, command.about or entry.about, args, want_help=want_help, words=subs)


def _unknown(name: str) -> None:
    import difflib

    known = [*catalogue.CATALOGUE, *desk_names()]
    near = difflib.get_close_matches(name, known, 3, 0.6) or ["today", "import", "questions"]
    raise Problem("unknown-command", name=name, near=" / ".join(near))


def _tell(problem: Problem, *, as_json: bool) -> int:
    from merchant_cli.basics.safe_text import json_text, safe_text

    lang = settings().lang
    shown = problem.show(lang)
    colon = P(": ", "：").show(lang)
    heads = {"where": P("where", "位置"), "why": P("why", "原因"), "fix": P("fix", "处理")}
    print(f"{P('error', '错误').show(lang)} [{problem.code}]{colon}{safe_text(shown['what'])}", file=sys.stderr)
    for name, head in heads.items():
        if shown[name]:
            print(f"  {head.show(lang)}{colon}{safe_text(shown[name])}", file=sys.stderr)
    if as_json:
        body = {"code": problem.code, "what": shown["what"], "where": shown["where"], "fix": shown["fix"]}
        print(json_text({"problem": body}))
    return problem.exit_code


def _tell_unknown(error: Exception, *, as_json: bool) -> int:
    from merchant_cli.basics import debug_log

    path = debug_log.write(error, settings().command)
    what = P(
        "unexpected {kind}; this is a fault of the program. Details without your data: {path}",
        "意外的 {kind}，这是程序的缺陷。详情（不含您的数据）：{path}",
    ).show(settings().lang, kind=type(error).__name__, path=path or "—")
    print(f"{P('error [unexpected]: ', '错误 [unexpected]：').show(settings().lang)}{what}", file=sys.stderr)
    if as_json:
        from merchant_cli.basics.safe_text import json_text

        print(json_text({"problem": {"code": "unexpected", "what": what, "where": "", "fix": ""}}))
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
