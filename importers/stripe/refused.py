"""Stripe's files that would tell the same money a second time."""

from importers.base import Importer
from importers.stripe import balance
from merchant_cli.basics.phrases import Phrase

payouts = Importer(
    platform="stripe",
    name="payouts",
    title=Phrase("Stripe payouts", "Stripe 提现列表"),
    menu=Phrase("Stripe Dashboard › Balances › Payouts › Export", "后台 › 余额 › 提现 › 导出"),
    known_by=balance.balance.known_by | {"Arrival Date (UTC)", "Status"},
    refused=Phrase("the balance history tells these payouts already", "余额明细中已包含这些提现"),
)

# The list of payments, `unified_payments.csv`.
payments = Importer(
    platform="stripe",
    name="payments",
    title=Phrase("Stripe payments", "Stripe 付款列表"),
    menu=Phrase("Stripe Dashboard › Payments › Export", "后台 › 付款 › 导出"),
    tried_on="streaming-overlays/stripe-country-revenue-calculator: unified_payments.csv",
    known_by=frozenset({"id", "Amount", "Amount Refunded", "Captured", "Created date (UTC)|Created (UTC)", "Fee"}),
    refused=Phrase(
        "the balance history tells these payments with their fees and payouts: export that instead",
        "余额明细中已包含这些付款及其手续费和提现，请改为导出余额明细",
    ),
)
