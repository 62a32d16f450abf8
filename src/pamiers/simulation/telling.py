"""What is told of a day: reports of those who watched, and the word of the parties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.random import Generator

from pamiers.agreement.model import Agreement
from pamiers.core.canonical import canonical_bytes
from pamiers.core.geodesy import destination
from pamiers.core.instant import Interval
from pamiers.core.kind import PARENT
from pamiers.core.place import RADII_PER_SIGMA
from pamiers.core.rows import Observation, Row, Statement
from pamiers.simulation.deed import Deed, Invention
from pamiers.simulation.drawing import open_in
from pamiers.simulation.setting import Setting, Watch
from pamiers.simulation.stage import Stage, Way
from pamiers.simulation.watching import Shift, notices

#: Admiralty letter of those who watch for the mission
MONITORS: Final = "A"
#: of the parties' word
PARTIES: Final = "C"
_CLAIM_RADIUS_M: Final = 3_000.0
_CLAIM_AFTER_H: Final = (1.0, 12.0)
_MINUTE: Final = timedelta(minutes=1)
_TAKEN_BACK_AFTER_H: Final = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message as it arrives: a row, or the withdrawal of one that came before."""

    at: datetime  #: UTC
    row: Row
    taken_back: bool = False


def reports_on(
    deeds: Sequence[Deed],
    shifts: Sequence[Shift],
    setting: Setting,
    stage: Stage,
    rng: Generator,
) -> list[Sent]:
    """Return what those who watched report of a day.

    Args:
        deeds: What happened.
        shifts: Who watched.
        setting: How reports travel.
        stage: Gives sectors and clauses.
        rng: Generator.

    Returns:
        Messages in no order; none of what nobody noticed.
    """
    found: list[Sent] = []
    for deed in deeds:
        sector = sector_of(stage.agreement, deed)
        watchers = stage.agreement.clause(deed.clause).watched_by
        for shift in shifts:
            if watchers and shift.means.id not in watchers:
                continue
            chance = notices(shift, deed, sector)
            if chance > 0.0 and rng.random() < chance:
                found += _reported(deed, shift, setting, sector, rng)
    return found


def sector_of(agreement: Agreement, deed: Deed) -> str | None:
    """Return the sector that a deed lies in; None where in none, or it has no place."""
    if deed.lon is None or deed.lat is None:
        return None
    for sector in agreement.sectors:
        if bool(sector.zone.contains([deed.lon], [deed.lat])[0]):
            return sector.id
    return None


def _reported(
    deed: Deed, shift: Shift, setting: Setting, sector: str | None, rng: Generator
) -> Iterator[Sent]:
    watch, telling = shift.watch, setting.telling
    chances = rng.random(5)
    names = chances[0] < telling.names_actor_share
    vague = chances[1] < telling.vague_share
    row = Observation(
        source=shift.means.id,
        key=f"{deed.id}-{shift.means.id}",
        start=deed.start,
        end=deed.end,
        **_placed(deed, watch, rng),
        region=sector,
        kind=_family(deed.kind) if vague else deed.kind,
        means=shift.means.id,
        count=deed.count,
        weapons=deed.weapons,
        calibre_mm=deed.calibre_mm,
        actor=(deed.blamed or deed.party) if names else None,
        reliability=MONITORS,
        extra=_extra(deed),
    )
    at = deed.end + _delay(watch.delay_h, rng)
    if chances[2] < telling.late_share:
        at += _delay(24.0 * telling.late_by_d, rng)
    yield Sent(at=at, row=row)
    if chances[3] < telling.again_share:
        yield Sent(at=at + _delay(6.0, rng), row=row)
    if chances[4] < telling.withdrawn_share:
        later = at + timedelta(hours=_TAKEN_BACK_AFTER_H)
        yield Sent(at=later, row=row, taken_back=True)


def _family(kind: str) -> str:
    parent = PARENT.get(kind, "any")
    return kind if parent == "any" else parent


def _extra(deed: Deed) -> str | None:
    stated = dict(deed.attributes)
    return canonical_bytes(stated).decode() if stated else None


def _delay(mean_h: float, rng: Generator) -> timedelta:
    return timedelta(seconds=int(rng.exponential(mean_h) * 3600.0))


def _placed(deed: Deed, watch: Watch, rng: Generator) -> dict[str, Any]:
    """Return where a watcher puts a deed: off by its error, in any direction."""
    bearing, reach = rng.random() * 360.0, rng.random()
    if deed.lon is None or deed.lat is None:
        return {}
    sigma = watch.place_error_m / RADII_PER_SIGMA
    away = sigma * float(np.sqrt(-2.0 * np.log1p(-min(reach, 0.999))))
    lon, lat = destination(deed.lon, deed.lat, bearing, away)
    return {
        "lon": round(float(lon), 6),
        "lat": round(float(lat), 6),
        "radius_m": watch.place_error_m,
    }


