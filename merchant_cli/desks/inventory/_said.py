"""Sentences that several questions of this desk say."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note

P = Phrase

FIRST_STEP = Note("no-orders", P(
    "No day of orders is fully covered yet. Import an orders export first: `merchant import FILE`",
    "还没有完整覆盖一天的订单。请先导入订单文件：`merchant import 文件`"))  # fmt: skip
NO_STOCK = Note("no-stock", P(
    "No stock is known. Import an inventory export, or fill your own stock sheet:"
    " `merchant template stock -o stock.xlsx`",
    "还没有库存数据。请导入库存文件，或填写自己的库存表："
    "`merchant template stock -o stock.xlsx`"))  # fmt: skip
# Why a margin is not measurable, as it follows another sentence.
UNKNOWN = {
    "": P("", ""),
    "no-cost": P(" The margin is not measurable: its cost is missing.", "毛利无法衡量：缺少成本。"),
    "no-price": P(" The margin is not measurable: its sales carry no money.", "毛利无法衡量：销售没有金额。"),
    "no-rate": P(" The margin is not measurable: a currency rate is missing.", "毛利无法衡量：缺少汇率。"),
}
ASSUMED = P(" Its lead time is assumed.", "到货天数为默认值。")


def joined(*parts: Phrase) -> Phrase:
    """Sentences one after the other."""
    return P("".join(part.en for part in parts), "".join(part.zh for part in parts))
