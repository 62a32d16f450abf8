"""What a group of reports says happened: when, where, what, how many, how surely.

Where anything was observed, claims are counted and named but move nothing. Places
combine by precision (`where`); the scatter of sources that share an error, such as one
gazetteer, is not seen, so no radius falls below a floor.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from pamiers.core.canonical import canonical_bytes
from pamiers.core.evidence import Bits, Probability, bits, weigh
from pamiers.core.geodesy import destination
from pamiers.core.kind import EVENT, is_a
from pamiers.core.rows import ATTRIBUTES, read_extra, shape_text
from pamiers.fusion.actors import actors_of
from pamiers.fusion.member import NONE, Report, member_id
from pamiers.fusion.model import CREDIBILITY_BITS, FusionModel
from pamiers.fusion.strands import LEAVES
from pamiers.fusion.where import Spot, fused_place

#: the least share of a kind that is told
LEAST_SHARE: Final = 0.001
_QUANTUM: Final = 2.0**20
#: words that name no weapon
_VAGUE: Final = frozenset({"", "unknown", "undetermined", "undetermined weapon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one voice adds to the belief that an incident happened."""

    voice: str
    member: str  #: `source:key` of its weightiest report
    letter: str  #: Admiralty letter, or `claim`
    bits: float  #: [bit]; 0 or more


def incident_key(members: Sequence[str]) -> str:
    """Return the id of an incident: a digest of its members, in any order."""
    text = "; ".join(sorted(members))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def voices_of(
    reports: Sequence[Report], model: FusionModel, repeats: Mapping[str, str] = NONE
) -> tuple[Voice, ...]:
    """Return what each independent voice adds; a voice adds only once.

    Args:
        reports: Reports of one incident, as rows.
        model: For the weights.
        repeats: Report -> the one of the same incident that it repeats, and so
            adds nothing to.

    Returns:
        Voices, ordered by name. Reports of two sources in the very same words
        count as one voice, that of the first by name.
    """
    best: dict[str, Voice] = {}
    told: dict[str, str] = {}
    here = {member_id(report): report for report in reports}
    for member, report in sorted(here.items()):
        if repeats.get(member) in here:
            continue
        heard = _voice(report, model)
        name = told.setdefault(report["text"], heard.voice) if report["text"] else ""
        name = name or heard.voice
        if name not in best or heard.bits > best[name].bits:
            best[name] = heard
    return tuple(best[name] for name in sorted(best))


def _voice(report: Report, model: FusionModel) -> Voice:
    claimed = report["standing"] == "claimed"
    source, given = report["source"], report["reliability"]
    letter = model.letter(source, given)
    lone = model.lone(source, given, claimed=claimed)
    return Voice(
        voice=model.voice(source, claimed=claimed),
        member=member_id(report),
        letter="claim" if claimed else letter,
        bits=added_bits(lone, model.prior, report["credibility"]),
    )


@lru_cache(maxsize=256)
def added_bits(lone: float, prior: float, credibility: str | None) -> float:
    """Return what a report adds to the belief in an incident, 0 or more [bit].

    Args:
        lone: Probability that a lone report of its source is true.
        prior: Probability of an incident nobody reported.
        credibility: Admiralty figure of the piece; None where it has none.

    Returns:
        A multiple of 2**-20 bit.
    """
    weight = bits(lone * (1.0 - prior) / ((1.0 - lone) * prior))
    weight = Bits(weight + CREDIBILITY_BITS.get(credibility or "", 0.0))
    return round(max(weight, 0.0) * _QUANTUM) / _QUANTUM


def probability_of(voices: Sequence[Voice], model: FusionModel) -> float:
    """Return the probability that an incident happened, from its voices.

    Claims by parties that accuse each other are two voices; a thousand claims by
    one party are one.
    """
    added = weigh(Probability(model.prior), [Bits(v.bits) for v in voices])
    return round(added, 6)


