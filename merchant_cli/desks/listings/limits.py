"""Which titles are too long or too short for their platform, or for another one that they might go to."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.listings import _limit_rules as limit_rules
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._alert import FIRST_STEP, behind, columns
from merchant_cli.desks.listings._titles import Titled, titles

P = Phrase

LONG = P("The title has {length} {unit}; {platform} takes {most} at most.",
         "标题有 {length} {unit}，`{platform}` 最多 {most}。")  # fmt: skip
SHORT = P("The title has {length} {unit}; {platform} wants {least} at least.",
          "标题有 {length} {unit}，`{platform}` 至少 {least}。")  # fmt: skip
UNSURE = P(" (This limit is not confirmed.)", "（该限制未经证实。）")
SUMMARY = P("{count} {count:title does not|titles do not} fit the platform's limit",
            "{count} 个标题不符合平台的长度限制")  # fmt: skip
COLUMNS = columns(
    None,
    Column("shop", P("Shop", "店铺"), "id"),
    Column("listing", P("Listing", "商品编号"), "id"),
    Column("title", P("Title", "标题"), "text"),
    Column("length", P("Length", "长度"), "count"),
    Column("least", P("At least", "至少"), "count"),
    Column("most", P("At most", "最多"), "count"),
    Column("unit", P("Counted in", "计数单位"), "id", words=limit_rules.UNITS),
    Column("fits", P("What fits", "能放下的部分"), "text"),
)
HELP = {
    "platform": P("Would the titles fit this platform? `taobao`, `amazon` …",
                  "这些标题是否适合该平台？如 `taobao`、`amazon`"),
    "window_days": P("Days of sales whose titles are read where no file lists the shop's goods",
                     "店铺没有商品文件时，从多少天内的订单读取标题"),
}  # fmt: skip


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, platform: str | None = None, window_days: int = 90
) -> Explanation:
    """The rows whose title it is. Raises Problem no-such-row."""
    rules, _ = limit_rules.load()
    for one in titles(db, scope, window_days):
        if one.key == key and _row(one, rules.on(platform or one.platform, scope.as_of)):
            return Explanation([], behind(db, one.shop, one.name, scope.window(window_days)))
    raise Problem("no-such-row", key=key, desk="listings", question="limits")


@listings.alert(P("Title limits", "标题长度"), action="retitle", at_stake="unknown", explain=explain, help=HELP)
def limits(db: sqlite3.Connection, scope: Scope, *, platform: str | None = None, window_days: int = 90) -> Answer:
    """Titles of live listings that are longer or shorter than their platform takes on the as-of day.

    The limits stand in the rule file `limits`, each with the platform's own way of counting: characters, or
    half-widths, of which a Chinese character takes 2. With `platform` the titles are measured by that platform's
    limit: whether they could be listed there as they are. Titles are those of listings; a shop without a products
    file has those of its newest order lines of the last `window_days` days. Images are not measured: no file that is
    read so far tells of them.
    """
    rules, notes = limit_rules.load()
    known = titles(db, scope, window_days)
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    if not known:
        answer.notes.append(FIRST_STEP)
        return answer
    measured = [(one, rules.on(platform or one.platform, scope.as_of)) for one in known]
    rows = [row for one, limit in measured if (row := _row(one, limit))]
    rows.sort(key=lambda row: (-max(row[10] - row[12], row[11] - row[10]), row[0]))
    answer.rows = rows
    if rows:
        notes.append(Note("summary", SUMMARY, {"count": len(rows)}))
    if without := sorted({platform or one.platform for one, limit in measured if limit is None}):
        notes.append(Note("no-limit", P(
            "No title limit is known for {platforms}. Known: {known}.",
            "没有 `{platforms}` 的标题限制。已知平台：`{known}`。"),
            {"platforms": ", ".join(without), "known": ", ".join(rules.platforms)}))  # fmt: skip
    notes.append(Note("rules", P("{count} {count:title|titles} measured by the rules of {day}.",
                                 "已按 {day} 的规则检查 {count} 个标题。"),
                      {"count": sum(limit is not None for _, limit in measured), "day": rules.checked}))  # fmt: skip
    return answer


def _row(one: Titled, limit: limit_rules.Limit | None) -> tuple[Any, ...] | None:
    """The alert's row of a title that does not fit, None if it does or no limit is known."""
    if limit is None or limit.least <= (length := limit.length(one.title)) <= limit.most:
        return None
    long = length > limit.most
    said, fits = LONG if long else SHORT, limit.fitting(one.title)
    sentence = said if limit.sure else P(said.en + UNSURE.en, said.zh + UNSURE.zh)
    why = Note("too-long" if long else "too-short", sentence, {
        "length": length, "unit": limit_rules.UNITS[limit.counted], "platform": limit.platform, "most": limit.most,
        "least": limit.least,
    })  # fmt: skip
    params = {"shop": one.shop, "listing": one.name, "title": one.title, "most": limit.most, "fits": fits}
    return (one.key, one.title, why, None, None, "retitle", params,
            one.shop, one.name, one.title, length, limit.least, limit.most, limit.counted, fits)  # fmt: skip
