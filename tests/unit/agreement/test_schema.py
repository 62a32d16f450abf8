"""The exported schema accepts what the reader accepts; a small validator says so."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pamiers.agreement import json_schema, to_dict
from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.app.agreement_files import agreement_texts
from tests.unit.agreement.small import TEXT, checked, texts

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
}
SCHEMA = json_schema()
Rule = Callable[[Any, Any], bool]


def is_type(value: object, names: str | list[str]) -> bool:
    wanted = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in wanted
    return any(isinstance(value, TYPES[name]) for name in wanted)


def fits_object(value: dict[str, Any], schema: Mapping[str, Any]) -> bool:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    names = schema.get("propertyNames", {})
    return all(name in value for name in schema.get("required", ())) and all(
        fits(name, names) and fits(each, known.get(name, others))
        for name, each in value.items()
    )


RULES: dict[str, Rule] = {
    "type": is_type,
    "enum": lambda value, words: value in words,
    "const": lambda value, word: value == word,
    "pattern": lambda value, p: not isinstance(value, str) or bool(re.search(p, value)),
    "minimum": lambda value, low: value >= low,
    "maximum": lambda value, high: value <= high,
    "anyOf": lambda value, each: any(fits(value, one) for one in each),
    "oneOf": lambda value, each: sum(fits(value, one) for one in each) == 1,
    "not": lambda value, one: not fits(value, one),
    "items": lambda value, one: all(fits(each, one) for each in value),
}
UNTESTED = {"description", "format", "title", "$schema"}
OBJECT = {"properties", "required", "additionalProperties", "propertyNames"}


def fits(value: Any, schema: Mapping[str, Any]) -> bool:  # noqa: ANN401
    """Tell whether a value keeps to a schema; an unknown rule is an error."""
    assert set(schema) <= {*RULES, *UNTESTED, *OBJECT}, schema
    for name in ("type", *(key for key in RULES if key != "type")):
        if name in schema and not RULES[name](value, schema[name]):
            return False
    return not (isinstance(value, dict) and OBJECT & set(schema)) or fits_object(
        value, schema
    )


def plain(text: str) -> Any:  # noqa: ANN401
    root = read_yaml(text, "a.yaml", Notes())
    assert root is not None
    return root.plain()


@pytest.mark.parametrize("name", ["donbas-2020", "paris-2026"])
def test_bundled_agreements_keep_to_the_schema(name: str) -> None:
    assert fits(plain(agreement_texts(name)["agreement.yaml"]), SCHEMA)


def test_what_is_read_and_written_back_keeps_to_it() -> None:
    written = checked().written
    assert written is not None
    assert fits(plain(TEXT), SCHEMA)
    assert fits(to_dict(written), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        ("act: signed", "act: singed"),
        ("distance: 5 km", "distance: 5 leagues"),
        ("breached: 0.9", "breached: 9"),
        ("id: small", "id: sm all"),
        ('cut_off: "19:30"', "cut_off: 7 pm"),
        ("  parties: [north, south]\n", ""),
        ("    instrument: truce\n", ""),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(change: tuple[str, str]) -> None:
    assert not fits(plain(texts(change)["agreement.yaml"]), SCHEMA)


def test_every_key_is_explained() -> None:
    for section in SCHEMA["properties"].values():
        assert section["description"]
