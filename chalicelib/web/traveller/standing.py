"""How a pass stands, as an ETag: a phone that asks each minute costs the reading of a row, and no page."""

from chalicelib.domain.calendar import local_date
from chalicelib.web.entity_tags import tag_of
from chalicelib.web.static import static_name
from chalicelib.web.traveller.checkin_state import told_today
from chalicelib.web.traveller.members import Holder
from chalicelib.web.visit import Visit

FILES = ("main.css", "pass.css", "pass.js", "picture.js")
"""Another release of these is another page."""


def standing(visit: Visit, holder: Holder) -> str:
    """The ETag of a pass in the page's language: the same as long as the page would say the same."""
    case, point = holder.case, holder.point
    # A departure shows before the traveller's own row is written anew: the state is no part of the version.
    people = [(one.version, one.state) for one in (case, *(member.case for member in holder.party))]
    today = local_date(visit.now, point.time_zone)
    facts = (visit.language, today, point.version, case.district, people, told_today(case, point))
    return tag_of(repr((*facts, *map(static_name, FILES))))
