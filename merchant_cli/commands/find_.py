"""`merchant find TEXT`: one search box over listings, products, orders, buyers and reviews."""

from __future__ import annotations

import sqlite3
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import listing, put, reading
from merchant_cli.commands.context import bad_usage
from merchant_cli.commands.declare import TEXT, Command, argument
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Column
from merchant_cli.desks.search import KINDS, MOST, Hit, search

P = Phrase

COLUMNS = (
    Column("kind", P("Kind", "类型"), "id", words=KINDS),
    Column("shop", P("Shop", "店铺"), "id"),
    Column("key", P("Key", "编号"), "id"),
    Column("subject", P("Subject", "对象"), "text"),
    Column("detail", P("Detail", "说明"), "text"),
    Column("day", P("Day", "日期"), "day"),
)
Words = Annotated[
    list[str],
    argument(
        P("Words that must all be found; a buyer's e-mail or phone is found exactly.",
          "要同时包含的词；买家的邮箱或手机号需完整输入。"), TEXT),
]  # fmt: skip


@takes_common
def find(given: Given, words: Words) -> None:
    text = " ".join(words)
    if not text.strip():
        bad_usage(P("give a word to search for.", "请输入要搜索的词。"))
    with reading() as db:
        given.scope(db)
        hits = [hit for hit in search(db, text, _buyer(db, text)) if _within(hit, given)]
    answer = listing(COLUMNS, [tuple(hit) for hit in hits])
    full = [kind for kind in KINDS if sum(hit.kind == kind for hit in hits) >= MOST]
    if full:
        from merchant_cli.basics.problems import Note

        answer.notes.append(Note("more-hits", P(
            "Only the first {most} of a kind are shown: name more words.", "每类只显示前 {most} 条，请输入更多词。"),
            {"most": MOST}))  # fmt: skip
    put(answer, given.out)


def _within(hit: Hit, given: Given) -> bool:
    shops = not given.shops or hit.shop in given.shops
    return shops and (hit.day is None or given.holds(hit.day)) and (hit.day or "") <= (given.as_of or "9999")


def _buyer(db: sqlite3.Connection, text: str) -> str | None:
    """The key of the buyer with this e-mail, phone or name; None if the store's key is not here."""
    from merchant_cli.intake.layout import buyer_key
    from merchant_cli.store.secret import known_key

    secret = known_key(db)
    return None if secret is None else buyer_key(text, secret)


COMMANDS = {"find": Command(find, examples=("merchant find A-1017", "merchant find blue cup"))}
