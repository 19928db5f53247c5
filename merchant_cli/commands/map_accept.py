"""`merchant map --accept SHOP CODE SKU`: which own SKU a shop's code stands for."""

from __future__ import annotations

import difflib
from contextlib import closing
from typing import TYPE_CHECKING

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import bad_usage, must_write, say, settings

if TYPE_CHECKING:
    from merchant_cli.intake.accepted import Accepted, Mapping

P = Phrase

MOST = 10_000  # own units in one unit of a code


def accept_one(shop: str, code: str, sku: str, times: int, *, as_json: bool) -> None:
    """Keeps one mapping. Raises Problem bad-usage for a shop or code that is not there."""
    from merchant_cli.intake.accepted import Mapping, accept

    must_write()
    code, sku = code.strip(), sku.strip()
    if not sku or not 1 <= times <= MOST:
        bad_usage(P("an SKU is needed, and --times lies from 1 to {most}.",
                    "需要 SKU，且 --times 应在 1 到 {most} 之间。"), most=MOST)  # fmt: skip
    _check(shop, code)
    mapping = Mapping(shop, code, sku, times)
    _tell(accept(settings().store, [mapping]), [mapping], as_json)


def accept_suggestions(least: int, shop: str, *, as_json: bool) -> None:
    """Keeps every suggestion with `least` points or more that has no rival, under one number."""
    from merchant_cli.desks import find
    from merchant_cli.desks import scope as scopes
    from merchant_cli.intake.accepted import Mapping, accept
    from merchant_cli.store import open as store

    must_write()
    if not 50 <= least <= 100:
        bad_usage(P("--accept-suggested takes points from 50 to 100.", "--accept-suggested 应在 50 到 100 之间。"))
    with closing(store.read(settings().store)) as db:
        answer = find.ask("listings/unmapped", db, scopes.make(db, only=[shop] if shop else []), least=least)
        at = {column.name: i for i, column in enumerate(answer.columns)}
        sure = [row[at["params"]] for row in answer.rows if (row[at["score"]] or 0) >= least]
    sure = [params for params in sure if params.get("command") and not params["several"]]
    mappings = [Mapping(p["shop"], p["code"], p["sku"], 1, "suggested-accepted") for p in sure]
    if not mappings:
        say(P("No suggestion with {least} points or more.", "没有相似度达到 {least} 的建议。"), least=least)
    _tell(accept(settings().store, mappings) if mappings else None, mappings, as_json)


def _check(shop: str, code: str) -> None:
    """Raises Problem bad-usage, naming the nearest, if there is no such shop or it never had the code."""
    from merchant_cli.desks import scope as scopes
    from merchant_cli.intake.accepted import codes
    from merchant_cli.store import open as store

    with closing(store.read(settings().store)) as db:
        known, shops = codes(db, shop), list(scopes.shops(db))
    if known is None:
        bad_usage(P("there is no shop “{shop}”; there are: {shops}.", "没有店铺“{shop}”；现有：{shops}。"),
                  shop=shop, shops=", ".join(shops) or "—")  # fmt: skip
    if code not in known:
        near = " / ".join(difflib.get_close_matches(code, known, 3, 0.5)) or "—"
        bad_usage(P("{shop} has no code “{code}”; the nearest: {near}.", "{shop} 没有编码“{code}”；最接近的：{near}。"),
                  shop=shop, code=code, near=near)  # fmt: skip


def _line(one: Mapping) -> str:
    times = f" × {one.times}" if one.times != 1 else ""
    return safe_text(f"{one.shop} {one.code} = {one.sku}{times}")


def _tell(number: int | None, mappings: list[Mapping], as_json: bool) -> None:
    if as_json:
        print(json_text({"schema": 1, "import": number, "state": "applied" if number else None,
                         "mappings": [one._asdict() for one in mappings]}))  # fmt: skip
        return
    for one in mappings:
        print(_line(one))
    if number is not None:
        say(P("Kept as number {number}; `merchant undo {number}` takes it back.",
              "已记为编号 {number}；用 `merchant undo {number}` 撤销。"), number=number)  # fmt: skip


def tell_mapped(found: Accepted, as_json: bool) -> None:
    """What an undo or redo did to accepted mappings; `found` is what they were before."""
    if as_json:
        print(json_text({"schema": 1, "import": found.number, "state": "void" if found.live else "applied",
                         "mappings": [one._asdict() for one in found.mappings]}))  # fmt: skip
        return
    for one in found.mappings:
        print(_line(one))
    said = (P("Number {number}: taken back. `merchant redo {number}` brings it back.",
              "编号 {number}：已撤销。用 `merchant redo {number}` 恢复。") if found.live else
            P("Number {number}: live again. `merchant undo {number}` takes it back.",
              "编号 {number}：重新有效。用 `merchant undo {number}` 撤销。"))  # fmt: skip
    say(said, number=found.number)
