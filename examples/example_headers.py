"""The header rows of the example's files, column for column as the platforms write them."""


def columns(text: str) -> list[str]:
    """A header row, given over several lines."""
    return text.replace("\n", "").split(",")


TAOBAO_ORDERS = columns("""
订单编号,买家会员名,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,
返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,
联系手机,虚拟号过期时间,订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,
宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,
特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,
异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,
新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,
含应开票给个人的个人红包,是否信用购,体验期结束时间,前N有礼,配送类型,直播返现状态,返现金额,
延迟发货自动赔付金额,新零售成交门店昵称,新零售成交门店id,新零售成交经销商id,预售订单,发货时间,
商家备忘,主订单编号""")
TAOBAO_LINES = columns("""
子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,
支付单号,买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间""")
SHOPIFY_ORDERS = columns("""
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,
Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,
Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,
Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,
Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,
Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,
Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,
Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,
Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,
Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,
Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,
Payment ID,Payment Terms Name,Next Payment Due At,Payment References""")
SHOPIFY_PRODUCTS = columns("""
Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,
Option1 Linked To,Option2 Name,Option2 Value,Option2 Linked To,Option3 Name,Option3 Value,
Option3 Linked To,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,
Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,
Variant Requires Shipping,Variant Taxable,Unit Price Total Measure,Unit Price Total Measure Unit,
Unit Price Base Measure,Unit Price Base Measure Unit,Variant Barcode,Image Src,Image Position,
Image Alt Text,Gift Card,SEO Title,SEO Description,Google Shopping / Google Product Category,
Google Shopping / Gender,Google Shopping / Age Group,Google Shopping / MPN,
Google Shopping / Condition,Google Shopping / Custom Product,Google Shopping / Custom Label 0,
Google Shopping / Custom Label 1,Google Shopping / Custom Label 2,Google Shopping / Custom Label 3,
Google Shopping / Custom Label 4,Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,
Status""")
SHOPIFY_INVENTORY = columns("""
Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,
HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),
Committed (not editable),Available (not editable),On hand (current),On hand (new)""")
SHOPIFY_DISCOUNTS = columns("""
Name,Value,Value Type,Type,Discount Class,Minimum Purchase Requirements,Combines with Order Discounts,
Combines with Product Discounts,Combines with Shipping Discounts,Customer Selection,Context,
Times Used In Total,Applies Once Per Customer,Usage Limit Per Code,Status,Start,End""")
JUDGEME_REVIEWS = columns("""
title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,
reply,reply_date,picture_urls,ip_address,location,metaobject_handle""")
TAOBAO_DAYS = columns("""
统计日期,店铺名称,访客数,浏览量,加购人数,支付金额,支付买家数,支付子订单数,支付件数,成功退款金额""")
OWN_COSTS = columns("""
商家编码,标题,成本,币种,生效日期,供应商,交货天数,补货间隔天数,每箱件数,起订量""")
OWN_RATES = ["从", "到", "生效日期", "汇率"]
OWN_STOCK = columns("""
商家编码,标题,仓库,实盘数量,盘点日期""")
OWN_COUPONS = columns("""
优惠券编号,优惠券名称,店铺,承担方,优惠方式,面额,门槛,适用范围,预算,币种,开始日期,结束日期""")
OWN_CAMPAIGNS = columns("""
活动名称,开始日期,结束日期,店铺,活动商品,目标销售额,目标订单数,预算,币种""")
OWN_REVIEWS = columns("""
评价编号,店铺,订单编号,商家编码,评价日期,评分,评价内容,追评内容,商家回复""")
OWN_ADS = columns("""
开始日期,结束日期,店铺,推广账户,推广计划,商家编码,花费,币种,展现量,点击量""")
