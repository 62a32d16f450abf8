"""What a lawyer would ask of an agreement before anybody is asked to keep it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.bite import check_bite
from pamiers.agreement.lint.bodies import check_bodies, check_bound
from pamiers.agreement.lint.deadlines import check_deadlines
from pamiers.agreement.lint.gates import check_gates
from pamiers.agreement.lint.ground import check_drawings
from pamiers.agreement.lint.interest import check_interest
from pamiers.agreement.lint.land import check_land
from pamiers.agreement.lint.limits import check_limits
from pamiers.agreement.lint.names import check_circles, check_names
from pamiers.agreement.lint.office import check_offices
from pamiers.agreement.lint.order import check_order
from pamiers.agreement.lint.powers import check_powers
from pamiers.agreement.lint.procedures import check_procedures
from pamiers.agreement.lint.readings import check_readings
from pamiers.agreement.lint.secrecy import check_secrecy
from pamiers.agreement.lint.texts import check_texts
from pamiers.agreement.lint.times import check_times
from pamiers.agreement.lint.verbs import check_verbs
from pamiers.agreement.lint.watching import check_watching
from pamiers.agreement.lint.wording import check_wording
from pamiers.agreement.reader import Read, in_order
from pamiers.agreement.written import Written

CHECKS: Final[tuple[Callable[[Written, Notes], None], ...]] = (
    *(check_names, check_circles, check_drawings, check_wording),
    *(check_bodies, check_bound, check_powers, check_interest),
    *(check_land, check_verbs, check_readings, check_limits),
    *(check_times, check_deadlines, check_order),
    *(check_watching, check_procedures, check_gates, check_secrecy),
    *(check_offices, check_bite, check_texts),
)


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
    for examine in CHECKS:
        examine(read.written, notes)
    return replace(read, complaints=in_order(notes.complaints))
