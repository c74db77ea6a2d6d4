"""A typed name finds its traveller despite order, accents, case and one slip; and not just anybody."""

import pytest

from chalicelib.domain.names import name_matches

NAMES = {
    "li": ("LI", "XIAOMING", "李小明"),
    "ouyang": ("OUYANG", "NA NA", "欧阳娜娜"),
    "muller": ("MÜLLER", "JÜRGEN", ""),
    "nguyen": ("NGUYỄN", "VĂN AN", ""),
    "obrien": ("O'BRIEN", "MARY-JANE", ""),
    "single": ("SUKARNO", "", ""),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Li Xiaoming", {"li"}),
        ("xiaoming li", {"li"}),
        ("lixiaoming", {"li"}),
        ("xiao", {"li"}),
        ("Xiaomin", {"li"}),
        ("Xiaomnig", {"li"}),
        ("李小明", {"li"}),
        ("小明", {"li"}),
        ("李", {"li"}),
        ("欧阳", {"ouyang"}),
        ("娜娜", {"ouyang"}),
        ("muller", {"muller"}),
        ("Müller Jurgen", {"muller"}),
        ("Mueler", {"muller"}),
        ("nguyen van", {"nguyen"}),
        ("brien", {"obrien"}),
        ("mary jane", {"obrien"}),
        ("sukarno", {"single"}),
        ("wang", set()),
        ("li wang", set()),
        ("", set()),
        ("-- ,", set()),
    ],
)
def test_who_is_found(typed: str, found: set[str]) -> None:
    assert {name for name, parts in NAMES.items() if name_matches(typed, *parts)} == found
