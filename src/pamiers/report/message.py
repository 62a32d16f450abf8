"""Sentences without a language: a key of the catalogue and its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Union


@dataclass(frozen=True, slots=True)
class Named:
    """A proper name in the languages it is known in; `words` is never empty.

    The language code "" marks an id, which a catalogue may know a name for.
    """

    words: tuple[tuple[str, str], ...]  #: (language code, name), first is the fallback

    def in_language(self, language: str) -> str:
        """Return the name in a language, or in the first that it is known in."""
        return dict(self.words).get(language, self.words[0][1])

    def language(self, wanted: str) -> str:
        """Return the language that `in_language` answers in."""
        return wanted if wanted in dict(self.words) else self.words[0][0]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed vocabulary, such as kind `burst` or verdict `kept`."""

    family: str  #: `kind`, `means`, `verdict`, ...
    id: str


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence or phrase of the catalogue; `n`, where given, rules the plural."""

    key: str
    params: tuple[tuple[str, "Value"], ...] = ()


Value = Union[  # noqa: UP007  (a name before its definition cannot stand in |)
    None, str, int, float, date, datetime, Named, Term, Message
]


def message(key: str, **params: Value) -> Message:
    """Return a message, its parameters in the order of their names."""
    return Message(key, tuple(sorted(params.items())))


def named(words: Mapping[str, str] | None, fallback: str) -> Named:
    """Return a name; English first, then by language code.

    Args:
        words: Language code to name; may be missing or empty.
        fallback: What to say where no name is known, such as an id.

    Returns:
        The name.
    """
    if not words:
        return Named((("", fallback),))
    first = sorted(words.items(), key=lambda item: (item[0] != "en", item[0]))
    return Named(tuple(first))
