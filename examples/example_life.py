"""What happens to an order after it is placed: discounts, payment, dispatch, refunds, closing."""

from datetime import datetime, time, timedelta
from random import Random

from example_catalogue import SHOPIFY, TAOBAO
from example_orders import Line, Order, spread
from example_plan import (
    AUTOMATIC,
    AUTOMATIC_FROM,
    AUTOMATIC_PERCENT,
    COUPONS,
    LOSS_COUPON,
    SHOPIFY_EXPORT,
    Campaign,
    Fault,
    GiftReturns,
)

FREE_SHIPPING = {TAOBAO: 5900, SHOPIFY: 7500}
POSTAGE = {TAOBAO: 800, SHOPIFY: 595}
# Sales tax in millionths, on goods.
TAX = {"NY": 88750, "NJ": 66250, "MA": 62500, "PA": 60000}


def live(rng: Random, order: Order, first_order: bool) -> None:
    """Fill in the whole life of an order; it is told later what one could see of it when."""
    if order.shop == TAOBAO:
        price_taobao(rng, order, first_order)
        pay_taobao(rng, order)
    else:
        price_shopify(rng, order, first_order)
        pay_shopify(rng, order)
    if order.fate == "sale":
        dispatch(rng, order)
        refund(rng, order)


def take_off(order: Order, amount: int) -> None:
    """An order's discount, shared out over its lines."""
    for line, part in zip(order.lines, spread(amount, [line.sold for line in order.lines]), strict=True):
        line.discount += part


def price_taobao(rng: Random, order: Order, first_order: bool) -> None:
    """Campaign price, then one coupon of the shop, then what the platform gives."""
    sale = Campaign.on(order.created.date())
    for line in order.lines:
        if sale and line.sku.code in Campaign.skus:
            line.discount = line.listed * Campaign.percent_off // 100
    worth, luck = order.sold, rng.random()
    for code, chance in (("T199-25", 0.35), ("T99-10", 0.25), ("T59-5", 0.15 if first_order else 0.0)):
        if worth >= COUPONS[code].threshold and luck < chance:
            order.coupon = code
            take_off(order, COUPONS[code].face)
            break
    order.shipping = 0 if order.sold >= FREE_SHIPPING[TAOBAO] else POSTAGE[TAOBAO]
    if rng.random() < 0.04:
        order.points = rng.randrange(20, 300)
    if sale and order.sold >= COUPONS["TMALL-D11"].threshold and rng.random() < 0.3:
        order.card = COUPONS["TMALL-D11"].face


def pay_taobao(rng: Random, order: Order) -> None:
    """Paid on the day of the order, or closed by the platform a day later."""
    if order.fate == "unpaid":
        order.closed_at = order.created + timedelta(days=1, seconds=rng.randrange(60))
        return
    wait = rng.randrange(15, 600) if rng.random() < 0.9 else rng.randrange(1800, 20000)
    midnight = datetime.combine(order.created.date(), time(23, 59, 50))
    order.paid_at = min(order.created + timedelta(seconds=wait), midnight)
    if order.fate == "cancelled":
        give_back(order, order.line_paid(), order.paid_at + timedelta(minutes=rng.randrange(20, 400)))
        order.closed_at = order.refunded_at


def pick_code(rng: Random, order: Order, first_order: bool) -> str:
    """The discount code of a Shopify order, if any."""
    day, luck = order.created.date(), rng.random()
    in_scope = all(line.sku.code in LOSS_COUPON.scope for line in order.lines)
    if in_scope and LOSS_COUPON.first <= day <= LOSS_COUPON.last and luck < 0.7:
        return LOSS_COUPON.code
    if order.listed > AUTOMATIC_FROM:
        return AUTOMATIC
    if COUPONS["FALL15"].first <= day <= COUPONS["FALL15"].last and luck < 0.2:
        return "FALL15"
    return "WELCOME10" if first_order and luck > 0.86 else ""


def price_shopify(rng: Random, order: Order, first_order: bool) -> None:
    """Percent codes on the order; tax on top where the state asks for it."""
    order.coupon = pick_code(rng, order, first_order)
    if order.coupon:
        percent = AUTOMATIC_PERCENT if order.coupon == AUTOMATIC else COUPONS[order.coupon].face
        take_off(order, (order.listed * percent + 50) // 100)
    order.shipping = 0 if order.sold >= FREE_SHIPPING[SHOPIFY] else POSTAGE[SHOPIFY]
    order.tax = sales_tax(order)


def sales_tax(order: Order) -> int:
    """On goods, in the states that ask for it."""
    return (order.sold * TAX.get(order.buyer.place[2], 0) + 500_000) // 1_000_000


def pay_shopify(rng: Random, order: Order) -> None:
    """Paid at once, unless by bank transfer; a few sales were sent before the money came."""
    late = order.fate in ("pending", "voided") or (order.fate == "sale" and rng.random() < 0.005)
    if not late:
        order.paid_at = order.created
    if order.fate in ("cancelled", "voided"):
        order.closed_at = order.created + timedelta(minutes=rng.randrange(30, 900))
    if order.fate == "cancelled":
        give_back(order, order.line_paid(), order.closed_at)


def dispatch(rng: Random, order: Order) -> None:
    """Sent on a later working hour, received some days after; sometimes in two parcels."""
    start = order.paid_at or order.created + timedelta(days=1)
    minutes = rng.randrange(9 * 60 + 30, 18 * 60 + 30)
    wait = rng.choices((1, 2, 3), (70, 24, 6))[0]
    clock = time(minutes // 60, minutes % 60, wait * 7)
    order.shipped_at = datetime.combine(start.date() + timedelta(wait), clock)
    order.completed_at = order.shipped_at + timedelta(days=rng.randrange(3, 12), seconds=rng.randrange(30000))
    recent = order.created > SHOPIFY_EXPORT - timedelta(days=7)
    if order.shop == SHOPIFY and len(order.lines) > 1 and rng.random() < (0.6 if recent else 0.08):
        order.rest_shipped_at = order.shipped_at + timedelta(days=5)


def give_back(order: Order, parts: list[int], when: datetime | None) -> None:
    for line, part in zip(order.lines, parts, strict=True):
        line.refund = part
    order.refunded_at = when


def is_faulty(order: Order, line: Line) -> bool:
    """Does this line come from the bad lot?"""
    sent = order.shipped_at
    return (
        order.shop == TAOBAO
        and line.sku.code == Fault.sku
        and sent is not None
        and Fault.first <= sent.date() <= Fault.last
    )


def refund(rng: Random, order: Order) -> None:
    """After-sales: one line is given back in whole or in part; a whole order before receipt is closed."""
    bad = [is_faulty(order, line) for line in order.lines]
    gift = order.shop == TAOBAO and GiftReturns.first <= order.created.date() <= GiftReturns.last
    share = Fault.refund_share if any(bad) else GiftReturns.refund_share if gift else 0.03
    if rng.random() >= share or order.paid_at is None:
        return
    index = bad.index(True) if any(bad) else rng.randrange(len(order.lines))
    most = order.line_paid()[index]
    amount = most if any(bad) or rng.random() < 0.55 else max(100, most * rng.randrange(10, 45) // 1000 * 10)
    when = order.shipped_at + timedelta(days=rng.randrange(3, 9), seconds=rng.randrange(30000))
    give_back(order, [amount if n == index else 0 for n in range(len(order.lines))], when)
    if order.shop == TAOBAO and amount == order.paid and when < order.completed_at:
        order.completed_at, order.closed_at = None, when
