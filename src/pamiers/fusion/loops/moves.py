"""Which reports changed their group in a step, so that what was before is still known.

Noted once for each report and pass, and filed under both groups. Nothing is cleared
after a step: a note counts where it is among the notes of this step and says that it is
of the pass and the group asked for.
"""

from pamiers.fusion.loops.mark import inlined
from pamiers.fusion.loops.passes import earlier
from pamiers.fusion.loops.state import Ints
from pamiers.fusion.loops.story import Story, sort_in

#: where in `Story.found` the number of notes stands
_NOTES = 2


@inlined
def note_move(number: int, i: int, old: int, new: int, story: Story) -> None:
    """Note that a report is in another group after a pass than before this step.

    Args:
        number: Of the pass.
        i: Number of the report.
        old: Name of the group it was in, -1: none.
        new: Name of the group it is in, -1: none.
        story: The story.
    """
    e = story.found[_NOTES]  # not counted yet, so that it cannot follow itself
    move = story.moves[e]
    move.number, move.who, move.old, move.new = number, i, old, new
    move.after_old = move.after_new = -1
    if old >= 0:
        move.after_old = first_move(number, old, story)
        story.moved_in[number, old] = e
    if new >= 0:
        move.after_new = first_move(number, new, story)
        story.moved_in[number, new] = e
    story.moved[number, i] = e
    story.found[_NOTES] += 1


@inlined
def first_move(number: int, name: int, story: Story) -> int:
    """Return the last note about a group after a pass, or -1.

    Args:
        number: Of the pass.
        name: Name of the group.
        story: The story.

    Returns:
        Number of the note; the others follow.
    """
    e = story.moved_in[number, name]
    if e >= story.found[_NOTES]:
        return -1
    move = story.moves[e]
    if move.number == number and name in (move.old, move.new):
        return int(e)
    return -1


@inlined
def move_of(number: int, i: int, story: Story) -> int:
    """Return the note about a report in a pass, or -1.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.

    Returns:
        Number of the note.
    """
    e = story.moved[number, i]
    if e >= story.found[_NOTES]:
        return -1
    move = story.moves[e]
    return int(e) if move.number == number and move.who == i else -1


@inlined
def name_before(number: int, i: int, story: Story) -> int:
    """Return the group that a report was in after a pass before this step.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.

    Returns:
        Its name, -1: none.
    """
    e = move_of(number, i, story)
    return int(story.moves[e].old if e >= 0 else story.names[number, i])


@inlined
def is_other(number: int, name: int, story: Story) -> bool:
    """Tell whether a group may be found otherwise at turns of a pass than before.

    Args:
        number: Of the pass.
        name: Name of the group.
        story: The story.

    Returns:
        Whether anybody came or went in the pass, or the one before.
    """
    if first_move(number, name, story) >= 0:
        return True
    return number > 0 and first_move(number - 1, name, story) >= 0


@inlined
def members_before(number: int, i: int, name: int, into: Ints, story: Story) -> int:
    """Collect, in turns, a group as a report found it before this step, without it.

    Args:
        number: Of the pass in which it looked.
        i: Number of the report.
        name: Name of the group.
        into: Where they are put.
        story: The story.

    Returns:
        How many members.
    """
    m = 0
    for k in range(max(0, number - 1), number + 1):
        j = story.heads[k, name]
        while j >= 0:
            if found_in(number, j, i, story) == k and move_of(k, j, story) < 0:
                m = sort_in(j, m, into, story)
            j = story.after[k, j]
        e = first_move(k, name, story)
        while e >= 0:
            move = story.moves[e]
            went, j = move.old == name, move.who
            if went and found_in(number, j, i, story) == k:
                m = sort_in(j, m, into, story)
            e = move.after_old if went else move.after_new
    return m


@inlined
def found_in(number: int, j: int, i: int, story: Story) -> int:
    """Return the pass whose choice of another report is the one that a report finds.

    Args:
        number: Of the pass in which it looks.
        j: The other.
        i: The report.
        story: The story.

    Returns:
        This pass or the one before; -1 where there is none, and for itself.
    """
    if i == j:
        return -1
    here = earlier(number, story.lone.reports[j], story.lone.reports[i])
    return number if here else number - 1
