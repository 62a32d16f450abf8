"""Reports come into the crowd and leave it; who is in it is read anew.

How crowded it is scales all that a report is weighed by alike, so that what it found at
its last look says whether it would choose otherwise now; only then it looks again.
"""

from pamiers.fusion.loops.crowd import (
    ABOUT,
    Crowd,
    add_to,
    count_about,
    density,
    key_at,
    neighbour,
    spot,
)
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.passes import joins, roominess
from pamiers.fusion.loops.reading import Raw
from pamiers.fusion.loops.state import Floats, Ints
from pamiers.fusion.loops.story import GONE, Story, reads_alike, touch, wait


@compiled
def come(asked: Ints, raw: Raw, crowd: Crowd, lone: Floats, story: Story) -> None:
    """Put reports into the crowd, and have those look again whom that changes.

    Args:
        asked: Numbers of reports.
        raw: Reports as they came.
        crowd: The counts.
        lone: Share of all reports that are each source's alone, shape (S,).
        story: The story.
    """
    reports = story.lone.reports
    for i in asked:
        key = key_at(raw.x[i], raw.y[i], reports[i].when, crowd)
        h = spot(key, crowd)
        fresh = crowd.here[h] == 0
        add_to(h, key, i, crowd)
        if fresh:
            crowd.about[h] = count_about(key, crowd) - 1
        change(key, wide(1), crowd, lone, story)
        reports[i].null = lone[reports[i].source] * density(crowd.about[h])


@compiled
def leave_all(asked: Ints, raw: Raw, crowd: Crowd, lone: Floats, story: Story) -> None:
    """Take reports out of the crowd, and have those look again whom that changes.

    Args:
        asked: Numbers of reports.
        raw: Reports as they came.
        crowd: The counts.
        lone: Share of all reports that are each source's alone, shape (S,).
        story: The story.
    """
    for i in asked:
        key = key_at(raw.x[i], raw.y[i], story.lone.reports[i].when, crowd)
        h = spot(key, crowd)
        crowd.here[h] -= 1
        j = crowd.heads[h]
        if j == i:
            crowd.heads[h] = crowd.after[i]
        else:
            while crowd.after[j] != i:
                j = crowd.after[j]
            crowd.after[j] = crowd.after[i]
        change(key, wide(-1), crowd, lone, story)


@inlined
def change(key: int, by: int, crowd: Crowd, lone: Floats, story: Story) -> None:
    """Count one report more or fewer about all cells about one.

    Args:
        key: Key of the cell.
        by: 1 or -1.
        crowd: The counts.
        lone: Share of all reports that are each source's alone, shape (S,).
        story: The story.
    """
    reports = story.lone.reports
    for n in range(ABOUT):
        h = spot(neighbour(key, n), crowd)
        if crowd.here[h] == 0:
            continue
        before = density(crowd.about[h])
        crowd.about[h] += by
        now = density(crowd.about[h])
        if now == before:
            continue
        i = crowd.heads[h]
        while i >= 0:
            was = roominess(reports[i])
            reports[i].null = lone[reports[i].source] * now
            if story.many[i] != GONE:
                weigh_anew(i, was, story)
            i = crowd.after[i]


@inlined
def weigh_anew(i: int, was: float, story: Story) -> None:
    """Have a report look again in the passes in which it would choose otherwise now.

    Args:
        i: The report.
        was: How much less crowded it was than is usual.
        story: The story.
    """
    now, last = roominess(story.lone.reports[i]), len(story.names) - 1
    for number in range(last + 1):
        best, total = story.best[number, i], story.total[number, i]
        joined = joins(best, total, was, story.least)
        if joined != joins(best, total, now, story.least):
            wait(number, i, story)
    if not reads_alike(was, story.agreed[i], now, story.agreed[i]):
        touch(story.names[last, i], story)
