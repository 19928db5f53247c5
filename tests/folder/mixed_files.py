"""Thirty files as they pile up in a merchant's inbox: good, damaged, unknown, duplicated, overlapping.

`write(folder)` makes them, the same bytes each time. Headers are those of the samples of the importers; people, shops
and amounts are invented. What each file must come to stands in test_mixed_folder.py.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook

SAMPLES = Path(__file__).parents[1] / "importers"
Row = dict[str, object]

PAID, SHIPPED, UNPAID = "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "等待买家付款"
T1, T2, T3, T4 = (f"460000000000000{n}" for n in range(1, 5))


def header(sample: str, encoding: str = "utf-8-sig", delimiter: str = ",", below: int = 0) -> list[str]:
    """The header row of a sample, `below` so many lines."""
    lines = (SAMPLES / sample).read_text(encoding=encoding).splitlines()
    return next(csv.reader([lines[below]], delimiter=delimiter))


def text(columns: list[str], *rows: Row, delimiter: str = ",") -> str:
    """A table of all `columns`; a row names those that it fills."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        assert set(row) <= set(columns), set(row) - set(columns)
        writer.writerow([row.get(column, "") for column in columns])
    return out.getvalue()


def excel_id(number: str) -> str:
    return f'="{number}"'


# Taobao: two files of orders that overlap in three days, two of their lines, and one of lines that stops too early.


def taobao_order(number: str, day: str, goods: str, post: str, state: str, paid: str = "") -> Row:
    total = f"{float(goods) + float(post):.2f}"
    return {
        "订单编号": excel_id(number), "主订单编号": excel_id(number), "买家会员名": "竹影清", "买家应付货款": goods,
        "买家应付邮费": post, "总金额": total, "买家实际支付金额": total if paid else "0.00", "订单状态": state,
        "物流单号": "No:7800001" if state == SHIPPED else "", "店铺名称": "竹里小铺", "退款金额": "0.00",
        "订单创建时间": f"{day} 09:00:00", "订单付款时间": f"{paid} 09:05:00" if paid else "",
        "发货时间": f"{paid} 18:00:00" if state == SHIPPED else "",
    }  # fmt: skip


def taobao_line(number: str, n: int, code: str, units: int, price: str, day: str, state: str, paid: str = "") -> Row:
    amount = f"{units * float(price):.2f}"
    return {
        "子订单编号": excel_id(f"{number}{n}"), "主订单编号": excel_id(number), "标题": f"茶具 {code}", "价格": price,
        "购买数量": units, "订单状态": state, "商家编码": code, "买家应付货款": amount,
        "买家实际支付金额": amount if paid else "", "退款状态": "没有申请退款", "退款金额": "无退款申请",
        "订单创建时间": f"{day} 09:00:00", "订单付款时间": f"{paid} 09:05:00" if paid else "",
    }  # fmt: skip


def taobao() -> dict[str, bytes]:
    orders = header("taobao/orders/ExportOrderList202410070900.csv", "gb18030")
    lines = header("taobao/lines/ExportOrderDetailList202410070901.csv", "gb18030")
    first = taobao_line(T1, 1, "BEI-W", 2, "40.00", "2025-03-05", SHIPPED, "2025-03-05")
    older = [
        first,
        taobao_line(T1, 2, "JIN", 1, "20.00", "2025-03-05", SHIPPED, "2025-03-05"),
        taobao_line(T2, 1, "PAN", 1, "60.00", "2025-03-08", PAID, "2025-03-08"),
        taobao_line(T3, 1, "JIN", 1, "30.00", "2025-03-10", UNPAID),
    ]
    newer = [
        taobao_line(T2, 1, "PAN", 1, "60.00", "2025-03-08", SHIPPED, "2025-03-08"),
        taobao_line(T3, 1, "JIN", 1, "30.00", "2025-03-10", PAID, "2025-03-11"),
        taobao_line(T4, 1, "BEI-W", 1, "48.00", "2025-03-13", PAID, "2025-03-13"),
    ]
    found = {
        "淘宝/ExportOrderList202503110900.csv": text(
            orders,
            taobao_order(T1, "2025-03-05", "100.00", "0.00", SHIPPED, "2025-03-05"),
            taobao_order(T2, "2025-03-08", "60.00", "6.00", PAID, "2025-03-08"),
            taobao_order(T3, "2025-03-10", "30.00", "0.00", UNPAID),
        ),
        "淘宝/ExportOrderList202503140900.csv": text(
            orders,
            taobao_order(T2, "2025-03-08", "60.00", "6.00", SHIPPED, "2025-03-08"),
            taobao_order(T3, "2025-03-10", "30.00", "0.00", PAID, "2025-03-11"),
            taobao_order(T4, "2025-03-13", "48.00", "0.00", PAID, "2025-03-13"),
        ),
        "淘宝/ExportOrderDetailList202503110901.csv": text(lines, *older),
        "淘宝/ExportOrderDetailList202503140901.csv": text(lines, *newer),
        # Made between the two, and cut off behind the first of the two lines of T1.
        "淘宝/ExportOrderDetailList202503120901.csv": text(lines, newer[0], older[3], first),
        "淘宝/ExportOrderList202503160900.csv": text(orders),
    }
    cut = text(orders, taobao_order(T4, "2025-03-13", "48.00", "0.00", SHIPPED, "2025-03-13"))
    found["淘宝/ExportOrderList202503150900.csv"] = cut[: cut.index("2025-03-13 09:05")]
    return {name: body.encode("gb18030") for name, body in found.items()}


