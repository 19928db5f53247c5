"""A mapping: an importer written as TOML, for the merchant's own sheets. No expressions and no code.

    platform = "own"
    shop = "own/market"
    kind = "orders"
    known_by = ["Receipt", "Item", "Qty|Quantity"]

    [[into]]
    when = { header = "Receipt", matches = "^R" }
    [into.orders]
    order_id = { kind = "id", names = ["Receipt"], required = true }
    [into.order_lines]
    listed = { kind = "money", names = ["Qty"], times = "Price", rounding = "half-up" }

The first `into` whose `when` matches takes a row. docs/add-an-importer.md has the whole list.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from importers.base import CELL_KINDS, Cell, Importer, Into, norm
from importers.price_history import seen_prices, with_history
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.store.facts import TABLES, Table

SETS = ("known_by", "never")
FLAGS = ("own", "spare_cell")
PHRASES = ("title", "refused", "menu")
PATTERNS = ("file_name", "sheet_name", "footers")
TEXTS = (
    "platform", "kind", *PATTERNS, "currency", "zone", "sale_day", "shop", "shop_label", "probe", "grade", "version",
    "footer_starts", "tried_on",
)  # fmt: skip
TOP = ("title", *TEXTS, *SETS, "values", *FLAGS, "refused", "menu", "into")
CELL = ("kind", "names", "constant", "times", "sign", "rounding", "words", "patterns", "strict", "required", "least",
        "ahead", "order", "whole", "comma")  # fmt: skip
ORDERS = ("", "mdy", "dmy")
KINDS = tuple(kind for kind in CELL_KINDS if kind not in ("raw", "others", "shop", "barcode"))
ROUNDING = "half-up"
NUMBERS = ("count", "money", "rate", "flag", "present")
# Columns of a key that the reader fills, or that may stay empty.
OPEN_KEYS = {"line_key", "move_id", "variant_id", "location", "counted_at", "item", "from_day", "to_day", "n"}
DEFAULTS = {f.name: f.default if f.default is not MISSING else None for f in fields(Importer)}


def from_toml(text: str, *, name: str) -> Importer:
    """The importer that a mapping declares; `name` is its file's name without the ending.

    Raises Problem bad-mapping, naming the key and what is allowed there.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem("bad-mapping", detail=f"TOML: {error}") from None
    _known_keys(said, TOP, "")
    found: dict[str, Any] = {"platform": "own", "title": Phrase(name, name)}
    for key in TEXTS:
        if key in said:
            found[key] = _of(said[key], str, key)
    for key in SETS:
        found[key] = frozenset(_names(said.get(key, []), key))
    for key in PHRASES:
        if key in said:
            found[key] = _phrase(said[key], key)
    for key in FLAGS:
        if key in said:
            found[key] = _of(said[key], bool, key)
    found["values"] = _words(said.get("values", {}), "values")
    found["into"] = tuple(_into(one, f"into[{n}]") for n, one in enumerate(_of(said.get("into", []), list, "into"), 1))
    for pattern in [*(found[key] for key in PATTERNS if key in found), *found["values"].values()]:
        _regex(pattern, "values")
    importer = Importer(name=name, **found)
    _check(importer)
    return with_history(importer)


def _into(said: Any, where: str) -> Into:
    said = dict(_of(said, dict, where))
    when = said.pop("when", None)
    _known_keys(said, TABLES, where)
    fills = {table: _columns(TABLES[table], columns, f"{where}.{table}") for table, columns in said.items()}
    if "order_lines" in fills and "orders" not in fills:
        raise _bad(f"{where}.order_lines", "order_lines needs orders beside it", "order_lines 旁边必须有 orders")
    if when is None:
        return Into(fills)
    when = _of(when, dict, f"{where}.when")
    _known_keys(when, ("header", "matches"), f"{where}.when")
    header, matches = (_of(when.get(key), str, f"{where}.when.{key}") for key in ("header", "matches"))
    return Into(fills, (header, _regex(matches, f"{where}.when.matches")))


