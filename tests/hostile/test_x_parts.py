"""X7–X12, X18, X20, X23, X24: workbooks that reach outside, are damaged or are something else than their name says."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hostile_books import HEAD, MAIN, NAME, Raw, archive, book, order, sheet
from hostile_texts_in import SHOPIFY, TAOBAO, Hostile, as_csv, shopify, taobao
from test_x_size import refused

from merchant_cli.app import main

TEXT = as_csv([SHOPIFY, shopify("#1")]).encode()
SHARED = "xl/sharedStrings.xml"
LAUGH = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)).replace("&l0;", "&l;")
LAUGHS = f'<!DOCTYPE lolz [<!ENTITY l "lol">{LAUGH}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("dtd", [LAUGHS, QUADRATIC, OUTSIDE], ids=["x7-laughs", "x8-quadratic", "x9-outside"])
@pytest.mark.parametrize("part", [SHARED, "xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"])
def test_x7_x8_x9_no_document_type(hostile: Hostile, dtd: str, part: str) -> None:
    """Refused with a word on security wherever it stands, trusted or not."""
    body = f'<?xml version="1.0"?>{dtd}<sst xmlns="{MAIN}"><si><t>&l9;&a;&xxe;</t></si></sst>'.encode()
    path = hostile.write(book({"S": [HEAD, order("#1")]}, parts={part: body}), NAME)
    refused(hostile.take(path), "unsafe-file", "attacks", "platform itself")
    refused(hostile.take(path, "--trust"), "unsafe-file")
    assert hostile.orders() == {}


@pytest.mark.parametrize("at", [(1 << 20) - n for n in (1, 4, 8)])
def test_x7_a_document_type_over_the_edge_of_two_pieces(hostile: Hostile, at: int) -> None:
    body = f'<sst xmlns="{MAIN}">'.encode()
    body += b"<si/>" * ((at - len(body)) // 5) + b" " * ((at - len(body)) % 5) + OUTSIDE.encode() + b"</sst>"
    assert body.index(b"<!DOCTYPE") == at
    refused(hostile.given(book({"S": [HEAD]}, parts={SHARED: body}), name=NAME), "unsafe-file")


def test_x9_a_document_type_in_utf_16(hostile: Hostile) -> None:
    body = f'<?xml version="1.0"?>{OUTSIDE}<sst xmlns="{MAIN}"/>'.encode("utf-16")
    refused(hostile.given(book({"S": [HEAD]}, parts={SHARED: body}), name=NAME), "unsafe-file")


def test_a_cell_that_speaks_of_document_types_is_text(hostile: Hostile) -> None:
    taken = hostile.given(book({"S": [HEAD, order("<!DOCTYPE #1")]}), name=NAME)
    assert taken.code == 0 and set(hostile.orders()) == {"<!DOCTYPE #1"}


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "a/../../x.csv", "..\\..\\x.csv", "C:\\x.csv"])
@pytest.mark.parametrize("workbook", [True, False])
def test_x10_a_member_outside_its_folder(hostile: Hostile, name: str, workbook: bool) -> None:
    files = {"orders_export_20261115.csv": TEXT, name: TEXT}
    made = book({"S": [HEAD, order("#1")]}, parts={name: TEXT}) if workbook else archive(files)
    refused(hostile.given(made, name="a.xlsx" if workbook else "a.zip"), "unsafe-file", "outside its folder")
    assert hostile.orders() == {} and not list(hostile.folder.parent.glob("x.csv"))


def test_x11_a_shared_string_that_is_not_there(hostile: Hostile) -> None:
    broken = Raw('<c r="@" t="s"><v>99</v></c>')
    made = book({"S": [HEAD, [broken, *order("#1")[1:]]]}, strings=["one"])
    refused(hostile.given(made, name=NAME), "workbook-refused", "sheet S, row 2", "is damaged")
    assert hostile.orders() == {}


@pytest.mark.parametrize("row", ['<row r="0"><c r="A1"><v>1</v></c></row>', '<row r="2"><c r="A0"><v>1</v></c></row>'])
def test_x12_row_0(hostile: Hostile, row: str) -> None:
    body = sheet([HEAD]).replace(b"</sheetData>", row.encode() + b"</sheetData>")
    refused(hostile.given(book({"S": body}), name=NAME), "workbook-refused", "sheet S", "is damaged")


LIVE = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macros",
    "xl/externalLinks/externalLink1.xml": (
        f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
    ),
    "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
    "xl/activeX/activeX1.xml": b"<ocx/>",
}


@pytest.mark.parametrize("part", LIVE)
def test_x18_only_values_are_read_and_that_is_said(hostile: Hostile, part: str) -> None:
    """Macros, links, DDE, objects: the cells' values come in, and the receipt says that nothing else did."""
    dde = Raw("<c r=\"@\"><f>cmd|'/c calc'!A0</f><v>13800138000</v></c>")
    made = book({"S": [HEAD, order("#1", phone=dde)]}, parts={part: LIVE[part]})
    taken = hostile.given(made, name="orders_export_20261115.xlsm")
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}
    assert any("only the values of cells were read" in note for note in taken.only["notes"])
    plain = hostile.given(book({"S": [HEAD, order("#2")]}), name=NAME)
    assert not any("values of cells" in note for note in plain.only["notes"])


