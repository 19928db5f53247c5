"""Guesses what a sheet of the merchant's own is, and which header fills which column.

By the names of synonyms.toml (rapidfuzz for those that are nearly one of them) and by what the cells look like. A guess
says how sure it is and why. An amount is taken only where its name says which amount it is; all others are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from merchant_cli.basics.phrases import Phrase
from merchant_cli.intake.shapes import Shape, shape_of
from merchant_cli.intake.sums import Sums, varies_within
from merchant_cli.intake.synonyms import Field, Form, What, folded, has_aside, parts_of, shorter, synonyms

P = Phrase

NEAR = 84  # of 100: how much a header must resemble a name to be taken for it
SURE, LIKELY, UNSURE = "sure", "likely", "unsure"
CLEAR = 1.0  # points by which the best kind of sheet must lead
# Every field that an amount of an order can mean, in the order in which they are offered.
AMOUNTS = ("sold", "listed", "unit_price", "paid", "discount", "shipping", "received", "refunded", "tax_inside",
           "tax_added", "platform_discount")  # fmt: skip

WHY = {
    "name": P("its name", "名称明确"),
    "name-empty": P("its name, but it is empty", "名称明确，但没有内容"),
    "maybe": P("name and cells fit", "名称和内容相符"),
    "near": P("nearly “{name}”", "名称接近“{name}”"),
    "rivals": P("one of several", "不止一列可能是它"),
    "amount": P("the name does not say which amount it is", "名称没有说明是哪种金额"),
    "values": P("its cells do not read so", "名称相符，但内容读不出来"),
    "product": P("is quantity × price in every row", "每行都等于数量乘以单价"),
    "less": P("is quantity × price less the discount in every row", "每行都等于数量乘以单价再减优惠"),
    "split": P("differs between the lines of an order", "同一订单的各行不一致"),
    "yours": P("your choice", "您选定的"),
    "constant": P("the same for every row", "每行都相同"),
}


@dataclass(frozen=True)
class Header:
    """One header that can be mapped: where it stands (0-based), its text, the cells below it and their shape."""

    at: int
    text: str
    cells: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True)
class Fill:
    """One header for one field: how sure, and why (a key of WHY and the name that it resembles)."""

    header: Header
    field: Field
    state: str
    why: str
    near: str = ""

    def reason(self, lang: str) -> str:
        return WHY[self.why].show(lang, name=self.near)


@dataclass(frozen=True)
class Doubt:
    """A header whose field must be asked for; `fields` are what it could be, the likeliest first."""

    header: Header
    fields: tuple[Field, ...]
    why: str

    def reason(self, lang: str) -> str:
        return WHY[self.why].show(lang)


@dataclass
class Guess:
    """One form with what fills it. `points` compare guesses; `unused` are headers that fill nothing, `notes` why."""

    form: Form
    fills: dict[str, Fill] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    unused: list[Header] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    points: float = 0.0

    def open_needs(self) -> list[tuple[str, ...]]:
        """What the form must have and nothing fills."""
        return [choice for choice in self.form.must if not any(name in self.fills for name in choice)]

    def uses(self) -> set[int]:
        """Where the headers stand that fill something."""
        return {fill.header.at for fill in self.fills.values()}

    def possible(self) -> bool:
        """Whether the sheet can be this: what it needs is filled, or could be by an amount that is asked for."""
        asked = {one.name for doubt in self.doubts for one in doubt.fields}
        return all(asked & set(choice) for choice in self.open_needs())

    def open_wishes(self) -> list[tuple[str, ...]]:
        """What the form should have and nothing fills."""
        return [choice for choice in self.form.wants if not any(name in self.fills for name in choice)]


def headers_of(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Header]:
    """The headers that can be mapped: those with a name, of equal ones the first."""
    from importers.base import norm

    found: dict[str, Header] = {}
    for at, cell in enumerate(cells):
        if cell.strip() and norm(cell) not in found:
            below = tuple(row[at] if at < len(row) else "" for row in rows)
            found[norm(cell)] = Header(at, cell.strip(), below, shape_of(below))
    return list(found.values())


def guesses(headers: Sequence[Header], file_name: str = "") -> list[Guess]:
    """A guess for every form that the headers say anything of, the best first."""
    found = [guess_form(form, headers, file_name) for form in synonyms().forms.values()]
    return sorted((one for one in found if one.fills or one.doubts), key=lambda one: -one.points)


def is_clear(found: Sequence[Guess]) -> bool:
    """Whether the first guess is certain to be the right kind of sheet."""
    best = found[0] if found else None
    if best is None or best.open_needs():
        return False
    # A form that uses no other headers than the best is the same sheet with less of it.
    mine = best.uses()
    others = [one for one in found[1:] if one.possible() and (one.doubts or not one.uses() <= mine)]
    return not others or best.points - others[0].points >= CLEAR


def guess_form(form: Form, headers: Sequence[Header], file_name: str = "") -> Guess:
    """What would fill the form."""
    guess = Guess(form)
    claims = sorted(
        (claim for header in headers for one in form.fields if (claim := _claim(header, one, form)) is not None),
        key=lambda claim: (-claim[0], claim[1].header.at),
    )
    taken: set[int] = set()
    for points, fill in claims:
        if fill.field.name in guess.fills or fill.header.at in taken or fill.state == UNSURE:
            continue
        rivals = [f for p, f in claims if f.field == fill.field and f.header != fill.header and abs(p - points) < 1
                  and f.header.at not in taken]  # fmt: skip
        if rivals and fill.field.kind == "money":
            continue  # two amounts of one name: asked
        state = LIKELY if rivals else fill.state
        guess.fills[fill.field.name] = Fill(fill.header, fill.field, state, "rivals" if rivals else fill.why, fill.near)
        taken.add(fill.header.at)
    _take_out_split(guess)
    taken = {fill.header.at for fill in guess.fills.values()} | {header.at for header in guess.unused}
    _doubts(guess, [header for header in headers if header.at not in taken], [fill for _, fill in claims])
    guess.points = _points(guess, file_name)
    return guess


def _said(header: Header, one: Field) -> str:
    """The header's name, folded; of one in both languages the half that names the field, unless the other denies it."""
    whole, *halves = parts_of(header.text)
    if not halves or whole in synonyms().known:
        return whole
    others = [half for half in halves if half not in one.what.names]
    denied = any(half in what.sure for half in others for what in synonyms().whats.values())
    named = sorted((half for half in halves if half in one.what.names), key=lambda half: half not in one.what.sure)
    return named[0] if named and not denied else whole


