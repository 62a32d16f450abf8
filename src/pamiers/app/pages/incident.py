"""One incident: on whose word, who watched there, what was said and decided of it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.app.incident_values import history, plain_decision
from pamiers.app.pages.readers import Reader
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.errors import UnknownTermError
from pamiers.core.geodesy import distance_m
from pamiers.core.instant import parse_instant
from pamiers.core.table import Table
from pamiers.mission.decided import Decision, decisions, in_force
from pamiers.mission.register import Held
from pamiers.mission.state import state
from pamiers.report.coarsen import WITHHELD, coarsened

Values = dict[str, Any]
_AROUND: Final = timedelta(hours=1)  #: before and after, of which a watch is told
_MOST_WATCHED: Final = 20
_WATCH: Final = frozenset(
    {"key", "start", "end", "means", "status", "watched", "place", "region", "source"}
    | {"radius_m", "detection"}
)


def incident(reader: Reader, key: str) -> Values:
    """Return all that is known of one incident.

    Args:
        reader: The mission as its reader sees it.
        key: Id of an incident, or another name of one.

    Returns:
        Its row, its reports as far as the edition shows them, who watched there then,
        and the findings that rest on it. For those who serve the commission also what
        was `said` of it over time, and what people `decided`; else None.

    Raises:
        UnknownTermError: There is no such incident.
    """
    held = reader.held.get(key)
    asked = held.last.alias_of if held and held.last.alias_of else key
    standing = next((r for r in reader.incidents if r["key"] == asked), None)
    if standing is None and held is not None:
        standing = _joined(reader, held)
        asked = asked if standing is None else standing["key"]
    if standing is None and held is None:
        raise UnknownTermError(
            "incident",
            expected="the id of an incident on record",
            got=repr(key),
            remedy="The list of incidents names them.",
        )
    members = reader.resting.get(asked, []) if standing else []
    now = reader.held.get(asked)
    return {
        "key": asked,
        "status": held.last.status if held else "new",
        "incident": standing,
        "reports": [_report(reader, each) for each in members],
        "watched": _watched(reader, standing) if standing else [],
        "findings": [
            _finding(reader, each) for each in reader.findings if asked in each.evidence
        ],
        **_desk(reader, asked, now, members),
    }


def _joined(reader: Reader, held: Held) -> Values | None:
    """Return the incident that its reports went to by a decision not yet fused."""
    went = set(held.last.members)
    if not went:
        return None
    found = (r for r in reader.incidents if went & set(reader.resting[r["key"]]))
    return next(found, None)


def _desk(reader: Reader, key: str, now: Held | None, members: list[str]) -> Values:
    """Return what is for those who serve the commission."""
    if not reader.edition.confidential:
        return {"said": None, "decided": None}
    said = {m for each in (now.said if now else ()) for m in each.members}
    reports = {*members, *said, *(now.own if now else ())}
    return {"said": history(now), "decided": _decided(reader, key, reports)}


def _decided(reader: Reader, key: str, reports: set[str]) -> list[Values]:
    """Return the decisions about an incident or its reports, and those undoing them."""
    shut = {f"{source}:{name}" for _, source, name in reader.mission.hidden}
    made = [
        each
        for each in decisions(reader.live)
        if shut.isdisjoint({*each.reports, *each.others})
    ]
    force = {each.entry for each in in_force(made)}
    about: list[Decision] = []
    for each in made:
        named = {*each.reports, *each.others}
        undoes = each.of in {one.entry for one in about}
        if key in each.incidents or named & reports or undoes:
            about.append(each)
    return [{**plain_decision(e), "in_force": e.entry in force} for e in about]


def _finding(reader: Reader, found: Any) -> Values:  # noqa: ANN401 - a Finding
    clause = reader.agreement.clause(found.clause)
    return {
        "key": found.key,
        "clause": found.clause,
        "verdict": found.verdict.value,
        "why": found.why.value,
        "cite": clause.cite,
        "probability_low": found.probability_low,
        "probability_high": found.probability_high,
        "attribution": found.attribution,
        "thresholds": asdict(clause.thresholds or reader.agreement.thresholds),
    }


def _watched(reader: Reader, standing: Values) -> list[Values]:
    """Return the watches that reached where and when it was, in order.

    A place that could not be watched is told as well: what was denied is no silence.
    """
    table = reader.told(state(reader.mission).tables["coverage"])
    # Held to where posts are told to stand: how far one truly was from this incident
    # and from that would, taken together, say where it is.
    shown = coarsened(table, reader.edition)
    if shown is None:
        return []
    near = canonical_lines(_near(shown, standing))[:_MOST_WATCHED]
    told = [orjson.loads(line) for line in near]
    return [{n: v for n, v in row.items() if n in _WATCH} for row in told]


def _near(table: Table, standing: Values) -> Table:
    start = parse_instant(standing["start"], "start") - _AROUND
    end = parse_instant(standing["end"], "end") + _AROUND
    held = pc.and_(
        pc.less(table.columns.column("start"), _stamp(table, "start", end)),
        pc.greater(table.columns.column("end"), _stamp(table, "end", start)),
    )
    then = table.where(held)
    if not len(then) or standing.get("lon") is None:
        return then
    lon, lat, reach = (
        then.columns.column(name).to_numpy() for name in ("lon", "lat", "radius_m")
    )
    apart = distance_m(lon, lat, standing["lon"], standing["lat"])
    #  a watch without a place is of a region: it is told, its place is not known
    inside = ~(apart > reach + float(standing.get("radius_m") or 0.0))
    return then.where(pa.array(inside))


def _stamp(table: Table, name: str, at: datetime) -> pa.Scalar:
    return pa.scalar(at, table.columns.column(name).type)


def _report(reader: Reader, member: str) -> Values:
    source, _, key = member.partition(":")
    row = reader.observations.get(member, {"key": key, "source": source})
    known = reader.sources.get(source)
    interested = bool(known and known.interested)
    if not reader.edition.names(source):
        named = {"source": WITHHELD, "source_name": WITHHELD, "key": ""}
        return {**row, **named, "interested": interested}
    name = known.name if known else source
    return {**row, "source_name": name, "interested": interested}
