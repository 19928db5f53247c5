"""The simulated platforms take what the platforms document, and refuse what they refuse."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from circle_tools import SIMULATOR, simulate
from shops import FILES, INVENTORY, INVENTORY_HEAD, make, texts

KEYS = "Handle,Title,Option1 Name,Option1 Value"
WHERE = "Handle,Option1 Name,Option1 Value,Location,On hand (new)"


def upload(tmp_path: Path, platform: str, text: str, more: dict[str, str] | None = None) -> tuple[int, str, set[str]]:
    """The exit code, what was said, and the lines of the platform's data that are new."""
    state = make(tmp_path / platform, FILES[platform] | (more or {}))
    before = {line for text in texts(state).values() for line in text.splitlines()}
    file = tmp_path / ("upload.txt" if platform == "amazon" else "upload.csv")
    file.write_bytes(text.encode())
    done = simulate("apply", platform, state, file)
    return done.returncode, done.stdout + done.stderr, {
        line for text in texts(state).values() for line in text.splitlines()} - before  # fmt: skip


def test_it_imports_nothing_of_ours() -> None:
    own = {path.stem for path in SIMULATOR.glob("*.py")}
    for path in SIMULATOR.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            strange = {name.partition(".")[0] for name in names} - own - sys.stdlib_module_names
            assert strange <= {"openpyxl"}, f"{path.name}: {strange}"


@pytest.mark.parametrize(
    ("platform", "text", "line"),
    [
        # An absent column leaves the value: the compare-at price of the red mug stays.
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Color,Red,61.50\n", "mug,,,,Red,,,,,M-2,5,61.50,70.00,"),
        # An empty cell in a present column overwrites.
        ("shopify", f"{KEYS},Variant Price,Variant Compare At Price\nmug,Mug,Color,Red,61.50,\n",
         "mug,,,,Red,,,,,M-2,5,61.50,,"),
        ("shopify", "URL handle,Title,Option1 name,Option1 value,Price\nmug,Mug,Color,Blue,21\n",
         "mug,Mug,Kiln,Color,Blue,,,,,M-1,12,21,,active"),
        ("shopify", f"{KEYS},Variant Inventory Qty\nmug,Mug,Color,Blue,10\n",
         "mug,Mug,Kiln,Color,Blue,,,,,M-1,10,20.00,,active"),
        # The title is a column like others: another one renames the product.
        ("shopify", "Handle,Title\nplate,Plate\n", "plate,Plate,Kiln,Title,Default Title,,,,,P-1,5,30.00,,active"),
        # An unknown handle is a new product, as a draft.
        ("shopify", f"{KEYS},Variant Price\nmgu,Mug,Color,Red,61.50\n", "mgu,Mug,,Color,Red,,,,,,,61.50,,draft"),
        ("woocommerce", "ID,Stock\n101,10\n", "101,variation,M-1,Mug - Blue,1,1,10,,20.00,M,Color,Blue"),
        ("woocommerce", "SKU,Regular price\nP-1,31\n", "200,simple,P-1,Plate,1,1,5,,31,,,"),
        ("woocommerce", "ID,Parent,Stock\n101,id:100,\n", "101,variation,M-1,Mug - Blue,1,1,,,20.00,M,Color,Blue"),
        ("amazon", "sku\tprice\tquantity\nP-1\t31.00\t\n",
         "Plate\t\t0102A\tP-1\t31.00\t5\t2025-01-05 10:00 PST\t1\t11\tB000000002\tB000000002\tDEFAULT\tMail\tActive"),
    ],
)  # fmt: skip
def test_what_is_taken(tmp_path: Path, platform: str, text: str, line: str) -> None:
    code, said, new = upload(tmp_path, platform, text)
    assert (code, new) == (0, {line}), said


