"""What the mapping dialog asks: amounts whose name does not say which, what is missing, and what holds for all rows."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, available_timezones

from importers.dates import year_first
from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.context import settings, show
from merchant_cli.commands.map_ask import agreed, choose, line, tell, text
from merchant_cli.commands.map_show import examples, label, state_in_words
from merchant_cli.intake.guess import Header
from merchant_cli.intake.plan import TELLS, Plan
from merchant_cli.intake.settled import currency_of, shops_known, states_of, unknown_words, zone_of
from merchant_cli.intake.shapes import CURRENCIES
from merchant_cli.intake.synonyms import Field

P = Phrase

ALL_DONE = {"orders": ("status", "completed"), "refunds": ("refund_state", "done")}
WORDS_ASKED = 12


def settle(plan: Plan, shop: str, currency: str, zone: str) -> None:
    """Asks what is unknown, and nothing else. Raises Left, EOFError."""
    for doubt in list(plan.doubts):
        if doubt in plan.doubts:
            _which_amount(plan, doubt.header, [one for one in doubt.fields if one.name not in plan.fills],
                          doubt.reason(settings().lang))  # fmt: skip
    for choice in plan.open_needs():
        _missing(plan, choice, must=True)
    for choice in plan.open_wishes():
        _missing(plan, choice, must=False)
    _which_order_of_days(plan)
    if plan.untold():
        _all_done(plan)
    settle_place(plan, shop, currency, zone)
    _words(plan)


def _which_amount(plan: Plan, header: Header, fields: list[Field], why: str) -> None:
    if not fields:
        return
    options = [label(one) for one in fields] + [show(P("do not use this column", "不用这一列"))]
    at = choose(P("“{header}” ({cells}): {why}. What is it?", "“{header}”（{cells}）：{why}。它是什么？"), options,
                default=0, header=header.text, cells=examples(header), why=why)  # fmt: skip
    plan.doubts = [doubt for doubt in plan.doubts if doubt.header.at != header.at]
    if at < len(fields):
        plan.put(fields[at], header)


def _missing(plan: Plan, choice: tuple[str, ...], *, must: bool) -> None:
    """Asks which header holds what is missing; of several that would do, which of them first."""
    if not must and not any(_fitting(plan, plan.field_of(name)) for name in choice):
        return
    one = plan.field_of(choice[0])
    if len(choice) > 1:
        names = P(" or ", "或").show(settings().lang).join(label(plan.field_of(name)) for name in choice)
        tell(P("No column says: {names}.", "没有列说明：{names}。"), names=names)
        able = [name for name in choice if _fitting(plan, plan.field_of(name))] or list(choice)
        none = [] if must else [show(P("none of these", "都没有"))]
        at = choose(P("Which of them does the sheet have?", "表里有哪一个？"),
                    [label(plan.field_of(name)) for name in able] + none, default=0 if must else len(able))  # fmt: skip
        if at == len(able):
            return
        one = plan.field_of(able[at])
    pick_header(plan, one, must=must)


def _fitting(plan: Plan, one: Field) -> list[Header]:
    """The unused headers whose cells can be read as the field."""
    typed = one.kind in ("moment", "day", "money", "count", "rate")
    return [h for h in plan.free() if h.shape.filled and h.shape.reads_as(one.kind)
            and (typed or h.shape.days < 0.9)]  # fmt: skip


def pick_header(plan: Plan, one: Field, *, must: bool) -> None:
    """Asks which header fills the field; `=VALUE` is the same for every row. Raises Left, EOFError."""
    now = plan.fills.get(one.name)
    headers = ([now.header] if now else []) + _fitting(plan, one)
    headers += [h for h in plan.headers if h not in headers]
    tell(P("Which column holds: {label}?", "哪一列是：{label}？"), label=label(one))
    for number, header in enumerate(headers, 1):
        tell(P("  {n}  {header}  ({cells})", "  {n}  {header}（{cells}）"), n=f"{number:>2}", header=header.text,
             cells=examples(header, 2))  # fmt: skip
    while True:
        typed = line(show(P("Number, =VALUE for every row, - for none:", "编号，=值 表示每行相同，- 表示没有：")))
        if typed.isdecimal() and 1 <= int(typed) <= len(headers):
            header = headers[int(typed) - 1]
            if not header.shape.reads_as(one.kind):
                tell(
                    P(
                        "Its cells do not read so; rows may wait in quarantine.",
                        "这一列的内容读不出来，相应的行会被隔离。",
                    )
                )
            plan.put(one, header)
            return
        if typed.startswith("=") and (value := _constant(one, typed[1:].strip())) is not None:
            plan.fix(one.name, value)
            return
        if typed == "-" or not (typed or must):
            plan.take_out(one.name)
            return
        tell(P("That cannot be understood.", "无法识别。"))


def _constant(one: Field, value: str) -> str | None:
    """A value for every row, if it can be read; an id of a record cannot be the same in all rows."""
    if not value or one.name in ("order_id", "refund_id", "listing_id", "review_id", "move_id"):
        return None
    if one.kind in ("day", "moment"):
        return value if one.kind == "day" and is_day(value) else None
    if one.name == "units":
        return value if value == "1" else None  # each row is one unit; other numbers would multiply no price
    if one.kind in ("money", "count", "rate"):
        return value if re.fullmatch(r"-?\d+(\.\d+)?", value) else None
    if one.kind == "choice":
        return next((state for state in states_of(one) if value in (state, state_in_words(state))), None)
    return value


def change(plan: Plan, what: str | Header | None) -> None:
    """Changes what fills a field, or what an unused header fills; None: adds a field. Raises Left, EOFError."""
    if isinstance(what, str):
        pick_header(plan, plan.field_of(what), must=False)
        return
    here = {*plan.fills, *plan.constants}
    fields = [one for one in plan.form.fields if one.name not in here]
    if isinstance(what, Header):
        fields = [one for one in fields if what.shape.reads_as(one.kind)]
        options = [show(P("do not use this column", "不用这一列"))] + [label(one) for one in fields]
        at = choose(P("What is “{header}” ({cells})?", "“{header}”（{cells}）是什么？"), options, default=0,
                    header=what.text, cells=examples(what))  # fmt: skip
        if at:
            plan.put(fields[at - 1], what)
        return
    at = choose(P("Which column is to be added?", "要添加哪一列？"), [label(one) for one in fields])
    pick_header(plan, fields[at], must=False)


def _which_order_of_days(plan: Plan) -> None:
    """Asks how days like 03/04/2026 are read, unless another column of the sheet proves it."""
    days = [fill for fill in plan.fills.values() if fill.field.kind in ("day", "moment")]
    proven = {fill.header.shape.order for fill in days} & {"mdy", "dmy"}
    open_ = [fill for fill in days if fill.header.shape.order == "open"]
    if proven:
        plan.days = proven.pop()
    if not open_ or plan.days:
        return
    cell = next(cell.strip() for cell in open_[0].header.cells if cell.strip())
    orders = ("dmy", "mdy")
    at = choose(P("“{cell}” in “{header}” is:", "“{header}”中的“{cell}”是："), [year_first(cell, o) for o in orders],
                cell=cell, header=open_[0].header.text)  # fmt: skip
    plan.days = orders[at]


def _all_done(plan: Plan) -> None:
    """Where nothing says which rows count: all of them?"""
    kind = "orders" if "orders" in plan.form.tables else plan.form.name
    field, state = ALL_DONE[kind]
    if field not in {one.name for one in plan.form.fields} or not TELLS[kind]:
        return
    of_orders = P("No column says which orders were paid. Count all of them as sales?",
                  "没有列说明哪些订单已付款。全部算成交吗？")  # fmt: skip
    of_refunds = P("No column says which refunds were paid. Count all of them?",
                   "没有列说明哪些退款已完成。全部算已退吗？")  # fmt: skip
    question = of_orders if kind == "orders" else of_refunds
    if agreed(question, default=True):
        plan.fix(field, state)


def settle_place(plan: Plan, shop: str, currency: str, zone: str, *, again: bool = False) -> None:
    """Shop, currency and time zone, each asked only where nothing tells it (or `again`). Raises Left, EOFError."""
    if plan.of_a_shop:
        plan.shop = shop or ("" if again else plan.shop) or _shop(plan)
    known = next((one for one in shops_known(settings().store) if one.shop == plan.shop), None)
    wants = any(fill.field.kind == "money" for fill in plan.fills.values())
    found = currency or currency_of(plan, known, settings().store)
    if wants and "currency" not in plan.fills and (again or not found):
        chinese = settings().lang == "zh" or any(re.search("[\u4e00-\u9fff]", one.text) for one in plan.headers)
        usual = found or plan.currency or ("CNY" if chinese else "USD")
        found = text(P("Currency of the amounts", "金额的币种"), _as_currency,
                     P("Three letters, like CNY, USD, EUR.", "三个字母，如 `CNY`、`USD`、`EUR`。"), usual)  # fmt: skip
    plan.currency = found
    plan.zone = zone or zone_of(plan, known)
    timed = any(shape.timed and not shape.offset for shape in plan.shapes("moment"))
    if plan.of_a_shop and timed and (again or not plan.zone):
        plan.zone = text(P("Time zone of the times", "时间所在的时区"), _as_zone,
                         P("Like Asia/Shanghai, Europe/London, America/New_York.",
                           "如 `Asia/Shanghai`、`Europe/London`、`America/New_York`。"), plan.zone)  # fmt: skip


def _as_currency(typed: str) -> str | None:
    return typed.upper() if typed.upper() in CURRENCIES else None


def _as_zone(typed: str) -> str | None:
    return typed if typed in available_timezones() and ZoneInfo(typed) else None


def _shop(plan: Plan) -> str:
    """Which shop the rows belong to."""
    known = [one.shop for one in shops_known(settings().store)]
    own = "own/main"
    options = [*known, *([own] if own not in known else [])]
    shown = [f"{one} ({show(P('a shop of your own', '您自己的店'))})" if one == own else one for one in options]
    at = choose(P("Which shop do these rows belong to?", "这些行属于哪个店铺？"),
                [*shown, show(P("another", "其他"))], default=0)  # fmt: skip
    if at < len(options):
        return options[at]
    wrong = P("Like taobao/main, shopify/main, own/market.", "如 `taobao/main`、`shopify/main`、`own/market`。")
    return text(P("Shop, as PLATFORM/NAME", "店铺，写作 平台/店名"), _as_shop, wrong)


def _as_shop(typed: str) -> str | None:
    from importers import catalogue

    platform, _, name = typed.partition("/")
    platforms = {entry.platform for entry in catalogue.entries()}
    return typed if platform in platforms and re.fullmatch(r"[\w.-]+", name) else None


def _words(plan: Plan) -> None:
    """Asks what words of a status mean that no vocabulary has."""
    for name, words in unknown_words(plan).items():
        states = states_of(plan.field_of(name))
        shown = [state_in_words(state) for state in states]
        for word in words[:WORDS_ASKED]:
            at = choose(P("“{word}” in “{header}” means:", "“{header}”中的“{word}”表示："),
                        [*shown, show(P("leave it unknown", "先不管"))], default=len(states), word=word,
                        header=plan.fills[name].header.text)  # fmt: skip
            if at < len(states):
                plan.words.setdefault(name, {})[word] = states[at]
