"""Where each thing stands in the lines, by ICAO 9303 parts 4 (TD3), 5 (TD1) and 6 (TD2): line, from, to, from 0."""

from dataclasses import dataclass

Place = tuple[int, int, int]
STATE, NAMES = "state", "names"


@dataclass(frozen=True)
class Checked:
    """A field with its check digit after it; ``kind`` names it in a sentence, ``digits`` when it holds nothing else."""

    kind: str
    place: Place
    digits: bool = False

    @property
    def digit(self) -> tuple[int, int]:
        """Line and place of the check digit."""
        return self.place[0], self.place[2]


@dataclass(frozen=True)
class Layout:
    """One size of document. ``spare`` takes the end of a long number; ``whole`` are read together by the last digit."""

    lines: int
    length: int
    state: Place
    nationality: Place
    names: Place
    number: Checked
    birth: Checked
    sex: tuple[int, int]
    expiry: Checked
    spare: Place | None
    personal: Checked | None
    whole: tuple[Place, ...]
    whole_digit: tuple[int, int]

    @property
    def checked(self) -> tuple[Checked, ...]:
        """Every field with a check digit of its own, in the order in which they stand."""
        return tuple(one for one in (self.number, self.birth, self.expiry, self.personal) if one)


TD3 = Layout(
    lines=2, length=44, state=(0, 2, 5), names=(0, 5, 44), number=Checked("number", (1, 0, 9)),
    nationality=(1, 10, 13), birth=Checked("birth", (1, 13, 19), digits=True), sex=(1, 20),
    expiry=Checked("expiry", (1, 21, 27), digits=True), spare=None, personal=Checked("personal", (1, 28, 42)),
    whole=((1, 0, 10), (1, 13, 20), (1, 21, 43)), whole_digit=(1, 43),
)  # fmt: skip
TD2 = Layout(
    lines=2, length=36, state=(0, 2, 5), names=(0, 5, 36), number=Checked("number", (1, 0, 9)),
    nationality=(1, 10, 13), birth=Checked("birth", (1, 13, 19), digits=True), sex=(1, 20),
    expiry=Checked("expiry", (1, 21, 27), digits=True), spare=(1, 28, 35), personal=None,
    whole=((1, 0, 10), (1, 13, 20), (1, 21, 35)), whole_digit=(1, 35),
)  # fmt: skip
TD1 = Layout(
    lines=3, length=30, state=(0, 2, 5), names=(2, 0, 30), number=Checked("number", (0, 5, 14)),
    nationality=(1, 15, 18), birth=Checked("birth", (1, 0, 6), digits=True), sex=(1, 7),
    expiry=Checked("expiry", (1, 8, 14), digits=True), spare=(0, 15, 30), personal=None,
    whole=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), whole_digit=(1, 29),
)  # fmt: skip
LAYOUTS = (TD3, TD2, TD1)
