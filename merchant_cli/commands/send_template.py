"""`merchant send --template FILE` keeps the empty upload template of a back office; `--templates` lists them."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

from exporters.catalogue import exporters
from exporters.template import FIELDS, VALUES, Template
from importers.sheet import Unreadable
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.asking import Output, put
from merchant_cli.commands.context import bad_usage, must_write, say, settings, show
from merchant_cli.desks import scope as scopes
from merchant_cli.intake import gate, workbook
from merchant_cli.send import template_look as looking
from merchant_cli.send import templates
from merchant_cli.send.template_look import CALLED, Asked, Look
from merchant_cli.send.template_words import letter
from merchant_cli.store import open as store

P = Phrase

MOST_BYTES = 20 << 20  # of a template
SPECIAL = ("sheet", "header_row", "first_row")


def keep(file: str, platform: str | None, shop: str | None, sets: list[str], *, as_json: bool) -> None:
    """Looks at a template, keeps it and says what goes where. Raises Problem bad-usage, template-*."""
    must_write()
    asked = _asked(platform, shop, sets)
    opened = gate.Opened()
    try:
        source = _source(file, opened)
        found = looking.look(source.path, source.form, asked)
        body = source.path.read_bytes()
    finally:
        opened.close()
    found.template, replaced = templates.keep(settings().store, found.template, body)
    if as_json:
        print(json_text(_body(found, replaced)))
    else:
        _tell(found, replaced)


def list_kept(*, as_json: bool) -> None:
    """The kept templates as a table."""
    found = templates.kept(settings().store)
    put(templates.listed(found), Output(as_json), title=show(P("Templates", "模板")))
    if not found and not as_json:
        say(P("None yet: `merchant send --template FILE --platform NAME` keeps one.",
              "还没有：用 `merchant send --template 文件 --platform 平台` 保存一个。"))  # fmt: skip


def _asked(platform: str | None, shop: str | None, sets: list[str]) -> Asked:
    named, _, name = (shop or "").partition("/")
    platform = (platform or named).strip()
    platform = templates.CALLED.get(platform, platform.lower())
    if not re.fullmatch(r"[a-z0-9_]+", platform):
        bad_usage(P("--template needs --platform, like taobao, jd, pinduoduo or douyin.",
                    "--template 需要 --platform，如 `taobao`、`jd`、`pinduoduo`、`douyin`。"))  # fmt: skip
    if shop and (not name or named != platform):
        bad_usage(P("--shop is written like `{platform}/main`.", "--shop 应写成 `{platform}/main` 这样。"),
                  platform=platform)  # fmt: skip
    if any(one.platform == platform and one.fields for one in exporters()):
        bad_usage(P("the upload files of {platform} are known: it needs no template.",
                    "{platform} 的上传格式已知，不需要模板。"), platform=platform)  # fmt: skip
    said = dict(_set(one) for one in sets)
    rows = {key: said.pop(key, "0") for key in SPECIAL[1:]}
    if not all(value.isdecimal() for value in rows.values()):
        bad_usage(P("header_row and first_row are numbers of rows.", "`header_row` 和 `first_row` 应为行号。"))
    return Asked(platform, shop or "", said, said.pop("sheet", ""), int(rows["header_row"]), int(rows["first_row"]))


def _set(text: str) -> tuple[str, str]:
    name, equals, header = (part.strip() for part in text.partition("="))
    if not equals or not header or name not in (*FIELDS, *SPECIAL):
        bad_usage(P("“{x}” is not like `price=HEADER`; before the sign stands one of: {names}.",
                    "“{x}”不是 `price=表头` 的形式；等号前可用：{names}。"),
                  x=text, names=", ".join((*FIELDS, *SPECIAL)))  # fmt: skip
    return name, header


def _source(file: str, opened: gate.Opened) -> gate.Source:
    """The file, if it is one that can be filled. Workbooks are first read in the limited child."""
    place = Place(Path(file).name)
    kind = Path(file).suffix.lower()
    if kind in (".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".et", ".ods"):
        raise Problem("template-format", place, detail=P(f"it is a `{kind}` file", f"这是 `{kind}` 文件"))
    found = list(gate.found([file], opened))
    if len(found) == 1 and isinstance(found[0], tuple):
        raise found[0][1]
    source = found[0] if len(found) == 1 else None
    if not isinstance(source, gate.Source) or "!" in source.name:
        raise Problem("template-format", place, detail=P("it is not one file", "它不是单个文件"))
    if source.size > MOST_BYTES:
        raise Problem("template-format", place, detail=P("it is too large", "文件过大"))
    if source.form is not None:
        if kind not in (".csv", ".txt", ".tsv"):
            raise Problem("template-format", place, detail=P("it is text under another name", "它是文本，扩展名却不同"))
        return source
    if kind != ".xlsx" or source.kind != "xlsx":
        locked = P("it is an old or a locked workbook", "这是旧格式或加密的工作簿")
        raise Problem("template-format", place, detail=locked)
    try:
        workbook.heads(source)
    except Unreadable as fault:
        raise Problem(fault.code, place, **fault.params) from None
    return source


def _tell(found: Look, replaced: list[Template]) -> None:
    one = found.template
    sheet = show(P(", sheet “{x}”", "，工作表“{x}”"), x=one.sheet) if one.sheet else ""
    said = P("Kept: {file}{sheet}, headers in row {y}, data from row {first} on.",
             "已保存：{file}{sheet}，表头在第 {y} 行，数据从第 {first} 行起。")  # fmt: skip
    print(safe_text(show(said, file=one.file, sheet=sheet, y=one.header_row, first=one.first_row)))
    for name, x in one.columns.items():
        must = show(P(" (required)", "（必填）")) if name in one.required else ""
        print("  " + safe_text(f"{name} {show(CALLED[name])} → {one.headers[name].strip()} [{letter(x)}]{must}"))
    blank = [cell.strip() for x, cell in enumerate(found.header, 1) if cell.strip() and x not in one.columns.values()]
    comma = show(P(", ", "、"))
    if blank:
        kept = P("stays as it is: {x}", "保持原样：{x}") if one.filled else P("stays blank: {x}", "留空：{x}")
        print("  " + safe_text(show(kept, x=comma.join(blank))))
    if found.open_required:
        names = comma.join(cell.strip() for cell in found.open_required)
        say(P("Marked as required, and not filled here: {x}. Fill these by hand before uploading.",
              "以下列标为必填，但不会自动填写：{x}。上传前请手动填写。"), x=names)  # fmt: skip
    _warn(found)
    for old in replaced:
        lost = [show(CALLED[name]) for name in old.fields if name not in one.fields]
        say(P("It replaces {file} of {day}.", "已替换 {day} 保存的 {file}。"), file=old.file, day=old.kept_on)
        if lost:
            say(P("No template takes now: {x}.", "现在没有模板可填：{x}。"), x=comma.join(lost))
    say(P("The platform's own rules are not known: values are checked only for what no platform takes. If a column is"
          " wrong, give the file again with --set, like `--set price=HEADER`.",
          "平台自身的规则未知，只检查任何平台都不会接受的值。若列对错了，请加 --set 重新保存，"
          "如 `--set price=表头`。"))  # fmt: skip


def _warn(found: Look) -> None:
    """What she should know of rows that stay and of what a copy loses."""
    one = found.template
    if found.examples:
        say(P("Row {rows} is an example and stays in every file; delete it in the template if the platform says so.",
              "第 {rows} 行是示例，会保留在文件中；若平台要求删除，请先在模板中删除。"),
            rows=", ".join(map(str, found.examples)))  # fmt: skip
    with closing(store.read(settings().store)) as db:
        if not any(shop.startswith(f"{one.platform}/") for shop in scopes.shops(db)):
            say(P("No file of a shop on {platform} was imported yet.", "还没有导入过 {platform} 店铺的文件。"),
                platform=one.platform)  # fmt: skip
        strange = templates.strangers(db, one)
    if one.filled:
        say(P("It came with {n} {n:row|rows}. Only rows of listings that change are sent, with their other cells; the"
              " others are left out, so that old prices and stock do not come back.",
              "模板自带 {n} 行数据。只发送有改动商品的行，其他单元格不变；其余各行不写入，以免旧的价格和库存被传回。"),
            n=one.filled)  # fmt: skip
    if strange:
        say(P("{n} of them {n:is|are} about listings that no import told of.", "其中 {n} 行的商品没有导入过。"),
            n=strange)  # fmt: skip
    for lost in found.lost:
        say(P("A filled copy may lose: {x}.", "填好的文件可能会丢失：{x}。"), x=lost)


def _body(found: Look, replaced: list[Template]) -> dict[str, object]:
    one, lang = found.template, settings().lang
    return {
        "schema": 1, "platform": one.platform, "shop": one.shop or None, "file": str(one.path),
        "sheet": one.sheet or None, "header_row": one.header_row, "first_row": one.first_row, "rows": one.filled,
        "columns": {name: one.headers[name] for name in one.columns}, "required": sorted(one.required),
        "not_filled": found.open_required, "examples": found.examples, "lost": [x.show(lang) for x in found.lost],
        "takes": [name for name in VALUES if name in one.columns], "replaced": [old.file for old in replaced],
    }  # fmt: skip
