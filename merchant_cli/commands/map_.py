"""`merchant map FILE --set column=header …`: keeps how a sheet of the merchant's own is read.

`merchant map --accept` says which own SKU a shop's code stands for: map_accept.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import bad_usage, later, must_write, say, settings, show
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
) -> None:  # fmt: skip
    if accept is not None or accept_suggested is not None:
        from merchant_cli.commands.map_accept import accept_one, accept_suggestions

        if file is not None or set_ or (accept is not None and accept_suggested is not None):
            bad_usage(P("--accept stands alone.", "--accept 应单独使用。"))
        if accept is not None:
            accept_one(*accept, 1 if times is None else times, as_json=as_json)
        elif accept_suggested is not None:
            accept_suggestions(accept_suggested, shop, as_json=as_json)
        return
    if file is None:
        bad_usage(P("FILE is missing.", "缺少文件。"))
    _map_file(file, set_, table, output, shop, currency, zone, as_json)


def _map_file(
    file: str, set_: list[str] | None, table: str | None, output: Path | None, shop: str,
    currency: str | None, zone: str, as_json: bool,
) -> None:  # fmt: skip
    from merchant_cli.intake import mapped

    if not set_:
        later("map (dialog)", "0.2")
    must_write()
    try:
        wanted = mapped.parse(set_, table)
        target = _target(output, mapped.name_of(file))
        text = mapped.mapping(
            target.stem, wanted, mapped.header_of(file), shop=shop, currency=currency and currency.upper(), zone=zone
        )
    except mapped.BadSet as bad:
        bad_usage(bad.why)
    if target.exists() and not settings().yes and target.read_text(encoding="utf-8") != text:
        bad_usage(P("“{path}” exists; --yes replaces it.", "“{path}”已存在；加 --yes 可覆盖。"), path=target)
    _write(target, text)
    if as_json:
        print(json_text({"schema": 1, "mapping": str(target), "importer": f"own {target.stem}"}))
        return
    print(safe_text(show(P("Mapping written: {path}", "对应文件已写入：{path}"), path=target)))
    _hints(file, target, kept=output is None, timed={one.column for one in wanted if one.table == "orders"})


def _target(output: Path | None, name: str) -> Path:
    from merchant_cli.intake.take_in import mappings_folder

    if output is None:
        return mappings_folder(settings().store) / f"{name}.toml"
    return output if output.suffix == ".toml" else output.with_name(output.name + ".toml")


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem("output-refused", path=target, detail=error.strerror or str(error)) from None


def _hints(file: str, target: Path, *, kept: bool, timed: set[str]) -> None:
    if kept:
        say(
            P("Such files are known now: `merchant import {file}`", "现在认识这类文件了：`merchant import {file}`"),
            file=file,
        )
    else:
        say(P("Use it: `merchant import {file} --map {path}`", "使用：`merchant import {file} --map {path}`"),
            file=file, path=target)  # fmt: skip
    if timed and not timed & {"status", "counts_said", "paid_at", "shipped", "done"}:
        say(P("Nothing says which orders are sales; `--set status==completed` counts them all.",
              "没有列说明哪些订单算成交；`--set status==completed` 表示全部算。"))  # fmt: skip


COMMANDS = {
    "map": Command(
        map_,
        examples=(
            "merchant map sales.csv --set order_id=Invoice --set placed=Date --set status==completed",
            "merchant map costs.xlsx --into costs --set sku=Item --set cost=Price --set from_day==2026-01-01",
            "merchant map --accept taobao/main TB-77 MUG-RED --times 2",
            "merchant map --accept-suggested 95",
        ),
    )
}
