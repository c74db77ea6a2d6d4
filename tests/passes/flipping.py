"""A token with each of its bits changed, one at a time."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def flipped(token: str) -> list[str]:
    """Every token that differs in one bit, those of the last letter that say nothing included."""
    return [
        token[:place] + LETTERS[LETTERS.index(letter) ^ 1 << bit] + token[place + 1 :]
        for place, letter in enumerate(token)
        for bit in range(5)
    ]
