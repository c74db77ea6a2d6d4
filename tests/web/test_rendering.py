"""Templates: strict, escaped, translated."""

from typing import Any

import pytest
from jinja2 import UndefinedError

from chalicelib.domain.errors import Invalid
from chalicelib.web.catalogues import sentence
from chalicelib.web.labels import DESK_NAMES, STATES, VERBS
from chalicelib.web.language import LANGUAGES
from chalicelib.web.rendering import environment


def shown(source: str, language: str = "en", **values: Any) -> str:
    return environment(language).from_string(source).render(**values)


@pytest.mark.parametrize(
    "source",
    ["{{ missing }}", "{% if missing %}{% endif %}", "{% for x in missing %}{% endfor %}", "{{ one.missing }}"],
)
def test_a_missing_name_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        shown(source, one=Invalid(()))


def test_a_missing_option_is_empty() -> None:
    assert shown("{{ {}.a.b }}{{ {}.a['b'] }}{{ {}.a | length }}{% for x in {}.a %}x{% endfor %}") == "0"


def test_everything_is_escaped() -> None:
    name = "<script>alert(1)</script>{{ 7*7 }}"
    page = shown('{% from "base/components.html" import data_list, status_tag %}{{ data_list([(n, n)]) }}{{ status_tag(n) }}', n=name)  # fmt: skip # noqa: E501
    assert "<script>" not in page
    assert "49" not in page


def test_every_word_of_the_domain_is_translated() -> None:
    for english in (*STATES.values(), *VERBS.values(), *DESK_NAMES.values()):
        assert sentence("zh-Hans", english) != english
        assert sentence("en", english) == english


def test_words_by_code() -> None:
    assert shown("{{ state_name('registered') }} {{ desk_name('media') }} {{ verb_name('odd') }}") == (
        "Registered Media response odd"
    )


def test_every_template_compiles_in_every_language() -> None:
    for language in LANGUAGES:
        jinja = environment(language)
        for name in jinja.list_templates(filter_func=lambda name: not name.startswith("govuk")):
            jinja.get_template(name)