# Other platforms: two orders each.


def jd() -> bytes:
    columns = header("jd/orders/京东订单_20241105.csv", "gb18030")

    def order(number: str, code: str, units: int, price: str, post: str, at: str) -> Row:
        amount = units * float(price)
        return {
            "订单号": number, "商品ID": "100011", "商品名称": f"茶具 {code}", "订购数量": units, "支付方式": "在线支付",
            "下单时间": at, "京东价": price, "订单金额": f"{amount:.2f}", "结算金额": f"{amount:.2f}",
            "余额支付": "0.00", "应付金额": f"{amount + float(post):.2f}", "订单状态": "等待出库",
            "订单类型": "销售订单", "下单帐号": "tea_lover_01", "客户姓名": "张*", "运费金额": post,
            "付款确认时间": at, "货号": code,
        }  # fmt: skip

    return text(
        columns,
        order("298000000201", "HU-200", 2, "59.00", "0.00", "2025-03-09 10:00:00"),
        order("298000000202", "PAN", 1, "45.00", "6.00", "2025-03-11 10:00:00"),
    ).encode("gb18030")


def pinduoduo() -> bytes:
    columns = header("pinduoduo/orders/orders_export_20251105.csv")

    def order(number: str, code: str, units: int, goods: str, off: str, state: str, at: str) -> Row:
        paid = f"{float(goods) - float(off):.2f}"
        return {
            "商品": f"茶具 {code}", "订单号": f"{number}\t", "订单状态": state, "商品总价(元)": goods,
            "邮费(元)": "0.00", "店铺优惠折扣(元)": off, "平台优惠折扣(元)": "0.00", "多多支付立减金额(元)": "0.00",
            "用户实付金额(元)": paid, "商家实收金额(元)": paid, "商品数量(件)": units, "商品id": "700001\t",
            "样式ID": "8001\t", "商家编码-规格维度": code, "售后状态": "无售后或售后取消", "订单成交时间": f"{at}\t",
        }  # fmt: skip

    return text(
        columns,
        order("250309-100000000000001", "BEI-W", 2, "80.00", "10.00", "待发货", "2025-03-09 12:00:00"),
        order("250311-100000000000002", "JIN", 1, "25.00", "0.00", "待发货", "2025-03-11 12:00:00"),
    ).encode("utf-8-sig")


def douyin() -> bytes:
    columns = header("douyin/orders/订单_自选字段_20241107.csv")

    def order(number: str, code: str, units: int, due: str, platform: str, own: str, at: str) -> Row:
        return {
            "主订单编号": f"\t{number}", "子订单编号": f"\t{number}", "选购商品": f"\t茶具 {code}", "商品数量": units,
            "商家编码": f"\t{code}", "订单应付金额": due, "运费": "0.00", "收件人": "##mJ0Aa1==##",
            "订单提交时间": f"\t{at}", "订单状态": "已发货", "售后状态": "-", "取消原因": "-",
            "发货时间": f"\t{at}", "平台实际承担优惠金额": platform, "商家实际承担优惠金额": own,
            "达人实际承担优惠金额": "0.00",
        }  # fmt: skip

    return text(
        columns,
        order("6920000000000002101", "BEI-W", 1, "35.00", "5.00", "0.00", "2025-03-10 20:00:00"),
        order("6920000000000002201", "JIN", 2, "38.00", "0.00", "2.00", "2025-03-12 20:00:00"),
    ).encode("utf-8-sig")


