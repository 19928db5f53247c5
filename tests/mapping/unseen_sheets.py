"""Sheets as merchants keep them, none of which any importer knows, with what each header is, worked out by hand.

`fills` is what fills each field, `asks` the amounts of which only the merchant knows which they are. Every other header
fills nothing. The cells are few, but of the kinds that such sheets hold.
"""

# ruff: noqa: E501  (rows of cells stay in one line)
from __future__ import annotations

from typing import NamedTuple


class Unseen(NamedTuple):
    """One sheet: a name like its file's, its cells as CSV, what it is and what its headers are."""

    name: str
    text: str
    form: str
    fills: dict[str, str]
    asks: frozenset[str] = frozenset()


SHEETS = [
    Unseen(
        "出货登记.csv",
        "订单号,下单日期,货号,品名,数量,单价,金额,客户,备注\n"
        "D1,2026-11-01,MUG-01,马克杯,2,39.90,79.80,张三,\nD1,2026-11-01,CUP-02,玻璃杯,1,25.00,25.00,张三,加急\n"
        "D2,2026-11-02,MUG-01,马克杯,3,39.90,119.70,李四,\nD3,2026-11-03,TEA-09,茶壶,1,158.00,158.00,王五,\n",
        "order_lines",  # 金额 is 数量 × 单价 in every row: said already
        {"order_id": "订单号", "placed": "下单日期", "code": "货号", "title": "品名", "units": "数量",
         "unit_price": "单价", "buyer": "客户"},
    ),
    Unseen(
        "日销售.csv",
        "单号,日期,金额\n1,2026-11-01,20.00\n2,2026-11-02,30.00\n",
        "orders", {"order_id": "单号", "placed": "日期"}, frozenset({"金额"}),
    ),
    Unseen(
        "微店订单.csv",
        "订单编号,订单状态,付款时间,实付金额,平台优惠,店铺优惠,运费,买家昵称,收货地址,手机号\n"
        "W2026110100001,已完成,2026-11-01 10:20:30,88.00,2.00,5.00,6.00,小明,某路 1 号,13800138000\n"
        "W2026110100002,已发货,2026-11-01 11:00:00,40.00,0.00,0.00,0.00,小红,某路 2 号,13900139000\n",
        "orders",  # two headers can name the buyer; 运费 may be what the shop pays
        {"order_id": "订单编号", "status": "订单状态", "paid_at": "付款时间", "paid": "实付金额",
         "platform_discount": "平台优惠", "discount": "店铺优惠", "buyer": "买家昵称"}, frozenset({"运费"}),
    ),
    Unseen(
        "门店流水单.csv",
        "销售单号,销售日期,商品编码,商品名称,规格,销售数量,折后金额,支付方式\n"
        "S1,2026/11/1,K-1,帽子,红,1,59.00,微信\nS1,2026/11/1,K-2,围巾,蓝,2,98.00,微信\nS2,2026/11/2,K-1,帽子,黑,1,59.00,现金\n",
        "order_lines",
        {"order_id": "销售单号", "placed": "销售日期", "code": "商品编码", "title": "商品名称", "options": "规格",
         "units": "销售数量", "sold": "折后金额", "payment": "支付方式"},
    ),
    Unseen(
        "子订单表.csv",
        "订单号,子订单号,商家编码,购买数量,商品单价,优惠金额,实付\n"
        "A1,A1-1,X-1,2,10.00,1.00,19.00\nA1,A1-2,X-2,1,20.00,0.00,20.00\nA2,A2-1,X-1,1,10.00,0.00,10.00\n",
        "order_lines",  # 子订单号 is no order number, though it is nearly called so
        {"order_id": "订单号", "code": "商家编码", "units": "购买数量", "unit_price": "商品单价", "paid": "实付"},
        frozenset({"优惠金额"}),
    ),
    Unseen(
        "成本表.csv", "货号,品名,供货商,进价,生效日期,起订量\nA-1,杯子,老王,4.50,2026-01-01,50\nA-2,壶,老李,32.00,2026-01-01,10\n",
        "costs", {"code": "货号", "title": "品名", "supplier": "供货商", "cost": "进价", "from_day": "生效日期",
                  "moq": "起订量"},
    ),
    Unseen(
        "采购价目.csv", "商品编码,采购单价(元),单位,采购日期\nA-1,4.50,个,2026-01-01\nA-2,5.50,个,2026-02-01\n",
        "costs", {"code": "商品编码", "cost": "采购单价(元)", "from_day": "采购日期"},
    ),
    Unseen(
        "价目.csv", "编码,名称,单价,日期\nA-1,红杯,4.50,2026-01-01\nA-2,蓝杯,5.50,2026-01-01\n",
        "costs", {"code": "编码", "title": "名称", "from_day": "日期"}, frozenset({"单价"}),
    ),
    Unseen(
        "仓库盘点.csv", "货号,品名,仓库,实盘数量,盘点日期,可用库存\nA-1,杯,东仓,12,2026-11-01,10\nA-2,壶,东仓,0,2026-11-01,0\n",
        "stock_counts", {"code": "货号", "location": "仓库", "stock": "实盘数量", "counted": "盘点日期"},
    ),
    Unseen(
        "进销存.csv", "货号,期初,入库,出库,结存\nA-1,10,5,3,12\nA-2,4,0,4,0\n",
        "stock_counts", {"code": "货号", "stock": "结存"},
    ),
    Unseen(
        "退货登记.csv",
        "退款单号,订单号,货号,退货数量,退款金额,申请时间,退款时间,退款状态\n"
        "R1,D1,A-1,1,39.90,2026-11-03 10:00,2026-11-04 09:00,已退款\nR2,D2,A-2,1,25.00,2026-11-05 10:00,,待处理\n",
        "refunds",
        {"refund_id": "退款单号", "order_id": "订单号", "code": "货号", "refund_units": "退货数量",
         "refund_amount": "退款金额", "applied": "申请时间", "refund_done": "退款时间", "refund_state": "退款状态"},
    ),
    Unseen(
        "现金账.csv", "日期,摘要,收支金额,余额,类型\n2026-11-01,货款,120.50,1000.00,收入\n2026-11-02,房租,-800.00,200.00,支出\n",
        "money_moves", {"at": "日期", "note": "摘要", "move_amount": "收支金额", "move_kind": "类型"},
    ),
    Unseen(
        "客户评价.csv",
        "评论编号,评分,评论内容,评价时间,订单号,商家回复\n1,5,杯子很好看,2026-11-03,D1,谢谢\n2,2,壶嘴有一点漏水,2026-11-04,D2,\n",
        "reviews", {"review_id": "评论编号", "rating": "评分", "body": "评论内容", "reviewed": "评价时间",
                    "order_id": "订单号", "reply": "商家回复"},
    ),
    Unseen(
        "推广日报.csv", "日期,计划名称,花费,展现量,点击量,点击率\n2026-11-01,主推,35.20,1200,40,3.33%\n2026-11-02,主推,30.00,1000,31,3.1%\n",
        "ads", {"day": "日期", "ad_campaign": "计划名称", "spend": "花费", "impressions": "展现量", "clicks": "点击量"},
    ),
    Unseen(
        "在售商品.csv", "商品ID,商品名称,商家编码,售价,吊牌价,可售库存,上架状态\n101,红杯,A-1,39.90,59.00,12,上架\n102,蓝壶,A-2,158.00,,3,下架\n",
        "listings", {"listing_id": "商品ID", "title": "商品名称", "code": "商家编码", "price": "售价",
                     "compare_at": "吊牌价", "listed_units": "可售库存", "listing_state": "上架状态"},
    ),
    Unseen(
        "market sales.csv",
        "Invoice No;Sale date;Item code;Description;Qty;Unit price;Discount;Line total;Customer email\n"
        "1001;13/11/2026;MUG-01;Red mug;2;12,50;2,00;23,00;ann@example.com\n"
        "1002;14/11/2026;CUP-02;Glass cup;1;1.250,00;0,00;1.250,00;bob@example.com\n"
        "1003;15/11/2026;MUG-01;Red mug;3;12,50;0,00;37,50;carl@example.com\n",
        "order_lines",
        {"order_id": "Invoice No", "placed": "Sale date", "code": "Item code", "title": "Description", "units": "Qty",
         "unit_price": "Unit price", "buyer": "Customer email"}, frozenset({"Discount", "Line total"}),
    ),
    Unseen(
        "web orders.csv",
        "Order #,Order Date,Order Status,Customer,Subtotal,Shipping,Tax,Order Total,Payment Method,Tracking Number\n"
        "#1,2026-11-01,completed,Ann Lee,20.00,4.00,1.60,25.60,card,1Z1\n#2,2026-11-02,shipped,Bo Hu,30.00,0.00,2.40,32.40,card,1Z2\n",
        "orders", {"order_id": "Order #", "placed": "Order Date", "status": "Order Status", "buyer": "Customer",
                   "payment": "Payment Method"}, frozenset({"Subtotal", "Shipping", "Tax", "Order Total"}),
    ),
    Unseen(
        "stall.csv", "Receipt,Date,Product,Pieces,Price each,Amount\nR1,2026-11-01,Oak bowl,1,30.00,30.00\n"
        "R1,2026-11-01,Ash spoon,4,6.00,24.00\nR2,2026-11-02,Oak bowl,2,30.00,60.00\n",
        "order_lines", {"order_id": "Receipt", "placed": "Date", "title": "Product", "units": "Pieces",
                        "unit_price": "Price each"},
    ),
    Unseen(
        "sales export.csv", "Order Number,SKU,Quantity,Price,Amount Paid\n1,A-1,2,5.00,10.00\n2,A-2,1,8.00,7.00\n3,A-1,1,5.00,5.00\n",
        "order_lines", {"order_id": "Order Number", "code": "SKU", "units": "Quantity", "paid": "Amount Paid"},
        frozenset({"Price"}),  # of one, or of the row?
    ),
    Unseen(
        "costs.csv", "SKU,Cost price,Supplier,Valid From,Lead time (days),MOQ\nA-1,4.20,Acme,2026-01-01,14,50\nA-2,9.00,Acme,2026-01-01,14,20\n",
        "costs", {"code": "SKU", "cost": "Cost price", "supplier": "Supplier", "from_day": "Valid From", "moq": "MOQ"},
    ),
    Unseen(
        "landed.csv", "Item no,Landed cost (total),Effective date\nA-1,420.00,2026-01-01\nA-2,900.00,2026-01-01\n",
        "costs", {"code": "Item no", "from_day": "Effective date"}, frozenset({"Landed cost (total)"}),
    ),
    Unseen(
        "stocktake.csv", "Stock Code,Warehouse,Qty on hand,Count date\n100-A,Main,12,2026-11-01\n100-B,Main,0,2026-11-01\n",
        "stock_counts", {"code": "Stock Code", "location": "Warehouse", "stock": "Qty on hand", "counted": "Count date"},
    ),
    Unseen(
        "inventory.csv", "sku,description,in stock,reorder point,incoming\nA-1,Red mug,12,5,0\nA-2,Tea pot,3,2,24\n",
        "stock_counts", {"code": "sku", "stock": "in stock"},
    ),
    Unseen(
        "returns.csv", "RMA,Order No,Refund amount,Refund date,Status\n7,1001,12.50,2026-11-09,refunded\n8,1002,5.00,2026-11-10,pending\n",
        "refunds", {"refund_id": "RMA", "order_id": "Order No", "refund_amount": "Refund amount",
                    "refund_done": "Refund date", "refund_state": "Status"},
    ),
    Unseen(
        "bank statement.csv", "Booking date,Description,Amount,Balance\n2026-11-01,Payout,120.50,1000.00\n2026-11-02,Rent,-800.00,200.00\n",
        "money_moves", {"at": "Booking date", "note": "Description"}, frozenset({"Amount"}),
    ),
    Unseen(
        "feedback.csv", "Review ID,Stars,Comment,Posted on,SKU\n1,5,Lovely mug and fast,2026-11-03,A-1\n2,2,The spout leaks a bit,2026-11-04,A-2\n",
        "reviews", {"review_id": "Review ID", "rating": "Stars", "body": "Comment", "reviewed": "Posted on", "code": "SKU"},
    ),
    Unseen(
        "ad spend.csv", "Day,Campaign name,Amount spent,Impressions,Clicks,CTR\n2026-11-01,Main,35.20,1200,40,3.3%\n2026-11-02,Main,30.00,900,31,3.4%\n",
        "ads", {"day": "Day", "ad_campaign": "Campaign name", "spend": "Amount spent", "impressions": "Impressions",
                "clicks": "Clicks"},
    ),
    Unseen(
        "跨境订单.csv",
        "Order No 订单号,Date 日期,SKU 货号,Qty 数量,Unit price 单价,Currency 币种,Customer 客户\n"
        "E1,2026-11-01,A-1,2,9.90,USD,Ann\nE2,2026-11-02,A-2,1,19.90,USD,Bob\n",
        "order_lines", {"order_id": "Order No 订单号", "placed": "Date 日期", "code": "SKU 货号", "units": "Qty 数量",
                        "unit_price": "Unit price 单价", "currency": "Currency 币种", "buyer": "Customer 客户"},
    ),
    Unseen(
        "stock 库存.csv", "SKU,仓库,库存数量,盘点时间\nA-1,East,4,2026-11-01 18:00\nA-2,East,9,2026-11-01 18:00\n",
        "stock_counts", {"code": "SKU", "location": "仓库", "stock": "库存数量", "counted": "盘点时间"},
    ),
    Unseen(
        "cost 成本.csv", "商家编码,cost price,供应商,valid from\nA-1,4.20,Acme,2026-01-01\nA-2,9.00,Acme,2026-01-01\n",
        "costs", {"code": "商家编码", "cost": "cost price", "supplier": "供应商", "from_day": "valid from"},
    ),
    Unseen(
        "nearly.csv", "Order Numbr,Ordr date,SKU codes,Quantitiy\n1,2026-11-01,A-1,2\n2,2026-11-02,A-2,1\n",
        "order_lines",  # misspelt: likely, never sure
        {"order_id": "Order Numbr", "placed": "Ordr date", "code": "SKU codes", "units": "Quantitiy"},
    ),
    Unseen(
        "折扣率.csv", "订单号,下单时间,折扣,实付金额\nD1,2026-11-01 09:00,0.9,90.00\nD2,2026-11-02 09:00,0.85,85.00\n",
        "orders", {"order_id": "订单号", "placed": "下单时间", "paid": "实付金额"}, frozenset({"折扣"}),
    ),
    Unseen(
        "库存在途.csv", "货号,库存(在途),库存\nA-1,5,12\nA-2,0,3\n",
        "stock_counts", {"code": "货号", "stock": "库存"},
    ),
    Unseen(
        "收银流水.csv",
        "交易日期,小票编号,商品条码,商品名称,销售数量,零售单价,优惠金额,实收金额,收银员\n"
        "2026-11-01 10:01,XP0001,6901234567890,可乐,2,3.50,0.50,6.50,小王\n"
        "2026-11-01 10:01,XP0001,6901234567891,薯片,1,6.00,0.00,6.00,小王\n"
        "2026-11-01 11:01,XP0002,6901234567890,可乐,1,3.50,0.00,3.50,小王\n",
        "order_lines",
        {"placed": "交易日期", "order_id": "小票编号", "code": "商品条码", "title": "商品名称", "units": "销售数量",
         "unit_price": "零售单价"}, frozenset({"优惠金额", "实收金额"}),
    ),
    Unseen(
        "till.csv",
        "Sale ID,Sold at,Customer name,Product SKU,Product,Qty sold,Unit price (USD),Line total (USD),Paid via\n"
        "S-100,2026-11-01T10:00:00Z,Ann Lee,BK-1,Blue kettle,1,$30.00,$30.00,card\n"
        "S-101,2026-11-02T10:00:00Z,Bob Ray,GM-2,Green mug,4,$7.50,$30.00,cash\n"
        "S-102,2026-11-02T11:00:00Z,Bob Ray,GM-2,Green mug,2,$7.50,$15.00,cash\n",
        "order_lines",
        {"order_id": "Sale ID", "placed": "Sold at", "buyer": "Customer name", "code": "Product SKU",
         "title": "Product", "units": "Qty sold", "unit_price": "Unit price (USD)", "payment": "Paid via"},
    ),
    Unseen(
        "批发单.csv",
        "日期,单据编号,往来单位,存货编码,存货名称,规格型号,数量,含税单价,价税合计\n"
        "2026-11-01,XS-001,张三商行,CH001,螺丝,M5,100,0.12,12.00\n2026-11-02,XS-002,李四商行,CH002,螺母,M5,200,0.10,20.00\n"
        "2026-11-02,XS-003,李四商行,CH002,螺母,M6,50,0.10,5.00\n",
        "order_lines",
        {"placed": "日期", "order_id": "单据编号", "buyer": "往来单位", "code": "存货编码", "title": "存货名称",
         "options": "规格型号", "units": "数量", "unit_price": "含税单价"},
    ),
    Unseen(
        "daily book.csv",
        "Order,Email,Date,Net sales,Discounts,Gross sales,Taxes,Shipping charged\n"
        "#1001,a@example.com,2026-11-01,18.00,2.00,20.00,1.44,4.00\n#1002,b@example.com,2026-11-02,30.00,0.00,30.00,2.40,0.00\n",
        "orders",
        {"order_id": "Order", "buyer": "Email", "placed": "Date", "sold": "Net sales", "listed": "Gross sales",
         "shipping": "Shipping charged"}, frozenset({"Discounts", "Taxes"}),
    ),
    Unseen(
        "下单明细.csv",
        "序号,客户订单号,下单日,产品编码,颜色,下单数,单价RMB,总价RMB\n1,PO-1,11/05/2026,K1,红,10,3.5,35\n"
        "2,PO-1,11/05/2026,K2,蓝,20,3.5,70\n3,PO-2,11/25/2026,K1,红,5,3.5,17.5\n",
        "order_lines",
        {"order_id": "客户订单号", "placed": "下单日", "code": "产品编码", "options": "颜色", "units": "下单数",
         "unit_price": "单价RMB"},
    ),
    Unseen(
        "rma list.csv",
        "Return #,Original order,Item SKU,Qty,Refunded amount,Refund processed on,Reason\n"
        "R-1,1001,A-1,1,12.50,2026-11-09,broken\nR-2,1002,A-2,1,5.00,2026-11-10,late\n",
        "refunds",
        {"refund_id": "Return #", "order_id": "Original order", "code": "Item SKU", "refund_units": "Qty",
         "refund_amount": "Refunded amount", "refund_done": "Refund processed on"},
    ),
    Unseen(
        "采购.csv",
        "产品SKU,产品中文名,采购成本CNY,最近采购日,默认供应商\nA-1,杯子,4.50,2026-10-01,义乌老王\nA-2,壶,14.50,2026-10-11,义乌老李\n",
        "costs",
        {"code": "产品SKU", "title": "产品中文名", "cost": "采购成本CNY", "from_day": "最近采购日",
         "supplier": "默认供应商"},
    ),
    Unseen(
        "wrong values.csv", "Order No,Order date,Total paid\nA1,Monday,yes\nA2,Tuesday,no\n",
        "orders", {"order_id": "Order No"},  # the names are right, the cells are not
    ),
]  # fmt: skip
