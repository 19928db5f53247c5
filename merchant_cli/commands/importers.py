"""`merchant importers`: the kinds of file that are known, built in or mapped by the merchant."""

from __future__ import annotations

from pathlib import PurePath

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import listing, put
from merchant_cli.commands.context import settings, show
from merchant_cli.commands.declare import Command
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Column
from merchant_cli.desks.words import TABLES

P = Phrase

COLUMNS = (
    Column("platform", P("Platform", "平台"), "id"),
    Column("name", P("Name", "名称"), "id"),
    Column("title", P("File", "文件"), "text"),
    Column("fills", P("Fills", "填入"), "text", words=TABLES),
    Column("required", P("Required columns", "必需的列"), "text"),
    Column("grade", P("Evidence", "依据"), "id"),
    Column("sample", P("Sample", "样本"), "id"),
)
REFUSED = P("not taken in", "不导入")


@takes_common
def list_importers(given: Given) -> None:
    from importers import catalogue
    from merchant_cli.intake.take_in import mappings_folder

    given.no_effect()
    lang = settings().lang
    rows = []
    for entry in sorted(catalogue.entries(mappings_folder(settings().store)), key=lambda e: (e.platform, e.name)):
        fills = REFUSED.show(lang) if entry.refused else ", ".join(entry.tables)
        rows.append(
            (entry.platform, entry.name, entry.title.show(lang), fills, ", ".join(entry.required), entry.grade,
             _sample(entry.ref))
        )  # fmt: skip
    put(listing(COLUMNS, rows), given.out, title=show(P("Importers", "导入程序")))


def _sample(ref: str) -> str:
    """Where the sample files of its declaration lie in the project; a merchant's own mapping is its own sample."""
    if ref.endswith(".toml"):
        return PurePath(ref).name
    *_, folder, file = ref.partition(":")[0].split(".")
    return f"tests/importers/{folder}/{file}"


COMMANDS = {"importers": Command(list_importers)}
