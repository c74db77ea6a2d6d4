"""Static files."""

import re
from pathlib import Path

import pytest

from chalicelib.web.static import STATIC, static_name
from tests.web.browser import Browser


def test_a_hashed_address_is_cached_for_good(browser: Browser) -> None:
    answer = browser.get(static_name("mark.svg"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_any_other_address_is_asked_for_again(browser: Browser) -> None:
    for path in ("/static/enhance.js", "/static/enhance.js?v=old"):
        answer = browser.get(path)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "must-revalidate" in answer.headers["cache-control"]
        again = browser.get(path, {"if-none-match": answer.headers["etag"]})
        assert (again.status, again.text) == (304, "")


def test_the_worker_stands_above_the_pages_and_is_asked_for_each_time(browser: Browser) -> None:
    answer = browser.get("/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["content-security-policy"]
    again = browser.get("/worker.js", {"if-none-match": answer.headers["etag"]})
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize(
    "name", ["none.css", "..%2Fpage.py", "..", "%2Fetc%2Fpasswd", "main.css%00", ".gitignore", "page.py"]
)
def test_nothing_else_is_served(browser: Browser, name: str) -> None:
    assert browser.get(f"/static/{name}").status == 404


def test_scripts_and_styles_stand_in_files_only() -> None:
    for template in Path("chalicelib/web/templates").glob("**/*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), template


def test_only_texts_are_shipped() -> None:
    assert {path.suffix for path in STATIC.iterdir() if path.name != ".gitkeep"} <= {".css", ".js", ".svg"}
