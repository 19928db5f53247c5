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
    "undated": Phrase(
        "{count} {count:sale has|sales have} neither a day of order nor of payment and {count:is|are} in no figure:"
        " {orders}. A file that names {count:its|their} day mends this.",
        "有 {count} 个已成交订单既没有下单日期也没有付款日期，不计入任何统计：{orders}。导入写明日期的文件即可补上。",
    ),
    "sum-differs": Phrase(
        "{name}: the rows that could be read come to {found}, the file says {stated}. Rows are missing, wait in"
        " quarantine or were added.",
        "{name}：能识别的行合计 {found}，文件标明 {stated}。有的行缺失、被隔离，或是后来添加的。",
    ),
    "decimal-comma": Phrase(
        "This file writes amounts with a decimal comma, as `1.234,56`; all of them are read so.",
        "这个文件的金额以逗号为小数点，如 `1.234,56`，全部按此读取。",
    ),
    "day-first": Phrase(
        "Days like `31/12/2026` prove that the day comes first in this file; all of them are read so.",
        "文件中有 `31/12/2026` 这样的日期，说明日在前、月在后，全部按此读取。",
    ),
    "month-first": Phrase(
        "Days like `12/31/2026` prove that the month comes first in this file; all of them are read so.",
        "文件中有 `12/31/2026` 这样的日期，说明月在前、日在后，全部按此读取。",
    ),
    "decimals-undecided": Phrase(
        "Some amounts of the file have a decimal point and some a comma, like {example}; those with a comma wait.",
        "文件中有的金额用小数点，有的用逗号，如 {example}；用逗号的行已隔离。",
    ),
    "days-undecided": Phrase(
        "The rows do not decide whether the day or the month comes first in {example}; such rows wait. Export with days"
        " like `2026-11-14`.",
        "无法从各行判断 {example} 是日在前还是月在前，这些行已隔离；请导出 `2026-11-14` 形式的日期。",
    ),
    "same-names": Phrase(
        "Columns that have the name of another: {names}. The first of each name is read.",
        "有重名的列：{names}。每个名称只读取第一列。",
    ),
    "garbled": Phrase(
        "Text that was garbled before the file was written is kept as it is: {texts}.",
        "有些文字在生成文件之前就已是乱码，按原样保留：{texts}。",
    ),
    "rounded": Phrase(
        "Amounts with more decimals than the currency has are rounded half up: {amounts}.",
        "小数位多于币种的金额已四舍五入：{amounts}。",
    ),
    "ruined": Phrase(
        "Barcodes in this file were ruined by a spreadsheet program ({values}); they are not kept, and the file should"
        " not be uploaded.",
        "文件中的条形码已被表格软件破坏（{values}）；条形码不予保存，请勿把此文件上传到平台。",
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
    "trust-bytes": Phrase(
        "--trust set a limit aside: {found} bytes; otherwise at most {most} are read.",
        "`--trust` 放宽了限制：{found} 字节，通常最多读取 {most}。",
    ),
    "trust-files": Phrase(
        "--trust set a limit aside: {found} files; otherwise at most {most} are read.",
        "`--trust` 放宽了限制：{found} 个文件，通常最多读取 {most}。",
    ),
    "trust-cells": Phrase(
        "--trust set a limit aside: {found} cells; otherwise at most {most} are read.",
        "`--trust` 放宽了限制：{found} 个单元格，通常最多读取 {most}。",
    ),
    "trust-box": Phrase(
        "--trust set a limit aside: {found} real cells in a {most}-cell box.",
        "`--trust` 放宽了限制：{found} 个真实单元格散布在 {most} 个单元格的范围内。",
    ),
    "trust-text": Phrase(
        "--trust set a limit aside: {found} bytes with a single text of more than {most}.",
        "`--trust` 放宽了限制：{found} 字节中有超过 {most} 字节的单个文本。",
    ),
    "trust-ratio": Phrase(
        "--trust set a limit aside: {found} bytes, packed more than {most} times smaller.",
        "`--trust` 放宽了限制：{found} 字节被压缩了 {most} 倍以上。",
    ),
    "values-only": Phrase(
        "The workbook holds macros, links or embedded objects; only the values of cells were read, nothing was run.",
        "工作簿含有宏、外部链接或嵌入对象；只读取了单元格的值，没有运行任何内容。",
    ),
    "hidden-rows": Phrase(
        "{count} {count:row is|rows are} hidden or filtered out in the sheet; {count:it was|they were} read like the"
        " others.",
        "工作表中有 {count} 行被隐藏或筛选掉，已照常读取。",
    ),
    "hidden-sheets": Phrase(
        "Hidden sheets of the workbook were left out: {sheets}. `merchant import FILE --sheet NAME` takes one in.",
        "工作簿中隐藏的工作表未导入：{sheets}。可用 `merchant import FILE --sheet 名称` 导入。",
    ),
    "same-layout": Phrase(
        "Sheets of the same layout in this workbook, each taken in by itself: {sheets}. --sheet takes just one.",
        "工作簿中有相同格式的工作表，已分别导入：{sheets}。用 `--sheet` 可只导入一个。",
    ),
    "in-two-sheets": Phrase(
        "{count} of its records {count:stands|stand} in another sheet of the workbook too, and {count:is|are} counted"
        " once.",
        "有 {count} 条记录也出现在工作簿的其他工作表中，只计一次。",
    ),
    "unlocked": Phrase("Answers now: {questions}.", "现在可以回答：{questions}。"),
    "sealed": Phrase(
        "{count} old {count:import is|imports are} sealed and can no longer be taken back: {numbers}.",
        "有 {count} 个旧的导入已封存，不能再撤销：{numbers}。",
    ),
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
    encoding: str = ""  # of a text file, where nothing but its bytes or the merchant says it
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
