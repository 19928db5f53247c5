"""聚水潭's orders, which other platforms state."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

orders = Importer(
    platform="jushuitan",
    name="orders",
    title=Phrase("Jushuitan orders", "聚水潭订单"),
    menu=Phrase("Jushuitan › orders › export", "聚水潭 › 订单 › 导出"),
    known_by=frozenset({"内部订单号", "线上订单号", "商品编码"}),
    grade="C",
    refused=Phrase(
        "these orders are those of your shops on other platforms and would count twice: import the platforms' own"
        " files; from here only costs are taken, of an export with the column `成本价`",
        "这些订单来自各平台店铺，导入会重复计算；请导入各平台自己的订单。本系统只取成本：导出时请勾选“成本价”列",
    ),
)
