"""Amazon Seller Central: the price-and-quantity flat file against the All Listings report.

Rules: UTF-8, tabs, no quotes; `sku` and any of the known columns; prices with at most two decimals and no symbol;
rows that Amazon fulfils carry no quantity; a SKU stands once; an empty cell leaves the value. A faulty row is rejected
in the processing report, the others are taken.
"""

from pathlib import Path

from tables import Refused, Report, Table, as_table, columns_known, either, needs, newest, price, read_text, whole

LAYOUT = ["sku", "price", "minimum-seller-allowed-price", "maximum-seller-allowed-price", "quantity", "handling-time",
          "leadtime-to-ship", "fulfillment-channel"]  # fmt: skip
CHANNELS = ("DEFAULT", "AMAZON_NA", "AMAZON_EU")
AMOUNTS = LAYOUT[1:4]


def read_tabs(path: Path) -> Table:
    """Lines of cells between tabs; quotes are ordinary characters here."""
    lines = read_text(path).replace("\r\n", "\n").removesuffix("\n").split("\n")
    return as_table([line.split("\t") for line in lines], list(range(1, len(lines) + 1)))


class Shop:
    """The shop's data: its own last All Listings report, rewritten in place by `save`."""

    def __init__(self, folder: Path) -> None:
        self.path = newest(folder, "*.txt")
        self.products = read_tabs(self.path)
        needs(self.products, "seller-sku", "price", "quantity")

    def text(self) -> str:
        rows = [self.products.header, *([row[name] for name in self.products.header] for row in self.products.rows)]
        return "".join("\t".join(row) + "\n" for row in rows)

    def save(self) -> None:
        self.path.write_text(self.text(), encoding="utf-8", newline="")

    def apply(self, path: Path) -> Report:
        """Takes an uploaded file. Raises Refused."""
        if path.suffix != ".txt":
            raise Refused(either("Upload a .txt file.", "请上传 .txt 文件。"))
        upload, report = read_tabs(path), Report()
        columns_known(upload, set(LAYOUT))
        needs(upload, "sku")
        if not {"price", "quantity"} & set(upload.header):
            raise Refused(either("A column price or quantity is needed.", "需要 price 或 quantity 列。"))
        for line, row in zip(upload.lines, upload.rows, strict=True):
            target = next((one for one in self.products.rows if one["seller-sku"] == row["sku"]), None)
            if target is None:
                report.rejected.append((line, either("No such SKU: ", "没有该 SKU：") + row["sku"]))
                continue
            twice = [one["sku"] for one in upload.rows].count(row["sku"]) > 1
            if why := either("The SKU stands there twice.", "SKU 重复。") if twice else self._why_not(row, target):
                report.rejected.append((line, why))
                continue
            new = {name: row[name] for name in ("price", "quantity") if row.get(name) and target[name] != row[name]}
            said = [f"{name} {target[name] or '—'} → {value}" for name, value in new.items()]
            target.update(new)
            report.accepted.append((line, f"{row['sku']}: " + (", ".join(said) or either("no change", "无变化"))))
        return report

    def _why_not(self, row: dict[str, str], target: dict[str, str]) -> str | None:
        if quoted := next((cell for cell in row.values() if cell.startswith('"')), None):
            return either(f"A quoted cell: {quoted}", f"带引号的单元格：{quoted}")
        for name in AMOUNTS:
            if row.get(name) and (not price(row[name]) or float(row[name]) <= 0):
                return either(f"{name} is no price: {row[name]}", f"{name} 不是价格：{row[name]}")
        least, now, most = (float(row.get(name) or 0) for name in (AMOUNTS[1], AMOUNTS[0], AMOUNTS[2]))
        if now and (now < least or (most and now > most)):
            return either("The price is outside of its limits.", "价格超出限定范围。")
        if row.get("quantity") and whole(row["quantity"]) is None:
            return either(f"quantity is no count: {row['quantity']}", f"quantity 不是数量：{row['quantity']}")
        channel = row.get("fulfillment-channel") or target.get("fulfillment-channel") or "DEFAULT"
        if channel not in CHANNELS:
            return either(f"Unknown fulfillment-channel: {channel}", f"未知的 fulfillment-channel：{channel}")
        if channel != "DEFAULT" and any(row.get(name) for name in ("quantity", "handling-time", "leadtime-to-ship")):
            return either("Amazon counts this stock: leave the quantity empty.", "该库存由平台管理，数量应留空。")
        return None

    def export(self, out: Path, day: str, only: list[str]) -> list[Path]:
        """The next All Listings report."""
        path = out / f"All+Listings+Report{'_' + day if day else ''}.txt"
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text(), encoding="utf-8", newline="")
        return [path]

    def find(self, sku: str, column: str) -> dict[str, str]:
        """The row of a SKU. Raises Refused."""
        for row in self.products.rows:
            if row["seller-sku"] == sku and column in row:
                return row
        raise Refused(either(f"No {column} of {sku}.", f"没有 {sku} 的 {column}。"))
