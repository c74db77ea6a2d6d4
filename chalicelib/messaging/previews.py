"""How a text reads before anybody is told anything: filled with the names and numbers of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.masking import mask_name
from chalicelib.domain.places import District, Point
from chalicelib.domain.segments import Segments, clean, measure
from chalicelib.messaging.texts import fitting, short_date, values_of
from chalicelib.messaging.wordings import Template, filled, words

HEADS, OTHERS, CODE = "36", "2", "4821"


@dataclass(frozen=True)
class Preview:
    """``text`` as it goes out, and ``wordings`` it was chosen from, the fullest first, each filled."""

    template: Template
    text: str
    size: Segments
    wordings: tuple[tuple[str, Segments], ...]


def sample_values(language: str, point: Point, district: District | None, today: date) -> Mapping[str, str]:
    """What a text is filled with in ``language``: a common name of its readers, masked as ever."""
    name = words(language)["sample"]
    return {
        "name": mask_name(name["family"], name["given"], name["chinese"], name["nationality"]),
        "district": (district or point).name(language), "hotline": point.hotline, "others": OTHERS, "heads": HEADS,
        "code": CODE, "end_date": short_date(today + timedelta(point.quarantine_days), language),
    }  # fmt: skip


def preview(found: Template, values: Mapping[str, str]) -> Preview:
    """The text of a template with these values; raises TemplateFault when one is missing."""
    known = values_of(found, values)
    text = fitting(found, known)
    shown = [clean(filled(wording, known)) for wording in found.wordings]
    return Preview(found, text, measure(text), tuple((one, measure(one)) for one in shown))
