"""eBay's file that would tell the same money a second time."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

earnings = Importer(
    platform="ebay",
    name="order-earnings",
    title=Phrase("eBay order earnings report", "eBay 订单收益报告"),
    menu=Phrase("Seller Hub › Payments › Reports › Order earnings", "卖家中心 › 付款 › 报告 › 订单收益"),
    known_by=frozenset({"Order creation date", "Order number", "Item ID"}),
    never=frozenset({"Transaction creation date"}),
    grade="C",
    refused=Phrase(
        "the transaction report tells the same money by movement, with its days",
        "交易报告已按每笔资金变动给出同样的金额与日期",
    ),
)
