"""Shopify's admin: what it does with an uploaded products or inventory CSV.

Rules: updating needs the handle and the title, variant columns also the first option's name and value; an empty cell
in a present column overwrites, an absent column leaves the value; an unknown handle makes a new draft; quantities in
the products CSV are for shops with one location, else the inventory CSV sets `On hand (new)` by handle, options and
location. Column names are the old ones (exports) or the new ones (template).
"""

from pathlib import Path

from tables import Refused, Report, Table, columns_known, either, needs, newest, price, read, whole, write

NEW_NAMES = {
    "Handle": "URL handle", "Body (HTML)": "Description", "Product Category": "Product category",
    "Published": "Published on online store", "Variant SKU": "SKU", "Variant Grams": "Weight value (grams)",
    "Variant Inventory Tracker": "Inventory tracker", "Variant Inventory Qty": "Inventory quantity",
    "Variant Inventory Policy": "Continue selling when out of stock", "Variant Price": "Price",
    "Variant Fulfillment Service": "Fulfillment service", "Variant Compare At Price": "Compare-at price",
    "Variant Requires Shipping": "Requires shipping", "Variant Taxable": "Charge tax", "Variant Barcode": "Barcode",
    "Variant Weight Unit": "Weight unit for display", "Variant Tax Code": "Tax code",
} | {f"Option{n} {part}": f"Option{n} {part.lower()}" for n in (1, 2, 3) for part in ("Name", "Value")}  # fmt: skip
OLD_NAMES = {new: old for old, new in NEW_NAMES.items()}
OPTIONS = [(f"Option{n} Name", f"Option{n} Value") for n in (1, 2, 3)]
KEYS = ["Handle", *(name for pair in OPTIONS for name in pair)]
PRODUCT = ["Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Gift Card", "SEO Title",
           "SEO Description", "Status"]  # fmt: skip
VARIANT = [name for name in NEW_NAMES if name.startswith("Variant ")] + ["Cost per item"]
MONEY = {"Variant Price", "Variant Compare At Price", "Cost per item"}
QUANTITY, ON_HAND, ON_HAND_NEW = "Variant Inventory Qty", "On hand (current)", "On hand (new)"
FREE = "Available (not editable)"
FILES = {"products": "products_export*.csv", "inventory": "inventory_export*.csv", "orders": "orders_export*.csv"}


def held(place: dict[str, str]) -> int:
    """Units at a location that are not free: ordered and not sent, or set aside."""
    return sum(int(place[f"{name} (not editable)"] or 0) for name in ("Committed", "Unavailable"))


