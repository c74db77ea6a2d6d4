"""What can go wrong, by kind. Each kind has one HTTP status; wording lives in the text files, never here."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


class WaystationError(Exception):
    """The root of everything the product raises on purpose."""

    code = "error"


@dataclass(frozen=True)
class FieldError:
    """One thing wrong with one field: ``field`` is a dotted path such as ``companions.1.phone``."""

    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Invalid(WaystationError):
    """422: the body was understood and refused; ``errors`` names every fault at once."""

    code = "invalid"

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(sorted({error.code for error in errors})))
        self.errors = errors


class NotFound(WaystationError):
    """404: no such thing, or one that this officer may not know of."""

    code = "not_found"

    def __init__(self, kind: str, key: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.key = key


class NotSignedIn(WaystationError):
    """401: no key, no session, or one that has ended."""

    code = "not_signed_in"


class NotPermitted(WaystationError):
    """403: the desk may not do this."""

    code = "not_permitted"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(WaystationError):
    """409: right in itself, but not now; ``code`` says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotInState(Conflict):
    """409: the verb is not allowed in this state; ``allowed`` are the verbs that are."""

    def __init__(self, verb: str, state: str, allowed: tuple[str, ...]) -> None:
        super().__init__("not_in_state", verb=verb, state=state)
        self.verb, self.state, self.allowed = verb, state, allowed


class Stale(WaystationError):
    """412: somebody else changed it since it was read."""

    code = "stale"


class KeyReused(WaystationError):
    """422: this idempotency key came before with another body."""

    code = "idempotency_key_reused"


class Unavailable(WaystationError):
    """503: a part that we depend on is away; nothing was half written."""

    code = "unavailable"
