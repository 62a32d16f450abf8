"""Let reports come and go, and follow what that changes.

Every function here leaves the table of a `Story` as the passes of `loops.passes` would
have filled it for the reports in force.
"""

from pamiers.fusion.loops.index import file, unfile
from pamiers.fusion.loops.looking import look, name_at
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.moves import note_move
from pamiers.fusion.loops.pairs import REPEATS, WORTH, odds, single
from pamiers.fusion.loops.passes import NAMES, earlier, joins, roominess
from pamiers.fusion.loops.state import Ints, Tables
from pamiers.fusion.loops.story import (
    GONE,
    TOO_MANY,
    Story,
    around,
    chain_in,
    chain_out,
    find_links,
    keep_links,
    links_of,
    members_at,
    next_in,
    reads_alike,
    touch,
    wait,
    wait_all,
)


@compiled
def admit(asked: Ints, story: Story, tables: Tables) -> None:
    """Let reports come in; what follows is left to `settle`.

    Args:
        asked: Numbers of reports that are read and not in force.
        story: The story.
        tables: What is believed of the sources.
    """
    single(asked, story.lone, tables)
    for i in asked:
        file(i, story.lone.reports, story.filed)
        keep_links(i, story, tables)
        wait_all(i, story)
        m = links_of(i, story, tables, story.linked)
        for a in range(around(i, story, story.members)):
            relink(wide(story.members[a]), i, m, story, tables)


@inlined
def relink(j: int, i: int, m: int, story: Story, tables: Tables) -> None:
    """Link a report with a new one where the new one is linked with it.

    Args:
        j: The report.
        i: The new one.
        m: How many links the new one has, in `story.linked`.
        story: The story.
        tables: What is believed of the sources.
    """
    if story.lone.reports[j].source == story.lone.reports[i].source:
        if odds(i, j, story.lone, tables) > WORTH:
            find_anew(j, story, tables)
        return
    if story.many[j] == TOO_MANY:
        return
    for a in range(m):
        if story.linked[a] == j:
            if story.many[j] == story.links.shape[1]:
                story.many[j] = TOO_MANY
            else:
                story.links[j, story.many[j]] = i
                story.many[j] += 1
            return


@compiled
def find_anew(j: int, story: Story, tables: Tables) -> None:
    """Find the links of a report anew; have it look again where they are others.

    Args:
        j: The report.
        story: The story; its `linked` is left as it is.
        tables: What is believed of the sources.
    """
    m, kept = find_links(j, story, tables, story.seen), story.links.shape[1]
    if m <= kept and m == story.many[j]:
        same = 0
        for a in range(m):
            same += looks_at(j, story.seen[a], story)
        if same == m:
            return
    story.many[j] = m if m <= kept else TOO_MANY
    if m <= kept:
        for a in range(m):
            story.links[j, a] = story.seen[a]
    wait_all(j, story)


@inlined
def looks_at(j: int, i: int, story: Story) -> bool:
    """Tell whether a report is weighed against another, or may be."""
    found = story.many[j] == TOO_MANY
    for a in range(story.many[j]):
        found |= story.links[j, a] == i
    return bool(found)


@compiled
def dismiss(asked: Ints, story: Story, tables: Tables) -> None:
    """Let reports go; what follows is left to `settle`.

    Args:
        asked: Numbers of reports in force.
        story: The story.
        tables: What is believed of the sources.
    """
    last = len(story.names) - 1
    for i in asked:
        for number in range(last + 1):
            name = story.names[number, i]
            if name >= 0:
                stir(number, i, name, story)
                chain_out(number, i, story)
                note_move(number, i, name, -1, story)
                if number == last:
                    touch(name, story)
        unfile(i, story.lone.reports, story.filed)
        story.many[i] = GONE
        for a in range(around(i, story, story.members)):
            j = story.members[a]
            alike = story.lone.reports[j].source == story.lone.reports[i].source
            if (story.many[j] == TOO_MANY or alike) and looks_at(j, i, story):
                find_anew(j, story, tables)


@compiled
def forget(asked: Ints, story: Story) -> None:
    """Forget the links with reports that went, once what follows was settled.

    Args:
        asked: Numbers of reports no more in force.
        story: The story.
    """
    for i in asked:
        for a in range(around(i, story, story.members)):
            unlink(story.members[a], i, story)


@inlined
def unlink(j: int, i: int, story: Story) -> None:
    """Forget the link of a report with one that is no more, where there is one.

    Args:
        j: The report.
        i: The one that is no more.
        story: The story.
    """
    m = story.many[j]
    for a in range(m):
        if story.links[j, a] == i:
            story.links[j, a] = story.links[j, m - 1]
            story.many[j] = m - 1
            return


