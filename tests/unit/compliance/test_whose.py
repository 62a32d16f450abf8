"""Acts that name nobody: ceilings, shares, announcements and duties worked by hand.

Each case is worked from the definition alone: of the ways in which what is not known
may be completed, a breach in all of them is a breach, in none it is none, else open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from pamiers.agreement.model import (
    Agreement,
    Bound,
    InZones,
    Matter,
    Reading,
    Subject,
    Verb,
    Window,
)
from pamiers.agreement.values.duration import parse_duration
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding
from pamiers.compliance.world import World
from pamiers.core.rows import Incident, Statement
from pamiers.core.source import Source
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    agreement,
    clause,
    coverage,
    incident,
    reading,
    world,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WEST = InZones(("west",))
Said = tuple[str, str]
Figures = tuple[float | None, ...]


@dataclass(frozen=True)
class Seen:
    """Something that was seen: whose, of what kind, and how probably."""

    actor: str | None
    kind: str = "explosion"
    probability: float = 1.0


A, B, NOBODY, THIRD = Seen("A"), Seen("B"), Seen(None), Seen("club")


def rows(seen: Sequence[Seen]) -> list[Incident]:
    return [
        incident(
            f"i{n}",
            start=NOON + n * HOUR / 2,
            end=NOON + n * HOUR / 2 + timedelta(minutes=1),
            kind=each.kind,
            actor=each.actor,
            probability=each.probability,
        )
        for n, each in enumerate(seen)
    ]


def known(seen: Sequence[Seen], *notices: Statement, watched: bool = False) -> World:
    spans = {"start": NOON - 9 * DAY, "end": NOON + 9 * DAY}
    return world(
        rows(seen),
        coverage=[coverage("all", **spans)] if watched else [],
        statements=notices,
        sources={"own": Source(id="own", name="Own", interested=("A",))},
    )


def deal(given: Reading, verb: Verb) -> Agreement:
    return agreement(
        clause(given, verb=verb),
        names={"A": {}, "B": {}, "club": {}},
        events={"left": {"en": "withdrawal"}},
    )


def judged(given: Reading, verb: Verb, facts: World) -> list[Finding]:
    found = assess(deal(given, verb), facts, PERIOD, KNOWN)
    return sorted(found, key=lambda each: each.party or "")


def said(found: Finding) -> Said:
    return str(found.verdict), str(found.why)


def ceiling(most: float, *bearers: str) -> Reading:
    bound = Bound(most=most, unit="events", per=Window(seconds=DAY.total_seconds()))
    return reading(bearers=bearers, where=WEST, bound=bound)


OPEN = ("undetermined", "count")
#: what was seen, of at most one of A's in a day; the verdict, its P, how many
CEILINGS: dict[str, tuple[Sequence[Seen], Said, Figures]] = {
    "A fired twice": ([A, A], ("breached", "exceeded"), (1, 1, 2, 2)),
    "once, and somebody once": ([A, NOBODY], OPEN, (0, 1, 1, 2)),
    "somebody twice: A none, once or twice": ([NOBODY, NOBODY], OPEN, (0, 1, 0, 2)),
    "twice, whoever fired the third": (
        [A, NOBODY, A],
        ("breached", "exceeded"),
        (1, 1, 2, 3),
    ),
    "A once; a third and B are none of A's": (
        [A, THIRD, B],
        ("kept", "watched"),
        (0, 0, 1, 1),
    ),
    "somebody's second that hardly was": (
        [A, Seen(None, probability=0.05)],
        ("kept", "watched"),
        (0, 0.05, 1, 2),
    ),
    # both of A's are real in .95 x .95 of the worlds, two of three in all but .0025
    "surely enough without somebody's": (
        [Seen("A", probability=0.95), Seen("A", probability=0.95), NOBODY],
        ("breached", "exceeded"),
        (0.9025, 0.9975, None, 3),
    ),
}


@pytest.mark.parametrize("name", CEILINGS)
def test_a_ceiling_of_one_party(name: str) -> None:
    seen, expected, figures = CEILINGS[name]
    (found,) = judged(ceiling(1, "A"), Verb.AT_MOST, known(seen, watched=True))
    assert said(found) == expected
    chances = found.probability_low, found.probability_high
    told = (*chances, found.measured_low, found.measured_high)
    for got, wanted in zip(told, figures, strict=True):
        assert wanted is None or got == pytest.approx(wanted)


def test_a_ceiling_of_each_party_is_broken_by_neither_where_nobody_is_named() -> None:
    three = known([NOBODY, NOBODY, NOBODY], watched=True)
    found = judged(ceiling(2, "A", "B"), Verb.AT_MOST, three)
    assert [(each.party, said(each)) for each in found] == [("A", OPEN), ("B", OPEN)]
    one_more = known([A, A, A, NOBODY], watched=True)
    first, second = judged(ceiling(2, "A", "B"), Verb.AT_MOST, one_more)
    assert said(first) == ("breached", "exceeded")
    assert said(second) == ("kept", "watched")  # at most one of the four is B's


MINE, OURS = Seen("A", "movement"), Seen(None, "movement")
#: explosions, at no instant more than movements so far, of A alone
SHARES: dict[str, tuple[Sequence[Seen], Said]] = {
    "two of two": ([MINE, MINE, A, A], ("kept", "counted")),
    "three of two, if somebody's is A's": ([MINE, MINE, A, A, NOBODY], OPEN),
    "two of one, or of two": ([MINE, OURS, A, A], OPEN),
    "three of two at the most": ([MINE, OURS, A, A, A], ("breached", "exceeded")),
    "B's are none of A's": ([MINE, MINE, A, A, B], ("kept", "counted")),
}


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_one_party(name: str) -> None:
    seen, expected = SHARES[name]
    other = Matter(subject=Subject.EVENT, kinds=("movement",), where=WEST)
    share = reading(
        kinds=("explosion",),
        bearers=("A",),
        where=WEST,
        bound=Bound(most=1.0),
        other=other,
    )
    (found,) = judged(share, Verb.RATIO, known(seen, watched=True))
    assert said(found) == expected
    if expected == OPEN:
        assert (found.probability_low, found.probability_high) == (0.0, 1.0)


def notice(source: str = "post", given: timedelta = DAY) -> Statement:
    """Return a notice of A's that movements follow from an hour before noon on."""
    return Statement(
        source=source,
        key="n",
        category="notice",
        start=NOON - HOUR,
        end=NOON + 5 * HOUR,
        text="",
        actor="A",
        kind="movement",
        given_at=NOON - HOUR - given,
    )


