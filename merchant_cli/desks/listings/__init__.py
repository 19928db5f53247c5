from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

listings = Desk("listings", Phrase("Listings", "商品"))
