"""The merchant's shops and what is usual on each platform."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

# platform → (zone, currency, day of a sale). What a file states wins; an empty zone: days are written as local.
USUAL = {
    **dict.fromkeys(
        ("taobao", "jd", "pinduoduo", "douyin", "kuaishou", "xiaohongshu", "wechat_shop", "youzan", "1688",
         "jushuitan", "wangdian", "alipay", "wechat_pay"),
        ("Asia/Shanghai", "CNY", "paid"),
    ),
}  # fmt: skip
OTHERWISE = ("", None, "placed")


@dataclass(frozen=True)
class Shop:
    """One shop: its number, `platform/name`, currency (None: not known yet), zone and day of a sale."""

    no: int
    shop: str
    currency: str | None
    zone: str
    sale_day: str
    label: str | None = None


def all_of(db: sqlite3.Connection, platform: str) -> list[Shop]:
    rows = db.execute(
        "SELECT no, shop, currency, zone, sale_day, label FROM shops WHERE platform = ? ORDER BY no", (platform,)
    )
    return [Shop(*row) for row in rows]


def by_name(db: sqlite3.Connection, shop: str) -> Shop | None:
    row = db.execute("SELECT no, shop, currency, zone, sale_day, label FROM shops WHERE shop = ?", (shop,)).fetchone()
    return Shop(*row) if row else None


def by_number(db: sqlite3.Connection, number: int) -> Shop | None:
    row = db.execute("SELECT no, shop, currency, zone, sale_day, label FROM shops WHERE no = ?", (number,)).fetchone()
    return Shop(*row) if row else None


def add(
    db: sqlite3.Connection, shop: str, *, zone: str = "", currency: str | None = None, sale_day: str = "",
    label: str | None = None,
) -> Shop:  # fmt: skip
    """Writes a new shop with what the importer states, else what is usual on its platform."""
    platform, _, name = shop.partition("/")
    usual_zone, usual_currency, usual_day = USUAL.get(platform, OTHERWISE)
    number = db.execute(
        "INSERT INTO shops (shop, platform, name, label, currency, zone, sale_day) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (shop, platform, name or "main", label, currency or usual_currency, zone or usual_zone, sale_day or usual_day),
    ).lastrowid
    found = by_number(db, number or 0)
    assert found is not None
    return found


def learn(db: sqlite3.Connection, shop: Shop, *, currency: str | None, label: str | None) -> None:
    """Keeps what a file told of a shop that was not known before."""
    if currency and not shop.currency:
        db.execute("UPDATE shops SET currency = ? WHERE no = ?", (currency, shop.no))
    if label and not shop.label:
        db.execute("UPDATE shops SET label = ? WHERE no = ?", (label, shop.no))
