"""Invented upload templates of four back offices, and a small shop on any of them.

The shop: ten mugs M-1 counted, 12 offered at 20.00 with a cost of 25.00, so oversold by 2 and below cost; a plate P-1
with nothing wrong. Data end on 2025-03-20.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from send_tools import Shop

MUG = ("600123456789012345", "700123456789012345", "M-1", "蓝色马克杯", "蓝色")
PLATE = ("600123456789012346", "700123456789012346", "P-1", "=1+1 白盘", "白色")
# platform → the headers of its invented listings export: listing id, SKU id, code, title, options, price, units.
EXPORTS = {
    "taobao": ("商品ID", "SKU ID", "商家编码", "商品标题", "规格", "售价（元）", "库存"),
    "jd": ("商品ID", "SKU编号", "商家SKU", "商品名称", "销售属性", "京东价", "现货库存"),
    "pinduoduo": ("商品ID", "SKUID", "规格编码", "商品名称", "规格名称", "拼单价", "库存"),
    "douyin": ("商品ID", "规格ID", "商家编码", "商品名称", "商品规格", "价格", "现货库存"),
}
COLUMNS = ("listing_id", "variant_id", "code", "title", "options", "price", "listed_units")


def begin(shop: Shop, platform: str, *, plate: float = 30.0, code: str = "M-1") -> None:
    """Takes in orders, listings, stock and costs of a shop on `platform`."""
    orders = "".join(f"T{n},2025-03-{n:02} 10:00:00,{code},1,20.00\n" for n in range(1, 21))
    _write(shop, "orders.csv", "单号,下单,编码,件数,金额\n" + orders)
    said = ("order_id=单号", "placed=下单", "code=编码", "units=件数", "order_lines.listed=金额", "status==completed")
    _map(shop, platform, "orders.csv", [], said)
    shop.run("import", str(shop.files / "orders.csv"), "--exported", "2025-03-20 23:00:00")
    listings(shop, platform, plate=plate, code=code)
    stock = f"SKU,Counted units,Counted on\n{code},10,2025-03-20\nP-1,50,2025-03-20\n"
    shop.take("stock.csv", stock)
    head = "SKU,Unit cost,Currency,Valid from,Supplier,Lead days\n"
    shop.take("costs.csv", f"{head}{code},25.00,CNY,2025-01-01,Kiln,5\nP-1,1.00,CNY,2025-01-01,Kiln,5\n")


def listings(
    shop: Shop, platform: str, price: float = 20.0, units: int = 12, *, plate: float = 30.0, code: str = "M-1",
    exported: str = "2025-03-20 12:00:00",
) -> None:  # fmt: skip
    """The platform's listings export, by the merchant's mapping."""
    rows = [(*MUG[:2], code, *MUG[3:], f"{price:.2f}", units), (*PLATE, f"{plate:.2f}", 5)]
    text = "".join(",".join(map(str, row)) + "\n" for row in [EXPORTS[platform], *rows])
    _write(shop, "listings.csv", text)
    if not mapping(shop).exists():
        said = tuple(f"{name}={header}" for name, header in zip(COLUMNS, EXPORTS[platform], strict=True))
        _map(shop, platform, "listings.csv", ["--into", "listings"], said)
    shop.run("import", str(shop.files / "listings.csv"), "--exported", exported)


def mapping(shop: Shop) -> Path:
    return shop.store.with_name("mappings") / "listings.toml"


def _write(shop: Shop, name: str, text: str) -> None:
    (shop.files / name).write_text(text, encoding="utf-8")


def _map(shop: Shop, platform: str, name: str, more: list[str], said: Sequence[str]) -> None:
    sets = [part for one in said for part in ("--set", one)]
    shop.run("map", str(shop.files / name), *more, *sets, "--shop", f"{platform}/main", "--currency", "CNY")


# --- the templates ---


def taobao(path: Path) -> Path:
    """Instructions in merged cells, headers with marks, a row of notes, an example, a drop-down, a hidden sheet."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "请先阅读：售价、库存、商家编码均可修改"
    sheet = book.create_sheet("批量修改")
    sheet["A1"] = "批量修改价格和库存（请勿改动表头）"
    sheet.merge_cells("A1:H1")
    sheet.append(["*商品ID", "商品标题", "SKU ID", "*商家编码（必填）", "售价（元）", "库存", "操作", "规格"])
    sheet.append(["必填", "不可修改", "选填", "必填，不超过 32 字", "数字，两位小数", "整数", "请选择", ""])
    for cell in sheet[2]:
        cell.fill = PatternFill("solid", fgColor="FFCC00")
    sheet["E4"].number_format = "#,##0.00"
    choice = DataValidation(type="list", formula1='"修改,删除"')
    sheet.add_data_validation(choice)
    choice.add("G4:G500")
    hidden = book.create_sheet("参数")
    hidden.append(["商品ID", "商家编码", "售价", "库存", "SKU ID", "商品标题", "规格"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def jd(path: Path) -> Path:
    """Text in GBK with a line above the header; it requires the price."""
    path.write_bytes("批量改价改库存模板,,,,\r\n*商品ID,SKU编号,商家SKU,*京东价,现货库存\r\n".encode("gbk"))
    return path


def pinduoduo(path: Path) -> Path:
    """An export made to be changed: the platform's rows stand in it, with the price for a single buyer beside."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "商品"
    sheet.append(["商品ID", "商品名称", "SKUID", "规格名称", "规格编码", "单买价", "拼单价", "库存", "两件价"])
    sheet.append([PLATE[0], "白盘", PLATE[1], "白色", "P-1", 35, 30, 5, "=G2*2"])
    sheet.append([MUG[0], "蓝色马克杯", MUG[1], "蓝色", "M-1", 25, 20, 12, "=G3*2"])
    book.save(path)
    return path


def douyin(path: Path) -> Path:
    """Stock only, UTF-8 with its mark, tabs."""
    path.write_text("商品ID\t规格ID\t商家编码\t现货库存\n", encoding="utf-8-sig")
    return path


def douyin_prices(path: Path) -> Path:
    """Prices only; two rows of headers, of which the first cell is merged downwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["商品ID", "SKU信息", None, None])
    sheet.append([None, "规格ID", "商家编码", "价格"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:D1")
    book.save(path)
    return path


def cells(path: str | Path, sheet: str | None = None) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows()]
