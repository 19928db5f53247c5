"""`merchant map --set` writes a mapping that import recognises; what it cannot understand it says with near names."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_tools import query, taken

from importers.mapping import from_toml, to_toml
from merchant_cli.app import main
from merchant_cli.intake.kinds import columns_of, kind_of
from merchant_cli.intake.mapped import BadSet, parse
from merchant_cli.store.facts import TABLES


def test_kinds_follow_from_names() -> None:
    said = {
        ("orders", "paid"): "money", ("order_lines", "units"): "count", ("orders", "order_id"): "id",
        ("orders", "buyer"): "buyer", ("stock_counts", "counted_day"): "day", ("rates", "rate_micro"): "rate",
        ("orders", "channel"): "text", ("suppliers", "moq"): "money", ("products", "moq"): "count",
    }  # fmt: skip
    assert {pair: kind_of(*pair) for pair in said} == said
    for table in TABLES:
        assert len(set(columns_of(table))) == len(columns_of(table))
    assert "placed" in columns_of("orders") and {"paid", "paid_at"} < set(columns_of("orders"))


def test_where_a_set_goes() -> None:
    sets = parse(["order_id=No", "placed=Date", "code=Item", "listed=Sum", "orders.paid:count = P", "status==paid"])
    assert [(s.table, s.column, s.kind, s.header, s.constant) for s in sets] == [
        ("orders", "order_id", "id", "No", None),
        ("orders", "placed", "moment", "Date", None),
        ("order_lines", "code", "id", "Item", None),
        ("order_lines", "listed", "money", "Sum", None),
        ("orders", "paid", "count", "P", None),
        ("orders", "status", "choice", "", "paid"),
    ]
    assert parse(["cost=Preis"], "costs")[0].table == "costs"
    for bad in ("order_id", "ordr_id=No", "nothing.x=No", "code:monny=No"):
        with pytest.raises(BadSet):
            parse([bad])


def test_a_mapping_of_costs_is_his_own(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "buying 20250301.csv"
    path.write_text("Thing,Price each\nA-1,4.50\nA-2,oops\n", encoding="utf-8")
    sets = ["--set", "sku=Thing", "--set", "cost=price each", "--set", "from_day==2025-01-01", "--set", "currency==USD"]
    assert main(["map", str(path), "--into", "costs", *sets]) == 0
    mapping = store.parent / "mappings" / "buying.toml"
    assert from_toml(mapping.read_text(encoding="utf-8"), name="buying").own
    [receipt] = taken(store, [path])
    assert (receipt.importer, receipt.shop, receipt.outcome["quarantined"]) == ("own buying", "", 1)
    assert query(store, "SELECT sku, cost_minor, currency FROM costs") == [("A-1", 450, "USD")]
    assert main(["map", str(path), "--into", "costs", *sets]) == 0, "the same again changes nothing"
    assert main(["map", str(path), "--into", "costs", *sets[:4], "--set", "from_day==2025-02-01"]) == 2
    capsys.readouterr()


def test_mapped_listings_keep_their_prices(store: Path, tmp_path: Path) -> None:
    """As the platforms' own files do: the desks see a shop's listings only by the day of their prices."""
    path = tmp_path / "goods.csv"
    path.write_text("No,Item,Price,Was,Left\n1,A-1,4.50,5.00,3\n2,B-1,,,4\n", encoding="utf-8")
    said = ("listing_id=No", "code=Item", "price=Price", "compare_at=Was", "listed_units=Left")
    sets = [part for one in said for part in ("--set", one)]
    assert main(["map", str(path), "--into", "listings", *sets, "--shop", "jd/main"]) == 0
    text = (store.parent / "mappings" / "goods.toml").read_text(encoding="utf-8")
    assert to_toml(from_toml(text, name="goods")) == text
    for day in ("2025-03-01", "2025-03-02"):
        taken(store, [path], exported=day)
        path.write_text(path.read_text(encoding="utf-8").replace("4.50", "4.60"), encoding="utf-8")
    sql = "SELECT listing_id, variant_id, seen_day, price_minor, compare_at_minor, currency FROM prices ORDER BY 3"
    assert query(store, sql) == [
        ("1", "", "2025-03-01", 450, 500, "CNY"), ("1", "", "2025-03-02", 460, 500, "CNY")]  # fmt: skip


def test_what_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.csv"
    path.write_text("No,Date\n1,2025-01-01\n", encoding="utf-8")
    assert main(["map", str(path)]) == 2
    assert "map-unsure" in capsys.readouterr().err
    assert main(["map", str(path), "--set", "order_id=Nr"]) == 2
    assert "No" in capsys.readouterr().err
    assert main(["map", str(tmp_path / "gone.csv"), "--set", "order_id=No"]) == 4
    assert main(["map", str(path), "--set", "code=No"]) == 2, "lines need their order"
    assert main(["map", str(path), "--set", "order_id=No", "--read-only"]) == 2
    assert not (store.parent / "mappings").exists()
