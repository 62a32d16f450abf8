"""The exported schema accepts what the reader accepts, by a library of its own."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pamiers.agreement import json_schema, to_dict
from pamiers.agreement.complaint import Notes
from pamiers.agreement.migrate import newest
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.app.agreement_files import agreement_texts, bundled
from pamiers.app.templates import template_texts, templates
from tests.unit.agreement.small import TEXT, checked, texts

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def fits(value: Any) -> bool:  # noqa: ANN401
    return VALIDATOR.is_valid(value)


def plain(text: str) -> Any:  # noqa: ANN401
    root = read_yaml(text, "a.yaml", Notes())
    assert root is not None
    return root.plain()


def test_the_schema_is_one_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_short_enough_to_be_read() -> None:
    assert len(json.dumps(SCHEMA)) < 80_000
    referred = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(SCHEMA)))
    assert referred == set(SCHEMA["$defs"])


@pytest.mark.parametrize("name", bundled())
def test_bundled_agreements_keep_to_the_schema(name: str) -> None:
    assert fits(plain(agreement_texts(name)["agreement.yaml"]))


@pytest.mark.parametrize("name", templates())
def test_templates_keep_to_the_schema(name: str) -> None:
    assert fits(plain(template_texts(name)["agreement.yaml"]))


def test_what_is_read_and_written_back_keeps_to_it() -> None:
    written = checked().written
    assert written is not None
    assert fits(plain(TEXT))
    assert fits(to_dict(written))


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
    assert not fits(plain(newest(texts(change)["agreement.yaml"]).text))


def test_every_key_is_explained() -> None:
    for section in SCHEMA["properties"].values():
        assert section["description"]