def _take_out_split(guess: Guess) -> None:
    """Leaves out amounts that an order has only once where they differ between its lines: nobody knows their sum."""
    ids = guess.fills.get("order_id")
    if ids is None or "order_lines" not in guess.form.tables:
        return
    for name, fill in list(guess.fills.items()):
        once = fill.field.kind == "money" and not fill.field.by_line and fill.field.columns[0][0] == "orders"
        if once and varies_within(ids.header.cells, fill.header.cells):
            guess.unused.append(guess.fills.pop(name).header)
            guess.notes[fill.header.at] = "split"


def _claim(header: Header, one: Field, form: Form) -> tuple[float, Fill] | None:
    """How well the header names the field, 0 to 110, and as what; None if it does not."""
    what, shape = one.what, header.shape
    name = _said(header, one)
    if name in synonyms().nothing and name not in what.names:
        return None
    reads = shape.reads_as(one.kind) and not (one.name == "currency" and shape.filled and shape.currencies < 0.9)
    fits = bool(shape.filled) and (what.looks != "" and shape.looks(what.looks))
    against = bool(shape.filled) and what.looks != "" and not shape.looks(what.looks)
    if name in what.sure:
        if not reads:
            return 60, Fill(header, one, UNSURE, "values")
        if not shape.filled:
            return 95, Fill(header, one, LIKELY, "name-empty")
        if one.kind == "money" and ((shape.below_one and one.name == "discount") or has_aside(header.text)):
            return 60, Fill(header, one, UNSURE, "amount")
        doubtful = has_aside(header.text) or (against and one.kind != "id")
        return 100 + 5 * fits - 3 * against - 12 * has_aside(header.text), Fill(
            header, one, LIKELY if doubtful else SURE, "name"
        )
    if not reads:
        return None
    if name in what.ask:
        return 60, Fill(header, one, UNSURE, "amount")
    if name in what.maybe:
        if against and one.kind == "id":
            return None
        return (70 if against else 85 + 5 * fits), Fill(header, one, LIKELY, "maybe")
    near, likeness = _nearest(name, what.name)
    if near is None and name not in synonyms().known:
        near, likeness = _shorter(header.text, what)
    if near is None or against:
        return None
    state = UNSURE if one.kind == "money" else LIKELY
    return likeness * 0.75, Fill(header, one, state, "amount" if one.kind == "money" else "near", near)


