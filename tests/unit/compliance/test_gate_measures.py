"""What a gate measures over its window, and when it turns; runs of breach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from pamiers.agreement.model import Agreement
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values.duration import parse_duration
from pamiers.agreement.values.hours import parse_hours
from pamiers.compliance import episodes as runs
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.gates import (
    Measure,
    Turn,
    appeals,
    episodes,
    measures,
    most_episodes,
    open_at,
    turns,
    window_start,
)
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement
from pamiers.core.source import Source
from tests.unit.compliance import small
from tests.unit.compliance.test_scenario_compared import finding

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
QUIET = small.clause(small.reading(from_at=small.LONG_AGO), gap_s=3600.0)
RULES = small.agreement(QUIET, cut_off=datetime.min.time())


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def day(number: int, verdict: Verdict, **more: object) -> Finding:
    span = {"start": at(number), "end": at(number + 1)}
    return finding(verdict=verdict, key=f"{number}{more}", **{**span, **more})


@dataclass(frozen=True)
class Told:
    """What a gate is told by."""

    found: Sequence[Finding] = ()
    statements: Sequence[Statement] = ()
    agreement: Agreement = RULES
    sources: Mapping[str, Source] = field(default_factory=dict)

    def findings_within(self, clause: str, window: Interval) -> Sequence[Finding]:
        assert clause == "quiet"
        return [f for f in self.found if window.start < f.end <= window.end]


def gate(*indicators: Indicator, **more: object) -> Gate:
    given: dict[str, object] = {
        "id": "calm",
        "title": {},
        "window": parse_duration("4 d"),
        "indicators": indicators,
        "certified_by": "judge",
        "opens": ("leave",),
        "rolls_back": True,
    }
    return Gate(**{**given, **more})  # type: ignore[arg-type]


FEW = gate(Indicator(clause="quiet", breaches_at_most=1.0))
KEPT = gate(Indicator(clause="quiet", kept_share=0.5))
WATCHED = gate(Indicator(clause="quiet", watched_share=0.5))


def measured(asked: Gate, *found: Finding, **more: object) -> Measure:
    told = Told(found, **more)  # type: ignore[arg-type]
    (only,) = measures(asked, told, at(10))
    return only


def test_the_window_ends_at_the_instant_asked_about() -> None:
    assert window_start(FEW, Told().agreement, at(10)) == at(6)


@pytest.mark.parametrize(
    ("breached", "number", "holds"),
    [((), 0.0, True), ((7,), 1.0, True), ((7, 8), 1.0, True), ((6, 8), 2.0, False)],
)
def test_breaches_are_counted_in_episodes(
    breached: tuple[int, ...], number: float, *, holds: bool
) -> None:
    bad, good = Verdict.BREACHED, Verdict.KEPT
    found = [day(n, bad if n in breached else good) for n in (6, 7, 8, 9)]
    told = measured(FEW, *found)
    assert (told.found, told.holds, told.findings) == (number, holds, 4)
    assert (told.clause, told.asks) == ("quiet", "breaches at most 1")


def test_what_nothing_decides_is_not_established() -> None:
    open_days = [day(n, Verdict.UNDETERMINED) for n in (6, 7)]
    for told in (measured(FEW), measured(FEW, *open_days)):
        assert (told.found, told.holds) == (None, None)
    assert measured(KEPT).holds is None
    assert measured(KEPT, *open_days).holds is False


@pytest.mark.parametrize(("kept", "holds"), [(1, False), (2, True), (4, True)])
def test_days_without_a_finding_count_as_none(kept: int, *, holds: bool) -> None:
    found = [day(n, Verdict.KEPT) for n in (6, 7, 8, 9)[:kept]]
    told = measured(KEPT, *found)
    assert (told.found, told.holds) == (kept / 4, holds)
    assert told.asks == "share kept at least 0.5"


def test_a_share_is_of_time_and_of_sectors() -> None:
    kept = [day(n, Verdict.KEPT, sector="west") for n in (6, 7, 8, 9)]
    other = [day(6, Verdict.BREACHED, sector="east")]
    assert measured(KEPT, *kept, *other).found == 0.5
    watched = [day(n, Verdict.KEPT, coverage_share=0.75) for n in (6, 7, 8)]
    told = measured(WATCHED, *watched)
    assert (told.found, told.holds) == (0.5625, True)
    assert told.asks == "share watched at least 0.5"


def test_a_clause_with_hours_is_measured_in_them() -> None:
    by_day = small.clause(
        small.reading(from_at=small.LONG_AGO, hours=(parse_hours("06:00-18:00"),))
    )
    rules = small.agreement(by_day, cut_off=datetime.min.time())
    found = [day(n, Verdict.KEPT) for n in (6, 7)]
    assert measured(KEPT, *found, agreement=rules).found == 0.5


@pytest.mark.parametrize(("begun", "holds"), [(6, True), (7, None)])
def test_nothing_holds_before_the_window_is_full(
    begun: int, *, holds: bool | None
) -> None:
    young = small.clause(small.reading(from_at=at(begun)), gap_s=3600.0)
    rules = small.agreement(young, cut_off=datetime.min.time())
    found = [day(n, Verdict.KEPT) for n in (6, 7, 8, 9)]
    for asked in (FEW, KEPT, WATCHED):
        watched = [replace(f, coverage_share=1.0) for f in found]
        assert measured(asked, *watched, agreement=rules).holds is holds
    bad = [day(n, Verdict.BREACHED) for n in (7, 9)]
    assert measured(FEW, *bad, agreement=rules).holds is False
    assert measured(KEPT, *bad, agreement=rules).holds is False


def word(
    category: str, when: datetime, actor: str | None = "judge", **more: object
) -> Statement:
    given: dict[str, object] = {
        "source": "tcg",
        "key": f"{category}{when:%d%H}",
        "category": f"{category}:calm",
        "text": "",
        "actor": actor,
        "start": when,
        "end": when + HOUR,
    }
    return Statement(**{**given, **more})  # type: ignore[arg-type]


def became(asked: Gate, told: Told, now: datetime) -> list[tuple[datetime, str]]:
    return [(turn.at, turn.to) for turn in turns(asked, told, now)]


KEPT_DAYS = [day(n, Verdict.KEPT) for n in range(1, 12)]


def test_a_gate_opens_when_it_is_certified_and_shuts_when_indicators_fail() -> None:
    bad, good = Verdict.BREACHED, Verdict.KEPT
    broken = [day(12, bad), day(13, good), day(14, bad)]
    told = Told([*KEPT_DAYS, *broken], [word("gate", at(8))])
    assert became(FEW, told, at(20)) == [
        (at(8), "certified"),
        (at(8), "open"),
        (at(15), "shut"),
    ]
    assert became(replace(FEW, rolls_back=False), told, at(20))[-1] == (at(8), "open")
    assert became(FEW, told, at(8))[-1] == (at(8), "open")
    assert became(FEW, told, at(7)) == []
    why = [turn.why for turn in turns(FEW, told, at(20))]
    assert why[1:] == [
        "every indicator holds, and is certified",
        "quiet: breaches at most 1, found 2",
    ]


def test_a_day_that_was_not_judged_or_is_open_shuts_it_too() -> None:
    told = Told([*KEPT_DAYS, day(13, Verdict.KEPT)], [word("gate", at(8))])
    assert became(FEW, told, at(20))[-1] == (at(13), "shut")
    may = [day(n, Verdict.UNDETERMINED) for n in (12, 14)]
    told = Told([*KEPT_DAYS, *may, day(13, Verdict.KEPT)], [word("gate", at(8))])
    assert became(FEW, told, at(20))[-1] == (at(15), "shut")


def test_most_episodes_are_those_of_the_worst_choice() -> None:
    bad, may, good = Verdict.BREACHED, Verdict.UNDETERMINED, Verdict.KEPT

    def most(*verdicts: Verdict) -> int:
        found = [day(n, each) for n, each in enumerate(verdicts, 1)]
        return most_episodes(found, HOUR)

    assert most() == most(good, good) == 0
    assert most(may) == most(bad) == most(may, may) == most(bad, may) == 1
    assert most(bad, may, bad) == most(may, good, bad) == most(may, may, may) == 2
    assert most(may, may, may, may, may) == 3
    assert most(bad, bad, bad) == 1


def test_a_refusal_shuts_it_and_an_appeal_changes_nothing() -> None:
    refused = word("gate", at(9), extra='{"open":"no"}')
    words = [word("gate", at(8)), word("appeal", at(8, 5), actor="A"), refused]
    told = Told(KEPT_DAYS, words)
    assert became(FEW, told, at(11)) == [
        (at(8), "certified"),
        (at(8), "open"),
        (at(8, 5), "appealed"),
        (at(9), "not certified"),
        (at(9), "shut"),
    ]
    assert [t.why for t in turns(FEW, told, at(11))][-1] == "no longer certified"
    assert appeals(FEW, told, at(11)) == ("tcg:appeal0805",)
    assert appeals(FEW, told, at(8)) == ()


def test_only_the_certifier_certifies_by_name_or_as_the_source() -> None:
    assert became(FEW, Told(KEPT_DAYS, [word("gate", at(8), actor="A")]), at(11)) == []
    own = word("gate", at(8), actor=None, source="judge")
    assert became(FEW, Told(KEPT_DAYS, [own]), at(11))[-1] == (at(8), "open")
    given = word("gate", at(8), given_at=at(9))
    assert became(FEW, Told(KEPT_DAYS, [given]), at(11))[0] == (at(9), "certified")
    other = replace(word("gate", at(8)), category="gate:other")
    assert became(FEW, Told(KEPT_DAYS, [other]), at(11)) == []


def test_a_gate_is_open_by_its_last_turn() -> None:
    opened, shut = Turn(at=at(1), to="open"), Turn(at=at(2), to="shut")
    appealed = Turn(at=at(3), to="appealed")
    assert not open_at([])
    assert open_at([opened, appealed])
    assert not open_at([opened, shut, appealed])
    assert not open_at([appealed])


def test_breaches_no_further_apart_than_the_gap_are_one_run() -> None:
    bad = Verdict.BREACHED
    one = finding(verdict=bad, start=at(1), end=at(1, 2))
    near = finding(verdict=bad, start=at(1, 3), end=at(1, 4))
    far = finding(verdict=bad, start=at(1, 3) + HOUR / 60, end=at(1, 4))
    kept = finding(verdict=Verdict.KEPT, start=at(1, 3), end=at(1, 4))
    long = finding(verdict=bad, start=at(1), end=at(2))
    assert episodes([one, near], HOUR) == 1
    assert episodes([one, far], HOUR) == 2
    assert episodes([one, kept], HOUR) == 1
    assert (
        episodes([long, one, finding(verdict=bad, start=at(2, 1), end=at(2, 2))], HOUR)
        == 1
    )
    assert episodes([], HOUR) == 0


def test_an_episode_goes_from_its_onset_to_its_last_breach() -> None:
    rules = Told().agreement
    one = finding(key="1", start=at(1), end=at(1, 2), evidence=("a", "b"), margin=1.0)
    near = finding(
        key="2",
        start=at(1, 3),
        end=at(1, 4),
        evidence=("b", "c"),
        margin=3.0,
        probability_low=0.95,
    )
    far = finding(key="3", start=at(2), end=at(2, 1), evidence=("d",))
    kept = finding(key="4", verdict=Verdict.KEPT, start=at(1, 2), end=at(1, 3))
    other = finding(key="5", start=at(1), end=at(1, 2), sector="west")
    found = runs.episodes([far, kept, near, other, one], rules)
    told = [(e.start, e.end, e.findings, e.evidence, e.sector) for e in found]
    assert sorted(told, key=str) == sorted(
        [
            (at(1), at(1, 4), ("1", "2"), ("a", "b", "c"), None),
            (at(1), at(1, 2), ("5",), ("club:b", "club:a"), "west"),
            (at(2), at(2, 1), ("3",), ("d",), None),
        ],
        key=str,
    )
    long = next(e for e in found if len(e.findings) == 2)
    assert (long.probability_low, long.margin) == (0.95, 3.0)
    assert len(long.id) == 16
    assert long.id == runs.episodes([one], rules)[0].id
    assert len({e.id for e in found}) == 3
    assert runs.episodes([kept], rules) == ()
    assert next(e for e in found if e.start == at(2)).margin is None
