"""The mapping queue, its suggestions, and accepting them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from listings_tools import COSTS, WOO, Asked, Files, asker, by, explained

from merchant_cli.app import main


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys)


def woo(files: Files, *rows: str) -> None:
    """WooCommerce products: `id,SKU,title,price,units`."""
    made = [f"{no},simple,{sku},{title},1,{price},,{n}" for no, sku, title, price, n in (r.split(",") for r in rows)]
    files.take("wc-product-export-1.csv", WOO, *made)


OWN = (
    "mug,Ceramic Mug 350 ml,Red,M-R,3,10.00,,4.00", "mug,Ceramic Mug 350 ml,Blue,M-B,3,10.00,,4.00",
    "bowl,Oak Bowl,,BW-1,7,15.00,,9.00", "apron,Linen Apron,,AP-1,3,30.00,,9",
)  # fmt: skip


def test_what_looks_like_another_and_what_does_not(
    files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    files.products(*OWN)
    woo(files, "13,X9,Mug ceramic 350ml red,12.00,4", "15,X10,Mug ceramic 500ml red,12.00,4",
        "16,X11,Mug ceramic 350ml green,12.00,4", "17,X12,Wicker basket,12.00,4",
        "18,BW-1,Oak bowl,16.00,2")  # fmt: skip
    body = ask("unmapped")
    (row,) = body["rows"]  # 500 ml, green, the basket and the same code with the same title are none
    assert (row["key"], row["why_code"]) == ("code:woocommerce/main/X9", "lookalike")
    assert (row["suggestion"], row["by"], row["other_shop"]) == ("M-R", "title", "shopify/main")
    assert row["score"] >= 95 and row["command"] == "merchant map --accept woocommerce/main X9 M-R"
    # the same good side by side
    assert (row["title"], row["price"], row["listed"]) == ("Mug ceramic 350ml red", 12, 4)
    assert (row["other_title"], row["other_price"], row["other_listed"]) == (
        "Ceramic Mug 350 ml · Size: Red", "10.00", 3)  # fmt: skip
    assert "1 code to map, 1 with a suggestion" in body["notes"]
    tables = [(b["table"], b["key"]) for b in explained(capsys, "unmapped", row["key"])["behind"]]
    assert tables == [("listings", "woocommerce/main 13"), ("listings", "shopify/main mug Red")]


def test_what_has_a_cost_of_its_own_is_not_doubted(files: Files, ask: Asked) -> None:
    files.products(*OWN)
    woo(files, "13,X9,Mug ceramic 350ml red,12.00,4")
    files.take("costs.csv", COSTS, "X9,,5.00,USD,,")
    assert ask("unmapped")["rows"] == []


def test_one_code_of_two_goods(files: Files, ask: Asked) -> None:
    files.products(*OWN)
    woo(files, "11,BW-1,Wool blanket,55.00,4", "12,AP-1,Linen apron for cooks,33.00,4")
    (row,) = ask("unmapped")["rows"]
    assert (row["key"], row["why_code"], row["suggestion"]) == (
        "code:woocommerce/main/BW-1", "titles-differ", None)  # fmt: skip
    assert "“Oak Bowl”" in row["why"] and row["command"].startswith("merchant explain")
    assert main(["map", "--accept", "woocommerce/main", "BW-1", "BW-1"]) == 0, "it is the same after all"
    assert ask("unmapped")["rows"] == []


def test_titles_in_two_scripts_say_nothing_about_each_other(files: Files, ask: Asked) -> None:
    files.products(*OWN)
    files.taobao("101,2026-11-10,900,BW-1,胡桃木沙拉碗,颜色:原木,1,50.00", "102,2026-11-14,901,AP-1,亚麻围裙,,1,50.00")
    body = ask("unmapped")
    assert body["rows"] == [] and any("2 SKUs have titles in Chinese" in note for note in body["notes"])


def test_chinese_titles_are_compared(files: Files, ask: Asked) -> None:
    files.taobao(
        "101,2026-11-10,900,A-1,便携旅行茶具一壶两杯户外套装,,3,50.00", "102,2026-11-14,901,A-2,胡桃木沙拉碗,,1,50.00"
    )
    files.take("costs.csv", COSTS, "A-1,,5.00,CNY,,", "A-2,,5.00,CNY,,")
    woo(files, "1,W-1,户外便携茶具套装 一壶两杯,88,4", "2,A-2,纯棉男士短袖上衣,88,4", "3,W-3,黑胡桃木筷子,88,4")
    rows = by(ask("unmapped"), "code")
    assert set(rows) == {"W-1", "A-2"}
    assert (rows["W-1"]["why_code"], rows["W-1"]["suggestion"], rows["A-2"]["why_code"]) == (
        "lookalike", "A-1", "titles-differ")  # fmt: skip
    assert "像" in ask("unmapped", "--lang", "zh")["rows"][0]["why"]


def test_listings_without_a_code(files: Files, ask: Asked) -> None:
    files.products(*OWN, "odd,Thing nobody knows,,,3,5.00,,")
    woo(files, "14,,Oak bowl,12.00,4")
    rows = by(ask("unmapped"), "key")
    assert {key: (row["why_code"], row["suggestion"]) for key, row in rows.items()} == {
        "code:woocommerce/main/14": ("no-code", "BW-1"),
        "code:shopify/main/~thing nobody knows": ("no-code", None),
    }


def test_codes_that_differ_in_spelling_only(files: Files, ask: Asked) -> None:
    files.products(*OWN)
    woo(files, "12,ap1,Linen apron,33.00,4", "13,M_B,Something else altogether,33.00,4")
    files.take("costs.csv", COSTS, "ap1,,5.00,USD,,")
    (row,) = ask("unmapped")["rows"]  # also with a cost; a title that says otherwise speaks against M_B
    assert (row["code"], row["suggestion"], row["by"], row["why_code"]) == ("ap1", "AP-1", "code", "spelling")
    assert row["score"] == 100


def test_what_is_off_and_was_not_sold_is_no_doubt(files: Files, ask: Asked) -> None:
    files.products(*OWN)
    files.take("wc-product-export-1.csv", WOO, "13,simple,X9,Mug ceramic 350ml red,0,12.00,,4")
    assert ask("unmapped")["rows"] == []


def test_only_the_shops_asked_about(files: Files, ask: Asked) -> None:
    files.products(*OWN, "odd,Thing nobody knows,,,3,5.00,,")
    woo(files, "13,X9,Mug ceramic 350ml red,12.00,4")
    assert set(by(ask("unmapped", "--shop", "woocommerce/main"), "code")) == {"X9"}  # compared with all shops


# --- accepting ---


def mapped(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["sql", "SELECT code, sku, how, multiplier FROM mappings ORDER BY code", "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return rows


def test_an_accepted_mapping_joins_all_history_and_is_one_undo(
    files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    files.products(*OWN)
    files.orders("#1,2026-11-10,TWO-RED,3,19.00", "#2,2026-11-14,M-R,1,10.00")
    assert main(["map", "--accept", "shopify/main", "TWO-RED", "M-R", "--times", "2", "--json"]) == 0
    number = json.loads(capsys.readouterr().out.splitlines()[-1])["import"]
    assert number == 3, "the next number after two imports"
    assert mapped(capsys) == [{"code": "TWO-RED", "sku": "M-R", "how": "merchant", "multiplier": 2}]
    assert units(capsys) == {"M-R": 7}  # 3 × 2 + 1
    assert main(["undo", str(number)]) == 0 and units(capsys) == {"M-R": 1, "TWO-RED": 3}
    assert main(["redo"]) == 0 and units(capsys) == {"M-R": 7}
    assert main(["undo"]) == 0 and mapped(capsys) == []
    assert main(["undo"]) == 0 and main(["sql", "SELECT count(*) FROM orders"]) == 0  # now the newest import
    assert "0" in capsys.readouterr().out.split()


def units(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    capsys.readouterr()
    assert main(["sql", "SELECT sku, sum(units) AS n FROM sold_units GROUP BY sku", "--json"]) == 0
    return {row["sku"]: row["n"] for row in json.loads(capsys.readouterr().out)["rows"]}


def test_mappings_are_undone_in_any_order(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(*OWN)
    for sku in ("BW-1", "AP-1"):  # numbers 2 and 3; the later holds
        assert main(["map", "--accept", "shopify/main", "M-R", sku]) == 0
    assert [row["sku"] for row in mapped(capsys)] == ["AP-1"]
    assert main(["undo", "2"]) == 0 and [row["sku"] for row in mapped(capsys)] == ["AP-1"]
    assert main(["undo", "3"]) == 0 and mapped(capsys) == []
    assert main(["redo", "2"]) == 0 and [row["sku"] for row in mapped(capsys)] == ["BW-1"]
    assert main(["redo", "3"]) == 0 and [row["sku"] for row in mapped(capsys)] == ["AP-1"]
    assert main(["undo", "3"]) == 0 and [row["sku"] for row in mapped(capsys)] == ["BW-1"]
    assert main(["undo", "3"]) == 2 and "cannot be undone" in capsys.readouterr().err
    assert main(["redo", "2"]) == 2
    files.orders("#1,2026-11-10,M-R,3,10.00")  # takes a number of its own
    assert main(["imports", "show", "4"]) == 0


def test_undoing_the_file_leaves_what_was_decided(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(*OWN)
    assert main(["map", "--accept", "shopify/main", "M-R", "BW-1"]) == 0
    assert main(["undo", "1"]) == 0 and [row["sku"] for row in mapped(capsys)] == ["BW-1"]


def test_all_sure_suggestions_at_once(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(*OWN)
    woo(files, "12,ap1,Linen apron,33.00,4", "13,X9,Mug ceramic 350ml red,12.00,4", "14,,Oak bowl,12.00,4")
    assert main(["map", "--accept-suggested", "100", "--shop", "shopify/main"]) == 0 and mapped(capsys) == []
    assert main(["map", "--accept-suggested", "95"]) == 0
    assert {row["code"]: row["sku"] for row in mapped(capsys)} == {"14": "BW-1", "X9": "M-R", "ap1": "AP-1"}
    assert {row["how"] for row in mapped(capsys)} == {"suggested-accepted"} and ask("unmapped")["rows"] == []
    assert main(["undo"]) == 0 and mapped(capsys) == [] and len(ask("unmapped")["rows"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--accept", "shopify/main", "M-RR", "BW-1"), "the nearest: M-R"),
        (("--accept", "shopify/nowhere", "M-R", "BW-1"), "there are: shopify/main"),
        (("--accept", "shopify/main", "M-R", "BW-1", "--times", "0"), "--times lies from 1"),
        (("--accept", "shopify/main", "M-R", " "), "an SKU is needed"),
        (("--accept", "shopify/main", "M-R"), "--accept needs a value"),
        (("--accept", "shopify/main", "M-R", "BW-1", "sheet.csv"), "--accept stands alone"),
        (("--accept-suggested", "20"), "points from 50 to 100"),
        ((), "FILE is missing"),
    ],
)
def test_what_is_refused(files: Files, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    files.products(*OWN)
    assert main(["map", *words]) == 2 and said in capsys.readouterr().err
    assert mapped(capsys) == []
    assert main(["--read-only", "map", "--accept", "shopify/main", "M-R", "BW-1"]) == 2
