"""`merchant map FILE` on a terminal: shows what each column would become, asks what it cannot know, keeps the mapping.

What is typed is read line by line. Nothing is written before the person accepts.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DONE, INTERRUPTED, Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.context import bad_usage, settings, show
from merchant_cli.commands.map_ask import Left, agreed, choose, line, tell, text
from merchant_cli.commands.map_settle import change, settle, settle_place
from merchant_cli.commands.map_show import mapping_lines, preview_lines
from merchant_cli.commands.map_write import differs, target_of, told, write
from merchant_cli.intake import mapped
from merchant_cli.intake.guess import Guess, Header, guess_form, guesses, is_clear
from merchant_cli.intake.identify import Known
from merchant_cli.intake.plan import Plan, at_line, headers_in, plan_of, quoted
from merchant_cli.intake.preview import Preview, preview
from merchant_cli.intake.sampled import Sampled, sampled
from merchant_cli.intake.synonyms import synonyms

P = Phrase

MENU = P(
    "Enter accepts; a number changes its row; + adds a column; h header row;\nt kind of sheet; s shop and currency;"
    " q leaves:",
    "回车接受；编号修改该行；+ 添加列；h 表头行；\nt 表的种类；s 店铺和币种；q 退出：",
)


class Asked(NamedTuple):
    """What the command line says already."""

    file: str
    table: str | None
    output: Path | None
    shop: str
    currency: str
    zone: str


def dialog(asked: Asked) -> int:
    """The exit code: 0 when the mapping is written, 130 when the person left."""
    try:
        return _dialog(asked)
    except (Left, EOFError, KeyboardInterrupt) as left:
        if not isinstance(left, Left):
            print()
        tell(P("Nothing was written.", "没有写入任何内容。"))
        return INTERRUPTED


def _dialog(asked: Asked) -> int:
    sheet = the_sheet(sampled(settings().store, asked.file))
    if isinstance(sheet.known, Known):
        known_already(asked.file, sheet.known)
        if not agreed(P("Map it anyway?", "仍要建立对应吗？"), default=False):
            tell(P("Nothing was written.", "没有写入任何内容。"))
            return DONE
    headers = headers_in(sheet)
    _introduce(sheet, headers)
    plan = plan_of(sheet, _the_form(guesses(headers, sheet.file_name), headers, asked.table), headers)
    settle(plan, asked.shop, asked.currency, asked.zone)
    plan, mapping = _agreed_on(plan, asked)
    return _kept(plan, mapping, asked)


def the_sheet(sheets: list[Sampled], *, ask: bool = True) -> Sampled:
    """The sheet to map: the only one, the only unknown one, or the one chosen. Raises Problem of a sheet's own."""
    unknown = [one for one in sheets if one.known is None and one.header_line]
    chosen = unknown[0] if unknown else sheets[0]
    if ask and len(sheets) > 1:
        shown = [_about_sheet(one) for one in sheets]
        at = choose(P("{n} sheets; which one is to be mapped?", "有 {n} 个工作表，对应哪一个？"), shown,
                    default=sheets.index(chosen), n=len(sheets))  # fmt: skip
        chosen = sheets[at]
    if isinstance(chosen.known, Problem):
        raise chosen.known
    if not chosen.header_line or not any(chosen.header):
        raise Problem("no-header", chosen.place)
    return chosen


def _about_sheet(one: Sampled) -> str:
    names = P(", ", "、").show(settings().lang).join(filter(None, one.header[:5]))
    known = f" [{one.known.entry.id}]" if isinstance(one.known, Known) else ""
    return f"{one.sheet or one.name}: {names}{known}"


def known_already(file: str, known: Known) -> None:
    lang = settings().lang
    tell(P("This file is known already: {title} (`{id}`), {why}.", "这个文件已能识别：{title}（`{id}`），{why}。"),
         title=known.entry.title, id=known.entry.id, why=known.why(lang))  # fmt: skip
    tell(P("Take it in: `merchant import {file}`", "导入：`merchant import {file}`"), file=quoted(file))


def _introduce(sheet: Sampled, headers: list[Header]) -> None:
    said = P("{file}: header in row {row}, {columns} {columns:column|columns}, {n}{more} {n:row|rows} looked at",
             "{file}：表头在第 {row} 行，{columns} 列，查看了 {n}{more} 行")  # fmt: skip
    tell(said, file=sheet.name, row=sheet.header_line, columns=len(headers), n=len(sheet.rows),
         more="+" if sheet.more else "")  # fmt: skip


def _the_form(found: list[Guess], headers: list[Header], table: str | None) -> Guess:
    """What kind of sheet it is: as told, as guessed if that is clear, else as chosen."""
    forms = synonyms().forms
    if table is not None:
        form = forms.get(table) or next((one for one in forms.values() if table in one.tables), None)
        if form is None:
            bad_usage(P("there is no table “{name}”; there are: {names}", "没有“{name}”这个表；可用：{names}"),
                      name=table, names=", ".join(forms))  # fmt: skip
        return guess_form(form, headers)
    if is_clear(found):
        tell(P("It looks like: {form}", "看起来是：{form}"), form=found[0].form.label)
        return found[0]
    return another_form(found, headers)


