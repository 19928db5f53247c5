"""One search over listings, products, orders, buyers and reviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main

HEAD = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Outstanding Balance,Id\n"
)
ORDER = (
    "{name},{mail},paid,{day} 10:00:00 +0800,fulfilled,USD,10.00,0.00,0.00,10.00,{day} 10:00:00 +0800,"
    "1,Blue cup 100%,10.00,CUP_1,,0.00,0.00,{id}\n"
)
COSTS = "SKU,Title,Unit cost,Currency,Valid from\nCUP_1,蓝色 保温杯 CUP,4,USD,\nCUPX1,Red cup,4,USD,\n"
REVIEWS = (
    "Review id,Order id,SKU,Reviewed on,Stars,Review text\n"
    "r1,#1001,CUP_1,2026-11-01,1,call 13800138000 or me@example.com it leaks\n"
)


@pytest.fixture
def shop(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (("#1001", "Ann@Example.com", "2026-10-01", 91), ("#1002", "ann@example.com", "2026-11-02", 92))
    text = HEAD + "".join(ORDER.format(name=n, mail=m, day=d, id=i) for n, m, d, i in rows)
    (tmp_path / "orders_export_20261115.csv").write_text(text, encoding="utf-8")
    assert main(["import", str(tmp_path / "orders_export_20261115.csv"), "--quiet"]) == 0
    for name, text in (("costs", COSTS), ("reviews", REVIEWS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        assert main(["import", str(tmp_path / f"{name}.csv"), "--quiet"]) == 0
    capsys.readouterr()


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[str, str]]:
    assert main(["find", *words, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return [(row["kind"], row["key"]) for row in answer["rows"]]


def test_words_of_titles_and_codes(shop: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "保温杯") == [("product", "CUP_1")]
    assert found(capsys, "蓝色", "cup") == [("product", "CUP_1")], "every word, ASCII without case"
    assert found(capsys, "cup_1") == [("product", "CUP_1"), ("review", "r1")], "_ stands for itself"
    assert found(capsys, "nothing") == []


def test_orders_by_number_and_buyers_by_their_address(shop: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "#1002") == [("order", "#1002")]
    assert found(capsys, "92") == [("order", "#1002")], "the platform's own number"
    kinds = found(capsys, "ANN@example.com")
    assert [kind for kind, _ in kinds] == ["buyer", "order", "order"] and kinds[1:] == [
        ("order", "#1002"),
        ("order", "#1001"),
    ]
    assert found(capsys, "ann@example") == [], "a part of an address finds nobody"
    assert found(capsys, "#100", "--since", "2026-11-02") == [("order", "#1002")]


def test_a_review_is_shown_without_contacts(shop: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "leaks"]) == 0
    out = capsys.readouterr().out
    assert "leaks" in out and "13800138000" not in out and "me@example.com" not in out and "138****8000" in out


def test_faults(shop: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find"]) == main(["find", " "]) == main(["find", "x", "--shop", "no/such"]) == 2
    capsys.readouterr()
