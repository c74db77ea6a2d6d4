"""The tools that keep the catalogues whole."""

from pathlib import Path

from babel.messages.catalog import Catalog

from tools.check_translations import in_code, in_templates
from tools.translations import _faults_of, area_of, collected


def page(folder: Path, source: str) -> list[str]:
    (folder / "templates").mkdir()
    (folder / "templates" / "x.html").write_text(source, encoding="utf-8")
    return list(in_templates(folder))


def test_text_outside_gettext_is_found(tmp_path: Path) -> None:
    found = page(tmp_path, '<p>{{ _("fine") }} Loose words</p><input placeholder="Type here"><svg><text>x</text></svg>')
    assert [fault.rpartition(": ")[2] for fault in found] == ["'Type here'", "'Loose words'"]


def test_what_is_no_text_is_left_alone(tmp_path: Path) -> None:
    source = '{# a note #}<p class="big">{{ x }} &middot; 14 · {% trans %}fine{% endtrans %}{{ _("fine") }}</p>'
    assert page(tmp_path, source + '{% block main_class %}ws-main--narrow{% endblock %}<a title="{{ y }}">–</a>') == []


def test_sentences_given_to_a_visit_as_they_stand_are_found(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text('visit.say(N_("fine"))\nvisit.say("loose")\nvisit.redirect("/x", "loose")\n')
    assert len(list(in_code(tmp_path))) == 2


def test_what_is_wrong_with_a_translation_is_named() -> None:
    catalog = Catalog(locale="zh_Hans")
    catalog.add("%(n)s left", "剩余 %(m)s")
    catalog.add("empty", "")
    catalog.add("unsure", "不确定", flags=["fuzzy"])
    catalog.add("most", "95% 在此")
    catalog.add("fine", "好 %%")
    found = {message.id: list(_faults_of(message, catalog)) for message in catalog if message.id}
    assert found["empty"] == ["not translated"]
    assert found["unsure"] == ["fuzzy"]
    assert "begins no placeholder" in found["most"][0]
    assert found["fine"] == []
    assert found["%(n)s left"]


def test_each_sentence_has_one_area() -> None:
    assert area_of("templates/console/home.html") == "console"
    assert area_of("labels.py") == "base"
    areas = collected()
    base = {message.id for message in areas["base"] if message.id}
    assert "Registered" in base
    assert not base & {message.id for message in areas["console"] if message.id}
