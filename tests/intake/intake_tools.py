"""What the tests of intake share: importing, the digest, and small orders files."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import checks
from merchant_cli.store import open as opening
from merchant_cli.store.digest import stored_digest

SHOP = Path(__file__).parents[2] / "examples" / "shop"


def taken(store: Path, paths: Iterable[str | Path], **asked: Any) -> list[Receipt]:
    """The receipts of an import that refuses nothing."""
    receipts = list(take_in(store, [str(p) for p in paths], Asked(**asked)))
    assert [(r.path, r.problem and r.problem.code) for r in receipts if r.problem] == []
    return receipts


def digest(store: Path) -> str:
    with closing(opening.read(store)) as db:
        return stored_digest(db)


def faults(store: Path) -> list[tuple[str, str]]:
    """What `merchant check --full` finds wrong."""
    with closing(opening.read(store)) as db:
        return [(c.name, c.detail) for c in checks.checks(db, full=True) if c.state != checks.SOUND]


def query(store: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(opening.read(store)) as db:
        return db.execute(sql).fetchall()


ORDERS_HEAD = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Refunded Amount\n"
)


def order(name: str, *, status: str = "paid", total: str = "10.00", refunded: str = "", day: str = "2025-03-01") -> str:
    """One Shopify order of one line."""
    return f"{name},{status},{day} 10:00:00 +0000,USD,{total},{total},Mug,1,{total},A-1,{refunded}\n"
