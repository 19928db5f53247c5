"""`merchant reviews paste` and `merchant reviews mark`: reviews that were copied by hand, and what was done about them.

They stand beside the questions of the desk (see DESK_COMMANDS in catalogue.py).
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, PARTLY, Place, Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.asking import check_shops, reading
from merchant_cli.commands.context import bad_usage, must_write, say, settings, show
from merchant_cli.commands.declare import DAY, FILE, SHOP, TEXT, Command, Json, argument, option
from merchant_cli.desks.words import REVIEW_STATES

if TYPE_CHECKING:
    from merchant_cli.intake.pasted import Pasted

P = Phrase

MOST = 5 << 20  # bytes of one paste
HEADERS = ("Reviewed on", "Stars", "SKU", "Order id", "Review text", "Review id")  # of the importer `own reviews`

File = Annotated[
    Path | None,
    argument(
        P(
            "A text file; without one, standard input. A review is `[DAY] STARS SKU [order:NUMBER] TEXT` on a line of"
            " its own, or with its further lines between blank ones.",
            "文本文件；不写则读取标准输入。每条评价写作 `[日期] 星级 SKU [订单:编号] 内容`，各占一行；"
            "多行的评价之间空一行。",
        ),
        FILE,
    ),
]
Day = Annotated[
    str | None,
    option(P("The day of reviews that carry none (otherwise today).", "没有日期的评价算作这一天（默认今天）。"),
           "--day", metavar=DAY),
]  # fmt: skip
Sku = Annotated[
    str,
    option(P("All are of this SKU; none stands in the text.", "都属于这个 SKU，文本中不再写。"), "--sku", metavar=TEXT),
]
Shop = Annotated[
    str, option(P("The shop they are from (otherwise that of the order).", "来自哪个店铺（默认按订单判断）。"),
                "--shop", metavar=SHOP)
]  # fmt: skip
Keys = Annotated[
    list[str], argument(P("Keys of reviews, as `merchant reviews inbox` shows them.",
                          "评价的编号，见 `merchant reviews inbox`。"), P("KEY", "编号"))
]  # fmt: skip
State = Annotated[
    str,
    option(P("new, triaged, replied or resolved",
             "`new`（新）、`triaged`（处理中）、`replied`（已回复）或 `resolved`（已解决）"),
           "--state", metavar=P("STATE", "状态")),
]  # fmt: skip
Why = Annotated[str | None, option(P("The reason, for yourself.", "原因，供自己查看。"), "--why", metavar=TEXT)]


def paste(file: File = None, day: Day = None, sku: Sku = "", shop: Shop = "", as_json: Json = False) -> int:
    """Keeps what was copied as an import of the merchant's own, so that it can be undone like a file."""
    from merchant_cli.intake import pasted
    from merchant_cli.intake.typed import take_in_typed

    must_write()
    if day is not None and not is_day(day):
        bad_usage(P("--day takes a day like 2026-11-14, not “{day}”.",
                    "--day 应为 2026-11-14 这样的日期，不能是“{day}”。"), day=day)  # fmt: skip
    text = _decoded(_read(file))
    with reading() as db:
        if shop:
            check_shops(db, [shop])
        known = {code for (code,) in db.execute("SELECT sku FROM products UNION SELECT sku FROM listings") if code}
        try:
            said = pasted.parse(text, known, sku.strip())
        except pasted.BadPaste as fault:
            why = Phrase(fault.why.show("en", **fault.params), fault.why.show("zh", **fault.params))
            bad_usage(P("line {line} of the paste: {why}", "粘贴内容第 {line} 行：{why}"), line=fault.line, why=why)
        if not said:
            bad_usage(P("there is no review in it.", "其中没有评价。"))
        rows = _new(db, said, day or _today(), shop)
        _tell_unknown(db, said, known)
    receipt = None
    if rows:
        name = f"reviews paste {file.name if file else _today()}"
        receipt = take_in_typed(settings().store, "own reviews", HEADERS, rows, name, shop)
    return _told(len(said), receipt.number if receipt else None, dict(receipt.outcome) if receipt else {}, as_json)


def _read(file: Path | None) -> bytes:
    if file is not None and str(file) != "-":
        try:
            with file.open("rb") as source:
                return _whole(source.read(MOST + 1))
        except OSError as error:
            raise Problem("file-unreadable", Place(str(file)), detail=error.strerror or str(error)) from None
    if sys.stdin.isatty():
        say(P("Paste reviews as `[DAY] STARS SKU TEXT`, one per line or with blank lines between; end with Ctrl-D"
              " (Ctrl-Z on Windows).",
              "请粘贴评价，格式为 `[日期] 星级 SKU 内容`，每行一条，或用空行分隔；"
              "按 `Ctrl-D` 结束（`Windows` 按 `Ctrl-Z`）。"))  # fmt: skip
    found = getattr(sys.stdin, "buffer", None)
    text = found.read(MOST + 1) if found is not None else sys.stdin.read(MOST + 1).encode("utf-8", "replace")
    return _whole(text)


def _whole(text: bytes) -> bytes:
    """The text, if all of it was read."""
    if len(text) > MOST:
        bad_usage(P("more than 5 MB are no paste; `merchant import FILE` takes sheets.",
                    "超过 5 MB，不适合粘贴；表格请用 `merchant import 文件`。"))  # fmt: skip
    return text


