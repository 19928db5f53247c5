"""The finance desk: how the shops do."""

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

finance = Desk("finance", Phrase("Finance", "经营"))
