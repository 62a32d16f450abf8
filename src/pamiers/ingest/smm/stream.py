"""Tokens in a row, and the small moves a recursive-descent parser makes.

A phrase parser is a function `(stream, at) -> Match | None`: it reads from one
position and answers with a value and where it stopped, or declines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pamiers.ingest.smm.lexer import END, Token, lex

T_co = TypeVar("T_co", covariant=True)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Match(Generic[T_co]):
    """A value read from a stream and the position after it."""

    value: T_co
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of one sentence; positions beyond either end hold `END`."""

    source: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> "Stream":
        """Return the tokens of a normalised sentence."""
        return cls(text, lex(text))

    def __len__(self) -> int:
        """Return the number of tokens, the end mark not counted."""
        return len(self.tokens)

    def at(self, position: int) -> Token:
        """Return the token at a position, or the end mark past either end."""
        return self.tokens[position] if 0 <= position < len(self.tokens) else END

    def is_kind(self, position: int, *kinds: str) -> bool:
        """Return whether the token there is of one of the kinds."""
        return self.at(position).kind in kinds

    def is_word(self, position: int, *words: str) -> bool:
        """Return whether the token there reads as one of the words."""
        return self.at(position).lower in words

    def after(self, position: int, phrase: str) -> int | None:
        """Return the position after a space-separated phrase, or None."""
        end = position
        for word in phrase.split():
            if self.at(end).lower != word:
                return None
            end += 1
        return end

    def skip(self, position: int, *words: str) -> int:
        """Return the first position at which none of the words stands."""
        end = position
        while self.at(end).lower in words:
            end += 1
        return end

    def text(self, start: int, end: int) -> str:
        """Return the source between two positions, as written."""
        end = min(end, len(self.tokens))
        if start >= end:
            return ""
        return self.source[self.tokens[start].start : self.tokens[end - 1].end]

    def closing(self, position: int) -> int | None:
        """Return where the parenthesis opened at a position closes, or None."""
        depth = 0
        for index in range(position, len(self.tokens)):
            text = self.tokens[index].text
            depth += (text in "([") - (text in ")]")
            if depth == 0:
                return index
        return None

    def part(self, start: int, end: int) -> "Stream":
        """Return the tokens between two positions as a stream of their own."""
        return Stream(self.source, self.tokens[start:end])


def outside_parentheses(stream: Stream, start: int, end: int) -> Iterator[int]:
    """Yield the positions of a stretch that no parentheses hold."""
    depth = 0
    for at in range(start, end):
        depth += stream.is_word(at, "(") - stream.is_word(at, ")")
        if depth == 0:
            yield at


class Phrasebook(Generic[V]):
    """Phrases of one or more words, each with a meaning; the longest one wins."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        """Index the phrases by their first word, longest first."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in entries.items():
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda entry: -len(entry[0]))

    def words(self) -> frozenset[str]:
        """Return every word of every phrase."""
        rows = (entry for entries in self._by_first.values() for entry in entries)
        return frozenset(word for phrase, _ in rows for word in phrase)

    def read(self, stream: Stream, at: int) -> Match[V] | None:
        """Return the meaning of the longest phrase that stands there, or None."""
        for words, value in self._by_first.get(stream.at(at).lower, ()):
            if all(stream.at(at + i).lower == word for i, word in enumerate(words)):
                return Match(value, at + len(words))
        return None

    def find(self, stream: Stream, start: int = 0) -> Iterator[tuple[int, Match[V]]]:
        """Yield each non-overlapping phrase with the position it begins at."""
        at = start
        while at < len(stream):
            match = self.read(stream, at)
            if match is None:
                at += 1
                continue
            yield at, match
            at = match.end
