"""`merchant import`: takes files, folders and ZIPs in and prints a receipt for each file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, PARTLY, REFUSED, Problem
from merchant_cli.basics.safe_text import json_text
from merchant_cli.commands.context import bad_usage, must_write, say, settings
from merchant_cli.commands.declare import DAY, FILE, SHOP, Command, Json, argument, option
from merchant_cli.commands.progress import Progress
from merchant_cli.commands.show_receipt import receipt_lines, tell
from merchant_cli.intake.receipt import Receipt
from merchant_cli.store import open as opening
from merchant_cli.store import proposals as kept

if TYPE_CHECKING:
    from merchant_cli.intake.take_in import Asked

P = Phrase

Paths = Annotated[list[str], argument(P("Files, folders, ZIPs, .gz, or - for standard input.",
                                        "文件、文件夹、压缩包，- 为标准输入。"), P("PATH...", "路径…"))]  # fmt: skip
Shop = Annotated[
    str | None, option(P("The shop that the files belong to.", "文件所属的店铺。"), "--shop", metavar=SHOP)
]
As = Annotated[
    str | None,
    option(P("The importer to use (`merchant importers`).", "指定导入程序（见 `merchant importers`）。"),
           "--as", metavar=P("IMPORTER", "导入程序")),
]  # fmt: skip
Map = Annotated[
    Path | None,
    option(P("A mapping made by `merchant map`.", "用 `merchant map` 建立的对应文件。"), "--map", metavar=FILE),
]
Exported = Annotated[
    str | None, option(P("The day the files were exported.", "文件的导出日期。"), "--exported", metavar=DAY)
]
DryRun = Annotated[
    bool, option(P("Show what would change; write nothing.", "只显示会有什么变化，不写入。"), "--dry-run")
]
Strict = Annotated[bool, option(P("Refuse a file with a faulty row.", "有错误行的文件一律拒绝。"), "--strict")]
Encoding = Annotated[
    str | None,
    option(P("The encoding of the text files, like gb18030 or shift_jis; found out if not given.",
             "文本文件的编码，如 `gb18030`、`shift_jis`；不指定则自动识别。"),
           "--encoding", metavar=P("NAME", "编码")),
]  # fmt: skip
Sheets = Annotated[
    list[str] | None,
    option(P("Of workbooks only this sheet, a hidden one too; may be repeated.",
             "工作簿只导入这个工作表（隐藏的也可以）；可重复。"),
           "--sheet", metavar=P("NAME", "名称")),
]  # fmt: skip
PasswordFile = Annotated[
    Path | None,
    option(P("A text file with the passwords of locked files, one a line.", "文本文件，每行一个加密文件的密码。"),
           "--password-file", metavar=FILE),
]  # fmt: skip
Trust = Annotated[
    bool,
    option(P("Set the limits of size aside, for files whose origin you know; the receipt says which.",
             "放宽大小限制，仅用于来源可靠的文件；回执会说明放宽了哪些。"), "--trust"),
]  # fmt: skip
NoSettle = Annotated[
    bool, option(P("Start no work in the background afterwards.", "导入后不启动后台计算。"), "--no-settle")
]

Watch = Annotated[
    bool, option(P("Then take in what lands in these folders.", "之后自动导入放进这些文件夹的文件。"), "--watch")
]


def import_(
    paths: Paths, shop: Shop = None, as_: As = None, map_: Map = None, exported: Exported = None,
    dry_run: DryRun = False, strict: Strict = False, no_settle: NoSettle = False, watch: Watch = False,
    encoding: Encoding = None, sheet: Sheets = None, password_file: PasswordFile = None, trust: Trust = False,
    as_json: Json = False,
) -> int:  # fmt: skip
    from merchant_cli.intake.take_in import Asked

    must_write()
    if as_ and map_:
        bad_usage(P("--as and --map exclude each other.", "--as 和 --map 不能同时使用。"))
    asked = Asked(
        shop or "", as_ or "", map_, exported, dry_run, strict, _encoding(encoding), tuple(sheet or ()), trust,
        _passwords(password_file),
    )  # fmt: skip
    code = taken(paths, asked, settle_too=not no_settle, as_json=as_json)
    if watch:
        code = _watched(paths, asked, settle_too=not no_settle, as_json=as_json)
    return code


def _passwords(path: Path | None) -> tuple[str, ...]:
    """The passwords in the file. Raises Problem bad-password-file."""
    if path is None:
        return ()
    from merchant_cli.intake.locked import passwords

    return passwords(path)


def _encoding(name: str | None) -> str:
    """The encoding by Python's name, "" if none was given. Raises Problem bad-usage."""
    from merchant_cli.intake import encodings

    found = encodings.known(name) if name else ""
    if found is None:
        bad_usage(P(f"there is no encoding “{name}”.", f"没有“{name}”这种编码。"))
    return found or ""


