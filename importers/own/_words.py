"""Words that the merchant's own sheets take, in both languages."""

BEARER = {
    "店铺": "shop", "shop": "shop",
    "平台": "platform", "platform": "platform",
    "达人": "creator", "creator": "creator",
}  # fmt: skip
DISCOUNT = {
    "满减": "amount", "amount": "amount",
    "折扣": "percent", "percent": "percent",
    "包邮": "shipping", "shipping": "shipping",
}  # fmt: skip
