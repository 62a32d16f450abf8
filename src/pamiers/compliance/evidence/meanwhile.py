"""Whether a state of affairs was so while something happened.

A statement says that a state was so over a time, or that it was not. One by somebody
without an interest decides of all that happened within its time, unless another says
the contrary. A statement of one party, or of one place, may be of another. Where
nothing is said, it is open.
"""

from datetime import datetime

from pamiers.compliance.evidence.happenings import NO, OPEN, YES, Bounds, Happening
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.compliance.evidence.register import Register


def so(state: str, row: Happening, register: Register) -> Bounds:
    """Return bounds on the probability that a state was so when something happened.

    Args:
        state: One that the agreement defines.
        row: What happened.
        register: What is on record.

    Returns:
        Yes, no, or open; open where nothing is on record.
    """
    good = about(register.papers, "state", state)
    bad = about(register.papers, "not-state", state)
    if _decided(good, bad, row):
        return YES
    return NO if _decided(bad, good, row) else OPEN


def not_so(state: str, row: Happening, register: Register) -> Bounds:
    """Return bounds on the probability that a state was not so; see `so`."""
    low, high = so(state, row, register)
    return 1.0 - high, 1.0 - low


def _decided(told: list[Paper], against: list[Paper], row: Happening) -> bool:
    """Tell whether it is said of all the time of something, and nobody denies it."""
    denied = any(each.decides() and each.touches(*_span(row)) for each in against)
    return not denied and any(_says(each, row) for each in told)


def _says(paper: Paper, row: Happening) -> bool:
    whole = paper.place is None and paper.region is None and paper.to is None
    return whole and paper.decides() and paper.covers(*_span(row))


def _span(row: Happening) -> tuple[datetime, datetime]:
    return row.start, row.end
