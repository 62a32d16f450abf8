"""Why reports are one incident, how much each adds, and what else it might be.

Belief is a sum in bits, and exact: the prior, plus what each report adds. Beside it
stand what the sources' own words and simple counts would give, the rivals, and what
would change the result.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pamiers.core.evidence import Bits, Probability, weigh
from pamiers.core.geodesy import distance_m
from pamiers.fusion.actors import actors_of
from pamiers.fusion.agreement import Agreement, agreements
from pamiers.fusion.estimate import Voice, voices_of
from pamiers.fusion.fuse import Fusion
from pamiers.fusion.member import member_id
from pamiers.fusion.model import FusionModel

_QUANTUM: Final = 2.0**20
#: how many rivals are told, and how far away in space and time they may be
MOST, NEAR_M, NEAR_S = 3, 50_000.0, 2 * 86_400.0
#: why a report adds nothing
REPEATS, SAME_VOICE = "repeats", "voice"
#: what keeps two incidents apart: what they are; a source that tells of both; that
#: place, time or kind differ by more than the errors allow
STRAND, ONE_SOURCE, DIFFER = "strand", "source", "differ"
#: points of an additive score: per report by Admiralty letter, per claim
POINTS: Final = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1, "F": 2}
CLAIM_POINTS: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWeight:
    """What one report adds to the belief that its incident happened."""

    member: str  #: `source:key`
    voice: str  #: whose voice it is
    letter: str  #: Admiralty letter, or `claim`
    bits: float  #: [bit]; 0 or more
    why: str  #: `repeats` or `voice` where it adds nothing; else empty
    without: float  #: probability without it; 0 for the only report


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another incident that these reports might have told of."""

    key: str
    distance_m: float | None  #: between the two; None where one has no place
    apart_s: float  #: between their intervals; 0 where they overlap
    kind: str
    why: str  #: what keeps the two apart: `strand`, `source` or `differ`


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What simpler ways of counting would say."""

    naive: int  #: reports
    sources: int  #: sources
    additive: int  #: points by letter, one source once
    admiralty: str  #: the best letter and figure as given, such as `B2`


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One incident taken apart.

    Invariants: `total_bits` is the exact sum of `prior_bits` and the members'
    bits, and is the log-odds of `probability`, to six places.
    """

    key: str
    prior_bits: float
    members: tuple[MemberWeight, ...]
    total_bits: float
    probability: float
    kinds: str | None  #: as the incident's column
    actors: Mapping[str, float]  #: share of each who is named, and of nobody named
    agreements: tuple[Agreement, ...]  #: why its reports were joined, by name
    compared: Compared
    rivals: tuple[Rival, ...]  #: nearest first
    next_bits: float  #: what one more independent report by a fair source would add
    next_probability: float


def explain(fusion: Fusion, incident_key: str) -> Explanation:
    """Return why an incident is one, how likely, and what its rivals are.

    Args:
        fusion: Result of `fuse`.
        incident_key: Key of one of its incidents.

    Returns:
        The explanation; its sums are those of the incident.

    Raises:
        UnknownTermError: There is no such incident.
    """
    at = fusion.members(incident_key)
    rows = fusion.rows(at)
    model, place = fusion.model, fusion.keys.index(incident_key)
    lean = round(math.log2(model.prior / (1.0 - model.prior)) * _QUANTUM) / _QUANTUM
    members = _members(rows, fusion)
    added = [Bits(member.bits) for member in members]
    more = _next(model)
    return Explanation(
        key=incident_key,
        prior_bits=lean,
        members=members,
        total_bits=math.fsum([lean, *added]),
        probability=_chance(model, added),
        kinds=fusion.incidents.columns.column("kinds")[place].as_py(),
        actors=actors_of(rows, model, fusion.repeats),
        agreements=agreements(fusion, at),
        compared=_compared(rows, model),
        rivals=_rivals(fusion, place),
        next_bits=more,
        next_probability=_chance(model, [*added, Bits(more)]),
    )


def _chance(model: FusionModel, added: Sequence[Bits]) -> float:
    return round(weigh(Probability(model.prior), added), 6)


def _next(model: FusionModel) -> float:
    lone = model.lone_report["C"]
    odds = lone * (1.0 - model.prior) / ((1.0 - lone) * model.prior)
    return round(math.log2(odds) * _QUANTUM) / _QUANTUM


def _members(rows: list[dict[str, Any]], fusion: Fusion) -> tuple[MemberWeight, ...]:
    """Return what each adds, and what would be left without it."""
    model, repeats = fusion.model, fusion.repeats
    counted = {voice.member: voice for voice in voices_of(rows, model, repeats)}
    here = {member_id(row) for row in rows}
    found = []
    for row in sorted(rows, key=member_id):
        name = member_id(row)
        (alone,) = voices_of([row], model)
        rest = [other for other in rows if other is not row]
        left = [Bits(v.bits) for v in voices_of(rest, model, repeats)]
        found.append(
            MemberWeight(
                member=name,
                voice=alone.voice,
                letter=alone.letter,
                bits=counted[name].bits if name in counted else 0.0,
                why=_silent(name, here, counted, fusion),
                without=_chance(model, left) if rest else 0.0,
            )
        )
    return tuple(found)


def _silent(
    name: str, here: set[str], counted: dict[str, Voice], fusion: Fusion
) -> str:
    if name in counted:
        return ""
    return REPEATS if fusion.repeats.get(name) in here else SAME_VOICE


def _compared(rows: list[dict[str, Any]], model: FusionModel) -> Compared:
    points: dict[str, int] = {}
    given = []
    for row in rows:
        letter = model.letter(row["source"], row["reliability"])
        claimed = row["standing"] == "claimed"
        worth = CLAIM_POINTS if claimed else POINTS[letter]
        points[row["source"]] = max(points.get(row["source"], 0), worth)
        given.append(f"{letter}{row['credibility'] or '6'}")
    return Compared(
        naive=len(rows),
        sources=len(points),
        additive=sum(points.values()),
        admiralty=min(given),
    )


def _rivals(fusion: Fusion, place: int) -> tuple[Rival, ...]:
    columns = fusion.incidents.columns
    start, end = (
        columns.column(name).cast("int64").to_numpy() / 1e6 for name in ("start", "end")
    )
    gap = np.maximum(np.maximum(start[place] - end, start - end[place]), 0.0)
    lon, lat = (
        np.array(columns.column(name).to_pylist(), dtype=np.float64)
        for name in ("lon", "lat")
    )
    away = distance_m(lon[place], lat[place], lon, lat)
    near = (gap <= NEAR_S) & (away <= NEAR_M)
    near[place] = False
    order = np.flatnonzero(near)
    order = order[np.lexsort((order, away[order], gap[order]))][:MOST]
    kinds = columns.column("kind")
    return tuple(
        Rival(
            key=fusion.keys[i],
            distance_m=round(float(away[i]), 1),
            apart_s=float(gap[i]),
            kind=kinds[i].as_py(),
            why=_apart(fusion, place, i),
        )
        for i in order.tolist()
    )


def _apart(fusion: Fusion, one: int, other: int) -> str:
    """Return what keeps two incidents apart, the plainest reason first."""
    mine = np.flatnonzero(fusion.label == one)
    theirs = np.flatnonzero(fusion.label == other)
    reports = fusion.reports
    strands = {reports.strand[i] for i in mine}, {reports.strand[i] for i in theirs}
    if not strands[0] & strands[1]:
        return STRAND
    if {reports.names[i] for i in mine} & {reports.names[i] for i in theirs}:
        return ONE_SOURCE
    return DIFFER
