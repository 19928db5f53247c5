"""Meta's ads report (Facebook, Instagram) by campaign: what it cost from `Reporting starts` to `Reporting ends`.

The currency stands in a header: `Amount spent (USD)`. Rows of one campaign and period (ad sets, ads, breakdowns) are
added. `orders` are Results whose indicator is a purchase, as Meta counts them. The report names no account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Draft, Facts, Fault, Importer, Into, constant, count, moment, others, text
from importers.cells import Bad, clean, money_reader, read_count
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "meta-ads"  # as `ads.account` names it
CURRENCIES = (
    "USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "ILS",
    "AED", "SAR", "ZAR", "INR", "PKR", "BDT", "SGD", "MYR", "THB", "PHP", "IDR", "VND", "JPY", "KRW", "CNY", "HKD",
    "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN",
)  # fmt: skip
SPENT = re.compile(r"\s*Amount spent \(([A-Z]{3})\)\s*", re.IGNORECASE)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Reads what was spent in the currency of its header; a row without a campaign is a total."""
    faults: list[Fault] = []
    yield from added(_rows(drafts, faults))
    yield from faults


def _rows(drafts: Iterator[Draft], faults: list[Fault]) -> Iterator[Draft]:
    for draft in drafts:
        row = draft.values
        cells = row.pop("_others")
        row["_cells"] = "\x1f".join(cells.values())
        header = next(name for name in cells if SPENT.fullmatch(name.replace("（", "(").replace("）", ")")))
        row["currency"] = re.sub(r"[^A-Za-z]", "", header)[-3:].upper()
        if row.get("campaign") is None:
            yield Draft("", {}, draft.line, ignored="total")
            continue
        spend = money_reader(row["currency"])(cells[header])
        results = read_count(row.get("_results") or "")
        if isinstance(spend, Bad):
            faults.append((draft.line, spend.code, header, spend.params, []))
        elif spend is None and not row.get("impressions"):
            yield Draft("", {}, draft.line, ignored="empty")
        elif row["to_day"] < row["from_day"]:
            params = {"first": row["from_day"], "last": row["to_day"]}
            faults.append((draft.line, "ends-before-start", "Reporting ends", params, []))
        else:
            row["spend"] = spend or 0
            if isinstance(results, int) and "purchase" in clean(row.get("_indicator") or "").casefold():
                row["orders"] = results
            yield draft


campaigns = Importer(
    platform="meta_ads",
    name="campaigns",
    title=Phrase("Meta Ads campaigns", "脸书广告系列报表"),
    known_by=frozenset(
        {
            "Reporting starts",
            "Reporting ends",
            "Campaign name",
            "Impressions",
            "|".join(f"Amount spent ({code})" for code in CURRENCIES),
        }
    ),
    kind="ads",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "ads": {
                    "account": constant(ACCOUNT),
                    "campaign": text("Campaign name"),
                    "item": constant(""),
                    "from": moment("Reporting starts", required=True),
                    "to": moment("Reporting ends", required=True),
                    "impressions": count("Impressions", least=0),
                    "clicks": count("Link clicks", least=0),
                    "_results": text("Results"),
                    "_indicator": text("Result indicator"),
                    "_others": others(),
                }
            }
        ),
    ),
)
