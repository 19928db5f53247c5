"""What every metric means: in words, as a formula and as SQL; declared here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from merchant_cli.basics.phrases import Phrase

P = Phrase

MONEY, TRAFFIC, ADS = "orders", "traffic", "ads"  # the kinds of file that a metric needs; coverage says which days


@dataclass(frozen=True)
class Metric:
    """Σ `plus` − Σ `minus`, divided by Σ `over` if it is named: names of what `desks/finance/_sums.py` adds up.

    `kind` as in Column. `adds`: whether days may be added; if not, only a single day is shown.
    `sql`: shop, day, currency and value by day, as `merchant sql` runs it.
    """

    name: str
    title: Phrase
    words: Phrase
    formula: Phrase
    kind: str
    needs: str
    plus: tuple[str, ...]
    sql: str
    minus: tuple[str, ...] = ()
    over: str | None = None
    adds: bool = True


BY_DAY = "SELECT shop, day, currency, {} AS value FROM daily_money ORDER BY shop, day, currency"
BOOKED = """SELECT shop, day, currency, {} AS value FROM money_booked WHERE orders = 1
GROUP BY shop, day, currency ORDER BY shop, day, currency"""
VISITS = """SELECT shop, from_day AS day, NULL AS currency, {} AS value FROM traffic
WHERE item = '' AND from_day = to_day ORDER BY shop, day"""

_ALL = (
    Metric(
        "orders", P("Orders", "订单数"),
        P("Orders that count as a sale, on the day of the sale: paid (Chinese platforms) or placed.",
          "计为成交的订单，按成交日计：国内平台为付款日，其他为下单日。"),
        P("number of orders that count", "计入的订单数"), "count", MONEY, ("orders",), BY_DAY.format("orders"),
    ),
    Metric(
        "units", P("Units", "件数"),
        P("Units of goods in those orders, before refunds.", "上述订单中的商品件数，未扣退款。"),
        P("Σ units", "件数合计"), "count", MONEY, ("units",), BY_DAY.format("units"),
    ),
    Metric(
        "gross", P("Gross sales", "销售总额"),
        P("Goods at the asked price, before the shop's discounts; lines of every kind.",
          "按标价计算的商品金额，未扣店铺优惠；包含所有类型的明细。"),
        P("Σ listed, or sold where nothing is listed", "标价金额合计；没有标价时取成交金额"), "money", MONEY,
        ("gross",), BY_DAY.format("gross_minor"),
    ),
    Metric(
        "discounts", P("Shop's discounts", "店铺优惠"),
        P("What the merchant himself gave off; a platform's own subsidy is not in it.",
          "商家承担的优惠，不含平台补贴。"),
        P("Σ (listed − sold)", "（标价 − 成交）合计"), "money", MONEY, ("discount",), BY_DAY.format("discount_minor"),
    ),
    Metric(
        "refunds", P("Refunds", "退款"),
        P("Refunds that were done, on the day they were done, whatever day the order is of.",
          "已完成的退款，按退款完成日计，与订单日期无关。"),
        P("Σ refunds booked on the day", "当日完成的退款合计"), "money", MONEY, ("refund",),
        BY_DAY.format("refunds_minor"),
    ),
    Metric(
        "net", P("Net sales", "净销售额"),
        P("Gross sales less the shop's discounts and the refunds done that day.",
          "销售总额减去店铺优惠和当日完成的退款。"),
        P("gross − discounts − refunds", "销售总额 − 店铺优惠 − 退款"), "money", MONEY, ("gross",),
        BY_DAY.format("net_minor"), minus=("discount", "refund"),
    ),
    Metric(
        "paid", P("Paid by buyers", "买家实付"),
        P("What buyers paid for the day's orders: after platform discounts, with shipping and tax, before refunds.",
          "买家为当日订单实付的金额：已减平台优惠，含运费和税，未扣退款。"),
        P("Σ paid", "实付合计"), "money", MONEY, ("paid",), BOOKED.format("sum(paid_minor)"),
    ),
    Metric(
        "buyers", P("Buyers", "买家数"),
        P("Different buyers of the shop in the period; an order whose buyer is not known counts as one buyer."
          " Buyers of several days are counted anew, not added.",
          "期间内店铺的不同买家数；买家未知的订单各计一人。多日的买家重新去重，不相加。"),
        P("number of different buyers", "去重买家数"), "count", MONEY, ("buyers",),
        BOOKED.format("count(DISTINCT buyer)"),
    ),
    Metric(
        "per_buyer", P("Paid per buyer", "客单价"),
        P("What a buyer paid on average.", "平均每位买家实付的金额。"),
        P("paid ÷ buyers", "买家实付 ÷ 买家数"), "money", MONEY, ("paid",),
        BOOKED.format("sum(paid_minor) / count(DISTINCT buyer)"), over="buyers",
    ),
    Metric(
        "visitors", P("Visitors", "访客数"),
        P("Visitors of the shop as the platform counts them. Visitors of several days are never added.",
          "平台统计的店铺访客数。多日访客不可相加。"),
        P("the platform's figure of the day", "平台当日数据"), "count", TRAFFIC, ("visitors",),
        VISITS.format("visitors"), adds=False,
    ),
    Metric(
        "conversion", P("Conversion", "支付转化率"),
        P("Share of the day's visitors who bought, both as the platform counts them.",
          "当日访客中成交买家的比例，均为平台统计。"),
        P("the platform's buyers ÷ its visitors", "平台支付买家数 ÷ 访客数"), "rate", TRAFFIC, ("bought",),
        VISITS.format("1.0 * buyers / visitors"), over="visitors", adds=False,
    ),
    Metric(
        "ad_spend", P("Ad spend", "推广花费"),
        P("What advertising cost, from ad reports by day.", "推广花费，来自按日的推广报表。"),
        P("Σ spend", "花费合计"), "money", ADS, ("spend",),
        """SELECT shop, from_day AS day, currency, sum(spend_minor) AS value FROM ads WHERE from_day = to_day
GROUP BY shop, from_day, currency ORDER BY shop, day, currency""",
    ),
)  # fmt: skip

METRICS = {metric.name: metric for metric in _ALL}
