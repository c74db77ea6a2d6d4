"""Phone numbers that number plans allow and that nobody is likely to have: long runs of noughts, numbers of films."""

from random import Random

MOBILES = {
    "CN": ("+861300000####", "+861310000####", "+861550000####", "+861860000####", "+861990000####"),
    "HK": ("+8525100####", "+8529100####"),
    "MO": ("+8536600####", "+8536200####"),
    "TW": ("+88691200####", "+88690000####"),
    "JP": ("+819010000###",),
    "KR": ("+821000000###", "+82100000####"),
    "SG": ("+658100####", "+659000####"),
    "TH": ("+6680000####", "+6690000####"),
    "VN": ("+8490000####", "+8491000####"),
    "RU": ("+7900000####",),
    "KZ": ("+7701000####",),
    "FR": ("+3360000####",),
    "DE": ("+491510000####",),
    "IT": ("+39320000####",),
    "ES": ("+3460000####",),
    "PT": ("+35191000####",),
    "BR": ("+551199000####",),
    "GB": ("+44740000####", "+44790000####"),
    "US": ("+121255501##", "+120155501##", "+141555501##"),
    "EG": ("+20100000####",),
    "SA": ("+96650000####",),
    "IN": ("+91900000####",),
}
"""By country: patterns, each ``#`` a digit."""
LANDLINES = ("+86236000####", "+86236800####")
"""Of Chongqing."""


def filled(rng: Random, pattern: str) -> str:
    """The pattern with a digit for each ``#`` and a capital letter for each ``@``."""
    return "".join(_drawn(rng, sign) for sign in pattern)


def _drawn(rng: Random, sign: str) -> str:
    return rng.choice("0123456789") if sign == "#" else rng.choice("BCDFGHJKLMNPRSTVXYZ") if sign == "@" else sign


def mobile(rng: Random, country: str) -> str:
    """A mobile number in E.164; a country that is not on the list has Chinese ones."""
    return filled(rng, rng.choice(MOBILES.get(country, MOBILES["CN"])))


def landline(rng: Random) -> str:
    """A number at home in Chongqing, which takes calls and no texts."""
    return filled(rng, rng.choice(LANDLINES))


def written(rng: Random, number: str) -> str:
    """An E.164 number as people write it: Chinese ones in several ways, others whole."""
    if not number.startswith("+861") or len(number) != len("+8613000000000"):
        return number
    own = number.removeprefix("+86")
    grouped = f"{own[:3]} {own[3:7]} {own[7:]}"
    return rng.choice((own, own, grouped, f"+86 {grouped}", f"0086{own}"))
