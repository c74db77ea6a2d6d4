"""What a page draws beside the answers: boxes of its own, and other names of what can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.intake.doubts import Doubt
from chalicelib.intake.lines import Typed


@dataclass(frozen=True)
class Beside:
    """``lines``: what was typed of documents' lines, by path; None on a page that has no box for them.

    ``again``: phones typed a second time, by the names of their boxes; ``doubts`` why they are asked for. ``also``: the
    districts' names in other languages, by id. ``plain``: questions in plainer words, where there are some.
    """

    lines: Mapping[str, Typed] | None = None
    again: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False

    def doubt(self, path: str) -> Doubt | None:
        """What is doubted at a path."""
        return next((one for one in self.doubts if one.path == path), None)
