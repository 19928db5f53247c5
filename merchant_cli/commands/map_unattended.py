"""`merchant map FILE` where nobody can be asked: takes a sure guess with --yes, else shows it as `--set`."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, Problem
from merchant_cli.basics.safe_text import json_text
from merchant_cli.commands.context import bad_usage, settings
from merchant_cli.commands.map_dialog import Asked, known_already, the_sheet
from merchant_cli.commands.map_write import differs, hint_untold, target_of, told, write
from merchant_cli.intake import mapped
from merchant_cli.intake.guess import Guess, guess_form, guesses, is_clear
from merchant_cli.intake.identify import Known
from merchant_cli.intake.plan import Plan, headers_in, plan_of
from merchant_cli.intake.sampled import Sampled, sampled
from merchant_cli.intake.settled import currency_of, shops_known, zone_of
from merchant_cli.intake.synonyms import Field, synonyms

P = Phrase


def unattended(asked: Asked, *, as_json: bool) -> int:
    """Writes the guessed mapping if --yes was given and it is sure. Raises Problem map-unsure."""
    sheet = the_sheet(sampled(settings().store, asked.file), ask=False)
    if isinstance(sheet.known, Known):
        if as_json:
            print(json_text({"schema": 1, "mapping": None, "importer": sheet.known.entry.id}))
        else:
            known_already(asked.file, sheet.known)
        return DONE
    plan, unsure = _guessed(sheet, asked)
    if unsure or not settings().yes:
        why = _joined(unsure) if unsure else P("every column that is needed is sure; --yes takes them",
                                               "需要的列都已确定；加 --yes 即可采用")  # fmt: skip
        raise Problem("map-unsure", sheet.place, detail=why, command=plan.command(asked.file) if plan else "…")
    assert plan is not None
    target = target_of(asked.output, mapped.name_of(asked.file))
    text = plan.toml(target.stem)
    if asked.output is not None and differs(target, text) and not settings().yes:
        bad_usage(P("“{path}” exists; --yes replaces it.", "“{path}”已存在；加 --yes 可覆盖。"), path=target)
    write(target, text)
    told(asked.file, target, kept=asked.output is None, as_json=as_json)
    if plan.untold() and plan.form.name != "refunds" and not as_json:
        hint_untold()
    return DONE


def _guessed(sheet: Sampled, asked: Asked) -> tuple[Plan, list[Phrase]]:
    """The best plan, and what is not certain of it."""
    headers = headers_in(sheet)
    found = guesses(headers, sheet.file_name)
    unsure: list[Phrase] = []
    form = synonyms().forms.get(asked.table or "")
    if asked.table and form is None:
        bad_usage(P("there is no table “{name}”; there are: {names}", "没有“{name}”这个表；可用：{names}"),
                  name=asked.table, names=", ".join(synonyms().forms))  # fmt: skip
    if form is None and not is_clear(found):
        names = [one.form.label for one in found[:2]]
        unsure.append(_either(names) if names else P("what kind of sheet it is", "是哪种表"))
    guess = guess_form(form, headers) if form else found[0] if found else Guess(synonyms().forms["orders"])
    plan = plan_of(sheet, guess, headers)
    _place(plan, asked)
    for choice in plan.open_needs():
        unsure.append(_said(P("nothing fills {x}", "没有列填入：{x}"), _names([plan.field_of(n) for n in choice])))
    for fill in plan.fills.values():
        needed = any(fill.field.name in choice for choice in plan.form.must + plan.form.wants)
        if needed and fill.state != "sure":
            said = P("“{x}” for {y}", "“{x}”作为{y}")
            unsure.append(_said(said, P(fill.header.text, fill.header.text), fill.field.what.label))
    for doubt in plan.doubts:
        said = P("“{x}”: {y}?", "“{x}”：{y}？")
        unsure.append(_said(said, P(doubt.header.text, doubt.header.text), _names(list(doubt.fields[:3]))))
    if any(shape.order == "open" for shape in plan.shapes("day", "moment")) and not plan.days:
        unsure.append(P("whether the day or the month stands first", "日期中日和月的先后"))
    money = any(fill.field.kind == "money" for fill in plan.fills.values())
    if money and not plan.currency and "currency" not in plan.fills:
        unsure.append(P("the currency (--currency)", "币种（--currency）"))
    return plan, unsure


def _place(plan: Plan, asked: Asked) -> None:
    """Shop, currency, zone and the order of days, as said or as the sheet and the store tell."""
    plan.shop = asked.shop
    known = next((one for one in shops_known(settings().store) if one.shop == plan.shop), None)
    plan.currency = asked.currency or currency_of(plan, known, settings().store)
    plan.zone = asked.zone or zone_of(plan, known)
    proven = {shape.order for shape in plan.shapes("day", "moment")} & {"mdy", "dmy"}
    plan.days = proven.pop() if len(proven) == 1 else ""


def _said(phrase: Phrase, x: Phrase, y: Phrase | None = None) -> Phrase:
    return P(*(phrase.show(lang, x=x.show(lang), y=y.show(lang) if y else "") for lang in ("en", "zh")))


def _names(fields: list[Field]) -> Phrase:
    return P(" or ".join(one.what.label.en for one in fields), "或".join(one.what.label.zh for one in fields))


def _either(names: list[Phrase]) -> Phrase:
    return P(" or ".join(one.en for one in names), "或".join(one.zh for one in names))


def _joined(unsure: list[Phrase]) -> Phrase:
    return P("; ".join(one.en for one in unsure), "；".join(one.zh for one in unsure))
