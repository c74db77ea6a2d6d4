"""Posted forms: read from the raw body, blanks kept, bounded before anything is parsed."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from chalicelib.domain.errors import WaystationError

LARGEST = 256 * 1024
MOST_FIELDS = 2_000
FORM_TYPE = "application/x-www-form-urlencoded"


class TooLarge(WaystationError):
    """413: more than 256 kB, or more fields than any form of ours has."""

    code = "too_large"


class WrongType(WaystationError):
    """415: not a form."""

    code = "wrong_type"


class Malformed(WaystationError):
    """400: not UTF-8, or not a form."""

    code = "malformed"


class Posted(Mapping[str, str]):
    """The fields of a form: ``form["name"]`` is the last value, ``form.all("name")`` every value, in order."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs
        self._last = dict(pairs)

    def __getitem__(self, name: str) -> str:
        return self._last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value posted under ``name``: checked boxes, chosen travellers."""
        return tuple(value for key, value in self.pairs if key == name)

    def text(self, name: str) -> str:
        """The value without the blanks around it; empty when it was not posted."""
        return self._last.get(name, "").strip()


def parse(body: bytes, content_type: str) -> Posted:
    """The posted fields; raises TooLarge, WrongType or Malformed."""
    if len(body) > LARGEST:
        raise TooLarge
    if body and content_type.partition(";")[0].strip().lower() != FORM_TYPE:
        raise WrongType
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except UnicodeDecodeError as wrong:
        raise Malformed from wrong
    except ValueError as too_many:
        raise TooLarge from too_many
    return Posted(pairs)
