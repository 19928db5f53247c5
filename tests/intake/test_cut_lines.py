"""A file of order lines that was cut off between two rows: the fuller file's lines stay, whichever came last."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from intake_tools import digest, query, taken

HEAD = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,"
    "买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间,发货时间\n"
)
LINES = "SELECT line_key, units, sold_minor FROM order_lines ORDER BY line_key"
SHORT = "SELECT no FROM imports WHERE receipt LIKE '%lines-missing%' OR receipt LIKE '%lines-completed%'"


def row(line: str, code: str, units: int, amount: str) -> str:
    at = "2025-03-05 09:00:00"
    return (
        f"{line},7001,茶具{code},{amount},{units},,,,,{code},买家已付款，等待卖家发货,{amount},{amount},没有申请退款,"
        f"无退款申请,{at},{at},\n"
    )


def lines_file(folder: Path, at: str, *rows: str) -> Path:
    path = folder / f"ExportOrderDetailList2025{at}0900.csv"
    path.write_text(HEAD + "".join(rows), encoding="gb18030")
    return path


CUP, TOWEL = row("70011", "CUP", 1, "40.00"), row("70012", "TOWEL", 2, "20.00")
BOTH = [("70011", 1, 4000), ("70012", 2, 2000)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_fuller_lines_stay(store: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    """The newest of three exports stops behind the first of two lines."""
    files = [lines_file(tmp_path, "0306", CUP, TOWEL), lines_file(tmp_path, "0308", CUP, TOWEL),
             lines_file(tmp_path, "0310", CUP)]  # fmt: skip
    for n in order:
        taken(store, [files[n]])
    assert query(store, LINES) == BOTH
    assert len(query(store, SHORT)) == 1, "the cut file says so, or the first that completes it"
    (found,) = {digest(store)}
    taken(store, files)
    assert digest(store) == found


def test_a_line_that_changed_is_not_cut_off(store: Path, tmp_path: Path) -> None:
    """The newest file holds one line at another price and with other units: it is no part of the older one."""
    taken(store, [lines_file(tmp_path, "0306", CUP, TOWEL)])
    taken(store, [lines_file(tmp_path, "0308", row("70011", "CUP", 2, "70.00"))])
    assert query(store, LINES) == [("70011", 2, 7000)]
    assert query(store, SHORT) == []


def test_fewer_lines_alone_are_all_that_is_known(store: Path, tmp_path: Path) -> None:
    taken(store, [lines_file(tmp_path, "0306", CUP)])
    assert query(store, LINES) == [("70011", 1, 4000)]
    taken(store, [lines_file(tmp_path, "0305", CUP, TOWEL)])  # an older export, taken in later
    assert query(store, LINES) == BOTH
