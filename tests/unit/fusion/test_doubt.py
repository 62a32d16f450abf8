"""Agreement is held against what chance gives on other days."""

import numpy as np
import pytest

from pamiers.fusion import solving
from pamiers.fusion.columns import Floats
from pamiers.fusion.credibility import patterns_of, voices_of
from pamiers.fusion.doubt import BINS, Judged, doubt_of, on_other_days
from pamiers.fusion.judging import Solution, judge
from pamiers.fusion.loops.state import DAY_S
from pamiers.fusion.working import Field
from tests.unit.fusion.reported import CHANNEL, reported

NOBODY = np.zeros((1, 1), dtype=bool)  # follows anybody


def judged(rng: np.random.Generator, share: float, n: int = 4_000) -> Judged:
    """Return one source's reports, of which a share agree only by chance."""
    chance = 10.0 ** rng.normal(-1.0, 1.0, n)
    alone = rng.random(n) < share
    seen = np.where(
        alone, 10.0 ** rng.normal(-1.0, 1.0, n), 10.0 ** rng.normal(3, 1, n)
    )
    return Judged(
        source=np.zeros(n, np.int64), agreement=seen, moved=np.arange(n), chance=chance
    )


@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_the_share_that_stands_alone_is_found(share: float) -> None:
    of = judged(np.random.default_rng(1), share)
    doubt = doubt_of(of, NOBODY)
    assert doubt.share[0] == pytest.approx(share, rel=0.25)
    assert doubt.apart(of.agreement, of.source).mean() == pytest.approx(share, rel=0.25)


def test_more_agreement_is_never_more_doubt() -> None:
    doubt = doubt_of(judged(np.random.default_rng(2), 0.5), NOBODY)
    rising = np.logspace(-6, 10, 60)
    apart = doubt.apart(rising, np.zeros(60, np.int64))
    assert (np.diff(apart) <= 0.0).all()
    assert apart[0] > 0.3
    assert apart[-1] < 0.01


def test_without_other_days_agreement_is_taken_at_its_word() -> None:
    none = Judged(
        source=np.zeros(3, np.int64),
        agreement=np.array([0.0, 1.0, 1e6]),
        moved=np.empty(0, np.int64),
        chance=np.empty(0),
    )
    doubt = doubt_of(none, NOBODY)
    assert doubt.beyond.shape == (1, BINS)
    apart = doubt.apart(none.agreement, none.source)
    assert apart[0] > 0.99
    assert 0.3 < apart[1] < 0.7
    assert apart[2] < 1e-5


def test_reports_are_moved_by_whole_days_within_the_record() -> None:
    world = reported(incidents=200, days=30.0)
    own = np.arange(len(world.columns))
    asked, by = on_other_days(world.columns, own)
    days = by / DAY_S
    assert len(asked) == len(own)
    assert (days == np.rint(days)).all()
    assert (np.abs(days) >= 1).all()
    moved = world.columns.middle_s[asked] + by
    assert moved.min() >= world.columns.middle_s.min() - DAY_S
    assert moved.max() <= world.columns.middle_s.max() + DAY_S
    few = world.columns.take(np.arange(50))
    assert on_other_days(few, np.arange(50))[0].size == 0


@pytest.fixture(scope="module")
def work() -> Field:
    world = reported(seed=3, incidents=300)
    order = solving.canonical(world.columns)
    run = solving.Learning(world.columns.take(order), world.taxonomy)
    run.search()
    return run.field


def found(field: Field) -> Solution:
    crowd = field.reading.crowd

    def same(when: Floats) -> Floats:
        del when
        return crowd

    return solving.solution_of(field)._replace(crowd=same)


def test_probing_leaves_every_group_as_it_was(work: Field) -> None:
    groups, after = work.state.groups.copy(), work.state.after.copy()
    kinds = work.state.kinds.copy()
    judge(found(work))
    assert (work.state.groups == groups).all()
    assert np.array_equal(work.state.after, after)
    assert np.array_equal(work.state.kinds, kinds)


def test_inventions_are_known_to_stand_alone(work: Field) -> None:
    world = reported(seed=3, incidents=300)
    order = solving.canonical(world.columns)
    real = world.real[order][work.own] > 0
    channel = work.known.columns.source[work.own] == CHANNEL
    apart = judge(found(work)).apart
    assert apart[channel & ~real].mean() > 0.75
    assert apart[channel & real].mean() < 0.3


def test_known_beliefs_are_used_as_they_are(work: Field) -> None:
    first = judge(found(work))
    again = judge(found(work), (first.doubt, first.lone))
    assert np.array_equal(first.apart, again.apart)


def test_a_pair_that_may_not_belong_together_is_two_lone_voices() -> None:
    group, source = np.array([7, 7, 9]), np.array([0, 1, 0])
    voices = voices_of(group, source, np.array([0.2, 0.3, 1.0]))
    heard, weight = patterns_of(voices, 2)
    told = {tuple(row): 0.0 for row in heard.tolist()}
    for row, many in zip(heard.tolist(), weight.tolist(), strict=True):
        told[tuple(row)] += many
    assert told == pytest.approx(
        {(True, True): 0.7, (True, False): 1.3, (False, True): 0.3}
    )


def test_a_doubtful_third_voice_leaves_the_others_together() -> None:
    voices = voices_of(np.zeros(3, np.int64), np.arange(3), np.array([0.0, 0.0, 0.4]))
    heard, weight = patterns_of(voices, 3)
    told = dict(zip(map(tuple, heard.tolist()), weight.tolist(), strict=True))
    assert told == pytest.approx(
        {(True, True, True): 0.6, (True, True, False): 0.4, (False, False, True): 0.4}
    )


def test_a_source_that_repeats_itself_has_one_voice() -> None:
    voices = voices_of(
        np.zeros(2, np.int64), np.zeros(2, np.int64), np.array([0.9, 0.1])
    )
    assert voices.apart.tolist() == [0.1]
