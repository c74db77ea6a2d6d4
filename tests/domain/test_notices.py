"""Who is told what, before it becomes rows."""

from chalicelib.domain.notices import masked_name, reads_chinese, to_district, to_family_and_traveller
from chalicelib.domain.places import Contact
from tests.domain.cases import TODAY, case

FAMILY = [
    {"name": "李华", "phone": "+8613900139000", "relation": "mother", "reach": "text", "language": "en"},
    {"name": "李强", "phone": "+862386000000", "reach": "call"},
]


def test_the_family_and_the_traveller_each_in_their_language() -> None:
    traveller = case(answers={"family_contacts": FAMILY, "phone": "+8613800138000"}, dispatch_id="D")
    told = to_family_and_traveller(traveller, "dispatched", "key", others=2)
    assert [(n.audience, n.to, n.reach, n.language) for n in told] == [
        ("family", "+8613900139000", "text", "en"),
        ("family", "+862386000000", "call", "zh-Hans"),
        ("traveller", "+8613800138000", "text", "zh-Hans"),
    ]
    assert {(n.event, n.event_key, n.dispatch_id, n.traveller_id) for n in told} == {("dispatched", "key", "D", "A")}
    assert all(n.variables == {"name": "李*", "others": "2"} for n in told)


def test_who_reads_no_chinese_has_the_name_in_latin_letters_too() -> None:
    (told,) = to_family_and_traveller(case(answers={"phone": "+8613800138000"}), "dispatched", "key")
    assert (told.variables["name"], told.latin, told.otherwise) == ("李*", "X. LI", "zh-Hans")
    (told,) = to_family_and_traveller(case(answers={"phone": "+1", "name_zh": None}), "dispatched", "key")
    assert (told.variables["name"], told.latin) == ("X. LI", "")
    assert [reads_chinese(language) for language in ("zh-Hant", "ja", "ko", "en")] == [True, True, False, False]


def test_who_has_neither_phone_nor_family_is_told_nothing() -> None:
    assert to_family_and_traveller(case(answers={"no_family_contact": True}), "dispatched", "key") == ()


def test_only_a_departure_is_listed_with_its_vehicle() -> None:
    traveller = case(answers={"phone": "+8613800138000"}, dispatch_id="D")
    (told,) = to_family_and_traveller(traveller, "quarantine_ended", "key", dates={"end_date": TODAY})
    assert (told.dispatch_id, told.dates) == (None, {"end_date": TODAY})


def test_one_digest_for_each_contact_of_the_district() -> None:
    contacts = (Contact(name="a", phone="+861"), Contact(name="b", phone="+862", reach="call", language="en"))
    told = to_district(contacts, "dispatched", "key", "yuzhong", {"heads": "7"}, dispatch_id="D")
    assert [(n.audience, n.to, n.reach, n.language) for n in told] == [
        ("district", "+861", "text", "zh-Hans"),
        ("district", "+862", "call", "en"),
    ]
    assert {(n.traveller_id, n.dispatch_id, n.variables["heads"]) for n in told} == {(None, "D", "7")}


def test_names_are_masked() -> None:
    assert masked_name(case()) == "李*"
    assert masked_name(case(answers={"name_zh": None})) == "X. LI"
