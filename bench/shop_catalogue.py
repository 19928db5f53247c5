"""What the invented shop sells: a variant is computed from its number; the first 5,000 are ever sold."""

import math
import random
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from shop_days import DAYS
from shop_table import Values, text

SOLD_SKUS = 5_000
SIZES = tuple(accumulate((0.61, 0.22, 0.09, 0.05, 0.02)))  # lines of an order: 1.68 on average
MATERIALS = (("Linen", "亚麻"), ("Cotton", "纯棉"), ("Oak", "橡木"), ("Steel", "不锈钢"), ("Clay", "陶土"))
NOUNS = (("Shirt", "衬衫"), ("Bowl", "碗"), ("Lamp", "台灯"), ("Tote", "手提袋"), ("Apron", "围裙"))
PLACES = (  # ten variants make four products: which product, color, size
    (0, "", ""), (1, "", "S"), (1, "", "M"), (2, "", "S"), (2, "", "M"), (2, "", "L"),
    (3, "Blue", "S"), (3, "Blue", "M"), (3, "Sand", "S"), (3, "Sand", "M"),
)  # fmt: skip


def make_variant(index: int, seed: int, daily: float) -> Values:
    """Variant number `index`, of which `daily` are sold a day; its stock follows from that."""
    place, color, size = PLACES[index % 10]
    product = index // 10 * 4 + place + 1
    rng, own = random.Random(f"{seed}/product/{product}"), random.Random(f"{seed}/variant/{index}")
    (material, material_zh), (noun, noun_zh) = rng.choice(MATERIALS), rng.choice(NOUNS)
    title, label = f"{material} {noun} {product}", f"{color} / {size}".strip(" /")
    price = rng.randrange(9, 120) * 100 - 1
    return {
        "sku": f"{noun[:3].upper()}-{product:05d}-{color[:1]}{size}".strip("-"), "title": title,
        "handle": title.lower().replace(" ", "-"), "name": f"{title} - {label}" if label else title,
        "option1": "Color" if color else "Size" if size else "Title",
        "value1": color or size or "Default Title", "option2": "Size" if color else "",
        "value2": size if color else "", "zh": f"{material_zh}{noun_zh}{product}号",
        "attributes": (f"颜色分类：{color};" if color else "") + (f"尺码：{size}" if size else ""),
        "vendor": f"Workshop {rng.randrange(1, 13)}", "price": price, "fen": price * 7 // 100 * 100 + 90,
        "cost": int(price * rng.uniform(0.3, 0.6)), "opens": index % 10 in (0, 1, 3, 6),
        "stock": str(0 if own.random() < 0.05 else int(daily * own.uniform(0, 60)) + own.randrange(12)),
    }  # fmt: skip


class Catalogue:
    """All variants by number, and how popular the sold ones are (the n-th sells 1 / n ** 0.9)."""

    def __init__(self, listings: int, lines: int, seed: int) -> None:
        self.listings, self.seed, self.sold = listings, seed, min(listings, SOLD_SKUS)
        weights = [1 / rank**0.9 for rank in range(1, self.sold + 1)]
        random.Random(f"{seed}/popular").shuffle(weights)
        total = math.fsum(weights)
        self.shares = [weight / total for weight in weights]
        self.until = [*list(accumulate(self.shares))[:-1], 1.0]
        self.daily = lines * 1.77 / DAYS  # units a day at the end of the two years
        self.items = [self.variant(index) for index in range(self.sold)]
        used = ("sku", "name", "price", "vendor", "zh", "fen", "attributes")  # by the rows of orders
        self.texts = [text({key: item[key] for key in used}) for item in self.items]

    def variant(self, index: int) -> Values:
        return make_variant(index, self.seed, self.daily * self.shares[index] if index < self.sold else 0.0)

    def basket(self, draw: Callable[[], float], room: int) -> list[tuple[int, int]]:
        picked: dict[int, int] = {}
        for _ in range(min(bisect_right(SIZES, draw()), room - 1, self.sold - 1) + 1):
            index = bisect_right(self.until, draw())
            while index in picked:
                index = (index + 1) % self.sold
            picked[index] = 1 + bisect_right((0.86, 0.96), draw())
        return list(picked.items())
