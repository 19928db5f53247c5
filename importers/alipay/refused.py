"""Alipay's summary beside 业务明细: its sums are those of the transactions."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

# Provisional: the names of its columns are from memory.
summary = Importer(
    platform="alipay",
    name="business-summary",
    title=Phrase("Alipay transactions, summary", "支付宝业务明细汇总"),
    menu=Phrase("In the same archive as the transactions", "与业务明细在同一压缩包内"),
    known_by=frozenset({"门店编号", "交易订单总笔数", "退款订单总笔数"}),
    grade="C",
    refused=Phrase(
        "its sums are those of the transactions, which lie in the same ZIP: income would count twice",
        "它只是同一压缩包中业务明细的合计，导入会使收入翻倍",
    ),
)