@compiled
def settle(story: Story, tables: Tables) -> None:
    """Follow what changed through all passes, until nothing more changes.

    Args:
        story: The story; groups that are not what they were are in `touched`.
        tables: What is believed of the sources.
    """
    for number in range(len(story.names)):
        for i in story.bonds.rows:
            wait(number, i, story)
        while story.length[number] > 0:
            i = next_in(number, story)
            if story.many[i] != GONE:
                decide(number, i, story, tables)


@inlined
def decide(number: int, i: int, story: Story, tables: Tables) -> None:
    """Let a report choose again in a pass.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.
        tables: What is believed of the sources.
    """
    story.found[1] += 1
    choice, last = story.choice, len(story.names) - 1
    look(number, i, story, tables)
    name, room = choice.of[0], roominess(story.lone.reports[i])
    story.best[number, i], story.total[number, i] = choice.best[0], choice.of[1]
    story.head[number, i] = choice.of[2] if choice.best[0] > 0.0 else -1
    if not joins(choice.best[0], choice.of[1], room, story.least):
        name = -1
    if len(story.bonds.lead) > 0 and story.bonds.lead[i] != i:
        name = name_at(number, story.bonds.lead[i], i, story)
    if name < 0:
        name = by_itself(number, i, story)
    old = story.names[number, i]
    if name != old:
        if old >= 0:
            stir(number, i, old, story)
            chain_out(number, i, story)
        chain_in(number, i, name, story)
        note_move(number, i, old, name, story)
        stir(number, i, name, story)
    if number == last:
        note(i, name, old, story)


@inlined
def note(i: int, name: int, old: int, story: Story) -> None:
    """Note what a report found in the last pass, and which groups that touches.

    Args:
        i: The report.
        name: The group it chose.
        old: The group it was in, or -1.
        story: The story; its `choice` is read.
    """
    room, before = roominess(story.lone.reports[i]), story.agreed[i]
    story.agreed[i] = story.choice.of[3]
    if old == name and reads_alike(room, before, room, story.agreed[i]):
        return
    touch(name, story)
    if old >= 0 and old != name:
        touch(old, story)


@inlined
def by_itself(number: int, i: int, story: Story) -> int:
    """Return the name of the group that a report is in if it joins no other.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.

    Returns:
        Its old one, where nobody is left in it; else a new one.
    """
    if number == 0:
        return i * NAMES
    old = story.names[number - 1, i]
    if members_at(number, i, old, story) == 0:
        return int(old)
    return i * NAMES + number


@compiled
def stir(number: int, i: int, name: int, story: Story) -> None:
    """Have all look again who find a report, or its group, at their turn.

    Args:
        number: Of the pass after which the report is, or was, in the group.
        i: Number of the report.
        name: Name of the group.
        story: The story.
    """
    stir_by(number, i, i, story)
    last = len(story.names) - 1
    for k in range(max(0, number - 1), min(last, number + 1) + 1):
        j = wide(story.heads[k, name])
        while j >= 0:
            if j != i:
                stir_by(number, i, j, story)
            j = wide(story.after[k, j])


@inlined
def stir_by(number: int, i: int, j: int, story: Story) -> None:
    """Have all look again who are linked with one report, and itself.

    Args:
        number: Of the pass after which report i is, or was, in the group of j.
        i: The report that came or went.
        j: The report.
        story: The story.
    """
    look_again(number, i, j, story)
    if story.many[j] != TOO_MANY:
        for a in range(story.many[j]):
            look_again(number, i, wide(story.links[j, a]), story)
        if not crowded(j, story):
            return
    for a in range(around(j, story, story.near)):
        if looks_at(story.near[a], j, story):
            look_again(number, i, wide(story.near[a]), story)


@inlined
def crowded(j: int, story: Story) -> bool:
    """Tell whether repetitions may look at a report that left them out itself."""
    same = 0
    for a in range(story.many[j]):
        other = story.links[j, a]
        same += story.lone.reports[other].source == story.lone.reports[j].source
    return same >= REPEATS


@inlined
def look_again(number: int, i: int, j: int, story: Story) -> None:
    """Have a report look again where its turn is after another's choice.

    Args:
        number: Of the pass in which report i chose.
        i: The report that chose.
        j: The one who may look at it.
        story: The story.
    """
    reports = story.lone.reports
    if j != i and earlier(number, reports[i], reports[j]):
        wait(number, j, story)
    if number + 1 < len(story.names):
        wait(number + 1, j, story)
