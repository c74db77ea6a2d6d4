"""The provider's signature of its callbacks: HMAC-SHA1 over the public URL and the sorted fields."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit, urlunsplit

HEADER = "X-Twilio-Signature"

Fields = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
"""Form fields, repeated ones as a sequence or as several pairs."""


def parse_fields(body: bytes | str) -> list[tuple[str, str]]:
    """A form body's fields in order, blank and repeated ones kept; raises ValueError for more than 200 of them."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    return parse_qsl(text, keep_blank_values=True, max_num_fields=200)


def sign(token: str, url: str, fields: Fields = ()) -> str:
    """The signature of a callback to ``url`` (without its fragment, which never leaves the provider)."""
    signed = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(_pairs(fields))))
    digest = hmac.new(token.encode(), signed.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")


def verify(token: str, url: str, fields: Fields, signature: str | None) -> bool:
    """Whether ``signature`` is the provider's for this public URL and these fields; never for an empty token.

    The provider signs a URL with or without its port, so both are tried, as its own client does.
    """
    if not token or not signature:
        return False
    pairs = list(_pairs(fields))
    given = signature.encode("utf-8", "replace")
    return any(hmac.compare_digest(sign(token, form, pairs).encode(), given) for form in _with_and_without_port(url))


def _pairs(fields: Fields) -> Iterable[tuple[str, str]]:
    if not isinstance(fields, Mapping):
        yield from fields
        return
    for name, value in fields.items():
        for one in [value] if isinstance(value, str) else value:
            yield name, one


def _with_and_without_port(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    if parts.port:
        return url, urlunsplit(parts._replace(netloc=parts.netloc.removesuffix(f":{parts.port}")))
    default = 443 if parts.scheme == "https" else 80
    return url, urlunsplit(parts._replace(netloc=f"{parts.netloc}:{default}"))
