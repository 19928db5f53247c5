"""Whatever a file says, no command passes it to a terminal or a pipe as anything but literal text."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile_texts import ALL, TERMINAL
from test_round_trip import filled, imported

from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks import find

# What a terminal obeys or what hides or turns text about: C0 but the newline, DEL, C1, bidi and invisible characters.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# A child that runs each command of a list and says which one comes next.
CHILD = """
import json, sys
from merchant_cli.app import main
for words in json.loads(sys.stdin.readline()):
    print("\\n###", json.dumps(words[:2]), flush=True)
    main(words)
    sys.stdout.flush(); sys.stderr.flush()
"""
HEAD = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku"
)


def orders(path: Path, texts: dict[str, str]) -> Path:
    """Each text as the title of something sold, as an order number, and as an amount, which goes to quarantine."""
    lines = [HEAD]
    for n, (name, text) in enumerate(texts.items()):
        quoted = text.replace('"', '""')
        for day in range(1, 11):
            lines.append(f'#{n}-{day},paid,2026-11-{day:02} 10:00:00 +0000,CNY,10.00,10.00,"{quoted}",2,5.00,{name}')
        lines.append(f'"{quoted}",paid,2026-11-09 10:00:00 +0000,CNY,10.00,10.00,"{quoted}",1,10.00,"{quoted}"')
        lines.append(f'#bad{n},paid,2026-11-09 10:00:00 +0000,CNY,"{quoted}","{quoted}","{quoted}",1,10.00,{name}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


def stock(path: Path, texts: dict[str, str]) -> Path:
    path.write_text(
        "SKU,Location,Counted units,Counted on\n" + "".join(f"{name},,3,2026-11-10\n" for name in texts),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def hostile(store: Path, run: Callable[..., Any], tmp_path: Path) -> Path:
    """A shop whose every text is hostile, file names too."""
    named = tmp_path / "or\x1b[2Jders\u202e[red].csv"
    files = imported(run, orders(named, ALL), "--shop", "shopify/main")  # type: ignore[arg-type]
    files += imported(run, stock(tmp_path / "stock.csv", ALL), *filled(tmp_path, ALL))
    assert [f["state"] for f in files] == ["applied"] * 6, files
    assert files[0]["quarantined"] > 20
    return store


def commands(folder: Path) -> list[list[str]]:
    """Every question and list, what is behind a row, the errors, with all rows and in both languages."""
    asked = [address.split("/") for address in find.questions()]
    found: list[list[str]] = [[*words, "--all"] for words in asked]
    found += [["today", "--all"], ["today", "--text"], ["imports", "--all"], ["quarantine", "--all"], ["campaigns"]]
    found += [["find", word, "--all"] for word in ("mug", "red", "clear", "pay", "FAKE")]
    found += [["imports", "show", "1"], ["sql", "SELECT title, options, code FROM order_lines", "--all"]]
    found += [["explain", "listings", "costs", "--row", f"sku:{name}"] for name in ("T11", "T19")]
    found += [["explain", "inventory", "reorder", "--row", f"sku:{name}"] for name in ("T11", "T19", "F2")]
    lists = len(found)
    for text in TERMINAL.values():
        if "\0" not in text and len(text) < 200:
            found += [["import", text], ["today", "--shop", text], [text], ["inventory", text], ["find", text]]
            found += [["explain", "inventory", "reorder", "--row", text], ["sql", text], ["today", "-o", text]]
            found += [
                ["rates", "set", text, "1"],
                ["today", "--since", text],
                ["--lang", text],
                ["import", "--as", text, "x"],
            ]
    errors, found = found[lists:], found[:lists]
    named = next(folder.glob("or*.csv"))
    found += [["import", str(named)], ["identify", str(named)], ["import", str(named), "--dry-run", "--again"]]
    found += [
        ["undo", "1", "--dry-run"],
        ["template", "all", "-o", str(folder / "x\x1b[31m.xlsx")],
        ["where"],
        ["check"],
    ]
    both = [[*words, "--lang", lang] for words in found for lang in ("en", "zh")]
    return both + [[*words, "--lang", ("en", "zh")[n % 2]] for n, words in enumerate(errors)]


def through(what: str, todo: list[list[str]]) -> str:
    """What the commands print, on a terminal or into a pipe, as it is."""
    line = json.dumps(todo).encode() + b"\n"
    if what == "pipe":
        ran = subprocess.run([sys.executable, "-c", CHILD], input=line, capture_output=True, timeout=240)
        assert ran.returncode == 0, ran.stderr[-2000:]
        return (ran.stdout + ran.stderr).decode()
    ours, theirs = pty.openpty()
    mode = termios.tcgetattr(theirs)
    mode[1] &= ~termios.OPOST  # a newline stays one
    termios.tcsetattr(theirs, termios.TCSANOW, mode)
    child = subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=theirs, stderr=theirs)
    os.close(theirs)
    assert child.stdin
    child.stdin.write(line)
    child.stdin.close()
    said = b""
    while True:
        try:
            some = os.read(ours, 1 << 16)
        except OSError:  # the other end is closed
            break
        if not some:
            break
        said += some
    os.close(ours)
    assert child.wait() == 0, said[-2000:]
    return said.decode()


@pytest.mark.parametrize("what", ["terminal", "pipe"])
def test_nothing_is_obeyed(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.chdir(tmp_path)
    said = through(what, commands(tmp_path))
    assert "Traceback" not in said and "[unexpected]" not in said
    assert said.count("␛[2J") > 30 and said.count("⟨U+202E⟩") > 30, "the hostile texts are there to be seen"
    for part in said.split("\n### "):
        found = OBEYED.search(part)
        around = part[max(0, found.start() - 80) : found.end() + 40] if found else ""
        assert not found, (part.partition("\n")[0], around)


def test_the_text_is_shown_literally(hostile: Path, run: Callable[..., Any]) -> None:
    listed = run("sql", "SELECT title FROM order_lines GROUP BY title", "--all").out
    for name, text in TERMINAL.items():
        assert safe_text(text) in listed, name
    inbox = run("reviews", "inbox", "--all").out
    assert "␛[2J" in listed and "⟨U+202E⟩" in listed and "[red]ok[/red]" in listed and ":bomb:" in listed
    assert "␛[2J" in inbox or "␛[2J" in run("find", "clear", "--all").out


def test_files_for_people_are_literal(hostile: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    for address in find.questions():
        for suffix in ("md", "svg", "csv", "json"):
            path = tmp_path / f"out.{suffix}"
            assert run(*address.split("/"), "-o", path).code == 0, address
            text = path.read_bytes().decode("utf-8-sig")
            text = text.replace("\r\n", "\n") if suffix == "csv" else text
            found = OBEYED.search(text)
            assert not found, (address, suffix, text[max(0, found.start() - 60) : found.end() + 20] if found else "")
            if suffix == "svg":
                ElementTree.fromstring(text)
