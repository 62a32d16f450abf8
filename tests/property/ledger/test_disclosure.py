"""An entry or a row opened in part has the same leaf, and tells nothing of the rest."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import MalformedSourceError
from pamiers.ledger.content import WITHHELD, fields_of, read_content
from pamiers.ledger.entry import draft
from pamiers.ledger.leaf import leaf_hash
from pamiers.ledger.rows import (
    PARTS,
    STANDARD,
    closing,
    line_of,
    opened_row,
    part_leaves,
    parts_text,
    read_parts,
    row_leaf,
    split_rows,
)

NOW = datetime(2020, 7, 27, 21, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
    ),
    max_leaves=6,
)
BODIES = st.dictionaries(st.from_regex(r"[a-z_é]{1,8}", fullmatch=True), VALUES)
SALTS = st.binary(min_size=32, max_size=32)
COLUMNS = [*(name for columns in PARTS.values() for name in columns), "kind", "count"]
ROWS = st.dictionaries(
    st.sampled_from(COLUMNS), TEXT | st.integers(0, 99) | st.booleans(), min_size=1
)


def by_the_book(body: dict[str, object], kind: str, secret: bytes) -> bytes:
    """Return the leaf of an entry, written out from the decision that describes it."""

    def sha(*parts: bytes) -> bytes:
        return hashlib.sha256(b"".join(parts)).digest()

    pins = {}
    for name, value in json.loads(canonical_bytes(body)).items():
        salt = sha(b"pamiers field salt\0", secret, name.encode())
        pins[name] = sha(b"\x02", salt, canonical_bytes(value)).hex()
    envelope = {
        "body": pins,
        "format": 2,
        "kind": kind,
        "recorded_at": "2020-07-27T21:00:00Z",
    }
    salt = sha(b"pamiers envelope salt\0", secret)
    return sha(b"\x00", salt, canonical_bytes(envelope))


@given(BODIES, SALTS)
def test_the_leaf_is_as_the_decision_says(body: dict[str, object], salt: bytes) -> None:
    made = draft("waiver", body, now=NOW, salt=salt)
    assert made.leaf == by_the_book(body, "waiver", salt)
    assert json.loads(made.content)["body"] == json.loads(canonical_bytes(body))
    assert made.content == canonical_bytes(json.loads(made.content))


@given(BODIES, SALTS, st.data())
def test_any_part_of_an_entry_has_its_leaf(
    body: dict[str, object], salt: bytes, data: st.DataObject
) -> None:
    made = draft("waiver", body, now=NOW, salt=salt)
    whole = read_content(made.content)
    held, key, again = whole, salt, whole
    for _ in range(2):  # what is closed in part can be closed further
        names = data.draw(st.sets(st.sampled_from([*whole.fields, "other"])))
        held, key = held.closing(key, frozenset(names))
        again = read_content(bytes(held))
        assert again.leaf(key) == made.leaf
    for name, value in again.body.items():
        shown = value == WITHHELD if name in again.closed else value == whole.body[name]
        assert shown
        assert (name in again.closed) == (again.fields.get(name) is None)


@given(SALTS, SALTS)
def test_a_closed_field_cannot_be_tried_out(salt: bytes, guess: bytes) -> None:
    """Whoever holds the open rest and knows every candidate is none the wiser."""
    made = draft("waiver", {"by": "post 7", "item": "3.0"}, now=NOW, salt=salt)
    held, key = read_content(made.content).closing(salt, frozenset({"by"}))
    known = {key, held.salts["item"], guess} - {salt}
    pin = held.closed["by"]
    for candidate in (b'"post 7"', b'"post 8"'):
        tried = {hashlib.sha256(b"\x02" + each + candidate).digest() for each in known}
        assert pin not in tried
        assert pin != hashlib.sha256(candidate).digest()
        assert pin != leaf_hash(key, candidate)


@given(st.lists(ROWS, max_size=4), SALTS, st.data())
def test_any_part_of_a_row_has_its_leaf(
    rows: list[dict[str, object]], salt: bytes, data: st.DataObject
) -> None:
    lines = [canonical_bytes(row) for row in rows]
    leaves = part_leaves(salt, split_rows(lines, STANDARD), STANDARD)
    for index, (row, line) in enumerate(zip(rows, lines, strict=True)):
        whole = opened_row(salt, index, line, STANDARD)
        assert line_of(whole) == line
        names = frozenset(data.draw(st.sets(st.sampled_from([*PARTS]))))
        held = closing(whole, names)
        assert row_leaf((n, part.pin) for n, part in held.items()) == leaves[index]
        left = json.loads(line_of(held))
        gone = {c for n in names for c in PARTS[n]}
        if "what" in names:
            gone |= {"kind", "count"}
        assert left == {
            name: v for name, v in json.loads(line).items() if name not in gone
        }
        assert line_of(closing(whole)) == b"{}"
        assert row.keys() >= left.keys()


@given(ROWS)
def test_a_row_is_split_as_json_reads_it(row: dict[str, object]) -> None:
    split = STANDARD.split(canonical_bytes(row))
    assert list(split) == sorted(split)
    told: dict[str, object] = {}
    for part in split.values():
        assert part == canonical_bytes(json.loads(part))
        told |= json.loads(part)
    assert told == json.loads(canonical_bytes(row))


@pytest.mark.parametrize(
    "line", [b"", b"{}x", b'{"a":{"b":1}}', b'{"a":1 ,"b":2}', b'{"a":[1]}', b'["a",1]']
)
def test_what_is_no_row_is_not_split(line: bytes) -> None:
    with pytest.raises(ValueError, match="b'"):
        STANDARD.split(line)


def test_parts_say_of_themselves_which_columns_they_hold() -> None:
    assert read_parts(parts_text(STANDARD)) == STANDARD
    with pytest.raises(ValueError, match="a"):
        read_parts({"a": [], "b": []})
    with pytest.raises(ValueError, match=r"\[\]"):
        read_parts({"a": ["x"]})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b'{"a":1,}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"body":{},"format":3,"kind":"x","recorded_at":"y"}',
        b'{"body":{},"format":2,"kind":"x", "recorded_at":"y"}',
        b'{"body":{},"format":2,"kind":"x","recorded_at":"y"}\n',
        b'{"body":{},"closed":{},"format":1,"kind":"x","opened":{},"recorded_at":"y"}',
        b'{"body":{"a":1},"closed":{},"format":2,"kind":"x","opened":{},"recorded_at":"y"}',
        b'{"body":{"a":1},"closed":{"a":""},"format":2,"kind":"x","opened":{},"recorded_at":""}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_entry_in_canonical_form_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedSourceError, match="entry"):
        read_content(raw)


def test_an_object_is_read_as_the_bytes_it_is_written_in() -> None:
    assert fields_of(b'{"a":{"b": 1},"c":[1.50]}') == {"a": b'{"b": 1}', "c": b"[1.50]"}
    assert fields_of(b"{}") == {}
    with pytest.raises(ValueError, match=r"\{"):
        fields_of(b'{"a":1')
