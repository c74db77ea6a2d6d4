"""How people are named where others may read along: texts, lists, boards. As local custom has it."""

import re
import unicodedata

from chalicelib.domain.numbers import country_code

FAMILY_UNITS = 14
"""A masked family name is at most this long, so that a text with it stays within its segment."""

_COMPOUND_NAMES = (
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 夏侯 轩辕 "
    "軒轅 端木 百里 南宫 南宮 独孤 獨孤 呼延 申屠 钟离 鍾離 남궁 황보 제갈 사공 선우 서문 독고 동방"
)
_COMPOUND = frozenset(_COMPOUND_NAMES.split())
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
_STAR, _DOT = "*", "•"
_DIVIDERS = "·‧・•"
"""What stands between the parts of a name in Chinese that has no family name: 古丽娜尔·买买提."""
_FAMILY_FIRST = frozenset({"VN", "HU"})
_VIETNAMESE = re.compile("[ƠơƯư\u1ea0-\u1ef9]")
"""Letters with a horn, a hook, a dot or two marks: in names, Vietnamese alone."""
_PREPOSED = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao that are written before the consonant that they follow: an initial is the consonant."""

_LEAST_HIDDEN = 4
_MOST_INITIALS = 3
_GIVEN_STAYS = frozenset({"THAI", "LAO"})


def mask_name(family: str, given: str, zh: str = "", nationality: str = "") -> str:
    """A name that its own people recognise and nobody else: 李* in Chinese, W. Smith elsewhere, S* for a single name.

    ``zh`` is the name in Chinese characters and wins where it is given. The family comes first where it does at home
    (Nguyễn V.A.); in Thai the given name stays, by which everybody is known (สมชาย จ.). Empty names give ``*``.
    """
    family, given, zh = _tidy(family), _tidy(given), _tidy(zh)
    if zh:
        return _han_family(zh) + _STAR
    if not (family and given):
        return _single(family or given)
    if _is_cjk(family):
        return _shortened(family) + _STAR
    if _script(family) in _GIVEN_STAYS:
        return f"{_shortened(given)} {_first(family)[0]}."
    if nationality in _FAMILY_FIRST or _is_vietnamese(f"{family} {given}"):
        return f"{_shortened(family)} {_initials(given)}"
    return f"{_first(given)}. {_shortened(family)}"


def mask_phone(phone: str) -> str:
    """An E.164 number with its middle hidden, one dot for each digit: ``+86 138••••5678``."""
    code, digits = country_code(phone), phone.removeprefix("+")
    return f"{code} {_hidden(digits[len(code) - 1 :], 3, 4)}"


def mask_document(number: str) -> str:
    """A document number with its middle hidden, one dot for each character: ``E1•••••78``."""
    return _hidden(number, 2, 2)


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _han_family(name: str) -> str:
    first = re.split(f"[{_DIVIDERS}]", name, maxsplit=1)[0].strip()
    if first and first != name:
        return _shortened(first)
    if name[:2] in _COMPOUND and len(name) > 2:
        return name[:2]
    return _first(name)


def _single(name: str) -> str:
    return _han_family(name) + _STAR if name else _STAR


def _first(name: str) -> str:
    """The first letter with the marks that belong to it: scripts of South Asia write vowels so."""
    name = name.lstrip("".join(_PREPOSED)) or name
    end = 1
    while end < len(name) and unicodedata.category(name[end]).startswith("M"):
        end += 1
    return name[:end]


def _initials(given: str) -> str:
    return "".join(f"{_first(word)}." for word in given.split()[:_MOST_INITIALS])


def _script(name: str) -> str:
    return unicodedata.name(name[0], "").partition(" ")[0]


def _is_cjk(name: str) -> bool:
    return unicodedata.name(name[0], "").startswith(_CJK)


def _is_vietnamese(name: str) -> bool:
    return bool(_VIETNAMESE.search(name))


def _shortened(family: str) -> str:
    if len(family) <= FAMILY_UNITS:
        return family
    head, _, _ = family[: FAMILY_UNITS + 1].rpartition(" ")
    return head or family[: FAMILY_UNITS - 1] + "."


def _hidden(value: str, head: int, tail: int) -> str:
    """``value`` with at least four of its characters hidden; a shorter end is shown where it is too short."""
    while head + tail > max(len(value) - _LEAST_HIDDEN, 0):
        head, tail = (head, tail - 1) if tail >= head else (head - 1, tail)
    return value[:head] + _DOT * (len(value) - head - tail) + value[len(value) - tail :]
