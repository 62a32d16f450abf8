"""Counts of parts: of a town in a zone, of one class of several, of one of two."""

from dataclasses import replace
from itertools import product
from random import Random

from shapely.geometry import box

from pamiers.agreement.model import Everywhere, InZones, Verb, Where
from pamiers.agreement.model.whole import Sector
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.agreement.zones import Zone
from pamiers.core.rows import Incident, Row, Tally
from tests.property.compliance.reference import draw

HOUR = draw.HOUR
Problem = draw.Problem
#: what is drawn of a zone: a town in it, the rest of it, what is around it, and beside
AREAS = {
    "zone": box(37.0, 48.0, 38.0, 49.0),
    "town": box(37.0, 48.0, 37.4, 49.0),
    "rest": box(37.4, 48.0, 38.0, 49.0),
    "around": box(36.5, 47.5, 38.0, 49.0),
    "away": box(38.5, 48.0, 39.0, 49.0),
}
SECTORS = tuple(
    Sector(id=name, title={"en": name}, zone=Zone(id=name, title={}, shape=shape))
    for name, shape in (
        ("west", box(36.2, 47.2, 37.4, 49.3)),
        ("east", box(37.4, 47.2, 38.2, 49.3)),
    )
)


def parted(rng: Random, posed: Problem) -> Problem:
    """Let counters count a part: a town of a zone, one class or kind of several."""
    zones = {name: Zone(id=name, title={}, shape=AREAS[name]) for name in AREAS}
    known = posed.rules.classes
    arms = WeaponClass(id="arms", title={}, any_of=(known["tanks"], known["guns"]))
    clause = posed.rules.clauses[0]
    places: list[Where] = [
        Everywhere(),
        InZones(("zone",)),
        InZones(("town", "away")),
    ]
    where = rng.choice(places)
    of = rng.choice([("tanks",), ("tanks", "guns"), ("arms",), ("guns",)])
    reading = replace(clause.default, where=where, classes=of)
    ban = clause.verb is Verb.FORBID
    by_sector = ban and rng.random() < 0.5
    rows: list[Row] = [
        row for row in posed.rows if not isinstance(row, Tally | Incident)
    ]
    for counter in ("club", "paper"):
        rows += _of_parts(rng, posed, counter)
    rules = replace(
        posed.rules,
        clauses=(replace(clause, readings=(reading,)), *posed.rules.clauses[1:]),
        zones=zones,
        sectors=SECTORS if by_sector else (),
        classes={**known, "arms": arms},
    )
    return replace(posed, rules=rules, rows=draw.known(rows, posed.known_at))


def _of_parts(rng: Random, posed: Problem, counter: str) -> list[Row]:
    """Return what one counter tells of some parts, mostly of all of a day and none."""
    somewhere = ("zone", "zone", "town", "rest", "around", "away", "depot")
    places = rng.choice([(None,), somewhere, ("town", "rest"), ("town", "away")])
    of = rng.choice([("tank",), ("tank", "gun"), ("tanks", "guns"), ("arms", "gun")])
    party = rng.choice([(None,), ("A",), ("A", "B"), ("A", "M")])
    most = rng.choice([0, 0, 1, 5])
    every = rng.sample([*product(places, of, party)], rng.randint(0, len(of)))
    if rng.random() < 0.5:
        every = [*product(places, of, party)]
    return [
        Tally(
            source=counter,
            key=f"{counter}{i}",
            start=start,
            end=start + 24 * HOUR,
            of=kind,
            party=whose,
            place=place,
            status=posed.rules.clauses[0].default.status or "present",
            count=rng.randint(0, most),
        )
        for i, (place, kind, whose) in enumerate(dict.fromkeys(every))
        for start in [
            rng.choice([posed.day.start, posed.day.start + rng.randint(-20, 10) * HOUR])
        ]
    ]
