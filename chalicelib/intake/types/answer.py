"""What an answer type is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field

Read = Callable[[Any, Field, IntakeContext], Any]


@dataclass(frozen=True)
class AnswerType:
    """``read`` normalises a raw answer or raises Refused with one of ``codes``; ``shape`` is how a page posts it."""

    read: Read
    codes: frozenset[str]
    shape: Literal["one", "many", "true", "date"] = "one"
