"""Strict JSON with positions, against the standard library as an oracle."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.json_text import read_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="ascii")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 1]))
def test_it_reads_what_the_library_writes(value: object, indent: int | None) -> None:
    notes = Notes()
    root = read_json(json.dumps(value, indent=indent), "z.geojson", notes)
    assert root is not None
    assert notes.complaints == []
    assert root.plain() == value


@given(st.text(st.sampled_from('[]{}",:0123456789.eE+- \n\\untrfalsN'), max_size=40))
def test_it_refuses_what_the_library_refuses(text: str) -> None:
    notes = Notes()
    root = read_json(text, "z.geojson", notes)
    try:
        expected = json.loads(text, parse_constant=float)
    except (json.JSONDecodeError, RecursionError):
        assert root is None or notes.complaints
        return
    if root is not None and not notes.complaints:
        assert json.dumps(root.plain()) == json.dumps(expected)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "a": 2}', "F-JSON-DUP", 2, 2),
        ('{"a": NaN}', "F-GEOM-NUM", 1, 7),
        ("[1,\n -Infinity]", "F-GEOM-NUM", 2, 2),
        ("[1, 1e400]", "F-GEOM-NUM", 1, 5),
        ("[01]", "F-GEOM-NUM", 1, 2),
        ("[1,]", "F-JSON-SYNTAX", 1, 4),
        ('{"a" 1}', "F-JSON-SYNTAX", 1, 6),
        ('{"a": "open}', "F-JSON-SYNTAX", 1, 7),
        ("[1] 2", "F-JSON-SYNTAX", 1, 5),
        ("", "F-JSON-SYNTAX", 1, 1),
        ("[" * 65, "F-JSON-DEPTH", 1, 65),
        ('{"a":' * 1000, "F-JSON-DEPTH", 1, 321),
    ],
)
def test_what_is_refused_and_where(
    text: str, code: str, line: int, column: int
) -> None:
    notes = Notes()
    read_json(text, "z.geojson", notes)
    found = notes.complaints[0]
    assert (found.code, found.line, found.column) == (code, line, column)
    assert found.file == "z.geojson"