def incident_of(
    reports: Sequence[Report], model: FusionModel, repeats: Mapping[str, str] = NONE
) -> dict[str, Any]:
    """Return the columns of an incident made of one or more reports.

    Args:
        reports: Rows of one incident, as mappings; at least one.
        model: Declared assumptions.
        repeats: Report -> the report that it repeats.

    Returns:
        Values by column of `core.rows.Incident`.
    """
    rows = sorted(reports, key=lambda r: (_radius(r), member_id(r)))
    seen = [r for r in rows if r["standing"] == "observed"]
    telling = seen or rows
    names = sorted(member_id(r) for r in rows)
    first = telling[0]
    start, end = _interval(telling)
    return {
        "source": "pamiers",
        "key": incident_key(names),
        "start": start,
        "end": end,
        **_place(telling),
        "place": next((r["place"] for r in telling if r["place"]), None),
        "region": next((r["region"] for r in telling if r["region"]), None),
        "text": first["text"] if len(rows) == 1 else None,
        "cite": _joined(r["cite"] for r in rows),
        "kind": kind_of([r["kind"] for r in telling]),
        "kinds": canonical_bytes(kinds_of(telling)).decode(),
        **_count(telling),
        "weapons": _weapons(telling),
        "calibre_mm": _agreed(telling, "calibre_mm"),
        "control": _agreed(telling, "control"),
        "actor": _agreed(telling, "actor"),
        "actors": _whose(rows, model, repeats),
        "probability": probability_of(voices_of(rows, model, repeats), model),
        "observed": len(seen),
        "claimed": len(rows) - len(seen),
        "sources": "; ".join(sorted({r["source"] for r in rows})),
        "members": "; ".join(names),
        "extra": _extra(telling),
    }


def _whose(
    rows: Sequence[Report], model: FusionModel, repeats: Mapping[str, str]
) -> str | None:
    """Return how likely each did it, canonical JSON; None where nobody is named."""
    found = actors_of(rows, model, repeats)
    return canonical_bytes(found).decode() if found else None


def _radius(report: Report) -> float:
    """Return how well a report knows the place; infinite without one [m]."""
    radius = report["radius_m"] if report["lon"] is not None else None
    return math.inf if radius is None or report["lat"] is None else float(radius)


def _interval(rows: Sequence[Report]) -> tuple[int, int]:
    """Return what all intervals share, or the hull where they share nothing."""
    start, end = max(r["start"] for r in rows), min(r["end"] for r in rows)
    if start < end:
        return start, end
    return min(r["start"] for r in rows), max(r["end"] for r in rows)


def _place(rows: Sequence[Report]) -> dict[str, Any]:
    """Return where; a single place is kept as given, where nothing is learned."""
    placed = [r for r in rows if math.isfinite(_radius(r))]
    if not placed:
        return {name: rows[0][name] for name in ("lon", "lat", "radius_m", "shape")}
    spots = [_spot(row) for row in placed]
    if len(spots) == 1:
        (one,) = spots
        return {
            "lon": one.lon,
            "lat": one.lat,
            "radius_m": one.radius_m,
            "shape": one.shape if one.wider == 1.0 else None,
        }
    found = fused_place(spots)
    return {
        "lon": found.lon,
        "lat": found.lat,
        "radius_m": found.radius_m,
        "shape": shape_text(found.shape),
    }


def _spot(row: Report) -> Spot:
    """Return a report's place as it is believed: shifted back, its error learned."""
    lon, lat = float(row["lon"]), float(row["lat"])
    east, north = row.get("east_m", 0.0), row.get("north_m", 0.0)
    if east or north:
        turn = math.degrees(math.atan2(-east, -north))
        lons, lats = destination(lon, lat, turn, math.hypot(east, north))
        lon, lat = round(float(lons), 7), round(float(lats), 7)
    wider = float(row.get("wider", 1.0))
    radius = _radius(row) if wider == 1.0 else round(_radius(row) * wider, 1)
    return Spot(lon=lon, lat=lat, radius_m=radius, shape=row["shape"], wider=wider)


def kinds_of(rows: Sequence[Report]) -> dict[str, float]:
    """Return how likely each kind is, from what each report is believed to mean.

    Args:
        rows: Reports that tell of the incident; at least one.

    Returns:
        Shares of a thousandth and more, the largest first; they sum to nearly 1.
    """
    stated = [row["means"] for row in rows if row.get("means") is not None]
    if not stated:
        return {kind_of([row["kind"] for row in rows]): 1.0}
    logs = np.log(np.maximum(np.array(stated), 1e-12)).sum(axis=0)
    shares = np.exp(logs - logs.max())
    shares = shares / shares.sum()
    order = sorted(range(len(LEAVES)), key=lambda k: (-shares[k], LEAVES[k]))
    found = {LEAVES[k]: round(float(shares[k]), 4) for k in order}
    return {kind: share for kind, share in found.items() if share >= LEAST_SHARE}


