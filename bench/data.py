"""The invented shop that is measured, made once for its arguments and kept."""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import make_shop


@dataclass(frozen=True)
class Shop:
    """The files of a shop with `lines` order lines in Shopify's or Taobao's layout."""

    folder: Path
    lines: int

    @property
    def orders(self) -> Path:
        return next(self.folder.glob("orders_export_*.csv"))

    @property
    def taobao_lines(self) -> Path:
        """Taobao's file of order lines, in GB18030."""
        return next(self.folder.glob("ExportOrderDetailList*.csv"))

    @property
    def changed(self) -> Path:
        """The same orders a day later: one in twenty is another."""
        return next(self.folder.glob("changed/orders_export_*.csv"))

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.csv"))


def shop_of(lines: int, out: Path, layout: str = "shopify") -> Shop:
    """The shop with `lines` order lines below `out`; made anew if the arguments or the generator are others."""
    folder = out.absolute() / ("shop" if layout == "shopify" else layout) / str(lines)
    listings = max(20, min(lines // 20, 5_000))
    arguments: dict[str, Any] = {
        "lines": lines, "listings": listings, "reviews": lines // 10, "seed": 1, "changed": 0.05, "layout": layout,
    }  # fmt: skip
    made, wanted = folder / "made.json", json.dumps(arguments | {"generator": _generator()}, indent=1) + "\n"
    if not made.exists() or made.read_text(encoding="utf-8") != wanted:
        print(f"making {folder} …", file=sys.stderr)
        made.unlink(missing_ok=True)
        make_shop.make(folder, **arguments)
        made.write_text(wanted, encoding="utf-8")
    return Shop(folder, lines)


def _generator() -> str:
    """A digest of the generator's source."""
    sources = [Path(make_shop.__file__), *sorted(Path(__file__).parent.glob("shop_*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
