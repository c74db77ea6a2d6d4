"""The page of phones, drawn as plain HTML; the script only saves the reload."""

import unicodedata
from datetime import datetime
from html import escape
from typing import Any

from chalicelib.domain.segments import WHOLE, measure
from infra.local.simulator.store import Message, Store

PHONES, TEXTS = 60, 50
"""How many phones a page shows, and how many texts of each."""
EVERY = ("5", "15")
_FAILED = frozenset({"undelivered", "failed"})
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "THAI": "th",
    "CYRILLIC": "ru",
    "CJK": "zh-Hans",
}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{refresh}<title>Phones - SMS simulator</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/simulator.css">
<script src="/static/simulator.js" defer></script>
</head>
<body data-rev="{rev}" data-to="{to}">
<a class="skip" href="#phones">Skip to the phones</a>
<header class="bar">
<div><h1>Phones</h1><p>Every text of this stage ends here, and nowhere else.</p></div>
<form class="find" role="search" action="/" method="get">
<label for="to">Number contains</label>
<input id="to" name="to" type="search" inputmode="tel" autocomplete="off" value="{to}">
<button>Show</button>
</form>
</header>
<main id="phones" tabindex="-1">
<noscript><p class="note"><a href="/?to={to}">Show new texts</a>, or let the page do it every
<a href="/?to={to}&amp;every=5">5</a> or <a href="/?to={to}&amp;every=15">15 seconds</a>.</p></noscript>
<div class="phones">{phones}</div>
<p class="empty"{hidden}>{empty}</p>
<p class="more"{more_hidden}>The {most} phones that changed last are shown; look for others by number.</p>
<p class="status" role="status" id="status"></p>
</main>
<footer>
<form class="new" action="/reply" method="post">
<h2>Text from another phone</h2>
<div><label for="new-from">Its number</label>
<input id="new-from" name="from" type="tel" required placeholder="+8613812345678" autocomplete="off"></div>
<div><label for="new-body">Text</label>
<input id="new-body" name="body" required maxlength="1600" autocomplete="off"></div>
<button>Send</button>
</form>
</footer>
</body>
</html>
"""

_REFUSED = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not sent - SMS simulator</title><link rel="stylesheet" href="/static/simulator.css"></head>
<body><main><h1>Not sent</h1><p>{why}</p><p><a href="/">Back to the phones</a></p></main></body>
</html>
"""


def refused(why: str) -> str:
    """Why a reply was not sent, for a browser without a script."""
    return _REFUSED.format(why=escape(why))


def whole(store: Store, part: str, every: str) -> str:
    """The page, for the phones whose number contains ``part``; ``every`` seconds it comes anew, without a script."""
    rev, numbers = store.rev, store.phones(part, 0, PHONES + 1)
    shown = numbers[:PHONES]
    return _PAGE.format(
        refresh=f'<meta http-equiv="refresh" content="{every}">\n' if every in EVERY else "",
        rev=rev,
        to=escape(part),
        phones="".join(phone(store, number, part) for number in shown),
        hidden=" hidden" if shown else "",
        empty="No phone with this number has a text yet." if part else "No texts yet. The first one brings its phone.",
        more_hidden="" if len(numbers) > PHONES else " hidden",
        most=PHONES,
    )


def changed(store: Store, part: str, since: int) -> dict[str, Any]:
    """The phones that changed after ``since``, each as its HTML, and what to ask with next."""
    rev, numbers = store.rev, store.phones(part, since, PHONES)
    return {"rev": rev, "phones": [{"id": anchor(number), "html": phone(store, number, part)} for number in numbers]}


def phone(store: Store, number: str, part: str = "") -> str:
    """One phone with its conversation and a place to reply."""
    texts = store.conversation(number, TEXTS)
    own, shown = anchor(number), escape(number)
    other = texts[-1].recipient if texts[-1].direction == "inbound" else texts[-1].sender
    return f"""<article class="phone" id="{own}" aria-labelledby="{own}-h">
<header><h2 id="{own}-h">{shown}</h2><p>{escape(other)}</p></header>
<div class="log" role="log" tabindex="0" aria-label="Texts of {shown}"><ol>{"".join(map(bubble, texts))}</ol></div>
<form class="reply" action="/reply" method="post">
<input type="hidden" name="from" value="{shown}"><input type="hidden" name="filter" value="{escape(part)}">
<label class="hidden" for="{own}-b">Reply from {shown}</label>
<input id="{own}-b" name="body" required maxlength="1600" autocomplete="off" placeholder="Reply">
<button aria-label="Send the reply from {shown}">Send</button>
</form>
</article>
"""


def bubble(text: Message) -> str:
    """One text: its body in its language, when, in what state, and what it costs."""
    cost, created = measure(text.body), datetime.fromtimestamp(text.created).astimezone()
    several = "" if cost.segments == 1 else " several"
    segments = f"{cost.segments}\u00a0segment{'s' if cost.segments > 1 else ''}"
    units = f"{cost.units}/{WHOLE[cost.encoding]}" if cost.segments == 1 else str(cost.units)
    side = "out" if text.direction == "inbound" else "in"
    return (
        f'<li class="{side}" id="{escape(text.sid)}"><p class="body" lang="{language(text.body)}" dir="auto">'
        f"{escape(text.body)}</p>"
        f'<p class="facts"><time datetime="{created.isoformat(timespec="seconds")}">{created:%H:%M:%S}</time> '
        f'<span class="state {_tone(text.status)}">{escape(text.status)}{f" {text.code}" if text.code else ""}</span> '
        f'<span class="cost{several}">{segments}, {cost.encoding}\u00a0{units}</span></p></li>'
    )


def anchor(number: str) -> str:
    """The id of a phone on the page."""
    return "p" + "".join(sign for sign in number if sign.isalnum())


def language(text: str) -> str:
    """The likely language of a text by its script; English where the script does not tell."""
    names = [unicodedata.name(sign, "").split(" ")[0].split("-")[0] for sign in text if sign.isalpha()]
    return next((tag for script, tag in _SCRIPTS.items() if script in names), "en")


def _tone(status: str) -> str:
    return "bad" if status in _FAILED else "good" if status in ("delivered", "received") else "under-way"
