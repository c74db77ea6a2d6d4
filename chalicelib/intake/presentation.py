"""What a page needs in order to draw a form by looping: no HTML here, and no knowledge of the form there."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError
from chalicelib.intake.beside import Beside
from chalicelib.intake.definition import Field
from chalicelib.intake.display import Reader, options
from chalicelib.intake.doubts import again_view, name_of
from chalicelib.intake.foreseen import foreseen
from chalicelib.intake.forms import Form
from chalicelib.intake.lines import box
from chalicelib.intake.sentences import sentence, split_path
from chalicelib.intake.texts import Texts
from chalicelib.intake.types import TYPES
from chalicelib.intake.types.dates import PARTS
from chalicelib.intake.views import AgainView, DatePart, FieldView, Item, LinesView, Option, SectionView
from chalicelib.intake.wording import FieldText

SEARCHED = frozenset({"country", "district"})


def present(
    form: Form,
    language: str,
    answers: Mapping[str, Any],
    districts: Mapping[str, str],
    errors: Iterable[FieldError] = (),
    slots: Mapping[str, int] | None = None,
    beside: Beside | None = None,
) -> tuple[SectionView, ...]:
    """The form's steps with ``answers`` as posted, of whatever quality, and each field's first error.

    ``districts`` are names by id in ``language``; ``slots`` asks for at least so many items of a group.
    """
    page = _Page(form, language, Reader(form.texts(language), districts), errors, slots or {}, beside or Beside())
    return tuple(
        SectionView(
            section.id,
            page.reader.texts.section(section.id).title,
            page.reader.texts.section(section.id).hint,
            tuple(page.field(name, form.fields[name], answers) for name in section.fields),
        )
        for section in form.sections
    )


def error_summary(form: Form, language: str, errors: Iterable[FieldError]) -> tuple[tuple[str, str], ...]:
    """The id to link to (empty where no field of the form is meant) and the sentence, for every error in order."""
    return tuple((anchor_of(form, language, error.field), sentence(form, language, error)) for error in errors)


def anchor_of(form: Form, language: str, path: str) -> str:
    """The id of the first box of a field."""
    group, _, name = split_path(form, path)
    scope = form.groups[group] if group else form.scope
    if name not in scope.fields:
        return ""
    return _anchor(path.replace(".", "-"), _shape(scope.fields[name]), form.texts(language))


def _anchor(identifier: str, shape: str, texts: Texts) -> str:
    return f"{identifier}-{texts.file.common.date_parts[0]}" if shape == "date" else identifier


def _shape(field: Field) -> str:
    return "group" if field.type == "group" else TYPES[field.type].shape


class _Page:
    def __init__(
        self, form: Form, language: str, reader: Reader, errors: Iterable[FieldError], slots: Mapping[str, int],
        beside: Beside,
    ) -> None:  # fmt: skip
        self.form, self.language, self.reader, self.slots, self.beside = form, language, reader, slots, beside
        self.errors: dict[str, str] = {}
        for error in errors:
            self.errors.setdefault(error.field, sentence(form, language, error))

    def field(
        self, name: str, field: Field, answers: Mapping[str, Any], group: str = "", prefix: str = ""
    ) -> FieldView:
        words, raw, path = self.reader.texts.field(name, group), answers.get(name), prefix + name
        identifier, shape, other = path.replace(".", "-"), _shape(field), self._other(name, group)
        raw = self._preset(field) if raw is None and field.preset else raw
        return FieldView(
            name=path,
            id=identifier,
            anchor=_anchor(identifier, shape, self.reader.texts),
            type=field.type,
            shape=shape,
            label=self._label(field, words, bool(other)),
            hint=words.hint,
            required=field.required,
            value=raw if isinstance(raw, str) else "",
            ticked=raw is True,
            error=self.errors.get(path, ""),
            max=field.max,
            autocomplete="" if group else field.autocomplete,
            other=other,
            shown_when={prefix + key: values for key, values in field.show_when.items()},
            again=self._again(path) if field.again else None,
            foreseen=foreseen(self.form, self.reader.texts, path, group),
            optional_when={prefix + key: values for key, values in field.optional_when.items()},
            preset=field.preset,
            like_others="{n}" in prefix and self._is_asked_outside(field),
            searched=field.type in SEARCHED,
            options=self._options(field, words, raw),
            parts=self._parts(path, identifier, raw) if shape == "date" else (),
            signs=self.reader.texts.signed_texts.get(field.signs),
            lines=self._lines(name, prefix),
            **self._repeated(name, field, raw),
        )

    def _repeated(self, name: str, field: Field, raw: Any) -> dict[str, Any]:
        if field.type != "group":
            return {}
        given = [item for item in raw if isinstance(item, Mapping)] if isinstance(raw, list) else []
        count = min(field.max, max(len(given), field.slots, self.slots.get(name, 0)))
        words = self.reader.texts.file.group[name]
        items = tuple(self._item(name, index, given) for index in range(count))
        blank = self._blank(name) if field.max > field.slots else None
        return {"items": items, "add": words.add, "remove": words.remove, "more": count < field.max, "blank": blank}

    def _item(self, name: str, index: int, given: list[Mapping[str, Any]]) -> Item:
        path, answers = f"{name}.{index}", given[index] if index < len(given) else {}
        views = self._fields_of_item(name, path, answers)
        return Item(index, path, self.reader.texts.item(name, index), views, filled=bool(answers))

    def _blank(self, name: str) -> Item:
        path = f"{name}.{{n}}"
        title = self.reader.texts.file.group[name].item
        return Item(0, path, title, self._fields_of_item(name, path, {}), filled=False)

    def _fields_of_item(self, name: str, path: str, answers: Mapping[str, Any]) -> tuple[FieldView, ...]:
        fields = self.form.groups[name].fields.items()
        return tuple(self.field(own, field, answers, name, f"{path}.") for own, field in fields)

    def _lines(self, name: str, prefix: str) -> LinesView | None:
        typed, place = self.beside.lines, self.form.lines
        if typed is None or place is None or place.before != name:
            return None
        return box(self.reader.texts, prefix.rstrip("."), typed)

    def _is_asked_outside(self, field: Field) -> bool:
        """Whether a long list of choices stands in the page anyhow, where an item can take it from."""
        return field.type in SEARCHED and any(own.type == field.type for own in self.form.fields.values())

    def _again(self, path: str) -> AgainView | None:
        return again_view(self.reader.texts, path, self.beside.again.get(name_of(path), ""), self.beside.doubt(path))

    def _label(self, field: Field, words: FieldText, has_other: bool) -> str:
        plain = field.required or has_other or field.type == "group"
        label = (words.plain if self.beside.plain else "") or words.label
        return label if plain else self.reader.texts.file.common.optional.format(label=label)

    def _preset(self, field: Field) -> str:
        return field.default or (self.reader.texts.language if field.type == "language" else "")

    def _options(self, field: Field, words: FieldText, raw: Any) -> tuple[Option, ...]:
        chosen = raw if isinstance(raw, list) else [raw]
        labels = options(field, words, self.reader) if field.type != "group" else {}
        also = self.beside.also if field.type == "district" else {}
        return tuple(Option(value, label, value in chosen, also.get(value, "")) for value, label in labels.items())

    def _parts(self, path: str, identifier: str, raw: Any) -> tuple[DatePart, ...]:
        common = self.reader.texts.file.common
        labels, typed = {"day": common.day, "month": common.month, "year": common.year}, _typed_parts(raw)
        return tuple(
            DatePart(part, f"{path}.{part}", f"{identifier}-{part}", labels[part], typed.get(part, ""))
            for part in common.date_parts
        )

    def _other(self, name: str, group: str) -> str:
        return (self.form.groups[group] if group else self.form.scope).other(name)


def _typed_parts(raw: Any) -> dict[str, str]:
    """What stands in the three boxes: as typed, or a date that was accepted before."""
    if isinstance(raw, str):
        return dict(zip(("year", "month", "day"), raw.split("-", 2), strict=False))
    return {part: str(raw[part]) for part in PARTS if part in raw} if isinstance(raw, Mapping) else {}
