"""The words of a template that are not headers: its read-me sheet and an example row for each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from merchant_cli.basics.phrases import Phrase

P = Phrase

# The importers leave out rows whose first cell begins like this.
EXAMPLE = P("EXAMPLE ", "示例：")

# One row per sheet, by column; a Phrase is shown in the language of the sheet.
EXAMPLES: dict[str, dict[str, Any]] = {
    "costs": {
        "sku": "MUG-BLUE", "title": P("Blue mug", "蓝色马克杯"), "cost": 12.5, "currency": "CNY",
        "from_day": "2026-07-01", "supplier": P("Jingdezhen kiln", "景德镇小窑"), "lead_days": 15, "review_days": 30,
        "pack": 12, "moq": 48,
    },
    "stock": {
        "code": "MUG-BLUE", "title": P("Blue mug", "蓝色马克杯"), "location": P("Main store room", "主仓"),
        "units": 86, "counted": "2026-11-14",
    },
    "coupons": {
        "coupon_id": "T99-10", "title": P("10 off from 99", "满99减10"), "_in_shop": "taobao/main", "bearer": "shop",
        "kind": "amount", "_face": 10, "threshold": 99, "scope": "MUG-BLUE;MUG-RED", "budget": 2000,
        "currency": "CNY", "from_day": "2026-11-01", "to_day": "2026-11-11",
    },
    "campaigns": {
        "campaign": P("Autumn sale", "秋季大促"), "from_day": "2026-11-01", "to_day": "2026-11-11",
        "shops": "taobao/main", "skus": "MUG-BLUE;MUG-RED", "goal_sales": 20000, "goal_orders": 200, "budget": 2000,
        "currency": "CNY",
    },
    "reviews": {
        "review_id": "R-1", "_in_shop": "taobao/main", "order_id": "4521675029296700777", "code": "MUG-BLUE",
        "at": "2026-11-10", "rating": 4, "body": P("Nice glaze, slow parcel.", "釉色好看，快递慢了点。"),
        "reply": P("Thank you!", "谢谢您！"),
    },
    "ads": {
        "from": "2026-11-01", "to": "2026-11-07", "_in_shop": "taobao/main", "account": P("My ads", "我的推广"),
        "campaign": P("Everyday", "日常推广"), "item": "MUG-BLUE", "spend": 34.3, "currency": "CNY",
        "impressions": 1764, "clicks": 49,
    },
}  # fmt: skip

# What stands on the first sheet: in general, and for each kind of sheet.
GENERAL = (
    P("Fill in what you know, save, and run: `merchant import FILE`",
      "填写您知道的内容，保存后运行：`merchant import 文件名`"),
    P("A blank cell claims nothing: what is known already stays. Zero means zero.",
      "空白单元格不代表任何数据：已有的数据保持不变。填 0 就是零。"),
    P("What is filled in already was imported before; change it where it is wrong.",
      "已填好的内容来自之前的导入，有误可直接修改。"),
    P("Import the file as often as you like: only what changed is taken.",
      "可以反复导入，每次只收录有变化的内容。"),
    P("The grey example row is not taken in; you may delete it.", "灰色的示例行不会导入，可以删除。"),
    P("Keep the headers. Rows and columns may be moved, sorted, hidden or left out.",
      "请保留表头。行和列可以移动、排序、隐藏或删去。"),
)  # fmt: skip
ABOUT: dict[str, Phrase] = {
    "costs": P("one row per SKU, best sellers first. For a new price add a row with the day it holds from.",
               "每个商家编码一行，卖得多的在前。涨价或降价时另加一行，并填写生效日期。"),
    "stock": P("write what you counted; without a day it holds for the moment of the import.",
               "填写实际盘点的数量；不填日期，则视为导入时的数量。"),
    "coupons": P("a percentage as a number: 12 means 12 % off.", "折扣填百分数：12 表示优惠 12%。"),
    "campaigns": P("several shops or SKUs in one cell: a semicolon between them.",
                   "同一格填多个店铺或商品时，用分号隔开。"),
    "reviews": P("reviews to add; those taken in before stay without being listed here.",
                 "填写新增的评价；之前导入的无需再列。"),
    "ads": P("one row per day or range of days; earlier rows stay without being listed here.",
             "每天或每段日期一行；之前导入的无需再列。"),
}  # fmt: skip


def read_me(sheets: Sequence[tuple[str, Phrase]], as_of: str | None, lang: str) -> list[str]:
    """The lines of the read-me sheet for sheets given as (kind, title)."""
    title = P("Sheets of your own: how to fill them in", "自有表格填写说明").show(lang)
    lines = [title, *(line.show(lang) for line in GENERAL)]
    if as_of:
        lines.append(P("Known data up to {day}.", "已有数据截至 {day}。").show(lang, day=as_of))
    return lines + [P("{sheet}: {about}", "{sheet}：{about}").show(lang, sheet=t, about=ABOUT[k]) for k, t in sheets]
