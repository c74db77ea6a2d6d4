"""The page of phones: readable, harmless, and alive without a script."""

import re

from infra.local.simulator import page
from infra.local.simulator.server import SimulatorServer
from tests.simulator.client import ask, post
from tests.simulator.running import PHONE, Ear

OTHER = "+8613812345679"


def test_an_empty_page_says_so(phones: SimulatorServer) -> None:
    status, text, headers = ask(phones, "GET", "/")
    assert status == 200
    assert '<p class="empty">No texts yet.' in text
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_phones_show_their_texts_with_language_and_price(phones: SimulatorServer) -> None:
    post(phones, Body="李*已乘车前往渝中区")
    post(phones, Body="a" * 161, To=OTHER)
    text = ask(phones, "GET", "/")[1]
    assert text.count('<article class="phone"') == 2
    assert '<p class="body" lang="zh-Hans" dir="auto">李*已乘车前往渝中区</p>' in text
    assert "1\u00a0segment, UCS-2\u00a010/70" in text
    assert '<span class="cost several">2\u00a0segments, GSM-7\u00a0161</span>' in text
    assert ask(phones, "GET", "/?to=+8613812345679")[1].count('<article class="phone"') == 1
    assert "No phone with this number" in ask(phones, "GET", "/?to=+999")[1]


def test_everything_is_escaped(phones: SimulatorServer) -> None:
    post(phones, Body='<script>alert("x")</script>{to}&amp;')
    text = ask(phones, "GET", '/?to="><script>')[1] + ask(phones, "GET", "/")[1]
    assert "<script>" not in text
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;{to}&amp;amp;" in text


def test_no_inline_script_or_style(phones: SimulatorServer) -> None:
    post(phones)
    text = ask(phones, "GET", "/")[1]
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", text)


def test_without_a_script_it_reloads_when_asked(phones: SimulatorServer) -> None:
    assert 'http-equiv="refresh"' not in ask(phones, "GET", "/")[1]
    assert '<meta http-equiv="refresh" content="5">' in ask(phones, "GET", "/?every=5")[1]
    assert 'http-equiv="refresh"' not in ask(phones, "GET", "/?every=0")[1]


def test_only_what_changed_is_sent_again(phones: SimulatorServer, ear: Ear) -> None:
    post(phones)
    post(phones, To=OTHER)
    everything = ask(phones, "GET", "/phones?since=0")[1]
    assert {found["id"] for found in everything["phones"]} == {"p8613812345678", "p8613812345679"}
    rev = phones.simulator.store.rev
    phones.simulator.reply(PHONE, "ok")
    ear.heard(1)
    since = ask(phones, "GET", f"/phones?since={rev}")[1]
    assert "p8613812345678" in [found["id"] for found in since["phones"]]
    assert since["rev"] > rev
    assert ask(phones, "GET", "/phones?since=x")[0] == 200


def test_a_reply_without_a_script_comes_back_to_its_phone(phones: SimulatorServer, ear: Ear) -> None:
    post(phones)
    status, _, headers = ask(phones, "POST", "/reply", {"from": PHONE, "body": "ok", "filter": "+86"})
    assert (status, headers["Location"]) == (303, "/?to=%2B86#p8613812345678")
    assert ear.heard(1)[0].fields["Body"] == "ok"


def test_a_refused_reply_without_a_script_is_a_page(phones: SimulatorServer) -> None:
    status, text, _ = ask(phones, "POST", "/reply", {"from": "<b>1", "body": "ok"})
    assert (status, "Not sent" in text, "&lt;b&gt;1" in text) == (400, True, True)


def test_a_reply_from_the_page_itself_is_taken(phones: SimulatorServer, ear: Ear) -> None:
    assert ask(phones, "POST", "/reply", {"from": PHONE, "body": "ok"}, headers={"Origin": phones.base})[0] == 303
    assert ask(phones, "GET", "/")[2]["Referrer-Policy"] == "same-origin"  # anything less makes forms send "null"
    ear.heard(1)


def test_a_reply_with_a_script_is_json(phones: SimulatorServer, ear: Ear) -> None:
    accept = {"Accept": "application/json"}
    status, answer, _ = ask(phones, "POST", "/reply", {"from": PHONE, "body": "ok"}, headers=accept)
    assert (status, answer["from"], answer["body"]) == (201, PHONE, "ok")
    assert ear.heard(1)[0].fields["From"] == PHONE
    status, answer, _ = ask(phones, "POST", "/reply", {"from": "1", "body": "ok"}, headers=accept)
    assert (status, answer["code"]) == (400, 21211)


def test_static_files(phones: SimulatorServer) -> None:
    for name, kind in [
        ("simulator.js", "text/javascript"),
        ("simulator.css", "text/css"),
        ("icon.svg", "image/svg+xml"),
    ]:
        status, _, headers = ask(phones, "GET", f"/static/{name}")
        assert status == 200
        assert headers["Content-Type"].startswith(kind)


def test_languages_by_script() -> None:
    texts = {
        "en": "12 ok",
        "zh-Hans": "您好 CKG",
        "ja": "ありがとう",
        "ko": "감사",
        "ar": "شكرا",
        "ru": "да",
        "th": "ขอบคุณ",
    }
    assert {tag: page.language(text) for tag, text in texts.items()} == {tag: tag for tag in texts}
