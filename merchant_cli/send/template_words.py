"""What the back offices of Chinese platforms call the columns that a template asks for, and which row is the header.

The words are those of exports and of templates that merchants described; none is a platform's documented format, so
what was guessed is always shown and `--set` overrules it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exporters.template import VALUES
from importers.base import norm

# Field → its words by rank: a word for one SKU goes before a word for the whole listing.
WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "listing_id": (("商品ID", "宝贝ID", "数字ID", "商品数字ID", "产品ID", "SPU ID", "SPUID", "item id", "product id"),
                   ("商品编码", "商品编号", "num_id", "商品单号")),
    "variant_id": (("SKU ID", "规格ID", "样式ID", "SKU编号", "sku_id"),),
    "code": (("SKU商家编码", "规格编码", "规格商家编码", "商家编码-SKU维度", "商家编码-规格维度", "SKU编码", "SKU货号"),
             ("商家编码", "商家SKU", "货号", "商家货号", "外部编码", "outer_id", "商品商家编码", "货号编码",
              "商家编码-商品维度")),
    "price": (("SKU价格", "SKU售价", "规格价格", "SKU拼单价", "SKU京东价"),
              ("售价", "价格", "销售价", "销售价格", "商品售价", "商品价格", "宝贝价格", "一口价", "拼单价", "拼团价",
               "京东价", "现价", "price")),
    "compare_at": (("SKU划线价", "SKU市场价"), ("划线价", "划线价格", "市场价", "市场价格", "原价", "吊牌价",
                                                 "参考价")),
    "listed_units": (("SKU库存", "规格库存", "SKU数量"),
                     ("库存", "数量", "现货库存", "库存数量", "商品库存", "可售库存", "宝贝数量", "总库存", "stock",
                      "quantity")),
    "title": (("商品标题", "宝贝标题", "商品名称", "宝贝名称", "标题", "title"),),
    "options": (("销售属性", "规格名称", "SKU名称", "商品规格", "规格", "商品属性"),),
}  # fmt: skip
RANKS = {
    norm(word): (field, rank) for field, tiers in WORDS.items() for rank, tier in enumerate(tiers) for word in tier
}

OLD = 10  # added to the rank of a header that does not say that it is for the new value
_NEW = re.compile(r"^(?:新|修改后|调整后|最新)的?|\((?:新|修改后|调整后)\)$")
REQUIRED = re.compile(r"^[*＊✱﹡]|[*＊✱﹡]$|[(（【\[][^)）】\]]*(?<!非)(?<!不)必[填须]")
_MARKS = re.compile(r"^[*✱﹡]+|[*✱﹡:]+$|\([^()]*\)$|【[^【】]*】$|\[[^\[\]]*\]$|^\(必填\)|^【必填】|^\[必填\]")
_NOTE = re.compile(r"必填|选填|必须|不可|不能|请|说明|示例|例如|样例|格式|填写|可空|为空|长度|单位|支持|整数|小数"
                   r"|^(?:string|text|number|int|decimal|required|optional)$", re.IGNORECASE)  # fmt: skip
_EXAMPLE = re.compile(r"^[(（【\[]?(?:示例|样例|例子|例[如：:]|example|sample)", re.IGNORECASE)
_NUMBER = re.compile(r"[¥￥]?\s*-?[\d,]*\.?\d+\s*(?:元|件)?")


class Found(NamedTuple):
    """The columns that a header row offers: field → columns (from 1) of the best rank; several are a tie."""

    columns: Mapping[str, tuple[int, ...]]

    def has(self, fields: Sequence[str]) -> bool:
        return any(name in self.columns for name in fields)


def plain(header: str) -> str:
    """A header without what marks it as required or explains it: `*商家编码（必填）` → `商家编码`."""
    text = norm(header.strip().split("\n", 1)[0])
    while (bare := _MARKS.sub("", text)) != text and bare:
        text = bare
    return text


def required(header: str, note: str = "") -> bool:
    """Whether the header or the note below it says that the column must be filled."""
    said = re.search(r"(?<!非)(?<!不)必[填须]", note) is not None
    return bool(REQUIRED.search(header.strip())) or said


def named(header: str, wanted: str) -> bool:
    """Whether `wanted` names this header: as it stands, or without its marks."""
    return norm(header) == norm(wanted) or plain(header) == plain(wanted)


def guess(header: Sequence[str], wanted: Mapping[str, str]) -> Found:
    """Which columns of a row of headers are which field. `wanted`: field → header, as the merchant says."""
    found: dict[str, list[int]] = {}
    best: dict[str, int] = {}
    for field, name in wanted.items():
        whole = [x for x, cell in enumerate(header, 1) if cell.strip() and norm(cell) == norm(name)]
        at = whole or [x for x, cell in enumerate(header, 1) if cell.strip() and named(cell, name)]
        if not at:  # `D`: a column by its letter, for headers that read the same
            at = [x for x, cell in enumerate(header, 1) if cell.strip() and letter(x) == name.strip()]
        if at:
            found[field] = at
    taken = {x for at in found.values() for x in at}
    for x, cell in enumerate(header, 1):
        field, rank = _ranked(cell) if cell.strip() and x not in taken else ("", 0)
        if not field or field in wanted or rank > best.get(field, rank):
            continue
        if rank < best.get(field, rank + 1):
            best[field], found[field] = rank, []
        found[field].append(x)
    return Found({field: tuple(at) for field, at in found.items()})


def letter(x: int) -> str:
    """A column (from 1) as spreadsheets call it."""
    return (letter((x - 1) // 26) if x > 26 else "") + chr(65 + (x - 1) % 26)


def _ranked(cell: str) -> tuple[str, int]:
    """The field that a header names and its rank; a column for the new value goes before that of the present one."""
    for text in (norm(cell), plain(cell)):
        if text in RANKS:
            field, rank = RANKS[text]
            return field, rank + OLD
        if (bare := _NEW.sub("", text)) != text and RANKS.get(bare, ("", 0))[0] in VALUES:
            return RANKS[bare]
    return "", 0


def is_example(cells: Sequence[str]) -> bool:
    """Whether a row below the header calls itself an example."""
    return any(_EXAMPLE.match(cell.strip()) for cell in cells)


def is_note(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether a row below the header explains the columns: no value stands in it, and words of instructions do."""
    mine = {field: cells[x - 1].strip() for field, x in columns.items() if x <= len(cells)}
    if is_example(cells):
        return True
    valued = any(_NUMBER.fullmatch(mine.get(field, "")) for field in VALUES)
    return not valued and any(_NOTE.search(text) for text in mine.values())