def kind_of(kinds: Sequence[str]) -> str:
    """Return the most specific kind that all agree on.

    Args:
        kinds: Kinds of the members; at least one.

    Returns:
        The most specific of kinds that contain one another (`burst` of `fire` and
        `burst`); the family of kinds that differ within it (`fire` of `burst` and
        `explosion`); `fire` where harm is told beside fire; else `other`.
    """
    if len(set(kinds)) == 1:
        return kinds[0]
    told = [k for k in kinds if k not in {"other", "any"}]
    if not told:
        return "other" if "other" in kinds else "any"
    fire = [k for k in told if is_a(k, "fire")]
    told = fire or told
    for kind in sorted(set(told)):
        if all(is_a(kind, other) for other in told):
            return kind
    return next(
        (f for f in _FAMILIES if all(is_a(kind, f) for kind in told)),
        "other",
    )


_FAMILIES: Final = ("fire", "harm", "presence", "movement", "flight", "restriction")


_COUNTS: Final = ("count", "count_low", "count_high")


def _count(rows: Sequence[Report]) -> dict[str, int | None]:
    """Return the middle best figure and the widest range that is stated."""
    if all(r[name] is None for r in rows for name in _COUNTS):
        return dict.fromkeys(_COUNTS)
    best = sorted(r["count"] for r in rows if r["count"] is not None)
    lows = [_first(r["count_low"], r["count"]) for r in rows]
    stated = [low for low in lows if low is not None]
    middle = best[(len(best) - 1) // 2] if best else None
    if not stated and middle is None:
        return {"count": None, "count_low": None, "count_high": _top(rows)}
    return {
        "count": middle,
        "count_low": min(stated, default=middle),
        "count_high": _top(rows),
    }


def _top(rows: Sequence[Report]) -> int | None:
    """Return the highest figure stated; None for "or more", or where none is."""
    if any(r["count_low"] is not None and r["count_high"] is None for r in rows):
        return None
    tops = [_first(r["count_high"], r["count"]) for r in rows]
    return max((top for top in tops if top is not None), default=None)


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def weapon_words(text: str | None) -> frozenset[str]:
    """Return the weapons that a list names; vague words name none."""
    words = {part.strip().lower() for part in (text or "").split(";")}
    return frozenset(words - _VAGUE)


def _weapons(rows: Sequence[Report]) -> str | None:
    """Return every weapon named, each once, in the words given."""
    words: dict[str, str] = {}
    for row in rows if any(row["weapons"] for row in rows) else ():
        for part in (row["weapons"] or "").split(";"):
            words.setdefault(part.strip().lower(), part.strip())
    named = weapon_words(";".join(words))
    kept = sorted(named) if named else sorted(set(words) - {""})
    return "; ".join(words[word] for word in kept) or None


def _agreed(rows: Sequence[Report], field: str) -> Any:  # noqa: ANN401 - a column
    """Return what all rows that state a field state; None where they differ."""
    values = {r[field] for r in rows if r[field] is not None}
    return values.pop() if len(values) == 1 else None


def _extra(rows: Sequence[Report]) -> str | None:
    """Return the attributes that all rows that state them agree on, canonical JSON.

    Of an event that only an agreement knows every attribute is kept; of others
    those that conditions may ask for.
    """
    stated: dict[str, set[str]] = {}
    for row in rows:
        every = row["kind"].startswith(EVENT)
        for name, value in read_extra(row["extra"]).items():
            if every or name in ATTRIBUTES:
                stated.setdefault(name, set()).add(value)
    agreed = {name: each.pop() for name, each in stated.items() if len(each) == 1}
    return canonical_bytes(agreed).decode() if agreed else None


def _joined(values: Any) -> str | None:  # noqa: ANN401 - any iterable of columns
    return "; ".join(sorted({v for v in values if v})) or None
