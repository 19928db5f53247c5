"""What every question and list shares: the store, the scope that was asked for, and how the answer leaves."""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.commands.context import bad_usage, say, settings, show
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.store import cache
from merchant_cli.store import open as store

P = Phrase

ON_A_TERMINAL = 20  # rows that a terminal shows unless --all or --limit is given


@dataclass(frozen=True)
class Output:
    """How an answer leaves: the options --json --csv -o --limit --all as they were given."""

    json: bool = False
    csv: bool = False
    file: Path | None = None
    limit: int | None = None
    all: bool = False


def tell_broken(module: str, error: Exception) -> None:
    """Says on stderr which desk file cannot be loaded."""
    say(
        P("{module} cannot be loaded and is left out: {kind}", "{module} 无法加载，已跳过：{kind}"),
        module=module,
        kind=f"{type(error).__name__}: {error}",
    )


def damaged(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is broken."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A read-only connection to the store of this run. Raises Problem store-newer, store-damaged."""
    path = settings().store
    cache.keep = not settings().read_only
    with closing(store.read(path)) as db:
        try:
            yield db
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise
            raise Problem("store-damaged", path=path, detail=str(error)) from None


def scope_of(
    db: sqlite3.Connection,
    shops: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> Scope:
    """The scope that the options ask for. Raises Problem bad-usage for bad days or an unknown shop."""
    check_days(since, until, as_of)
    check_shops(db, shops or ())
    return scopes.make(db, only=shops or (), since=since, until=until, as_of=as_of)


def check_days(since: str | None, until: str | None, as_of: str | None) -> None:
    """Raises Problem bad-usage for what is no day, and where the days leave none."""
    for name, day in (("--since", since), ("--until", until), ("--as-of", as_of)):
        if day is not None and not is_day(day):
            bad_usage(
                P(
                    "{name} takes a day like 2026-11-14, not “{day}”.",
                    "{name} 应为 2026-11-14 这样的日期，不能是“{day}”。",
                ),
                name=name,
                day=day,
            )
    if since and until and since > until:
        bad_usage(P("--since lies after --until.", "--since 晚于 --until。"))
    if since and as_of and since > as_of:
        bad_usage(P("--since lies after --as-of.", "--since 晚于 --as-of。"))


def check_shops(db: sqlite3.Connection, shops: Sequence[str]) -> None:
    """Raises Problem bad-usage for a shop that does not exist."""
    known = scopes.shops(db) if shops else {}
    for shop in shops:
        if shop not in known:
            names = ", ".join(known) or "—"
            bad_usage(
                P("there is no shop “{shop}”; the shops are: {names}", "没有店铺“{shop}”；现有店铺：{names}"),
                shop=shop,
                names=names,
            )


def listing(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> Answer:
    """A list (not a question) as an answer: it covers no day and no shop."""
    return Answer(tuple(columns), rows, (columns[0].name,))


def put(answer: Answer, out: Output, *, desk: str | None = None, question: str | None = None, title: str = "") -> int:
    """Prints or writes the answer; how many rows it has before any cut."""
    if out.json and out.csv:
        bad_usage(P("--json and --csv exclude each other.", "--json 和 --csv 不能同时使用。"))
    if out.limit is not None and out.limit < 0:
        bad_usage(P("--limit takes 0 or more.", "--limit 应为 0 或以上。"))
    answer, total = _limited(answer, out)
    lang = settings().lang
    if out.file is not None:
        from exporters import table

        _not_imported(out.file)
        remarks = table.save(answer, out.file, lang, desk, question, title, _asked())
        for remark in remarks:
            say(P("{x}", "{x}"), x=remark)
        say(P("{n} {n:row|rows} written to {path}", "已将 {n} 行写入 {path}"), n=len(list(answer.rows)), path=out.file)
    if out.json:
        from exporters import table

        print(table.to_json(answer, lang, desk, question))
    elif out.csv:
        from exporters import table
        from merchant_cli.basics.safe_text import safe_text

        text = table.to_csv(answer, lang)
        sys.stdout.write(safe_text(text, one_line=False) if sys.stdout.isatty() else text)
    elif out.file is None:
        _print(answer, title)
    return total


def _asked() -> str:
    """The command line as it can be typed again, without the file that the answer goes to."""
    words = settings().asked
    at = [i for i, word in enumerate(words) if word in ("-o", "--output")]
    kept = [w for i, w in enumerate(words) if i not in at and i - 1 not in at and not w.startswith("--output=")]
    return shlex.join(["merchant", *kept])


def _not_imported(path: Path) -> None:
    """Raises Problem output-refused if the file at `path` was imported from: it is the merchant's own, not ours."""
    from exporters import place

    place.check(path)
    if not path.is_file() or not settings().store.exists():
        return
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with reading() as db:
        names = (sha256, str(path), str(path.resolve()))
        known = db.execute("SELECT 1 FROM imports WHERE sha256 = ? OR name IN (?, ?)", names).fetchone()
    if known:
        detail = P("It was imported from, so it is not written over.", "该文件曾用于导入，不会被覆盖。")
        raise Problem("output-refused", path=path, detail=detail)


def _limited(answer: Answer, out: Output) -> tuple[Answer, int]:
    rows = list(answer.rows)
    for_people = not (out.json or out.csv or out.file)
    most = out.limit
    if most is None and for_people and not out.all and sys.stdout.isatty():
        most = ON_A_TERMINAL
    notes = list(answer.notes)
    if most is not None and most < len(rows):
        cut = P(
            "{n} of {total} {total:row|rows}, `--all` shows the rest", "共 {total} 行，显示了 {n} 行，`--all` 显示全部"
        )
        say(cut, n=most, total=len(rows))
        if not for_people:
            notes.append(Note("cut", cut, {"n": most, "total": len(rows)}))
    return replace(answer, rows=rows if most is None else rows[:most], notes=notes), len(rows)


def _print(answer: Answer, title: str) -> None:
    from exporters.cells import all_notes
    from merchant_cli.basics.safe_text import safe_text
    from merchant_cli.commands.print_table import table

    about = [title] if title else []
    if answer.as_of:
        about.append(show(P("as of {day}", "数据截至 {day}"), day=answer.as_of))
    if answer.shops:
        about.append(", ".join(answer.shops))
    if about:
        print(safe_text(" · ".join(about)), end="\n\n")
    rows = list(answer.rows)
    print("\n".join(table(answer)) if rows else show(P("Nothing.", "没有内容。")))
    notes = all_notes(answer, settings().lang)
    if notes:
        print("", *(safe_text(note) for note in notes), sep="\n")
