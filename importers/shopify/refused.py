"""Shopify's files that look like sales and are none."""

from importers.base import Importer
from importers.shopify import orders
from merchant_cli.basics.phrases import Phrase

# The header of orders without what only an order has.
checkouts = Importer(
    platform="shopify",
    name="checkouts",
    title=Phrase("Shopify abandoned checkouts", "Shopify 未完成的结账"),
    menu=Phrase("Admin › Orders › Abandoned checkouts › Export", "后台 › 订单 › 未完成的结账 › 导出"),
    known_by=orders.orders.known_by | {"Vendor", "Id", "Risk Level", "Lineitem discount", "Receipt Number"},
    never=frozenset({"Outstanding Balance", "Employee", "Location", "Device ID", "Duties", "Payment ID"}),
    file_name=r"^checkouts_export",
    refused=Phrase("nobody bought: these baskets were left before payment", "这些购物车在付款前已放弃，不是销售"),
)

# Current and older export, and the template.
customers = Importer(
    platform="shopify",
    name="customers",
    title=Phrase("Shopify customers", "Shopify 客户名单"),
    menu=Phrase("Admin › Customers › Export", "后台 › 客户 › 导出"),
    known_by=frozenset({"First Name", "Last Name", "Email", "Accepts Email Marketing", "Tax Exempt"}),
    refused=Phrase(
        "it holds names and addresses, which are not kept; who bought what and how often comes from the orders export",
        "文件里是姓名和地址，不予保存；谁买了什么、买了几次，由订单导出文件得出",
    ),
)

# The transaction histories that can be exported beside the orders.
transactions = Importer(
    platform="shopify",
    name="transactions",
    title=Phrase("Shopify order transactions", "Shopify 订单交易记录"),
    menu=Phrase("Admin › Orders › Export › Transaction histories", "后台 › 订单 › 导出交易记录"),
    tried_on="ToniIAPro73/anclora-fiscal: .evidence/Transacciones_pedidos_shopify.csv",
    known_by=frozenset({"Order", "Name", "Kind", "Gateway", "Created At", "Status", "Amount"}),
    grade="B",
    refused=Phrase(
        "what was paid and refunded comes from the orders export, and what was paid out from that of the payments",
        "付款和退款由订单导出文件得出，打款由支付交易明细得出",
    ),
)