def _columns(table: Table, said: Any, where: str) -> dict[str, Cell]:
    """The cells of one table, each for a column that the table has."""
    found = {}
    stated = {c.removesuffix("_at").removesuffix("_day") for c in table.stated} | set(table.stated)
    for column, cell in _of(said, dict, where).items():
        _known_keys({column: cell}, sorted(stated | ({"at"} if "day" in table.stated else set())), where)
        found[column] = _cell(cell, f"{where}.{column}")
        _fits(table, column, found[column], f"{where}.{column}")
    filled = set(found) | {f"{c.removesuffix('_at')}_day" for c, cell in found.items() if cell.kind == "moment"}
    for column in table.key:
        if column not in filled and column not in OPEN_KEYS and (table.name, column) != ("order_lines", "order_id"):
            raise _bad(where, f"the column {column} is missing", f"缺少列 {column}")
    return found


def _fits(table: Table, column: str, cell: Cell, where: str) -> None:
    """Whether the kind of cell suits the column: a moment fills two, numbers go into numbers."""
    if cell.kind == "moment":
        days = "day" if column == "at" else column.removesuffix("_at") + "_day"
        if days not in table.stated:
            raise _bad(where, f"{table.name} has no moment {column}", f"{table.name} 没有时间列 {column}")
        return
    if column not in table.stated:
        raise _bad(where, f'{column} takes kind = "moment"', f"{column} 的 kind 应为 moment")
    number = isinstance(cell.constant, int) if cell.kind == "raw" else cell.kind in NUMBERS
    if number != (column in table.integers):
        allowed = NUMBERS if column in table.integers else [k for k in KINDS if k not in (*NUMBERS, "moment")]
        raise _bad(where, f"takes one of the kinds {', '.join(allowed)}", f"可用的 kind：{', '.join(allowed)}")


def _cell(said: Any, where: str) -> Cell:
    said = dict(_of(said, dict, where))
    _known_keys(said, CELL, where)
    if said.pop("rounding", ROUNDING) != ROUNDING:
        raise _bad(f"{where}.rounding", f"only “{ROUNDING}” is known", f"只支持“{ROUNDING}”")
    constant = said.get("constant")
    if isinstance(constant, bool) or not isinstance(constant, (str, int, type(None))):
        raise _bad(f"{where}.constant", "a text or a whole number", "应为文字或整数")
    kind = _of(said.get("kind", "raw" if constant is not None else "text"), str, f"{where}.kind")
    if kind not in KINDS and not (kind == "raw" and constant is not None):
        raise _unknown(f"{where}.kind", kind, KINDS)
    names = tuple(_names(said.get("names", []), f"{where}.names"))
    if not names and constant is None:
        raise _bad(where, "needs `names` or `constant`", "需要 names 或 constant")
    if said.get("sign", 1) not in (1, -1):
        raise _bad(f"{where}.sign", "1 or -1", "应为 1 或 -1")
    order = _of(said.get("order", ""), str, f"{where}.order")
    if order not in ORDERS:
        raise _unknown(f"{where}.order", order, ORDERS[1:])
    least = said.get("least")
    return Cell(
        kind, names, constant, _of(said.get("times", ""), str, f"{where}.times"), said.get("sign", 1),
        _words(said.get("words", {}), f"{where}.words"), _patterns(said.get("patterns", {}), f"{where}.patterns"),
        _of(said.get("strict", False), bool, f"{where}.strict"),
        _of(said.get("required", False), bool, f"{where}.required"),
        None if least is None else _of(least, int, f"{where}.least"),
        _of(said.get("ahead", False), bool, f"{where}.ahead"), order,
        _of(said.get("whole", False), bool, f"{where}.whole"), _of(said.get("comma", False), bool, f"{where}.comma"),
    )  # fmt: skip


def _check(importer: Importer) -> None:
    """What holds over the whole mapping: headers that the reader looks up by force are in known_by."""
    if not importer.known_by:
        raise _bad("known_by", "name the headers that the file must have", "请写出文件必须有的表头")
    if not importer.into and importer.refused is None:
        raise _bad("into", "say at least one table that is filled", "至少要写一个填入的表")
    if importer.sale_day not in ("", "paid", "placed"):
        raise _unknown("sale_day", importer.sale_day, ("paid", "placed"))
    sure = {norm(name) for name in importer.known_by}
    for n, into in enumerate(importer.into, 1):
        cells = [cell for columns in into.fills.values() for cell in columns.values()]
        forced = [cell.times for cell in cells if cell.times] + ([into.when[0]] if into.when else [])
        for header in forced:
            if norm(header) not in sure:
                raise _bad(f"into[{n}]", f"“{header}” must stand in known_by", f"“{header}”必须写入 known_by")


