from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

reviews = Desk("reviews", Phrase("Reviews", "评价"))
