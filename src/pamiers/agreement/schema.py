"""The language as a JSON Schema (2020-12), for editors and other programs.

Every form states its own schema whole. What stands in several places is written once,
under `$defs`, and referred to; so the schema stays short enough to be read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pamiers.agreement.grammar.forms import Choice, Form, Ref, Schema
from pamiers.agreement.grammar.records import (
    BLANK_SCHEMA,
    ById,
    Listed,
    OneOrByParty,
    Record,
    Several,
    or_blank,
)
from pamiers.agreement.grammar.whole import AGREEMENT, LANGUAGE_VERSION
from pamiers.agreement.values.blank import BLANK

_SHORT: Final = 60  #: characters; what is no longer is repeated where it stands
_ABOUT: Final = "description"
_DEFS: Final = "#/$defs/"
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def json_schema() -> Schema:
    """Return the schema of `agreement.yaml`.

    It says what may stand where, and `TBD` may stand for any value. Names used and
    never defined, signatures, deadlines and drawings are beyond a schema; `check`
    looks at those.
    """
    whole = AGREEMENT.schema()
    names = dict(_shared(whole))
    while True:
        book = _Book(names)
        body = {key: book.referring(each) for key, each in whole.items()}
        used = Counter(_references([body, *book.defined.values()]))
        kept = {text: name for text, name in names.items() if used[name] > 1}
        if kept == names:
            break
        names = kept  # what is referred to once is better read where it stands
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"pamiers agreement, language version {LANGUAGE_VERSION}",
        **body,
        "$defs": {name: book.defined[name] for name in sorted(book.defined)},
    }


@dataclass(slots=True)
class _Book:
    """Definitions, made as they are first referred to."""

    names: Mapping[str, str]  #: text of a schema, without its description -> name
    defined: dict[str, Any] = field(default_factory=dict)

    def referring(self, part: Any) -> Any:  # noqa: ANN401 - JSON
        """Return part of a schema with references for all that is shared."""
        if isinstance(part, list):
            return [self.referring(each) for each in part]
        if not isinstance(part, dict):
            return part
        name = self.names.get(_bare(part))
        if name is None:
            return {key: self.referring(each) for key, each in part.items()}
        if name not in self.defined:
            self.defined[name] = None  # holds its place; no form holds itself
            self.defined[name] = self._whole(part)
        blank = part == BLANK_SCHEMA
        about = {} if blank or _ABOUT not in part else {_ABOUT: part[_ABOUT]}
        return {"$ref": f"{_DEFS}{name}", **about}

    def _whole(self, part: Schema) -> Schema:
        about = _ABOUT if part != BLANK_SCHEMA else ""
        return {k: self.referring(v) for k, v in part.items() if k != about}


def _shared(whole: Schema) -> Iterator[tuple[str, str]]:
    """Yield text and name of each schema that stands in several places."""
    counted = Counter(_texts(whole))
    taken: Counter[str] = Counter()
    seen: set[str] = set()
    yield _bare(BLANK_SCHEMA), BLANK.value
    for form in _forms(AGREEMENT):
        for name, schema in (
            (_name(form), form.schema()),
            (f"{_name(form)}-or-TBD", or_blank(form)),
        ):
            text = _bare(schema)
            if text in seen or counted[text] <= 1 or len(text) <= _SHORT:
                continue
            seen.add(text)
            taken[name] += 1
            yield text, name if taken[name] == 1 else f"{name}-{taken[name]}"


def _references(part: object) -> Iterator[str]:
    """Yield the name of every definition that part of a schema refers to."""
    if isinstance(part, dict) and "$ref" in part:
        yield part["$ref"].removeprefix(_DEFS)
    for each in _held(part):
        yield from _references(each)


def _texts(part: object) -> Iterator[str]:
    """Yield the text of every mapping in a schema, without its description."""
    if isinstance(part, dict):
        yield _bare(part)
    for each in _held(part):
        yield from _texts(each)


def _held(part: object) -> Iterable[object]:
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, list) else ()


def _forms(form: Form) -> Iterator[Form]:
    """Yield a form and every form in it."""
    yield form
    if isinstance(form, Record):
        for each in form.fields.values():
            yield from _forms(each.form)
    elif isinstance(form, Several | ById | Listed | OneOrByParty):
        yield from _forms(form.each)


def _name(form: Form) -> str:
    """Return what a form is called among the definitions."""
    match form:
        case Record():
            return _hyphened(form.make.__name__)
        case Several() | ById() | Listed() | OneOrByParty():
            return f"{_name(form.each)}-{_hyphened(type(form).__name__)}"
        case Ref():
            return f"id-in-{'-'.join(form.of)}"
        case Choice():
            return f"{form.words[0]}-or-{form.words[-1]}".replace(" ", "-")
        case _:
            return _hyphened(type(form).__name__)


def _hyphened(name: str) -> str:
    return _HUMP.sub("-", name).lower()


def _bare(schema: Schema) -> str:
    """Return the text of a schema without its description."""
    bare = {key: each for key, each in schema.items() if key != _ABOUT}
    return json.dumps(bare, sort_keys=True, ensure_ascii=False)
