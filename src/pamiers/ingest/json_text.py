"""Strict JSON, with the place of each feature and every digit of its numbers.

Refused: a key twice, NaN and Infinity, nesting past a limit. Numbers are kept as
text, so that their digits still show how precise they are.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.ingest.limits import Limits
from pamiers.ingest.refusal import RefusedError, shown

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\r\n]*")


class Number(str):
    """A JSON number, as its digits."""

    __slots__ = ()


class NotJson(str):
    """A word that JSON has not: NaN, Infinity."""

    __slots__ = ()


class Repeated(dict[str, object]):
    """An object in which a key stands twice; `key` names it."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One element of the list of features, and where it stands."""

    value: object
    begin: int  #: character offset
    end: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A JSON object whose member `features` is a list."""

    members: dict[str, object]  #: all but the features
    features: tuple[Feature, ...]


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _ in pairs]
    twice = Repeated(found)
    twice.key = next(key for key in keys if keys.count(key) > 1)
    return twice


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_float=Number,
    parse_int=Number,
    parse_constant=NotJson,
)


def read_collection(text: str, limits: Limits, listed: str = "features") -> Collection:
    """Return the members and features of a collection.

    Args:
        text: JSON.
        limits: Says how deep it may nest.
        listed: Name of the member that lists them; `""` where the text itself is the
            list.

    Returns:
        The collection; what is wrong inside one feature is left in it.

    Raises:
        RefusedError: `F-SIZE`, `F-JSON` or `F-GEOJSON`.
    """
    _check_depth(text, limits.depth)
    try:
        scanner = _Scanner(text, listed=listed)
        return scanner.collection() if listed else scanner.list_alone()
    except (json.JSONDecodeError, RecursionError) as error:
        at = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise RefusedError(
            "F-JSON",
            expected="JSON",
            got=f"something else at line {at[0]}, column {at[1]}",
        ) from error


def _check_depth(text: str, limit: int) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        if mark in "[{":
            depth += 1
            if depth > limit:
                raise RefusedError(
                    "F-SIZE", expected=f"at most {limit} levels", got="more"
                )
        elif mark in "]}":
            depth -= 1


@dataclass(slots=True)
class _Scanner:
    """Walks over the members of one object, stopping at each feature."""

    text: str
    at: int = 0
    listed: str = "features"

    def list_alone(self) -> Collection:
        """Return the elements of a list that is the whole text."""
        features = tuple(self._elements())
        if self._peek():
            raise self._wrong("the end")
        return Collection({}, features)

    def collection(self) -> Collection:
        """Return the whole text as a collection."""
        members: dict[str, object] = {}
        for key in self._keys():
            if key in members:
                raise RefusedError(
                    "F-JSON", expected="each key once", got=f"{shown(key)} twice"
                )
            listed = key == self.listed and self._peek() == "["
            members[key] = tuple(self._elements()) if listed else self._value()
        if self._peek():
            raise self._wrong("the end")
        features = members.pop(self.listed, None)
        if not isinstance(features, tuple):
            code = "F-GEOJSON" if self.listed == "features" else "F-JSON"
            raise RefusedError(code, expected=f"a list `{self.listed}`", got="none")
        return Collection(members, features)

    def _keys(self) -> Iterator[str]:
        """Yield each key of the object; its value is read before the next."""
        self._expect("{")
        while self._peek() != "}":
            key = self._value()
            if not isinstance(key, str) or isinstance(key, Number):
                raise self._wrong("a key")
            self._expect(":")
            yield key
            self._comma("}")
        self._expect("}")

    def _comma(self, closing: str) -> None:
        """Pass a comma, which must not come last."""
        if self._peek() != closing:
            self._expect(",")
            if self._peek() == closing:
                raise self._wrong("another element")

    def _elements(self) -> Iterator[Feature]:
        self._expect("[")
        while self._peek() != "]":
            begin = self.at
            yield Feature(self._value(), begin, self.at)
            self._comma("]")
        self._expect("]")

    def _peek(self) -> str:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise self._wrong(mark)
        self.at += 1

    def _value(self) -> object:
        self._peek()
        value, self.at = _DECODER.raw_decode(self.text, self.at)
        return value

    def _wrong(self, expected: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(f"expected {expected}", self.text, self.at)


def plain_json(value: object) -> object:
    """Return a nested value with its numbers as numbers, for canonical JSON."""
    if isinstance(value, Number):
        return json.loads(value)
    if isinstance(value, list):
        return [plain_json(each) for each in value]
    if isinstance(value, dict):
        return {key: plain_json(each) for key, each in value.items()}
    return value


def check_strict(value: object) -> None:
    """Refuse a value that holds a key twice or a number that JSON has not.

    Raises:
        RefusedError: `Q-JSON` or `Q-NUM`.
    """
    if isinstance(value, Repeated):
        raise RefusedError("Q-JSON", expected="each key once", got=shown(value.key))
    if isinstance(value, NotJson):
        raise RefusedError("Q-NUM", expected="a number of JSON", got=shown(value))
    if isinstance(value, dict):
        for each in value.values():
            check_strict(each)
    elif isinstance(value, list):
        for each in value:
            check_strict(each)
