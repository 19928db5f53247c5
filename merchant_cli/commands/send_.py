"""`merchant send`: approved proposals as files that a platform, a supplier or a colleague takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, PARTLY
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import bad_usage, must_write, say, settings, show
from merchant_cli.commands.declare import FILE, SHOP, TEXT, Command, Json, option
from merchant_cli.desks import scope as scopes
from merchant_cli.send import files, send
from merchant_cli.send.files import Plan, Wanted
from merchant_cli.store import open as store

P = Phrase

FOLDER = "merchant-send"  # where files go unless -o says otherwise, in the current folder

Action = Annotated[str | None, option(P("Only this action.", "只处理这种操作。"), "--action", metavar=TEXT)]
Platform = Annotated[str | None, option(P("Only for this platform.", "只处理这个平台。"), "--platform", metavar=TEXT)]
Output = Annotated[
    Path | None,
    option(P("A folder for the files; or a file, if there is only one. Otherwise `merchant-send/`.",
             "文件所在的文件夹；只有一个文件时也可以是文件名。默认为 `merchant-send/`。"),
           "-o", "--output", metavar=FILE),
]  # fmt: skip
Checklist = Annotated[
    bool, option(P("What no file takes goes on a checklist.", "没有上传文件可用的，写入清单。"), "--checklist")
]


Template = Annotated[
    str | None,
    option(P("Keep this empty upload template of a back office; needs --platform.",
             "保存后台下载的空白上传模板；需要 --platform。"), "--template", metavar=FILE),
]  # fmt: skip
Templates = Annotated[bool, option(P("List the kept templates.", "列出已保存的模板。"), "--templates")]
OfShop = Annotated[
    str | None, option(P("The template is for this shop only.", "模板只用于这个店铺。"), "--shop", metavar=SHOP)
]
Set = Annotated[
    list[str] | None,
    option(P("Which header of the template takes a field: listing_id, variant_id, code, price, compare_at,"
             " listed_units, title, options; or sheet, header_row, first_row; may be repeated.",
             "模板中哪个表头对应哪个字段：`listing_id` `variant_id` `code` `price` `compare_at` `listed_units` `title`"
             " `options`；也可指定 `sheet` `header_row` `first_row`；可重复。"),
           "--set", metavar=P("FIELD=HEADER", "字段=表头")),
]  # fmt: skip


def send_(
    action: Action = None, platform: Platform = None, output: Output = None, checklist: Checklist = False,
    template: Template = None, templates: Templates = False, shop: OfShop = None, set_: Set = None,
    as_json: Json = False,
) -> int:  # fmt: skip
    if template is not None or templates:
        return _templates(template, platform, shop, set_, as_json, alone=not (action or output or checklist))
    if shop or set_:
        bad_usage(P("--shop and --set go with --template.", "--shop 和 --set 与 --template 一起使用。"))
    must_write()
    with store.write(settings().store, settings().command) as db:
        scope = scopes.make(db)
        plan = files.plan(db, scope, Wanted(action or "", platform or "", checklist))
        where = send.into_folder(Path(FOLDER) if output is None else output)
        if output is not None and output.suffix:
            _one(plan, output)
            where = lambda name: output  # noqa: E731
        done = send.send(db, settings().store, plan, scope, settings().lang, where)
    if as_json:
        print(json_text(_body(done, plan)))
    else:
        _tell(done, plan)
    return PARTLY if plan.left else DONE


def _templates(
    template: str | None, platform: str | None, shop: str | None, sets: list[str] | None, as_json: bool, *, alone: bool
) -> int:
    """--template keeps one, --templates lists them; nothing is sent."""
    from merchant_cli.commands.send_template import keep, list_kept

    if not alone or (template is None and (platform or shop or sets)):
        bad_usage(P("--template and --templates send nothing: leave the other options out.",
                    "--template 和 --templates 不发送任何内容，请去掉其他选项。"))  # fmt: skip
    if template is not None:
        keep(template, platform, shop, sets or [], as_json=as_json)
    else:
        list_kept(as_json=as_json)
    return DONE


def _one(plan: Plan, output: Path) -> None:
    """-o names a file: there must be one, of that kind. Raises Problem bad-usage."""
    if len(plan.loads) > 1:
        bad_usage(P("{n} files would be written: name a folder with -o, or choose with --action and --platform.",
                    "将生成 {n} 个文件：请用 -o 指定文件夹，或用 --action、--platform 筛选。"),
                  n=len(plan.loads))  # fmt: skip
    if plan.loads and plan.loads[0].exporter.suffix != output.suffix.lower():
        bad_usage(P("this file ends in {suffix}.", "该文件的扩展名应为 {suffix}。"),
                  suffix=plan.loads[0].exporter.suffix)  # fmt: skip


def _tell(done: list[send.Sent], plan: Plan) -> None:
    for one in done:
        said = P("{path}: {title}, {n} {n:row|rows}", "{path}：{title}，{n} 行")
        print(safe_text(show(said, path=one.path, title=one.load.exporter.title, n=one.load.rows)))
        print("  " + safe_text(show(P("what changes: {path}", "改动对照：{path}"), path=one.diff)))
    for left in plan.left:
        said = P("{n} {subject} stays: {why}", "{n} {subject} 未发送：{why}")
        say(said, n=left.proposal.number, subject=left.proposal.subject, why=left.why)
    if not done and not plan.left:
        say(P("Nothing is approved: `merchant proposals approve N`.",
              "没有已批准的建议：`merchant proposals approve 编号`。"))  # fmt: skip
    if any(one.load.exporter.unchecked for one in done):
        say(P("The platform's own rules were not known: look at its answer to the upload.",
              "平台自身的规则未知，未作检查：请留意平台对上传的反馈。"))  # fmt: skip
    if any(one.path.suffix in (".csv", ".txt") for one in done):
        say(P("Upload these files as they are: a spreadsheet program would change them.",
              "请直接上传，不要用表格软件打开后再保存。"))  # fmt: skip
    if done:
        say(P("Then import the platform's next export: it shows whether the change is there.",
              "之后请导入平台的下一份导出文件，以核实是否生效。"))  # fmt: skip


def _body(done: list[send.Sent], plan: Plan) -> dict[str, object]:
    lang = settings().lang
    return {
        "schema": 1,
        "files": [
            {"path": str(one.path), "diff": str(one.diff), "sha256": one.sha256,
             "platform": one.load.exporter.platform, "exporter": one.load.exporter.id, "shop": one.load.shop,
             "rows": one.load.rows, "proposals": [each.number for each in one.load.proposals]}
            for one in done
        ],
        "left": [{"proposal": left.proposal.number, "why": left.why.show(lang)} for left in plan.left],
    }  # fmt: skip


COMMANDS = {
    "send": Command(
        send_,
        examples=(
            "merchant send",
            "merchant send --platform shopify -o upload/",
            "merchant send --template prices.xlsx --platform taobao --set code=B",
        ),
    )
}
