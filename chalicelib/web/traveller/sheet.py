"""A form at a point of entry in one language: from posted pairs to answers, and to a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import FieldError
from chalicelib.domain.places import District, Point
from chalicelib.intake import forms
from chalicelib.intake.beside import Beside
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.doubts import Doubt, doubts
from chalicelib.intake.forms import Form
from chalicelib.intake.posted import nest
from chalicelib.intake.presentation import anchor_of, error_summary, present
from chalicelib.intake.summary import Part, summarise
from chalicelib.intake.validate import validate
from chalicelib.intake.views import SectionView
from chalicelib.web.traveller.doorway import point_name
from chalicelib.wiring import wiring

ARRIVAL, CHECKIN = "arrival", "quarantine_checkin"
"""The forms that pages hand out: at the gate, and from the pass."""
LOOKED_FOR = ("en", "zh-Hans")
"""In English the names of districts are their pinyin."""

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """``districts`` are names by id, in the order of the page; ``also`` their names in other languages.

    ``base`` is the path of its pages; ``assisted`` when an officer fills it in.
    """

    point: Point
    form: Form
    language: str
    districts: Mapping[str, str]
    also: Mapping[str, str]
    base: str
    assisted: bool = False

    @property
    def point_name(self) -> str:
        """The point's name in the page's language."""
        return point_name(self.point, self.language)

    @property
    def title(self) -> str:
        """The form's title."""
        return self.form.texts(self.language).file.title

    @property
    def context(self) -> IntakeContext:
        """What answers are judged against, here and today."""
        return self.context_on(local_date(wiring().clock(), self.point.time_zone))

    def context_on(self, today: date) -> IntakeContext:
        """The same on a day of one's choice at the point."""
        return IntakeContext(today, frozenset(self.districts), self.point.country, self.assisted)

    def read(self, pairs: Pairs) -> dict[str, Any]:
        """Posted pairs as validated answers; raises Invalid with every fault at once."""
        return validate(self.form, nest(self.form, pairs), self.context)

    def doubts(self, answers: Mapping[str, Any], pairs: Pairs) -> tuple[Doubt, ...]:
        """What to ask for a second time before validated answers are read back."""
        return doubts(self.form, answers, pairs, self.context)

    def sections(
        self, answers: Mapping[str, Any], errors: Iterable[FieldError], slots: Mapping[str, int],
        beside: Beside | None = None,
    ) -> tuple[SectionView, ...]:  # fmt: skip
        """The steps as a page draws them."""
        return present(
            self.form,
            self.language,
            answers,
            self.districts,
            errors,
            slots,
            replace(beside or Beside(), also=self.also),
        )

    def problems(self, errors: Iterable[FieldError]) -> list[tuple[str, str]]:
        """Where to go and what to mend, for every error; what no question is at fault for leads to the form."""
        return [(anchor or "declaration", said) for anchor, said in error_summary(self.form, self.language, errors)]

    def anchor(self, path: str) -> str:
        """The id of the first box of a question, for a link to it."""
        return anchor_of(self.form, self.language, path)

    def summary(self, answers: Mapping[str, Any]) -> tuple[Part, ...]:
        """Validated answers read back."""
        return summarise(self.form, self.language, answers, self.districts)


def sheet_at(point: str, language: str, form: Form | None = None, base: str = "") -> Sheet:
    """A form at a point, whose code may be typed in small letters: the declaration unless told; raises NotFound."""
    places, read = wiring().places, form or forms.current(ARRIVAL)
    found = places.point(point.upper())
    spoken = language if language in read.languages else read.languages[0]
    districts = places.districts().values()
    named = _names(districts, spoken)
    return Sheet(found, read, spoken, named, _also(districts, spoken), base or f"/d/{found.point}")


def _names(districts: Iterable[District], language: str) -> dict[str, str]:
    """By name where names sort by alphabet, else in the official order of the codes."""
    named = [(district.name(language), district) for district in districts]
    latin = language == "en"
    named.sort(key=lambda pair: pair[0] if latin else pair[1].code)
    return {district.district: name for name, district in named}


def _also(districts: Iterable[District], language: str) -> dict[str, str]:
    """By id: the names that people look for besides the one they are shown, parted by bars."""
    return {
        district.district: "|".join(district.name(other) for other in LOOKED_FOR if other != language)
        for district in districts
    }
