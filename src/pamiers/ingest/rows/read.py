"""From a text table to rows of the record: one field after another, by column.

The order of the fields is fixed, so that a row with several faults is refused for
the same one whichever path read it.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.table import SCHEMAS, Table, concatenate, from_columns
from pamiers.ingest.mapping import NO_MAPPING, Mapping, joined, read_mapping
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.account import Account, empty_file, refused_file
from pamiers.ingest.rows.figures import (
    UNKNOWN,
    figures,
    read_counts,
    read_numbers,
    read_wholes,
)
from pamiers.ingest.rows.layout import Column, Layout, known_names, lay_out
from pamiers.ingest.rows.places import flag_minutes, read_places
from pamiers.ingest.rows.times import (
    Orders,
    read_moments,
    read_times,
    time_grammar,
)
from pamiers.ingest.rows.words import (
    extras_text,
    missing,
    read_keys,
    read_text,
    read_words,
    word_parser,
)
from pamiers.ingest.text_table.reader import Expected, TextTable, read_text_table
from pamiers.ingest.values.numbers import NumberGrammar
from pamiers.ingest.values.words import check_party
from pamiers.mission.reading import Reading, ReadOptions

Columns = dict[str, pa.Array]

#: rows that are read at once, so that their columns stay in the processor's cache
_PART: Final = 1 << 16
_KINDS: Final = ("kind", "watched")
_WORDS: Final = (
    *("standing", "status", "means", "actor", "control", "weapons"),
    *("reliability", "credibility", "relation", "cumulative", "of", "party", "to"),
)
_TEXTS: Final = (
    *("release", "place", "region", "text", "cite", "category", "denied_by"),
    *("previous_text", "observer", "ref"),
)
_NEEDED: Final = {"statement": ("category", "text")}
_NEEDED_WORDS: Final = {"tally": ("of",)}
_NUMBERS: Final = ("calibre_mm", "detection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a format with a layout of its own adds to a person's mapping."""

    mapping: Mapping = NO_MAPPING
    sources: Callable[[str], str] = check_party  #: reads the id of a source
    fast: bool = True  #: False reads every line and cell with care
    part: int = _PART  #: rows read at once; the outcome does not depend on it


def read_rows(
    data: bytes,
    options: ReadOptions,
    recipe: Recipe = Recipe(),
) -> Reading:
    """Return what a text table holds, as rows of the record.

    Args:
        data: The file.
        options: May carry a mapping file, which comes before the recipe's.
        recipe: Of a format with a layout of its own.

    Returns:
        The reading; a file that cannot be read is one unit, refused.
    """
    try:
        mapping = joined(recipe.mapping, read_mapping(options.mapping))
        return _read(data, options, replace(recipe, mapping=mapping))
    except RefusedError as error:
        return refused_file(error)


def _read(data: bytes, options: ReadOptions, recipe: Recipe) -> Reading:
    mapping = recipe.mapping
    known = {*known_names(mapping.row), *(n.casefold() for n in mapping.columns)}
    expected = Expected(known=known, mapping=mapping, fast=recipe.fast)
    table = read_text_table(data, expected)
    if table is None:
        return empty_file()
    return read_table(table, options, recipe)


def read_table(table: TextTable, options: ReadOptions, recipe: Recipe) -> Reading:
    """Return what the cells of a table say, as rows of the record.

    Args:
        table: The cells, from whatever they were read.
        options: Zone, bounds, source and release.
        recipe: With the mapping to use, a person's own already joined to it.

    Returns:
        The reading.

    Raises:
        RefusedError: An `F-` code: the table lacks a column that is needed.
    """
    layout = lay_out(table, recipe.mapping)
    account = Account(table)
    grammar = time_grammar(recipe.mapping, options)
    context = _Context(options, recipe.sources, Orders(layout, account, grammar))
    parts = []
    for begin in range(0, max(len(table), 1), recipe.part):
        part = Account(
            table.part(begin, recipe.part),
            places=options.places,
            secret=_secret(layout),
        )
        parts.append(_read_part(replace(layout, table=part.table), part, context))
        account.take(part, begin)
    flag_minutes(account)
    kind = recipe.mapping.row
    return account.reading({kind: concatenate(kind, parts)})


