"""Files locked with a password: ZIP members (as Alipay and WeChat send them) and workbooks.

Passwords come from a file, one a line, and are tried in turn; they are never shown, logged or passed on a command line.
AES archives need the package pyzipper, workbooks msoffcrypto-tool (`pip install "merchant[locked]"`).
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Any

from importers.sheet import Unreadable
from merchant_cli.basics.problems import Place, Problem

AES = 99  # the compression method that stands for WinZip's AES
MOST = 100  # passwords; each takes a moment to try
PACKAGES = "merchant[locked]"


def passwords(path: Path) -> tuple[str, ...]:
    """The lines of a password file that are not blank. Raises Problem bad-password-file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Problem("bad-password-file", Place(str(path)), detail=error.strerror or "") from None
    except UnicodeDecodeError:
        raise Problem("bad-password-file", Place(str(path)), detail="no text") from None
    found = tuple(line for line in text.splitlines() if line.strip())
    if not found or len(found) > MOST:
        raise Problem("bad-password-file", Place(str(path)), detail="no password" if not found else "many passwords")
    return found


def open_member(path: Path, member: zipfile.ZipInfo, given: tuple[str, ...], place: Place) -> IO[bytes]:
    """A locked member, opened. Raises Problem locked, wrong-password, missing-package."""
    if not given:
        raise Problem("locked", place)
    archive: Any
    if member.compress_type == AES:
        try:
            import pyzipper
        except ImportError:
            raise Problem("missing-package", place, package="pyzipper", extra=PACKAGES) from None
        try:
            archive = pyzipper.AESZipFile(path)
        except Exception:
            raise Problem("truncated", place, detail="ZIP") from None
    else:
        archive = zipfile.ZipFile(path)
    for word in _bytes(given):
        try:
            with archive.open(member.filename, pwd=word) as stream:
                while stream.read(1 << 20):
                    pass
        except Exception:  # one in 256 wrong passwords is found out by the garbage that it gives
            continue
        opened: IO[bytes] = archive.open(member.filename, pwd=word)
        return opened
    raise Problem("wrong-password", place)


def _bytes(given: tuple[str, ...]) -> list[bytes]:
    """Each password as the programs of both worlds write it."""
    return list(dict.fromkeys(raw for word in given for raw in (word.encode(), word.encode("gb18030"))))


def unlock_workbook(path: str, target: str, given: tuple[str, ...]) -> bool:
    """Writes the workbook without its lock to `target`; False if it has none. In the limited child only.

    Raises Unreadable locked, wrong-password, missing-package, workbook-refused.
    """
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    except ImportError:
        raise Unreadable("missing-package", package="msoffcrypto-tool", extra=PACKAGES) from None
    with Path(path).open("rb") as stream:
        try:
            book = msoffcrypto.OfficeFile(stream)
            if not book.is_encrypted():
                return False
        except Exception:  # what a library says of a container that somebody broke
            if is_locked_package(Path(path)):
                raise Unreadable("workbook-refused", detail="broken lock") from None
            return False  # whatever it is, the parser says so
        for word in given:
            try:
                book.load_key(password=word, verify_password=True)
                with Path(target).open("wb") as out:
                    book.decrypt(out)
                return True
            except (InvalidKeyError, DecryptionError):
                continue
            except Exception:
                raise Unreadable("workbook-refused", detail="broken lock") from None
    raise Unreadable("wrong-password")


def is_locked_package(path: Path) -> bool:
    """Whether an OLE file is a locked XLSX: it then names the stream that holds it."""
    mark, last = "EncryptedPackage".encode("utf-16-le"), b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if mark in last + chunk:
                return True
            last = chunk[-len(mark) :]
    return False
