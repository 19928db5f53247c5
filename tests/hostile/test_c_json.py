"""C27, C29: no importer reads JSON, so a file of it is refused by name, whatever it holds."""

from __future__ import annotations

import time

import pytest
from hostile_texts_in import Hostile

BODIES = {
    "orders": b'[{"order_id": "1", "total": 5, "items": [{"sku": "A", "qty": 1}]}, {"order_id": "2", "total": 7}]',
    "doubled keys": b'{"id": 1, "id": 2}',
    "nested": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "long number": b'{"n": ' + b"9" * 400 + b"}",
    "surrogate": b'[{"title": "\\ud800", "id": 1}]',
    "lines": b'{"id": 1, "t": "a"}\n{"id": 2, "t": "b"}\n' * 50,
    "with a mark": b'\xef\xbb\xbf  \n[{"id": 1}]',
    "wide": '{"标题": "杯子"}'.encode("utf-16"),
    "cut off": b'[{"id": 1, "na',
    "empty": b"{}",
}


@pytest.mark.parametrize("name", ["orders.json", "orders.csv", "orders.jsonl"])
@pytest.mark.parametrize("body", BODIES, ids=list(BODIES))
def test_c27_c29_json_is_refused_by_name(hostile: Hostile, body: str, name: str) -> None:
    begun = time.monotonic()
    taken = hostile.given(BODIES[body], name=name)
    assert taken.code == 4 and taken.only["problem"]["code"] == "json-file"
    assert "JSON" in taken.only["problem"]["what"]
    assert time.monotonic() - begun < 10


def test_c29_a_table_may_begin_with_a_bracket(hostile: Hostile) -> None:
    taken = hostile.given("[id],{name},total\n1,2,3\n", name="table.csv")
    assert taken.only["problem"]["code"] in ("unknown-sheet", "no-header")
