"""Writes the month as the platforms' own exports; the headers are those of the samples of the importers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from tests.month.month_world import FIRST, LAST, Came, Month, Order

SAMPLES = Path(__file__).parents[1] / "importers"
Row = dict[str, str]


def yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def header(sample: str, known: str) -> list[str]:
    """The header of a sample: the row that holds the name `known`."""
    data = (SAMPLES / sample).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return next(row for row in csv.reader(text.splitlines()) if known in row)


def written(path: Path, names: list[str], rows: Iterable[Row], *, encoding: str = "utf-8-sig",
            above: str = "", below: str = "", quoted: bool = False, tail: str = "") -> None:  # fmt: skip
    """One file; `tail` stands at the end of each row below the header."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        assert set(row) <= set(names), set(row) - set(names)
        writer.writerow([row.get(name, "") for name in names])
    first, *others = out.getvalue().splitlines()
    body = "".join(line + "\r\n" for line in (first, *(line + tail for line in others)))
    path.write_bytes((above + body + below).encode(encoding))


def write(month: Month, folder: Path) -> list[Path]:
    """All files of the month in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    taobao(month, folder)
    jd(month, folder)
    pinduoduo(month, folder)
    douyin(month, folder)
    youzan(month, folder)
    return sorted(folder.iterdir())


def _of(month: Month, platform: str) -> tuple[list[Order], list[Came]]:
    orders = [one for one in month.orders if one.platform == platform]
    came = sorted((one for one in month.came if one.platform == platform), key=lambda one: (one.day, one.nth))
    return orders, came


def _at(day: date | None, clock: str, tab: str = "") -> str:
    return f"{day} {clock}{tab}" if day else ""


def taobao(month: Month, folder: Path) -> None:
    """订单报表, 宝贝报表 and 退款报表 in GBK with ="…", and Alipay's account log."""
    orders, came = _of(month, "taobao")
    heads = header("taobao/orders/ExportOrderList202410070900.csv", "订单编号")
    written(folder / "ExportOrderList202606010900.csv", heads, [
        {
            "订单编号": f'="{o.number}"', "买家会员名": f"茶友{o.n}", "买家应付货款": yuan(o.sold),
            "买家应付邮费": yuan(o.shipping), "总金额": yuan(o.sold + o.shipping),
            "买家实际支付金额": yuan(0 if o.closed else o.paid),
            "订单状态": "交易关闭" if o.closed else "交易成功" if o.done else "卖家已发货，等待买家确认",
            "订单创建时间": _at(o.day, "09:00:00"), "订单付款时间": "" if o.closed else _at(o.day, "09:05:00"),
            "物流单号": "" if o.closed else f"No:78{o.n:05d}", "店铺名称": "竹里小铺",
            "天猫卡券抵扣": yuan(o.other_off),
            "退款金额": yuan(o.refund), "确认收货时间": _at(o.done, "10:00:00"),
            "发货时间": "" if o.closed else _at(o.day, "18:00:00"),
        }
        for o in orders
    ], encoding="gb18030", quoted=True)  # fmt: skip
    heads = header("taobao/lines/ExportOrderDetailList202410070901.csv", "子订单编号")
    rows = []
    for o in orders:
        for i, line in enumerate(o.lines):
            own = line.listed - (o.shop_off if i == 0 else 0)
            rows.append({
                "子订单编号": f'="{o.number}{i}"', "主订单编号": f'="{o.number}"', "标题": line.title,
                "价格": yuan(line.price), "购买数量": str(line.units), "商家编码": line.code,
                "订单状态": "交易关闭" if o.closed else "交易成功" if o.done else "卖家已发货，等待买家确认",
                "买家应付货款": yuan(own), "退款状态": "没有申请退款", "退款金额": "无退款申请",
                "订单创建时间": _at(o.day, "09:00:00"), "订单付款时间": "" if o.closed else _at(o.day, "09:05:00"),
            })  # fmt: skip
    names = [name for name in heads if name]
    written(folder / "ExportOrderDetailList202606010901.csv", names, rows, encoding="gb18030", quoted=True, tail=",")
    heads = header("taobao/refunds/退款报表202411051000.csv", "退款编号")
    written(folder / "退款报表202606010930.csv", heads, [
        {
            "订单编号": f'="{o.number}"', "退款编号": f'="8800000000{o.n:04d}"', "买家退款金额": yuan(o.refund),
            "退款的申请时间": _at(o.day + timedelta(2), "10:00:00"), "退款完结时间": _at(o.refund_day, "15:00:00"),
            "退款状态": "退款成功", "部分退款/全部退款": "部分退款",
        }
        for o in orders if o.refund
    ], encoding="gb18030", quoted=True)  # fmt: skip
    _alipay(month, came, folder)


