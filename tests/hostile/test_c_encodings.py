"""C1–C7, C27, C28: what the bytes of a text file may be."""

from __future__ import annotations

import unicodedata

import pytest
from hostile_texts_in import SHOPIFY, TAOBAO, Hostile, as_csv, shopify, taobao

from merchant_cli.app import main

CHINESE = as_csv([TAOBAO, taobao("1001", buyer="张三丰"), taobao("1002", status="等待买家付款")])
WESTERN = as_csv([SHOPIFY, shopify("#1", title="Crème brûlée"), shopify("#2", title="Café, très bon"),
                  shopify("#3", title="Müller’s Glas")])  # fmt: skip


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_c1_a_chinese_file_in_any_encoding(hostile: Hostile, encoding: str) -> None:
    taken = hostile.given(CHINESE, encoding=encoding)
    assert (taken.code, taken.only["importer"], taken.only["inserted"]) == (0, "taobao orders", 2)
    assert hostile.orders("status_raw") == {"1001": "交易成功", "1002": "等待买家付款"}


def test_c1_a_western_file_is_not_taken_for_chinese(hostile: Hostile) -> None:
    """Each of these bytes could begin a character of GB18030; what stands around them says that none does."""
    taken = hostile.given(WESTERN, encoding="cp1252")
    assert taken.code == 0
    assert hostile.lines() == {"#1": "Crème brûlée", "#2": "Café, très bon", "#3": "Müller’s Glas"}


def test_c1_the_choice_is_shown(hostile: Hostile) -> None:
    """Where nothing but the bytes says how a file is written, the receipt says what was chosen and how to overrule."""
    path = hostile.write(CHINESE, encoding="gb18030")
    hostile.capfd.readouterr()
    assert main(["import", str(path), "--dry-run"]) == 0
    assert "GB18030" in hostile.capfd.readouterr().out
    assert main(["import", str(hostile.write(CHINESE)), "--dry-run"]) == 0
    assert "UTF-8" not in hostile.capfd.readouterr().out


def test_c1_encoding_as_asked(hostile: Hostile) -> None:
    text = as_csv([SHOPIFY, shopify("#1", title="珈琲カップ")])
    path = hostile.write(text, encoding="shift_jis")
    taken = hostile.take(path, "--encoding", "shift_jis")
    assert taken.code == 0 and hostile.lines() == {"#1": "珈琲カップ"}
    number = taken.only["import"]
    assert main(["undo", str(number)]) == 0
    assert main(["redo", str(number)]) == 0
    assert hostile.lines() == {"#1": "珈琲カップ"}


def test_c1_encoding_that_does_not_fit_or_is_none(hostile: Hostile) -> None:
    path = hostile.write(CHINESE, encoding="gb18030")
    taken = hostile.take(path, "--encoding", "utf-8")
    assert taken.code in (3, 4) and hostile.orders() == {}
    assert main(["import", str(path), "--encoding", "klingon"]) == 2
    assert "klingon" in hostile.capfd.readouterr().err


def test_c2_characters_that_gbk_has_not(hostile: Hostile) -> None:
    title = "𠮷祥 朱镕基 €5 㐀"
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", title=title)]), encoding="gb18030")
    assert taken.code == 0 and hostile.lines() == {"#1": title}


@pytest.mark.parametrize("marks", [1, 2])
def test_c3_a_byte_order_mark_is_no_part_of_the_header(hostile: Hostile, marks: int) -> None:
    taken = hostile.given(b"\xef\xbb\xbf" * marks + CHINESE.encode())
    assert taken.code == 0 and set(hostile.orders()) == {"1001", "1002"}


def test_c4_unicode_text_of_excel(hostile: Hostile) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", title="杯子, 蓝色")], "\t"), encoding="utf-16")
    assert taken.code == 0 and hostile.lines() == {"#1": "杯子, 蓝色"}


@pytest.mark.parametrize(
    ("title", "suggested"),
    [("å¼\u00a0ä¸‰", "张三"), ("CafÃ© crÃ¨me", "Café crème"), ("锟斤拷锟斤拷", ""), ("a\ufffdb", "")],
)
def test_c5_text_that_was_garbled_before(hostile: Hostile, title: str, suggested: str) -> None:
    """It comes in as it stands, and the receipt says so; what it probably was is a suggestion and no more."""
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", title=title), shopify("#2")]))
    assert taken.code == 0 and hostile.lines()["#1"] == title
    (note,) = [note for note in taken.only["notes"] if "garbled" in note]
    assert title in note and suggested in note


@pytest.mark.parametrize("title", ["Café crème", "Ångström åäö", "Année ÉTÉ – “Œuvre”", "张三", "Ã", "€ 5 ¥ 7"])
def test_c5_text_that_is_sound_is_not_flagged(hostile: Hostile, title: str) -> None:
    taken = hostile.given(as_csv([SHOPIFY, shopify("#1", title=title)]))
    assert not [note for note in taken.only["notes"] if "garbled" in note]


