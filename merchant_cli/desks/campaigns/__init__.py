"""The campaigns desk: what is planned, what is running, and what came of it."""

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

campaigns = Desk("campaigns", Phrase("Campaigns", "活动"))