#: a movement that A had to announce six hours before; P(breach)
ANNOUNCED: dict[str, tuple[Seen, Sequence[Statement], Said, Figures]] = {
    "A's, of which nobody told": (MINE, (), ("breached", "not_announced"), (1, 1)),
    "somebody's, of which nobody told": (
        OURS,
        (),
        ("undetermined", "attribution"),
        (0, 1),
    ),
    "somebody's, that A told of": (OURS, (notice(),), ("kept", "announced"), (0, 0)),
    "somebody's, too late told of": (
        OURS,
        (notice(given=4 * HOUR),),
        ("undetermined", "attribution"),
        (0, 1),
    ),
    "A's, of which A's own paper tells": (
        MINE,
        (notice("own"),),
        ("undetermined", "exemption"),
        (0, 1),
    ),
    "somebody's, of which A's own paper tells": (
        OURS,
        (notice("own"),),
        ("undetermined", "exemption"),
        (0, 1),
    ),
    "somebody's that may not have been": (
        Seen(None, "movement", 0.6),
        (),
        ("undetermined", "low_probability"),
        (0, 0.6),
    ),
}


@pytest.mark.parametrize("name", ANNOUNCED)
def test_an_activity_to_be_announced(name: str) -> None:
    seen, notices, expected, figures = ANNOUNCED[name]
    owed = reading(kinds=("movement",), bearers=("A",), before=parse_duration("6 h"))
    (found,) = judged(owed, Verb.NOTIFY, known([seen], *notices))
    assert said(found) == expected
    assert (found.probability_low, found.probability_high) == pytest.approx(figures)


def test_what_another_did_is_nothing_that_one_had_to_announce() -> None:
    owed = reading(kinds=("movement",), bearers=("A",), before=parse_duration("6 h"))
    facts = known([Seen("B", "movement"), Seen("club", "movement")])
    assert judged(owed, Verb.NOTIFY, facts) == []


def test_an_act_that_names_nobody_does_the_duty_of_a_single_bearer() -> None:
    owed = reading(kinds=("left",), bearers=("A",), by_at=NOON + DAY)
    (found,) = judged(owed, Verb.OBLIGE, known([Seen(None, "event:left")]))
    assert said(found) == ("kept", "done")
    (other,) = judged(owed, Verb.OBLIGE, known([Seen("B", "event:left")]))
    assert said(other) != ("kept", "done")
