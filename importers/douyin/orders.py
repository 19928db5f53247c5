"""Douyin's order export (抖店): a row for each sub-order, or a row for each order with its sub-orders joined by `;`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from importers.base import (
    Cell,
    Draft,
    Facts,
    Fault,
    Importer,
    Into,
    choice,
    constant,
    count,
    id_,
    moment,
    money,
    norm,
    present,
    promised,
    text,
)
from importers.douyin._joined import JOINER, Splitter, as_raw
from importers.douyin._words import AFTER_SALE, CASH_ON_DELIVERY, STATUS
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]
PROGRESS = list(dict.fromkeys(STATUS.values()))
AMOUNTS = ("_due", "_shipping", "_platform", "_creator", "_shop")
SOLD = ("paid", "part_shipped", "shipped", "completed")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """An order's amounts are the sums of its sub-orders': sold = 应付 + 平台承担 + 达人承担, less 运费 where price and
    quantity show that it is inside 应付. Its status is that of the sub-orders that are not closed; one that was
    closed beside them was paid back in full. What any other refund came to the file does not say.
    """
    splitter = Splitter(LINE, facts)
    tells_payment = norm("支付完成时间") in facts.columns
    for draft in drafts:
        order = draft.values
        if "_line_key" in order and (fault := splitter.split(draft)) is not None:
            yield fault
            continue
        _tidy(draft)
        _status(order, draft.lines)
        _money(order, draft.lines)
        due = order.pop("_due", None)
        order["paid"] = due if _was_paid(order) else 0 if tells_payment else None
        _refunded(order, draft.lines)
        yield draft


def _tidy(draft: Draft) -> None:
    """A row that stands twice counts once, and a lone hyphen is nothing."""
    if len(draft.lines) > 1:
        kept = [n for n, line in enumerate(draft.lines) if line not in draft.lines[:n]]
        draft.lines, draft.at = [draft.lines[n] for n in kept], [draft.at[n] for n in kept]
    for row, name in ((draft.values, "payment"), (draft.values, "channel"), *((ln, "options") for ln in draft.lines)):
        if row.get(name) == "-":
            row[name] = None


def _status(order: Row, lines: Sequence[Row]) -> None:
    """The order's status and times from those of its sub-orders."""
    live = [line for line in lines if line.get("_status") != "cancelled"]
    said = {status for line in live if (status := line.get("_status")) in PROGRESS}
    if not live:
        order["status"] = "cancelled"
    elif said:
        least = min(said, key=PROGRESS.index)
        order["status"] = "part_shipped" if least == "paid" and len(said) > 1 else least
    else:
        order["status"] = live[0].get("_status")
    order["status_raw"] = "/".join(dict.fromkeys(line["_raw"] for line in lines if line.get("_raw"))) or None
    order["cod"] = 1 if order.get("payment") == CASH_ON_DELIVERY else None
    order["tracked"] = max((line["_tracked"] for line in live or lines if "_tracked" in line), default=None)
    _latest(order, "shipped", live or lines, every=bool(live))
    _latest(order, "done", live, every=True)
    promised(order, [line for line in live if not line.get("_shipped_day")] or live)


def _latest(order: Row, name: str, lines: Sequence[Row], *, every: bool) -> None:
    """The latest of the lines' times; none if not `every` line has one and every line must."""
    stated = [line for line in lines if line.get(f"_{name}_day")]
    if stated and (len(stated) == len(lines) or not every):
        last = max(stated, key=lambda line: (line[f"_{name}_day"], line[f"_{name}_at"] or 0))
        order[f"{name}_at"], order[f"{name}_day"] = last[f"_{name}_at"], last[f"_{name}_day"]


def _money(order: Row, lines: Sequence[Row]) -> None:
    """The amounts of the lines, and their sums; where one stands once for the order, only those of the order."""
    once = any(name in order for name in AMOUNTS)
    for line in lines:
        line["refund_state"] = line.get("refund_state") or None
        if once:
            line["listed"] = _product(line.get("_price"), line.get("units"))
        else:
            line["paid"], line["own_sold"] = line.get("_due"), _sold(line, [line])
            if line["own_sold"] is not None and line.get("_shop") is not None:
                line["listed"] = line["own_sold"] + line["_shop"]
    total = {name: order.get(name, _sum(line.get(name) for line in lines)) for name in AMOUNTS}
    if any(line.get("_due") is None for line in lines) and "_due" not in order:
        total["_due"] = None
    sold = [line.get("own_sold") for line in lines]
    order["sold"] = _sold(total, lines) if once else None if None in sold else _sum(sold)
    order["shop_discount"], order["shipping"], order["_due"] = total["_shop"], total["_shipping"], total["_due"]
    order["platform_discount"] = _sum((total["_platform"], total["_creator"]))


