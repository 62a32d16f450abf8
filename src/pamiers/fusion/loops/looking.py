"""How a report finds the groups that it may be of, at its turn in a pass.

It weighs all of them where nothing is known of an earlier look; else only those that
came, went or are not what they were before this step.
"""

from pamiers.fusion.loops.index import before
from pamiers.fusion.loops.likelihood import worth
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.moves import is_other, members_before, name_before
from pamiers.fusion.loops.passes import agreed, as_grains, begin, earlier, weigh
from pamiers.fusion.loops.state import Ints, Tables
from pamiers.fusion.loops.story import (
    TOO_MANY,
    UNKNOWN,
    Story,
    links_of,
    members_at,
    sum_up,
)

#: ways in which a report is linked with a group: before this step, and now
_BEFORE, _NOW = 1, 2


@inlined
def look(number: int, i: int, story: Story, tables: Tables) -> None:
    """Weigh the groups that a report is linked with, as it finds them at its turn.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story; its `choice` is written, names instead of numbers.
        tables: What is believed of the sources.
    """
    known = story.best[number, i] != UNKNOWN and story.many[i] != TOO_MANY
    if not known or not weigh_others(number, i, story, tables):
        weigh_all(number, i, story, tables)


@compiled
def weigh_all(number: int, i: int, story: Story, tables: Tables) -> None:
    """Weigh every group that a report is linked with.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story; its `choice` is written.
        tables: What is believed of the sources.
    """
    begin(story.choice)
    names = 0
    for a in range(links_of(i, story, tables, story.linked)):
        name = name_at(number, story.linked[a], i, story)
        known = name < 0
        for b in range(names):
            known = known or story.seen[b] == name
        if known:
            continue
        story.seen[names] = name
        names += 1
        add(i, name, members_at(number, i, name, story), story, tables)


@compiled
def weigh_others(number: int, i: int, story: Story, tables: Tables) -> bool:
    """Weigh the groups that are not what they were when a report last looked.

    Args:
        number: Of the pass.
        i: Number of the report, with kept links, and what its last look found.
        story: The story; its `choice` is written.
        tables: What is believed of the sources.

    Returns:
        False where that does not tell which group is the best now.
    """
    choice, lost = story.choice, False
    begin(choice)
    choice.of[1], choice.of[3] = story.total[number, i], story.agreed[i]
    for a in range(others(number, i, story)):
        name, was, m = story.seen[a], 0, 0
        if story.linked[a] & _BEFORE:
            was = members_before(number, i, name, story.near, story)
        if story.linked[a] & _NOW:
            m = members_at(number, i, name, story)
        if not is_same(was, m, story):
            lost |= was > 0 and story.near[0] == story.head[number, i]
            take_off(i, was, story, tables)
            add(i, name, m, story, tables)
    best = story.best[number, i]
    if choice.best[0] > best:
        return True
    if not lost:  # the best of all others is what it was
        keep_best(number, i, story)
    return not lost


@inlined
def add(i: int, name: int, m: int, story: Story, tables: Tables) -> None:
    """Weigh one group as it is now.

    Args:
        i: The report, not in it.
        name: Name of the group.
        m: How many are in it, in `members`; none is no group.
        story: The story; its `choice` is written.
        tables: What is believed of the sources.
    """
    if m > 0 and may_join(i, m, story.members, story):
        found, also = weighed(i, m, story.members, story, tables)
        weigh(name, story.members[0], found, story.lone, story.choice)
        story.choice.of[3] += also


@inlined
def take_off(i: int, m: int, story: Story, tables: Tables) -> None:
    """Take off what one group as it was before this step added to the sums.

    Args:
        i: The report, not in it.
        m: How many were in it, in `near`; none is no group.
        story: The story; its `choice` is written.
        tables: What is believed of the sources.
    """
    if m > 0 and may_join(i, m, story.near, story):
        found, also = weighed(i, m, story.near, story, tables)
        story.choice.of[1] -= as_grains(found)
        story.choice.of[3] -= also