def test_x20_text_of_the_name_of_a_workbook(hostile: Hostile) -> None:
    assert hostile.given(TEXT, name="orders_export_20261115.xls").code == 0
    assert hostile.given(as_csv([TAOBAO, taobao("6200000000000000001")]).encode("gb18030"), name="订单.xlsx").code == 0
    cells = "".join(f"<td>{cell}</td>" for cell in shopify("#2"))
    head = "".join(f"<td>{cell}</td>" for cell in SHOPIFY)
    page = f"<html><table><tr>{head}</tr><tr>{cells}</tr></table></html>"
    assert hostile.given(page, name="orders_export_20261116.xls").code == 0
    assert set(hostile.orders()) == {"#1", "#2", "6200000000000000001"}


@pytest.mark.parametrize("name", ["orders_export_20261115.xls", "orders_export_20261115.csv", "orders", "a.ods"])
def test_x20_a_workbook_of_another_name(hostile: Hostile, name: str) -> None:
    """The content decides: XLSX is read as such whatever it is called."""
    taken = hostile.given(book({"S": [HEAD, order("#1")]}), name=name)
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}


def test_x20_a_binary_workbook_is_refused(hostile: Hostile) -> None:
    made = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})
    refused(hostile.given(made, name="orders.xlsb"), "workbook-refused", "xlsb", "save it as .xlsx")


def test_x23_the_lock_of_an_open_workbook_is_skipped(hostile: Hostile, capfd: pytest.CaptureFixture[str]) -> None:
    """`~$x.xlsx` lies beside a workbook that is open in Excel: it is no file of the merchant."""
    (hostile.folder / "in").mkdir()
    hostile.write(TEXT, "in/orders_export_20261115.csv")
    hostile.write(b"\x05Lina" + b"\0" * 160, "in/~$orders_export_20261115.csv")
    taken = hostile.take(hostile.folder / "in")
    assert (taken.code, len(taken.files)) == (0, 1)
    assert main(["import", str(hostile.folder / "in" / "~$orders_export_20261115.csv")]) == 0
    assert "No files were found" in "".join(capfd.readouterr())


def test_x23_a_file_that_may_not_be_read(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows while Excel holds it."""
    path = hostile.write(book({"S": [HEAD, order("#1")]}), NAME)
    opened = Path.open

    def held(self: Path, *given: object, **more: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *given, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", held)
        refused(hostile.take(path), "file-unreadable", "Permission denied.", "Close it in other programs")


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
@pytest.mark.parametrize("name", [NAME, "orders.zip"])
def test_x24_a_download_that_was_cut_off(hostile: Hostile, share: float, name: str) -> None:
    made = book({"S": [HEAD, order("#1")]}) if name == NAME else archive({"orders_export_20261115.csv": TEXT})
    refused(hostile.given(made[: int(len(made) * share)], name=name), "truncated", "download is incomplete")


def test_x24_a_damaged_part(hostile: Hostile) -> None:
    """A byte of the packed sheet is wrong: its checksum tells."""
    made = bytearray(book({"S": [HEAD, *[order(f"#{n}") for n in range(300)]]}))
    (part,) = [p for p in zipfile.ZipFile(io.BytesIO(bytes(made))).infolist() if "sheet1" in p.filename]
    made[part.header_offset + 600] ^= 0xFF
    taken = hostile.given(bytes(made), name=NAME)
    assert taken.code == 4 and taken.only["problem"]["code"] in ("truncated", "workbook-refused")
    assert hostile.orders() == {}


class GbkName(zipfile.ZipInfo):
    """A member whose name is written in GBK without the flag of UTF-8, as Chinese programs do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


def test_members_of_several_kinds_with_gbk_names(hostile: Hostile) -> None:
    """A platform's ZIP: a text, a packed text, a workbook, a picture, what a Mac adds, in a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in {
            "导出/订单.csv": as_csv([TAOBAO, taobao("6200000000000000001")]).encode("gb18030"),
            "导出/orders_export_20261115.csv.gz": gzip.compress(TEXT),
            "导出/orders_export_20261116.xlsx": book({"S": [HEAD, order("#2")]}),
            "导出/截图.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
            "导出/.DS_Store": b"x",
            "导出/Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "__MACOSX/导出/._订单.csv": b"\0\5\x16\7",
        }.items():
            packed.writestr(GbkName(name), body)
    taken = hostile.given(out.getvalue(), name="千牛导出.zip")
    assert taken.code == 3 and set(hostile.orders()) == {"#1", "#2", "6200000000000000001"}
    shown = {file["path"].partition("千牛导出.zip!")[2]: file["state"] for file in taken.files}
    assert shown == {"订单.csv": "applied", "orders_export_20261115.csv.gz!orders_export_20261115.csv": "applied",
                     "orders_export_20261116.xlsx": "applied", "截图.png": "refused"}  # fmt: skip
