from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

inventory = Desk("inventory", Phrase("Inventory", "库存"))
