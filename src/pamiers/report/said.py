"""The parties' claims as an edition may give them, both sides together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from pamiers.core.rows import Observation
from pamiers.report.claims import (
    ClaimBeside,
    ClaimTally,
    beside_observations,
    claim_tally,
    is_near,
)
from pamiers.report.context import Context
from pamiers.report.message import Named
from pamiers.report.places import Whereabouts
from pamiers.report.redaction import Spot, confided, distance_km, times


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim beside the nearest observation of its day."""

    key: str
    day: date
    claimant: Named | None
    accused: Named | None
    kind: str
    count: int | None
    weapons: str | None
    place: Named | None
    whereabouts: Whereabouts | None
    spot: Spot | None
    sector: Named | None
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    near: bool  #: an observation within 5 km that day
    nearest_kind: str | None
    nearest_place: Named | None
    nearest_source: Named | None
    nearest_km: float | None
    cite: str | None
    text: str | None  #: the commission's edition alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims of the day, of the day before, and since the measures took effect."""

    day: ClaimTally
    before: ClaimTally
    since: ClaimTally
    names: tuple[tuple[str, Named], ...]  #: claimant or party id -> name
    lines: tuple[ClaimLine, ...]  #: those of the day


def claims(context: Context) -> Claims:
    """Return what the parties claim, beside what was observed."""
    period, first = context.period, context.since_day
    day, before = period.day, period.before
    span = beside_observations(context.observations, period, min(first, before.first))
    today = [each for each in span if period.holds(each.day)]
    earlier = [each for each in span if before.holds(each.day)]
    counts = [
        _tally(today, (period.first, day), context),
        _tally(earlier, (before.first, before.day), context),
        _tally([each for each in span if each.day >= first], (first, day), context),
    ]
    ids = [name for t in counts for name, _ in (*t.by_claimant, *t.by_accused)]
    return Claims(
        day=counts[0],
        before=counts[1],
        since=counts[2],
        names=tuple((i, context.who(i) or Named((("", i),))) for i in sorted(set(ids))),
        lines=tuple(_line(each, context) for each in today),
    )


def _tally(
    beside: Sequence[ClaimBeside], span: tuple[date, date], context: Context
) -> ClaimTally:
    parties = context.inputs.agreement.party_ids
    return claim_tally(beside, span, _claimants(context), parties)


def _claimants(context: Context) -> list[str]:
    columns = context.observations.columns
    claimed = pa.compute.equal(columns["standing"], "claimed")
    return sorted(set(columns["source"].filter(claimed).to_pylist()))


def _line(each: ClaimBeside, context: Context) -> ClaimLine:
    claim, nearest = each.claim, each.nearest
    at = context.spot(claim)
    start, end = times(claim.start, claim.end, context.edition)
    return ClaimLine(
        key=claim.key,
        day=each.day,
        claimant=context.who(claim.source),
        accused=context.who(claim.actor),
        kind=claim.kind,
        count=claim.count,
        weapons=claim.weapons,
        place=context.gazetteer.name_of(claim.place),
        whereabouts=context.whereabouts(at),
        spot=at,
        sector=context.sectors.title(_region(claim, context)),
        start=start,
        end=end,
        near=is_near(each),
        nearest_kind=nearest.kind if nearest else None,
        nearest_place=context.gazetteer.name_of(nearest.place) if nearest else None,
        nearest_source=context.who(nearest.source) if nearest else None,
        nearest_km=distance_km(each.distance_m, context.edition),
        cite=claim.cite,
        text=confided(claim.text, context.edition),
    )


def _region(claim: Observation, context: Context) -> str:
    named = context.sectors.named_by(claim.region)
    return named or context.sectors.at(claim.lon, claim.lat)