def words_on(
    deeds: Sequence[Deed],
    setting: Setting,
    agreement: Agreement,
    rng: Generator,
) -> list[Sent]:
    """Return what the parties say of a day's deeds: accusations, denials, admissions.

    Args:
        deeds: What happened.
        setting: How the parties behave.
        agreement: Names the parties.
        rng: Generator; as many numbers are drawn whatever is said.

    Returns:
        Messages in no order. A denial and an admission are statements, which bear on
        no verdict; an accusation is a claim.
    """
    found: list[Sent] = []
    for deed in deeds:
        if deed.party not in agreement.party_ids:
            continue
        author = deed.blamed or deed.party
        for party in agreement.party_ids:
            conduct = setting.conduct_of(party)
            chances = rng.random(3)
            at = deed.end + timedelta(hours=_between(_CLAIM_AFTER_H, chances[2]))
            if party == author:
                if chances[0] < conduct.reports_itself_share and not deed.blamed:
                    found.append(_said("self-report", party, deed, at))
                elif chances[1] < conduct.denies_share:
                    found.append(_said("denial", party, deed, at))
            elif chances[0] < conduct.accuses_share:
                found.append(Sent(at=at, row=_claim(party, author, deed)))
    return found


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])


def voice_of(party: str) -> str:
    """Return the source under which a party's word is filed."""
    return f"word-of-{party}"


def _said(category: str, party: str, deed: Deed, at: datetime) -> Sent:
    row = Statement(
        source=voice_of(party),
        key=f"{category}-{deed.id}",
        category=category,
        start=deed.start,
        end=deed.end,
        text=category,
        actor=party,
        kind=deed.kind,
        given_at=at.replace(microsecond=0),
    )
    return Sent(at=at.replace(microsecond=0), row=row)


def _claim(party: str, against: str, deed: Deed) -> Observation:
    placed = deed.lon is not None
    return Observation(
        source=voice_of(party),
        key=f"claim-{deed.id}",
        start=deed.start - 10 * _MINUTE,
        end=deed.end + 10 * _MINUTE,
        lon=deed.lon,
        lat=deed.lat,
        radius_m=_CLAIM_RADIUS_M if placed else None,
        standing="claimed",
        kind=deed.kind,
        weapons=deed.weapons,
        actor=against,
        reliability=PARTIES,
        extra=_extra(deed),
    )


def inventions_on(
    stage: Stage, setting: Setting, period: Interval, rng: Generator
) -> tuple[list[Invention], list[Sent]]:
    """Return the claims of a day that nothing stands behind.

    Args:
        stage: What can be claimed to be broken.
        setting: How the parties behave.
        period: The reporting day.
        rng: Generator.

    Returns:
        What was invented, and the messages that claim it.
    """
    made: list[Invention] = []
    sent: list[Sent] = []
    parties = stage.agreement.party_ids
    for party in parties:
        others = [t for t in stage.temptations if _blameable(t.party, party, parties)]
        others = [t for t in others if t.way is not Way.BURST]
        for n in range(int(rng.poisson(setting.conduct_of(party).invents_per_day))):
            pick, when, where = rng.random(3)
            if not others:
                continue
            tempted = others[int(pick * len(others))]
            stretches = open_in(tempted, period)
            if not stretches:
                continue
            span = stretches[0]
            at = span.start + timedelta(seconds=int(when * (span.seconds - 600)))
            spot = (
                tempted.points[int(where * len(tempted.points))]
                if len(tempted.points)
                else None
            )
            deed = Deed(
                id=f"{period.end.date()}-{party}-{n}",
                clause=tempted.clause,
                party=tempted.party,
                kind=tempted.kinds[0],
                start=at.replace(microsecond=0),
                end=at.replace(microsecond=0) + _MINUTE,
                lon=None if spot is None else round(float(spot[0]), 6),
                lat=None if spot is None else round(float(spot[1]), 6),
                weapons=tempted.weapon.words if tempted.weapon else None,
                attributes=tempted.attributes,
            )
            made.append(
                Invention(
                    id=deed.id,
                    by=party,
                    against=tempted.party,
                    clause=tempted.clause,
                    at=deed.start,
                )
            )
            row = _claim(party, tempted.party, deed)
            sent.append(Sent(at=deed.end + timedelta(hours=2), row=row))
    return made, sent


def _blameable(author: str, party: str, parties: Sequence[str]) -> bool:
    return author != party and author in parties
