"""The annex: each observation of the day on a line, as a monitor would file it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyarrow as pa

from pamiers.core.instant import Interval
from pamiers.core.rows import Incident, Observation
from pamiers.core.table import Table
from pamiers.report.context import Context
from pamiers.report.message import Named
from pamiers.report.period import share_inside, shown_under
from pamiers.report.places import Whereabouts
from pamiers.report.redaction import Spot, confided, times

#: how a source may describe what it perceived; anything else stays unsaid
DESCRIPTIONS: Final = frozenset(
    {"incoming", "outgoing", "undetermined", "airburst", "in_flight", "assessed"}
)

#: an incident lies no farther than this from a row that contributes to it
_MARGIN: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRow:
    """One observation as the edition may give it."""

    place: Named | None  #: as the source names it
    whereabouts: Whereabouts | None
    spot: Spot | None
    sector: Named | None
    means: str | None
    count: int | None
    count_low: int | None
    count_high: int | None
    kind: str
    description: str | None
    weapons: str | None  #: None: not known
    calibre_mm: float | None
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    straddles: bool  #: reaches over the cut-off; shown by the middle of its time
    control: Named | None
    source: Named | None
    cite: str | None
    incident: str | None  #: id of the incident it contributes to
    observer: str | None  #: the commission's edition alone
    text: str | None  #: the commission's edition alone


def annex(context: Context) -> tuple[AnnexRow, ...]:
    """Return the day's observations by time, place and source.

    Claims are not among them; rows marked as an illustration are left out.
    """
    shown = shown_under(context.observations, context.period.window)
    members = incident_of(_about(context.inputs.incidents, context.period.window))
    rows = [
        row
        for row in shown.ordered().views()
        if isinstance(row, Observation) and row.standing == "observed"
    ]
    rows.sort(key=lambda row: (row.start, row.end, row.place or "", row.key))
    return tuple(_line(row, context, members) for row in rows)


def _about(incidents: Table, window: Interval) -> Table:
    """Return the incidents of the day and of the days next to it."""
    span = Interval(window.start - _MARGIN, window.end + _MARGIN)
    return incidents.where(pa.array(share_inside(incidents, span) > 0.0))


def incident_of(incidents: Table) -> Mapping[str, str]:
    """Return the incident of each contributing row, by `source:key`."""
    return {
        member: incident.key
        for incident in incidents.views()
        if isinstance(incident, Incident)
        for member in incident.members.split("; ")
    }


def _line(row: Observation, context: Context, members: Mapping[str, str]) -> AnnexRow:
    at = context.spot(row)
    start, end = times(row.start, row.end, context.edition)
    return AnnexRow(
        place=context.gazetteer.name_of(row.place),
        whereabouts=context.whereabouts(at),
        spot=at,
        sector=context.sectors.title(context.sectors.named_by(row.region)),
        means=row.means,
        count=row.count,
        count_low=row.count_low,
        count_high=row.count_high,
        kind=row.kind,
        description=_description(row.extra),
        weapons=row.weapons,
        calibre_mm=row.calibre_mm,
        start=start,
        end=end,
        straddles=context.period.straddled_by(row.interval),
        control=context.who(row.control),
        source=context.reporter(row.source),
        cite=context.cited(row.source, row.cite),
        incident=members.get(f"{row.source}:{row.key}"),
        observer=confided(row.observer, context.edition),
        text=confided(row.text, context.edition),
    )


def _description(extra: str | None) -> str | None:
    said = json.loads(extra).get("description") if extra else None
    return said if said in DESCRIPTIONS else None
