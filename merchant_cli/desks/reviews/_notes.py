"""What to know about an answer of this desk: bursts, and reviews that do not say what they should."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.reviews._read import Goods
from merchant_cli.desks.reviews._text import shown
from merchant_cli.desks.reviews._triage import Case, Triage
from merchant_cli.methods.burst import Burst

P = Phrase

NAMED = 3  # bursts that are named; of the others the number

MORE_BURSTS = P("{count} more {count:burst|bursts} of bad reviews.", "另有 {count} 个商品差评突增。")
ODD_STARS = P("{count} {count:review carries|reviews carry} stars outside 1 to 5; they are read as without stars.",
              "{count} 条评价的星级不在 1 到 5 之间，按无星级处理。")  # fmt: skip
NO_ORDER = P("{count} {count:review names an order|reviews name orders} that no file holds, {first} among them: shop"
             " and money are not known.",
             "{count} 条评价的订单不在已导入的文件中（如 `{first}`），店铺和金额未知。")  # fmt: skip
NO_SKU = P("{count} {count:review is|reviews are} of SKUs that nothing else in the store names, {first} among them.",
           "{count} 条评价的 SKU 在库中别处都没有出现过（如 `{first}`）。")  # fmt: skip
UNDATED = P("{count} {count:review is|reviews are} not dated: no due day, and no time waited.",
            "{count} 条评价没有日期：没有截止日，也不计等待时间。")  # fmt: skip
NO_SHOP = P("{count} {count:review names|reviews name} no known order, so the shop is not known; without --shop"
            " {count:it is|they are} listed.",
            "{count} 条评价没有对应的订单，不知属于哪个店铺；不加 --shop 时会列出。")  # fmt: skip
NO_RATE = P("No rate from {currencies} to {base}: what could be refunded there is not measurable."
            " `merchant rates set {first} {base} RATE`",
            "缺少 {currencies} 兑 {base} 的汇率，相关退款金额无法衡量。"
            "`merchant rates set {first} {base} 汇率`")  # fmt: skip
NO_REVIEWS = P(
    "No review since {since} is in the store. `merchant import FILE` takes an export or your own sheet"
    " (`merchant template reviews -o reviews.xlsx`), `merchant reviews paste` what you copied.",
    "{since} 以来没有评价。请用 `merchant import 文件` 导入评价文件或自己的评价表"
    "（`merchant template reviews -o reviews.xlsx`），或用 `merchant reviews paste` 粘贴。",
)
BURST = P(
    "Burst: {count} bad reviews of {title} ({item}) from {first} to {last}; usually {usual} in so many days."
    " Look at the lot before selling on.",
    "差评突增：{title}（`{item}`）在 {first} 至 {last} 有 {count} 条差评，平时同样天数约 {usual} 条。"
    "请先检查该批次再继续销售。",
)
NO_ORDERS = Note("no-orders", P(
    "No day of orders, stock or traffic is known yet. Import an orders export first: `merchant import FILE`",
    "还没有订单、库存或流量数据。请先导入订单文件：`merchant import 文件`"))  # fmt: skip


def notes(found: Triage) -> list[Note]:
    """The bursts first, then what is odd about the reviews, then what is wrong with the rule file."""
    return [*burst_notes(found), *_odd(found), *found.facts.notes]


def burst_notes(found: Triage) -> Iterator[Note]:
    for n, (item, one) in enumerate(found.facts.bursts.items()):
        if n < NAMED:
            yield burst_note(item, one, found.facts.goods)
    if (more := len(found.facts.bursts) - NAMED) > 0:
        yield Note("bursts-more", MORE_BURSTS, {"count": more})


def burst_note(item: str, one: Burst, goods: Goods) -> Note:
    """A burst in one sentence."""
    title = shown(goods.title_of(item), 40) or item
    return Note("burst", BURST, {
        "count": one.events, "title": title, "item": item, "first": one.first, "last": one.last,
        "usual": f"{one.usual:.1f}",
    })  # fmt: skip


def _odd(found: Triage) -> Iterator[Note]:
    known = found.facts
    if found.odd:
        yield Note("stars-odd", ODD_STARS, {"count": found.odd})
    if lost := _those(found, lambda case: case.review.order_id is not None and case.order is None):
        yield Note("order-unknown", NO_ORDER, {"count": len(lost), "first": lost[0].review.order_id})
    if strange := _those(found, lambda case: case.title is None and not _sold(case, found)):
        yield Note("sku-unknown", NO_SKU, {"count": len(strange), "first": strange[0].review.item})
    if undated := _those(found, lambda case: case.review.day is None):
        yield Note("undated", UNDATED, {"count": len(undated)})
    if found.homeless:
        yield Note("shop-unknown", NO_SHOP, {"count": found.homeless})
    left = [case.order for case in found.cases if case.stake is None and case.order]
    if currencies := sorted({o.currency for o in left if o.currency and (o.paid or 0) > o.refunded}):
        yield Note("no-rate", NO_RATE, {
            "currencies": ", ".join(currencies), "first": currencies[0], "base": known.currency or "?",
        })  # fmt: skip
    if found.since is not None:
        yield Note("no-reviews", NO_REVIEWS, {"since": found.since})


def _those(found: Triage, test: Callable[[Case], bool]) -> list[Case]:
    return [case for case in found.cases if test(case)]


def _sold(case: Case, found: Triage) -> bool:
    """Whether what is reviewed was sold lately; a review that names nothing is not asked about."""
    return case.review.item is None or case.review.item in (found.facts.shares or {})
