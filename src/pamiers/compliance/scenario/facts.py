"""From the facts of a scenario to the rows that judgements read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.position import parse_position
from pamiers.agreement.values.quantity import parse_quantity
from pamiers.compliance.scenario.names import check_doer, check_names
from pamiers.compliance.scenario.written import UNKNOWN, Fact
from pamiers.compliance.world import World
from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import MalformedSourceError, PamiersError, Where
from pamiers.core.geodesy import distance_m
from pamiers.core.instant import calendar_day, parse_instant, zone
from pamiers.core.kind import EVENT, KINDS
from pamiers.core.place import Area
from pamiers.core.rows import (
    NOT_KNOWN,
    Coverage,
    Incident,
    Observation,
    Row,
    Statement,
    Tally,
    Total,
    read_shares,
    shape_text,
)
from pamiers.core.source import Source
from pamiers.core.table import Table, table_of
from pamiers.fusion.fuse import fuse
from pamiers.fusion.model import FusionModel

#: where a scenario does not say how surely an incident happened
USUAL: Final = 0.97
#: radius of a place where a scenario states none [m]
RADIUS_M: Final = 100.0
_TICK: Final = timedelta(microseconds=1)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNT: Final = re.compile(r"(\d+)(?: to (\d+)| (or more))?")
_CATEGORY: Final = {
    "invoked": "exemption:",
    "not done": "not-done:",
    "not state": "not-state:",
    "notice": "notice",
    "statement": "",
}
_TABLES: Final = {
    "incident": "incidents",
    "coverage": "coverage",
    "total": "totals",
    "tally": "tallies",
    "statement": "statements",
    "observation": "observations",
}
_Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Version:
    """What a fact says from one time of knowledge on; None: it was withdrawn."""

    id: str
    row: Row | None
    known_at: datetime


def versions_of(
    facts: Sequence[Fact],
    agreement: Agreement,
    file: str,
    sources: Collection[str] | None = None,
) -> tuple[Version, ...]:
    """Return what the facts of a scenario say, and from when it is known.

    Args:
        facts: In the order of the scenario.
        agreement: Gives zones, events and the time zone.
        file: Name of the scenario, for messages.
        sources: Ids of the sources that the agreement describes; None: not told, and
            then whose acts are is not asked.

    Returns:
        One version a fact, and one a correction or retraction.

    Raises:
        MalformedSourceError: A value that cannot be read, with its line.
    """
    writer = _Writer(agreement, sources)
    by_id = {fact.id: fact for fact in facts}
    found = []
    for fact in facts:
        try:
            found.append(_version(fact, by_id, writer))
        except (PamiersError, ValueError, TypeError, KeyError) as error:
            raise MalformedSourceError(
                Where(file, line=fact.line, field=fact.form),
                expected=getattr(error, "expected", "a fact that can be read"),
                got=getattr(error, "got", str(error)),
                remedy=getattr(error, "remedy", "Correct the fact."),
            ) from error
    return tuple(found)


def _version(fact: Fact, by_id: Mapping[str, Fact], writer: "_Writer") -> Version:
    if fact.form in {"retraction", "correction"}:
        known = writer.instant(fact.keys["known"])
        first = by_id[fact.about]
        if fact.form == "retraction":
            return Version(first.id, None, known)
        keys = {**first.keys, **fact.keys}
        changed = replace(first, keys={**keys, "id": first.id})
        return Version(first.id, writer.row(changed), known)
    row = writer.row(fact)
    return Version(fact.id, row, writer.known(fact, row))


def world_at(
    versions: Iterable[Version], at: datetime, sources: Mapping[str, Source]
) -> World:
    """Return what is known at an instant.

    Args:
        versions: What facts say, in any order.
        at: Instant.
        sources: Described by the agreement.

    Returns:
        Of each fact the last version known by then, observations fused.
    """
    standing: dict[str, Version] = {}
    for each in sorted(versions, key=lambda v: v.known_at):
        if each.known_at <= at:
            standing[each.id] = each
    kept = [each.row for each in standing.values() if each.row is not None]
    rows: dict[str, list[Row]] = {kind: [] for kind in _TABLES}
    for row in kept:
        rows[type(row).__name__.lower()].append(row)
    tables: dict[str, Any] = {
        name: table_of(kind, rows[kind]) for kind, name in _TABLES.items()
    }
    fused = _fused(tables["observations"], sources)
    tables["incidents"] = table_of("incident", [*rows["incident"], *fused])
    return World(sources=sources, **tables)


def _fused(observations: Table, sources: Mapping[str, Source]) -> list[Row]:
    found = fuse(observations, FusionModel(sources=sources)).incidents
    return list(found.views())


@dataclass(frozen=True, slots=True)
class _Writer:
    agreement: Agreement
    sources: Collection[str] | None

    def row(self, fact: Fact) -> Row:
        check_names(fact, self.agreement)
        if self.sources is not None:
            check_doer(fact, self.agreement, self.sources)
        forms: dict[str, Callable[[Fact], Row]] = {
            "incident": self._incident,
            "observation": self._observation,
            "coverage": self._coverage,
            "total": self._total,
            "tally": self._tally,
        }
        return forms.get(fact.form, self._statement)(fact)

    def known(self, fact: Fact, row: Row) -> datetime:
        if "known" in fact.keys:
            return self.instant(fact.keys["known"])
        if isinstance(row, Statement):
            known = row.given_at or row.start
        else:
            known = row.end if isinstance(row, Observation | Incident) else row.start
        if known is None:
            raise _misfit("a time", "none")
        return known

    def instant(self, value: object) -> datetime:
        start, _ = self.span(value)
        return start

    def span(self, value: object) -> tuple[datetime, datetime]:
        """Return the interval that a date, or the tick that an instant, stands for."""
        text = str(value)
        if _DAY.fullmatch(text):
            day = calendar_day(date.fromisoformat(text), zone(self.agreement.time_zone))
            return day.start, day.end
        at = parse_instant(text)
        return at, at + _TICK

    def _when(self, fact: Fact, least: timedelta = _TICK) -> tuple[datetime, datetime]:
        start, end = self._span(fact)
        if start is None:
            raise _misfit("at, or from and until", "neither")
        return start, max(end or start, start + least)

    def _span(self, fact: Fact) -> _Span:
        keys = fact.keys
        if "at" in keys:
            return self.span(keys["at"])
        start = self.instant(keys["from"]) if "from" in keys else None
        if "until" not in keys:
            return start, None
        until = str(keys["until"])
        end = self.span(until)[1] if _DAY.fullmatch(until) else self.instant(until)
        return start, end

    def _where(self, fact: Fact) -> dict[str, Any]:
        keys = fact.keys
        named = keys.get("place", keys.get("zone"))
        found: dict[str, Any] = {"region": _text(keys.get("sector"))}
        if named is None:
            return found
        if str(named) in self.agreement.zones:
            point = self.agreement.zones[str(named)].shape.representative_point()
            found |= {"lon": point.x, "lat": point.y, "place": str(named)}
        else:
            at = parse_position(str(named))
            found |= {"lon": at.lon, "lat": at.lat}
        radius = keys.get("radius")
        metres = parse_quantity(str(radius), "length").base if radius else RADIUS_M
        return found | {"radius_m": metres}

    def _watched(self, fact: Fact) -> dict[str, Any]:
        """Return where was watched: of a zone the whole of it, as it is drawn."""
        zone_id = str(fact.keys.get("zone", ""))
        found = self._where(fact)
        if zone_id not in self.agreement.zones:
            return found
        shape = self.agreement.zones[zone_id].shape
        parts = [part for part in getattr(shape, "geoms", [shape]) if part.area > 0.0]
        ring = max(parts, key=lambda part: part.area).exterior.coords
        area = Area(ring=tuple((float(lon), float(lat)) for lon, lat, *_ in ring))
        away = distance_m(
            found["lon"], found["lat"], *np.array(area.ring, dtype=np.float64).T
        )
        return found | {"radius_m": float(np.max(away)), "shape": shape_text(area)}

    def _happened(self, fact: Fact) -> dict[str, Any]:
        start, end = self._when(fact, _MINUTE)
        keys = fact.keys
        calibre = keys.get("calibre")
        size = parse_quantity(str(calibre), "length").base if calibre else None
        return {
            "key": fact.id,
            "start": start,
            "end": end,
            "kind": _kind(fact.about),
            **self._where(fact),
            **counts(keys.get("count")),
            "weapons": _text(keys.get("weapons")),
            "calibre_mm": None if size is None else size * 1000.0,
            "control": _text(keys.get("control")),
            **_whose(fact),
            "extra": _extra(fact),
        }

    def _incident(self, fact: Fact) -> Row:
        claimed = _truth(fact.keys.get("claimed"))
        source = str(fact.keys.get("by", "monitor"))
        return Incident(
            source="pamiers",
            **self._happened(fact),
            probability=_number(fact.keys.get("probability", USUAL)),
            observed=int(not claimed),
            claimed=int(claimed),
            sources=source,
            members=f"{source}:{fact.id}",
        )

    def _observation(self, fact: Fact) -> Row:
        claimed = _truth(fact.keys.get("claimed"))
        return Observation(
            source=str(fact.keys.get("by", "monitor")),
            standing="claimed" if claimed else "observed",
            **self._happened(fact),
        )

    def _coverage(self, fact: Fact) -> Row:
        start, end = self._when(fact)
        keys = fact.keys
        status = "observed"
        if "denied" in keys:
            status = "denied"
        elif _truth(keys.get("degraded")):
            status = "degraded"
        given = keys.get("detection")
        return Coverage(
            source=str(keys.get("by", fact.about)),
            key=fact.id,
            start=start,
            end=end,
            **self._watched(fact),
            status=status,
            means=_text(keys.get("means")),
            watched=str(keys.get("watched", "any")),
            detection=None if given is None else _number(given),
            denied_by=str(keys["denied"]) if status == "denied" else None,
        )

    def _total(self, fact: Fact) -> Row:
        start, end = self._when(fact)
        return Total(
            source=str(fact.keys.get("by", "monitor")),
            key=fact.id,
            start=start,
            end=end,
            kind=_kind(fact.about),
            **self._where(fact),
            **counts(fact.keys.get("count")),
        )

    def _tally(self, fact: Fact) -> Row:
        start, end = self._when(fact)
        keys = fact.keys
        return Tally(
            source=str(keys.get("by", "monitor")),
            key=fact.id,
            start=start,
            end=end,
            of=fact.about,
            party=_text(keys.get("party")),
            status=str(keys.get("status", "present")),
            cumulative=_truth(keys.get("cumulative")),
            ref=_text(keys.get("ref")),
            extra=_extra(fact),
            **self._where(fact),
            **counts(keys.get("count")),
        )

    def _statement(self, fact: Fact) -> Row:
        start, end = self._span(fact)
        keys = fact.keys
        given = keys.get("given")
        lead = _CATEGORY.get(fact.form, f"{fact.form}:")
        notice = fact.form == "notice"
        kind = fact.about if notice else _text(keys.get("kind"))
        return Statement(
            source=_text(keys.get("by")) or "record",
            key=fact.id,
            category=lead if notice else f"{lead}{fact.about}",
            start=start,
            end=end,
            text=str(keys.get("text", keys.get("note", fact.about))),
            cite=_text(keys.get("cite")),
            actor=_text(keys.get("actor", keys.get("by"))),
            to=_text(keys.get("to", keys.get("of"))),
            kind=None if kind is None else _kind(kind),
            ref=_text(keys.get("ref")),
            given_at=None if given is None else self.instant(given),
            extra=_extra(fact),
            **self._where(fact),
        )


def _whose(fact: Fact) -> dict[str, Any]:
    """Return who did it: a name, or of an incident a share for each of some."""
    named = fact.keys.get("actor")
    if not isinstance(named, Mapping):
        return {"actor": _text(named)}
    if fact.form != "incident":
        raise _misfit(f"one name as the actor of an {fact.form}", repr(dict(named)))
    shares = {_name(name): _share(share) for name, share in named.items()}
    actors = canonical_bytes(shares).decode()
    told = read_shares(actors, None)
    return {"actor": told[0][0] or None if len(told) == 1 else None, "actors": actors}


def _name(value: object) -> str:
    return NOT_KNOWN if value == UNKNOWN else str(value)


def _share(value: object) -> float:
    """Return a share given as a number or in percent, such as 0.8 or '80 %'."""
    found = _PERCENT.fullmatch(str(value))
    return float(found[1]) / 100.0 if found else _number(value)


def counts(value: object) -> dict[str, Any]:
    """Return the columns of a count such as `3`, `2 to 5` or `3 or more`.

    Raises:
        MalformedSourceError: Another form.
    """
    if value is None:
        return {}
    found = _COUNT.fullmatch(str(value))
    if found is None:
        raise _misfit("a count such as 3, '2 to 5' or '3 or more'", repr(value))
    least = int(found[1])
    if found[2]:
        return {"count_low": least, "count_high": int(found[2])}
    return {"count_low": least} if found[3] else {"count": least}


def _kind(name: str) -> str:
    return name if name in KINDS or name.startswith(EVENT) else f"{EVENT}{name}"


_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")


def _number(value: object) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise _misfit("a number", repr(value))


def _truth(value: object) -> bool:
    return value in {True, "yes"}


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return str(value)


def _extra(fact: Fact) -> str | None:
    given = fact.keys.get("attributes")
    named = dict(given) if isinstance(given, Mapping) else {}
    found = {str(name): _plain(value) for name, value in named.items()}
    if "ref" in fact.keys and fact.form in {"incident", "observation"}:
        found["ref"] = str(fact.keys["ref"])
    return canonical_bytes(found).decode() if found else None


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _misfit(expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        "fact", expected=expected, got=got, remedy="Correct the fact."
    )