def _alipay(month: Month, came: list[Came], folder: Path) -> None:
    """The order stands in its own column, in T200P…, or in the remark, by turns."""
    heads = header("alipay/account_log/20880000000000000156_202605_账务明细.csv", "账务流水号")
    rows: list[Row] = []
    sums = {"收入": [0, 0], "支出": [0, 0]}

    def row(day: date, nth: str, amount: int, kind: str, **more: str) -> None:
        way, column = ("收入", "收入金额（+元）") if amount > 0 else ("支出", "支出金额（-元）")
        sums[way][0] += 1
        sums[way][1] += amount
        rows.append({"账务流水号": f"{day:%Y%m%d}{nth}\t", "发生时间": _at(day, "11:00:00"), column: yuan(amount),
                     "业务类型": kind, **more})  # fmt: skip

    row(FIRST, "0000", 100, "其它", 业务描述="0990001|平台活动-奖励")
    for one in came:
        where: Row = {}
        if one.number:
            hidden = {"商户订单号": f"T200P{one.number}\t", "业务基础订单号": "FP301_1"}
            where = ({"业务基础订单号": one.number}, hidden, {"备注": f"tradeid:{one.number}"})[one.nth % 3]
        if one.sale:
            row(one.day, f"1{one.nth:04d}", one.sale, "交易", 业务描述="0010001|交易收款-交易收款", **where)
        if one.fee:
            charged = {"备注": f"服务费({one.number})扣款"}
            row(one.day, f"2{one.nth:04d}", -one.fee, "收费", 业务描述="0530288T|技术&服务费-基础软件服务费", **charged)
        if one.refund:
            row(one.day, f"3{one.nth:04d}", -one.refund, "交易退款", 业务描述="0010002|交易退款-售后退款", **where)
    row(LAST, "9999", -month.kept["alipay"], "提现")
    above = ("#支付宝账务明细查询\n#账号：[20880000000000000156]\n"
             "#起始日期：[2026年05月01日 00:00:00]   终止日期：[2026年06月01日 00:00:00]\n"
             "#-----------------账务明细列表----------------\n")  # fmt: skip
    below = "#-----账务明细列表结束-----\n" + "".join(
        f"#{way}合计：{n}笔，共{yuan(total)}元\n" for way, (n, total) in sums.items()
    )
    written(folder / "20880000000000000156_202605_账务明细.csv", heads, rows, encoding="gb18030", above=above,
            below=below + "#导出时间：[2026年06月02日 09:00:00]\n")  # fmt: skip


def jd(month: Month, folder: Path) -> None:
    """Orders with a row for each SKU, and the settlement with a row for each fee."""
    orders, came = _of(month, "jd")
    heads = header("jd/orders/京东订单_20241105.csv", "订单号")
    written(folder / "京东订单_20260601.csv", heads, [
        {
            "订单号": o.number, "商品ID": f"10{line.code}", "商品名称": line.title, "订购数量": str(line.units),
            "支付方式": "在线支付", "下单时间": _at(o.day, "09:00:00"), "京东价": yuan(line.price),
            "订单金额": yuan(o.sold), "结算金额": yuan(o.sold), "应付金额": yuan(o.paid), "余额支付": "0.00",
            "订单状态": "已取消" if o.closed else "完成" if o.done else "等待确认收货", "订单类型": "销售订单",
            "下单帐号": f"tea_{o.n}", "客户姓名": "张*", "运费金额": yuan(o.shipping),
            "付款确认时间": "" if o.closed else _at(o.day, "09:01:30"), "货号": line.code,
            "订单完成时间": _at(o.done, "10:00:00"), "订单来源": "移动端订单",
        }
        for o in orders for line in o.lines
    ], encoding="gb18030")  # fmt: skip
    heads = header("jd/settlement/京东订单结算明细_20241105.csv", "费用名称")
    common = {"币种": "人民币", "结算状态": "已结算"}
    rows = []
    for one in came:
        for name, amount, way in (("货款", one.sale, "收入"), ("佣金", -one.fee, "支出")):
            if amount:
                rows.append(common | {
                    "订单编号": one.number or "", "费用名称": name, "应结金额": yuan(amount), "收支方向": way,
                    "到账时间": _at(one.day, "02:00:00"),
                })  # fmt: skip
    for day in (FIRST, LAST):
        rows.append(common | {"费用名称": "返利框架费", "应结金额": "-0.00", "收支方向": "支出",
                              "到账时间": _at(day, "02:00:00")})  # fmt: skip
    written(
        folder / "京东订单结算明细_20260602.csv", heads, rows, encoding="gb18030", above="说明：结算金额以账单为准\n"
    )


