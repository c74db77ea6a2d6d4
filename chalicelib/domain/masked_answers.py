"""Answers for eyes that call nobody: their phones masked, and a mask that comes back stands for what it hides."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib.domain.masking import mask_phone

PHONE = "phone"
Change = Callable[[str], str]


def masked(answers: Mapping[str, Any]) -> dict[str, Any]:
    """``answers`` with every phone masked, those of contacts too."""
    return _changed(answers, mask_phone)


def restored(typed: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """``typed`` with the number of ``kept`` in place of its mask: what nobody typed anew stays.

    A mask that hides two different numbers stays a mask, which no form takes: it is typed anew.
    """
    numbers = dict[str, set[str]]()
    for number in _phones(kept):
        numbers.setdefault(mask_phone(number), set()).add(number)
    only = {mask: next(iter(found)) for mask, found in numbers.items() if len(found) == 1}
    return _changed(typed, lambda said: only.get(said.strip(), said))


def _changed(answers: Mapping[str, Any], change: Change) -> dict[str, Any]:
    return {name: _value(name, value, change) for name, value in answers.items()}


def _value(name: str, value: Any, change: Change) -> Any:
    if name == PHONE and isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_changed(item, change) if isinstance(item, Mapping) else item for item in value]
    return value


def _phones(answers: Mapping[str, Any]) -> Iterator[str]:
    for name, value in answers.items():
        if name == PHONE and isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            for item in value:
                yield from _phones(item) if isinstance(item, Mapping) else ()
