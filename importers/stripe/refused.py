"""Stripe's files that would tell the same money a second time."""

from importers.base import Importer
from importers.stripe import balance
from merchant_cli.basics.phrases import Phrase

payouts = Importer(
    platform="stripe",
    name="payouts",
    title=Phrase("Stripe payouts", "Stripe 提现列表"),
    known_by=balance.balance.known_by | {"Arrival Date (UTC)", "Status"},
    refused=Phrase("the balance history tells these payouts already", "余额明细中已包含这些提现"),
)
