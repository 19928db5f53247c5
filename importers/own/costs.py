"""The merchant's own sheet of costs and suppliers. A blank cost is no claim; the row may still name a supplier."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, by_row, count, day, id_, money, text
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Leaves out what a row does not state. Of several rows of a SKU or supplier, what the newest says holds."""
    costs: dict[tuple[str, str], int] = {}
    newest: dict[tuple[str, str], tuple[str, Draft]] = {}
    for cost, product, supplier in by_row(drafts):
        since = cost.values["from_day"] = cost.values.get("from_day") or ""
        sku, amount = cost.values["sku"], cost.values["cost"]
        if amount is None and not _says(product, "sku", "title") and not _says(supplier):
            cost.ignored = "blank"
            yield cost
            continue
        if amount is not None and costs.setdefault((sku, since), amount) != amount:
            yield cost.line, "duplicate-key", "", {"value": f"{sku} {since}".strip()}, []
            continue
        if amount is not None:
            cost.values["currency"] = cost.values.get("currency") or facts.currency
            yield cost
        _keep(newest, sku, since, product)
        if supplier.values.get("supplier"):
            _keep(newest, supplier.values["supplier"], since, supplier)
    for _, draft in newest.values():
        yield draft


def _says(draft: Draft, *beside: str) -> bool:
    return any(value is not None for name, value in draft.values.items() if name not in beside)


def _keep(newest: dict[tuple[str, str], tuple[str, Draft]], key: str, since: str, draft: Draft) -> None:
    """Lays a row over what is known of its SKU or supplier, or under it if it is older; blanks hide nothing."""
    known = newest.get((draft.table, key))
    if known is not None:
        older, newer = sorted((known, (since, draft)), key=lambda pair: pair[0])
        values = {name: v if v is not None else older[1].values.get(name) for name, v in newer[1].values.items()}
        since, draft = newer[0], Draft(draft.table, values, draft.line)
    newest[draft.table, key] = since, draft


SKU = ("商家编码", "SKU")
SUPPLIER = ("供应商", "Supplier")

costs = Importer(
    platform="own",
    name="costs",
    title=Phrase("Costs and suppliers", "成本与供应商"),
    menu=Phrase("`merchant template costs -o FILE`", "`merchant template costs -o 文件`"),
    known_by=frozenset({"商家编码|SKU", "成本|Unit cost", "生效日期|Valid from"}),
    kind="costs",
    own=True,
    unlocks=("listings/costs", "inventory/reorder"),
    reshape=reshape,
    into=(
        Into(
            {
                "costs": {
                    "sku": id_(*SKU, required=True),
                    "from_day": day("生效日期", "Valid from"),
                    "cost": money("成本", "Unit cost", least=0),
                    "currency": text("币种", "Currency"),
                },
                "products": {
                    "sku": id_(*SKU),
                    "title": text("标题", "Title"),
                    "supplier": text(*SUPPLIER),
                    "pack": count("每箱件数", "Pack size", least=0),
                    "moq": count("起订量", "Minimum order", least=0),
                },
                "suppliers": {
                    "supplier": text(*SUPPLIER),
                    "lead_days": count("交货天数", "Lead days", least=0),
                    "review_days": count("补货间隔天数", "Review days", least=0),
                },
            }
        ),
    ),
)
