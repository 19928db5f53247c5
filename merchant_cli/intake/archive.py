"""The directory of a ZIP archive (XLSX and ODS are such archives too), looked at before anything is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import limits
from merchant_cli.intake.limits import Limits

DIRECTORY = 16 << 20  # bytes: enough for 100,000 entries, which are then counted
_END = struct.Struct("<4s4H2LH")  # signature, disks, entries on them, bytes and place of the directory, comment
_OUTSIDE = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:")


def entries(path: Path, place: Place, allowed: Limits) -> list[zipfile.ZipInfo]:
    """The archive's files. Raises Problem truncated, file-too-large (too many, packed too small), unsafe-file."""
    _check_end(path, place)
    try:
        with zipfile.ZipFile(path) as archive:
            found = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise Problem("truncated", place, detail="ZIP") from None
    allowed.at_most("files", place, len(found), limits.MEMBERS)
    for one in found:
        if _OUTSIDE.search(name_of(one)):
            raise Problem("unsafe-file", place, detail="outside")
        if one.file_size > max(limits.RATIO_FROM, one.compress_size * limits.RATIO):
            allowed.over("ratio", place, one.file_size, limits.RATIO)
    return found


def _check_end(path: Path, place: Place) -> None:
    """The end record, without which a download is not whole; the directory it names must not fill the memory."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Problem("truncated", place, detail="ZIP end")
    directory = _END.unpack_from(tail, at)[5]
    if min(directory, size) > DIRECTORY:
        raise Problem("unsafe-file", place, detail="directory")


def name_of(member: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag Chinese archives write GBK, which zipfile shows as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def workbook_kind(found: list[zipfile.ZipInfo]) -> str:
    """`xlsx`, `xlsb` or `ods` if the archive is a workbook, else ""."""
    names = {one.filename for one in found}
    if "[Content_Types].xml" in names:
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    return "ods" if "mimetype" in names and "content.xml" in names else ""
