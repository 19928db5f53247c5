"""How rows and cells of a sheet are read: what stands above and below them, and what one file decides for itself."""

from __future__ import annotations

import pytest
import xlsxwriter
from hostile_texts_in import SHOPIFY, TAOBAO, Hostile, as_csv, shopify, taobao

from merchant_cli.app import main


def notes(file: dict[str, object], words: str) -> list[str]:
    found = file["notes"]
    assert isinstance(found, list)
    return [note for note in found if words in note]


def test_a_decimal_comma_is_decided_for_the_whole_file(hostile: Hostile) -> None:
    """`1.234` alone could be either; `95,00` proves what it is, wherever it stands."""
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", money="1.234"), shopify("#2", money="12"),
                                  shopify("#3", money="95,00"), shopify("#4", money="1.234,56")], ";"))  # fmt: skip
    assert taken.code == 0
    assert hostile.orders() == {"#1": 123400, "#2": 1200, "#3": 9500, "#4": 123456}
    assert notes(taken.only, "decimal comma")


def test_amounts_of_both_kinds_are_not_guessed(hostile: Hostile) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", money="10.50"), shopify("#2", money="1,23")]))
    assert taken.code == 3 and hostile.waiting() == [(3, "bad-money")]
    assert hostile.orders() == {"#1": 1050}
    assert notes(taken.only, "some a comma")


def test_a_point_needs_no_decision(hostile: Hostile) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", money="1,234"), shopify("#2", money="10.50")]))
    assert hostile.orders() == {"#1": 123400, "#2": 1050} and not notes(taken.only, "comma")


@pytest.mark.parametrize(
    ("proof", "days"),
    [("25/10/2026 09:30", ["2026-10-02", "2026-10-25"]), ("10/25/2026 9:30 AM", ["2026-02-10", "2026-10-25"])],
)
def test_day_and_month_are_decided_from_all_rows(hostile: Hostile, proof: str, days: list[str]) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", at="2/10/2026 09:30"), shopify("#2", at=proof)]))
    assert taken.code == 0 and sorted(hostile.orders("placed_day").values()) == sorted(days)
    assert notes(taken.only, "comes first in this file")


@pytest.mark.parametrize("second", ["3/11/2026 09:30", "25/10/2026 09:30|10/25/2026 09:30"])
def test_days_that_nothing_decides_wait_and_it_is_said(hostile: Hostile, second: str) -> None:
    rows = [shopify("#1"), shopify("#2", at="2/10/2026 09:30")]
    rows += [shopify(f"#{n}", at=at) for n, at in enumerate(second.split("|"), 3)]
    taken = hostile.given(as_csv([SHOPIFY, *rows]))
    assert taken.code == 3 and set(hostile.orders()) == {"#1"}
    assert {code for _, code in hostile.waiting()} == {"bad-date"}
    assert notes(taken.only, "do not decide")


def test_a_preamble_of_any_length(hostile: Hostile) -> None:
    above = "订单报表,\r\n导出说明：仅供参考，请勿外传\r\n\r\n" + "----,----\r\n" * 20
    assert hostile.given(above + as_csv([TAOBAO, taobao("1001")])).code == 0
    assert set(hostile.orders()) == {"1001"}


def test_a_header_below_the_first_forty_rows_is_not_found(hostile: Hostile) -> None:
    taken = hostile.given("x\r\n" * 60 + as_csv([TAOBAO, taobao("1001")]))
    assert taken.code == 4 and taken.only["problem"]["code"] in ("no-header", "unknown-sheet")


@pytest.mark.parametrize("order", [range(8, -1, -1), (4, 2, 0, 8, 6, 1, 3, 5, 7)])
def test_columns_in_any_order(hostile: Hostile, order: list[int]) -> None:
    rows = [TAOBAO, taobao("1001", money="12.50")]
    assert hostile.given(as_csv([[row[i] for i in order] for row in rows])).code == 0
    assert hostile.orders() == {"1001": 1250}


def test_one_trailing_cell_too_many(hostile: Hostile) -> None:
    """An empty one is dropped where the header ends in one too; a filled one may be a cell that was split."""
    rows = [[*TAOBAO, ""], [*taobao("1001"), ""], [*taobao("1002"), "x"]]
    taken = hostile.given(as_csv(rows))
    assert set(hostile.orders()) == {"1001"} and hostile.waiting() == [(3, "ragged-row")]
    assert taken.code == 3


def test_a_header_that_stands_again_is_no_row(hostile: Hostile) -> None:
    taken = hostile.given(as_csv([TAOBAO, taobao("1001"), TAOBAO, taobao("1002")]))
    assert taken.only["ignored_by"] == {"header": 1} and set(hostile.orders()) == {"1001", "1002"}


@pytest.mark.parametrize("word", ["", "-", "--", "—", "——", "/", "无", "NULL", "null", "\t", '=""', "'"])
def test_words_for_nothing(hostile: Hostile, word: str) -> None:
    row = taobao("1001")
    row[5] = word
    taken = hostile.given(as_csv([TAOBAO, row]))
    assert taken.code == 0 and hostile.orders("paid") == {"1001": None}


def test_a_status_keeps_its_word(hostile: Hostile) -> None:
    rows = [
        taobao("1001", status="买家已付款，等待卖家发货"),
        taobao("1002", status="买家已付款,等待卖家发货"),
        taobao("1003", status="飞走了"),
    ]
    taken = hostile.given(as_csv([TAOBAO, *rows]))
    assert hostile.orders("status") == {"1001": "paid", "1002": "paid", "1003": "unknown"}
    assert hostile.orders("status_raw")["1003"] == "飞走了" and notes(taken.only, "飞走了")


