"""The orders of the invented shop as Taobao exports them: one file of orders, one of their lines."""

from pathlib import Path

from shop_catalogue import Catalogue
from shop_days import DAY, END, stamp
from shop_orders import Order, draw_orders
from shop_reviews import Reviews
from shop_table import open_table, template, text

TAOBAO = """订单编号=="{number}"|买家会员名=tb{buyer}|买家会员昵称|支付单号=26{number}|支付详情
|买家应付货款={due}|买家应付邮费={postage}|买家支付积分=0|总金额={total}|返点积分=0
|买家实际支付金额={paid}|买家实际支付积分=0|订单状态={status}|买家留言|收货人姓名=赵小{buyer}
|收货地址=浙江省 杭州市 西湖区 云杉路{buyer}号(310000)|运送方式=快递|联系电话|联系手机='138{buyer:0>8}
|虚拟号过期时间|订单创建时间={created}|订单付款时间={paid_at}|宝贝标题={titles}|宝贝种类={kinds}
|物流单号={parcel}|物流公司={carrier}|订单备注|宝贝总数量={units}|店铺Id=0|店铺名称=山谷小铺
|订单关闭原因={closed}|卖家服务费=0|买家服务费=0元|发票抬头|是否手机订单=手机订单|分阶段订单信息
|特权订金订单id|是否上传合同照片|是否上传小票|是否代付|定金排名|修改后的sku|修改后的收货地址|异常信息
|天猫卡券抵扣|集分宝抵扣|是否是O2O交易|新零售交易类型|新零售导购门店名称|新零售导购门店id
|新零售发货门店名称|新零售发货门店id|退款金额={refund}|预约门店|确认收货时间={received}
|打款商家金额={payout}|含应开票给个人的个人红包|是否信用购|体验期结束时间|前N有礼|配送类型|直播返现状态
|返现金额|延迟发货自动赔付金额|新零售成交门店昵称|新零售成交门店id|新零售成交经销商id|预售订单
|发货时间={fulfilled}|商家备忘|主订单编号=="{number}\""""
TAOBAO_LINE = """子订单编号=="{child}"|主订单编号=="{number}"|标题={zh}|价格={fen}|购买数量={quantity}
|外部系统编号={sku}|商品属性={attributes}|套餐信息|备注|订单状态={status}|商家编码={sku}
|支付单号=26{number}|买家应付货款={line_due}|买家实际支付金额={line_paid}|退款状态={refund_state}
|退款金额={line_refund}|订单创建时间={created}|订单付款时间={paid_at}"""
TAOBAO_OFF = ((19900, 2000), (29900, 3000), (9900, 1000), (5900, 500))  # from, off
TAOBAO_ROW, TAOBAO_LINE_ROW = template(TAOBAO, quote='"') + "\n", template(TAOBAO_LINE, quote='"') + ",\n"


def taobao_amounts(order: Order, catalogue: Catalogue) -> tuple[list[int], list[int], list[int]]:
    """Due, paid and refunded in fen, line by line; the first line bears the postage."""
    amounts = [catalogue.items[index]["fen"] * quantity for index, quantity in order.items]
    smallest, off = TAOBAO_OFF[order.code] if order.code >= 0 else (0, 0)
    discount = off if sum(amounts) >= smallest else 0
    due = [amount - discount * amount // sum(amounts) for amount in amounts]
    due[-1] += sum(amounts) - discount - sum(due)
    paid = [0] * len(due) if order.fate == "voided" else [due[0] + 600 * order.express, *due[1:]]
    part = [0] * (len(due) - 1) + [due[-1] if len(due) > 1 else due[0] // 3]
    whole = order.fate in ("cancelled", "refunded")
    return due, paid, paid if whole else part if order.fate == "partial" else [0] * len(due)


def taobao_number(order: Order) -> int:
    return 35 * 10**17 + order.number * 1_000_003


def taobao_rows(order: Order, catalogue: Catalogue) -> tuple[str, str]:
    """The row for the order file and the rows for the file of lines."""
    due, paid, refund = taobao_amounts(order, catalogue)
    created, sent, number = stamp(order.at), order.state == "fulfilled", taobao_number(order)
    dead = order.fate in ("voided", "cancelled", "refunded")
    done = sent and not dead and order.at < END - 10 * DAY
    status = "卖家已发货，等待买家确认" if sent else "买家已付款，等待卖家发货"
    status = "交易关闭" if dead else "交易成功" if done else status
    values = text({
        "number": str(number), "buyer": str(order.buyer), "due": sum(due), "postage": 600 * order.express,
        "total": sum(due) + 600 * order.express, "paid": sum(paid), "status": status, "created": created,
        "paid_at": "" if order.fate == "voided" else created, "kinds": str(len(due)), "refund": sum(refund),
        "titles": "，".join(catalogue.items[index]["zh"] for index, _ in order.items),
        "parcel": f"YT{number % 10**13}" if sent else "", "carrier": "圆通速递" if sent else "",
        "units": str(sum(quantity for _, quantity in order.items)),
        "fulfilled": stamp(order.step) if sent else "",
        "closed": "买家未付款" if order.fate == "voided" else "退款" if dead else "订单未关闭",
        "received": stamp(order.at + 7 * DAY) if done else "", "payout": (sum(paid) - sum(refund)) * done,
    })  # fmt: skip
    lines = []
    for place, (index, quantity) in enumerate(order.items):
        lines.append(TAOBAO_LINE_ROW.format_map(values | catalogue.texts[index] | text({
            "child": str(number + (place + 1) * (len(due) > 1)), "quantity": str(quantity),
            "line_due": due[place], "line_paid": paid[place], "line_refund": refund[place],
            "refund_state": "退款成功" if refund[place] else "没有申请退款",
        })))  # fmt: skip
    return TAOBAO_ROW.format_map(values), "".join(lines)


def write_taobao(folder: Path, catalogue: Catalogue, lines: int, reviews: Reviews) -> None:
    with (
        open_table(folder / "ExportOrderList202611150805.csv", TAOBAO, "gb18030", '"') as orders,
        open_table(folder / "ExportOrderDetailList202611150806.csv", TAOBAO_LINE, "gb18030", '"') as details,
    ):
        for order in draw_orders(catalogue, lines, f"{catalogue.seed}/taobao"):
            row, line_rows = taobao_rows(order, catalogue)
            orders.write(row)
            details.write(line_rows)
            reviews.add(order, str(taobao_number(order)), catalogue)
