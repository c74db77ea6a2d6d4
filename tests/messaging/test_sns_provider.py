"""Amazon's text messages on a local AWS, and against addresses that misbehave."""

import json
import secrets
import socket
from urllib.request import urlopen

import pytest

from chalicelib.domain.failures import Kind, NobodyToAsk, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.messaging.sns_provider import PATIENCE, SnsProvider
from infra.local.environment import REGION
from infra.local.stack import Stack
from tests.messaging.sockets import TEXT, answering, dropped, plain, silent

PHONE = "+8613812345678"


def provider(base: str, **changes: object) -> SnsProvider:
    limits = {"connect": 0.5, "read": 1.0} | changes
    return SnsProvider(region=REGION, endpoint_url=base, **limits)  # type: ignore[arg-type]


def error(status: str, code: str) -> tuple[str, str]:
    body = f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
    return status, body


def texts(aws: Stack, phone: str) -> list[dict[str, object]]:
    with urlopen(f"{aws.addresses.aws}/_ministack/sns/sms-messages?phoneNumber={phone.replace('+', '%2B')}") as answer:
        found: dict[str, list[dict[str, object]]] = json.load(answer)["sms_messages"]
    return found.get(phone, [])


def test_a_text_is_handed_over_as_it_is_written(aws: Stack) -> None:
    phone = f"+86138{secrets.randbelow(10**8):08d}"
    accepted = provider(aws.addresses.aws, sender="Waystation").send("m-1", phone, TEXT)
    (kept,) = texts(aws, phone)
    assert (kept["MessageId"], kept["Message"], accepted.status) == (accepted.sid, TEXT, "sent")
    attributes: dict[str, dict[str, str]] = kept["MessageAttributes"]  # type: ignore[assignment]
    assert {name: each["StringValue"] for name, each in attributes.items()} == {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": "Waystation",
    }


def test_nobody_can_be_asked() -> None:
    with pytest.raises(NobodyToAsk) as caught:
        provider("http://127.0.0.1:9").find("m-1", PHONE, TEXT, None)  # type: ignore[arg-type]
    assert caught.value.patience == PATIENCE


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error("400 Bad Request", "InvalidParameter"), None),
        (error("400 Bad Request", "OptedOut"), None),
        (error("400 Bad Request", "NeverAnnounced"), None),
        (error("400 Bad Request", "Throttling"), Kind.RETRY),
        (error("429 Too Many Requests", "NeverAnnounced"), Kind.RETRY),
        (error("403 Forbidden", "AuthorizationError"), Kind.CONFIGURATION),
        (error("403 Forbidden", "NeverAnnounced"), Kind.CONFIGURATION),
    ],
)
def test_refusals_have_kinds(answer: tuple[str, str], kind: Kind | None) -> None:
    with answering(plain(*answer)) as base, pytest.raises((PermanentFailure, TemporaryFailure)) as caught:
        provider(base).send("m-1", PHONE, TEXT)
    assert getattr(caught.value, "kind", None) is kind
    assert PHONE not in str(caught.value)


@pytest.mark.parametrize(
    "behaviour",
    [
        silent, dropped, plain("500 Oops", ""), plain(*error("500 Oops", "InternalError")),
        plain("503 Service Unavailable", "<html>"), plain("200 OK", "<html>"),
    ],
)  # fmt: skip
def test_whatever_may_have_been_sent_is_unknown(behaviour: object) -> None:
    with answering(behaviour) as base, pytest.raises(Unknown):  # type: ignore[arg-type]
        provider(base).send("m-1", PHONE, TEXT)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(TemporaryFailure) as caught:
        provider(f"http://127.0.0.1:{port}").send("m-1", PHONE, TEXT)
    assert (caught.value.code, caught.value.kind) == ("no_connection", Kind.RETRY)
