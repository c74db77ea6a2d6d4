"""What an answer is judged against, besides itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class IntakeContext:
    """``today`` is the date at the point, ``districts`` its ids; ``assisted`` when an officer fills the form in."""

    today: date
    districts: frozenset[str]
    point_region: str = "CN"
    assisted: bool = False
