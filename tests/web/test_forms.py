"""Posted bodies."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import WaystationError
from chalicelib.web.forms import FORM_TYPE, parse


def test_values_in_their_order() -> None:
    form = parse(b"a=1&b=&a=2&c=+x+&%E6%9D%8E=%E9%9B%B7", FORM_TYPE)
    assert (form["a"], form.all("a"), form["b"], form.text("c"), form["李"]) == ("2", ("1", "2"), "", "x", "雷")
    assert (form.text("none"), form.all("none"), len(form)) == ("", (), 4)


def test_no_body_is_an_empty_form() -> None:
    assert dict(parse(b"", "")) == {}


@given(st.binary(max_size=300))
def test_any_bytes_are_a_form_or_refused(body: bytes) -> None:
    try:
        form = parse(body, FORM_TYPE)
    except WaystationError:
        return
    assert all(isinstance(value, str) for _, value in form.pairs)
