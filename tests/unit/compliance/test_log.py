"""What stood when, what supersedes what, and episodes of breach."""

from dataclasses import replace
from datetime import timedelta

from pamiers.agreement.model import Agreement
from pamiers.compliance.assess import assess
from pamiers.compliance.episodes import Episode, episodes
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.log import Logged, append, finding_id, standing_at
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    agreement,
    clause,
    coverage,
    incident,
    world,
)

DAY = timedelta(days=1)


def found(known: World, days: int = 0) -> list[Finding]:
    period = Interval(PERIOD.start + days * DAY, PERIOD.end + days * DAY)
    return assess(agreement(), known, period, KNOWN)


def later(findings: list[Finding], days: int) -> list[Finding]:
    return [replace(each, known_at=KNOWN + days * DAY) for each in findings]


def test_what_turns_out_otherwise_takes_the_place_of_what_stood() -> None:
    watch = coverage("1")
    first = append((), found(world(coverage=[watch])), KNOWN)
    now = later(found(world([incident("a")], coverage=[watch])), 1)
    log = append(first, now, KNOWN + DAY)
    closed = [each for each in log if each.known_to is not None]
    assert [each.finding.verdict for each in closed] == [Verdict.KEPT]
    (new,) = [each.finding for each in log if each.finding.supersedes]
    assert new.verdict is Verdict.BREACHED
    assert new.supersedes == finding_id(closed[0].finding)


def test_what_was_known_when_is_a_slice_of_the_log() -> None:
    before = found(world())
    after = later(found(world([incident("a")])), 1)
    log = append(append((), before, KNOWN), after, KNOWN + DAY)
    assert standing_at(log, KNOWN) == tuple(before)
    told = {each.key: each.verdict for each in standing_at(log, KNOWN + DAY)}
    assert told == {each.key: each.verdict for each in after}


def test_what_is_found_again_stays_as_it_was_found() -> None:
    log = append((), found(world()), KNOWN)
    again = append(log, later(found(world()), 1), KNOWN + DAY)
    assert again == log
    assert all(isinstance(each, Logged) for each in log)


def judged(days: list[int], rules: Agreement | None = None) -> tuple[Episode, ...]:
    rows = [
        incident(
            str(d), start=NOON + d * DAY, end=NOON + d * DAY + timedelta(minutes=1)
        )
        for d in days
    ]
    every = [f for d in range(12) for f in found(world(rows), d)]
    return episodes(every, rules or agreement())


def test_breaches_closer_than_the_gap_are_one_episode() -> None:
    one, other = judged([0, 1, 2, 6])
    assert (len(one.findings), one.evidence) == (3, ("0", "1", "2"))
    assert (len(other.findings), other.start - one.start) == (1, 6 * DAY)


def test_an_episode_that_goes_on_keeps_its_id() -> None:
    assert judged([0, 1])[0].id == judged([0, 1, 2])[0].id
    assert judged([0, 1])[0].id != judged([1, 2])[0].id


def test_a_longer_gap_joins_episodes() -> None:
    wide = agreement(clause(gap_s=10 * 86_400.0))
    assert len(judged([0, 6], wide)) == 1
