"""Invented buyers. Phones are masked (Taobao) or from the range kept for fiction (+1 ... 555 01xx)."""

from dataclasses import dataclass
from random import Random

WORDS = {
    "surname": "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董",
    "given": "雨晴 子墨 思远 若溪 嘉禾 明轩 静怡 书瑶 梓涵 云舟 婉清 立诚 晓岚 知行 语桐 景行 南星 望舒",
    "nick": "茶香 小院 山居 半夏 听雨 竹影 慢生活 青瓷 云朵 木子 晚风 拾光 初见 南山 微凉 清欢 知夏 松间",
    "first": "Ava Noah Mia Liam Ella Owen Ruth Ian Nora Paul Iris Hugo June Seth Cora Alan Tess Reed Maya",
    "last": "Hartwell Brandt Okafor Lindqvist Moreau Castell Pryce Dunmore Vasquez Ellery Novak Tanner",
    "street": "Maple Cedar Orchard Mill Harbor Juniper Chestnut Willow",
}
PLACES = [
    "上海 上海市 徐汇区 梧桐路",
    "江苏省 苏州市 姑苏区 桃花巷",
    "浙江省 杭州市 西湖区 茶山路",
    "广东省 广州市 天河区 木棉街",
    "北京 北京市 朝阳区 柳荫路",
    "四川省 成都市 青羊区 芙蓉路",
    "湖北省 武汉市 武昌区 东湖里",
    "福建省 厦门市 思明区 榕树巷",
    "山东省 青岛市 市南区 海棠路",
    "陕西省 西安市 雁塔区 石榴街",
    "湖南省 长沙市 岳麓区 枫林路",
    "辽宁省 大连市 中山区 槐花街",
]
CITIES = [
    ("Brooklyn", "11215", "NY", "New York"), ("Albany", "12207", "NY", "New York"),
    ("Hoboken", "07030", "NJ", "New Jersey"), ("Boston", "02116", "MA", "Massachusetts"),
    ("Philadelphia", "19103", "PA", "Pennsylvania"), ("Portland", "97205", "OR", "Oregon"),
    ("Austin", "78704", "TX", "Texas"), ("Oakland", "94610", "CA", "California"),
    ("Seattle", "98103", "WA", "Washington"), ("Chicago", "60614", "IL", "Illinois"),
]  # fmt: skip


@dataclass(frozen=True)
class Buyer:
    """A buyer of one shop; `account` is the Taobao member name or the e-mail address."""

    number: int
    account: str
    name: str
    phone: str
    address: str
    place: tuple[str, str, str, str]


def word(rng: Random, kind: str) -> str:
    return rng.choice(WORDS[kind].split())


def chinese_buyer(rng: Random, number: int) -> Buyer:
    name = word(rng, "surname") + word(rng, "given")
    phone = f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10000):04d}"
    house, block, flat = rng.randrange(1, 300), rng.randrange(1, 20), rng.randrange(101, 1800)
    address = f"{rng.choice(PLACES)}{house}号{block}幢{flat}室"
    return Buyer(number, f"{word(rng, 'nick')}{1000 + number}", name, phone, address, ("", "", "", ""))


def american_buyer(rng: Random, number: int) -> Buyer:
    first, last = word(rng, "first"), word(rng, "last")
    phone = f"+1 {rng.randrange(201, 990)}-555-01{rng.randrange(100):02d}"
    address = f"{rng.randrange(1, 990)} {word(rng, 'street')} Street"
    account = f"{first}.{last}{number}@example.com".lower()
    return Buyer(number, account, f"{first} {last}", phone, address, rng.choice(CITIES))