SHOPIFY = next(csv.reader([
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,"
    "Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount"
]))  # fmt: skip


def shopify_order(name: str, at: str, sent: str, *lines: tuple[str, int, str]) -> list[Row]:
    """Orders of several lines go on in rows that hold only the line."""
    total = f"{sum(units * float(price) for _, units, price in lines):.2f}"
    rows: list[Row] = [
        {"Name": name, "Lineitem quantity": units, "Lineitem name": f"Tea {code}", "Lineitem price": price,
         "Lineitem sku": code} for code, units, price in lines
    ]  # fmt: skip
    rows[0] |= {
        "Email": "ada.quill@example.com", "Financial Status": "paid", "Paid at": f"{at} +0000", "Currency": "USD",
        "Fulfillment Status": "fulfilled" if sent else "unfulfilled", "Fulfilled at": f"{sent} +0000" if sent else "",
        "Subtotal": total, "Shipping": "0.00", "Taxes": "0.00", "Total": total, "Discount Amount": "0.00",
        "Created at": f"{at} +0000", "Refunded Amount": "0.00",
    }  # fmt: skip
    return rows


def shopify(*, later: bool) -> bytes:
    """The earlier export has #1001 and #1002; in the later one #1001 is shipped, and #1003 is new."""
    rows = shopify_order("#1001", "2025-03-07 08:00:00", "2025-03-12 08:00:00" if later else "",
                         ("CUP", 2, "15.00"), ("TOWEL", 1, "20.00"))  # fmt: skip
    rows += shopify_order("#1002", "2025-03-08 08:00:00", "", ("CUP", 1, "15.00"))
    if later:
        rows += shopify_order("#1003", "2025-03-12 08:00:00", "", ("TRAY", 1, "48.00"))
    return text(SHOPIFY, *rows).encode()


def woocommerce() -> bytes:
    columns = header("woocommerce/orders/order_export_2026-09-05-08-00-00.csv")

    def order(number: int, at: str, name: str, code: str, units: int, total: int) -> Row:
        return {
            "order_id": number, "order_number": number, "order_date": at, "paid_date": at, "status": "processing",
            "shipping_total": 5, "shipping_tax_total": 0, "fee_total": 0, "tax_total": 0, "discount_total": 0,
            "cart_discount": 0, "order_discount": 0, "order_total": total + 5, "order_subtotal": total,
            "order_currency": "EUR", "customer_email": "ilse@example.com", "Product Item 1 Name": name,
            "Product Item 1 id": "44", "Product Item 1 SKU": code, "Product Item 1 Quantity": units,
            "Product Item 1 Total": total, "Product Item 1 Subtotal": total,
        }  # fmt: skip

    return text(
        columns,
        order(9201, "2025-03-08 10:00:00", "Stone Cup", "CUP-W", 2, 30),
        order(9202, "2025-03-10 10:00:00", "Tea Towel", "TOWEL-1", 1, 10),
    ).encode("utf-8-sig")


def amazon() -> bytes:
    columns = header("amazon/orders/50415020041.txt", delimiter="\t")

    def order(number: str, at: str, code: str, units: int, price: str, tax: str) -> Row:
        return {
            "amazon-order-id": number, "purchase-date": at, "last-updated-date": at, "order-status": "Shipped",
            "fulfillment-channel": "Amazon", "sales-channel": "Amazon.co.uk", "product-name": f"Tea {code}",
            "sku": code, "asin": "B0CUPB0000", "item-status": "Shipped", "quantity": units, "currency": "GBP",
            "item-price": price, "item-tax": tax, "is-business-order": "false",
        }  # fmt: skip

    return text(
        columns,
        order("203-0000021-0000021", "2025-03-08T09:00:00+00:00", "CUP-B", 2, "24.00", "4.00"),
        order("203-0000022-0000022", "2025-03-10T09:00:00+00:00", "TRAY-1", 1, "18.00", "3.00"),
        delimiter="\t",
    ).encode()


