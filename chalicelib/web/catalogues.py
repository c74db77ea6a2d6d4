"""Sentences of pages and of the API in the reader's language; without Jinja, which the API never needs."""

import gettext
from functools import cache
from typing import Any

from chalicelib.web.language import LANGUAGES, LOCALE


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the source. Raises FileNotFoundError when it was not compiled."""
    catalogue = LANGUAGES[language].catalogue
    return gettext.translation("messages", LOCALE, [catalogue]) if catalogue else gettext.NullTranslations()


def sentence(language: str, message: str, /, **values: Any) -> str:
    """A sentence marked for translation (``N_``), in ``language``, with its ``%(name)s`` filled in."""
    return translations(language).gettext(message) % values
