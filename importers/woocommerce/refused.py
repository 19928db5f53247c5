"""WooCommerce's files that hold no facts of the shop's trade."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

tax_rates = Importer(
    platform="woocommerce",
    name="tax-rates",
    title=Phrase("WooCommerce tax rates", "WooCommerce 税率表"),
    known_by=frozenset({"Country Code", "State Code", "Rate %", "Tax Name", "Tax Class"}),
    file_name=r"tax_rates",
    refused=Phrase("it is a setting of the shop and says nothing about sales", "这是店铺的设置，不含任何销售数据"),
)
