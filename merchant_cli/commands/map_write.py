"""Writes a mapping to its file and says how it is used."""

from __future__ import annotations

from pathlib import Path

from importers import catalogue
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import say, settings, show
from merchant_cli.intake.plan import quoted
from merchant_cli.intake.take_in import identified, mappings_folder

P = Phrase


def target_of(output: Path | None, name: str) -> Path:
    """Where the mapping goes: beside the store, or where the person said; never under a built-in importer's name."""
    if output is not None:
        return output if output.suffix == ".toml" else output.with_name(output.name + ".toml")
    taken = {entry.name for entry in catalogue.entries() if entry.platform == "own"}
    return mappings_folder(settings().store) / f"{name}{'-own' if name in taken else ''}.toml"


def write(target: Path, text: str) -> None:
    """Raises Problem output-refused."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem("output-refused", path=target, detail=error.strerror or str(error)) from None


def differs(target: Path, text: str) -> bool:
    """Whether the file is there and says something else."""
    try:
        return target.exists() and target.read_text(encoding="utf-8") != text
    except (OSError, UnicodeDecodeError):
        return True


def told(file: str, target: Path, *, kept: bool, as_json: bool) -> None:
    """Says what was written and how to go on; `kept` beside the store, where every import finds it."""
    if as_json:
        print(json_text({"schema": 1, "mapping": str(target), "importer": f"own {target.stem}"}))
        return
    print(safe_text(show(P("Mapping written: {path}", "对应文件已写入：{path}"), path=target)))
    if not kept:
        say(P("Use it: `merchant import {file} --map {path}`", "使用：`merchant import {file} --map {path}`"),
            file=quoted(file), path=quoted(str(target)))  # fmt: skip
        return
    rival = _rival(file, target)
    if rival is None:
        say(P("Such files are known now: `merchant import {file}`", "现在认识这类文件了：`merchant import {file}`"),
            file=quoted(file))  # fmt: skip
    else:
        say(P("Another importer claims such files too ({rival}); take it: `merchant import {file} --map {path}`",
              "另一个导入程序也认这类文件（{rival}）；用这个：`merchant import {file} --map {path}`"),
            rival=rival, file=quoted(file), path=quoted(str(target)))  # fmt: skip


def hint_untold() -> None:
    """Says that no order of the mapped sheet will count as a sale."""
    say(P("Nothing says which orders are sales; `--set status==completed` counts them all.",
          "没有列说明哪些订单算成交；`--set status==completed` 表示全部算。"))  # fmt: skip


def _rival(file: str, target: Path) -> str | None:
    """Who else would take the file, or why nobody would; None if the new mapping takes it."""
    found = ""
    for _, known in identified(settings().store, [file]):
        if isinstance(known, Problem):
            found = found or str(known.params.get("candidates", known.code))
        elif known.entry.ref == str(target):
            return None
        else:
            found = f"`{known.entry.id}`"
    return found or "?"