# --- reading single values ---


def _of(value: Any, kind: type, where: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        words = {str: ("a text", "文字"), bool: ("true or false", "true 或 false"), int: ("a whole number", "整数"),
                 list: ("a list", "列表"), dict: ("a table", "表")}  # fmt: skip
        en, zh = words[kind]
        raise _bad(where, f"{en} is expected", f"应为{zh}")
    return value


def _names(value: Any, where: str) -> list[str]:
    return [_of(name, str, where) for name in ([value] if isinstance(value, str) else _of(value, list, where))]


def _words(value: Any, where: str) -> dict[str, str]:
    return {key: _of(word, str, f"{where}.{key}") for key, word in _of(value, dict, where).items()}


def _patterns(value: Any, where: str) -> dict[str, str]:
    return {_regex(pattern, where): word for pattern, word in _words(value, where).items()}


def _regex(pattern: str, where: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        en, zh = f"“{pattern}” is no regular expression: {error}", f"“{pattern}”不是正则表达式：{error}"
        raise _bad(where, en, zh) from None
    return pattern


def _phrase(value: Any, where: str) -> Phrase:
    if isinstance(value, str):
        return Phrase(value, value)
    _known_keys(_of(value, dict, where), ("en", "zh"), where)
    return Phrase(*(_of(value.get(lang), str, f"{where}.{lang}") for lang in ("en", "zh")))


def _known_keys(said: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    for key in said:
        if key not in allowed:
            raise _unknown(where or "mapping", key, tuple(allowed))


def _unknown(where: str, word: str, allowed: Iterable[str]) -> Problem:
    """The word is not known there: the nearest one, and all that are allowed."""
    listed = ", ".join(allowed)
    near = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    en = f" Did you mean “{near[0]}”?" if near else ""
    zh = f"是否想写“{near[0]}”？" if near else ""
    return _bad(where, f"“{word}” is not known.{en} Allowed: {listed}", f"不认识“{word}”。{zh}可用：{listed}")


def _bad(where: str, en: str, zh: str) -> Problem:
    return Problem("bad-mapping", detail=Phrase(f"{where}: {en}", f"{where}：{zh}"))


# --- writing ---


def to_toml(importer: Importer) -> str:
    """The mapping of an importer without `reshape`; its name is left to the file. Raises ValueError for others."""
    import tomlkit

    if importer.reshape not in (None, seen_prices):
        raise ValueError(f"{importer.id} has a reshape")
    document = tomlkit.document()
    for key in TOP[:-1]:
        value = getattr(importer, key)
        if value == DEFAULTS.get(key) or value in (frozenset(), {}):
            continue
        document[key] = _written(value)
    blocks = tomlkit.aot()
    for into in importer.into:
        block = tomlkit.table()
        if into.when:
            block["when"] = _written({"header": into.when[0], "matches": into.when[1]})
        for table, columns in into.fills.items():
            if not columns:  # the prices that from_toml adds
                continue
            block[table] = tomlkit.table()
            for column, cell in columns.items():
                block[table][column] = _written(_said(cell))
        blocks.append(block)
    if importer.into:
        document["into"] = blocks
    return tomlkit.dumps(document)


def _said(cell: Cell) -> dict[str, Any]:
    """What a cell says beyond what is taken for granted."""
    said = {f.name: getattr(cell, f.name) for f in fields(Cell)}
    blank = {f.name: getattr(Cell("raw" if cell.constant is not None else ""), f.name) for f in fields(Cell)}
    return {name: value for name, value in said.items() if value != blank[name]}


def _written(value: Any) -> Any:
    import tomlkit

    if isinstance(value, Phrase):
        value = value._asdict()
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for key, one in value.items():
            inline[key] = _written(one)
        return inline
    if isinstance(value, frozenset):
        value = sorted(value)
    return list(value) if isinstance(value, (list, tuple)) else value
