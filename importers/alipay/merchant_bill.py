"""Alipay's merchant bill (商家账单, xlsx): the movements of the balance in another layout, header on the third row.

Provisional (grade C): that 支付宝流水号 is the account log's 账务流水号, so that both files state one movement once;
that 服务费 is taken by a movement of its own, so that here it is not taken off.
"""

from __future__ import annotations

from importers.alipay._words import ACCOUNT
from importers.alipay.account_log import reshape
from importers.base import Importer, Into, constant, id_, moment, money, text
from merchant_cli.basics.phrases import Phrase

merchant_bill = Importer(
    platform="alipay",
    name="merchant-bill",
    title=Phrase("Alipay merchant bill", "支付宝商家账单"),
    menu=Phrase(
        "Alipay merchant centre (b.alipay.com) › reconciliation `对账中心` › fund bill `资金账单` › export",
        "支付宝商家中心 › 对账中心 › 资金账单 › 导出",
    ),
    known_by=frozenset(
        {"入账时间", "支付宝流水号", "账务类型", "收入(+元)|收入(元)|收入", "支出(-元)|支出(元)|支出", "商户订单号"}
    ),
    kind="money_moves",
    grade="C",
    footers=r"^(#|合计|总计)",
    footer_starts="#合总",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(ACCOUNT),
                    "move_id": id_("支付宝流水号", required=True),
                    "at": moment("入账时间", required=True),
                    "_in": money("收入(+元)", "收入(元)", "收入"),
                    "_out": money("支出(-元)", "支出(元)", "支出"),
                    "_type": text("账务类型"),
                    "_told": text("业务描述"),
                    "_base": id_("业务基础订单号"),
                    "_merchant": id_("商户订单号"),
                    "_remark": text("备注"),
                }
            }
        ),
    ),
)
