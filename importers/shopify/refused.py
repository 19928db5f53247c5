"""Shopify's files that look like sales and are none."""

from importers.base import Importer
from importers.shopify import orders
from merchant_cli.basics.phrases import Phrase

# The header of orders without what only an order has.
checkouts = Importer(
    platform="shopify",
    name="checkouts",
    title=Phrase("Shopify abandoned checkouts", "Shopify 未完成的结账"),
    known_by=orders.orders.known_by | {"Vendor", "Id", "Risk Level", "Lineitem discount", "Receipt Number"},
    never=frozenset({"Outstanding Balance", "Employee", "Location", "Device ID", "Duties", "Payment ID"}),
    file_name=r"^checkouts_export",
    refused=Phrase("nobody bought: these baskets were left before payment", "这些购物车在付款前已放弃，不是销售"),
)