def _decoded(raw: bytes) -> str:
    """UTF-8 (UTF-16 with a mark), else GB 18030; what is neither becomes U+FFFD."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _new(db: sqlite3.Connection, said: list[Pasted], day: str, shop: str) -> list[list[str]]:
    """The rows that the store does not hold yet. A review without a day is the one that was pasted before, if its
    words, SKU, order and stars are the same."""
    from importers.cells import read_id, read_text

    held = db.execute(
        "SELECT day, rating, code, coalesce(order_id, ''), coalesce(body, '') FROM reviews"
        " WHERE coalesce(shop, '') = ? AND review_id LIKE '~%'",
        (shop,),
    ).fetchall()
    days = {tuple(row[1:]): row[0] for row in held}
    known = set(held)
    rows = []
    for one in said:
        what = (one.stars, str(read_id(one.sku) or ""), str(read_id(one.order_id) or ""), read_text(one.text) or "")
        dated = one.day or days.get(what) or day
        if (dated, *what) not in known:
            known.add((dated, *what))
            rows.append([dated, str(one.stars), one.sku, one.order_id, one.text, ""])
    return rows


def _tell_unknown(db: sqlite3.Connection, said: list[Pasted], known: set[str]) -> None:
    """Names SKUs and orders that the store does not know: they may be mistyped, or come with a later file."""
    skus = sorted({one.sku for one in said} - known)
    if known and skus:
        say(P("Not known as SKU: {names}", "不是已知的 SKU：{names}"), names=safe_text(", ".join(skus[:5])))
    held = "SELECT 1 FROM orders WHERE order_id = ?"
    orders = sorted({one.order_id for one in said if one.order_id})
    strange = [order for order in orders if db.execute(held, (order,)).fetchone() is None]
    if strange:
        say(P("No file holds these orders: {names}", "已导入的文件中没有这些订单：{names}"),
            names=safe_text(", ".join(strange[:5])))  # fmt: skip


def _told(read: int, number: int | None, outcome: dict[str, int], as_json: bool) -> int:
    taken = outcome.get("inserted", 0) + outcome.get("updated", 0)
    waiting = outcome.get("quarantined", 0)
    known = read - taken - waiting
    if as_json:
        body = {"schema": 1, "import": number, "read": read, "taken_in": taken, "known": known, "quarantined": waiting}
        print(json_text(body))
    elif number is None:
        print(show(P("{n} {n:review|reviews} read, nothing new.", "读到 {n} 条评价，没有新的。"), n=read))
    else:
        print(show(P("{n} {n:review|reviews} taken in, {known} known before (import {number}; `merchant undo {number}`"
                     " takes it back).",
                     "导入 {n} 条评价，{known} 条原已存在（导入 {number}；`merchant undo {number}` 可撤销）。"),
                   n=taken, known=known, number=number))  # fmt: skip
        if waiting:
            said = P("{n} {n:waits|wait} in quarantine: `merchant quarantine`", "{n} 条被隔离：`merchant quarantine`")
            print(show(said, n=waiting))
    return PARTLY if waiting else DONE


def mark(keys: Keys, *, state: State, why: Why = None, as_json: Json = False) -> None:
    """Keeps the state of reviews as decisions; imports never write one, and their undo leaves them."""
    from merchant_cli.store import decisions
    from merchant_cli.store import open as store

    must_write()
    wanted = state.strip().casefold()
    if wanted not in REVIEW_STATES:
        bad_usage(P("--state takes one of {names}, not “{state}”.", "--state 应为 {names} 之一，不能是“{state}”。"),
                  names=", ".join(f"`{name}`" for name in REVIEW_STATES), state=state)  # fmt: skip
    keys = list(dict.fromkeys(key if key.startswith("review:") else f"review:{key}" for key in keys))
    with reading() as db:
        before = {key: _state(db, key) for key in keys}
    changed = [key for key in keys if before[key] != wanted]
    if changed:
        with store.write(settings().store, settings().command) as db:
            for key in changed:
                decisions.decide(db, f"reviews/state/{key}", wanted, None, why)
    if as_json:
        marked = [{"key": key, "was": before[key], "state": wanted} for key in keys]
        print(json_text({"schema": 1, "marked": marked}))
        return
    for key in keys:
        said = P("{key} is now {state}.", "{key} 现在是“{state}”。") if key in changed else P(
            "{key} was {state} already.", "{key} 原来就是“{state}”。")  # fmt: skip
        print(safe_text(show(said, key=key, state=REVIEW_STATES[wanted])))


def _state(db: sqlite3.Connection, key: str) -> str:
    """The state of a review. Raises Problem no-such-row."""
    row = db.execute(
        "SELECT state FROM reviews WHERE coalesce(shop, 'own') || '/' || review_id = ?", (key.removeprefix("review:"),)
    ).fetchone()
    if row is None:
        raise Problem("no-such-row", key=key, desk="reviews", question="inbox")
    return str(row[0])


COMMANDS = {
    "reviews paste": Command(
        paste,
        examples=(
            "merchant reviews paste reviews.txt", "merchant reviews paste --sku A-1 --day 2026-11-14 < copied.txt",
        ),
    ),
    "reviews mark": Command(
        mark, examples=("merchant reviews mark review:own/PJ00180 --state replied --why called",)
    ),
}  # fmt: skip