def _secret(layout: Layout) -> frozenset[str]:
    """Return the columns that may tell where an observer stood."""
    fields = {"observer"}
    if layout.kind == "coverage":  # who could watch a place was near it
        fields |= {"lat", "lon", "mgrs", "shape"}
    names = layout.table.header.names
    return frozenset(names[at] for field, at in layout.at.items() if field in fields)


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of all parts of a table."""

    options: ReadOptions
    sources: Callable[[str], str]
    times: Orders


def _read_part(layout: Layout, account: Account, context: _Context) -> Table:
    columns = _Fields(layout, account, context).columns()
    mask = account.standing()
    n = int(mask.sum())
    if n < len(mask):
        keep = pa.array(mask)
        columns = {name: column.filter(keep) for name, column in columns.items()}
    return from_columns(layout.kind, {**_unsaid(layout.kind, n), **columns}, n)


def _unsaid(kind: str, n: int) -> Columns:
    """Return a column of nulls for each field that may be unsaid, shared by type."""
    types = {field.type for field in SCHEMAS[kind] if field.nullable}
    nulls = {each: pa.nulls(n, each) for each in types}
    return {f.name: nulls[f.type] for f in SCHEMAS[kind] if f.nullable}


class _Fields:
    """Reads the fields of one kind of row, each into its columns."""

    def __init__(self, layout: Layout, account: Account, context: _Context) -> None:
        self.layout, self.account, self.context = layout, account, context
        self.options, self.sources = context.options, context.sources
        self.fields = SCHEMAS[layout.kind].names
        mapping, dialect = layout.mapping, layout.table.dialect
        self.grammar = NumberGrammar(dialect.decimal, mapping.thousands)
        self.n = len(layout.table)

    def columns(self) -> Columns:
        """Return the columns of the row that the file says something of."""
        found: Columns = {}
        for part in (
            self._identity(),
            self._times(),
            self._places(),
            self._words(_KINDS),
            self._figures(),
            self._words(_WORDS),
            self._texts(),
            self._extra(),
        ):
            found.update(part)
        return found

    def _identity(self) -> Columns:
        keys = self.layout.column("key")
        found: Columns = {}
        if keys is not None:
            found["key"] = read_keys(keys, self.account)
        else:
            found["key"] = _derived_keys(self.account)
        return {**found, **self._source(), **self._release()}

    def _source(self) -> Columns:
        column = self.layout.column("source")
        if column is None and self.options.source is None:
            raise RefusedError(
                "F-HEADER",
                expected="a source, as a column or under `constants`",
                got=", ".join(self.layout.table.header.names),
                remedy="Name the source with --source, or in the mapping file.",
            )
        if column is None:
            return {"source": _repeated(self.options.source, self.n)}
        self._refuse_missing(column)
        words = self.layout.mapping.values.get("source", {})

        def parse(word: str) -> str:
            return check_party(words[word]) if word in words else self.sources(word)

        return {"source": read_words(column, parse, self.account)}

    def _release(self) -> Columns:
        release = self.options.release
        return {} if release is None else {"release": _repeated(release.name, self.n)}

    def _times(self) -> Columns:
        needed = self.layout.kind != "statement"
        times = read_times(self.layout, self.account, self.context.times, needed=needed)
        if times is None and needed:
            raise RefusedError(
                "F-HEADER",
                expected="a column `time`, or `start` and `end`",
                got=", ".join(self.layout.table.header.names),
            )
        found = {} if times is None else times.columns()
        given = self.layout.column("given_at") if "given_at" in self.fields else None
        if given is not None:
            read = read_moments(given, self.account, self.context.times)
            found["given_at"] = read.columns()["start"]
        return found

    def _places(self) -> Columns:
        if "lon" not in self.fields:
            return {}
        places = read_places(
            self.layout, self.account, self.grammar, self.options.bounds
        )
        return places.columns()

    def _words(self, names: Iterable[str]) -> Columns:
        found: Columns = {}
        for name, column in self._present(names):
            if name in _NEEDED_WORDS.get(self.layout.kind, ()):
                self._refuse_missing(column)
            parse = word_parser(name, self.layout.mapping)
            words = read_words(column, parse, self.account)
            if name == "cumulative":
                words = pc.equal(words, "true")
            found[name] = words
        return self._with_defaults(found)

    def _with_defaults(self, found: Columns) -> Columns:
        """Fill empty cells of columns that must hold a word with its default."""
        defaults = {"standing": "observed", "kind": "other", "status": "observed"}
        if self.layout.kind == "total":
            defaults["kind"] = "ceasefire_violation"
        if self.layout.kind == "tally":
            defaults["status"] = "present"
        defaults["watched"] = "any"
        if self.layout.kind == "statement":
            del defaults["kind"]
        for name, column in found.items():
            default = False if name == "cumulative" else defaults.get(name)
            if default is not None and column.null_count:
                found[name] = pc.fill_null(column, default)
        return found

    def _figures(self) -> Columns:
        found: Columns = {}
        if "count" in self.fields:
            found.update(read_counts(self.layout, self.account, self.grammar).columns())
        for _, column in self._present(("previous",)):
            into = np.full(self.n, UNKNOWN, np.int64)
            read_wholes(column, into, self.account, self.grammar)
            found["previous"] = figures(into)
        for name, column in self._present(_NUMBERS):
            values = read_numbers(column, self.account, self.grammar)
            found[name] = pa.array(values, mask=np.isnan(values))
        return found

    def _texts(self) -> Columns:
        found: Columns = {}
        for name, column in self._present(_TEXTS):
            if name in _NEEDED.get(self.layout.kind, ()):
                self._refuse_missing(column)
            if name != "release" or self.options.release is None:
                found[name] = read_text(column, self.account)
        for name in _NEEDED.get(self.layout.kind, ()):
            if name not in found:
                raise RefusedError(
                    "F-HEADER",
                    expected=f"a column {name!r}",
                    got=", ".join(self.layout.table.header.names),
                )
        return found

    def _extra(self) -> Columns:
        layout = self.layout
        names = tuple(layout.table.header.names[i] for i in layout.extras)
        if "extra" not in self.fields:
            for name in names:
                if self.n:
                    self.account.flag("W-COLUMN-IGNORED", 0, name, rows=self.n)
            return {}
        if not names:
            own = layout.column("extra")
            return {} if own is None else {"extra": read_text(own, self.account)}
        columns = tuple(layout.table.columns[i] for i in layout.extras)
        return {"extra": extras_text(names, columns, self.n)}

    def _present(self, names: Iterable[str]) -> Iterable[tuple[str, Column]]:
        for name in names:
            column = self.layout.column(name) if name in self.fields else None
            if column is not None:
                yield name, column

    def _refuse_missing(self, column: Column) -> None:
        for position in np.flatnonzero(~column.stated).tolist():
            self.account.refuse(position, missing(column.field), column.header)


def _repeated(text: str | None, n: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), n)


def _derived_keys(account: Account) -> pa.Array:
    """Return identifiers made from the whole content of each row."""
    cells = [column.to_pylist() for column in account.table.columns]
    keys = [
        hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:16]
        for row in zip(*cells, strict=True)
    ]
    if keys:
        account.flag("W-KEY-DERIVED", 0, None, rows=len(keys))
    return pa.array(keys, pa.string())
