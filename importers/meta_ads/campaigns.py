"""Meta's ads report (Facebook, Instagram) by campaign: what it cost from `Reporting starts` to `Reporting ends`.

The currency stands in a header: `Amount spent (USD)`. Rows of one campaign and period (ad sets, ads, breakdowns) are
added. `orders` are Results whose indicator is a purchase, as Meta counts them. The report names no account. Headers may
be German, French, Spanish, Italian or Portuguese, with a decimal comma; provisional beside what stands for the amount,
the campaign and the days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from importers.ad_sums import added
from importers.base import Draft, Facts, Fault, Importer, Into, constant, moment, others, raw, text
from importers.cells import Bad, clean
from importers.decimal_comma import amounts, comma_in, counts
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "meta-ads"  # as `ads.account` names it
CURRENCIES = (
    "USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "ILS",
    "AED", "SAR", "ZAR", "INR", "PKR", "BDT", "SGD", "MYR", "THB", "PHP", "IDR", "VND", "JPY", "KRW", "CNY", "HKD",
    "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN",
)  # fmt: skip
AMOUNT = ("Ausgegebener Betrag", "Montant dépensé", "Importe gastado", "Importo speso", "Valor usado", "Valor gasto",
          "Amount spent")  # fmt: skip
CAMPAIGN = ("Kampagnenname", "Nom de la campagne", "Nombre de la campaña", "Nome della campagna", "Nome da campanha",
            "Campaign name")  # fmt: skip
STARTS = ("Berichtsstart", "Début des rapports", "Inicio del informe", "Inizio del report", "Início dos relatórios",
          "Tag", "Jour", "Día", "Giorno", "Dia", "Day", "Reporting starts")  # fmt: skip
ENDS = ("Berichtsende", "Fin des rapports", "Fin del informe", "Fine del report", "Término dos relatórios", "Tag",
        "Jour", "Día", "Giorno", "Dia", "Day", "Reporting ends")  # fmt: skip
SEEN = ("Impressionen", "Impresiones", "Impression", "Impressões", "Impressions")
CLICKS = ("Link-Klicks", "Clics sur un lien", "Clics sur le lien", "Clics en el enlace", "Clic sul link",
          "Cliques no link", "Link clicks")  # fmt: skip
RESULTS = ("Ergebnisse", "Résultats", "Resultados", "Risultati", "Results")
INDICATOR = ("Ergebnisindikator", "Indicateur de résultat", "Indicador de resultado", "Indicatore di risultato",
             "Result type", "Result indicator")  # fmt: skip
SPENT = re.compile(rf"\s*(?:{'|'.join(AMOUNT)}) \(([A-Z]{{3}})\)\s*", re.IGNORECASE)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Reads what was spent in the currency of its header; a row without a campaign is a total."""
    faults: list[Fault] = []
    yield from added(_rows(list(drafts), faults))
    yield from faults


def _header(cells: Mapping[str, str]) -> str:
    """The header of what was spent."""
    return next(name for name in cells if SPENT.fullmatch(name.replace("（", "(").replace("）", ")")))


def _rows(drafts: list[Draft], faults: list[Fault]) -> Iterator[Draft]:
    comma = comma_in(row[_header(row)] for draft in drafts if (row := draft.values["_others"]))
    read = counts(comma)
    for draft in drafts:
        row = draft.values
        cells = row.pop("_others")
        row["_cells"] = "\x1f".join(cells.values())
        header = _header(cells)
        row["currency"] = re.sub(r"[^A-Za-z]", "", header)[-3:].upper()
        if row.get("campaign") is None:
            yield Draft("", {}, draft.line, ignored="total")
            continue
        spend = amounts(row["currency"], comma)(cells[header])
        results = read(row.get("_results") or "")
        seen, clicks = (_units(read(row.pop(name, None) or "")) for name in ("_seen", "_clicks"))
        row["impressions"], row["clicks"] = seen, clicks
        found = {header: spend, SEEN[-1]: seen, CLICKS[-1]: clicks}
        if wrong := next(((name, bad) for name, bad in found.items() if isinstance(bad, Bad)), None):
            faults.append((draft.line, wrong[1].code, wrong[0], wrong[1].params, []))
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


def _units(value: int | Bad | None) -> int | Bad | None:
    return Bad("negative-units", {"value": value}) if isinstance(value, int) and value < 0 else value


campaigns = Importer(
    platform="meta_ads",
    name="campaigns",
    title=Phrase("Meta Ads campaigns", "脸书广告系列报表"),
    menu=Phrase(
        "Meta Ads Manager › Campaigns › breakdown by day › Reports › Export table data (.csv)",
        "脸书广告管理工具 › 广告系列 › 按天细分 › 报告 › 导出表格数据",
    ),
    known_by=frozenset(
        {
            "|".join(STARTS),
            "|".join(ENDS),
            "|".join(CAMPAIGN),
            "|".join(SEEN),
            "|".join(f"{name} ({code})" for name in AMOUNT for code in CURRENCIES),
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
                    "campaign": text(*CAMPAIGN),
                    "item": constant(""),
                    "from": moment(*STARTS, required=True),
                    "to": moment(*ENDS, required=True),
                    "_seen": raw(*SEEN),
                    "_clicks": raw(*CLICKS),
                    "_results": text(*RESULTS),
                    "_indicator": text(*INDICATOR),
                    "_others": others(),
                }
            }
        ),
    ),
)