@inlined
def keep_best(number: int, i: int, story: Story) -> None:
    """Choose what a report found best before, unless the best of others is as good.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story; its `choice` is written.
    """
    choice, reports = story.choice, story.lone.reports
    best, head = story.best[number, i], story.head[number, i]
    tied = choice.best[0] == best and best > 0.0
    if tied and before(reports[choice.of[2]], reports[head]):
        return
    choice.best[0], choice.of[2] = best, head
    choice.of[0] = name_at(number, head, i, story) if head >= 0 else -1


@inlined
def others(number: int, i: int, story: Story) -> int:
    """Collect the groups of a report's links that may not be what they were.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story; names are written to `seen`, how it is linked to `linked`.

    Returns:
        How many.
    """
    m, reports = wide(0), story.lone.reports
    for a in range(story.many[i]):
        j = story.links[i, a]
        k = number if earlier(number, reports[j], reports[i]) else number - 1
        if k < 0:
            continue
        name = story.names[k, j]
        if name >= 0:
            if not is_other(number, name, story):
                continue  # so the link is of it as before
            m = collect_name(name, wide(_NOW), m, story)
        name = name_before(k, j, story)
        if name >= 0:
            m = collect_name(name, wide(_BEFORE), m, story)
    return m


@inlined
def collect_name(name: int, how: int, m: int, story: Story) -> int:
    """Put a group among m; return how many there are.

    Args:
        name: Name of the group.
        how: Whether it is linked before this step, or now.
        m: How many there are.
        story: The story.

    Returns:
        One more where it is new.
    """
    for a in range(m):
        if story.seen[a] == name:
            story.linked[a] |= how
            return m
    story.seen[m], story.linked[m] = name, how
    return m + 1


@inlined
def is_same(was: int, m: int, story: Story) -> bool:
    """Tell whether the members before, in `near`, are those now, in `members`."""
    same = was == m
    for a in range(m):
        same = same and story.near[a] == story.members[a]
    return same


@inlined
def weighed(
    i: int, m: int, members: Ints, story: Story, tables: Tables
) -> tuple[float, int]:
    """Weigh a report with one group.

    Args:
        i: The report, not in it.
        m: How many members the group has.
        members: Its members in turns.
        story: The story; its `scratch` is written.
        tables: What is believed of the sources.

    Returns:
        The ratio, and what it tells of agreement with others, in grains.
    """
    if m == 1:  # summed up already
        head = wide(members[0])
        found = worth(i, head, story.lone, tables)
        return found, agreed(i, head, found, story.lone, tables)
    sum_up(m, members, story, tables)
    found = worth(i, wide(0), story.scratch, tables)
    return found, agreed(i, wide(0), found, story.scratch, tables)


@inlined
def name_at(number: int, j: int, i: int, story: Story) -> int:
    """Return the group of report j as report i finds it at its turn; -1: none yet.

    Args:
        number: Of the pass.
        j: Number of the report.
        i: Number of the one who looks.
        story: The story.

    Returns:
        The name.
    """
    reports = story.lone.reports
    if earlier(number, reports[j], reports[i]):
        return int(story.names[number, j])
    return int(story.names[number - 1, j]) if number > 0 else -1


@inlined
def may_join(i: int, m: int, members: Ints, story: Story) -> bool:
    """Tell whether nobody said that a report is apart from one of m members.

    Args:
        i: The report.
        m: How many members.
        members: The members.
        story: The story, for what persons said.

    Returns:
        Whether it may be among them.
    """
    if len(story.bonds.lead) == 0:
        return True
    b = story.bonds.first[i]
    while b >= 0:
        for a in range(m):
            if members[a] == story.bonds.apart[b, 0]:
                return False
        b = story.bonds.apart[b, 1]
    return True
