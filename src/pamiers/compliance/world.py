"""What is known at one time: everything a judgement may rest on, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.core.source import Source
from pamiers.core.table import Table, empty


def _empty(kind: str) -> Table:
    return empty(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Tables as known at one time; the caller cuts them to what was known then.

    `observations` are kept for those who ask what an incident was made of; no
    verdict reads them.
    """

    incidents: Table = field(default_factory=lambda: _empty("incident"))
    observations: Table = field(default_factory=lambda: _empty("observation"))
    coverage: Table = field(default_factory=lambda: _empty("coverage"))
    totals: Table = field(default_factory=lambda: _empty("total"))
    statements: Table = field(default_factory=lambda: _empty("statement"))
    tallies: Table = field(default_factory=lambda: _empty("tally"))
    sources: Mapping[str, Source] = field(default_factory=dict)
