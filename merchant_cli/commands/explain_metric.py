"""`merchant explain metric NAME`: what a metric means, in words, as a formula and as SQL."""

from __future__ import annotations

import difflib
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import json_text
from merchant_cli.commands.asking import listing, put
from merchant_cli.commands.context import bad_usage, settings, show
from merchant_cli.commands.declare import Command, argument
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Column
from merchant_cli.desks.metrics import METRICS

P = Phrase

COLUMNS = (
    Column("name", P("Name", "名称"), "id"),
    Column("title", P("Metric", "指标"), "text"),
    Column("words", P("Meaning", "含义"), "text"),
    Column("formula", P("Formula", "公式"), "text"),
    Column("kind", P("Kind", "类型"), "id"),
    Column("sql", P("SQL", "查询语句"), "text"),
)
Name = Annotated[
    str | None, argument(P("The metric; without one, all of them.", "指标名称；不写则列出全部。"), P("NAME", "名称"))
]


@takes_common
def explain_metric(given: Given, name: Name = None) -> None:
    given.no_effect()
    rows = [(m.name, m.title, m.words, m.formula, m.kind, m.sql) for m in METRICS.values()]
    if name is None:
        short = [row[:4] for row in rows] if not (given.out.json or given.out.csv or given.out.file) else rows
        put(listing(COLUMNS[: len(short[0])], short), given.out)
        return
    if name not in METRICS:
        near = difflib.get_close_matches(name, METRICS, 3, 0.3) or list(METRICS)
        bad_usage(P("there is no metric “{name}”; there are: {near}", "没有指标“{name}”；可用：{near}"),
                  name=name, near=", ".join(near))  # fmt: skip
    found = METRICS[name]
    if given.out.json:
        lang = settings().lang
        print(json_text({
            "schema": 1, "metric": found.name, "title": found.title.show(lang), "words": found.words.show(lang),
            "formula": found.formula.show(lang), "kind": found.kind, "sql": found.sql,
        }))  # fmt: skip
        return
    print(f"{show(found.title)} ({found.name})", show(found.words), sep="\n")
    print(show(P("Formula: {x}", "公式：{x}"), x=found.formula))
    print("", found.sql, sep="\n")


COMMAND = Command(explain_metric, P("What a metric means.", "查看一个指标的含义。"), ("merchant explain metric net",))
