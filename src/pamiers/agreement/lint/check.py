"""What a lawyer would ask of an agreement before anybody is asked to keep it."""

from dataclasses import replace

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.bodies import check_bodies, check_bound
from pamiers.agreement.lint.clauses import check_clauses
from pamiers.agreement.lint.names import check_circles, check_drawings, check_names
from pamiers.agreement.lint.times import check_times
from pamiers.agreement.reader import Read, in_order


def check(read: Read) -> Read:
    """Return an agreement as read, with the complaints of every check added.

    Args:
        read: What `read` returned.

    Returns:
        The same agreement; complaints of reading and of checking, in the order of
        the file. It is runnable when none is an error or a blank.
    """
    if read.written is None:
        return read
    notes = Notes(complaints=list(read.complaints), marks=dict(read.marks))
    for examine in (
        check_names,
        check_circles,
        check_drawings,
        check_bodies,
        check_bound,
        check_clauses,
        check_times,
    ):
        examine(read.written, notes)
    return replace(read, complaints=in_order(notes.complaints))
