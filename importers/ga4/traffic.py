"""Google Analytics 4: where the visits of a period came from (traffic acquisition, user acquisition, landing pages).

The report begins with lines of `#`, among them its first and last day; a file without them is refused, unless its name
says of which days it is. `visitors` are sessions, in a report of users the users; they are never added over sources of
different dimensions, so that each dimension is a source of its own. English headers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, constant, moment, norm, raw
from importers.cells import Bad, clean, money_reader, read_count
from importers.day_ranges import period_of
from importers.sheet import Unreadable
from merchant_cli.basics.phrases import Phrase

# The first column of a report, and what `traffic.source` calls it.
DIMENSIONS = {
    "Session primary channel group (Default Channel Group)": "ga4-channel",
    "Session default channel group": "ga4-channel",
    "Session source / medium": "ga4-source-medium",
    "Session source": "ga4-source",
    "Session medium": "ga4-medium",
    "Session campaign": "ga4-campaign",
    "First user primary channel group (Default Channel Group)": "ga4-first-channel",
    "First user default channel group": "ga4-first-channel",
    "First user source / medium": "ga4-first-source-medium",
    "Landing page": "ga4-landing-page",
    "Landing page + query string": "ga4-landing-page",
}
# Read below, since a snapshot has other tables further down.
COLUMNS = {
    "_sessions": ("Sessions",),
    "_users": ("Total users", "Active users", "New users"),
    "_views": ("Views",),
    "_paid": ("Total revenue", "Purchase revenue"),
}
TOTAL = re.compile(r"(grand )?totals?|", re.IGNORECASE)
LINE = re.compile(r"#\s*(start|end) date:\s*(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
RANGE = re.compile(r"#\s*(\d{4})(\d{2})(\d{2})-(\d{4})(\d{2})(\d{2})")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """One row per source and period. A snapshot holds several tables, parted by comments: the first is read.

    Raises Unreadable no-period.
    """
    period = _period(facts) or period_of(facts.file_name)
    if period is None and norm("Date") not in facts.columns:
        raise Unreadable("no-period")
    source = next(name for header, name in DIMENSIONS.items() if norm(header) in facts.columns)
    before = 0
    for draft in drafts:
        row = draft.values
        if before and draft.line > before + 1:
            before = -1
        if before < 0:  # below a comment or a blank line another table begins
            yield Draft("", {}, draft.line, ignored="other")
            continue
        before = draft.line
        item = clean(row.pop("_item") or "")
        if TOTAL.fullmatch(item):
            yield Draft("", {}, draft.line, ignored="total")
            continue
        row["item"], row["source"], row["currency"] = item, source, facts.currency
        if (wrong := _read(row, facts.currency)) is not None:
            yield draft.line, wrong[1].code, wrong[0], wrong[1].params, []
            continue
        if not row.get("from_day"):
            row["from_day"], row["to_day"] = period or ("", "")
        yield draft


def _read(row: dict[str, Any], currency: str | None) -> tuple[str, Bad] | None:
    """Fills the numbers of a row; the first that is none as its column and what is wrong with it."""
    read = {"_sessions": read_count, "_users": read_count, "_views": read_count, "_paid": money_reader(currency)}
    for name, reader in read.items():
        found = reader(row.get(name) or "")
        if isinstance(found, Bad):
            return COLUMNS[name][0], found
        row[name] = found
    row["visitors"] = row["_users"] if row["_sessions"] is None else row["_sessions"]
    row["page_views"], row["paid"] = row["_views"], row["_paid"]
    return None


def _period(facts: Facts) -> tuple[str, str] | None:
    """The first and last day that the lines above the header tell."""
    said = {found[1].casefold(): "-".join(found.groups()[1:]) for one in facts.above if (found := LINE.match(one))}
    if {"start", "end"} <= said.keys():
        return said["start"], said["end"]
    for one in facts.above:
        if found := RANGE.match(one):
            return "-".join(found.groups()[:3]), "-".join(found.groups()[3:])
    return None


traffic = Importer(
    platform="ga4",
    name="traffic",
    title=Phrase("Google Analytics 4 traffic", "谷歌分析流量报表"),
    menu=Phrase(
        "Google Analytics › Reports › Acquisition › Traffic acquisition › Share this report › Download file (CSV)",
        "谷歌分析 › 报告 › 流量获取 › 分享此报告 › 下载文件",
    ),
    tried_on="seed0x/h2oplumbers: data/Traffic_acquisition_Session_primary_channel_group_(Default_Channel_Group).csv",
    known_by=frozenset({"|".join(DIMENSIONS), "Sessions|Total users|New users"}),
    kind="item-traffic",
    footers=r"^#",
    footer_starts="#",
    ends_early=True,
    reshape=reshape,
    into=(
        Into(
            {
                "traffic": {
                    "source": constant(None),
                    "_item": raw(*DIMENSIONS),
                    "from": moment("Date"),
                    "to": moment("Date"),
                    **{name: raw(*headers) for name, headers in COLUMNS.items()},
                }
            }
        ),
    ),
)