@pytest.mark.parametrize(("encoding", "bad"), [("utf-8", b"\xff"), ("utf-8", b"\xe5\xbc"), ("gb18030", b"\xff")])
def test_c6_a_byte_that_is_no_text_keeps_its_row_back(hostile: Hostile, encoding: str, bad: bytes) -> None:
    rows = [taobao(str(1000 + n), buyer="买家会员") for n in range(60)]
    raw = as_csv([TAOBAO, *rows]).encode(encoding)
    at = raw.index(b"1030,") + 5
    taken = hostile.given(raw[:at] + bad + raw[at:])
    assert taken.code == 3
    assert hostile.waiting() == [(32, "bad-bytes")]
    assert len(hostile.orders()) == 59 and "1030" not in hostile.orders()
    assert hostile.ask("SELECT params FROM quarantine")[0][0].count(str(at)) == 1
    assert taken.only["quarantined"] == 1 and taken.only["read"] == 60


@pytest.mark.parametrize("bad", [b"\xff", b"\xfe", b"\xc3\x28", b"\xe2\x28\xa1", b"\x80\x81", b"\xed\xa0\x80"])
def test_c6_a_bad_byte_in_a_small_file_of_plain_letters(hostile: Hostile, bad: bytes) -> None:
    raw = as_csv([SHOPIFY, shopify("#1"), shopify("#2", title="M?g"), shopify("#3")]).encode().replace(b"?", bad)
    taken = hostile.given(raw)
    assert taken.code == 3 and hostile.waiting() == [(3, "bad-bytes")]
    assert set(hostile.orders()) == {"#1", "#3"}


def test_c6_bytes_that_are_no_text_at_all(hostile: Hostile) -> None:
    taken = hostile.given(bytes(range(1, 256)) * 300)
    assert taken.code == 4 and taken.only["state"] == "refused"
    assert taken.only["problem"]["code"] in ("encoding", "file-unreadable")


def test_c7_a_nul_byte_keeps_its_row_back(hostile: Hostile) -> None:
    rows = [shopify(f"#{n}", title="x" * 200) for n in range(1000)]
    raw = as_csv([SHOPIFY, *rows]).encode()
    at = raw.index(b"#900,") + 2
    taken = hostile.given(raw[:at] + b"\0" + raw[at:])
    assert taken.code == 3 and hostile.waiting() == [(902, "bad-bytes")]
    assert len(hostile.orders()) == 999
    assert hostile.ask("SELECT count(*) FROM fact_order_lines WHERE instr(title, char(0)) > 0") == [(0,)]


def test_c7_nul_bytes_all_over(hostile: Hostile) -> None:
    raw = as_csv([SHOPIFY, *(shopify(f"#{n}") for n in range(50))]).encode()
    taken = hostile.given(raw + b"\0" * 4096)
    assert taken.code in (3, 4)
    assert hostile.ask("SELECT count(*) FROM fact_orders WHERE instr(order_id, char(0)) > 0") in ([], [(0,)])
    assert hostile.given(b"\0" * 100_000).code == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_c27_no_lone_surrogate_comes_in(hostile: Hostile, encoding: str) -> None:
    """Neither as bytes that only a careless program writes, nor as half a pair in UTF-16."""
    raw = as_csv([SHOPIFY, shopify("#1", title="ab\ud800cd"), *(shopify(f"#{n}") for n in range(2, 40))])
    taken = hostile.given(raw.encode("utf-8" if encoding == "gb18030" else encoding, "surrogatepass"))
    assert taken.code in (3, 4)
    assert "#1" not in hostile.orders()
    for (title,) in hostile.ask("SELECT title FROM fact_order_lines"):
        title.encode("utf-8")


def test_c28_two_spellings_of_one_buyer_word_or_header_meet(hostile: Hostile) -> None:
    """Compared by NFKC: wide letters and signs, accents in one character or in two."""
    header = [unicodedata.normalize("NFKC", TAOBAO[0]), "买家会员名　", *TAOBAO[2:]]
    wide, apart = "ＡＢ１", unicodedata.normalize("NFD", "José")
    rows = [taobao("1", buyer=wide), taobao("2", buyer="ab1"), taobao("3", buyer=apart)]
    rows.append(taobao("4", buyer="José", status="买家已付款，等待卖家发货"))
    assert hostile.given(as_csv([header, *rows])).code == 0
    buyers = hostile.orders("buyer")
    assert buyers["1"] == buyers["2"] and buyers["3"] == buyers["4"] and len(set(buyers.values())) == 2
    assert hostile.orders("status")["4"] == "paid"


def test_c28_what_is_stored_is_what_the_platform_shows(hostile: Hostile) -> None:
    codes = ["ＡＢＣ－１", "杯子（蓝）－大", unicodedata.normalize("NFD", "Café-1"), "Café-1", "ﬁ-1"]
    hostile.given(as_csv([SHOPIFY, *(shopify(f"#{n}", code=code) for n, code in enumerate(codes))]))
    assert list(hostile.lines("code").values()) == codes
