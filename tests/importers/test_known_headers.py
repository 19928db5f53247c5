"""Each header row of a known file type is identified as that type and no other, however it is disturbed.

`known_headers/<platform>.toml` says which importer a header row of the reference has (`"jd_order" = "jd orders"`); a
row that stands in none of these files has none. Beside the row as it is there are a few others for each, drawn by its
name: shuffled, padded with blanks, full-width brackets, optional columns dropped, and files in other encodings.
A column is optional if it is in no `known_by` of its importer and in no `never` of another.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from importers import catalogue
from importers.base import norm
from importers.catalogue import Entry
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.identify import Known, identify
from merchant_cli.intake.take_in import identified
from tests.importers.taking import HERE, reference

ENTRIES = catalogue.entries()
BY_ID = {entry.id: entry for entry in ENTRIES}
FILES = sorted((HERE / "known_headers").glob("*.toml"))
WANTED = {key: ours for file in FILES for key, ours in tomllib.loads(file.read_text(encoding="utf-8")).items()}
PADDING = (" {}", "{}\t", " {} ", "\u3000{}", "{}")
FULL_WIDTH = str.maketrans({"(": "（", ")": "）", "+": "＋"})
DROPS = 3  # random sets of optional columns left out, for each header row


def test_every_file_names_importers_and_no_header_row_twice() -> None:
    assert not set(WANTED.values()) - set(BY_ID)
    assert len(WANTED) == sum(len(tomllib.loads(file.read_text(encoding="utf-8"))) for file in FILES)


def test_every_listed_header_row_is_there() -> None:
    assert not set(WANTED) - set(reference("cn")) - set(reference("global"))


def answer(header: list[str]) -> str:
    """The importer that takes the header row, or refuses it by name; else the fault's code."""
    try:
        return identify([(1, header)], ENTRIES, Place("x")).entry.id
    except Problem as problem:
        if problem.code != "refused-by-name":
            return problem.code
        return next(entry.id for entry in ENTRIES if entry.title == problem.params["title"])


def needed(entry: Entry) -> set[str]:
    """Columns that stay, normalised: what the importer is known by, and what keeps another from taking the file."""
    mine = {name for either in entry.known_by for name in either.split("|")}
    return mine.union(*(other.never for other in ENTRIES if other is not entry))


def without_optional(header: list[str], entry: Entry, random: Random, share: float) -> list[str]:
    """The row without about `share` of its optional columns."""
    keep = needed(entry)
    return [name for name in header if norm(name) in keep or random.random() >= share]


def disturbed(header: list[str], entry: Entry | None, random: Random) -> Iterator[tuple[str, list[str]]]:
    """How the row may come, and the row."""
    yield "as it is", header
    yield "shuffled", random.sample(header, len(header))
    yield "padded", [random.choice(PADDING).format(name) for name in header]
    yield "full-width brackets", [name.translate(FULL_WIDTH) for name in header]
    if entry is not None:
        for _ in range(DROPS):
            yield "optional columns dropped", without_optional(random.sample(header, len(header)), entry, random, 0.5)
        yield "no optional column", without_optional(header, entry, random, 1)


@pytest.mark.parametrize("name", ["cn", "global"])
def test_each_header_row_has_its_importer_and_no_other_row_has_one(name: str) -> None:
    faults = []
    for key, header in reference(name).items():
        ours = WANTED.get(key, "unknown-sheet")
        for how, row in disturbed(header, BY_ID.get(ours), Random(key)):
            if (found := answer(row)) != ours:
                faults.append(f"{key}, {how}: {found}, not {ours}")
    assert not faults


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["cn", "global"])
def test_each_header_row_is_known_in_a_file(name: str, encoding: str, tmp_path: Path) -> None:
    wanted = {}
    for key, header in reference(name).items():
        if (ours := WANTED.get(key)) is None:
            continue
        path, random = tmp_path / f"{key}.csv", Random(f"{key} {encoding}")
        row = without_optional(random.sample(header, len(header)), BY_ID[ours], random, 0.3)
        with path.open("w", encoding=encoding, newline="") as out:
            csv.writer(out).writerow(row)
        wanted[str(path)] = ours
    found = {}
    for where, one in identified(tmp_path / "store.db", [str(tmp_path)]):
        if isinstance(one, Known):
            found[where] = one.entry.id
        elif one.code == "refused-by-name":
            found[where] = next(entry.id for entry in ENTRIES if entry.title == one.params["title"])
        else:
            found[where] = one.code
    assert found == wanted
