"""What an import did: counts that add up, days covered, and what the merchant should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.intake.differences import Difference

OUTCOMES = ("inserted", "updated", "unchanged", "quarantined")

NOTES: dict[str, Phrase] = {
    "header-only": Phrase("The file has a header and no rows.", "文件只有表头，没有数据行。"),
    "identity": Phrase(
        "{gaps} of {checked} paid orders {gaps:does|do} not add up (goods − platform discount + shipping + tax = paid);"
        " e.g. {orders}.",
        "{checked} 个已付款订单中有 {gaps} 个金额对不上（货款 − 平台优惠 + 运费 + 税 = 实付），例如 {orders}。",
    ),
    "identity-ok": Phrase("{checked} paid {checked:order adds|orders add} up.", "{checked} 个已付款订单金额核对无误。"),
    "refunded-above": Phrase(
        "More was paid back for {count} {count:order|orders} than {count:it|they} came to; the amounts are kept as the"
        " file states them: {orders}.",
        "有 {count} 个订单的退款超过订单金额，金额按文件保留：{orders}。",
    ),
    "held-back": Phrase(
        "{cells} {cells:cell looks|cells look} older than what is stored; if this file is newer:"
        " `merchant import --exported DAY`.",
        "有 {cells} 个单元格看起来比库中的旧；如果这个文件更新，请用 `merchant import --exported 日期`。",
    ),
    "lines-missing": Phrase(
        "{count} {count:order has|orders have} fewer lines here than in another file (cut off?); the fuller lines stay:"
        " {orders}.",
        "有 {count} 个订单在此文件中的明细比另一个文件少（导出不完整？），保留较全的明细：{orders}。",
    ),
    "lines-completed": Phrase(
        "{count} {count:order|orders} had fewer lines in an earlier file; the fuller lines of this one hold: {orders}.",
        "有 {count} 个订单在之前文件中的明细较少，以本文件较全的明细为准：{orders}。",
    ),
    "cannot-tell": Phrase(
        "{count} closed {count:order was|orders were} paid, and the file does not say if {count:it was|they were}"
        " shipped: {count:it does|they do} not count as {count:a sale|sales}.",
        "有 {count} 个已关闭的订单付过款，但文件没有说明是否发货：不计入销售。",
    ),
    "unknown-words": Phrase(
        "Words not known yet, kept as they are: {words}.", "尚不认识的状态词，按原样保留：{words}。"
    ),
    "replaced": Phrase(
        "Replaces import {number} (same file, other mapping, program or shops).",
        "替换导入 {number}（同一文件，对应方式、程序或店铺已变）。",
    ),
    "stated-again": Phrase(
        "Import {number} said the same, and a later sheet said otherwise; what this sheet says holds again.",
        "导入 {number} 曾是同样内容，后来的表格作了修改；现在重新以本表为准。",
    ),
    "again": Phrase("Already taken in as import {number}; nothing changes.", "已作为导入 {number} 收录，没有变化。"),
    "exported-again": Phrase(
        "The name says {day}, and the contents are those of import {number}, dated {kept}: nothing new. "
        "If it was exported again: `merchant import --exported {day}`.",
        "文件名写的是 {day}，内容与导入 {number}（{kept}）完全相同，没有新内容。"
        "如果确实重新导出过，请用 `merchant import --exported {day}`。",
    ),
    "brought-back": Phrase(
        "Import {number} was taken back before; it is live again.", "导入 {number} 曾被撤销，现已恢复。"
    ),
    "unlocked": Phrase("Answers now: {questions}.", "现在可以回答：{questions}。"),
    "older-file": Phrase(
        "The file is older ({day}) than import {number} ({newer}): where both speak of one order, the newer holds.",
        "这个文件（{day}）比导入 {number}（{newer}）旧：两者都有的订单，以较新的为准。",
    ),
}  # fmt: skip

# Why rows make no record, as `ignored_by` names it.
IGNORED: dict[str, Phrase] = {
    "total": Phrase("totals", "合计行"),
    "example": Phrase("example rows", "示例行"),
    "header": Phrase("repeated headers", "重复的表头"),
    "duplicate": Phrase("repeated rows", "重复的行"),
    "other": Phrase("rows of another kind", "其他类型的行"),
    "image": Phrase("image rows", "图片行"),
    "images": Phrase("image rows", "图片行"),
    "description": Phrase("description rows", "说明行"),
    "empty": Phrase("rows without contents", "没有内容的行"),
    "blank": Phrase("rows left blank", "未填写的行"),
    "parent": Phrase("parents of variants", "变体的父商品行"),
    "unsettled": Phrase("rows not settled yet", "尚未结算的行"),
    "frozen": Phrase("rows of money frozen or released", "资金冻结与解冻的行"),
    "added": Phrase("rows added to another", "并入其他行的行"),
    "older": Phrase("rows of an order that stands again with newer contents", "被同一文件中较新内容取代的订单行"),
}


def ignored_in_words(reasons: Mapping[str, int], lang: str) -> str:
    """`2 totals, 1 image row`: why how many rows were left out."""
    shown = [f"{IGNORED[r].show(lang) if r in IGNORED else f'`{r}`'} {n:,}" for r, n in sorted(reasons.items())]
    return Phrase(", ", "、").show(lang).join(shown)


@dataclass
class Receipt:
    """One file of one import. `state`: applied, already imported, dry run, refused (with `problem`)."""

    path: str
    state: str = "refused"
    sha256: str = ""
    importer: str = ""
    title: Phrase | None = None
    shop: str = ""
    number: int | None = None
    read: int = 0
    outcome: Counter[str] = field(default_factory=Counter)
    ignored_by: Counter[str] = field(default_factory=Counter)
    by_table: dict[str, dict[str, int]] = field(default_factory=dict)
    covers: tuple[str, str] | None = None
    notes: list[Note] = field(default_factory=list)
    problem: Problem | None = None
    gone: Counter[str] = field(default_factory=Counter)  # by table, what went with the import whose place this took
    seconds: float = 0.0
    differences: list[Difference] = field(default_factory=list)  # of a preview: the first changed records

    def note(self, code: str, **params: Any) -> None:
        self.notes.append(Note(code, NOTES[code], params))

    @property
    def ignored(self) -> int:
        return sum(self.ignored_by.values())

    def close(self) -> None:
        """Books the rows of which no record was made as ignored, so that the counts add up to `read`."""
        counted = sum(self.outcome[o] for o in OUTCOMES) + self.ignored
        if self.read > counted:
            self.ignored_by["duplicate"] += self.read - counted

    def as_json(self, lang: str) -> dict[str, Any]:
        """The receipt in the shape that docs/commands.md promises."""
        out: dict[str, Any] = {
            "path": self.path, "sha256": self.sha256, "importer": self.importer or None, "shop": self.shop or None,
            "import": self.number, "state": self.state, "read": self.read,
            **{o: self.outcome[o] for o in OUTCOMES}, "ignored": self.ignored,
            "ignored_by": dict(self.ignored_by), "by_table": self.by_table,
            "covers": list(self.covers) if self.covers else None, "notes": [n.show(lang) for n in self.notes],
        }  # fmt: skip
        if self.state == "dry run":
            out["differences"] = [one.as_json() for one in self.differences]
        if self.problem is not None:
            out["problem"] = {"code": self.problem.code, **self.problem.show(lang)}
        return out

    def kept(self) -> dict[str, Any]:
        """The receipt as the store keeps it: as JSON, with the notes' codes so that any language can be shown."""
        return self.as_json("en") | {"said": [[n.code, n.params] for n in self.notes]}


def notes_of(kept: dict[str, Any], lang: str) -> list[str]:
    """The notes of a kept receipt in `lang`."""
    return [NOTES[code].show(lang, **params) for code, params in kept.get("said", ()) if code in NOTES]
