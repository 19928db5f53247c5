"""All importers, by an index of what they are known by, so that only the one that is needed is loaded."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.base import Importer, matched, norm
from merchant_cli.basics.discover import modules_below
from merchant_cli.basics.phrases import Phrase

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One importer as the index knows it. `ref` is `module:attribute` or the path of a mapping."""

    ref: str
    id: str
    platform: str
    name: str
    title: Phrase
    known_by: frozenset[str]
    never: frozenset[str]
    file_name: str
    sheet_name: str
    tables: tuple[str, ...]
    required: tuple[str, ...]
    headers: frozenset[str]
    grade: str
    refused: Phrase | None
    values: dict[str, str]

    def load(self) -> Importer:
        return load(self.ref)


def load(ref: str) -> Importer:
    """The importer of an index entry's `ref`."""
    if ref.endswith(".toml"):
        from importers.mapping import from_toml

        return from_toml(Path(ref).read_text(encoding="utf-8"), name=Path(ref).stem)
    module, _, attribute = ref.partition(":")
    found: Importer = getattr(importlib.import_module(module), attribute)
    return found


def entries(mappings: Path | None = None) -> list[Entry]:
    """Every importer: the built-in ones and the merchant's mappings in the folder `mappings`."""
    files = [(path, module) for module, path in modules_below("importers", FOLDER).items()]
    if mappings is not None and mappings.is_dir():
        files += [(path, "") for path in sorted(mappings.glob("*.toml"))]
    index = _read_index()
    fresh: dict[str, Any] = {}
    for path, module in files:
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns]
        known = index.get(str(path))
        fresh[str(path)] = known if known and known["stamp"] == stamp else _described(path, module, stamp)
    if any(fresh.get(path) is not index.get(path) for path in fresh):
        _write_index(index | fresh)
    return [_entry(one) for path, _ in files for one in fresh[str(path)]["importers"]]


def _described(path: Path, module: str, stamp: list[int]) -> dict[str, Any]:
    """What the index keeps of one file; a broken declaration is named and left out."""
    try:
        if module:
            names = vars(importlib.import_module(module))
            found = {f"{module}:{name}": one for name, one in names.items() if isinstance(one, Importer)}
        else:
            found = {str(path): load(str(path))}
    except Exception as error:
        print(f"importer {path.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return {"stamp": [0, 0], "importers": []}  # looked at again the next time
    return {"stamp": stamp, "importers": [_row(ref, one) for ref, one in found.items()]}


def _row(ref: str, one: Importer) -> dict[str, Any]:
    return {
        "ref": ref, "id": one.id, "platform": one.platform, "name": one.name, "title": list(one.title),
        "known_by": sorted(map(norm, one.known_by)), "never": sorted(map(norm, one.never)),
        "file_name": one.file_name, "sheet_name": one.sheet_name, "tables": list(one.tables),
        "required": list(one.required()), "headers": sorted(one.headers()), "grade": one.grade,
        "refused": list(one.refused) if one.refused else None, "values": {norm(k): v for k, v in one.values.items()},
    }  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        row["ref"], row["id"], row["platform"], row["name"], Phrase(*row["title"]), frozenset(row["known_by"]),
        frozenset(row["never"]), row["file_name"], row["sheet_name"], tuple(row["tables"]), tuple(row["required"]),
        frozenset(row["headers"]), row["grade"], Phrase(*row["refused"]) if row["refused"] else None,
        row["values"],
    )  # fmt: skip


def _index_path() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("merchant", appauthor=False) / "importers.json"


def _read_index() -> dict[str, Any]:
    try:
        found = json.loads(_index_path().read_text(encoding="utf-8"))
        return found["files"] if found["python"] == sys.version and found["code"] == _code_stamp() else {}
    except (OSError, ValueError, KeyError):
        return {}


def _write_index(files: dict[str, Any]) -> None:
    """Keeps the index; a cache folder that cannot be written costs only time."""
    path = _index_path()
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"python": sys.version, "code": _code_stamp(), "files": files}, ensure_ascii=False)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)


def _code_stamp() -> list[int]:
    """Changes of the shared vocabulary of declarations make the whole index anew."""
    found = [p.stat().st_mtime_ns for p in sorted(FOLDER.glob("*.py"))]
    shared = [p.stat().st_mtime_ns for p in sorted(FOLDER.glob("*/_*.py")) if p.name != "__init__.py"]
    return found + shared


def nearest(names: Iterable[str], found: list[Entry]) -> list[Entry]:
    """The importers whose required headers are most complete in `names`, best first; those with none are left out."""
    have = {norm(n) for n in names}
    scored = [
        (sum(matched([n], have) is not None for n in e.known_by) / max(1, len(e.known_by)), len(e.headers & have), e)
        for e in found
    ]
    return [e for part, _, e in sorted(scored, key=lambda s: (-s[0], -s[1], s[2].id)) if part > 0]
