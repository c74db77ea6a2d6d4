"""What tests of the API work with: a served product, keys of desks, people who declare."""

import itertools
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jsonschema

from chalicelib.web.api.openapi import document
from chalicelib.wiring import Wiring
from tests.api_client import Api, Reply
from tests.browser.serving import Site
from tests.intake.example import valid_answers, valid_companion

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
_RUN, _NUMBERS = secrets.token_hex(2).upper(), itertools.count(1)


def today() -> date:
    """The date at the point."""
    return datetime.now(ZONE).date()


def new_document() -> str:
    """A document number that nobody gave yet, whatever ran on these tables before."""
    return f"T{_RUN}{next(_NUMBERS):05d}"


def declaration(language: str = "en", **changes: Any) -> dict[str, Any]:
    """The body of a declaration that is taken, of somebody new."""
    answers = valid_answers(today(), **{"document_number": new_document(), **changes})
    return {"form": "arrival", "version": 1, "language": language, "point": "CKG", "answers": answers}


def companion(**changes: Any) -> dict[str, Any]:
    """Somebody new who travels along."""
    return valid_companion(**{"document_number": new_document(), **changes})


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """What ``act`` answers to each of so many threads that start together."""
    gate = Barrier(times)

    def one(place: int) -> T:
        gate.wait()
        return act(place)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


class Reference:
    """The published reference, as a judge of answers."""

    def __init__(self) -> None:
        self.document = document("http://127.0.0.1")
        templates = sorted(self.document["paths"], key=lambda path: path.count("{"))
        self._paths = [(re.compile(re.sub(r"{\w+}", "[^/]+", path)), path) for path in templates]
        self.seen: set[tuple[str, str, int]] = set()

    def check(self, method: str, path: str, reply: Reply) -> None:
        """Fail unless an operation tells of this status, with this body and these headers."""
        template = next((found for pattern, found in self._paths if pattern.fullmatch(urlsplit(path).path)), None)
        if template is None:
            return
        operation = self.document["paths"][template].get(method.lower())
        assert operation, f"{method} {template}"
        told = operation["responses"].get(str(reply.status))
        assert told, f"{method} {template} does not tell of {reply.status}: {reply.body}"
        ((kind, content),) = told["content"].items()
        assert reply.headers["content-type"] == kind
        assert reply.headers["cache-control"] == "no-store"
        promised = {name.lower() for name in told.get("headers", ())}
        assert promised <= {name.lower() for name in reply.headers}
        self.validate(content["schema"], reply.body)
        self.seen.add((method, template, reply.status))

    def validate(self, schema: dict[str, Any], instance: Any) -> None:
        """Fail unless ``instance`` is what ``schema`` says; references lead into the document."""
        checker = jsonschema.FormatChecker(["date"])
        whole = {**schema, "components": self.document["components"]}
        jsonschema.Draft202012Validator(whole, format_checker=checker).validate(instance)


@dataclass
class CheckedApi(Api):
    """An API client that holds every answer against the reference."""

    reference: Reference = field(default_factory=Reference)

    def __call__(self, method: str, path: str, body: Any = None, raw: bytes | None = None, **headers: str) -> Reply:
        reply = super().__call__(method, path, body, raw, **headers)
        self.reference.check(method, path, reply)
        return reply


@dataclass(frozen=True)
class Person:
    """One line of a receipt."""

    id: str
    reference: str
    url: str

    @property
    def token(self) -> str:
        """The pass."""
        return self.url.rsplit("/", 1)[1]


@dataclass(frozen=True)
class Hall:
    """The product as it is served, and everybody who talks to it."""

    site: Site
    reference: Reference

    @property
    def wiring(self) -> Wiring:
        """What the served product uses."""
        return self.site.wiring

    def at(self, desk: str, district: str | None = None) -> CheckedApi:
        """A program of a desk."""
        return CheckedApi(self.site.url, self.wiring.gate.keys.make(desk, district, "test"), reference=self.reference)

    @cached_property
    def anyone(self) -> CheckedApi:
        """A program without a key."""
        return CheckedApi(self.site.url, reference=self.reference)

    @cached_property
    def officer(self) -> CheckedApi:
        """The coordinator, who may do every verb."""
        return self.at("coordination")

    def declare(self, **changes: Any) -> Person:
        """Somebody who has declared."""
        return self.party(**changes)[0]

    def party(self, **changes: Any) -> list[Person]:
        """The declarer and those who travel along."""
        reply = self.anyone("POST", "/declarations", declaration(**changes))
        assert reply.status == 201, str(reply.body)
        return people(reply)

    def registered(self, **changes: Any) -> Person:
        """Somebody at the diversion point."""
        person = self.declare(**changes)
        for verb in ("verify", "register"):
            assert self.officer.verb(person.id, verb).status == 200
        return person

    def dispatch(self, *people: Person, district: str = "yuzhong", **headers: Any) -> Reply:
        """A vehicle for them."""
        return self.officer("POST", "/dispatches", vehicle_for(*people, district=district), **headers)

    def departed(self, *people: Person, district: str = "yuzhong") -> str:
        """A vehicle on the road with all of them aboard."""
        opened = self.dispatch(*people, district=district)
        assert opened.status == 201, str(opened.body)
        dispatch = str(opened.body["dispatch_id"])
        for person in people:
            assert self.officer("POST", f"/dispatches/{dispatch}/board", {"traveller_id": person.id}).status == 200
        assert self.officer("POST", f"/dispatches/{dispatch}/depart").status == 200
        return dispatch

    def received(self, district: str = "yuzhong", **changes: Any) -> Person:
        """Somebody handed over to the district."""
        person = self.registered(**changes)
        dispatch = self.departed(person, district=district)
        for verb, body in (("arrive", {"present": [person.id]}), ("acknowledge", {})):
            assert self.officer("POST", f"/dispatches/{dispatch}/{verb}", body).status == 200
        return person

    def state(self, person: Person) -> str:
        """As the coordinator sees it."""
        return str(self.officer("GET", f"/travellers/{person.id}").body["state"])


def people(reply: Reply) -> list[Person]:
    """The lines of a receipt."""
    return [Person(line["traveller_id"], line["reference"], line["pass_url"]) for line in reply.body["party"]]


def vehicle_for(*people: Person, district: str = "yuzhong", **vehicle: Any) -> dict[str, Any]:
    """The body that asks for a vehicle."""
    return {
        "district": district, "vehicle": {"plate": "渝A12345", "kind": "bus", "capacity": 40, **vehicle},
        "escort": {"name": "王强", "phone": "138 0013 8111"}, "traveller_ids": [person.id for person in people],
    }  # fmt: skip


def faults(reply: Reply) -> dict[str, str]:
    """What is wrong with which field."""
    return {error["field"]: error["code"] for error in reply.body["errors"]}
