"""What headers of a merchant's own sheets are called, and what kinds of such sheets there are: synonyms.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.intake.kinds import kind_of
from merchant_cli.store.facts import TABLES

_SOURCE = Path(__file__).with_name("synonyms.toml")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_CURRENCY = re.compile(r"RMB|CNY|USD|EUR|GBP|JPY|HKD|[¥￥$£€]")
_BEFORE = re.compile(
    r"商品|产品|宝贝|货品|订单|当前|现有|客户|买家|最近|默认|店铺|平台|本店|我的"
    r"|(?:product|item|order|sales?|customer|current|last|default|store|shop|my|our)(?=[\s_-])",
    re.IGNORECASE,
)
_GLUE = re.compile(r"[\s_\-./\\:：*＊'’#%]+")


def folded(header: str) -> str:
    """A header for comparison: NFKC, without what stands in brackets, without blanks, punctuation and letter case."""
    text = unicodedata.normalize("NFKC", header)
    return _GLUE.sub("", _BRACKETS.sub("", text) or text).casefold()


def shorter(header: str) -> list[str]:
    """The folded header without words that stand before many names (`商品条码`, `current stock`), and in one order."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", header)).strip()
    found = [folded(text[found.end() :]) for found in [_BEFORE.match(text)] if found]
    return [*filter(None, found), in_order(text)]


def in_order(name: str) -> str:
    """The words of a Latin name in alphabetical order, so that `on hand qty` meets `qty on hand`."""
    return "".join(sorted(filter(None, _GLUE.split(unicodedata.normalize("NFKC", name).casefold()))))


def parts_of(header: str) -> list[str]:
    """The folded header and, where it says its name in both languages (`货号 SKU`, `Qty/数量`), each of the two."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", header))
    latin, chinese = _CHINESE.sub(" ", text), " ".join(_CHINESE.findall(text))
    if chinese and _CURRENCY.fullmatch(latin.strip()):
        return [folded(chinese)]  # 单价RMB
    both = [folded(part) for part in (latin, chinese)]
    return [folded(header), *(both if all(both) else [])]


# What may stand in brackets behind a name without changing what it names: a unit, a currency, a form of writing.
_HARMLESS = re.compile(
    r"[¥￥$£€]|[a-z]{3}|元|人民币|円|件|个|台|天|日|必填|选填|required|optional|pcs|units?|pieces|days?|local time"
    r"|[ymdhs年月日时分秒/:. -]+",
    re.IGNORECASE,
)


def has_aside(header: str) -> bool:
    """Whether what stands in brackets may change what the header names: `库存(在途)`, `Discount (%)`."""
    asides = _BRACKETS.findall(unicodedata.normalize("NFKC", header))
    return any(_HARMLESS.fullmatch(aside[1:-1].strip()) is None for aside in asides)


@dataclass(frozen=True)
class What:
    """One thing that a header can name; names are folded. `ordered` are those of several words (see in_order)."""

    name: str
    label: Phrase
    sure: frozenset[str]
    maybe: frozenset[str]
    ask: frozenset[str]
    looks: str
    ordered: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.sure | self.maybe | self.ask


@dataclass(frozen=True)
class Field:
    """One thing that a form takes: the columns of the store that one header fills.

    `columns` is filled as a whole; `by_line` stands in its place where the values differ between the lines of an
    order. `times`: the header holds the price of one, and the column is quantity × that.
    """

    what: What
    columns: tuple[tuple[str, str], ...]
    kind: str
    by_line: tuple[tuple[str, str], ...] = ()
    times: bool = False

    @property
    def name(self) -> str:
        return self.what.name


@dataclass(frozen=True)
class Form:
    """One kind of sheet: its fields; of `must` and `wants` each is a choice of fields of which one is enough."""

    name: str
    label: Phrase
    words: tuple[str, ...]
    fields: tuple[Field, ...]
    must: tuple[tuple[str, ...], ...]
    wants: tuple[tuple[str, ...], ...]
    constants: tuple[tuple[str, str, Any], ...]

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    def needs(self, field: Field) -> bool:
        return any(field.name in choice for choice in self.must)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table for one in self.fields for table, _ in one.columns))


@dataclass(frozen=True)
class Synonyms:
    """Everything that synonyms.toml says; `known` are the folded names of all things that a header can be.

    `words`: by table and column, a file's word → the store's. `personal`: folded headers of what is shown masked.
    """

    whats: dict[str, What]
    forms: dict[str, Form]
    nothing: frozenset[str]
    known: frozenset[str]
    words: dict[tuple[str, str], dict[str, str]]
    personal: frozenset[str]


@cache
def synonyms() -> Synonyms:
    said = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    whats = {name: _what(name, one) for name, one in said["what"].items()}
    forms = {name: _form(name, one, whats) for name, one in said["form"].items()}
    nothing = frozenset(map(folded, said["nothing"]["names"]))
    known = frozenset().union(*(one.names for one in whats.values()))
    words = {_pair(column): {word: ours for ours, theirs in one.items() for word in theirs}
             for column, one in said["words"].items()}  # fmt: skip
    personal = whats["buyer"].names | whats["reviewer"].names | set(map(folded, said["personal"]["names"]))
    return Synonyms(whats, forms, nothing, known, words, personal)


def _what(name: str, said: dict[str, Any]) -> What:
    sure, maybe, ask = (frozenset(map(folded, said.get(tier, []))) for tier in ("sure", "maybe", "ask"))
    names = [one for tier in ("sure", "maybe", "ask") for one in said.get(tier, [])]
    ordered = frozenset(in_order(one) for one in names if " " in one)
    return What(name, Phrase(said["en"], said["zh"]), sure, maybe - sure, ask - sure, said.get("looks", ""), ordered)


def _form(name: str, said: dict[str, Any], whats: dict[str, What]) -> Form:
    return Form(
        name, Phrase(said["en"], said["zh"]), tuple(said["words"]),
        tuple(_field(one, whats) for one in said["columns"]), _choices(said["must"]), _choices(said.get("wants", [])),
        tuple((*column.split("."), value) for column, value in said.get("constant", {}).items()),
    )  # fmt: skip


def _choices(said: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(choice.split("|")) for choice in said)


def _field(said: str, whats: dict[str, What]) -> Field:
    columns, _, named = said.partition(":")
    times, columns = columns.endswith("*"), columns.removesuffix("*")
    by_line, _, whole = columns.rpartition("|")
    filled, lines = (tuple(_pair(one) for one in part.split("+") if one) for part in (whole, by_line))
    table, column = filled[0]
    return Field(whats[named or column], filled, _kind(table, column), lines, times)


def _pair(said: str) -> tuple[str, str]:
    table, _, column = said.partition(".")
    return table, column


def _kind(table: str, column: str) -> str:
    """The kind of cell, as `mapped.parse` would take it: a moment where the store keeps an instant too."""
    if column in ("status", "state"):  # those of [words]
        return "choice"
    moment = column not in TABLES[table].stated and f"{column}_at" in TABLES[table].stated
    return "moment" if moment else kind_of(table, column)
