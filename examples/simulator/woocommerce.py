"""WooCommerce's product import with "update existing products": rows are found by ID, else by SKU.

Rules: an empty cell in a present column overwrites, an absent column leaves the value; a row that no product has is
skipped; a variation keeps its product only if Parent names it (`id:100` or its SKU) or the column is absent; prices
come with a point or the store's own decimal sign. That stock below zero is refused is our reading, no documented rule.
"""

from pathlib import Path

from tables import Refused, Report, columns_known, either, newest, price, read, read_text, whole, write

PRICES = ("Regular price", "Sale price")


class Shop:
    """The shop's data: its own last product export, rewritten in place by `save`."""

    def __init__(self, folder: Path) -> None:
        self.path = newest(folder, "wc-product-export*.csv")
        header = read_text(self.path).partition("\n")[0]
        self.delimiter = max(",;", key=header.count)
        self.products = read(self.path, self.delimiter)
        self.bom = self.path.read_bytes().startswith(b"\xef\xbb\xbf")
        self.comma = any("," in row[name] for row in self.products.rows for name in PRICES if name in row)

    def save(self) -> None:
        write(self.path, self.products, self.delimiter, self.bom)

    def apply(self, path: Path) -> Report:
        """Takes an uploaded file. Raises Refused."""
        upload, report = read(path, self.delimiter), Report()
        columns_known(upload, set(self.products.header))
        if not {"ID", "SKU"} & set(upload.header):
            raise Refused(either("A column ID or SKU is needed.", "需要 ID 或 SKU 列。"))
        for line, row in zip(upload.lines, upload.rows, strict=True):
            target = self._found(row)
            if target is None:
                report.rejected.append((line, either("No such product to update.", "没有可更新的商品。")))
                continue
            if why := self._why_not(row, target):
                report.rejected.append((line, why))
                continue
            new = {name: cell for name, cell in self._kept(row, target).items() if target[name] != cell}
            said = [f"{name} {target[name] or '—'} → {cell or '—'}" for name, cell in new.items()]
            target.update(new)
            report.accepted.append((line, f"{target['ID']}: " + (", ".join(said) or either("no change", "无变化"))))
        return report

    def _found(self, row: dict[str, str]) -> dict[str, str] | None:
        key = "ID" if row.get("ID") else "SKU"
        found = [one for one in self.products.rows if row.get(key) and one[key] == row[key]]
        return found[0] if len(found) == 1 else None

    def _parent(self, named: str) -> str:
        """The number of the product that a cell of Parent names; '' for none."""
        key, wanted = ("ID", named[3:]) if named.startswith("id:") else ("SKU", named)
        return next((one["ID"] for one in self.products.rows if named and one[key] == wanted), "")

    def _why_not(self, row: dict[str, str], target: dict[str, str]) -> str | None:
        for name in PRICES:
            if row.get(name) and not price(self._point(row[name])):
                return either(f"{name} is no price: {row[name]}", f"{name} 不是价格：{row[name]}")
        if row.get("Stock") and whole(row["Stock"]) is None:
            return either(f"Stock is no count: {row['Stock']}", f"Stock 不是数量：{row['Stock']}")
        if "Parent" in row and self._parent(row["Parent"]) != self._parent(target["Parent"]):
            return either("The variation would lose its product.", "规格会脱离所属商品。")
        if row.get("SKU") and any(one["SKU"] == row["SKU"] and one is not target for one in self.products.rows):
            return either(f"Another product has the SKU {row['SKU']}.", f"SKU {row['SKU']} 已被其他商品使用。")
        return None

    def _point(self, amount: str) -> str:
        return amount.replace(",", ".") if self.comma and "." not in amount else amount

    def _kept(self, row: dict[str, str], target: dict[str, str]) -> dict[str, str]:
        """The cells as the shop keeps and exports them: its own decimal sign, and the parent as it was named."""
        sign = "," if self.comma else "."
        amounts = {name: self._point(row[name]).replace(".", sign) for name in PRICES if name in row}
        parent = {"Parent": target["Parent"]} if "Parent" in row else {}
        return row | amounts | parent

    def export(self, out: Path, day: str, only: list[str]) -> list[Path]:
        """The next export, with the day in its name if one is given."""
        path = out / (f"wc-product-export-{day.replace('-', '')}.csv" if day else "wc-product-export.csv")
        write(path, self.products, self.delimiter, self.bom)
        return [path]

    def find(self, sku: str, column: str) -> dict[str, str]:
        """The row of a SKU. Raises Refused."""
        for row in self.products.rows:
            if row["SKU"] == sku and column in row:
                return row
        raise Refused(either(f"No {column} of {sku}.", f"没有 {sku} 的 {column}。"))
