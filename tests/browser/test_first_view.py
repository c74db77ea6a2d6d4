"""What the form costs on the wire, headers and all, as the local server sends it: compressed, and little at all."""

import gzip
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from chalicelib.web.language import LANGUAGES
from tests.browser.chromium import Pages
from tests.browser.serving import Site

FIRST, AGAIN, LATER = 45_000, 2_000, 12_000
"""Bytes of a first and of a repeated view, and of what follows: airport networks are slow, and roaming is dear."""


@dataclass
class Answer:
    """What came back: ``size`` counts every byte on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int


def asked(site: Site, path: str, **headers: str) -> Answer:
    """One request on a connection of its own, read to its end."""
    host = site.url.removeprefix("http://")
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *map(": ".join, headers.items()), "", ""]
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=20) as wire, wire.makefile("rb") as coming:
        wire.sendall("\r\n".join(lines).encode())
        raw = coming.read()
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *fields = head.decode().split("\r\n")
    named = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
    return Answer(int(first.split()[1]), named, body, len(raw))


def phone(site: Site, path: str, **headers: str) -> Answer:
    """The same as a browser asks, which takes gzip."""
    answer = asked(site, path, **{"Accept-Encoding": "gzip, deflate, br", **headers})
    if answer.headers.get("content-encoding") == "gzip":
        answer.body = gzip.decompress(answer.body)
    return answer


def test_who_only_looks_asks_for_no_more_than_what_is_weighed(pages: Pages) -> None:
    page, asked_for = pages(worker=True), []
    page.on("request", lambda request: asked_for.append(urlsplit(request.url).path))
    page.goto("/d/CKG?flight=CA406", wait_until="networkidle")
    named = page.evaluate(
        "() => [...document.querySelectorAll('script[src], link[href]')].map(one => one.src || one.href)"
    )
    assert sorted(asked_for) == sorted(["/d/CKG", "/d/CKG", *(urlsplit(file).path for file in named)])
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    with page.expect_request("**/static/choosers.js*"), page.expect_request("**/static/offline.js*"):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_first_view_is_light_and_a_second_next_to_nothing(site: Site, language: str) -> None:
    led = phone(site, "/d/CKG?flight=CA406", **{"Accept-Language": language})
    address = led.headers["location"]
    page = phone(site, address)
    files = [phone(site, path) for path in re.findall(r' (?:src|href)="(/static/[^"]+)"', page.body.decode())]
    assert len(files) >= 4
    first = led.size + page.size + sum(file.size for file in files)
    assert first < FIRST, f"{first} bytes"
    # Files never change under their address, so only the page is asked for again.
    assert all("immutable" in file.headers["cache-control"] for file in files)
    again = phone(site, address, **{"If-None-Match": page.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.size < AGAIN
    # What a page does without a network comes when all that is there.
    later = re.findall(r' data-(?:script|worker)="(/(?:static/offline|worker)[^"]+)"', page.body.decode())
    assert len(later) == 2
    assert sum(phone(site, path).size for path in later) < LATER
    # Fonts are the phone's own.
    assert not any(b"@font-face" in file.body or b"@import" in file.body for file in files)


def test_the_local_server_compresses_as_the_deployed_front_does(site: Site) -> None:
    plain, packed = asked(site, "/d/CKG?lang=en"), phone(site, "/d/CKG?lang=en")
    assert packed.size * 4 < plain.size
    assert packed.body == plain.body
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    small = phone(site, "/healthz")
    assert "content-encoding" not in small.headers
