"""The commands by name: which module holds each, one line about it, and where it stands in the help.

A new command is a module with `COMMANDS` (see declare.py) and one row here; the module is imported only when
its command is typed. Questions need no row: they are found in the desks' folders.
"""

from __future__ import annotations

from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase

P = Phrase

TAKING_IN, SEEING = P("Taking in", "导入"), P("Seeing", "查看")
ACTING, KEEPING = P("Acting", "处理"), P("Keeping", "维护")
PANELS = (TAKING_IN, SEEING, ACTING, KEEPING)


class Entry(NamedTuple):
    module: str
    about: Phrase
    panel: Phrase


HERE = "merchant_cli.commands"

CATALOGUE: dict[str, Entry] = {
    "import": Entry(f"{HERE}.import_", P("Take files, folders or ZIPs in.", "导入文件、文件夹或压缩包。"), TAKING_IN),
    "identify": Entry(
        f"{HERE}.identify", P("Say what a file is; writes nothing.", "识别文件类型，不写入任何内容。"), TAKING_IN
    ),
    "importers": Entry(f"{HERE}.importers", P("The kinds of file that are known.", "列出认识的文件类型。"), TAKING_IN),
    "template": Entry(
        f"{HERE}.template",
        P("A sheet to fill in: costs, stock, suppliers …", "生成可填写的表格：成本、库存、供应商等。"),
        TAKING_IN,
    ),
    "map": Entry(f"{HERE}.map_", P("Map the columns of a sheet of your own.", "为自己的表格建立列的对应。"), TAKING_IN),
    "imports": Entry(
        f"{HERE}.imports", P("What was taken in, newest first.", "列出已导入的文件，最新的在前。"), TAKING_IN
    ),
    "undo": Entry(f"{HERE}.undo", P("Take a whole import back.", "撤销一次导入。"), TAKING_IN),
    "redo": Entry(f"{HERE}.undo", P("Bring an import back that was undone.", "恢复撤销的导入。"), TAKING_IN),
    "quarantine": Entry(f"{HERE}.quarantine", P("Rows that wait, and why.", "列出被隔离的行和原因。"), TAKING_IN),
    "reconcile": Entry(
        f"{HERE}.reconcile",
        P("Our daily figures against the platform's own.", "核对本店与平台的每日金额。"),
        TAKING_IN,
    ),
    "coverage": Entry(
        f"{HERE}.coverage", P("Which days are there, which are missing.", "各店铺的数据有哪些天，缺哪些天。"), TAKING_IN
    ),
    "rates": Entry(f"{HERE}.rates", P("Currency rates that you gave.", "列出您设定的汇率。"), TAKING_IN),
    "today": Entry(
        f"{HERE}.today", P("What needs doing today, over all desks.", "今天要处理的事项，涵盖所有工作台。"), SEEING
    ),
    "questions": Entry(f"{HERE}.questions", P("Every question of every desk.", "列出所有工作台的问题。"), SEEING),
    "explain": Entry(
        f"{HERE}.explain",
        P("The rows, files and lines behind a number.", "查看一个数字背后的数据行和来源文件。"),
        SEEING,
    ),
    "sql": Entry(f"{HERE}.sql", P("A SELECT over the documented views.", "对公开视图执行查询语句。"), SEEING),
    "find": Entry(
        f"{HERE}.find_", P("Search listings, orders, buyers, reviews.", "搜索商品、订单、买家和评价。"), SEEING
    ),
    "snooze": Entry(f"{HERE}.snooze", P("Put a row of the worklist off.", "暂缓一条待办。"), SEEING),
    "dismiss": Entry(f"{HERE}.snooze", P("Take a row out of the worklist.", "不再提醒一条待办。"), SEEING),
    "tui": Entry(f"{HERE}.tui", P("The screens: worklist and answers.", "界面：待办清单和各项结果。"), SEEING),
    "proposals": Entry(
        f"{HERE}.proposals", P("What waits for your yes, and what came of it.", "等待批准的建议及其结果。"), ACTING
    ),
    "send": Entry(
        f"{HERE}.send_", P("Write approved proposals as upload files.", "把已批准的建议生成上传文件。"), ACTING
    ),
    "demo": Entry(f"{HERE}.demo", P("An example shop and its worklist.", "示例店铺和它的待办清单。"), KEEPING),
    "check": Entry(f"{HERE}.check", P("Check that the store is sound.", "检查数据库是否完好。"), KEEPING),
    "settle": Entry(f"{HERE}.settle", P("Compute slow answers ahead.", "提前算好耗时的结果。"), KEEPING),
    "where": Entry(f"{HERE}.where", P("Where the store and the log lie.", "数据库和日志的位置。"), KEEPING),
    "config": Entry(
        f"{HERE}.config", P("Every setting: value, default, origin.", "列出各项设置的值、默认值和来源。"), KEEPING
    ),
    "set": Entry(f"{HERE}.set_", P("Set your own default of an option.", "设定某个选项的默认值。"), KEEPING),
}

# Commands that stand beside the questions of a desk, by what is typed: `merchant reviews paste`. Their module holds
# them in COMMANDS like any other; the desk's folder knows nothing of them.
DESK_COMMANDS: dict[str, Entry] = {
    "campaigns add": Entry(f"{HERE}.campaigns_", P("Type a campaign in.", "输入一个活动。"), TAKING_IN),
    "listings feed": Entry(
        f"{HERE}.feed_", P("Write a product feed for Google Merchant.", "生成谷歌购物商品数据文件。"), ACTING
    ),
    "reviews paste": Entry(
        f"{HERE}.reviews_", P("Take in reviews that you copied.", "导入复制粘贴的评价。"), TAKING_IN
    ),
    "reviews mark": Entry(f"{HERE}.reviews_", P("Say what was done about reviews.", "记录评价的处理状态。"), ACTING),
}


def of_desk(desk: str) -> list[str]:
    """What is typed behind a desk's name to run its commands: `paste`, `mark`."""
    return [typed.partition(" ")[2] for typed in DESK_COMMANDS if typed.startswith(f"{desk} ")]


# Promised commands and the release that brings them.
LATER: dict[str, str] = {
    "why": "0.2",
    "workbook": "0.2",
    "backup": "0.2", "restore": "0.2", "doctor": "0.2", "privacy": "0.3", "serve": "0.3",
}  # fmt: skip
