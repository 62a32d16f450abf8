"""What is known as messages arrive: the last of each row, and incidents of them.

The world tells; here it is heard. What arrives twice is known once, what is taken back
is known no longer, and what is known makes the tables that judgements rest on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pamiers.compliance.world import World
from pamiers.core.rows import (
    Coverage,
    Incident,
    Observation,
    Row,
    Statement,
    Tally,
    Total,
)
from pamiers.core.source import Source
from pamiers.core.table import Table, empty, table_of
from pamiers.fusion.fuse import fuse
from pamiers.fusion.model import LONE_CLAIM, LONE_REPORT, FusionModel
from pamiers.simulation.telling import MONITORS, Sent

Name = tuple[str, str, str]  #: kind of row, source, key
_TABLES: Final = {
    "coverage": Coverage,
    "statements": Statement,
    "tallies": Tally,
    "totals": Total,
}
_KINDS: Final = {
    "coverage": "coverage",
    "statements": "statement",
    "tallies": "tally",
    "totals": "total",
}


def name_of(row: Row) -> Name:
    """Return what tells a row from every other, whichever version of it this is."""
    return type(row).__name__.lower(), row.source, row.key


@dataclass(slots=True)
class Knowledge:
    """Rows as known so far. `hear` is its one way in."""

    sources: Mapping[str, Source]
    fused: bool = True
    rows: dict[Name, Row] = field(default_factory=dict)
    gone: set[Name] = field(default_factory=set)

    def hear(self, sent: Iterable[Sent]) -> list[Sent]:
        """Take messages in, in the order in which they arrive.

        Args:
            sent: Messages.

        Returns:
            Those that were news: not what came before, nor what was taken back.
        """
        news = []
        for each in sent:
            name = name_of(each.row)
            if each.taken_back:
                if self.rows.pop(name, None) is not None:
                    news.append(each)
                self.gone.add(name)
            elif name not in self.gone and self.rows.get(name) != each.row:
                self.rows[name] = each.row
                news.append(each)
        return news

    def observations(self) -> Table:
        """Return the reports that stand, in an order of their own."""
        rows = [row for row in self.rows.values() if isinstance(row, Observation)]
        return table_of("observation", sorted(rows, key=lambda r: (r.source, r.key)))

    def world(self) -> World:
        """Return what judgements may rest on.

        The incidents are fused, or one for each deed that was told of.
        """
        observations = self.observations()
        tables = {
            name: table_of(
                _KINDS[name],
                sorted(
                    (row for row in self.rows.values() if isinstance(row, kind)),
                    key=lambda r: (r.source, r.key),
                ),
            )
            for name, kind in _TABLES.items()
        }
        return World(
            sources=self.sources,
            observations=observations,
            incidents=self._incidents(observations),
            **tables,
        )

    def _incidents(self, observations: Table) -> Table:
        if not len(observations):
            return empty("incident")
        if self.fused:
            return fuse(observations, FusionModel(sources=self.sources)).incidents
        return told_apart(observations)


def told_apart(observations: Table) -> Table:
    """Return an incident for each deed that reports tell of, by the deed's own id.

    This is fusion without doubt, for worlds that ask about everything after it: who
    knows which reports tell of one deed has read the truth.
    """
    found: dict[str, list[Observation]] = {}
    for row in observations.views():
        if isinstance(row, Observation):
            deed = row.key.removesuffix(f"-{row.source}")
            found.setdefault(deed, []).append(row)
    rows = [_incident(deed, told) for deed, told in sorted(found.items())]
    return table_of("incident", rows)


def _incident(deed: str, told: list[Observation]) -> Incident:
    first = next((r for r in told if r.standing == "observed"), told[0])
    observed = sum(r.standing == "observed" for r in told)
    actors = {r.actor for r in told if r.actor is not None}
    return Incident(
        source="pamiers",
        key=f"i-{deed}",
        start=first.start,
        end=first.end,
        lon=first.lon,
        lat=first.lat,
        radius_m=first.radius_m,
        region=first.region,
        kind=first.kind,
        count=first.count,
        weapons=first.weapons,
        calibre_mm=first.calibre_mm,
        actor=actors.pop() if len(actors) == 1 else None,
        probability=1.0 - (1.0 - LONE_REPORT[MONITORS]) ** observed
        if observed
        else LONE_CLAIM,
        observed=observed,
        claimed=len(told) - observed,
        sources="; ".join(sorted({r.source for r in told})),
        members="; ".join(sorted(f"{r.source}:{r.key}" for r in told)),
        extra=first.extra,
    )
