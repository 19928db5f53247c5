"""旺店通's rows of shipped orders, which other platforms state."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

lines = Importer(
    platform="wangdian",
    name="lines",
    title=Phrase("Wangdian shipped lines", "旺店通出库明细"),
    menu=Phrase("Wangdian › warehouse `仓储` › shipped lines `出库明细` › export", "旺店通 › 仓储 › 出库明细 › 导出"),
    known_by=frozenset({"订单编号", "子单原始单号", "货品名称", "实发数量", "分摊后总价"}),
    grade="C",
    refused=Phrase(
        "these lines are of orders of your shops on other platforms and would count twice, and they tell no costs:"
        " import the platforms' own files",
        "这些明细属于各平台店铺的订单，导入会重复计算，且不含成本；请导入各平台自己的订单",
    ),
)