def another_form(found: list[Guess], headers: list[Header]) -> Guess:
    """The kind of sheet that the person chooses; the likeliest first, then all."""
    lang = settings().lang
    first = [one.form for one in found[:4]]
    rest = [form for form in synonyms().forms.values() if form not in first]
    if first:
        shown = [form.label.show(lang) for form in first] + [show(P("something else", "其他"))]
        at = choose(P("What does a row of this sheet tell?", "这张表的每一行是什么？"), shown, default=0)
        if at < len(first):
            return found[at]
    at = choose(P("What does a row of this sheet tell?", "这张表的每一行是什么？"),
                [form.label.show(lang) for form in rest])  # fmt: skip
    return guess_form(rest[at], headers)


def _agreed_on(plan: Plan, asked: Asked) -> tuple[Plan, str]:
    """Shows, changes and shows again until the person accepts; the plan and its mapping."""
    while True:
        lines, numbers = mapping_lines(plan)
        print("\n" + "\n".join(lines))
        _tell_settings(plan)
        mapping = _previewed(plan)
        typed = line(show(MENU))
        if not typed and mapping is not None:
            return plan, mapping
        plan = _changed(plan, typed.casefold(), numbers, asked)


def _changed(plan: Plan, typed: str, numbers: list[str | Header], asked: Asked) -> Plan:
    """The plan after what was typed."""
    if typed.isdecimal() and 1 <= int(typed) <= len(numbers):
        change(plan, numbers[int(typed) - 1])
    elif typed == "+":
        change(plan, None)
    elif typed == "s":
        settle_place(plan, "", "", "", again=True)
    elif typed in ("t", "h"):
        sheet, headers = plan.sampled, plan.headers
        if typed == "h":
            sheet = _other_header(sheet)
            headers = headers_in(sheet)
        found = guesses(headers, sheet.file_name)
        guess = another_form(found, headers) if typed == "t" else guess_form(plan.form, headers)
        plan = plan_of(sheet, guess, headers)
        settle(plan, asked.shop, asked.currency, asked.zone)
    elif typed:
        tell(P("“{typed}” is none of these.", "没有“{typed}”这一项。"), typed=typed)
    return plan


def _other_header(sheet: Sampled) -> Sampled:
    """The sheet with its header in the row that the person names."""
    rows = {number: cells for number, cells in sheet.first[:40] if sum(map(bool, map(str.strip, cells))) > 1}

    def check(typed: str) -> str | None:
        return typed if typed.isdecimal() and int(typed) in rows else None

    for number, cells in list(rows.items())[:8]:
        print(f"  {number:>3}  {safe_text(' | '.join(cell.strip() for cell in cells[:8]), limit=70)}")
    typed = text(P("Row of the header", "表头在第几行"), check, P("There are no names in that row.", "该行没有列名。"))
    return at_line(sheet, int(typed))


def _tell_settings(plan: Plan) -> None:
    none = P("not said", "未指定")
    if plan.of_a_shop:
        tell(P("Shop {shop}, currency {currency}, time zone {zone}", "店铺 {shop}，币种 {currency}，时区 {zone}"),
             shop=plan.shop or none, currency=plan.currency or none, zone=plan.zone or none)  # fmt: skip
    elif plan.currency:
        tell(P("Currency {currency}", "币种 {currency}"), currency=plan.currency)


def _previewed(plan: Plan) -> str | None:
    """Prints the first rows as they would be stored; the mapping, or None where it cannot be made yet."""
    if plan.open_needs():
        lang = settings().lang
        either = [P(" or ", "或").show(lang).join(plan.field_of(n).what.label.show(lang) for n in choice)
                  for choice in plan.open_needs()]  # fmt: skip
        tell(P("Still missing: {names}", "还缺少：{names}"), names=P("; ", "；").show(lang).join(either))
        return None
    try:
        mapping = plan.toml("preview")
        found = preview(plan.sampled, mapping, settings().store, plan.shop if plan.of_a_shop else "")
    except mapped.BadSet as bad:
        tell(P("{why}", "{why}"), why=bad.why)
        return None
    except Problem as problem:
        said = problem.show(settings().lang)
        tell(P("{what} {why}", "{what}{why}"), what=said["what"], why=said["why"])
        return None
    print()
    tell(P("The first rows as they would be stored:", "前几行会这样存："))
    print("\n".join(preview_lines(plan, found)))
    _tell_counts(found)
    return mapping


def _tell_counts(found: Preview) -> None:
    if found.faults:
        tell(P("Of {read} rows looked at, {n} would wait in quarantine.", "查看的 {read} 行中，{n} 行会被隔离。"),
             read=found.read, n=len(found.faults))  # fmt: skip
    if found.unknown:
        tell(P("Words of a status that mean nothing yet: {words}", "还没有含义的状态：{words}"),
             words=", ".join(list(found.unknown)[:8]))  # fmt: skip


def _kept(plan: Plan, mapping: str, asked: Asked) -> int:
    """Writes the mapping; asks before another one is replaced. Raises Left, EOFError."""
    target = target_of(asked.output, mapped.name_of(asked.file))
    mapping = plan.toml(target.stem)
    while differs(target, mapping) and not settings().yes:
        if agreed(P("“{path}” exists. Replace it?", "“{path}”已存在。要替换吗？"), default=False, path=target):
            break
        name = text(P("Another name for the mapping", "对应文件的新名称"), _as_name,
                    P("Letters, digits, blanks and hyphens.", "可用文字、数字、空格和连字符。"))  # fmt: skip
        target = target.with_name(f"{name}.toml")
        mapping = plan.toml(target.stem)
    write(target, mapping)
    told(asked.file, target, kept=asked.output is None, as_json=False)
    return DONE


def _as_name(typed: str) -> str | None:
    name = typed.removesuffix(".toml").strip()
    return name if name and all(c.isalnum() or c in " -_" for c in name) else None
