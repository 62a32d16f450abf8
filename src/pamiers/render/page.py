"""A page in one language: sections, tables and marks, before any mark-up.

The web page and the PDF are laid out from the same value, so that neither says
more or less than the other.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A word with a shape and a tone: read without colour, seen at a glance."""

    tone: str  #: names a colour: breached, undetermined, unobserved, kept, plain
    shape: str  #: one character that differs by meaning, for greyscale and print
    text: str
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A text with a smaller second line."""

    text: str
    small: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Short texts that lead to rows of another table, and a smaller second line."""

    items: tuple[tuple[str, str], ...]  #: (text, anchor)
    small: str = ""


Cell = str | Badge | Detail | Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; `numeric` ones are set flush right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; the first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    anchor: str = ""  #: rows are known as this and their number, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseBlock:
    """One clause with its words and what was found of it."""

    id: str
    title: str
    text: str
    text_language: str  #: of the words, where the instrument has no translation
    cite: str
    questions: tuple[str, ...]  #: what the words leave open
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A key figure."""

    label: str
    value: str
    small: str
    badge: Badge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page; empty parts are not shown."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    clauses: tuple[ClauseBlock, ...] = ()
    clause_columns: tuple[Column, ...] = ()
    grids: tuple[Grid, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    code: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole report in one language."""

    language: str
    page_title: str
    title: str
    day: str
    number: str
    agreement: str
    edition: Badge
    edition_note: str
    as_of: str
    period: str
    generated: str
    following: str
    disclaimer: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    code: str = ""  #: the record's checkpoint as a square code (SVG)
    code_label: str = ""


#: verdict -> shape; the shapes differ in form, not only in fill
SHAPES: Final = {
    "breached": "◆",
    "undetermined": "◐",
    "unobserved": "○",
    "kept": "●",
    "gap": "▲",
    "excess": "▲",
    "reached_early": "◐",
    "within_range": "◐",
    "matches": "●",
    "no_figure": "○",
    "denied": "✕",
    "degraded": "◐",
    "observed": "●",
    "claimed": "◇",
}
_TONES: Final = {
    "gap": "breached",
    "excess": "breached",
    "reached_early": "undetermined",
    "within_range": "undetermined",
    "matches": "kept",
    "no_figure": "unobserved",
    "denied": "breached",
    "degraded": "undetermined",
    "observed": "kept",
    "claimed": "plain",
}


def badge(code: str, text: str, *, small: str = "") -> Badge:
    """Return the badge of a verdict, outcome, status or standing."""
    tone = _TONES.get(code, code)
    return Badge(tone=tone, shape=SHAPES[code], text=text, small=small)
