"""The whole journey with known people: none of them is found in the raw tables, or in the logs (promise 9)."""

import base64
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.check_in import Told, check_in
from chalicelib.actions.drive_dispatch import arrive_dispatch
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.quarantine import Placement, hold_case, start_quarantine, unhold_case
from chalicelib.actions.receive_text import Inbound, receive_text
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.release import release_early
from chalicelib.actions.rewrite import correct_declaration
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.send_message import send_message
from chalicelib.domain.dispatch import Dispatch, Escort
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.failures import Accepted, PermanentFailure
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Contact, Contacts
from chalicelib.domain.replies import read_reply
from chalicelib.messaging.keywords import keywords
from chalicelib.wiring import Wiring, override
from infra.local.stack import Stack
from tests.actions.world import COORDINATOR, World, contact, daughter, declaration
from tests.wired import fresh, wired

SECRETS = {
    "family name": "Quentzal", "given names": "Ximenabeth", "name in Chinese": "覃曦雯", "companion": "Yolotzinka",
    "document": "K93XQZ771", "companion's document": "K93XQZ882", "phone": "+8613812340001",
    "family's name": "羿祯懿", "family's phone": "+8613912340002", "landline": "+862389120003",
    "e-mail": "qx.quentzal@example.org", "address": "枣子岚垭正街七十九号", "note": "insulin pump in hand luggage",
    "signature": "Ximenabeth Q. Quentzal", "reason": "coughs blood since Tuesday", "place": "朗廷隔离点四号楼",
    "room": "room 70341", "escort": "綦渊墨", "escort's phone": "+8613712340004", "contact": "犍为佑",
    "contact's phone": "+8613612340005", "birth": "1961-02-28", "second reason": "moved to ward nineteen",
    "need": "nebuliser for my asthma", "officer": "Officer Zbigniewska", "words": "wo ist Ximenas Zwillingsschwester",
}  # fmt: skip


@pytest.fixture
def here(settings_env: Stack) -> Wiring:
    return wired(settings_env)


@pytest.fixture
def logs() -> Iterator[list[str]]:
    """Every word of our own loggers, and from WARNING on of everybody's, as the product sets them up."""
    lines: list[str] = []

    class Everything(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.getMessage()} {vars(record)}")

    handler, root, own = Everything(), logging.getLogger(), logging.getLogger("chalicelib")
    before = (root.level, own.level)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    own.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before[0])
    own.setLevel(before[1])


class Carrier:
    """Takes one text, and refuses the next."""

    name = "carrier"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """By turns."""
        self.texts.append(body)
        if len(self.texts) % 2:
            return Accepted(f"SM{message_id}", "queued")
        raise PermanentFailure("21614", f"{to} is no mobile number")

    def find(self, *_: object) -> None:
        """Nothing is known."""


def journey(world: World) -> tuple[str, list[str]]:
    """Everything that happens to anybody: the declarer's case and the texts that went out."""
    s, ports = SECRETS, world.ports
    said: dict[str, Any] = {
        "family_name": s["family name"], "given_names": s["given names"], "name_zh": s["name in Chinese"],
        "document_number": s["document"], "phone": s["phone"], "email": s["e-mail"], "date_of_birth": s["birth"],
        "destination_address": s["address"], "special_care_note": s["note"], "signature_name": s["signature"],
        "symptoms": ["fever"], "family_contacts": [
            contact(s["family's phone"], name=s["family's name"]),
            contact(s["landline"], name=s["family's name"], reach="call"),
        ], "companions": [daughter(s["companion's document"], given_names=s["companion"])],
    }  # fmt: skip
    receipt = world.declare(fresh(), **said)
    case_id = receipt.declaration_id
    amend_declaration(ports, case_id, declaration(**{**said, "seat": "2B"}))
    world.declare(fresh(), **{**said, "seat": "3C"})
    world.move(case_id, "verify", "refer", "return", "register", reason=s["reason"])
    answers = {**world.case(case_id).answers, "special_care_note": s["note"]}
    correct_declaration(ports, COORDINATOR, case_id, answers, s["second reason"], None)
    for field, value in [("name", s["family name"]), ("phone", s["phone"]), ("document_number", s["document"])]:
        assert find_travellers(ports, COORDINATOR, ports.places.point("CKG"), Query(field, value)), field
    dispatch_id = world.received(case_id, key=fresh(), escort=Escort(s["escort"], s["escort's phone"]))
    start_quarantine(ports, COORDINATOR, case_id, Placement("hotel", s["place"], s["room"]), None)
    check_in(ports, case_id, Told("quarantine_checkin", 1, "en", {"symptoms": ["fever"], "needs_note": s["need"]}))
    hold_case(ports, COORDINATOR, case_id, s["reason"], None)
    unhold_case(ports, COORDINATOR, case_id, s["second reason"], None)
    release_early(ports, COORDINATOR, case_id, s["reason"], None)
    send_digest(ports, "CKG", "yuzhong", world.case(case_id).released_at.date())  # type: ignore[union-attr]
    assert dispatch_id
    return case_id, [*send_all(world), *written_back(world)]


