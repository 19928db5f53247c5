"""X19: workbooks and archives that are locked with a password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile_books import HEAD, NAME, book, order
from hostile_texts_in import SHOPIFY, Hostile, as_csv, shopify
from locked_files import aes_zip, locked_book, zip_crypto
from test_x_size import refused

from merchant_cli.app import main

PASSWORD = "Tr0ub4dor & 密码"
TEXT = as_csv([SHOPIFY, shopify("#1")]).encode()
MEMBER = {"orders_export_20261115.csv": TEXT}
MADE = book({"S": [HEAD, order("#1")]})


def given(hostile: Hostile, kind: str) -> Path:
    """A locked file of each kind."""
    if kind == "workbook":
        pytest.importorskip("msoffcrypto")
        return hostile.write(locked_book(MADE, PASSWORD), NAME)
    if kind == "aes":
        pytest.importorskip("pyzipper")
        return hostile.write(aes_zip(MEMBER, PASSWORD.encode()), "微信支付账单.zip")
    return hostile.write(zip_crypto(MEMBER, PASSWORD.encode("gb18030")), "alipay_record.zip")


KINDS = pytest.mark.parametrize("kind", ["workbook", "aes", "old zip"])


@KINDS
def test_x19_a_locked_file_names_the_way_in(hostile: Hostile, kind: str) -> None:
    refused(hostile.take(given(hostile, kind)), "locked", "--password-file")
    assert hostile.orders() == {}


@KINDS
def test_x19_the_password_file_opens_it(hostile: Hostile, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of several passwords fits; none of them is seen by other processes or kept anywhere."""
    path = given(hostile, kind)
    words = hostile.write(f"\ufeffwrong\r\n{PASSWORD}\r\n", "passwords.txt")
    started: list[Any] = []
    popen = subprocess.Popen

    def seen(*args: Any, **more: Any) -> Any:
        started.append((args, more.get("env")))
        return popen(*args, **more)

    monkeypatch.setattr(subprocess, "Popen", seen)
    taken = hostile.take(path, "--password-file", str(words))
    assert taken.code == 0 and hostile.orders() == {"#1": 1000}
    again = hostile.take(path, "--password-file", str(words))
    assert again.only["state"] == "already imported"
    assert PASSWORD not in repr(started) and PASSWORD not in taken.printed
    kept = [p for p in hostile.store.parent.rglob("*") if p.is_file()]
    assert len(kept) > 2 and not any(PASSWORD.encode() in p.read_bytes() for p in kept)


@KINDS
def test_x19_a_wrong_password(hostile: Hostile, kind: str) -> None:
    words = hostile.write("secret-1\nsecret-2\n", "passwords.txt")
    taken = hostile.take(given(hostile, kind), "--password-file", str(words))
    refused(taken, "wrong-password", "one password a line")
    assert "secret" not in taken.printed and hostile.orders() == {}


@KINDS
def test_x19_undo_and_redo_need_no_password(hostile: Hostile, kind: str) -> None:
    words = hostile.write(PASSWORD, "passwords.txt")
    assert hostile.take(given(hostile, kind), "--password-file", str(words)).code == 0
    assert main(["undo"]) == 0 and hostile.orders() == {}
    assert main(["redo"]) == 0 and hostile.orders() == {"#1": 1000}


@pytest.mark.parametrize(("kind", "module"), [("workbook", "msoffcrypto"), ("aes", "pyzipper")])
def test_x19_without_the_package_that_opens_it(
    hostile: Hostile, kind: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = given(hostile, kind)
    site = hostile.folder / "site" / module
    site.mkdir(parents=True)
    (site / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(site.parent))
    monkeypatch.setitem(sys.modules, module, None)
    words = hostile.write(PASSWORD, "passwords.txt")
    refused(hostile.take(path, "--password-file", str(words)), "missing-package", "pip install", "merchant[locked]")


def test_x19_other_members_of_a_locked_archive_go_on(hostile: Hostile) -> None:
    """A locked member is refused by its name; passwords do not disturb what is open."""
    path = hostile.write(zip_crypto(MEMBER, b"x"), "a.zip")
    hostile.write(as_csv([SHOPIFY, shopify("#2")]), "orders_export_20261114.csv")
    words = hostile.write("y", "words.txt")
    words = words.rename(hostile.folder.parent / f"{hostile.folder.name}-words.txt")
    taken = hostile.take(hostile.folder, "--password-file", str(words))
    states = {Path(file["path"]).name: file["state"] for file in taken.files if "words" not in file["path"]}
    assert states["a.zip!orders_export_20261115.csv"] == "refused"
    assert states["orders_export_20261114.csv"] == "applied" and path.exists()


@pytest.mark.parametrize("body", [None, b"", b"\n \n", b"\xff\xfe\x00", b"x\n" * 101])
def test_x19_a_password_file_that_is_none(hostile: Hostile, body: bytes | None) -> None:
    words = hostile.folder / "words.txt" if body is None else hostile.write(body, "words.txt")
    path = hostile.write(TEXT)
    assert main(["import", str(path), "--password-file", str(words)]) == 2
    assert "[bad-password-file]" in hostile.capfd.readouterr().err and hostile.orders() == {}


def test_x19_an_old_workbook_that_is_not_locked(hostile: Hostile) -> None:
    """With a password file at hand a workbook without a lock is read like any other."""
    words = hostile.write(PASSWORD, "words.txt")
    assert hostile.take(hostile.write(MADE, NAME), "--password-file", str(words)).code == 0


def test_x19_a_container_that_only_looks_locked(hostile: Hostile) -> None:
    words = hostile.write(PASSWORD, "words.txt")
    junk = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(5000)
    path = hostile.write(junk, NAME)
    assert hostile.take(path).only["problem"]["code"] == "locked"
    taken = hostile.take(path, "--password-file", str(words))
    assert taken.code == 4 and taken.only["problem"]["code"] in ("workbook-refused", "wrong-password")
