"""What `send` wrote, in words: the files, what stays and why, and how each file is uploaded."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.send.send import Sent
from tui.deciding import Sending

P = Phrase

# By the importer whose layout the file has, else by platform: where it goes.
HOW: dict[str, Phrase] = {
    "shopify products": P("Shopify admin: Products, Import; tick the box that overwrites matching products.",
                          "Shopify 后台：商品，导入；勾选覆盖同标识的现有商品。"),
    "shopify inventory": P("Shopify admin: Products, Inventory, Import.", "Shopify 后台：商品，库存，导入。"),
    "supplier": P("Send it to the supplier.", "发给供应商。"),
    "own": P("Work through it, row by row.", "逐行处理即可。"),
}  # fmt: skip
ELSEWHERE = P("In the back office of the platform, where listings are changed in bulk.", "在平台后台的批量修改处上传。")


def sent_text(sending: Sending, lang: str) -> str:
    """The whole as lines, literal text that is harmless for a terminal."""
    lines: list[str] = []
    if sending.done:
        lines += [P("In the folder {path}:", "文件夹 {path}：").show(lang, path=safe_text(str(sending.folder))), ""]
    for one in sending.done:
        lines += [*_file_lines(one, lang), ""]
    if sending.plan.left:
        lines.append(P("What stays, and why:", "未发送的建议及原因：").show(lang))
        for left in sending.plan.left:
            said = P("  {n} {subject}: {why}", "  {n} {subject}：{why}")
            of = left.proposal
            lines.append(safe_text(said.show(lang, n=of.number, subject=of.subject, why=left.why)))
        lines.append("")
    return "\n".join([*lines, *_next_lines(sending, lang)]).rstrip()


def _file_lines(one: Sent, lang: str) -> list[str]:
    exporter = one.load.exporter
    rows = P("{title}, {n} {n:row|rows}", "{title}，{n} 行")
    how = HOW.get(exporter.importer) or HOW.get(exporter.platform) or ELSEWHERE
    return [
        safe_text(one.path.name),
        "  " + safe_text(rows.show(lang, title=exporter.title, n=len(one.load.items))),
        "  " + how.show(lang),
        "  " + safe_text(P("what changes: {name}", "改动对照：{name}").show(lang, name=one.diff.name)),
    ]


def _next_lines(sending: Sending, lang: str) -> list[str]:
    if not sending.done:
        return [P("No file was written.", "没有生成任何文件。").show(lang)]
    lines = []
    if any(one.path.suffix in (".csv", ".txt") for one in sending.done):
        lines.append(P("Upload these files as they are: a spreadsheet program would change them.",
                       "请直接上传，不要用表格软件打开后再保存。").show(lang))  # fmt: skip
    lines.append(P("Then take in the platform's next export (key i): it shows whether the change is there.",
                   "之后请导入平台的下一份导出文件（按 i），以核实是否生效。").show(lang))  # fmt: skip
    return lines
