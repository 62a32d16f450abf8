"""The simulated world, day by day: what happens, who watches, what is told of it.

`opened` draws what stands still (posts, the first weather); `lived` draws one day and
returns the world after it. What follows from it, remedies among others, comes in as an
argument, so that the world answers to what people decide.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from numpy.random import Generator

from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.simulation.conduct import Mood, after_a_day
from pamiers.simulation.deed import Deed, Invention, Omission
from pamiers.simulation.drawing import Before, deeds_on
from pamiers.simulation.owing import Turns, duties_on
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import Stage
from pamiers.simulation.telling import (
    Sent,
    inventions_on,
    reports_on,
    sector_of,
    words_on,
)
from pamiers.simulation.watching import (
    Post,
    Shift,
    at_posts,
    coverage_of,
    posts_of,
    refused,
    shifts_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """The world between two days."""

    moods: Mapping[str, Mood]
    posts: Mapping[tuple[str, str | None], tuple[Post, ...]]
    foul: bool
    yesterday: tuple[Deed, ...] = ()
    turns: Turns = field(default_factory=Turns)
    day: int = 0  #: how many were lived


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One reporting day: the truth of it, and what is told of it."""

    period: Interval
    deeds: tuple[Deed, ...]
    omissions: tuple[Omission, ...]
    inventions: tuple[Invention, ...]
    shifts: tuple[Shift, ...]
    sent: tuple[Sent, ...]  #: in order of arrival
    foul: bool


def opened(stage: Stage, setting: Setting, rng: Generator) -> Theatre:
    """Return the world before its first day."""
    posts = posts_of(stage.agreement, setting, rng)
    return Theatre(
        moods={party: Mood() for party in stage.agreement.party_ids},
        posts=posts,
        foul=setting.weather.next_is_foul(rng, foul=False),
    )


def lived(
    theatre: Theatre,
    stage: Stage,
    setting: Setting,
    today: tuple[Interval, Mapping[str, int]],
    rng: Generator,
) -> tuple[Theatre, Day]:
    """Return the world after one more day, and what that day was.

    Args:
        theatre: The world before it.
        stage: What can be broken.
        setting: Who behaves how.
        today: The reporting day, and how many remedies were determined against each
            party since the last.
        rng: Generator.

    Returns:
        The world, and the day.
    """
    period, remedies = today
    agreement = stage.agreement
    moods = {
        party: replace(mood, remedies=mood.remedies + remedies.get(party, 0))
        for party, mood in theatre.moods.items()
    }
    before = Before(moods=moods, deeds=theatre.yesterday)
    deeds = deeds_on(stage, setting, before, period, rng)
    shifts = shifts_on(agreement, setting, period, rng, foul=theatre.foul)
    away = setting.presence.is_away(theatre.day)
    shifts = [] if away else at_posts(shifts, theatre.posts)
    for deed in deeds:
        if setting.refusals_blind and is_a(deed.kind, "restriction"):
            shifts = refused(shifts, deed, sector_of(agreement, deed))
    done = duties_on(stage, setting, period, (deeds, theatre.turns), rng)
    invented, claims = inventions_on(stage, setting, period, rng)
    sent = [
        *_coverage(shifts, period),
        *reports_on(deeds, shifts, setting, stage, rng),
        *words_on(deeds, setting, agreement, rng),
        *claims,
        *done.sent,
    ]
    sent.sort(key=lambda each: (each.at, each.row.source, each.row.key))
    day = Day(
        period=period,
        deeds=tuple(deeds),
        omissions=done.omitted,
        inventions=tuple(invented),
        shifts=tuple(shifts),
        sent=tuple(sent),
        foul=theatre.foul,
    )
    after = Theatre(
        moods=_after(moods, setting, deeds),
        posts=theatre.posts,
        foul=setting.weather.next_is_foul(rng, foul=theatre.foul),
        yesterday=tuple(deeds),
        turns=done.turns,
        day=theatre.day + 1,
    )
    return after, day


def _coverage(shifts: list[Shift], period: Interval) -> list[Sent]:
    """Return what the shifts say of their own work, each when it is over."""
    day = period.end.date().isoformat()
    return [
        Sent(at=shift.interval.end, row=row)
        for n, shift in enumerate(shifts)
        for row in coverage_of(shift, f"{day}-shift-{n:03d}")
    ]


def _after(
    moods: Mapping[str, Mood], setting: Setting, deeds: list[Deed]
) -> dict[str, Mood]:
    done = Counter(deed.blamed or deed.party for deed in deeds)
    return {
        party: after_a_day(
            mood,
            setting.conduct_of(party),
            sum(n for author, n in done.items() if author != party),
            0,
        )
        for party, mood in moods.items()
    }