def _shorter(header: str, what: What) -> tuple[str | None, float]:
    """The name of the thing that is left of a longer one, or whose words stand in another order."""
    for short in shorter(header):
        if short in what.names:
            return short, 90.0
        if short in what.ordered:
            return header, 95.0
    return None, 0.0


@cache
def _nearest(name: str, what: str) -> tuple[str | None, float]:
    """The name of a thing that `name` resembles most, unless it is exactly the name of another."""
    from rapidfuzz import fuzz, process

    known = synonyms()
    if name in known.known or len(name) < 3:
        return None, 0.0
    best = process.extractOne(name, sorted(known.nothing | known.known), scorer=fuzz.ratio, score_cutoff=NEAR)
    mine = process.extractOne(name, sorted(known.whats[what].names), scorer=fuzz.ratio, score_cutoff=NEAR)
    if best is None or mine is None or mine[1] < best[1]:
        return None, 0.0
    return mine[0], mine[1]


def _doubts(guess: Guess, left: Sequence[Header], claims: Sequence[Fill]) -> None:
    """Sorts the headers that fill nothing into amounts that must be asked for and unused ones."""
    columns = {fill.field.name: fill.header.cells for fill in guess.fills.values()}
    for fill in claims:
        if fill.field.name == "discount" and fill.header in left and fill.header.shape.reads_as("money"):
            columns.setdefault("discount", fill.header.cells)
    sums = Sums(columns)
    for header in left:
        said = [fill for fill in claims if fill.header == header and fill.field.kind == "money"]
        said = [fill for fill in said if header.shape.reads_as("money")]
        if not said:
            guess.unused.append(header)
            if any(fill.header == header and fill.why == "values" for fill in claims):
                guess.notes[header.at] = "values"
            continue
        proof = sums.proof(header.cells) if "order_lines" in guess.form.tables else ""
        if proof == "product" and "unit_price" in guess.fills:
            guess.unused.append(header)  # the price of one says it already
            guess.notes[header.at] = proof
            continue
        offered = _offered(guess, said, proof)
        if offered:
            guess.doubts.append(Doubt(header, offered, proof or "amount"))
        else:
            guess.unused.append(header)


def _offered(guess: Guess, said: Sequence[Fill], proof: str) -> tuple[Field, ...]:
    """What an amount could be: what its name may mean first, then every other amount of an order."""
    names = [fill.field.name for fill in said]
    first = {"product": "listed", "less": "sold"}.get(proof)
    more = AMOUNTS if guess.form.name in ("orders", "order_lines") else ()
    fields = {one.name: one for one in guess.form.fields if one.kind == "money"}
    wanted = dict.fromkeys([*([first] if first else []), *names, *more])
    return tuple(fields[name] for name in wanted if name in fields and name not in guess.fills)


def _points(guess: Guess, file_name: str) -> float:
    """How much speaks for the form: what it needs counts most; the file's name decides what is left."""
    form, points = guess.form, 0.0
    asked = {one.name for doubt in guess.doubts for one in doubt.fields[:1]}
    for choices, worth in ((form.must, 3.0), (form.wants, 2.0)):
        for choice in choices:
            here = [guess.fills[name] for name in choice if name in guess.fills]
            if here:
                points += worth * max({SURE: 1.0, LIKELY: 0.7}[fill.state] for fill in here)
            elif asked & set(choice):
                points += worth * 0.5
            elif choices is form.must:
                points -= 4.0
    points += sum({SURE: 0.6, LIKELY: 0.35}[fill.state] for fill in guess.fills.values())
    points -= 0.4 * sum(folded(header.text) not in synonyms().nothing for header in guess.unused)
    name = folded(file_name)
    return points + (1.5 if any(folded(word) in name for word in form.words) else 0.0)
