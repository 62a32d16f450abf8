"""The kinds of report on the record: what each is of, over how long, and how far along.

Every one is composed by the same code from the same rows; a kind chooses days and rows,
never figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from pamiers.agreement.model import Clause, Subject
from pamiers.core.errors import UnknownTermError
from pamiers.core.kind import is_a
from pamiers.core.table import Table

_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One kind of report.

    Invariant: a theme has `families`; other kinds have none, and hold every row.
    """

    id: str
    days: int = 1  #: reporting days that it covers, the named one the last
    stage: str = "reviewed"  #: flash, preliminary or reviewed
    families: tuple[str, ...] = ()  #: kinds of row that a theme is about
    category: str = ""  #: of statements that a theme is about


PRODUCTS: Final[Mapping[str, Product]] = {
    each.id: each
    for each in (
        Product(id="daily"),
        Product(id="flash", stage="flash"),
        Product(id="preliminary", stage="preliminary"),
        Product(id="weekly", days=_WEEK),
        Product(
            id="movement",
            days=_WEEK,
            families=("restriction",),
            category="restriction",
        ),
        Product(
            id="withdrawal",
            days=_WEEK,
            families=("presence", "movement"),
            category="withdrawal",
        ),
    )
}


def product_named(name: str) -> Product:
    """Return a kind of report by its name.

    Raises:
        UnknownTermError: No such kind.
    """
    if name not in PRODUCTS:
        raise UnknownTermError(
            "kind",
            expected=f"one of {', '.join(PRODUCTS)}",
            got=repr(name),
            remedy="Name a kind of report.",
        )
    return PRODUCTS[name]


def speaks_of(clause: Clause, families: tuple[str, ...]) -> bool:
    """Tell whether some reading of a clause is about a family of kinds.

    A clause about what is present, or how many, has no kinds of event: it is about
    presence.
    """
    return any(
        any(_is_of(kind, families) for kind in reading.kinds)
        or (reading.subject is not Subject.EVENT and "presence" in families)
        for reading in clause.readings
    )


def rows_of(table: Table, families: tuple[str, ...]) -> Table:
    """Return the rows whose kind is of a family, in their order."""
    kinds = table.columns["kind"].to_pylist()
    known = {kind: _is_of(kind, families) for kind in set(kinds)}
    return table.where(pa.array([known[kind] for kind in kinds], pa.bool_()))


def _is_of(kind: str, families: tuple[str, ...]) -> bool:
    return any(is_a(kind, family) for family in families)