# Money, and figures of the shop.


def alipay() -> bytes:
    """The ZIP as it is downloaded: names in GBK without a flag, the account log and a summary."""
    log = header("alipay/account_log/20880000000000000156_202605_账务明细.csv", "gb18030", below=4)
    name, dates = (
        "20880000000000000156_202503",
        "#起始日期：[2025年03月01日 00:00:00]   终止日期：[2025年03月13日 00:00:00]",
    )
    moves = text(
        log,
        {"账务流水号": "2025030500001\t", "业务流水号": "2025030522001\t", "发生时间": "2025-03-05 09:05:00",
         "收入金额（+元）": "100.00", "账户余额（元）": "1,100.00", "业务类型": "交易",
         "商户订单号": f"T200P{T1}", "业务描述": "0010001|交易收款-交易收款", "业务基础订单号": T1},
        {"账务流水号": "2025030500002\t", "业务流水号": "2025030522001\t", "发生时间": "2025-03-05 09:05:01",
         "支出金额（-元）": "-0.60", "账户余额（元）": "1,099.40", "业务类型": "收费", "商户订单号": f"T200P{T1}",
         "业务描述": "0530288T|技术&服务费-基础软件服务费"},
    )  # fmt: skip
    end = "#-----------------------------------------账务明细列表结束------------------------------------\n"
    detail = f"#支付宝账务明细查询\n#账号：[20880000000000000156]\n{dates}\n#-----账务明细列表-----\n{moves}{end}"
    sums = "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,服务费（元）,实收净额（元）"
    summary = f"#支付宝业务汇总查询\n#账号：[20880000000000000156]\n{dates}\n#-----业务汇总列表-----\n{sums}\n" + (
        ",合计,1,0,100.00,100.00,-0.60,99.40\n#-----业务汇总列表结束-----\n"
    )
    return zipped({
        f"{name}_账务明细.csv": detail.encode("gb18030"), f"{name}_业务明细(汇总).csv": summary.encode("gb18030"),
    }, gbk=True)  # fmt: skip


def wechat() -> bytes:
    """Its last lines state sums that come to more than the rows: a row is missing."""
    sample = "wechat_pay/merchant_bill/1900000109All2026-05-01_2026-05-31.csv"
    columns = header(sample)

    def move(number: int, at: str, amount: str, fee: str) -> Row:
        row: Row = dict.fromkeys(columns, "`") | {
            "交易时间": at, "商户号": "1900000109", "微信订单号": f"420000111120250308{number:010}",
            "商户订单号": f"XD2025{number}", "交易类型": "JSAPI", "交易状态": "SUCCESS", "货币种类": "CNY",
            "应结订单金额": amount, "代金券金额": "0.00", "退款金额": "0.00", "充值券退款金额": "0.00",
            "商品名称": "竹编篮", "手续费": fee, "费率": "0.60%", "订单金额": amount, "申请退款金额": "0.00",
        }  # fmt: skip
        return {name: f"`{str(value).lstrip('`')}" for name, value in row.items()}

    body = text(columns, move(1, "2025-03-08 10:00:00", "88.00", "0.53000"),
                move(2, "2025-03-10 10:00:00", "50.00", "0.30000"))  # fmt: skip
    ends = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\n"
    return (body + ends + "`3,`158.00,`0.00,`0.00,`0.95000,`158.00,`0.00\n").encode("utf-8-sig")


def visits() -> bytes:
    """Nothing of 8 and 9 March."""
    columns = ["统计日期", "店铺名称", "访客数", "浏览量", "支付金额", "支付买家数"]
    rows = [{"统计日期": f"2025-03-{day:02}", "店铺名称": "竹里小铺", "访客数": 100 + day, "浏览量": 300,
             "支付金额": "0.00", "支付买家数": 0} for day in (5, 6, 7, 10, 11, 12)]  # fmt: skip
    return text(columns, *rows).encode("gb18030")


# Own sheets, and what wraps them.


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return steady(out.getvalue())


