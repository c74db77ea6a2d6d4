"""Every status that the document tells of is answered by something: no promise of an error that cannot come."""

import pytest

from chalicelib.web.api import routes
from chalicelib.web.api.endpoint import ENDPOINTS
from tests.api.desk import Hall
from tests.openapi import errands
from tests.openapi.asking import Asker
from tests.openapi.knocks import in_order, refused, unwell

assert routes.MODULES, "what fills the table of endpoints"
OPERATIONS = sorted(ENDPOINTS)
Told = set[tuple[str, str, int]]
"""Method, path and status."""


@pytest.fixture(scope="module")
def reached(hall: Hall, asker: Asker) -> Told:
    """What was answered, to requests that are in order, wrong, too early, too late and by others."""
    known = asker.known
    for errand in (errands.about_passes, errands.about_vehicles, errands.about_messages, errands.about_places):
        errand(hall, known)
    for knock in (*errands.everything_of_everybody(known), *errands.verbs_of_the_newly_come(hall, known)):
        knock.by(hall)
    return hall.reference.seen


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_status_is_answered(hall: Hall, asker: Asker, reached: Told, method: str, path: str) -> None:
    knock = in_order(ENDPOINTS[method, path], asker.known)
    assert {status: wrong.by(hall) for status, wrong in refused(knock).items()} == {s: s for s in refused(knock)}
    for status in (500, 503):
        with unwell(hall, status):
            assert knock.by(hall) == status
    knock.by(hall)
    told = {int(status) for status in hall.reference.document["paths"][path][method.lower()]["responses"]}
    assert told - {status for *operation, status in reached if operation == [method, path]} == set()