def _sold(said: Row, lines: Sequence[Row]) -> int | None:
    """What the merchant charges for the goods of `lines`. 运费 is inside 应付 if taking it off gives what they list."""
    if said.get("_due") is None:
        return None
    charged: int = said["_due"] + (said.get("_platform") or 0) + (said.get("_creator") or 0)
    shipping = said.get("_shipping")
    if not shipping:
        return charged
    listed, goods = charged + (said.get("_shop") or 0), _goods(lines)
    return charged - shipping if listed not in goods and listed - shipping in goods else charged


def _goods(lines: Sequence[Row]) -> set[int]:
    """What price × quantity may come to. Provisional: 商品金额 may be that of one or of all."""
    prices = [_product(line.get("_price"), line.get("units")) for line in lines]
    amounts = [_product(line.get("_amount"), line.get("units")) for line in lines]
    candidates: tuple[list[int | None], ...] = (prices, amounts, [line.get("_amount") for line in lines])
    return {_sum(stated) or 0 for stated in candidates if None not in stated}


def _product(price: int | None, units: int | None) -> int | None:
    return None if price is None or units is None else price * units


def _sum(parts: Iterable[int | None]) -> int | None:
    """The stated parts together; None if none is stated."""
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


def _was_paid(order: Row) -> bool:
    """By its time of payment, else by how far it went; cash on delivery only at the end.

    Provisional where the file has no such time: the fields of that export are one shop's own choice.
    """
    if order.get("paid_day"):
        return True
    if order["cod"]:
        return bool(order["status"] == "completed")
    return order["status"] in SOLD or bool(order["status"] == "cancelled" and order.get("shipped_day"))


def _refunded(order: Row, lines: Sequence[Row]) -> None:
    """What came back: all that was paid of a closed order, and of a sub-order that was closed beside others."""
    if order["status"] == "cancelled":
        order["refunded"] = order["paid"]
        return
    closed = [line for line in lines if line.get("_status") == "cancelled"]
    unknown = any(line["refund_state"] == "done" for line in lines if line not in closed)
    for line in closed:
        line["refund_state"], line["refunded"] = "done", line.get("paid")
        unknown = unknown or line["refunded"] is None
    order["refunded"] = None if unknown else sum(line["refunded"] for line in closed)


LINE: dict[str, Cell] = {
    "line_key": id_("子订单编号", required=True),
    "code": id_("商家编码"),
    "listing_id": id_("商品ID"),
    "title": text("选购商品"),
    "options": text("商品规格"),
    "line_kind": constant("goods"),
    "units": count("商品数量", least=0),
    "refund_state": choice("售后状态", AFTER_SALE),
    "_status": choice("订单状态", STATUS),
    "_raw": text("订单状态"),
    "_ship_by": moment("承诺发货时间", ahead=True),
    "_shipped": moment("发货时间"),
    "_done": moment("订单完成时间"),
    "_tracked": present("快递信息"),
    "_price": money("商品单价", least=0),
    "_amount": money("商品金额", least=0),
    "_due": money("订单应付金额", least=0),
    "_shipping": money("运费", least=0),
    "_platform": money("平台实际承担优惠金额", least=0),
    "_creator": money("达人实际承担优惠金额", least=0),
    "_shop": money("商家实际承担优惠金额", least=0),
}
ORDER: dict[str, Cell] = {
    "order_id": id_("主订单编号", required=True),
    "payment": text("支付方式"),
    "channel": text("流量来源"),
    "placed": moment("订单提交时间"),
    "paid_at": moment("支付完成时间"),
    "refunded": constant(None),
}

orders = Importer(
    platform="douyin",
    name="orders",
    title=Phrase("Douyin orders", "抖音订单"),
    menu=Phrase(
        "Doudian back office › orders `订单` › order management `订单管理` › export",
        "抖店后台 › 订单 › 订单管理 › 导出查询订单",
    ),
    known_by=frozenset({"主订单编号", "子订单编号", "订单应付金额", "平台实际承担优惠金额", "达人实际承担优惠金额"}),
    kind="orders",
    reshape=reshape,
    into=(
        Into({"orders": ORDER | as_raw(LINE)}, when=("子订单编号", JOINER)),
        Into({"orders": ORDER, "order_lines": LINE}),
    ),
)
