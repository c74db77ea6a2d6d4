"""Who may open each route: pages and API register here, and a test compares it with the routes of the app."""

from dataclasses import dataclass

from chalicelib.domain.desks import MAY


@dataclass(frozen=True)
class Rule:
    """``kind``: public (anyone), officer (a session), key (a program's key), provider (a signed callback).

    ``verb``, when there is one, is what the officer's desk must be allowed (domain/desks.py).
    """

    kind: str
    verb: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.verb}" if self.verb else self.kind


PUBLIC, OFFICER, KEY, PROVIDER = Rule("public"), Rule("officer"), Rule("key"), Rule("provider")

RULES: dict[tuple[str, str], Rule] = {}


def may(verb: str, kind: str = "officer") -> Rule:
    """The rule for those whose desk may do ``verb``; raises ValueError for a verb that no table knows."""
    if verb not in MAY:
        raise ValueError(f"no desk may {verb}")
    return Rule(kind, verb)


def register(method: str, path: str, rule: Rule) -> None:
    """Record the rule of one route; raises ValueError when another rule stands there."""
    if RULES.setdefault((method, path), rule) != rule:
        raise ValueError(f"{method} {path} has a rule already: {RULES[method, path]}")