class Shop:
    """The shop's data: its own last exports, rewritten in place by `save`."""

    def __init__(self, folder: Path) -> None:
        self.paths = {kind: newest(folder, pattern) for kind, pattern in FILES.items() if list(folder.glob(pattern))}
        self.tables = {kind: read(path) for kind, path in self.paths.items()}
        self.products, self.inventory = self.tables["products"], self.tables.get("inventory")
        self.new_names = "URL handle" in self.products.header

    def named(self, column: str) -> str:
        """The column as this shop's products export names it."""
        return NEW_NAMES.get(column, column) if self.new_names else column

    def product(self, handle: str) -> list[dict[str, str]]:
        return [row for row in self.products.rows if row[self.named("Handle")] == handle]

    def options(self, row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row.get(self.named(value), "") for _, value in OPTIONS)

    def places(self, handle: str, options: tuple[str, ...]) -> list[dict[str, str]]:
        """The inventory rows of a variant at the locations that stock it."""
        rows = self.inventory.rows if self.inventory else []
        return [row for row in rows if row["Handle"] == handle and row[ON_HAND] != "not stocked"
                and tuple(row[value] for _, value in OPTIONS) == options]  # fmt: skip

    def locations(self) -> set[str]:
        return {row["Location"] for row in self.inventory.rows} if self.inventory else set()

    def recount(self, place: dict[str, str], on_hand: int) -> None:
        """Sets what is on hand at a location; what is free, and what the shop offers, follows."""
        place[ON_HAND], place[FREE], place[ON_HAND_NEW] = str(on_hand), str(on_hand - held(place)), ""
        options = tuple(place[value] for _, value in OPTIONS)
        free = sum(int(row[FREE]) for row in self.places(place["Handle"], options))
        for row in self.product(place["Handle"]):
            if self.options(row) == options:
                row[self.named(QUANTITY)] = str(free)

    def save(self) -> None:
        for kind, path in self.paths.items():
            write(path, self.tables[kind])

    def apply(self, path: Path) -> Report:
        """Takes an uploaded file. Raises Refused."""
        upload = read(path)
        return self._inventory(upload) if "Location" in upload.header else self._products(upload)

    def _products(self, upload: Table) -> Report:
        header = [OLD_NAMES.get(name, name) for name in upload.header]
        upload = Table(header, [dict(zip(header, row.values(), strict=True)) for row in upload.rows], upload.lines)
        if len(set(header)) < len(header):
            raise Refused(either("A column stands there under its old and its new name.", "同一列新旧名称同时出现。"))
        columns_known(upload, {*KEYS, *PRODUCT, *VARIANT})
        needs(upload, "Handle", "Title")
        if any(name in header for name in VARIANT):
            needs(upload, "Option1 Name", "Option1 Value")
        report, seen = Report(), set()
        for line, row in zip(upload.lines, upload.rows, strict=True):
            first = row["Handle"] not in seen
            if why := self._why_not(row, first):
                report.rejected.append((line, why))
                continue
            seen.add(row["Handle"])
            report.accepted.append((line, self._changed(row, first)))
        return report

    def _why_not(self, row: dict[str, str], first: bool) -> str | None:
        """Why a row of a products CSV is rejected; None if it is taken."""
        there = self.product(row["Handle"])
        given = tuple(row.get(value, "") for _, value in OPTIONS)
        if not row["Handle"]:
            return either("The handle is empty.", "Handle 为空。")
        if first and not row["Title"]:
            return either("Title can't be blank.", "Title 不能为空。")
        if any(name in row for name in VARIANT) and not (row["Option1 Name"] and given[0]):
            return either("Variant columns need the name and value of Option1.", "规格列需要 Option1 的名称和值。")
        names = [row[name] for name, _ in OPTIONS if row.get(name)]
        known = [there[0][self.named(name)] for name, _ in OPTIONS if there and there[0][self.named(name)]]
        if there and names and names != known:
            return either(f"The product has the options {known}, not {names}.", f"商品的选项为 {known}，不是 {names}。")
        if there and any(given) and all(self.options(one) != given for one in there):
            return either(f"No variant has the options {given}.", f"没有选项为 {given} 的规格。")
        for name in MONEY & row.keys():
            if row[name] and not price(row[name]):
                return either(f"{name} is no price: {row[name]}", f"{name} 不是价格：{row[name]}")
        if row.get(QUANTITY) and whole(row[QUANTITY]) is None:
            return either(f"{QUANTITY} is no count: {row[QUANTITY]}", f"{QUANTITY} 不是数量：{row[QUANTITY]}")
        if QUANTITY in row and len(self.locations()) > 1:
            return either("There are several locations: upload the inventory CSV.", "店铺有多个地点，请上传库存文件。")
        return None

    def _changed(self, row: dict[str, str], first: bool) -> str:
        """Writes a row into the shop's data and says what changed."""
        handle, given = row["Handle"], tuple(row.get(value, "") for _, value in OPTIONS)
        there = self.product(handle)
        if not there:
            new = dict.fromkeys(self.products.header, "") | {self.named(name): cell for name, cell in row.items()}
            self.products.rows.append(new | {"Status": "draft"})
            return either(f"{handle}: a new product, as a draft", f"{handle}：新商品，存为草稿")
        said = []
        variant = [one for one in there if any(given) and self.options(one) == given]
        for name in (name for name in self.products.header if OLD_NAMES.get(name, name) in row):
            column = OLD_NAMES.get(name, name)
            target = there[0] if column in PRODUCT and first else variant[0] if column in VARIANT else None
            if target is not None and target[name] != row[column]:
                said.append(f"{name} {target[name] or '—'} → {row[column] or '—'}")
                target[name] = row[column]
        if QUANTITY in row and (places := self.places(handle, given)):
            self.recount(places[0], int(row[QUANTITY] or 0) + held(places[0]))
        return f"{handle} {' / '.join(filter(None, given))}: " + (", ".join(said) or either("no change", "无变化"))

    def _inventory(self, upload: Table) -> Report:
        if self.inventory is None:
            raise Refused(either("The shop keeps no inventory by location.", "店铺没有按地点的库存。"))
        columns_known(upload, set(self.inventory.header))
        needs(upload, "Handle", "Option1 Name", "Option1 Value", "Location", ON_HAND_NEW)
        report = Report()
        for line, row in zip(upload.lines, upload.rows, strict=True):
            handle, given = row["Handle"], tuple(row.get(value, "") for _, value in OPTIONS)
            place = next((one for one in self.places(handle, given) if one["Location"] == row["Location"]), None)
            units = whole(row[ON_HAND_NEW])
            if place is None or any(row.get(name, "") not in ("", place[name]) for name, _ in OPTIONS):
                why = either("{} does not stock {} {}.", "{} 没有存放 {} {}。").format(row["Location"], handle, given)
                report.rejected.append((line, why))
            elif row[ON_HAND_NEW] and units is None:
                why = either(f"{ON_HAND_NEW} is no count: ", f"{ON_HAND_NEW} 不是数量：") + row[ON_HAND_NEW]
                report.rejected.append((line, why))
            else:
                before = place[ON_HAND]
                if units is not None:
                    self.recount(place, units)
                what = f"{handle} {' / '.join(filter(None, given))}, {row['Location']}: {before} → {place[ON_HAND]}"
                report.accepted.append((line, what))
        return report

    def export(self, out: Path, day: str, only: list[str]) -> list[Path]:
        """The next exports as Shopify names them, `products_export_1.csv`, or with the day."""
        written = []
        for kind in [kind for kind in self.paths if not only or kind in only]:
            path = out / f"{kind}_export_{day.replace('-', '') or '1'}.csv"
            write(path, self.tables[kind])
            written.append(path)
        return written

    def find(self, sku: str, column: str) -> dict[str, str]:
        """The products row of a SKU. Raises Refused."""
        for row in self.products.rows:
            if row[self.named("Variant SKU")] == sku and column in row:
                return row
        raise Refused(either(f"No {column} of {sku}.", f"没有 {sku} 的 {column}。"))
