"""`merchant demo`: takes the example shop into a store of its own and prints its worklist."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.context import must_write, say, settings, use
from merchant_cli.commands.declare import Command, option
from merchant_cli.commands.progress import Progress

P = Phrase

FOLDER = "merchant-demo"

Keep = Annotated[
    bool, option(P("Keep the store in `./merchant-demo/`.", "把数据库保留在 `./merchant-demo/`。"), "--keep")
]


def demo(keep: Keep = False) -> int:
    if keep:
        must_write()
        folder = Path(FOLDER)
        folder.mkdir(exist_ok=True)
        return _run(folder, kept=True)
    with tempfile.TemporaryDirectory(prefix="merchant-demo-") as name:
        return _run(Path(name), kept=False)


def _run(folder: Path, *, kept: bool) -> int:
    from merchant_cli.commands.today import today

    before = settings()
    use(replace(before, named_store=str(folder / "merchant.db")))
    try:
        with _own_key(folder / "buyer.key"):
            code = _fill(settings().store)
            today()
    finally:
        use(before)
    if kept:
        say(P("The store is kept: `merchant --store {path} today`", "数据库已保留：`merchant --store {path} today`"),
            path=folder / "merchant.db")  # fmt: skip
        say(
            P("To import into it, set MERCHANT_KEY={path}", "若要向其中导入，请设置 `MERCHANT_KEY={path}`"),
            path=folder / "buyer.key",
        )
    else:
        say(P("`merchant demo --keep` keeps the store; `merchant import` begins your own.",
              "`merchant demo --keep` 会保留数据库；用 `merchant import` 开始导入自己的数据。"))  # fmt: skip
    return code


def _fill(store: Path) -> int:
    from merchant_cli.commands.import_ import exit_code
    from merchant_cli.commands.show_receipt import tell
    from merchant_cli.intake.take_in import Asked, take_in

    receipts = []
    with Progress() as progress:
        for receipt in take_in(store, [str(example_shop())], Asked(), progress):
            receipts.append(receipt)
            if receipt.problem is not None:
                progress.wipe()
                tell(receipt.problem)
    say(P("The example shop: {files} {files:file|files}, {rows} {rows:row|rows} taken in.",
          "示例店铺：导入了 {files} 个文件，共 {rows} 行。"),
        files=sum(r.problem is None for r in receipts), rows=f"{sum(r.read for r in receipts):,}")  # fmt: skip
    return exit_code(receipts)


def example_shop() -> Path:
    """The folder of the example shop's exports: in the package, else in a checkout. Raises Problem file-missing."""
    package = Path(__file__).parents[1]
    for folder in (package / "example_shop", package.parent / "examples" / "shop"):
        if folder.is_dir():
            return folder
    raise Problem("file-missing")


@contextmanager
def _own_key(path: Path) -> Iterator[None]:
    """The demo makes a buyer key of its own and leaves the merchant's alone."""
    before = os.environ.get("MERCHANT_KEY")
    os.environ["MERCHANT_KEY"] = str(path.absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ["MERCHANT_KEY"]
        else:
            os.environ["MERCHANT_KEY"] = before


COMMANDS = {"demo": Command(demo, examples=("merchant demo", "merchant demo --keep"))}
