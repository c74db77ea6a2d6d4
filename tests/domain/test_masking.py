"""Masked as local custom has it: recognised by its own people, useless to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.masking import mask_document, mask_name, mask_phone

TYPED = st.characters(exclude_characters="*")
"""A name with a star in it is masked already."""


@pytest.mark.parametrize(
    ("family", "given_names", "zh", "masked"),
    [
        ("LI", "XIAOMING", "李小明", "李*"),
        ("", "", "欧阳娜娜", "欧阳*"),
        ("", "", "欧阳", "欧*"),
        ("李", "小明", "", "李*"),
        ("李小明", "", "", "李*"),
        ("김", "민수", "", "김*"),
        ("田中", "花子", "", "田中*"),
        ("Smith", "William", "", "W. Smith"),
        ("  Smith ", " William  Henry", "", "W. Smith"),
        ("Gonçalves", "Éric", "", "É. Gonçalves"),
        ("E\u0301tienne", "E\u0301ric", "", "É. Étienne"),
        ("Иванов", "Пётр", "", "П. Иванов"),
        ("العلي", "محمد", "", "م. العلي"),
        ("शर्मा", "किरण", "", "कि. शर्मा"),
        ("García Márquez de la Concordia", "Gabriel", "", "G. García Márquez"),
        ("Venkatanarasimharajuvaripeta", "Sri", "", "S. Venkatanarasi."),
        ("", "", "古丽娜尔·阿卜杜热西提", "古丽娜尔*"),
        ("", "", "古麗娜爾・買買提", "古麗娜爾*"),
        ("陳", "嘉敏", "", "陳*"),
        ("", "", "歐陽詠欣", "歐陽*"),
        ("佐藤", "優子", "", "佐藤*"),
        ("はせがわ", "さくら", "", "はせがわ*"),
        ("남궁", "민수", "", "남궁*"),
        ("", "남궁민수", "", "남궁*"),
        ("김민수", "", "", "김*"),
        ("Nguyễn", "Văn An", "", "Nguyễn V.A."),
        ("Trần", "Thị Thu Hương Giang", "", "Trần T.T.H."),
        ("Đặng", "Lan", "", "Đặng L."),
        ("Đorđević", "Ana", "", "A. Đorđević"),
        ("ใจดี", "สมชาย", "", "สมชาย จ."),
        ("รักไทย", "พิมพ์ชนก", "", "พิมพ์ชนก ร."),
        ("น้ำใจ", "เกษม", "", "เกษม น."),
        ("อินทวงศ์", "ทิพวัลย์นารีรัตนกุล", "", "ทิพวัลย์นารีร. อ."),
        ("العلي", "عبد الله", "", "ع. العلي"),
        ("Иванова", "Юлия Сергеевна", "", "Ю. Иванова"),
        ("Ромеро", "Ёлка", "", "Ё. Ромеро"),
        ("O'BRIEN", "SIOBHAN", "", "S. O'BRIEN"),
        ("DE LA TOUR", "JEAN-BAPTISTE", "", "J. DE LA TOUR"),
        ("Suharto", "", "", "S*"),
        ("", "Suharto", "", "S*"),
        ("", "", "", "*"),
    ],
)
def test_names(family: str, given_names: str, zh: str, masked: str) -> None:
    assert mask_name(family, given_names, zh) == masked


@pytest.mark.parametrize(
    ("family", "given_names", "nationality", "masked"),
    [
        ("NGUYEN", "VAN AN", "VN", "NGUYEN V.A."),
        ("NGUYEN", "VAN AN", "US", "V. NGUYEN"),
        ("Nagy", "Péter", "HU", "Nagy P."),
        ("LI", "XIAOMING", "CN", "X. LI"),
    ],
)
def test_the_family_comes_first_where_it_does_at_home(
    family: str, given_names: str, nationality: str, masked: str
) -> None:
    assert mask_name(family, given_names, nationality=nationality) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613812345678", "+86 138••••5678"),
        ("+85291234567", "+852 91••••67"),
        ("+14155552345", "+1 415••••345"),
        ("+79161234567", "+7 916••••567"),
        ("+4917612345678", "+49 176••••5678"),
        ("+35312345678", "+353 12••••78"),
        ("+1234", "+1 •••"),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("E12345678", "E1•••••78"), ("AB123", "A••••"), ("A123", "••••"), ("", "")]
)
def test_documents(number: str, masked: str) -> None:
    assert mask_document(number) == masked


@given(st.text(TYPED, max_size=40), st.text(TYPED, max_size=40), st.text(TYPED, max_size=6))
def test_a_masked_name_is_short_and_not_the_name(family: str, given_names: str, zh: str) -> None:
    masked = mask_name(family, given_names, zh)
    assert masked
    assert masked not in (family, given_names, zh) or masked == "*"


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_masked_phone_hides_at_least_four_digits(phone: str) -> None:
    assert mask_phone(phone).count("•") >= 4
