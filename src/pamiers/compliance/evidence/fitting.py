"""How surely a tally counts what is asked for: by its class, party and place."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import (
    AllOf,
    Clause,
    InZones,
    Matter,
    OutsideZones,
    Reading,
    Where,
)
from pamiers.agreement.values.expression import attributes_of
from pamiers.agreement.zones import Zone
from pamiers.compliance.evidence.ground import Site, drawn_since
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Bounds,
    Value,
    satisfies,
    typed,
)
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.sites import Lie, classes_lie, parts_of
from pamiers.core.rows import Tally, read_extra

#: share of a zone that its drawing may be off without a meaning
_SLIVER: Final = 1e-3
_PERSONS: Final = "persons"


def fits(
    row: Tally, counted: Matter, reading: Reading, clause: Clause, register: Register
) -> Bounds:
    """Return bounds on the probability that a tally counts what is asked for.

    Args:
        row: The tally.
        counted: What is asked for: class, whose, where, under which condition.
        reading: Whom it binds, and in which unit it counts.
        clause: Says whose conduct is theirs.
        register: What is on record.

    Returns:
        (1, 1), (0, 0), or bounds between where the tally leaves it open.
    """
    parts = (
        _of_class(row, counted, reading, register),
        _of_party(row, counted, reading, clause, register),
        satisfies(counted.condition, _known(row)),
        _here(row, counted.where, register),
    )
    low = min(part[0] for part in parts)
    return (low, min(part[1] for part in parts))


def _here(row: Tally, where: Where, register: Register) -> Bounds:
    """Return whether a tally is of where a clause holds; it is where it says it is."""
    zones = register.agreement.zones
    named = zones.get(row.place or "")
    match where:
        case InZones(asked) if named is not None:
            return _part_of(named, [zones[each] for each in asked])
        case OutsideZones(asked) if named is not None:
            low, high = _part_of(named, [zones[each] for each in asked])
            return 1.0 - high, 1.0 - low
        case AllOf(parts):
            each = [_here(row, part, register) for part in parts]
            return min(one[0] for one in each), min(one[1] for one in each)
        case _:
            site = Site(where, None, drawn_since(register.agreement, row.start))
            return register.ground.holds(site, row.at, row.region, row.party)


def _part_of(named: Zone, asked: Sequence[Zone]) -> Bounds:
    """Return whether a zone is one of some, or lies in them."""
    if any(each.id == named.id for each in asked):
        return YES
    return lies_in(named.shape, shapely.union_all([each.shape for each in asked]))


def lies_in(one: BaseGeometry, whole: BaseGeometry) -> Bounds:
    """Return whether what is somewhere in one area, or at a point, is in another."""
    if one.area == 0.0:
        return YES if shapely.intersects(one, whole) else NO
    shared = shapely.intersection(one, whole).area / one.area
    if shared >= 1.0 - _SLIVER:
        return YES
    return NO if shared <= _SLIVER else OPEN


def _of_class(
    row: Tally, counted: Matter, reading: Reading, register: Register
) -> Bounds:
    if not counted.classes:
        persons = reading.bound is not None and reading.bound.unit == _PERSONS
        return YES if persons == (row.of == _PERSONS) else NO
    if row.of in counted.classes:
        return YES
    known, said = register.agreement.classes, _known(row)
    if row.of not in known:
        asked = (known[name] for name in counted.classes)
        answers = [each.holds(kind=row.of, also=said) for each in asked]
        return YES if True in answers else OPEN if None in answers else NO
    lies = {classes_lie(row.of, name, known, said) for name in counted.classes}
    each = parts_of(known[row.of])
    whole = all(any(p.within(n, known) for n in counted.classes) for p in each)
    if whole or lies & {Lie.SAME, Lie.PART}:
        return YES
    return NO if lies == {Lie.APART} else OPEN


def _of_party(
    row: Tally, counted: Matter, reading: Reading, clause: Clause, register: Register
) -> Bounds:
    who = register.bound(reading, clause)
    if counted.by:
        who = register.agreement.meant_by(counted.by)
    elif _names_its_actor(counted, register):
        return YES if row.party or row.of in counted.classes else OPEN
    if row.party is None:
        everyone = who >= frozenset(register.agreement.party_ids)
        return YES if everyone or len(reading.bearers) <= 1 else OPEN
    return YES if row.party in who else NO


def _names_its_actor(counted: Matter, register: Register) -> bool:
    """Tell whether every class that is counted says itself whose it is."""
    classes = register.agreement.classes
    asked = [classes[name].where for name in counted.classes if name in classes]
    own = [one is not None and "actor" in attributes_of(one) for one in asked]
    return bool(own) and all(own)


def _known(row: Tally) -> dict[str, Value]:
    found = typed(read_extra(row.extra))
    stated = row.count if row.count is not None else row.count_low
    own = {"kind": row.of, "status": row.status, "actor": row.party, "ref": row.ref}
    counted: dict[str, Value] = {} if stated is None else {"count": float(stated)}
    return {**found, **counted, **{k: v for k, v in own.items() if v is not None}}
