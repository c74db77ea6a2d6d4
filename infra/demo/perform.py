"""The scenes of the day in their order, and how many deeds they have."""

from infra.demo.day import ArrivalDay
from infra.demo.figures import PATIENCE, Figures, figures, wait_for_texts
from infra.demo.flights import FLIGHTS
from infra.demo.play import Play
from infra.demo.rides import drive, house


def deeds(day: ArrivalDay) -> int:
    """How often a play of the whole day tells of a deed."""
    twice = sum(party.is_told_twice for party in day.parties.values())
    housed = sum(len(run.placed) for run in day.runs)
    return len(FLIGHTS) + len(day.parties) + twice + day.heads + sum(len(run.aboard) for run in day.runs) + housed + 1


def perform(play: Play, patience: float = PATIENCE) -> Figures:
    """The whole day, and how it stands when the texts have gone, or patience; raises Unreachable, Refused."""
    play.flights()
    play.declare()
    play.gate()
    drive(play)
    house(play)
    wait_for_texts(play, patience)
    return figures(play)
