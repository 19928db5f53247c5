"""How much of a file is read; `--trust` sets these limits aside, and the receipt says which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem

P = Phrase
Remark = tuple[str, dict[str, Any]]  # the code and the parameters of a note on the receipt

MEMBERS = 1000  # files in an archive
MEMBER = 1024**3  # bytes of one unpacked file
PART, PARTS = 200 << 20, 400 << 20  # unpacked bytes of one part of a workbook, of all of them
CELLS = 5_000_000  # of a workbook
BOX_CELLS, BOX_SPARE = 20, 1_000_000  # the box around the cells may hold so many times the cells, and so many more
TEXT = 1 << 20  # bytes of XML without a tag: more than twenty times what a cell of Excel holds
RATIO, RATIO_FROM = 100, 50 << 20  # packed so small, from so many bytes on

# What is over a limit, by the limit's name. A receipt's note `trust-…` of the same name says that it was set aside.
OVER: dict[str, Phrase] = {
    "bytes": P("{found} bytes; at most {most} are read.", "{found} 字节，最多读取 {most}。"),
    "files": P("{found} files; at most {most} are read.", "{found} 个文件，最多读取 {most}。"),
    "cells": P("{found} cells; at most {most} are read.", "{found} 个单元格，最多读取 {most}。"),
    "box": P("{found} real cells in a {most}-cell box.", "{found} 个真实单元格散布在 {most} 个单元格的范围内。"),
    "text": P("A single text of more than {most} bytes.", "单个文本超过 {most} 字节。"),
    "ratio": P(
        "{found} bytes, packed more than {most} times smaller, as no table is.",
        "{found} 字节被压缩了 {most} 倍以上，正常表格不会如此。",
    ),
}


@dataclass
class Limits:
    """Whether a file is trusted; then `set_aside` learns which limits it is over: name, found, most."""

    trust: bool = False
    set_aside: list[tuple[str, int, int]] = field(default_factory=list)

    def over(self, name: str, place: Place, found: int, most: int) -> None:
        """A file is over a limit. Raises Problem file-too-large unless it is trusted."""
        if not self.trust:
            raise Problem("file-too-large", place, detail=said(name, found, most))
        if name not in [one[0] for one in self.set_aside]:
            self.set_aside.append((name, found, most))

    def at_most(self, name: str, place: Place, found: int, most: int) -> None:
        """Raises Problem file-too-large if `found` is more than `most` and the file is not trusted."""
        if found > most:
            self.over(name, place, found, most)


def said(name: str, found: int, most: int) -> Phrase:
    """The limit that is broken, in words."""
    numbers = {"found": f"{found:,}", "most": f"{most:,}"}
    return Phrase(OVER[name].en.format(**numbers), OVER[name].zh.format(**numbers))
