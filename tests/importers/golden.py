"""What each sample file becomes, as JSON beside it; `python -m tests.importers.golden [PLATFORM]` writes them anew."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.importers.taking import HERE, facts, quarantined, taken, told

ENDINGS = (".csv", ".xlsx", ".xls", ".tsv", ".txt")


def samples() -> list[Path]:
    return sorted(path for path in HERE.glob("*/*/*") if path.suffix in ENDINGS)


def answer(sample: Path, folder: Path) -> dict[str, Any]:
    """The receipt, the quarantined rows and all facts of one sample in a store of its own."""
    store, receipts = taken(folder, [sample])
    said = [told(receipt) for receipt in receipts]
    if not store.exists():
        return {"receipts": said}
    return {"receipts": said, "quarantine": quarantined(store), "facts": facts(store)}


def golden(sample: Path) -> Path:
    return sample.with_suffix(".json")


def main(platforms: list[str]) -> None:
    """The golden files of all samples, or of those platforms' only."""
    for sample in samples():
        if platforms and sample.parts[-3] not in platforms:
            continue
        with tempfile.TemporaryDirectory() as folder:
            text = json.dumps(answer(sample, Path(folder)), ensure_ascii=False, indent=1)
        golden(sample).write_text(text + "\n", encoding="utf-8")
        print(golden(sample).relative_to(HERE))


if __name__ == "__main__":
    main(sys.argv[1:])
