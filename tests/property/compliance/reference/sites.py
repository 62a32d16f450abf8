"""What tallies count, as sets of points, of kinds, and of parties.

Areas are laid on a lattice of points; a count of no place is of all of them and of all
else. A name that is nowhere drawn is a place of its own. Nothing is measured.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import product

from shapely import intersects_xy
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement, Everywhere, InZones, Matter, Subject
from pamiers.core.rows import Tally
from tests.property.compliance.reference.facts import Bench, kinds_in

Site = tuple[str | None, str, str | None]  #: place, what was counted, whose
Set = frozenset[object]
#: a lattice of which no point lies on an edge that is drawn
LATTICE = [
    (36.0 + 0.05 + 0.1 * i, 47.0 + 0.05 + 0.1 * j)
    for i, j in product(range(40), range(25))
]
ELSEWHERE = "elsewhere"


@cache
def _inside(shape: BaseGeometry) -> Set:
    return frozenset(spot for spot in LATTICE if intersects_xy(shape, *spot))


def ground_of(agreement: Agreement, place: str | None) -> Set:
    """Return the points of a place that a count names."""
    if place is None:
        return frozenset([*LATTICE, ELSEWHERE])
    zone = agreement.zones.get(place)
    if zone is None:
        return frozenset([("by name", place)])
    return _inside(zone.shape)


def asked_ground(bench: Bench, matter: Matter) -> Set:
    """Return the points on which a clause holds."""
    sector = sector_ground(bench)
    if isinstance(matter.where, Everywhere):
        return frozenset([*LATTICE, ELSEWHERE]) if sector is None else sector
    assert isinstance(matter.where, InZones)
    points = [ground_of(bench.agreement, name) for name in matter.where.zones]
    found = frozenset().union(*points)
    return found if sector is None else found & sector


def sector_ground(bench: Bench) -> Set | None:
    """Return the points of the sector that is judged; None: it is not broken down."""
    for each in bench.agreement.sectors:
        if each.id == bench.sector:
            return _inside(each.zone.shape)
    return None


def asked_kinds(bench: Bench, matter: Matter) -> Set:
    """Return the kinds that a clause speaks of; of a bare presence one with no name."""
    found = [kinds_in(bench.agreement, name) for name in matter.classes]
    if not found and matter.subject is Subject.STATE:
        return frozenset(["anything"])
    return frozenset().union(*found)


def fitting(bench: Bench, matter: Matter, site: Site) -> bool | None:
    """Tell whether what a site counts is asked for: all of it, none, or not known."""
    place, of, _ = site
    kinds, asked = kinds_in(bench.agreement, of), asked_kinds(bench, matter)
    if asked != {"anything"} and not kinds & asked:
        return False
    sure = asked == {"anything"} or kinds <= asked
    here = ground_of(bench.agreement, place)
    whole = replace(bench, sector=None)
    for ground in (asked_ground(whole, matter), sector_ground(bench)):
        if ground is None or ELSEWHERE in ground:
            continue
        if place in bench.agreement.zones and not here & ground:
            return False
        sure = sure and here <= ground
    return True if sure else None


def exact(bench: Bench, matter: Matter, site: Site) -> bool:
    """Tell whether all that a site counts is surely asked for."""
    return bool(fitting(bench, matter, site))


def tallies(bench: Bench, matter: Matter | None = None) -> list[Tally]:
    """Return the tallies of what is counted, of those who are bound."""
    counted = matter or bench.reading.matter
    rows = [row for row in bench.world.tallies.views() if isinstance(row, Tally)]
    counter = bench.rule.counter
    mine = [
        row
        for row in rows
        if row.status == (counted.status or "present")
        and row.start <= bench.ended
        and (counter is None or row.source == counter)
        and row.of != "persons"
        and fitting(bench, counted, (row.place, row.of, row.party)) is not False
        and (row.party in bench.who or row.party is None)
    ]
    return sorted(mine, key=lambda r: (r.start, f"{r.source}:{r.key}"))


def covers(bench: Bench, sites: set[Site]) -> bool:
    """Tell whether counts leave out nothing: no point, kind, or one who is bound."""
    matter = bench.reading.matter
    spots, kinds = asked_ground(bench, matter), asked_kinds(bench, matter)
    for bearer in bench.reading.bearers:
        own = {None, bearer, *bench.clause.answers_for}
        mine = [site for site in sites if site[2] in own]
        for kind in kinds:
            of_kind = [s for s in mine if kind in kinds_in(bench.agreement, s[1])]
            seen = [ground_of(bench.agreement, place) for place, *_ in of_kind]
            if not spots <= frozenset().union(*seen):
                return False
    return True


def covered(bench: Bench, sites: Iterable[Site], by: Iterable[Site]) -> bool:
    """Tell whether each point and kind of some sites is in others, of that party."""
    for site in sites:
        theirs = [o for o in by if o[2] in {None, site[2]}]
        asked = product(
            ground_of(bench.agreement, site[0]), kinds_in(bench.agreement, site[1])
        )
        seen = {
            each
            for place, of, _ in theirs
            for each in product(
                ground_of(bench.agreement, place), kinds_in(bench.agreement, of)
            )
        }
        # what is counted at a place that is nowhere drawn is in a count of no place
        if not all(e in seen or _by_name(e[0], e[1], theirs, bench) for e in asked):
            return False
    return True


def _by_name(spot: object, kind: str, by: Iterable[Site], bench: Bench) -> bool:
    return (
        isinstance(spot, tuple)
        and spot[0] == "by name"
        and any(
            place is None and kind in kinds_in(bench.agreement, of)
            for place, of, _ in by
        )
    )


def lie(bench: Bench, one: Site, other: Site) -> str:
    """Return how what one site counts lies to what another does."""
    told = {
        _places(bench, one[0], other[0]),
        _sets(*(kinds_in(bench.agreement, site[1]) for site in (one, other))),
        _parties(one[2], other[2]),
    } - {"same"}
    if "apart" in told:
        return "apart"
    if not told:
        return "same"
    return told.pop() if len(told) == 1 else "unknown"


def _parties(one: str | None, other: str | None) -> str:
    if one == other:
        return "same"
    if one is None or other is None:
        return "whole" if one is None else "part"
    return "apart"


def _places(bench: Bench, one: str | None, other: str | None) -> str:
    if one == other:
        return "same"
    if one is None or other is None:
        return "unknown"  # what is counted nowhere in particular may be anywhere
    return _sets(*(ground_of(bench.agreement, place) for place in (one, other)))


def _sets(one: Set, other: Set) -> str:
    if one == other:
        return "same"
    if not one & other:
        return "apart"
    if one < other or other < one:
        return "part" if one < other else "whole"
    return "unknown"


def beside(bench: Bench, matter: Matter, one: Site, other: Site) -> bool:
    """Tell whether a site has more than is asked for, and another just that of it."""
    place, _, whose = one
    return (
        (place, whose) == (other[0], other[2])
        and not exact(bench, matter, one)
        and exact(bench, matter, other)
        and kinds_in(bench.agreement, other[1]) == asked_kinds(bench, matter)
        and lie(bench, other, one) == "part"
    )
