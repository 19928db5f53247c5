"""Writes the pictures of the screens that stand in the READMEs, from the example shop: docs/pictures/*.svg."""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

from merchant_cli.app import main as merchant
from merchant_cli.basics.safe_text import width
from tui.app import MerchantApp

HERE = Path(__file__).parent
SHOP = HERE.parent / "examples" / "shop"
SIZE = (112, 32)
PROPOSED = (("inventory", "oversold"), ("inventory", "reorder"), ("listings", "below-floor"))
# name of the picture → place and what it is opened with
SCREENS: dict[str, tuple[str, dict[str, Any]]] = {
    "today": ("today", {}),
    "reorder": ("answer", {"address": "inventory/reorder"}),
    "proposals": ("proposals", {}),
}
CELL = 12.2  # width of a cell in the picture
TEXT = re.compile(r'<text([^>]*?)x="([\d.]+)" (y="[\d.]+") textLength="[\d.]+"([^>]*)>([^<]*)</text>')
FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
FAMILY = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"


def picture(svg: str) -> str:
    """The picture without fonts from the network, in fonts that have Chinese characters."""
    text = re.sub(r"font-family: *[^;]+;", f"font-family: {FAMILY};", FONTS.sub("", svg))
    text = TEXT.sub(placed, text)
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


def placed(found: re.Match[str]) -> str:
    """A piece of text as runs of wide and of narrow characters, each as long as its cells: the library takes every
    character for one cell."""
    before, x, after, content = found[1], float(found[2]), found[4], html.unescape(found[5])
    runs = []
    for wide, characters in groupby(content, key=lambda c: width(c) == 2):
        run = "".join(characters)
        cells = width(run)
        if run.strip("\xa0 ") and cells:
            body = html.escape(run, quote=False).replace("\xa0", "&#160;")
            squeeze = ' lengthAdjust="spacingAndGlyphs"' if wide else ""
            long = f'textLength="{cells * CELL:g}"{squeeze}'
            runs.append(f'<text{before}x="{x:g}" {found[3]} {long}{after}>{body}</text>')
        x += cells * CELL
    return "".join(runs)


async def taken(store: Path, lang: str, place: str, given: dict[str, Any]) -> str:
    """The screen of a place once everything on it has been worked out."""
    app = MerchantApp(store, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1.0)
        app.open(place, **given)
        for _ in range(20):
            await pilot.pause(0.2)
        return picture(app.export_screenshot(title="merchant"))


def shop(folder: Path) -> Path:
    """A store with the example shop and some proposals."""
    store = folder / "merchant.db"
    os.environ |= {"MERCHANT_STORE": str(store), "MERCHANT_KEY": str(folder / "buyer.key"), "MERCHANT_SETTLE": "0"}
    merchant(["import", str(SHOP), "--quiet"])
    for desk, question in PROPOSED:
        merchant([desk, question, "--propose", "--quiet"])
    merchant(["proposals", "approve", "1", "2", "--quiet"])
    return store


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        out, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        store = shop(Path(folder))
        sys.stdout.close()
        sys.stdout = out
        for name, (place, given) in SCREENS.items():
            for lang in ("en", "zh"):
                path = HERE / "pictures" / f"{name}-{lang}.svg"
                path.write_text(asyncio.run(taken(store, lang, place, given)), encoding="utf-8")
                print(f"docs/pictures/{path.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
