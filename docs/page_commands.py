"""docs/commands.md: exit codes, JSON shapes, every command's help, and every fault by its code."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from markdown import both, table

from merchant_cli.app import main
from merchant_cli.basics import problems
from merchant_cli.basics.faults import FAULTS
from merchant_cli.commands.catalogue import CATALOGUE, DESK_COMMANDS, LATER, PANELS

EXIT_CODES = {
    problems.DONE: "done",
    problems.FAILED: "failed",
    problems.USAGE: "usage or configuration, or a question that needs `--yes` without a terminal",
    problems.PARTLY: "partly done: rows in quarantine, or some files of a folder refused",
    problems.REFUSED: "input refused",
    problems.BUSY: "store busy: another command is writing",
    problems.NEWER: "the store is newer than the program",
    problems.DAMAGED: "the store is damaged",
    problems.ACT: "done, and there is something to act on (only with `--exit-code`)",
    problems.INTERRUPTED: "interrupted",
}
HEAD = """# Commands

stdout is data, stderr is narration. The options of every command may stand before or after it.

Every question and list takes `--json --csv -o FILE --shop --since --until --as-of --limit --all`. `--since` and
`--until` are the first and last day of the rows asked about: of orders the day of the sale, of `imports` and
`quarantine` the day a file was taken in (`--as-of` looks at the day that it is dated), of `rates` the first day. A
question that looks back over a window takes these days instead. What has no effect in a list is said on stderr.

## Exit codes

Unknown codes are failures.
"""
FAULTS_HEAD = """## Faults

A fault says what, where, why and how to mend it, on stderr; with `--json` it is also `{"problem": …}` on stdout.
"""


def page() -> str:
    parts = [HEAD, table(("code", "meaning"), sorted(EXIT_CODES.items()))]
    parts += [(Path(__file__).parent / "json-shapes.md").read_text(encoding="utf-8")]
    for panel in PANELS:
        names = [name for name, entry in (CATALOGUE | DESK_COMMANDS).items() if entry.panel == panel]
        if names:
            parts.append(f"## {both(panel)}\n")
        parts += [_command(name) for name in names]
    later = table(("command", "release"), [(f"`merchant {name}`", release) for name, release in LATER.items()])
    faults = [(f"`{code}`", fault.exit_code, both(fault.what)) for code, fault in sorted(FAULTS.items())]
    parts += ["## In a later release\n", later, FAULTS_HEAD, table(("code", "exit code", "what"), faults)]
    return "\n".join(parts)


def _command(name: str) -> str:
    """The command's English help as it is printed."""
    out = io.StringIO()
    with redirect_stdout(out):
        if main([*name.split(), "--help", "--lang", "en"]):
            raise SystemExit(f"merchant {name} --help fails")
    return f"### merchant {name}\n\n```text\n{out.getvalue().rstrip()}\n```\n"
