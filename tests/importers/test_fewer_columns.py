"""Exports whose fields the merchant chooses: columns may be missing, stand in any order and be written otherwise."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from importers import catalogue
from importers.base import norm
from importers.sheet import workbook_sheets
from tests.importers.taking import HERE, digest, taken

IMPORTERS = {
    "jd/orders": "jd orders",
    "kuaishou/orders": "kuaishou orders",
    "xiaohongshu/orders": "xiaohongshu orders",
    "wechat_shop/orders": "wechat_shop orders",
    "wechat_shop/refunds": "wechat_shop refunds",
    "douyin/refunds": "douyin refunds",
    "youzan/orders": "youzan orders",
    "ali1688/purchases": "1688 purchases",
    "jushuitan/costs": "jushuitan costs",
    "tiktok/orders": "tiktok orders",
    "shopee/orders": "shopee orders",
    "shopee/orders_id": "shopee orders-indonesian",
    "lazada/orders": "lazada orders",
    "woocommerce/orders": "woocommerce orders",
    "shopify/payments": "shopify payments",
    "shopify/payouts": "shopify payouts",
    "meta_ads/campaigns": "meta_ads campaigns",
}
ENTRIES = {entry.id: entry for entry in catalogue.entries()}
SAMPLES = [(path, name) for folder, name in IMPORTERS.items() for path in sorted((HERE / folder).glob("*.[cx]*"))]


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        return workbook_sheets(path)[0][1]
    data = path.read_bytes()
    text = data.decode("gb18030" if b"\xb6\xa9" in data[:40] else "utf-8-sig")
    return list(csv.reader(text.splitlines()))


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
@pytest.mark.parametrize(("sample", "name"), SAMPLES, ids=lambda value: value.name if isinstance(value, Path) else "")
def test_a_file_with_fewer_columns_is_taken_in(sample: Path, name: str, share: float, tmp_path: Path) -> None:
    rows = cells(sample)
    needed = {part for either in ENTRIES[name].known_by for part in either.split("|")}
    random = Random(f"{name} {share}")
    kept = [n for n, cell in enumerate(rows[0]) if norm(cell) in needed or random.random() >= share]
    path = tmp_path / f"{sample.stem}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        fewer = [[row[n] for n in kept] for row in rows]
        csv.writer(out).writerows(fewer)
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None, receipt.problem.show("en")
    assert (receipt.importer, receipt.state) == (name, "applied")
    assert receipt.outcome["inserted"] > 0
    assert receipt.read == sum(map(any, fewer)) - 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize(("sample", "name"), SAMPLES, ids=lambda value: value.name if isinstance(value, Path) else "")
def test_the_order_of_the_columns_and_the_encoding_change_nothing(
    sample: Path, name: str, encoding: str, tmp_path: Path
) -> None:
    rows = cells(sample)
    order = Random(f"{name} {encoding}").sample(range(len(rows[0])), len(rows[0]))
    found = []
    for n, (body, code) in enumerate(((rows, "utf-8"), ([[row[at] for at in order] for row in rows], encoding))):
        path = tmp_path / str(n) / f"{sample.stem}.csv"
        path.parent.mkdir()
        with path.open("w", encoding=code, newline="") as out:
            csv.writer(out).writerows(body)
        found.append(digest(taken(tmp_path / f"s{n}", [path])[0]))
    assert found[0] == found[1]
