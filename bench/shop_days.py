"""The two years of the invented shop: how its sales spread over days and hours."""

import math
from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate

DAYS, DAY, FIRST_DAY = 730, 86_400, date(2024, 11, 15)
END = DAYS * DAY - 1
ALL_DAYS = [FIRST_DAY + timedelta(n) for n in range(DAYS + 2)]
DAY_TEXTS = [day.isoformat() for day in ALL_DAYS]
OFFSETS = [" -0400" if (3, 9) <= (day.month, day.day) < (11, 2) else " -0500" for day in ALL_DAYS]
RATES = [(1 + n / DAYS) * (1.3 if day.weekday() > 4 else 1) * (1.8 if day.month > 10 else 1)
         for n, day in enumerate(ALL_DAYS[:DAYS])]  # fmt: skip
UNTIL = [0.0, *accumulate(rate / math.fsum(RATES) for rate in RATES)]


def moment(share: float) -> int:
    """When `share` of all sales were made, in seconds; the shop is open from 7:00 to midnight."""
    day = min(bisect_right(UNTIL, share), DAYS) - 1
    inside = (share - UNTIL[day]) / (UNTIL[day + 1] - UNTIL[day])
    return day * DAY + 25_200 + min(int(inside * 61_199), 61_199)


def stamp(at: int) -> str:
    day, second = divmod(at, DAY)
    return f"{DAY_TEXTS[day]} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
