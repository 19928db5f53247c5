"""WooCommerce's files that hold no facts of the shop's trade."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

tax_rates = Importer(
    platform="woocommerce",
    name="tax-rates",
    title=Phrase("WooCommerce tax rates", "WooCommerce 税率表"),
    menu=Phrase("WooCommerce › Settings › Tax › Standard rates › Export CSV", "设置 › 税 › 标准税率 › 导出"),
    tried_on="woocommerce/woocommerce: plugins/woocommerce/sample-data/sample_tax_rates.csv",
    known_by=frozenset({"Country Code", "State Code", "Rate %", "Tax Name", "Tax Class"}),
    file_name=r"tax_rates",
    refused=Phrase("it is a setting of the shop and says nothing about sales", "这是店铺的设置，不含任何销售数据"),
)
