"""A lost pass: the three things together open it, and a guesser learns nothing, slowly."""

import time

from tests.api.desk import Hall, new_document
from tests.api_client import Reply
from tests.intake.example import valid_answers

BORN = valid_answers()["date_of_birth"]


def timed(hall: Hall, **asked: str) -> tuple[Reply, float]:
    began = time.monotonic()
    return hall.anyone("POST", "/passes/recover", asked), time.monotonic() - began


def test_the_pass_again_and_equal_answers_for_guessers(hall: Hall) -> None:
    document = new_document()
    person = hall.declare(document_number=document)
    right = {"reference": person.reference, "document_number": document, "date_of_birth": BORN}
    found, took = timed(hall, **{**right, "document_number": f" {document[:4]} {document[4:].lower()}"})
    assert (found.status, found.body["pass_url"]) == (200, person.url)
    wrong = [
        {"document_number": "E00000000"}, {"date_of_birth": "1984-03-28"}, {"reference": "0000-0000-0000"},
        {"reference": hall.declare().reference}, {"date_of_birth": "nonsense"},
    ]  # fmt: skip
    guesses = [timed(hall, **{**right, **guess}) for guess in wrong]
    assert {guess.status for guess, _ in guesses} == {404}
    assert all(guess.body == guesses[0][0].body for guess, _ in guesses)
    times = [took, *(seconds for _, seconds in guesses)]
    assert min(times) >= 0.5


def test_a_reference_may_be_typed_as_heard(hall: Hall) -> None:
    document = new_document()
    person = hall.declare(document_number=document)
    heard = person.reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    reply, _ = timed(hall, reference=heard, document_number=document, date_of_birth=BORN)
    assert reply.status == 200
