"""What is read as one character."""

import pytest

from chalicelib.domain.clusters import clusters


@pytest.mark.parametrize(
    "read",
    ["a", "汉", "é", "e\u0301", "😀", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇳", "❤️", "1️⃣", "ที่", "ก็", "नि", "각", "\u1100\u1161\u11a8",
     "가\u11a8"],
)  # fmt: skip
def test_what_is_joined_is_one(read: str) -> None:
    assert list(clusters(f"x{read}y")) == ["x", read, "y"]
    assert list(clusters(read * 3)) == [read] * 3


def test_what_stands_alone_is_not_joined() -> None:
    assert list(clusters("")) == []
    assert list(clusters("🇨🇳🇫🇷🇩")) == ["🇨🇳", "🇫🇷", "🇩"]
    assert list(clusters("\r\n\u0301")) == ["\r", "\n", "\u0301"]
    assert list(clusters("각각")) == ["각", "각"]
