from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

coupons = Desk("coupons", Phrase("Coupons", "优惠券"))
