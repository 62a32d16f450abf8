"""How many there are over time: steps of tallies, sums of sites, rival counters."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from pamiers.agreement.model import Bound, InZones, Matter, OutsideZones, Subject
from pamiers.agreement.values.weapon import Bounds, WeaponClass
from pamiers.compliance.evidence.levels import (
    Step,
    done_by,
    steps,
    turns,
)
from pamiers.compliance.evidence.papers import END
from pamiers.compliance.evidence.register import Register, register_of
from pamiers.compliance.evidence.rivals import level_at
from pamiers.compliance.evidence.sites import Counted, Lie, Sites
from pamiers.compliance.world import World
from pamiers.core.rows import Statement, Tally
from pamiers.core.table import table_of
from tests.unit.compliance import small

TICK = timedelta(microseconds=1)
SITES = Sites(small.agreement())
_KEYS = count()


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def tally(start: datetime, end: datetime, many: int | None, **more: object) -> Tally:
    given: dict[str, object] = {
        "source": "un",
        "key": f"t{next(_KEYS):03}",
        "start": start,
        "end": end,
        "of": "heavy",
        "status": "present",
        "count": many,
        "party": "A",
        "place": "west",
    }
    return Tally(**{**given, **more})  # type: ignore[arg-type]


def register(*rows: Tally) -> Register:
    known = World(
        incidents=table_of("incident", ()),
        coverage=table_of("coverage", ()),
        totals=table_of("total", ()),
        statements=table_of("statement", ()),
        sources={},
        tallies=table_of("tally", rows),
    )
    return register_of(known, small.agreement())


def told(*rows: Tally, bound: Bound | None = None, **changed: object) -> list[Step]:
    fields = {"classes": ("heavy",), "bound": bound or Bound(most=9.0), **changed}
    given = small.reading(subject=Subject.STOCK, kinds=(), bearers=("A",), **fields)
    return steps(given, small.clause(given), register(*rows))


def shown(found: list[Step]) -> list[tuple[datetime, datetime, float, float | None]]:
    return [(s.start, s.end, s.least, s.most) for s in found]


def test_a_count_holds_until_the_next_of_the_same_counter_and_site() -> None:
    found = told(
        tally(at(1), at(1, 1), 5),
        tally(at(3), at(3, 1), 7),
        tally(at(2), at(2, 1), 1, source="press"),
        tally(at(2), at(2, 1), 2, place="east"),
        tally(at(2), at(2, 1), 3, party="B"),
        tally(at(2), at(2, 1), 4, status="declared"),
    )
    assert shown(found) == [
        (at(1), at(3), 5.0, 5.0),
        (at(2), END, 1.0, 1.0),
        (at(2), END, 2.0, 2.0),
        (at(3), END, 7.0, 7.0),
    ]


def test_of_two_counts_of_one_instant_the_last_on_record_holds() -> None:
    found = told(
        tally(at(1), at(1, 1), 5), tally(at(1), at(1, 2), 6), tally(at(2), at(2, 1), 7)
    )
    assert shown(found) == [(at(1), at(2), 6.0, 6.0), (at(2), END, 7.0, 7.0)]


@pytest.mark.parametrize(
    ("lasts", "end"), [(3600.0 * 12, at(1, 12)), (3600.0, at(1, 6)), (1e6, at(3))]
)
def test_what_was_seen_stays_so_long_or_while_it_is_counted(
    lasts: float, end: datetime
) -> None:
    bound = Bound(most=9.0, presence_lasts_s=lasts)
    found = told(tally(at(1), at(1, 6), 5), tally(at(3), at(3, 1), 5), bound=bound)
    assert shown(found)[0] == (at(1), end, 5.0, 5.0)


def test_bounds_of_a_count() -> None:
    found = told(
        tally(at(1), at(1, 1), None, count_low=2, count_high=5),
        tally(at(2), at(2, 1), None, count_low=2),
        tally(at(3), at(3, 1), None, count_high=2),
        tally(at(4), at(4, 1), 0),
        tally(at(5), at(5, 1), 6, of="mortar"),
        tally(at(5), at(5, 1), 6, of="tank"),
        tally(at(5), at(5, 1), 6, of="persons"),
    )
    bounds = [(s.least, s.most) for s in found]
    assert bounds == [(2.0, 5.0), (2.0, None), (0.0, 2.0), (0.0, 0.0), (0.0, 6.0)]


def test_whose_it_is_may_be_open() -> None:
    nobody = tally(at(1), at(1, 1), 5, party=None)
    assert [(s.least, s.most) for s in told(nobody)] == [(5.0, 5.0)]
    given = small.reading(
        subject=Subject.STOCK, kinds=(), classes=("heavy",), bearers=("A", "B")
    )
    both = steps(given, small.clause(given), register(nobody))
    assert [(s.least, s.most) for s in both] == [(5.0, 5.0)]


@pytest.mark.parametrize(
    ("where", "place", "bounds"),
    [
        (InZones(("west",)), "west", [(5.0, 5.0)]),
        (InZones(("west",)), "east", []),
        (InZones(("west", "east")), "east", [(5.0, 5.0)]),
        (OutsideZones(("west",)), "west", []),
        (OutsideZones(("west",)), "east", [(5.0, 5.0)]),
    ],
)
def test_a_tally_is_of_where_it_says(
    where: object, place: str, bounds: list[tuple[float, float]]
) -> None:
    found = told(tally(at(1), at(1, 1), 5, place=place), where=where)
    assert [(s.least, s.most) for s in found] == bounds


def test_what_is_done_adds_up_from_when_the_clause_began() -> None:
    rows = (
        tally(at(1), at(2), 100, status="accepted"),
        tally(at(3), at(4), 5, status="accepted"),
        tally(at(4), at(5), None, status="accepted", count_low=1, count_high=3),
        tally(at(6), at(7), 20, status="accepted", cumulative=True),
        tally(at(7), at(8), None, status="accepted", count_low=1),
        tally(at(8), at(9), 30, status="accepted", cumulative=True),
    )
    found = told(*rows, status="accepted", from_at=at(2))
    assert level_at(found, at(3) - TICK, SITES) is None
    days = [(at(day - 1, 12), at(day) - TICK) for day in (4, 5, 7, 8, 9)]
    assert [[_span(found, when) for when in pair] for pair in days] == [
        [(0.0, 5.0), (5.0, 5.0)],  # some time in the day, and by its end
        [(5.0, 8.0), (6.0, 8.0)],
        [(6.0, 20.0), (20.0, 20.0)],
        [(20.0, None), (21.0, None)],
        [(21.0, 30.0), (30.0, 30.0)],
    ]
    assert _span(found, at(20)) == (30.0, 30.0)


def _span(found: list[Step], when: datetime) -> tuple[float, float | None]:
    level = level_at(found, when, SITES)
    assert level is not None
    return level.least, level.most


def test_what_was_done_at_one_instant_makes_one_step() -> None:
    rows = [tally(at(3), at(4), many, status="accepted") for many in (5, 6)]
    found = told(*rows, status="accepted", from_at=at(2))
    assert shown(found) == [
        (at(3), at(4) - TICK, 0.0, 11.0),
        (at(4) - TICK, END, 11.0, 11.0),
    ]
    assert done_by(rows[0]) == at(4) - TICK
    assert done_by(tally(at(3), at(3), 1)) == at(3)


def test_a_part_is_not_added_to_its_whole() -> None:
    west = Counted("w", "heavy", "A")
    whole = step("un", (1, 5), 10, 12)
    part = replace(step("un", (1, 5), 4, 4, "e"), part_of=frozenset({west}))
    assert _span([whole, part], at(2)) == (10, 12)
    more = replace(part, least=15, most=15)
    assert _span([whole, more], at(2)) == (15, 15)
    assert _span([replace(whole, most=None), more], at(2)) == (15, None)
    other = replace(step("un", (1, 5), 4, 4, "s"), part_of=frozenset({west}))
    assert _span([replace(whole, least=5), part, other], at(2)) == (8, 12)


def test_what_may_be_the_same_things_is_added_only_possibly() -> None:
    one = step("un", (1, 5), 10, 12)
    unsure = replace(step("un", (1, 5), 4, 4, "e"), unsure=frozenset({one.site}))
    assert _span([one, unsure], at(2)) == (10, 16)
    assert _span([one, step("un", (1, 5), 4, 4, "e")], at(2)) == (14, 16)


@pytest.mark.parametrize(
    ("one", "other", "lie"),
    [
        (("tanks", "west"), ("tanks", "west"), Lie.SAME),
        (("tanks", "west"), ("armour", "west"), Lie.PART),
        (("armour", "west"), ("tanks", "west"), Lie.WHOLE),
        (("tank", "west"), ("tanks", "west"), Lie.PART),
        (("tanks", "west"), ("armour", "east"), Lie.APART),
        (("tanks", "west"), ("armour", None), Lie.UNKNOWN),
        (("tanks", "depot"), ("tanks", "yard"), Lie.APART),
        (("tanks", "depot"), ("tanks", None), Lie.UNKNOWN),
        (("guns", "west"), ("tanks", "west"), Lie.APART),
        (("guns", "west"), ("big", "west"), Lie.UNKNOWN),
        (("both", "west"), ("tanks", "west"), Lie.WHOLE),
    ],
)
def test_how_what_is_counted_lies(
    one: tuple[str, str | None], other: tuple[str, str | None], lie: Lie
) -> None:
    def kinds(name: str, *kinds: str) -> WeaponClass:
        return WeaponClass(id=name, title={}, kinds=kinds)

    tanks = kinds("tanks", "tank")
    classes = {
        "tanks": tanks,
        "armour": kinds("armour", "tank", "apc"),
        "guns": kinds("guns", "gun", "mortar"),
        "big": WeaponClass(id="big", title={}, calibre_mm=Bounds(low=100.0)),
        "both": WeaponClass(id="both", title={}, any_of=(tanks, kinds("x", "gun"))),
    }
    sites = Sites(small.agreement(classes=classes))
    first, second = (Counted(place, of, "A") for of, place in (one, other))
    assert sites.lie(first, second) is lie


def test_a_party_is_part_of_everybody_and_a_point_of_its_zone() -> None:
    sites = Sites(small.agreement())
    mine, all_ = Counted("west", "heavy", "A"), Counted("west", "heavy", None)
    assert (sites.lie(mine, all_), sites.lie(all_, mine)) == (Lie.PART, Lie.WHOLE)
    assert sites.lie(mine, Counted("west", "heavy", "B")) is Lie.APART
    point = Counted(None, "heavy", "A", 37.5, 48.5)
    assert sites.lie(point, mine) is Lie.PART
    assert sites.lie(mine, point) is Lie.WHOLE
    assert sites.lie(point, Counted("east", "heavy", "A")) is Lie.APART
    assert sites.lie(point, Counted(None, "heavy", "A", 37.6, 48.5)) is Lie.APART


def test_what_is_left_out_is_left_out_of_every_kind() -> None:
    told = Statement(
        source="un", key="s", category="state:open", text="", start=at(1), end=at(2)
    )
    known = World(
        incidents=table_of("incident", ()),
        coverage=table_of("coverage", ()),
        totals=table_of("total", ()),
        statements=table_of("statement", [told]),
        sources={},
        tallies=table_of("tally", [tally(at(1), at(2), 3, key="t")]),
    )
    whole = register_of(known, small.agreement())

    def left(*keys: str) -> tuple[list[str], int]:
        found = whole.without(frozenset(keys))
        return [paper.key for paper in found.papers], len(found.tallies)

    assert left() == left("un:x") == (["un:s"], 1)
    assert left("un:s") == ([], 1)
    assert left("un:t") == (["un:s"], 0)


def test_a_condition_is_asked_of_a_tally() -> None:
    matter = Matter(subject=Subject.STOCK, classes=("heavy",), status="stored")
    given = small.reading(subject=Subject.STOCK, kinds=(), bearers=("A",))
    rows = register(
        tally(at(1), at(1, 1), 5, status="stored"), tally(at(1), at(1, 1), 6)
    )
    found = steps(given, small.clause(given), rows, matter)
    assert [(s.least, s.most) for s in found] == [(5.0, 5.0)]


def step(
    counter: str,
    span: tuple[int, int],
    least: float,
    most: float | None,
    site: str = "w",
) -> Step:
    return Step(
        counter=counter,
        site=Counted(site, "heavy", "A"),
        start=at(span[0]),
        end=at(span[1]),
        least=least,
        most=most,
        key=f"{counter}:{site}",
    )


def test_a_level_turns_where_a_step_begins_or_ends() -> None:
    one = [step("un", (1, 5), 3, 4), step("un", (3, 9), 3, 4)]
    assert turns(one, at(2), at(9)) == [at(2), at(3), at(5)]
    assert turns(one, at(1), at(5)) == [at(1), at(3)]
    assert turns([], at(1), at(5)) == [at(1)]
