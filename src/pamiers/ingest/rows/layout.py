"""Which column of a file is which field of a row, and what is left over."""

from collections.abc import Mapping as Words
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.table import ROW_TYPES, SCHEMAS
from pamiers.ingest.mapping import Mapping
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.rows.kernels import Mask, lengths, trimmed, unguarded
from pamiers.ingest.text_table.header import Header
from pamiers.ingest.text_table.reader import TextTable, whole

#: fields of a mapping that are no column of a row, but give some
VIRTUAL: Final = ("time", "mgrs", "extra")
#: names under which exports know a field
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "key": ("id", "ref", "reference", "event_id"),
    "time": ("date", "datetime", "timestamp", "observed_at"),
    "start": ("date_start", "start_time", "from"),
    "end": ("date_end", "end_time", "to"),
    "lat": ("latitude",),
    "lon": ("longitude", "lng", "long"),
    "radius_m": ("uncertainty_m", "accuracy_m"),
    "place": ("location", "settlement"),
    "region": ("oblast", "sector"),
    "text": ("description", "note", "notes"),
    "kind": ("type", "event_type"),
    "count": ("number", "no."),
    "weapons": ("weapon",),
    "cite": ("citation", "report"),
}


@cache
def fields_of(kind: str) -> frozenset[str]:
    """Return the names that a mapping may give to the columns of a kind of row."""
    return frozenset({each.name for each in fields(ROW_TYPES[kind])} | {*VIRTUAL})


@cache
def texts_of(kind: str) -> frozenset[str]:
    """Return the fields of a kind of row that are text, and guarded when written."""
    return frozenset(f.name for f in SCHEMAS[kind] if pa.types.is_string(f.type))


@cache
def known_names(kind: str) -> Words[str, str]:
    """Return every name of a column, in lower case, and the field it means.

    A name that a kind of row has a field for means that field, whatever other
    exports call so.
    """
    own = {name: name for name in fields_of(kind)}
    known = {
        other: field_name
        for field_name, others in ALIASES.items()
        for other in others
        if field_name in own
    }
    return {**known, **own}


@dataclass(frozen=True, slots=True)
class Column:
    """One field's cells, and which of them state something."""

    field: str
    header: str | None  #: None for a constant
    text: pa.Array
    stated: Mask


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a kind of row are found in a table."""

    table: TextTable
    mapping: Mapping
    kind: str
    at: Words[str, int]  #: field -> position of its column
    extras: tuple[int, ...]  #: columns kept whole, outside any field

    def column(self, field: str) -> Column | None:
        """Return a field's cells, an empty one filled by the mapping's constant.

        Returns:
            None where neither a column nor a constant gives the field.
        """
        n = len(self.table)
        constant = self.mapping.constants.get(field)
        if field not in self.at:
            if constant is None:
                return None
            text = pa.repeat(pa.scalar(_plain(constant)), n)
            return Column(field, None, text, np.ones(n, np.bool_))
        header = self.table.header.names[self.at[field]]
        text = trimmed(whole(self.table.columns[self.at[field]]))
        if field in texts_of(self.kind):
            text = unguarded(text)
        stated = lengths(text) > 0
        nulls = self.mapping.null_words(field, header) - {""}
        if nulls:
            empty = pc.is_in(text, pa.array(sorted(nulls), pa.string()))
            stated &= ~empty.to_numpy(zero_copy_only=False)
        if constant is not None and not stated.all():
            text = pc.if_else(pa.array(stated), text, _plain(constant))
            stated = np.ones(n, np.bool_)
        return Column(field, header, text, stated)

    def has(self, field: str) -> bool:
        """Tell whether a column or a constant gives a field."""
        return field in self.at or field in self.mapping.constants


def _plain(constant: object) -> str:
    if isinstance(constant, bool):
        return "true" if constant else "false"
    return str(constant)


def lay_out(table: TextTable, mapping: Mapping) -> Layout:
    """Return where the fields of a row are found in a table.

    A column that the mapping names comes first; another column goes by its own
    name, and what no field takes is kept among the extras.

    Args:
        table: The table.
        mapping: Names columns, and those to leave out.

    Returns:
        The layout.

    Raises:
        RefusedError: `F-HEADER`: the mapping names a column that is not there;
            `F-MAPPING`: it names a field that this kind of row does not have.
    """
    at, taken = _declared(table.header, mapping)
    names = known_names(mapping.row)
    extras = []
    for i, name in enumerate(table.header.names):
        if i in taken:
            continue
        field = names.get(name.casefold())
        if field is None or field in at or field in mapping.constants:
            extras.append(i)
        else:
            at[field] = i
    extras += [i for i, field in taken.items() if field == "extra"]
    extras += [_position(table.header, name) for name in mapping.keep]
    if "extra" in taken.values():
        del at["extra"]
    _check_constants(mapping)
    return Layout(table, mapping, mapping.row, at, tuple(sorted(set(extras))))


def _declared(
    header: Header, mapping: Mapping
) -> tuple[dict[str, int], dict[int, str]]:
    """Return field -> column, and column -> field, of the mapping's own columns."""
    at: dict[str, int] = {}
    taken: dict[int, str] = {}
    for name in mapping.ignore:
        taken[_position(header, name)] = ""
    for name, field in mapping.columns.items():
        if field not in fields_of(mapping.row):
            raise RefusedError(
                "F-MAPPING",
                expected=f"a field of {mapping.row}",
                got=f"columns: {name}: {shown(field)}",
            )
        position = _position(header, name)
        if field != "extra" and field in at:
            raise RefusedError(
                "F-MAPPING", expected="one column for a field", got=f"two for {field}"
            )
        at[field], taken[position] = position, field
    return at, taken


def _position(header: Header, name: str) -> int:
    position = header.index(name)
    if position is None:
        raise RefusedError(
            "F-HEADER",
            expected=f"a column {shown(name)}, as the mapping names it",
            got=", ".join(header.names),
        )
    return position


def _check_constants(mapping: Mapping) -> None:
    unknown = sorted(
        {*mapping.constants, *mapping.values, *mapping.separators}
        - fields_of(mapping.row)
    )
    if unknown:
        raise RefusedError(
            "F-MAPPING",
            expected=f"fields of {mapping.row}",
            got=", ".join(shown(name) for name in unknown),
        )
