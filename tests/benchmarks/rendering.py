"""The form's page, warm: the product's handler beside a bare one that renders as many bytes of Jinja."""

import re
from typing import Any

from chalice import Chalice, Response
from jinja2 import DictLoader, Environment

from tests.benchmarks.figure import Effort, Figure, Table
from tests.benchmarks.gateway import shown, visit
from tests.benchmarks.measuring import Spread, Timed, ratio, taking_turns

LANGUAGE = "zh-Hans"
PAGE = visit("/d/{point}", "/d/CKG", {"flight": "CA406", "lang": LANGUAGE}, {"point": "CKG"})
BARE_PAGE = visit("/form", "/form", {}, {})
# Every label, hint and choice of the real page, between tags as plain as they can be, escaped as the product's are.
BARE_TEMPLATE = """<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ texts[0] }}</title></head><body><form method="post">
{% for text in texts %}
<p><label for="q{{ loop.index }}">{{ text }}</label> <input id="q{{ loop.index }}" name="q{{ loop.index }}"></p>
{% endfor %}</form></body></html>"""


def measure(effort: Effort) -> Figure:
    """CPU and wall time of both."""
    from app import app  # late: it reads its settings from the environment while it is imported

    page = shown(app, PAGE)
    texts = [text for text in re.split(r"\s*<[^>]*>\s*", page.partition("<body")[2]) if text]
    plain = _bare(texts)
    taken = taking_turns({"product": lambda: shown(app, PAGE), "bare": lambda: shown(plain, BARE_PAGE)}, effort.rounds)
    return _figure(taken, {"product": len(page.encode()), "bare": len(shown(plain, BARE_PAGE).encode())}, len(texts))


def _bare(texts: list[str]) -> Chalice:
    app = Chalice(app_name="bare")
    template = Environment(autoescape=True, loader=DictLoader({"form": BARE_TEMPLATE})).get_template("form")

    @app.route("/form")
    def form() -> Response:
        body = template.render(texts=texts, language=LANGUAGE)
        return Response(body, {"Content-Type": "text/html; charset=utf-8"}, 200)

    return app


def _figure(taken: dict[str, Timed], size: dict[str, int], texts: int) -> Figure:
    plain = taken["bare"]
    names = {"product": "Waystation", "bare": "bare, the same words"}
    rows = [
        (names[name], f"{ratio(one.cpu, plain.cpu).median:.2f}", f"{ratio(one.wall, plain.wall).median:.2f}",
         Spread.of(one.cpu).said(), Spread.of(one.wall).said(), f"{size[name]:,}")
        for name, one in taken.items()
    ]  # fmt: skip
    data: dict[str, Any] = {"bytes": size, **{name: vars(one) for name, one in taken.items()}}
    return Figure(
        name="render",
        title="The form's page, warm",
        measured=f"`GET /d/CKG?flight=CA406` in {LANGUAGE} through the real handler, as API Gateway calls it, in this"
        f" process. Beside it a bare Chalice handler whose one Jinja template puts the same {texts:,} words and"
        " sentences between the plainest tags, escaped.",
        parts=[
            Table(("", "CPU ÷ bare", "wall ÷ bare", "CPU ms", "wall ms", "bytes, uncompressed"), rows),
            "The product's components carry what the plain tags lack: hints, errors to come, what a screen reader is"
            " told, rules for the script. Whole sentences are looked up, not concatenated. The page is the same for"
            " everybody who asks for it in a language at a flight, and a front keeps it for a minute: an aircraft"
            " costs a few of these.",
        ],
        data=data,
    )
