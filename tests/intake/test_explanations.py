"""What travellers ask, with what their point says filled in, in every language of the pages."""

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.domain.places import Point
from chalicelib.intake.explanations import explained
from chalicelib.web.language import LANGUAGES
from infra.reference.load import points

POINT: Point = next(points())
ASKED = 9
"""What the district does, how long, where, the price, food, medicine, exams, visitors, and who does not agree."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_answers_everything_with_the_days_and_the_number_of_the_point(language: str) -> None:
    told = explained(replace(POINT, quarantine_days=7, hotline="023-999"), language)
    assert len({one.asks for one in told}) == len({one.says for one in told}) == ASKED
    assert "\u20667\u2069" in told[1].says
    assert "\u2066023-999\u2069" in told[-1].says
    assert not any("{" in one.asks + one.says for one in told)


def written(folder: Path, language: str, **answers: str) -> None:
    folder.mkdir(exist_ok=True)
    lines = [f'[{name}]\nasks = "{name}?"\nsays = "{says}"\n' for name, says in answers.items()]
    (folder / f"{language}.toml").write_text("".join(lines), "utf-8")


def test_a_point_answers_in_its_own_way_in_its_place_and_adds_what_only_it_is_asked(tmp_path: Path) -> None:
    written(tmp_path, "en", cost="ask", food="meals")
    written(tmp_path, "fr", cost="demandez", food="repas")
    written(tmp_path / "WXN", "en", cost="nothing", ferry="at noon")
    own, other = replace(POINT, point="WXN"), replace(POINT, point="CKG")
    assert [one.says for one in explained(own, "en", tmp_path)] == ["nothing", "meals", "at noon"]
    # What a point says of itself goes before its language.
    assert [one.says for one in explained(own, "fr", tmp_path)] == ["nothing", "repas", "at noon"]
    assert [one.says for one in explained(other, "fr", tmp_path)] == ["demandez", "repas"]
    assert [one.says for one in explained(own, "eo", tmp_path)] == ["nothing", "meals", "at noon"]