@pytest.mark.parametrize(
    ("platform", "text", "why"),
    [
        ("shopify", "Handle,Option1 Name,Option1 Value,Variant Price\nmug,Color,Red,61.50\n", "Title is missing"),
        ("shopify", f"{KEYS},Variant Price\nmug,,Color,Red,61.50\n", "Title can't be blank"),
        ("shopify", "Handle,Title,Variant Price\nmug,Mug,61.50\n", "Option1 Name is missing"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,,,61.50\n", "name and value of Option1"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Colour,Red,61.50\n", "not ['Colour']"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Color,Green,61.50\n", "No variant has the options"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Color,Red,$61.50\n", "no price"),
        ("shopify", f'{KEYS},Variant Price\nmug,Mug,Color,Red,"1,061.50"\n', "no price"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Color,Red,-1.00\n", "no price"),
        ("shopify", f"{KEYS},Variant Inventory Qty\nmug,Mug,Color,Red,-1\n", "no count"),
        ("shopify", f"{KEYS},Preis\nmug,Mug,Color,Red,61.50\n", "Unknown column: Preis"),
        ("shopify", f"{KEYS},Variant Price,Variant Price\nmug,Mug,Color,Red,1.00,2.00\n", "twice"),
        ("shopify", f"{KEYS},Variant Price,Price\nmug,Mug,Color,Red,1.00,2.00\n", "old and its new name"),
        ("shopify", f"{KEYS},Variant Price\nmug,Mug,Color,Red,1.00,2.00\n", "Line 2 has 6 cells, not 5"),
        ("shopify", f'{KEYS},Variant Price\nmug,Mug,Color,"Re"d,1.00\n', "Malformed"),
        ("shopify", "", "empty"),
        ("woocommerce", "Name,Stock\nMug,10\n", "ID or SKU is needed"),
        ("woocommerce", "SKU,Stock\nM-9,10\n", "No such product"),
        ("woocommerce", "ID,Stock\n101,-1\n", "no count"),
        ("woocommerce", "ID,Regular price\n101,20 USD\n", "no price"),
        ("woocommerce", "ID,Stok\n101,1\n", "Unknown column"),
        ("woocommerce", "ID,Parent,Stock\n101,,10\n", "lose its product"),
        ("woocommerce", "ID,SKU,Stock\n101,P-1,10\n", "Another product"),
        ("amazon", 'sku\tprice\n"M-1"\t21.00\n', "No such SKU"),
        ("amazon", 'sku\tprice\nM-1\t"21.00"\n', "quoted"),
        ("amazon", "sku,price\nM-1,21.00\n", "Unknown column"),
        ("amazon", "price\n21.00\n", "sku is missing"),
        ("amazon", "sku\thandling-time\nM-1\t2\n", "price or quantity is needed"),
        ("amazon", "sku\tquantity\nM-1\t-1\n", "no count"),
        ("amazon", "sku\tprice\nM-1\t21.005\n", "no price"),
        ("amazon", "sku\tprice\tminimum-seller-allowed-price\nM-1\t21.00\t22.00\n", "outside of its limits"),
        ("amazon", "sku\tquantity\tfulfillment-channel\nM-1\t3\tAMAZON_MOON\n", "Unknown fulfillment-channel"),
        ("amazon", "sku\tquantity\nB-1\t3\n", "leave the quantity empty"),
        ("amazon", "sku\tquantity\nM-1\t3\nM-1\t4\n", "twice"),
    ],
)
def test_what_is_refused_changes_nothing(tmp_path: Path, platform: str, text: str, why: str) -> None:
    code, said, new = upload(tmp_path, platform, text)
    assert (code, new) == (1, set()), said
    assert why in said


def test_a_rejected_row_stops_no_other(tmp_path: Path) -> None:
    text = f"{KEYS},Variant Price\nmug,Mug,Color,Green,1.00\nmug,Mug,Color,Red,61.50\n"
    code, said, new = upload(tmp_path, "shopify", text)
    assert (code, new) == (1, {"mug,,,,Red,,,,,M-2,5,61.50,70.00,"})
    assert said.splitlines()[-1] == "1 accepted, 1 rejected"


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    state = make(tmp_path / "state", FILES["shopify"])
    (tmp_path / "up.csv").write_bytes(f"{KEYS},Vendor\nmug,Mug,Color,Red,陶瓷茶具\n".encode("gb18030"))
    done = simulate("apply", "shopify", state, tmp_path / "up.csv", env={"MERCHANT_LANG": "zh"})
    assert (done.returncode, done.stderr) == (1, "已拒绝：文件不是 UTF-8 编码。\n")


def test_inventory_sets_what_is_on_hand_and_free_follows(tmp_path: Path) -> None:
    """9 on hand in the shop, 1 of them ordered: 7 leave 6 free, with the cellar's 4 the shop offers 10."""
    code, said, new = upload(tmp_path, "shopify", f"{WHERE}\nmug,Color,Blue,Shop,7\n", INVENTORY)
    assert code == 0, said
    assert new == {
        "mug,Mug,Color,Blue,,,,,M-1,Shop,0,1,6,7,",
        "mug,Mug,Kiln,Color,Blue,,,,,M-1,10,20.00,,active",
    }


def test_inventory_takes_no_other_column_and_a_blank_leaves_the_count(tmp_path: Path) -> None:
    row = "mug,Mug,Color,Blue,,,,,M-1,Shop,5,5,5,55,\n"
    code, said, new = upload(tmp_path, "shopify", INVENTORY_HEAD + row, INVENTORY)
    assert (code, new) == (0, set()), said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{WHERE}\nmug,Color,Blue,Attic,7\n", "does not stock"),
        (f"{WHERE}\nmug,Color,Green,Shop,7\n", "does not stock"),
        (f"{WHERE}\nmug,Colour,Blue,Shop,7\n", "does not stock"),
        (f"{WHERE}\nplate,Title,Default Title,Cellar,7\n", "does not stock"),
        (f"{WHERE}\nmug,Color,Blue,Shop,-7\n", "no count"),
        (f"{WHERE}\nmug,Color,Blue,Shop,7.5\n", "no count"),
        ("Handle,Option1 Name,Option1 Value,Location\nmug,Color,Blue,Shop\n", "On hand (new) is missing"),
        (f"{KEYS},Variant Inventory Qty\nmug,Mug,Color,Blue,10\n", "several locations"),
    ],
)
def test_inventory_is_refused(tmp_path: Path, text: str, why: str) -> None:
    code, said, new = upload(tmp_path, "shopify", text, INVENTORY)
    assert (code, new) == (1, set()), said
    assert why in said


@pytest.mark.parametrize("platform", sorted(FILES))
def test_an_export_is_the_data_as_it_is(tmp_path: Path, platform: str) -> None:
    """Column for column and byte for byte, whatever was exported before."""
    state = make(tmp_path / "state", FILES[platform] | (INVENTORY if platform == "shopify" else {}))
    done = simulate("export", platform, state, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert texts(tmp_path / "out") == texts(state)
    simulate("export", platform, state, tmp_path / "dated", "--day", "2026-11-23").check_returncode()
    assert all("2026" in path.name for path in (tmp_path / "dated").iterdir())
