"""Youzan's file of people."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

customers = Importer(
    platform="youzan",
    name="customers",
    title=Phrase("Youzan customers", "有赞客户"),
    menu=Phrase(
        "Youzan back office › customers `客户` › customer query `客户查询` › export",
        "有赞商家后台 › 客户 › 客户查询 › 导出",
    ),
    known_by=frozenset({"客户姓名", "客户手机号", "消费次数", "消费金额", "成为客户时间"}),
    grade="C",
    refused=Phrase(
        "it holds names, phone numbers and birthdays, which are not kept, and what these people bought the orders tell:"
        " import those",
        "其中是姓名、手机号、生日等个人信息，本工具不保存；买家的购买情况以订单为准，请导入订单",
    ),
)
