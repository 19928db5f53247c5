"""X1–X6, X25–X27: workbooks and archives that are small on disk and huge when opened."""

from __future__ import annotations

import re
import sys
import time
import zipfile
from collections.abc import Iterator

import pytest
from hostile_books import HEAD, MAIN, NAME, Raw, archive, book, order, sheet
from hostile_texts_in import SHOPIFY, Hostile, Taken, as_csv, shopify

from merchant_cli.intake import child

SECONDS = 30
OPEN = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">'.encode()


@pytest.fixture(autouse=True)
def soon_and_small() -> Iterator[None]:
    """No file takes more than 30 seconds or, in the child, more than 1 GB."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS
    if sys.platform == "linux":
        import resource

        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20  # KB


def refused(taken: Taken, code: str, *words: str) -> None:
    """The one file is refused with `code`, its sentences hold `words`, and nothing of it is stored."""
    problem = taken.only["problem"]
    assert (taken.code, taken.only["state"], problem["code"]) == (4, "refused", code), taken.printed
    for word in words:
        assert word in " ".join(problem.values())


@pytest.mark.parametrize("where", ["XFD1048576", "ZZ200000"])
def test_x1_x2_a_cell_far_away(hostile: Hostile, where: str) -> None:
    far = Raw(f'<c r="{where}"><v>1</v></c>')
    taken = hostile.given(book({"S": sheet([["Name"], [far]])}), name=NAME)
    box = {"XFD1048576": "17,179,869,184", "ZZ200000": "140,400,000"}[where]
    refused(taken, "file-too-large", "2 real cells", f"{box}-cell box", "--trust")
    assert hostile.orders() == {}


def test_x1_the_reference_may_stand_behind_other_attributes(hostile: Hostile) -> None:
    far = Raw('<c s="0" t="n" r="XFD1048576"><v>1</v></c>')
    refused(hostile.given(book({"S": sheet([["Name"], [far]])}), name=NAME), "file-too-large", "real cells")


def test_x1_trust_does_not_lift_the_floor(hostile: Hostile) -> None:
    """The parser itself gives up: still a refusal and no crash."""
    far = Raw('<c r="XFD1048576"><v>1</v></c>')
    taken = hostile.given(book({"S": sheet([["Name"], [far]])}), "--trust", name=NAME)
    refused(taken, "workbook-refused")


def test_x1_formats_far_away_are_no_cells(hostile: Hostile) -> None:
    """Formatting whole columns leaves empty cells in the last row: such sheets are ordinary."""
    empty = Raw('<c r="K1048576" s="1"/>')
    taken = hostile.given(book({"S": sheet([HEAD, order("#1"), [empty]])}), name=NAME)
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1"])
def test_x3_a_dimension_that_lies(hostile: Hostile, reference: str) -> None:
    """The cells alone tell where the sheet ends: both orders are there, in eleven columns."""
    body = sheet([HEAD, order("#1"), order("#2")], before=f'<dimension ref="{reference}"/>')
    taken = hostile.given(book({"S": body}), name=NAME)
    assert (taken.code, taken.only["read"]) == (0, 2) and set(hostile.orders()) == {"#1", "#2"}


def test_x4_a_sheet_padded_to_512_mb(hostile: Hostile) -> None:
    """Refused by its directory, before a byte is unpacked."""
    pieces = [OPEN, *[b" " * (1 << 20)] * 512, b"<sheetData/></worksheet>"]
    path = hostile.write(book({"S": [HEAD]}, parts={"xl/worksheets/sheet1.xml": pieces}), NAME)
    assert path.stat().st_size < 1 << 20
    begun = time.monotonic()
    taken = hostile.take(path)
    assert time.monotonic() - begun < 3
    refused(taken, "file-too-large", "--trust")


def test_x5_millions_of_tiny_cells_in_little_room(hostile: Hostile) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    pieces = [OPEN, b"<sheetData>", *[row] * 4000, b"</sheetData></worksheet>"]
    path = hostile.write(book({"S": [HEAD]}, parts={"xl/worksheets/sheet1.xml": pieces}), NAME)
    assert path.stat().st_size < 400_000
    refused(hostile.take(path), "file-too-large", "packed more than 100 times smaller")


def test_x5_more_cells_than_are_read(hostile: Hostile) -> None:
    """5,001,000 cells in 20 MB, which no ratio gives away; trusted, they are read, and hold no header."""
    row = b"<row>" + b"<c/>" * 1000 + b"</row>"
    pieces = [OPEN, b"<sheetData>", *[row] * 5001, b"</sheetData></worksheet>"]
    path = hostile.write(book({"S": [HEAD]}, parts={"xl/worksheets/sheet1.xml": pieces}), NAME)
    refused(hostile.take(path), "file-too-large", "5,001,000 cells; at most 5,000,000 are read", "--trust")
    refused(hostile.take(path, "--trust"), "file-empty")


def test_x6_a_shared_string_of_200_mb(hostile: Hostile) -> None:
    strings = [f'<sst xmlns="{MAIN}"><si><t>'.encode(), *[b"x" * (1 << 20)] * 199, b"</t></si></sst>"]
    made = book({"S": [HEAD, order("#1")]}, parts={"xl/sharedStrings.xml": strings})
    path = hostile.write(made, NAME)
    assert path.stat().st_size < 1 << 20
    refused(hostile.take(path), "file-too-large")
    assert hostile.orders() == {}


def test_x25_ordinary_files_that_pack_very_well(hostile: Hostile) -> None:
    """A sheet of 700 KB at less than a hundredth of its size is no bomb."""
    row = re.sub(rb' r="[A-Z]*\d+"', b"", sheet([order("#1")]).split(b"<sheetData>")[1].split(b"</sheetData>")[0])
    head = sheet([HEAD]).partition(b"</sheetData>")
    made = book({"S": head[0] + row * 2000 + head[1] + head[2]})
    (part,) = [one for one in zipfile.ZipFile(hostile.write(made, "x.zip")).infolist() if "sheet1" in one.filename]
    assert part.compress_size < part.file_size / 100 and part.file_size > 700_000
    taken = hostile.given(made, name=NAME)
    assert (taken.code, taken.only["read"]) == (0, 2000)


def text_of_zeros(megabytes: int) -> bytes:
    head = as_csv([SHOPIFY]).encode()
    return archive({"orders_export_20261115.csv": [head, *[b"," * (1 << 20)] * megabytes]})


def test_x25_a_bomb_is_refused_unless_it_is_trusted(hostile: Hostile) -> None:
    """60 MB packed a thousand times smaller; trusted, it is merely a file with a very long row."""
    path = hostile.write(text_of_zeros(60), "orders.zip")
    refused(hostile.take(path), "file-too-large", "packed more than 100 times smaller", "--trust")
    taken = hostile.take(path, "--trust")
    assert "packed" not in str(taken.only.get("problem", ""))


def test_trust_says_which_limits_it_set_aside(hostile: Hostile) -> None:
    strings = ["x" * (3 << 20)]
    taken = hostile.given(book({"S": [HEAD, order("#1")]}, strings=strings), "--trust", name=NAME)
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}
    (note,) = [note for note in taken.only["notes"] if note.startswith("--trust")]
    assert "a single text of more than 1,048,576" in note
    refused(hostile.given(book({"S": [HEAD]}, strings=strings), name=NAME), "file-too-large", "single text")


def test_x26_an_archive_of_100_000_files(hostile: Hostile) -> None:
    made = archive({f"{n}.csv": b"" for n in range(100_000)})
    refused(hostile.given(made, name="many.zip"), "file-too-large", "100,000 files", "at most 1,000")


def test_x26_an_archive_in_an_archive(hostile: Hostile) -> None:
    """Platforms do that: one level is opened, two are not."""
    text = as_csv([SHOPIFY, shopify("#1")]).encode()
    once = archive({"订单/orders_export_20261115.csv": text})
    twice = archive({"inner.zip": once})
    assert hostile.given(twice, name="outer.zip").code == 0 and hostile.orders() == {"#1": 1000}
    refused(hostile.given(archive({"outer.zip": twice}), name="outermost.zip"), "file-unreadable", "archive inside")


def test_x26_a_directory_larger_than_the_memory_is_not_read(hostile: Hostile) -> None:
    made = bytearray(archive({"a.csv": b"x"}))
    at = made.rfind(b"PK\x05\x06")
    made[at + 12 : at + 16] = (17 << 20).to_bytes(4, "little")
    path = hostile.write(b"PK\x03\x04" + b"\0" * (18 << 20) + bytes(made), "a.zip")
    refused(hostile.take(path), "unsafe-file")


MANY = 1_000_000


@pytest.mark.parametrize("what", ["formats", "merged", "names", "shared"])
def test_x27_a_million_of_what_programs_choke_on(hostile: Hostile, what: str) -> None:
    """Conditional formats, merged cells, defined names, a shared formula over everything: the one order is read."""
    after = {
        "formats": '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"/></conditionalFormatting>'
        * (MANY // 2),
        "merged": f'<mergeCells count="{MANY}">' + '<mergeCell ref="C9:XFD9"/>' * MANY + "</mergeCells>",
    }.get(what, "")
    names = (f'<definedName name="n{n}">S!$A${n}</definedName>' for n in range(MANY if what == "names" else 0))
    formula = '<c r="@"><f t="shared" si="0" ref="A1:XFD1048576">1+1</f><v>5551234</v></c>'
    body = sheet([HEAD, order("#1", phone=Raw(formula) if what == "shared" else None)], after=after)
    taken = hostile.given(book({"S": body}, after=f"<definedNames>{''.join(names)}</definedNames>"), name=NAME)
    assert (taken.code, hostile.orders()) == (0, {"#1": 1000})


def test_the_child_has_limits_of_cpu_and_memory(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    assert (child.CPU_SECONDS, child.MEMORY_BYTES, child.WALL_SECONDS) == (30, 1 << 30, 120)
    path = hostile.write(book({"S": [HEAD, *[order(f"#{n}") for n in range(20_000)]]}), NAME)
    with monkeypatch.context() as patch:
        patch.setattr(child, "MEMORY_BYTES", 1 << 26)
        refused(hostile.take(path), "workbook-refused")
    assert hostile.take(path).code == 0


def test_the_watchdog_needs_no_resource_module(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: without `resource` a child works, and one that takes too long is ended all the same."""
    (hostile.folder / "site").mkdir()
    (hostile.folder / "site" / "resource.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(hostile.folder / "site"))
    path = hostile.write(book({"S": [HEAD, order("#1")]}), NAME)
    with monkeypatch.context() as patch:
        patch.setattr(child, "WALL_SECONDS", 0.02)
        refused(hostile.take(path), "workbook-refused", "reader stopped")
    assert hostile.take(path).code == 0
