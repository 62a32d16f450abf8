"""Counters side by side: rivals of the same, and what is counted apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.evidence.levels import Step
from pamiers.compliance.evidence.rivals import Level, level_at
from pamiers.compliance.evidence.sites import Counted, Lie, Sites
from tests.unit.compliance import small

TICK = timedelta(microseconds=1)
GUNS = WeaponClass(id="guns", title={}, kinds=("gun", "mortar"))
TANKS = WeaponClass(id="tanks", title={}, kinds=("tank",))
ARMS = WeaponClass(id="arms", title={}, any_of=(GUNS, TANKS))
SITES = Sites(small.agreement(classes={c.id: c for c in (GUNS, TANKS, ARMS)}))


def at(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


def step(
    counter: str,
    least: float,
    most: float | None,
    site: Counted | str = "west",
    span: tuple[int, int] = (1, 5),
) -> Step:
    where = Counted(site, "guns", "A") if isinstance(site, str) else site
    return Step(
        counter=counter,
        site=where,
        start=at(span[0]),
        end=at(span[1]),
        least=least,
        most=most,
        key=f"{counter}:{where.place}",
    )


def test_a_level_sums_sites_of_one_counter() -> None:
    one = [step("un", 3, 4), step("un", 10, 20, "east", (2, 4))]
    both = Level(13, 24, 1, apart=False, keys=("un:west", "un:east"))
    assert level_at(one, at(2), SITES) == both
    assert level_at(one, at(4), SITES) == Level(3, 4, 1, apart=False, keys=("un:west",))
    assert level_at(one, at(5), SITES) is None
    assert level_at(one, at(1) - TICK, SITES) is None
    open_end = level_at([step("un", 3, 4), step("un", 5, None, "east")], at(2), SITES)
    assert open_end is not None
    assert (open_end.least, open_end.most) == (8, None)


def _of(place: str | None, of: str = "guns", party: str | None = "A") -> Counted:
    return Counted(place, of, party)


def _roughly(counter: str, least: float, most: float, site: Counted) -> Step:
    return replace(step(counter, least, most, site), exact=False)


def _at(lon: float) -> Counted:
    return Counted(None, "guns", "A", lon, 48.5)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        # of the same: the lowest and the highest
        ([step("un", 3, 4), step("press", 12, 30)], (3, 30, True)),
        ([step("un", 3, 4), step("press", 3, 4)], (3, 4, False)),
        ([step("un", 3, 4), step("press", 5, None)], (3, None, True)),
        # of another site, class or party: the sum is possible
        ([step("un", 11, 11), step("press", 1, 1, "east")], (11, 12, False)),
        (
            [step("un", 9, 9, _of("west")), step("press", 2, 2, _of("west", "tanks"))],
            (9, 11, False),
        ),
        (
            [
                step("un", 9, 9, _of("west")),
                step("press", 2, 2, _of("west", party="B")),
            ],
            (9, 11, False),
        ),
        # of what each calls otherwise, or at two points: may be the same
        ([step("un", 11, 11), step("press", 1, 1, "kiln")], (11, 12, False)),
        (
            [step("un", 9, 9, _at(37.1)), step("press", 8, 8, _at(37.2))],
            (9, 17, False),
        ),
        (
            [
                step("un", 9, 9, Counted("west", "guns", "A", ref="north gate")),
                step("press", 8, 8, Counted("west", "guns", "A", ref="gate 1")),
            ],
            (9, 17, False),
        ),
        (
            [
                step("un", 6, 6, _of("west", "howitzer")),
                step("press", 5, 5, _of("west", "big gun")),
            ],
            (6, 11, False),
        ),
        # but one counter tells its own sites apart, and they add up
        ([step("un", 9, 9, _at(37.1)), step("un", 8, 8, _at(37.2))], (17, 17, False)),
        (
            [step("un", 9, 9), step("press", 8, 8, "east"), step("club", 3, 3, "kiln")],
            (9, 20, False),
        ),
        # a rival of one site leaves what was counted at another
        (
            [step("un", 3, 4), step("un", 10, 20, "east"), step("press", 12, 30)],
            (13, 50, True),
        ),
        # who counted a part does not gainsay the whole, unless he found more in it
        (
            [step("un", 11, 11, _of("west", "arms")), step("press", 1, 1)],
            (11, 11, False),
        ),
        ([step("un", 3, 3, _of("west", "arms")), step("press", 8, 8)], (3, 8, True)),
        # who counted all of it in parts does
        (
            [
                step("un", 11, 11, _of("west", "arms")),
                step("press", 1, 1),
                step("press", 2, 2, _of("west", "tanks")),
            ],
            (3, 11, True),
        ),
        # one of no place is of all places
        ([step("un", 11, 11), step("press", 1, 1, _of(None))], (1, 12, True)),
        # what may be of more than is asked for gainsays only what it has no room for
        (
            [
                step("un", 11, 11),
                _roughly("press", 0, 20, _of("west", "arms")),
            ],
            (11, 20, False),
        ),
        (
            [
                step("un", 11, 11),
                _roughly("press", 0, 10, _of("west", "arms")),
            ],
            (0, 11, True),
        ),
    ],
)
def test_rivals_are_those_who_counted_the_same(
    told: list[Step], said: tuple[float, float | None, bool]
) -> None:
    for order in (told, told[::-1]):
        level = level_at(order, at(2), SITES)
        assert level is not None
        assert (level.least, level.most, level.apart) == said


_SITES = st.builds(
    Counted,
    st.sampled_from(["west", "east", "depot", "kiln", None]),
    st.sampled_from(["guns", "tanks", "arms"]),
    st.sampled_from(["A", "B", None]),
)
_STEPS = st.builds(
    lambda counter, site, least, more: step(counter, least, least + more, site),
    st.sampled_from(["un", "press", "club"]),
    _SITES,
    st.integers(0, 12),
    st.integers(0, 3),
)


@given(
    told=st.lists(
        _STEPS, min_size=1, max_size=5, unique_by=lambda s: (s.counter, s.site)
    ),
    new=_STEPS,
)
def test_a_count_of_another_part_takes_nothing_away(
    told: list[Step], new: Step
) -> None:
    assume(all(SITES.lie(new.site, old.site) is Lie.APART for old in told))
    before, after = level_at(told, at(2), SITES), level_at([*told, new], at(2), SITES)
    assert before is not None
    assert after is not None
    assert after.least >= max(before.least, new.least)
    assert (after.most or 0.0) >= (before.most or 0.0) + (new.most or 0.0)
