"""Google Ads' campaign report: what each campaign cost, in the period that stands above the header or by `Day`.

A report of all time is refused, unless the name of its file says of which days it is. It names no account. `sales` is
Conv. value, as Google counts it; conversions may be fractions and need not be orders, so `orders` stays open. English
reports only.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Draft, Facts, Fault, Importer, Into, constant, count, moment, money, norm, others, text
from importers.cells import Bad
from importers.day_ranges import period_of
from importers.moments import Moments
from importers.sheet import Unreadable
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "google-ads"  # as `ads.account` names it
PERIOD = re.compile(r"(.+?)\s+[-–—]\s+(.+)")
TOTAL = "Total: "  # begins the first cell of a row of totals


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Rows of one campaign and period are added. A campaign may be called `Total …`: only a row whose status says so,
    or that has no campaign, is a total.
    """
    faults: list[Fault] = []
    yield from added(_rows(drafts, facts, faults))
    yield from faults


def _rows(drafts: Iterator[Draft], facts: Facts, faults: list[Fault]) -> Iterator[Draft]:
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    period = _period(facts) or period_of(facts.file_name)
    if period is None and norm("Day") not in facts.columns:
        raise Unreadable("no-period")  # `All time`, or the lines above the header are gone
    for draft in drafts:
        row = draft.values
        cells = row.pop("_others")
        row["_cells"] = "\x1f".join(cells.values())
        if _is_total(row, next(iter(cells.values()), "")):
            yield Draft("", {}, draft.line, ignored="total")
            continue
        if row.get("spend") is None:
            faults.append((draft.line, "missing-value", "Cost", {"column": "Cost"}, []))
            continue
        first, last = (day, day) if (day := row.get("from_day")) else period or ("", "")
        if not first:
            faults.append((draft.line, "missing-value", "Day", {"column": "Day"}, []))
        elif last > limit:
            faults.append((draft.line, "future-date", "Day", {"value": last, "limit": limit}, []))
        else:
            row["from_day"], row["to_day"] = first, last
            row["currency"] = row.get("currency") or facts.currency
            yield draft


def _is_total(row: dict[str, object], first: str) -> bool:
    campaign, state = str(row.get("campaign") or ""), row.get("_state")
    label = str(state) if state is not None else campaign
    return label.startswith(TOTAL) or first.startswith(TOTAL) or campaign.strip("- ") == ""


def _period(facts: Facts) -> tuple[str, str] | None:
    """The first and the last day that a row above the header tells: `September 1, 2026 - September 30, 2026`."""
    read = Moments(facts.zone)
    for said in facts.above:
        found = PERIOD.fullmatch(said)
        days = [read(part.strip()) for part in (found.groups() if found else (said, said))]
        sound = [day[1] for day in days if day is not None and not isinstance(day, Bad)]
        if len(sound) == len(days) and sound[0] <= sound[1]:
            return sound[0], sound[1]
    return None


campaigns = Importer(
    platform="google_ads",
    name="campaigns",
    title=Phrase("Google Ads campaigns", "谷歌广告系列报表"),
    menu=Phrase("Google Ads › Campaigns › segment by day › Download › .csv", "谷歌广告 › 广告系列 › 按天细分 › 下载"),
    tried_on="1123alberto/Clinic_Marketing_Agency: Campaign report.csv",
    known_by=frozenset({"Campaign", "Impr.", "Clicks", "Cost", "Campaign status|Campaign type|Currency code"}),
    never=frozenset({"Search term", "Keyword", "Ad group"}),
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
                    "campaign": text("Campaign"),
                    "_state": text("Campaign status"),
                    "item": constant(""),
                    "from": moment("Day"),
                    "spend": money("Cost", least=0),
                    "impressions": count("Impr.", least=0),
                    "clicks": count("Clicks", least=0),
                    "sales": money("Conv. value", least=0),
                    "currency": text("Currency code"),
                    "_others": others(),
                }
            }
        ),
    ),
)
