"""`merchant map FILE`: keeps how a sheet of the merchant's own is read.

A dialog on a terminal (map_dialog.py); with `--set column=header …` as told; else see map_unattended.py.
`merchant map --accept` says which own SKU a shop's code stands for: map_accept.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE
from merchant_cli.commands.context import bad_usage, must_write, settings
from merchant_cli.commands.declare import FILE, NUMBER, SHOP, TEXT, Command, Json, argument, option

P = Phrase

File = Annotated[str | None, argument(P("The sheet to map.", "要对应的表格。"), FILE)]
Set = Annotated[
    list[str] | None,
    option(P("A column of the store and the header that fills it; `column==value` for a constant; may be repeated.",
             "库中的列和填入它的表头；`列==值` 表示固定值；可重复。"), "--set", metavar=P("COLUMN=HEADER", "列=表头")),
]  # fmt: skip
Table = Annotated[
    str | None,
    option(P("The table of columns that name none: orders, costs …", "未写表名的列属于哪个表。"),
           "--into", "--table", metavar=P("TABLE", "表")),
]  # fmt: skip
Out = Annotated[
    Path | None, option(P("Where to write the mapping.", "对应文件写到哪里。"), "-o", "--output", metavar=FILE)
]
Shop = Annotated[str, option(P("The shop that such files belong to.", "这类文件所属的店铺。"), "--shop", metavar=SHOP)]
Currency = Annotated[
    str | None, option(P("The currency of amounts.", "金额的币种。"), "--currency", metavar=P("CODE", "币种"))
]
Zone = Annotated[
    str, option(P("The time zone, like `Europe/London`.", "时区，如 `Europe/London`。"), "--zone", metavar=TEXT)
]
Accept = Annotated[
    tuple[str, str, str] | None,
    option(P("Say which own SKU a shop's code stands for; the code itself confirms it.",
             "指定店铺编码对应的自有 SKU；写编码本身表示确认无误。"),
           "--accept", metavar=P("SHOP CODE SKU", "店铺 编码 SKU")),
]  # fmt: skip
Times = Annotated[
    int | None,
    option(P("Own units in one unit of the code, for --accept.", "一件该编码包含几件自有 SKU，与 --accept 同用。"),
           "--times", metavar=NUMBER),
]  # fmt: skip
Suggested = Annotated[
    int | None,
    option(P("Accept every suggestion of `merchant listings unmapped` with so many points of 100 or more.",
             "接受 `merchant listings unmapped` 中相似度不低于该值的全部建议（满分 100）。"),
           "--accept-suggested", metavar=NUMBER),
]  # fmt: skip


def map_(
    file: File = None, set_: Set = None, table: Table = None, output: Out = None, shop: Shop = "",
    currency: Currency = None, zone: Zone = "", accept: Accept = None, times: Times = None,
    accept_suggested: Suggested = None, as_json: Json = False,
) -> int:  # fmt: skip
    if accept is not None or accept_suggested is not None:
        from merchant_cli.commands.map_accept import accept_one, accept_suggestions

        if file is not None or set_ or (accept is not None and accept_suggested is not None):
            bad_usage(P("--accept stands alone.", "--accept 应单独使用。"))
        if accept is not None:
            accept_one(*accept, 1 if times is None else times, as_json=as_json)
        elif accept_suggested is not None:
            accept_suggestions(accept_suggested, shop, as_json=as_json)
        return DONE
    if file is None:
        bad_usage(P("FILE is missing.", "缺少文件。"))
    if Path(file).is_dir():
        bad_usage(P("“{file}” is a folder; name one file.", "“{file}”是文件夹；请指定一个文件。"), file=file)
    return _map_file(file, set_, table, output, shop, currency, zone, as_json)


def _map_file(
    file: str, set_: list[str] | None, table: str | None, output: Path | None, shop: str,
    currency: str | None, zone: str, as_json: bool,
) -> int:  # fmt: skip
    must_write()
    if set_:
        return _map_set(file, set_, table, output, shop, currency, zone, as_json)
    from merchant_cli.commands.map_dialog import Asked, dialog

    asked = Asked(file, table, output, shop, (currency or "").upper(), zone)
    if sys.stdin.isatty() and sys.stdout.isatty() and not as_json and not settings().yes:
        return dialog(asked)
    from merchant_cli.commands.map_unattended import unattended

    return unattended(asked, as_json=as_json)


def _map_set(
    file: str, set_: list[str], table: str | None, output: Path | None, shop: str,
    currency: str | None, zone: str, as_json: bool,
) -> int:  # fmt: skip
    from merchant_cli.commands.map_write import differs, hint_untold, target_of, told, write
    from merchant_cli.intake import mapped

    try:
        wanted = mapped.parse(set_, table)
        target = target_of(output, mapped.name_of(file))
        header = mapped.header_of(file, wanted)
        text = mapped.mapping(target.stem, wanted, header, shop=shop, currency=currency and currency.upper(), zone=zone)
    except mapped.BadSet as bad:
        bad_usage(bad.why)
    if differs(target, text) and not settings().yes:
        bad_usage(P("“{path}” exists; --yes replaces it.", "“{path}”已存在；加 --yes 可覆盖。"), path=target)
    write(target, text)
    told(file, target, kept=output is None, as_json=as_json)
    timed = {one.column for one in wanted if one.table == "orders"}
    if timed and not as_json and not timed & {"status", "counts_said", "paid_at", "shipped", "done"}:
        hint_untold()
    return DONE


COMMANDS = {
    "map": Command(
        map_,
        examples=(
            "merchant map sales.csv",
            "merchant map sales.csv --set order_id=Invoice --set placed=Date --set status==completed",
            "merchant map costs.xlsx --into costs --set sku=Item --set cost=Price --set from_day==2026-01-01",
            "merchant map --accept taobao/main TB-77 MUG-RED --times 2",
            "merchant map --accept-suggested 95",
        ),
    )
}