def steady(archive: bytes) -> bytes:
    """The same ZIP without the clock in it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        members = {info.filename: old.read(info) for info in old.infolist() if info.filename != "docProps/core.xml"}
    return zipped(members)


def zipped(members: dict[str, bytes], *, gbk: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, body) in enumerate(members.items()):
            # GBK names without a flag: written under a stand-in of the same length, then put in place.
            shown = f"{n}".rjust(len(name.encode("gb18030")), "x") if gbk else name
            archive.writestr(zipfile.ZipInfo(shown, (2025, 3, 13, 8, 0, 0)), body)
    data = out.getvalue()
    for n, name in enumerate(members if gbk else ()):
        raw = name.encode("gb18030")
        data = data.replace(f"{n}".rjust(len(raw), "x").encode(), raw)
    return data


STOCK = workbook(
    ("商家编码", "标题", "仓库", "实盘数量", "盘点日期"),
    ("BEI-W", "粗陶杯", "主仓", 12, "2025-03-12"), ("JIN", "茶巾", "主仓", 30, "2025-03-12"),
    ("PAN", "茶盘", "主仓", -3, "2025-03-12"), ("HU-200", "紫砂壶", "主仓", None, "2025-03-12"),
)  # fmt: skip
COSTS = workbook(
    ("商家编码", "标题", "成本", "币种", "生效日期", "供应商", "交货天数", "补货间隔天数", "每箱件数", "起订量"),
    ("BEI-W", "粗陶杯", 12.5, "CNY", "2025-01-01", "小山窑", 15, 30, 12, 48),
    ("JIN", "茶巾", 5, "CNY", "2025-01-01", "小山窑", 15, 30, 12, 48),
)  # fmt: skip
COUPONS = (
    "优惠券编号,优惠券名称,店铺,承担方,优惠方式,面额,门槛,适用范围,预算,币种,开始日期,结束日期\n"
    "T99-10,满99减10,taobao/main,店铺,满减,10.00,99.00,,500.00,CNY,2025-03-01,2025-03-31\n"
)
LITTER = ("~$成本.xlsx", ".DS_Store", "备份/Thumbs.db")
PRODUCTS = (
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\n"
    "cup,Stone Cup,true,Title,Default Title,CUP,7,15.00,active\n"
    "tray,Oak Tray,true,Title,Default Title,TRAY,3,48.00,active\n"
)
RECIPES = "菜名,主料,火候,几人份\n红烧豆腐,豆腐,中火,3\n清炒时蔬,青菜,大火,2\n"
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4000


def files() -> dict[str, bytes]:
    """Path below the folder → content, all thirty, and two that programs leave lying about (LITTER)."""
    return taobao() | {
        "京东订单_20250312.csv": jd(),
        "京东订单_20250312 (1).csv": jd(),
        "拼多多/orders_export_20250313.csv": pinduoduo(),
        "抖音/订单_20250313.csv": douyin(),
        "orders_export_20250313.csv": shopify(later=True),
        "备份/shopify 新.csv": shopify(later=True),
        "打包.zip": zipped({
            "orders_export_20250309.csv": shopify(later=False), "优惠券.csv": COUPONS.encode("utf-8-sig"),
            "说明.txt": "请查收\n".encode(),
        }),
        "order_export_2025-03-12-08-00-00.csv": woocommerce(),
        "50312020031.txt": amazon(),
        "20880000000000000156_202503_账务明细.zip": alipay(),
        "1900000109All2025-03-08_2025-03-10.csv": wechat(),
        "店铺取数_20250313.csv": visits(),
        "products_export_20250313.csv.gz": gzip.compress(PRODUCTS.encode(), mtime=0),
        "库存盘点.xlsx": STOCK,
        "成本.xlsx": COSTS,
        "成本 半.xlsx": COSTS[: len(COSTS) // 2],
        "截图.xlsx": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        "空.csv": b"",
        "空白.csv": b"\xef\xbb\xbf",
        "工资 加密.xlsx": LOCKED,
        "菜谱.csv": RECIPES.encode("utf-8"),
        "接口.csv": b'[{"order": 1}]\n',
        "~$成本.xlsx": b"\x07Ada" + b" " * 50,
        ".DS_Store": b"\x00\x00\x00\x01Bud1",
        "备份/旧表.xls": LOCKED[:512],
        "备份/Thumbs.db": LOCKED[:512],
    }  # fmt: skip


def write(folder: Path) -> list[Path]:
    """The files, written below `folder`."""
    found = []
    for name, body in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        found.append(path)
    return found
