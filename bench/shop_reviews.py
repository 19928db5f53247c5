"""Reviews of the invented shop, spread over its order lines."""

import random
from bisect import bisect_right
from typing import TextIO

from shop_catalogue import Catalogue
from shop_days import DAY, DAY_TEXTS, DAYS
from shop_orders import Order
from shop_table import template

REVIEWS = """评价编号={id}|店铺={shop}|订单编号={order}|商家编码={sku}|评价日期={day}|评分={stars}
|评价内容={words}|追评内容={later}|商家回复={reply}"""
WORDS = {  # per shop: bad, so-so and good sentences, and the shop's reply
    "shopify": (("Broke after a week.", "Two weeks late.", "Wrong size."), ("It is fine.", "A bit small."),
                ("Love it!", "Great quality.", "Fast delivery.", "Would buy again."), "Thank you!"),
    "山谷小铺": (("用了一周就坏了。", "物流太慢了。", "尺码偏小。"), ("一般般吧。", "比想象的小一点。"),
             ("很喜欢！", "质量很好，做工精细。", "发货很快。", "会回购的。"), "谢谢您的评价！"),
}  # fmt: skip


class Reviews:
    """Spreads `total` reviews over the `lines` order lines of a shop while its orders pass by."""

    def __init__(self, file: TextIO, shop: str, total: int, lines: int, seed: int) -> None:
        self.file, self.shop, self.total, self.lines = file, shop, total, lines
        self.rng, self.row = random.Random(f"{seed}/reviews/{shop}"), template(REVIEWS) + "\n"
        self.passed = self.written = 0

    def add(self, order: Order, name: str, catalogue: Catalogue) -> None:
        self.passed += len(order.items)
        while self.written < self.total * self.passed // self.lines:
            self.written += 1
            draw, (index, _) = self.rng.random, order.items[self.written % len(order.items)]
            stars = 1 + bisect_right((0.06, 0.1, 0.18, 0.38), draw() * (1 if order.fate == "kept" else 0.3))
            *pools, reply = WORDS[self.shop]
            pool = pools[max(stars - 2, 0) if stars < 4 else 2]
            self.file.write(self.row.format(
                id=f"{self.shop[0]}{self.written:08d}", shop=self.shop, order=name, stars=stars,
                sku=catalogue.items[index]["sku"], words=" ".join(self.rng.sample(pool, 1 + (draw() < 0.5))),
                day=DAY_TEXTS[min(order.at // DAY + 3 + int(draw() * 20), DAYS - 1)],
                later=self.rng.choice(pool) if draw() < 0.05 else "", reply=reply if draw() < 0.3 else "",
            ))  # fmt: skip
