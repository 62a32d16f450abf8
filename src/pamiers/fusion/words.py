"""What a source's own words say of what happened, as tables that people edit.

A row of a table says: where this source has this word in this column, it was of this
kind with this share. Shares of one word add up to 1. The words are the sources' own, as
their codebooks list them; the shares are starting points that calibration moves.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.rows import read_extra
from pamiers.fusion.strands import FORCE, LEAVES, PLAIN, Vocabulary, strand_of

HEADER: Final = ("source", "column", "word", "kind", "share")
#: stands in `source` for every claim by an interested party, whoever made it
CLAIMS: Final = "claims"
#: stands in `column` for the kind that a row was read as
KIND: Final = "kind"
MOST_ROWS: Final = 5_000
_SLACK: Final = 0.005  # by which the shares of a word may miss 1
#: how much is spread over every kind, so that no word rules one out
SLIP: Final = 0.02

Word = tuple[str, str, str]  #: source, column, word


@dataclass(frozen=True, kw_only=True)
class WordTable:
    """Words and what they mean.

    Invariant: shares of a word are positive and sum to 1.
    """

    words: Mapping[Word, Mapping[str, float]] = field(default_factory=dict)

    def over(self, other: "WordTable") -> "WordTable":
        """Return both tables; of a word in both this one holds."""
        return WordTable(words={**other.words, **self.words})

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for source, column, _ in self.words:
            found.setdefault(source, set()).add(column)
        return {source: sorted(columns) for source, columns in found.items()}

    def label(
        self, source: str, kind: str, extra: str | None, *, claimed: bool
    ) -> str | None:
        """Return the label of a row by its own words; None where no table has them.

        Args:
            source: Id of its source.
            kind: What it was read as.
            extra: Its further columns, canonical JSON.
            claimed: Whether an interested party claims it.

        Returns:
            A label of `vocabulary`; of kinds outside the strand of force none.
        """
        if not self.words or strand_of(kind) != FORCE:
            return None
        stated: dict[str, str] | None = None
        for of in self._speaking(source, claimed=claimed):
            for column in self._columns[of]:
                if column == KIND:
                    word = kind
                else:
                    stated = read_extra(extra) if stated is None else stated
                    word = stated.get(column, "")
                if (of, column, word) in self.words:
                    return _named((of, column, word))
        return None

    def _speaking(self, source: str, *, claimed: bool) -> Iterator[str]:
        """Yield the sources of the table that a row's source is, nearest first."""
        if source in self._columns:
            yield source
        starts = [s for s in self._columns if s.endswith("*") and s != CLAIMS]
        for each in sorted(starts, key=lambda s: (-len(s), s)):
            if source.startswith(each[:-1]):
                yield each
        if claimed and CLAIMS in self._columns:
            yield CLAIMS

    def vocabulary(self) -> Vocabulary:
        """Return all labels: kinds first, then words, in order."""
        words = sorted(self.words)
        return Vocabulary(
            labels=(*PLAIN.labels, *(_named(word) for word in words)),
            meanings=(*PLAIN.meanings, *(_spread(self.words[word]) for word in words)),
        )


def _named(word: Word) -> str:
    source, column, value = word
    return f"{source}: {column}={value}"


def _spread(shares: Mapping[str, float]) -> tuple[float, ...]:
    whole = math.fsum(shares.values())
    return tuple(
        (1.0 - SLIP) * shares.get(leaf, 0.0) / whole + SLIP / len(LEAVES)
        for leaf in LEAVES
    )


def read_words(text: str, file: str) -> tuple[WordTable, list[MalformedSourceError]]:
    """Return a table of words, and all that is wrong with its text.

    Args:
        text: CSV with the columns of `HEADER`; further columns are remarks.
        file: Name for messages.

    Returns:
        The table of the rows that can be read, and a complaint for each other; the
        table may be used only where there is none.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in HEADER if name not in (rows.fieldnames or ())]
    if missing:
        remedy = f"Begin with the line {','.join(HEADER)}."
        got = ", ".join(rows.fieldnames or ()) or "none"
        where = Where(file, line=1)
        expected = f"columns {', '.join(HEADER)}"
        error = MalformedSourceError(where, expected=expected, got=got, remedy=remedy)
        return WordTable(), [error]
    found: dict[Word, dict[str, float]] = {}
    lines: dict[Word, int] = {}
    wrong: list[MalformedSourceError] = []
    for row in rows:
        where = Where(file, line=rows.line_num)
        try:
            word, kind, share = _row(row, where)
        except MalformedSourceError as error:
            wrong.append(error)
            continue
        if kind in found.setdefault(word, {}):
            wrong.append(_misfit(where, "kind", "each kind once a word", kind))
        found[word][kind] = share
        lines[word] = rows.line_num
        if rows.line_num > MOST_ROWS:
            wrong.append(_misfit(where, "row", f"at most {MOST_ROWS} rows", "more"))
            break
    wrong += _sums(found, lines, file)
    return WordTable(words=found), wrong


def _row(row: Mapping[str | None, str | None], where: Where) -> tuple[Word, str, float]:
    cells = {name: (row.get(name) or "").strip() for name in HEADER}
    for name in ("source", "column", "word"):
        if not cells[name]:
            raise _misfit(where, name, "a text", "nothing")
    if cells["kind"] not in LEAVES:
        raise _misfit(where, "kind", f"one of {', '.join(LEAVES)}", cells["kind"])
    try:
        share = float(cells["share"])
    except ValueError:
        share = math.nan
    if not 0.0 < share <= 1.0:
        raise _misfit(where, "share", "a number above 0, at most 1", cells["share"])
    return (cells["source"], cells["column"], cells["word"]), cells["kind"], share


def _sums(
    found: Mapping[Word, Mapping[str, float]], lines: Mapping[Word, int], file: str
) -> list[MalformedSourceError]:
    return [
        _misfit(
            Where(file, line=lines[word]),
            "share",
            f"shares of {word[2]!r} that sum to 1",
            f"{math.fsum(shares.values()):.3f}",
        )
        for word, shares in found.items()
        if abs(math.fsum(shares.values()) - 1.0) > _SLACK
    ]


def _misfit(where: Where, name: str, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where(where.source, line=where.line, field=name),
        expected=expected,
        got=got or "nothing",
        remedy="Correct the row; `pamiers taxonomy show` prints a table that is right.",
    )
