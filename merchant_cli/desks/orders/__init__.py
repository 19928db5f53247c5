from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

orders = Desk("orders", Phrase("Orders", "订单"))
