"""`merchant identify`: which importer would take a file, and why; writes nothing."""

from __future__ import annotations

from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, PARTLY, REFUSED, Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import settings, show
from merchant_cli.commands.declare import Command, Json, argument
from merchant_cli.commands.show_receipt import tell

P = Phrase

Paths = Annotated[
    list[str], argument(P("Files, folders, ZIPs, .gz, or -.", "文件、文件夹、压缩包，或 -。"), P("PATH...", "路径…"))
]


def identify(paths: Paths, as_json: Json = False) -> int:
    from merchant_cli.intake.take_in import identified

    lang = settings().lang
    files: list[dict[str, Any]] = []
    for path, known in identified(settings().store, paths):
        if isinstance(known, Problem):
            problem = {"code": known.code, **known.show(lang)}
            files.append({"path": path, "platform": None, "importer": None, "why": "", "problem": problem})
            if not as_json:
                tell(known)
            continue
        entry, why = known.entry, known.why(lang)
        files.append({"path": path, "platform": entry.platform, "importer": entry.id, "why": why})
        if not as_json:
            said = P("{path}: {title} (`{id}`): {why}", "{path}：{title}（`{id}`）：{why}")
            print(safe_text(show(said, path=path, title=entry.title, id=entry.id, why=why)))
    if as_json:
        print(json_text({"schema": 1, "files": files}))
    unknown = sum(one["platform"] is None for one in files)
    return DONE if not unknown else REFUSED if unknown == len(files) else PARTLY


COMMANDS = {
    "identify": Command(identify, examples=("merchant identify orders.csv", "merchant identify exports/ --json"))
}
