"""Where a file is written: what is refused and why; a file is made beside its place and then takes its name."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem

P = Phrase

# Names that Windows keeps for devices, whatever their ending; a file of that name could not be sent to such a computer.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')

_REASONS = {
    errno.ENOENT: P("Its folder does not exist.", "所在的文件夹不存在。"),
    errno.ENOTDIR: P("Its folder is not a folder.", "路径中有一项不是文件夹。"),
    errno.EISDIR: P("It is a folder.", "这是一个文件夹。"),
    errno.EACCES: P("It may not be written, or another program has it open.", "没有写入权限，或文件正被其他程序打开。"),
    errno.ENAMETOOLONG: P("The name is too long.", "文件名或路径过长。"),
    errno.ENOSPC: P("The disk is full.", "磁盘空间不足。"),
    errno.EROFS: P("The disk may only be read.", "该磁盘是只读的。"),
}  # fmt: skip
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]
_REASONS[errno.EDQUOT] = _REASONS[errno.ENOSPC]


def replacing(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Calls `write` with a new file beside `path`, which takes its place when all is written.

    Raises Problem output-refused if the place cannot be written.
    """
    check(path)
    part = ""
    try:
        number, part = tempfile.mkstemp(prefix=".merchant-", suffix=".part", dir=path.parent)
        with os.fdopen(number, "wb") as out:
            write(out)
        Path(part).replace(path)
    except OSError as error:
        Path(part).unlink(missing_ok=True) if part else None
        raise Problem("output-refused", path=path, detail=_reason(error)) from None
    except BaseException:
        Path(part).unlink(missing_ok=True) if part else None
        raise


def check(path: Path) -> None:
    """Raises Problem output-refused for a name that no computer can keep and for what stands there and must stay."""
    detail = None
    if _DEVICES.fullmatch(path.name):
        detail = P("Windows keeps that name for a device.", "这是系统保留的设备名，不能用作文件名。")
    elif os.name == "nt" and _NOT_ON_WINDOWS.search(path.name):
        detail = P("The name has a character that Windows does not allow.", "文件名含有系统不允许的字符。")
    else:
        try:
            if path.is_dir():
                detail = _REASONS[errno.EISDIR]
            elif path.exists() and not path.is_file():
                detail = P("It is not an ordinary file.", "这不是普通文件。")
            elif path.exists() and not path.stat().st_mode & 0o222:
                detail = P("The file there is write-protected.", "该文件是只读文件。")
        except OSError as error:  # a name that is too long, a folder that may not be looked into
            detail = _reason(error)
    if detail is not None:
        raise Problem("output-refused", path=path, detail=detail)


def _reason(error: OSError) -> Phrase:
    said = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, P(said, said))