@pytest.mark.parametrize("masked", ["t**3", "1******6198", "**博", "##abc==", "$$xyz$$", ""])
def test_what_is_masked_is_nobodys_key(hostile: Hostile, masked: str) -> None:
    hostile.given(
        as_csv([TAOBAO, taobao("1001", buyer=masked), taobao("1002", buyer=masked), taobao("1003", buyer="tb9")])
    )
    buyers = hostile.orders("buyer")
    assert buyers["1001"] is None and buyers["1002"] is None and len(buyers["1003"]) == 24


def test_continuation_rows_belong_to_the_order_above(hostile: Hostile) -> None:
    """Shopify leaves all of an order's own cells blank on its further lines."""
    more = ["#1", "", "", "", "", "", "Cup", "2", "3.00", "B-2", ""]
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1"), more, shopify("#2")]))
    assert taken.code == 0
    assert hostile.ask("SELECT order_id, code, units FROM fact_order_lines ORDER BY order_id, code") == [
        ("#1", "A-1", 1), ("#1", "B-2", 2), ("#2", "A-1", 1),
    ]  # fmt: skip


def test_names_with_blanks_wide_letters_and_marks(hostile: Hostile) -> None:
    header = ["\ufeff 订单编号 ", "买家会员名\u200b", "买家应付货款", "买家应付邮费", "总金额", "买家实付金额",
              "订单 状态", "订单创建时间", "订单付款时间"]  # fmt: skip
    assert hostile.given(as_csv([header, taobao("1001")])).code == 0
    assert hostile.orders("paid") == {"1001": 5900}


UPPER = ["订单编号", "买家会员名", "金额", "", "", "", "状态", "时间", ""]
LOWER = [
    "",
    "",
    "买家应付货款",
    "买家应付邮费",
    "总金额",
    "买家实际支付金额",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_header_in_two_rows(hostile: Hostile, suffix: str) -> None:
    """A cell over two rows has its name in the upper one; `金额` over four columns says nothing that they do not."""
    rows = [UPPER, LOWER, taobao("1001"), taobao("1002", money="7.00")]
    if suffix == "csv":
        path = hostile.write(as_csv([["订单报表", *[""] * 8], *rows]))
    else:
        path = hostile.folder / "orders.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, [cell or None for cell in row])
            for column in (0, 1):
                sheet.merge_range(0, column, 1, column, UPPER[column])
            sheet.merge_range(0, 2, 0, 5, "金额")
    taken = hostile.take(path)
    assert taken.code == 0 and hostile.orders() == {"1001": 5900, "1002": 700}
    assert taken.only["read"] == 2
    number = str(taken.only["import"])
    assert main(["undo", number]) == 0 and main(["redo", number]) == 0
    assert hostile.orders() == {"1001": 5900, "1002": 700}


def test_halves_of_names_stand_in_two_rows(hostile: Hostile) -> None:
    """What a mapping calls `本期/金额` stands under `本期`; the same name stands under `上期` too."""
    mapping = hostile.folder / "costs.toml"
    mapping.write_text(
        'platform = "own"\nkind = "costs"\ncurrency = "CNY"\nown = true\nknown_by = ["编码", "本期/成本"]\n'
        '[[into]]\n[into.costs]\nsku = { kind = "id", names = ["编码"], required = true }\n'
        'cost = { kind = "money", names = ["本期/成本"] }\nfrom_day = { kind = "day", names = ["日期"] }\n'
        'currency = { kind = "text", names = ["币种"] }\n',
        encoding="utf-8",
    )
    rows = [["编码", "上期", "", "本期", "", "日期", "币种"], ["", "成本", "数量", "成本", "数量", "", ""],
            ["A-1", "3.00", "1", "4.50", "2", "2026-11-01", "CNY"]]  # fmt: skip
    taken = hostile.given(as_csv(rows), "--map", str(mapping))
    assert taken.code == 0, taken.printed
    assert hostile.ask("SELECT sku, cost FROM fact_costs") == [("A-1", 450)]


def with_total(*stated: str) -> str:
    """Two orders of 59.00 and 7.00, and a footer that states sums of 买家应付货款, 买家应付邮费, 总金额."""
    return as_csv(
        [TAOBAO, taobao("1001"), taobao("1002", money="7.00"), ["合计", "", *stated, *[""] * (7 - len(stated))]]
    )


@pytest.mark.parametrize("stated", [("66.00",), ("66.00", "0.00", "66.00"), ("￥66",), ("",), ("2单",)])
def test_a_footer_whose_sum_the_rows_come_to(hostile: Hostile, stated: tuple[str, ...]) -> None:
    taken = hostile.given(with_total(*stated))
    assert taken.only["ignored_by"] == {"total": 1} and not notes(taken.only, "the file says")


def test_a_footer_whose_sum_the_rows_do_not_come_to(hostile: Hostile) -> None:
    """Said, and nothing is refused: some platforms state sums of more than they export."""
    taken = hostile.given(with_total("100.00", "0.00", "66.00"))
    assert taken.code == 0 and hostile.orders() == {"1001": 5900, "1002": 700}
    (note,) = notes(taken.only, "the file says")
    assert "买家应付货款" in note and "66.00" in note and "100.00" in note


def test_sums_of_two_parts(hostile: Hostile) -> None:
    """Each footer may sum up its own part, or all rows above it."""
    first, second = ["合计", "", "59.00", *[""] * 6], ["合计", "", "7.00", *[""] * 6]
    rows = [TAOBAO, taobao("1001"), first, taobao("1002", money="7.00"), second]
    assert not notes(hostile.given(as_csv(rows)).only, "the file says")
    assert not notes(
        hostile.given(as_csv([*rows[:-1], ["合计", "", "66.00", *[""] * 6]]), name="b.csv").only, "the file says"
    )
