"""Writes `format-N.db.gz`: a store as this release's migrations make it, with two overlapping files and an undo.

Run once per format, before its release, and never again: `python tests/stores/make_store.py`.
"""

import gzip
import os
import tempfile
from contextlib import closing
from pathlib import Path

from merchant_cli.intake import again
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import open as opening
from merchant_cli.store.digest import stored_digest

HERE = Path(__file__).parent
HEAD = (
    "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Refunded Amount\n"
)
FILES = {
    "orders_export_20250305.csv": HEAD
    + "#1,ann@example.com,paid,2025-03-01 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1,\n"
    + "#2,ben@example.com,paid,2025-03-02 10:00:00 +0000,USD,20.00,20.00,Mug,2,10.00,A-1,\n",
    "orders_export_20250310.csv": HEAD
    + "#2,ben@example.com,refunded,2025-03-02 10:00:00 +0000,USD,20.00,20.00,Mug,2,10.00,A-1,20.00\n"
    + "#3,ann@example.com,paid,2025-03-08 10:00:00 +0000,USD,5.00,5.00,Bowl,1,5.00,A-2,\n",
    "costs.csv": "SKU,Unit cost,Currency,Valid from\nA-1,4.00,USD,2025-01-01\nA-2,2.00,USD,2025-01-01\n",
}


def main() -> None:
    os.environ["MERCHANT_KEY"] = str(HERE / "buyer.key")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / f"format-{opening.FORMAT}.db"
        for name, text in FILES.items():
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            assert not next(take_in(store, [str(path)], Asked())).problem
        again.undo(store, 3)
        with closing(opening.read(store)) as db:
            digest = stored_digest(db)
        (HERE / f"format-{opening.FORMAT}.db.gz").write_bytes(gzip.compress(store.read_bytes(), 9, mtime=0))
    (HERE / f"format-{opening.FORMAT}.digest").write_text(digest + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
