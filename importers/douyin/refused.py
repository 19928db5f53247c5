"""Douyin's files that look like a settlement and are none."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

tax_report = Importer(
    platform="douyin",
    name="tax-report",
    title=Phrase("Douyin tax report", "抖音涉税信息报送明细"),
    menu=Phrase("Doudian back office › funds `资金` › tax information `涉税信息`", "抖店后台 › 资金 › 涉税信息报送"),
    known_by=frozenset({"业务时间", "报送场景", "报送金额", "业务单号"}),
    refused=Phrase(
        "it repeats for the tax office what orders and settlements say: income would count twice; import those",
        "这是报送税务机关的数据，与订单和结算账单重复，导入会使收入翻倍；请导入订单或结算账单",
    ),
)
