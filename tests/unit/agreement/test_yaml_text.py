"""Strict YAML: what is read, what is refused, and where."""

import time

import pytest
import yaml

from pamiers.agreement.complaint import Complaint, Notes
from pamiers.agreement.text.yaml_text import read_yaml


def plain(text: str) -> object:
    notes = Notes()
    root = read_yaml(text, "a.yaml", notes)
    assert root is not None, notes.complaints
    return root.plain()


def complaints(text: str) -> list[Complaint]:
    notes = Notes()
    read_yaml(text, "a.yaml", notes)
    return notes.complaints


def codes(text: str) -> list[str]:
    return [each.code for each in complaints(text)]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("NO", "NO"),
        ("off", "off"),
        ("yes", "yes"),
        ("true", True),
        ("22:00", "22:00"),
        ("12:30:00", "12:30:00"),
        ("2015-02-15", "2015-02-15"),
        ("2015-02-15 00:00", "2015-02-15 00:00"),
        ("'010'", "010"),
        ("0", 0),
        ("-7", -7),
        ("0x1F", 31),
        ("0o17", 15),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("~", None),
        ("", None),
        ("9007199254740993", "9007199254740993"),
    ],
)
def test_scalars_follow_the_core_schema_of_yaml_1_2(scalar: str, value: object) -> None:
    assert plain(f"a: {scalar}\n") == {"a": value}


def test_the_library_alone_would_have_misread_them() -> None:
    naive = yaml.safe_load("a: NO\nb: 22:00\nc: 010\n")
    assert naive == {"a": False, "b": 1320, "c": 8}


def test_a_duplicate_key_is_refused_with_both_lines() -> None:
    (found,) = complaints("a:\n  deadline: 24 h\n  b: 1\n  deadline: 72 h\n")
    assert (found.code, found.line, found.path) == ("F-YAML-DUP", 4, "a.deadline")
    assert "line 2" in found.message
    assert "line 4" in found.message


def test_keys_that_are_one_after_normalisation_are_duplicates() -> None:
    assert codes("é: 1\ne\u0301: 2\n") == ["F-YAML-DUP"]


def test_every_duplicate_is_named_in_one_go() -> None:
    assert codes("a: 1\na: 2\nb: 010\nc: {d: 1, d: 2}\n") == [
        "F-YAML-DUP",
        "Q-NUM-ZERO",
        "F-YAML-DUP",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 010", "Q-NUM-ZERO"),
        ("a: 0704", "Q-NUM-ZERO"),
        ("a: .nan", "Q-NUM"),
        ("a: -.inf", "Q-NUM"),
        ("a: 1e999", "Q-NUM"),
        ("&a [*a]", "F-YAML-CYCLE"),
        ("&a {b: {c: *a}}", "F-YAML-CYCLE"),
        ("a: !!python/object/apply:os.system [ls]", "F-YAML-TAG"),
        ("a: !!str 5", "F-YAML-TAG"),
        ("a: !own {b: 1}", "F-YAML-TAG"),
        ("!!map {a: 1}", "F-YAML-TAG"),
        ("%TAG ! tag:x,2000:\n---\na: 1", "F-YAML-TAG"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n", "F-YAML-MERGE"),
        ("[a, b]: 1", "F-YAML-KEY"),
        ("a: &x [1]\n*x : 2\n", "F-YAML-KEY"),
        ("a: 1\n---\nb: 2\n", "F-YAML-DOCS"),
        ("", "F-YAML-DOCS"),
        ("# nothing but a remark\n", "F-YAML-DOCS"),
        ("a: *nobody", "F-YAML-SYNTAX"),
        ("a: 'open", "F-YAML-SYNTAX"),
        ("a: [1, 2", "F-YAML-SYNTAX"),
        ("a: b: c", "F-YAML-SYNTAX"),
        ("a: \ud800", "F-YAML-SYNTAX"),
        ("a: \x01", "F-YAML-SYNTAX"),
        ("a: one\u2028two", "F-TEXT-CHAR"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert plain("'<<': 1\n") == {"<<": 1}


def test_tabs_are_named_in_the_remedy() -> None:
    (found,) = complaints("a:\n\tb: 1\n")
    assert (found.line, "tabs" in found.remedy) == (2, True)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    begun = time.process_time()
    found = codes(opening * 20_000)
    assert found in (["F-YAML-DEPTH"], ["F-YAML-KEY"])
    assert time.process_time() - begun < 0.05


def test_aliases_may_be_used_but_not_multiplied() -> None:
    assert plain("a: &x [1]\nb: *x\n") == {"a": [1], "b": [1]}
    many = "a: &x 1\nb: [" + ", ".join(["*x"] * 101) + "]\n"
    assert codes(many) == ["F-YAML-ALIAS"]


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    levels = "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    begun = time.process_time()
    assert codes("a: &a [x, x, x, x, x, x, x, x, x]\n" + levels) == ["F-YAML-ALIAS"]
    assert time.process_time() - begun < 0.05


def test_few_aliases_of_a_large_value_are_refused_as_well() -> None:
    large = "a: &x [" + "1, " * 60_000 + "1]\nb: [*x, *x]\n"
    assert codes(large) == ["F-YAML-ALIAS"]


def test_bom_and_line_ends_leave_value_and_place_unchanged() -> None:
    unix, other = "a: 1\nb: [x,\n y]\nb: 2\n", "\ufeffa: 1\r\nb: [x,\r\n y]\r\nb: 2\r\n"
    assert plain(unix) == plain(other)
    assert complaints(unix) == complaints(other)


def test_the_reader_without_the_c_library_agrees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "a: NO\nb: [22:00, *x]\nc: &x 010\nd: {e: 1, e: 2}\n"
    fast = complaints(text)
    monkeypatch.setattr("pamiers.agreement.text.yaml_text._LOADER", yaml.SafeLoader)
    slow = complaints(text)
    assert [(c.code, c.line) for c in fast] == [(c.code, c.line) for c in slow]
