"""The merchant's own currency rates: one unit of `From` is `Rate` units of `To` from that day on."""

from importers.base import Importer, Into, day, rate, text
from merchant_cli.basics.phrases import Phrase

rates = Importer(
    platform="own",
    name="rates",
    title=Phrase("Currency rates", "汇率"),
    menu=Phrase("`merchant rates set`", "`merchant rates set`"),
    known_by=frozenset({"从|From", "到|To", "生效日期|Valid from", "汇率|Rate"}),
    kind="rates",
    own=True,
    into=(
        Into(
            {
                "rates": {
                    "from_currency": text("从", "From", required=True),
                    "to_currency": text("到", "To", required=True),
                    "from_day": day("生效日期", "Valid from", required=True),
                    "rate_micro": rate("汇率", "Rate", required=True),
                }
            }
        ),
    ),
)
