"""Encoding and segments agree with the provider's own calculator: scripts, emoji, GSM's extension, every border."""

import json
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from chalicelib.domain.segments import GSM_BASIC, GSM_EXTENSION, WHOLE, measure
from chalicelib.messaging.texts import fitting, values_of
from chalicelib.messaging.wordings import languages, names, template
from tools.realistic import values

SCRIPT = Path(__file__).parent / "segments.cjs"
SCRIPTS = {
    "latin": (0x00C0, 0x024F), "greek": (0x0391, 0x03C9), "cyrillic": (0x0400, 0x045F), "armenian": (0x0531, 0x0556),
    "hebrew": (0x05D0, 0x05EA), "arabic": (0x0620, 0x0652), "devanagari": (0x0900, 0x0970),
    "bengali": (0x0985, 0x09CD), "tamil": (0x0B85, 0x0BCD), "sinhala": (0x0D85, 0x0DDF), "thai": (0x0E01, 0x0E4E),
    "lao": (0x0E81, 0x0ECD), "tibetan": (0x0F40, 0x0FB9), "myanmar": (0x1000, 0x1059), "georgian": (0x10D0, 0x10FA),
    "jamo": (0x1100, 0x11FF), "ethiopic": (0x1200, 0x135A), "khmer": (0x1780, 0x17D3), "mongolian": (0x1820, 0x1877),
    "vietnamese": (0x1EA0, 0x1EF9), "kana": (0x3041, 0x30FF), "han": (0x4E00, 0x9FA5), "hangul": (0xAC00, 0xD7A3),
    "half-width": (0xFF01, 0xFFDC), "han-extended": (0x20000, 0x2A6D6),
}  # fmt: skip
EMOJI = ("😀", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇳", "🇫🇷🇩🇪", "❤️", "1️⃣", "🏳️‍🌈", "👩🏻‍⚕️", "✈️", "😷", "🧳")
SEED = 20201207


def drawn(rng: Random, name: str, length: int) -> str:
    start, end = SCRIPTS[name]
    letters = [chr(code) for code in range(start, end + 1) if chr(code).isprintable()]
    return "".join(rng.choice([*letters, " "]) for _ in range(length))


def in_scripts(rng: Random) -> list[str]:
    return [drawn(rng, name, rng.choice((1, 40, 67, 69, 70, 71, 134, 135, 201, rng.randint(1, 300))))
            for name in SCRIPTS for _ in range(40)]  # fmt: skip


def in_gsm(rng: Random) -> list[str]:
    plain, extended = sorted(GSM_BASIC), sorted(GSM_EXTENSION)
    lengths = (0, 1, 80, 152, 153, 159, 160, 161, 305, 306, 307, 459, 460)
    return [
        "".join(rng.choice(extended if rng.random() < share else plain) for _ in range(length))
        for length in lengths for share in (0, 0.02, 0.2, 1) for _ in range(6)
    ]  # fmt: skip


def with_emoji(rng: Random) -> list[str]:
    texts = []
    for _ in range(500):
        parts = [
            rng.choice((rng.choice(EMOJI), "a", "ç", "汉", "€", "é", "\r\n", " ")) for _ in range(rng.randint(1, 90))
        ]
        texts.append("".join(parts))
    return texts


def around_the_borders() -> list[str]:
    return [sign * length for sign in ("a", "ç", "汉", "€", "ก็", "😀", "👍🏽", "नि", "각")
            for border in WHOLE.values() for length in range(border - 4, border + 5)]  # fmt: skip


def our_own() -> list[str]:
    texts = []
    for event, audience in names():
        for language in languages():
            one = template(event, audience, language)
            texts += [fitting(one, values_of(one, chosen)) for chosen in values(language, 4, "calculator")]
    return texts


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rng = Random(SEED)
    return [*in_scripts(rng), *in_gsm(rng), *with_emoji(rng), *around_the_borders(), *our_own()]


def calculated(texts: list[str]) -> list[list[object]]:
    node = shutil.which("node")
    assert node, "Node comes with `make setup`"
    given = json.dumps(texts).encode()
    answer = subprocess.run([node, str(SCRIPT)], input=given, capture_output=True, check=True, timeout=120)
    counted: list[list[object]] = json.loads(answer.stdout)
    return counted


def test_every_text_is_counted_as_the_provider_counts_it(texts: list[str]) -> None:
    assert len(texts) >= 2_000
    assert {measure(text).encoding for text in texts} == {"GSM-7", "UCS-2"}
    assert max(measure(text).segments for text in texts) > 3
    ours = [[measure(text).encoding, measure(text).segments] for text in texts]
    differ = [
        (text, own, theirs) for text, own, theirs in zip(texts, ours, calculated(texts), strict=True) if own != theirs
    ]
    assert differ == []


def test_gsm_is_the_same_alphabet() -> None:
    signs = [chr(code) for code in range(0x3000) if chr(code) not in "\r"]
    ours = [measure(sign).encoding for sign in signs]
    assert [sign for sign, own, (theirs, _) in zip(signs, ours, calculated(signs), strict=True) if own != theirs] == []