def pinduoduo(month: Month, folder: Path) -> None:
    orders, came = _of(month, "pinduoduo")
    heads = header("pinduoduo/orders/orders_export_20241105.csv", "订单号")
    written(folder / "orders_export_20260601.csv", heads, [
        {
            "商品": o.lines[0].title, "订单号": f"{o.number}\t", "订单状态": _pdd_status(o),
            "商品数量(件)": str(o.lines[0].units), "支付时间": "\t" if o.closed else _at(o.day, "09:05:00", "\t"),
            "发货时间": "\t" if o.closed else _at(o.day, "18:00:00", "\t"),
            "确认收货时间": _at(o.done, "10:00:00", "\t"),
            "样式ID": f"8{o.n:03d}\t", "商家编码-规格维度": o.lines[0].code,
            "售后状态": "退款成功" if o.refund else "无售后或售后取消", "商品总价(元)": yuan(o.listed),
            "邮费(元)": yuan(o.shipping), "店铺优惠折扣(元)": yuan(o.shop_off), "平台优惠折扣(元)": yuan(o.other_off),
            "多多支付立减金额(元)": "0.00", "用户实付金额(元)": yuan(0 if o.closed else o.paid),
            "商家实收金额(元)": yuan(0 if o.closed else o.paid + o.other_off),
            "快递单号": "" if o.closed else f"78{o.n:05d}\t", "支付方式": "微信",
        }
        for o in orders
    ])  # fmt: skip
    heads = header("pinduoduo/bill/拼多多账单_20241105.csv", "账务类型")
    rows: list[Row] = []
    sums = {"收入": [0, 0], "支出": [0, 0]}

    def row(number: str, day: date, amount: int, kind: str, told: str) -> None:
        way = "收入" if amount > 0 else "支出"
        sums[way][0] += 1
        sums[way][1] += amount
        into = ("收入金额（+元）", "支出金额（-元）") if amount > 0 else ("支出金额（-元）", "收入金额（+元）")
        rows.append({"商户订单号": f"{number}\t", "发生时间": _at(day, "10:00:00", "\t"), into[0]: yuan(amount),
                     into[1]: "-", "账务类型": kind, "业务描述": told})  # fmt: skip

    row("", FIRST, -1, "其他", "0990001|新名目")
    for one in came:
        for amount, kind, told in (
            (one.sale, "交易收入", "0010002|交易收入-订单收入"),
            (one.other, "优惠券结算", "0010005|交易收入-优惠券结算"),
            (-one.fee, "技术服务费", "0030002|技术服务费-基础技术服务费"),
            (-one.refund, "退款", "0020002|交易退款-订单退款"),
        ):  # fmt: skip
            if amount:
                row(one.number or "", one.day, amount, kind, told)
    row("", LAST, -month.kept["pinduoduo"], "提现", "提现")
    period = "起始时间：2026-05-01 00:00:00   终止时间：2026-05-31 23:59:59"
    above = f"拼多多店铺账务明细查询\n\n{period}\n----交易记录明细列表----\n"
    below = "#----交易记录明细列表结束----\n" + "".join(
        f"#{way}合计：{n}笔，共{yuan(s)}元\n" for way, (n, s) in sums.items()
    )
    written(folder / "拼多多账单_20260602.csv", heads, rows, encoding="gb18030", above=above,
            below=below + "#导出时间：2026-06-02 10:00:00\n")  # fmt: skip


def _pdd_status(order: Order) -> str:
    if order.closed:
        return "已取消"
    return "已发货，退款成功" if order.refund else "已收货" if order.done else "已发货，待收货"


