"""One row of every question, worked out by hand from the rows of the example's files, against the golden answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from merchant_cli.desks import find
from tests.answers.asked import golden
from tests.answers.test_planted import IN_MONTH, key

BY_HAND: dict[str, tuple[str, dict[str, Any]]] = {
    # 活动.csv: 12-08 to 12-12, 5,000.00 and 40 orders; it shares 12-12 and BZ-2001-NA with 年终清仓. From the as-of day
    # 2026-11-15 to 12-08 are 15 + 8 = 23 days.
    "campaigns/calendar": ("campaign:双12暖冬专场", {
        "state": "planned", "days_left": 23, "skus": 2, "goal_sales": 5000.0, "goal_orders": 40, "collides": "年终清仓",
    }),
    # 活动.csv: ended 2026-11-11; three days are given.
    "campaigns/due": ("campaign:双11年度大促", {"due": "2026-11-14", "to_day": "2026-11-11"}),
    # ExportOrderDetailList202611150806.csv, paid 11-01 to 11-11, listed and 买家应付货款 of the seven SKUs:
    #   BZ-2002-NA 20 units 1,160.00 → 999.14 · BZ-2002-BL 15, 870.00 → 753.86 · BZ-2002-GN 7, 406.00 → 355.54 ·
    #   CJ-1006-CL 17, 663.00 → 583.44 · JJ-3003-RD 20, 840.00 → 731.05 · JJ-3001-S 24, 2,832.00 → 2,447.24 ·
    #   CJ-1004-RD 27, 1,593.00 → 1,391.11; together 130 units of 95 orders, 8,364.00 → 7,261.38; 1,102.62 taken off.
    # One refund (CJ-1006-CL, 14.30): net 7,247.08, of it JJ-3003-RD and CJ-1004-RD 2,122.16 without a cost = 29.28 %.
    # Costs: 42 × 22.00 + 17 × 13.00 + 24 × 51.00 = 2,369.00. Fees 0.6 % of 7,247.08 = 43.48, of the known part 30.75.
    # 7,247.08 − 2,122.16 − 2,369.00 − 30.75 = 2,725.17; 推广花费.csv has 430.47 of that name: 2,294.70 are left.
    # 7,261.38 of 8,000.00 = 90.77 %; 7,261.38 ÷ 95 buyers = 76.44.
    "campaigns/retro": ("campaign:双11年度大促", {
        "sales": 7261.38, "goal_share": 0.9077, "orders": 95, "units": 130, "per_buyer": 76.44, "refunds": 14.3,
        "discount": 1102.62, "unknown_share": 0.2928, "contribution": 2725.17, "ad_spend": 430.47, "after_ads": 2294.7,
    }),
    # JJ-3001-S in 20 orders: 24 × 118.00 = 2,832.00, less 12 % and coupons 2,447.24. Cost 24 × 51.00 (since 2026-10-01)
    # = 1,224.00. Fees of 0.6 % by day: 0.57 + 1.87 + 1.87 + 0.62 + 3.05 + 0.62 + 2.34 + 2.49 + 1.25 = 14.68.
    # 2,447.24 − 1,224.00 − 14.68 = 1,208.56; 2,447.24 of 7,247.08 = 33.77 %.
    "campaigns/skus": ("campaign:双11年度大促/JJ-3001-S", {
        "orders": 20, "net_sales": 2447.24, "sales_share": 0.3377, "discount": 384.76, "contribution": 1208.56,
    }),
    # orders_export_20261115.csv: 17 orders with COZY40 took off 6 × 17.60 + 9 × 23.60 + 2 × 47.20 = 412.40 dollars.
    "coupons/book": ("coupon:shopify/main/COZY40", {"state": "ended", "uses": 17, "cost": 412.4, "budget": 800.0}),
    # 优惠券.csv: TEATIME5 ends 11-20, five days after 11-15; #2999, #3033 and #3066 took 5.00 off each.
    "coupons/ending": ("coupon:shopify/main/TEATIME5", {"days_left": 5, "uses": 3, "cost": 15.0, "due": "2026-11-20"}),
    # FALL15 ended 10-10; #2996 of 10-23 took off 14.25 and #3016 of 10-26 8.40: 22.65 × 7.1 = 160.815 → 160.82.
    "coupons/expired-used": ("coupon:shopify/main/FALL15", {
        "before": 0, "after": 2, "last_used": "2026-10-26", "at_stake": 160.82,
    }),
    # The 17 orders: Subtotal 6 × 26.40 + 9 × 35.40 + 2 × 70.80 = 618.60 dollars = 4,392.06 yuan. 13 throws cost 260.00,
    # 6 towel sets 190.00: 3,380.00 + 1,140.00 = 4,520.00. Fees by day of 2.9 % + 0.30 an order, in dollars (10-06 on):
    # 1.33 + 1.07 + 1.33 + 2.39 + 1.33 + 2.39 + 1.33 + 1.33 + 2.13 + 2.35 + 1.33 + 2.35 + 1.33 + 1.07 = 23.06 = 163.73.
    # 4,392.06 − 4,520.00 − 163.73 = −291.67.
    "coupons/losing": ("coupon:shopify/main/COZY40", {
        "orders": 17, "net_sales": 4392.06, "contribution": -291.67, "at_stake": 291.67, "unknown_share": 0.0,
    }),
    # 66 orders with WELCOME10 that count (neither voided nor given back before dispatch) took off, July to November,
    # 9.20 + 94.70 + 83.90 + 71.50 + 40.90 = 300.20; over 250.00 by 50.20 × 7.1 = 356.42.
    "coupons/over-budget": ("coupon:shopify/main/WELCOME10", {"cost": 300.2, "budget": 250.0, "at_stake": 356.42}),
    # As in losing; 412.40 × 7.1 = 2,928.04 taken off. 17 of the 191 orders of Shopify from 10-05 to 11-06 = 8.90 %.
    "coupons/uses": ("coupon:shopify/main/COZY40", {
        "orders": 17, "use_rate": 0.089, "discount": 2928.04, "sold": 4392.06, "cost": 4520.0, "fees": 163.73,
        "contribution": -291.67,
    }),
    # 店铺取数_20261115.csv has neither 2026-09-08 nor 2026-09-09.
    "files/missing": ("gap:taobao/main/traffic/2026-09-08", {
        "first": "2026-09-08", "last": "2026-09-09", "days": 2, "usual_days": None, "due": None,
    }),
    # Ten orders of Taobao paid on 11-14 and not closed: 354 + 98 + 57 + 158 + 27 + 179 + 93 + 47 + 37 + 392 = 1,442.00.
    "finance/vitals": ("taobao/main:paid", {"day": 1442.0, "last_day": "2026-11-14"}),
    # Both places count 30. Sold from 09-16 to 11-14: Taobao 09-16, 10-29, 11-01, 11-08, Shopify #3014: 5 in 60 days.
    # A year needs 5 × 365 ÷ 60 = 30.4 → 31; 60 − 31 = 29 too many × 19.00 = 551.00. 60 × 60 ÷ 5 = 720 days.
    "inventory/dead": ("sku:JJ-3007-BK", {
        "available": 60, "net_units": 5, "cover_days": 720, "excess": 29, "at_stake": 551.0, "tied_up": 1140.0,
    }),
    # products_export_20261115.csv offers 12, 库存盘点.csv has 9, no order waits: 3 × 139.00 dollars × 7.1 = 2,960.70.
    "inventory/oversold": ("sku:CJ-1010-BK", {"listed": 12, "free": 9, "over": 3, "at_stake": 2960.7}),
    # 10-18 to 11-14 are 28 days: 20 units in 15 lines for 2,456.16, 40.90 of it given back: 2,415.26 ÷ 20 = 120.763.
    # 120.763 − 52.00 = 68.763 a unit. 5 ÷ (20 ÷ 28) = 7 days. In 18 + 14 days 20 ÷ 28 × 32 = 22.857 are asked for,
    # 17.857 more than there are: × 68.763 = 1,227.91. The supplier's minimum is 60.
    "inventory/reorder": ("sku:CJ-1001-WH", {
        "available": 5, "cover_days": 7.0, "demand_per_day": 0.71, "unit_margin": 68.76, "at_stake": 1227.91,
        "quantity": 60,
    }),
    # The last one went on 11-11. In the 28 days up to then Taobao sold 1 + 1 + 1 + 2 + 1 + 1 = 7 for 355.54, Shopify
    # (#2953) 2 for 54.00 dollars = 383.40: 9 ÷ 28 = 0.32 a day. 738.94 − 9 × 22.00 = 540.94 ÷ 28 = 19.32 a day;
    # in 12 + 7 days 540.94 × 19 ÷ 28 = 367.07.
    "inventory/sold-out": ("sku:BZ-2002-GN", {
        "since": "2026-11-11", "days_out": 4, "demand_per_day": 0.32, "lost_per_day": 19.32, "at_stake": 367.07,
    }),
    # 库存盘点_其他地点.csv: 10-31, 15 days before 11-15. Sold since: CJ-1008-WH 3 on Taobao, 2 on Shopify;
    # BZ-2003-GY 1 + 1 + 2 + 1 on Taobao, 3 + 2 + 1 on Shopify: 5 + 11 = 16.
    "inventory/stale": ("stock:样品间", {"age_days": 15, "skus": 2, "units_since": 16}),
    # Price 37.50; fee 2.9 % = 1.0875 → 1.09 + 0.30 = 1.39; cost 260.00 yuan ÷ 7.1 = 36.62; left −0.51. Four orders from
    # 10-18 on hold 1 + 2 + 1 + 2 = 6: 6 × 0.51 × 7.1 = 21.726. At 38.02: fee 1.40, 38.02 − 1.40 − 36.62 = 0.
    "listings/below-floor": ("listing:shopify/main/wool-blend-throw/Caramel", {
        "price": 37.5, "fee": 1.39, "cost": 36.62, "left": -0.51, "units": 6, "at_stake": 21.73, "lowest": 38.02,
    }),
    # 72 lines from 08-18 to 11-15: 86 units for 14,180.47. One of 168.00 came back whole (the buyer had paid 158.00 of
    # it, Taobao 10.00): 85 units, 14,012.47.
    "listings/costs": ("sku:BZ-2001-NA", {"units": 85, "sold": 14012.47, "at_stake": None}),
    # 27 Chinese characters count 2 each, 45x45cm counts 7: 54 + 7 = 61.
    "listings/limits": ("code:taobao/main/BZ-2006-NA", {"length": 61, "most": 60}),
    # products_export_20261010.csv: 19.00. products_export_20261115.csv: 17.00, struck 24.00. 19.00 is the lowest of the
    # thirty days before, so 24.00 is too high.
    "listings/prices": ("shopify/main/incense-holder/Celadon", {
        "price": 17.0, "compare_at": 24.0, "prior": 19.0, "highest": 19.0, "known_days": 30, "claim": "too-high",
    }),
    # 32.00 dollars × 7.1 = 227.20; Taobao sold it for 76.00 on 11-13: 227.20 ÷ 76.00 − 1 = 1.9895.
    "listings/side-by-side": ("CJ-1008-WH/shopify/main/ceramic-tea-caddy/Moon White", {
        "price": 32.0, "unit_price": 227.2, "apart": 1.9895,
    }),
    # Ten lines of Taobao from 08-18 on: 1 + 1 + 1 + 1 + 3 + 1 + 1 + 2 + 2 + 1 = 14 units.
    "listings/unmapped": ("code:taobao/main/JJ-3002GN", {"sold": 14, "suggestion": "JJ-3002-GN", "score": 100}),
    # 顶级 → 精选 by the rule file.
    "listings/words": ("code:taobao/main/CJ-1010-BK", {"words": "顶级", "rewritten": "精选手工铸铁壶烧水壶老铁壶"}),
    # Paid 11-12 22:16:21 (Shanghai), 48 hours end 11-14 22:16:21; the newest file is of 11-15 08:06:59: 9:50 later.
    # The tea scoop of 19.00 and 8.00 postage: 27.00.
    "orders/overdue": ("order:taobao/main/4522647675182746583", {"hours_late": 9, "at_stake": 27.0}),
    # Paid 11-13 20:11:42, 48 hours end 11-15 20:11:42; from 08:06:59 on 12 hours.
    "orders/ship-due": ("order:taobao/main/4522655364572746768", {"hours_left": 12, "paid": 118.0, "at_stake": None}),
    # Sent 11-04 17:24:07, still on its way 11-15 08:06:59: ten days and 14 hours. 35.00 + 8.00 postage.
    "orders/stuck": ("order:taobao/main/4522571560434741292", {"age_days": 10, "paid": 43.0, "at_stake": 43.0}),
    # Placed 11-14 09:56:40, closed after 24 hours; from 08:06:59 on one. 158.00 − 66.00 = 92.00.
    "orders/unpaid": ("order:taobao/main/4522660186254746953", {"hours_left": 1, "sold": 158.0, "at_stake": 92.0}),
    # 评价.csv: two stars on 11-02, two days are given: 11-04, 11 days before 11-15.
    "reviews/due": ("review:taobao/main/PJ00161", {"due": "2026-11-04", "late_days": 11}),
    # Two stars: 6 − 2 = 4. 烫到 is a word of safety: × 4. Net sales of the SKU from 10-18 to 11-14: 6,233.84 − 291.00
    # − 316.00 = 5,626.84; of all goods 56,628.32 − 1,289.80 on Taobao and (8,435.19 − 26.30) × 7.1 on Shopify =
    # 115,041.64: 4.89 %. 10-25 is 21 days ago: 1 + 21 ÷ 14 = 2.5. 4 × 4 × 1.0489 × 2.5 = 41.96. The 158.00 were paid
    # back, so nothing is at stake.
    "reviews/inbox": ("review:taobao/main/PJ00148", {
        "harm": 41.96, "share": 0.0489, "due": "2026-10-26", "at_stake": None, "severity": "safety",
    }),
}  # fmt: skip


def test_every_question_is_worked_out() -> None:
    assert sorted({*BY_HAND, *IN_MONTH}) == sorted(find.questions())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", sorted(BY_HAND))
def test_a_row_by_hand(address: str, lang: str) -> None:
    name, values = BY_HAND[address]
    rows = json.loads(golden(address).read_text(encoding="utf-8"))[lang]["rows"]
    (row,) = [row for row in rows if key(address, row) == name]
    assert {column: row[column] for column in values} == values
