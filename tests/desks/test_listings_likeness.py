"""How much two names look like one good: goods that are one, and near misses."""

from __future__ import annotations

import pytest

from merchant_cli.desks.listings._suggest import Finder, Target
from merchant_cli.methods.likeness import Name, likeness, resemble

Parts = tuple[str | None, str | None, str | None]


@pytest.mark.parametrize(
    ("one", "other", "least", "by"),
    [
        (("A", "Wood-Fired Tea Cup", None), ("B", "Tea cup, wood fired", None), 100, "title"),
        (("A", "Mug", "Color: Red; Size: 350 ml"), ("B", "Mug", "颜色: RED / 350ml"), 95, "title-options"),
        (("A", "Ceramic Mug", "Color: Red"), ("B", "Ceramic mug red", None), 95, "title"),
        (("A", "龙泉青瓷小茶壶功夫茶单壶180ml", None), ("B", "青瓷茶壶 龙泉 小壶 180ml 功夫茶具", None), 90, "title"),
        (("A", "便携茶具2026新款", None), ("B", "便携茶具新款 2025", None), 80, "title"),  # a year is no size
        (("TB-A100", "Tea Tray small", None), ("A100", "Small bamboo tea tray", None), 80, "code-title"),
        (("ts-red_m", "Red Shirt", None), ("TS RED M", "Shirt", None), 95, "code"),
        (("CJ-1001", "Tea Pot", None), ("cj1001", "手作茶壶", None), 95, "code"),  # two scripts: the code decides
    ],
)
def test_one_good(one: Parts, other: Parts, least: int, by: str) -> None:
    for a, b in ((one, other), (other, one)):
        found = likeness(Name(*a), Name(*b))
        assert found is not None and found.by == by and found.score >= least, found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A", "Ceramic Mug 350 ml", None), ("B", "Ceramic Mug 500 ml", None)),
        (("A", "Ceramic Mug", "Color: Red"), ("B", "Ceramic Mug", "Color: Blue")),
        (("A", "Tee", "Size: M"), ("B", "Tee", "Size: L")),
        (("A", "陶瓷马克杯", "颜色:红色"), ("B", "陶瓷马克杯", "颜色:蓝色")),
        (("A", "Ceramic Mug", "Color: Red"), ("B", "Ceramic mug", None)),  # which colour?
        (("A", "Ceramic Mug", "Color: Red"), ("B", "Ceramic mug green", None)),
        (("A", "Tea Pot", None), ("B", "手作茶壶", None)),
        (("A", None, None), ("B", None, None)),
        (("A-1", "Oak Bowl", None), ("a1", "Wool Blanket", None)),  # one code, two goods
        (("TS-RED-M", "Tee", "Size: M"), ("TS-RED-L", "Tee", "Size: L")),
        (("A1", "Bamboo Tea Tray", None), ("A2", "Bamboo Tea Scoop", None)),
    ],
)
def test_two_goods(one: Parts, other: Parts) -> None:
    for a, b in ((one, other), (other, one)):
        found = likeness(Name(*a), Name(*b))
        assert found is None or found.score < 80, found


def test_titles_that_say_more_are_alike() -> None:
    short, long = Name(None, "陶瓷马克杯", None), Name(None, "陶瓷马克杯大容量家用办公室水杯情侣款", None)
    assert resemble(short, long) and not resemble(short, Name(None, "亚麻围裙家用", None))
    mug = Name(None, "Ceramic Mug", None)
    assert resemble(mug, Name(None, "Handmade Ceramic Mug, Large", None))
    assert not resemble(mug, Name(None, "Linen Apron", None))


def target(sku: str, title: str, shop: str = "a/x", rank: int = 1) -> Target:
    return Target(sku, shop, sku, (rank,), Name(sku, title, None))


def test_what_several_fit_is_said_and_rank_decides() -> None:
    finder = Finder([target("S1", "Oak Bowl", rank=1), target("S2", "Oak Bowl", rank=2), target("S3", "Oak Bow")])
    best = finder.best(Name("Z", "Oak bowl", None), 80)
    assert best is not None and best.target.sku == "S2" and best.several
    assert (only := finder.best(Name("Z", "Oak bowl", None), 80, but={"S2"})) and only.target.sku == "S1"
    assert finder.best(Name("Z", "Oak bowl", None), 80, above=(2,)) is None
    assert finder.best(Name("Z", "Oak bowl", None), 80, not_in="a/x") is None


def test_common_words_alone_still_find() -> None:
    many = [target(f"S{i}", f"Tea Cup {'abcdefghij'[i % 10]}{i}") for i in range(200)]
    best = Finder([*many, target("S", "Tea Cup")]).best(Name("Z", "Cup tea", None), 80)
    assert best is None or best.likeness.score >= 80
    found = Finder([*many, target("S", "Tea Cup Rose")]).best(Name("Z", "Rose tea cup", None), 80)
    assert found is not None and (found.target.sku, found.likeness.score) == ("S", 100)