def douyin(month: Month, folder: Path) -> None:
    """A row for each sub-order, and 动账明细 with the parts of each movement."""
    orders, came = _of(month, "douyin")
    heads = header("douyin/orders/订单_商品维度_20241105.csv", "主订单编号")
    rows = []
    for o in orders:
        for i, line in enumerate(o.lines):
            shop_off, other = (o.shop_off, o.other_off) if i == 0 else (0, 0)
            rows.append({
                "主订单编号": f"\t{o.number}", "子订单编号": f"\t{o.number}{i}", "支付方式": "支付宝",
                "选购商品": f"\t{line.title}", "商品ID": f"\t30{i}", "商家编码": f"\t{line.code}",
                "商品数量": str(line.units), "商品金额": yuan(line.price),
                "订单提交时间": f"\t{_at(o.day, '09:00:00')}",
                "支付完成时间": "\t-" if o.closed else f"\t{o.day} 09:01:00",
                "订单完成时间": f"\t{_at(o.done, '10:00:00') or '-'}",
                "订单状态": "已关闭" if o.closed or o.refund else "已完成" if o.done else "已发货",
                "售后状态": "退款成功" if o.refund else "-", "订单类型": "普通订单",
                "发货时间": "\t-" if o.closed else f"\t{o.day} 18:00:00",
                "订单应付金额": yuan(line.listed - shop_off - other), "运费": "0.00",
                "平台实际承担优惠金额": yuan(other), "商家实际承担优惠金额": yuan(shop_off),
                "达人实际承担优惠金额": "0.00", "快递信息": "" if o.closed else f"中通快递 79{o.n:05d}",
            })  # fmt: skip
    written(folder / "订单_商品维度_20260601.csv", heads, rows, quoted=True)
    heads = header("douyin/fund/动账明细_20241105.csv", "动账金额")
    parts = heads[heads.index("订单实付应结") : heads.index("其他分成") + 1]
    blank = dict.fromkeys(parts, "0.00")
    rows = []
    for one in came:
        if one.sale:
            rows.append(blank | {
                "动账时间": _at(one.day, "02:00:01"), "动帐流水号": f"'743{one.nth:010d}", "动账方向": "入账",
                "动账金额": yuan(one.sale + one.other - one.fee), "动账场景": "货款结算入账",
                "订单号": f"'{one.number}", "子订单号": f"'{one.number}0", "订单实付应结": yuan(one.sale),
                "实际平台补贴": yuan(one.other), "平台服务费": yuan(-one.fee),
            })  # fmt: skip
    for day, nth, amount in ((FIRST, 1, 100), (LAST, 2, month.kept["douyin"] - 100)):
        rows.append(blank | {
            "动账时间": _at(day, "03:00:01"), "动帐流水号": f"'744{nth:010d}", "动账方向": "出账",
            "动账金额": yuan(amount), "动账场景": "提现", "订单号": "-", "子订单号": "-",
        })  # fmt: skip
    written(folder / "动账明细_20260602.csv", heads, rows)


def youzan(month: Month, folder: Path) -> None:
    """Youzan's orders, and the merchant's own WeChat Pay bill, in which every cell begins with a backtick."""
    orders, came = _of(month, "youzan")
    heads = header("youzan/orders/订单_20241105.csv", "订单号")
    written(folder / "订单_20260601.csv", heads, [
        {
            "订单号": o.number, "销售渠道": "网店", "归属店铺": "山中茶器", "订单类型": "普通订单",
            "订单状态": "交易关闭" if o.closed else "交易完成" if o.done else "已发货",
            "订单创建时间": _at(o.day, "09:00:00"), "买家付款时间": "——" if o.closed else _at(o.day, "09:01:00"),
            "交易成功时间": _at(o.done, "10:00:00") or "——", "付款方式": "——" if o.closed else "微信支付",
            "商品金额合计": yuan(o.listed), "运费": yuan(o.shipping), "店铺优惠合计": yuan(o.shop_off),
            "应收订单金额": yuan(o.sold + o.shipping), "订单实付金额": yuan(0 if o.closed else o.paid),
            "支付优惠合计": yuan(o.other_off), "订单实收金额": yuan(0 if o.closed else o.paid + o.other_off),
            "订单退款状态": "部分退款" if o.refund else "——", "订单已退款金额": yuan(o.refund),
        }
        for o in orders
    ])  # fmt: skip
    heads = header("wechat_pay/merchant_bill/1900000109All2026-05-01_2026-05-31.csv", "微信订单号")
    rows = []
    for one in came:
        back = bool(one.refund)
        rows.append({
            "交易时间": _at(one.day, "09:01:05"), "商户号": "1900000109", "微信订单号": f"42000011112026{one.nth:012d}",
            "商户订单号": one.number or "", "交易状态": "REFUND" if back else "SUCCESS", "货币种类": "CNY",
            "应结订单金额": yuan(one.sale), "微信退款单号": f"5030000111{one.nth:012d}" if back else "",
            "退款金额": yuan(one.refund), "手续费": f"{yuan(one.fee)}000", "费率": "0.60%", "订单金额": yuan(one.sale),
        })  # fmt: skip
    sums = [len(came), sum(c.sale for c in came), sum(c.refund for c in came), sum(c.fee for c in came)]
    below = (
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
        + ",".join(
            f"`{cell}"
            for cell in (sums[0], yuan(sums[1]), yuan(sums[2]), "0.00", yuan(sums[3]), yuan(sums[1]), yuan(sums[2]))
        )
    )
    ticked = [{name: "`" + row.get(name, "") for name in heads} for row in rows]
    written(folder / "1900000109All2026-05-01_2026-05-31.csv", heads, ticked, below=below + "\r\n")
