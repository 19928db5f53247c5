"""Writes the generated pages of docs/ from the code; `--check` only says which are out of date (exit code 1)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import page_commands
import page_importers
import page_questions
import page_schema

HERE = Path(__file__).parent
MADE = "<!-- Made by `make docs` from the code; do not edit. -->\n\n"
PAGES = {
    "importers.md": page_importers.page,
    "questions.md": page_questions.page,
    "schema.md": page_schema.page,
    "commands.md": page_commands.page,
}


def main(arguments: list[str]) -> int:
    """Writes the pages whose text differs, or names them."""
    os.environ["MERCHANT_STORE"] = os.devnull + "/none"  # no merchant's own defaults in the pages
    os.environ["MERCHANT_LANG"] = "en"
    stale = []
    for name, page in PAGES.items():
        text = MADE + page().rstrip("\n") + "\n"
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} {'is out of date: make docs' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