def written_back(world: World) -> list[str]:
    """A district acknowledges by code; a family writes, asks for help, and wants no more."""
    s, case_id = SECRETS, world.registered(fresh())
    dispatch_id = world.departed(case_id, key=fresh())
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, (case_id,))
    code, told = world.store.get(Dispatch, dispatch_id).code, s["family's phone"]
    said = [
        (s["contact's phone"], code),
        (told, s["words"]),
        (told, "help"),
        (told, "STOP"),
        (s["landline"], s["words"]),
    ]
    outcomes = [
        receive_text(world.ports, Inbound(fresh(), phone, "+15005550006", body, read_reply(body, keywords())))
        for phone, body in said
    ]
    assert outcomes == ["acknowledged", "other", "help", "stop", "other"]
    return send_all(world)


def send_all(world: World) -> list[str]:
    carrier = Carrier()
    for kind, message_id in list(world.queue.taken):
        if kind == "message" and send_message(world.ports, carrier, message_id) == "sent":
            record_receipt(world.ports, message_id, "undelivered", f"SM{message_id}", "30005")
            assert world.store.get(Message, message_id).state == "undelivered"
    return carrier.texts


def raw_rows(stack: Stack) -> str:
    """Every byte of every table, as it lies there."""
    client, seen = stack.client("dynamodb"), []
    for table in client.list_tables()["TableNames"]:
        start: dict[str, Any] = {}
        while True:
            page = client.scan(TableName=table, **start)
            seen += [repr(item) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    return "\n".join(seen)


def spellings(secret: str) -> set[str]:
    """As text, escaped, as bytes are shown, and within base64 at any of three offsets."""
    raw = secret.encode()
    shifted = {base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4].decode() for shift in range(3)}
    plain = {secret, secret.removeprefix("+86"), secret.upper(), ascii(secret)[1:-1], repr(raw)[2:-1], raw.hex()}
    return plain | {text for text in shifted if len(text) > 7}


def found_in(text: str) -> set[str]:
    return {name for name, secret in SECRETS.items() if any(spelling in text for spelling in spellings(secret))}


def test_nothing_personal_is_in_a_table_or_a_log(here: Wiring, aws: Stack, logs: list[str]) -> None:
    world = World(here.store, here.ring)
    officer = Contact(name=SECRETS["contact"], phone=SECRETS["contact's phone"])
    before = world.ports.places.district("yuzhong").personal
    world.change_district("yuzhong", personal=Contacts((officer,)))
    name = SECRETS["officer"]
    here.gate.links.invite(Officer(officer_id=fresh(), display_name=name, desks=frozenset({"onsite"})))
    with override(replace(here, clock=world.clock)):
        case_id, texts = journey(world)
        faults(here, world)
    world.change_district("yuzhong", personal=before)
    rows = raw_rows(aws)
    assert case_id in rows, "it is the right place to look"
    assert len(texts) >= 6
    assert found_in("\n".join(str(world.case(case_id)).splitlines())) >= {"family name", "document", "place"}
    assert found_in(rows) == set()
    assert [line for line in texts if line in rows] == []
    assert len(logs) >= 2, "faults were logged"
    assert found_in("\n".join(logs)) == set()


def faults(here: Wiring, world: World) -> None:
    """What goes wrong is logged, and names nobody: a job that fails, a database that refuses."""
    from chalicelib.jobs.send_messages import send_messages

    record = {"messageId": "1", "body": f'{{"kind": "{SECRETS["family name"]}", "id": "{SECRETS["phone"]}"}}'}
    answer = send_messages({"Records": [record]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}

    def refuse(**_: Any) -> None:
        from botocore.exceptions import EndpointConnectionError

        raise EndpointConnectionError(endpoint_url=SECRETS["phone"])

    here.store.events.register("before-send.dynamodb", refuse, unique_id="refuse")
    with pytest.raises(Unavailable):
        world.declare(fresh(), family_name=SECRETS["family name"])
    with pytest.raises((Unavailable, NotFound)):
        list_travellers(world.ports, COORDINATOR, world.ports.places.point("CKG"), Filter(), 5, None)
    here.store.events.unregister("before-send.dynamodb", unique_id="refuse")


@pytest.mark.parametrize("secret", SECRETS.values())
def test_the_search_would_find_it(secret: str) -> None:
    assert any(spelling in f"x{secret}y" for spelling in spellings(secret))
    for shift in range(3):
        hidden = base64.b64encode(b"-" * shift + secret.encode() + b"--").decode()
        assert len(secret.encode()) < 9 or any(spelling in hidden for spelling in spellings(secret))