def _watched(paths: list[str], asked: Asked, *, settle_too: bool, as_json: bool) -> int:
    """Takes in what lands in the folders until it is interrupted. Raises Problem bad-usage for what is no folder."""
    from merchant_cli.intake import watch

    if not all(Path(path).is_dir() for path in paths):
        bad_usage(P("--watch takes folders.", "--watch 只能用于文件夹。"))
    say(P("Watching {n} {n:folder|folders}; `Ctrl+C` ends it.", "正在监视 {n} 个文件夹；按 `Ctrl+C` 结束。"),
        n=len(paths))  # fmt: skip
    try:
        for ready in watch.arrived(paths):
            taken(ready, asked, settle_too=settle_too, as_json=as_json)
            sys.stdout.flush()
    except KeyboardInterrupt:
        say(P("Watching has ended.", "监视已结束。"))
    return DONE


def taken(paths: list[str], asked: Asked, *, settle_too: bool, as_json: bool) -> int:
    """Takes files in and prints their receipts; the exit code of all together."""
    from merchant_cli.intake import settle
    from merchant_cli.intake.take_in import take_in

    receipts: list[Receipt] = []
    with Progress() as progress:
        for receipt in take_in(settings().store, paths, asked, progress):
            progress.wipe()
            receipts.append(receipt)
            if receipt.problem is not None and receipt.problem.of_store:
                break
            if receipt.problem is None and not as_json:
                print("\n".join(receipt_lines(receipt)))
            elif receipt.problem is not None:
                tell(receipt.problem)
    if not asked.dry_run and any(receipt.state == "applied" for receipt in receipts):
        outcomes(as_json=as_json)
    if settle_too and not asked.dry_run:
        settle.start(settings().store)
    return finish(receipts, as_json=as_json)


def finish(receipts: Sequence[Receipt], *, as_json: bool) -> int:
    """Prints the JSON or what to do next; the exit code of all files together."""
    last = receipts[-1] if receipts else None
    fault = last.problem if last is not None else None
    if fault is not None and fault.of_store:
        tell(fault)
    if as_json:
        body = {"schema": 1, "files": [receipt.as_json(settings().lang) for receipt in receipts]}
        print(json_text(body))
    elif not receipts:
        say(P("No files were found.", "没有找到文件。"))
    else:
        _next_step(receipts)
    return fault.exit_code if fault is not None and fault.of_store else exit_code(receipts)


def outcomes(*, as_json: bool) -> None:
    """Lets the proposals that were sent be checked against what was just imported, and says what came of them."""
    with closing(opening.read(settings().store)) as db:
        if not kept.undecided(db):
            return  # and nothing of `send` is loaded
    from merchant_cli.send import shown, verify

    for one in verify.after_change(settings().store, settings().command):
        for line in () if as_json else shown.outcome(one, settings().lang):
            say(P("{line}", "{line}"), line=line)


def exit_code(receipts: Sequence[Receipt]) -> int:
    """0 done · 3 some files refused or rows in quarantine · the problem's own code if everything was refused."""
    refused = [r.problem for r in receipts if r.problem is not None]
    if refused and len(refused) == len(receipts):
        codes = {_refusal(problem) for problem in refused}
        return codes.pop() if len(codes) == 1 else REFUSED
    waiting = any(r.outcome["quarantined"] for r in receipts)
    return PARTLY if refused or waiting else DONE


def _refusal(problem: Problem) -> int:
    """A fault of rows that refuses a whole file counts as a refused file."""
    return REFUSED if problem.exit_code == PARTLY else problem.exit_code


def _next_step(receipts: Sequence[Receipt]) -> None:
    applied = [r for r in receipts if r.state == "applied"]
    refused = sum(r.problem is not None for r in receipts)
    if refused and len(receipts) > 1:
        say(P("{n} of {total} files {n:was|were} refused.", "{total} 个文件中 {n} 个被拒绝。"),
            n=refused, total=len(receipts))  # fmt: skip
    if any(r.outcome["quarantined"] for r in applied):
        say(P("`merchant quarantine` shows the rows that wait.", "用 `merchant quarantine` 查看被隔离的行。"))
    if applied:
        say(P("`merchant today` shows what to do now.", "用 `merchant today` 查看现在该做什么。"))


COMMANDS = {
    "import": Command(
        import_,
        examples=(
            "merchant import exports/",
            "merchant import orders.csv --shop shopify/main --dry-run",
            "merchant import old.csv --exported 2026-10-31",
        ),
    )
}
