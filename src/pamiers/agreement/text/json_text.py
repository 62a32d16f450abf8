"""Strict reading of JSON (RFC 8259), with a position for every value.

The standard library's reader takes `NaN`, keeps the last of two equal keys without
a word, and forgets where things stood. Texts are read here by hand, numbers and
strings by the library's own scanner.
"""

import json
import math
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NoReturn

from pamiers.agreement.complaint import Mark, Notes
from pamiers.agreement.text.node import EXACT, Node, Scalar

MAX_DEPTH: Final = 64

_STRING: Final = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
#: two numbers in brackets: most of what a drawing is made of, taken in one go
_PAIR: Final = re.compile(
    r"\[\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*\]"
)
_PADDED: Final = re.compile(r"[\[,\s]-?0\d")
_WORD: Final = re.compile(r"[-+A-Za-z0-9_.]+")
_FIGURE: Final = re.compile(r"\d|NaN|Infinity")
_CONSTANTS: Final[dict[str, Scalar]] = {"true": True, "false": False, "null": None}


class _RefusedError(Exception):
    """The text cannot be read on from here; the complaint is in the notes."""


@dataclass(slots=True)
class _Scanner:
    """Walks through one text."""

    text: str
    file: str
    notes: Notes
    at: int = 0
    depth: int = 0
    line_starts: list[int] = field(default_factory=list)

    def mark(self, at: int | None = None) -> Mark:
        """Return the line and column of an offset."""
        offset = self.at if at is None else at
        line = bisect_right(self.line_starts, offset)
        column = offset - self.line_starts[line - 1] + 1
        return Mark(file=self.file, line=line, column=column)

    def skip(self) -> str:
        """Pass over white space and return the next character, or nothing."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Node:
        """Return the value that begins here."""
        opening = self.skip()
        mark = self.mark()
        pair = _PAIR.match(self.text, self.at) if opening == "[" else None
        if pair is not None and not _PADDED.search(pair[0]):
            self.at = pair.end()
            return Node(
                [Node(_figure(pair[1]), mark), Node(_figure(pair[2]), mark)], mark
            )
        if opening in {"{", "["} and opening:
            self._deeper()
            node = self._object(mark) if opening == "{" else self._array(mark)
            self.depth -= 1
            return node
        if opening == '"':
            return Node(self.string(), mark)
        return Node(self._scalar(), mark)

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse(
                "F-JSON-DEPTH",
                f"expected at most {MAX_DEPTH} levels, got more",
                "Flatten the geometry: collections inside collections add nothing.",
            )

    def string(self) -> str:
        """Return the string that begins here, in NFC."""
        if self.skip() != '"':
            self._surprise("a text in double quotation marks")
        found = _STRING.match(self.text, self.at)
        text = _unescaped(found[0]) if found else None
        if found is None or text is None:
            self._surprise("a text that ends in quotation marks")
        self.at = found.end()
        return unicodedata.normalize("NFC", text)

    def _scalar(self) -> Scalar:
        word = _WORD.match(self.text, self.at)
        if word is None:
            self._surprise("a value")
        if word[0] in _CONSTANTS:
            self.at = word.end()
            return _CONSTANTS[word[0]]
        if not _FIGURE.search(word[0]):
            self._surprise("a value")
        number = _NUMBER.fullmatch(word[0])
        if number is None or len(word[0]) > 400:  # noqa: PLR2004 - see int limits
            self._no_number(word[0][:40])
        self.at = word.end()
        if number[1] or number[2]:
            return self._real(word[0])
        return int(word[0]) if abs(int(word[0])) <= EXACT else word[0]

    def _real(self, word: str) -> float:
        if math.isinf(float(word)):
            self.at -= len(word)
            self._no_number(word[:40])
        return float(word)

    def _no_number(self, word: str) -> NoReturn:
        self.refuse(
            "F-GEOM-NUM",
            f"expected a finite number, got {word}",
            "JSON has no NaN or Infinity: give the figure, or remove the feature.",
        )

    def _object(self, mark: Mark) -> Node:
        held: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        self.at += 1
        while self.skip() != "}":
            if keys:
                self._expect(",")
                self.skip()
            at = self.mark()
            key = self.string()
            self._expect(":")
            if key in keys:
                self._duplicate(key, keys[key], at)
            keys.setdefault(key, at)
            held.setdefault(key, self.value())
        self.at += 1
        return Node(held, mark, keys)

    def _array(self, mark: Mark) -> Node:
        items: list[Node] = []
        self.at += 1
        while self.skip() != "]":
            if items:
                self._expect(",")
            items.append(self.value())
        self.at += 1
        return Node(items, mark)

    def _expect(self, character: str) -> None:
        if self.skip() != character:
            self._surprise(repr(character))
        self.at += 1

    def _duplicate(self, key: str, first: Mark, at: Mark) -> None:
        self.notes.complain(
            "F-JSON-DUP",
            key,
            f"expected each key once, got {key!r} on line {first.line} and again on "
            f"line {at.line}",
            "Keep one of the two.",
            mark=at,
        )

    def _surprise(self, expected: str) -> NoReturn:
        got = self.text[self.at : self.at + 20].split("\n")[0]
        self.refuse(
            "F-JSON-SYNTAX",
            f"expected {expected}, got {got!r}"
            if got
            else f"expected {expected}, got the end of a line or of the file",
            "Look for a missing comma, bracket or quotation mark before this place.",
        )

    def refuse(self, code: str, message: str, remedy: str) -> NoReturn:
        """Complain about this place and stop."""
        self.notes.complain(code, "", message, remedy, mark=self.mark())
        raise _RefusedError


def _figure(text: str) -> float:
    return float(text) if "." in text else int(text)


def _unescaped(quoted: str) -> str | None:
    try:
        return str(json.loads(quoted))
    except json.JSONDecodeError:
        return None


def read_json(text: str, file: str, notes: Notes) -> Node | None:
    """Return the tree of a JSON text, or None where it cannot be read on.

    Args:
        text: The document; a BOM is passed over.
        file: Name to give in complaints.
        notes: Takes every complaint.

    Returns:
        The root; None when refused.
    """
    body = text.removeprefix("\ufeff")
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", body))]
    scanner = _Scanner(body, file, notes, line_starts=starts)
    try:
        root = scanner.value()
        if scanner.skip():
            scanner.refuse("F-JSON-SYNTAX", "expected the end, got more", "Remove it.")
    except _RefusedError:
        return None
    return root
