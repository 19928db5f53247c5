"""`merchant map FILE --set column=header …`: keeps how a sheet of the merchant's own is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.context import bad_usage, later, must_write, say, settings, show
from merchant_cli.commands.declare import FILE, SHOP, TEXT, Command, Json, argument, option

P = Phrase

File = Annotated[str, argument(P("The sheet to map.", "要对应的表格。"), FILE)]
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


def map_(
    file: File, set_: Set = None, table: Table = None, output: Out = None, shop: Shop = "",
    currency: Currency = None, zone: Zone = "", as_json: Json = False,
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
        print(json.dumps({"schema": 1, "mapping": str(target), "importer": f"own {target.stem}"}, ensure_ascii=False))
        return
    print(show(P("Mapping written: {path}", "对应文件已写入：{path}"), path=target))
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
        ),
    )
}
