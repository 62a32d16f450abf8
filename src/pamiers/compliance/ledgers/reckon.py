"""When moments are, what they wait for, and which version of a reading stands."""

from collections.abc import Iterable
from datetime import datetime

from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.agreement.schedule import instant, waits_on
from pamiers.agreement.values.moment import Moment, Relative


def earliest(moments: Iterable[Moment], agreement: Agreement) -> datetime | None:
    """Return the earliest of those moments whose instant is known."""
    found = [instant(each, agreement) for each in moments]
    return min((at for at in found if at is not None), default=None)


def unknown(moments: Iterable[Moment], agreement: Agreement) -> tuple[str, ...]:
    """Return the anchors that moments wait for, each once, in order."""
    names = [waits_on(each, agreement) for each in moments]
    return tuple(dict.fromkeys(name for name in names if name is not None))


def written(moments: Iterable[Moment]) -> str:
    """Return moments as an agreement writes them."""
    return ", or ".join(str(each) for each in moments)


def deciding(
    moments: Iterable[Moment], agreement: Agreement, *, latest: bool = False
) -> str:
    """Return the moment that decides, as an agreement writes it.

    Args:
        moments: Any of which may decide.
        agreement: With its anchors bound.
        latest: The last of them decides, not the first.

    Returns:
        The moment; all that may decide while an instant is not known, with ` / `
        between them, each once. A term of office is told from what it is counted.
    """
    at = {each: instant(each, agreement) for each in moments}
    found = [when for when in at.values() if when is not None]
    if found and len(found) == len(at):
        first = max(found) if latest else min(found)
        at = dict([next(pair for pair in at.items() if pair[1] == first)])
    return " / ".join(dict.fromkeys(told(each, agreement) for each in at))


def told(moment: Moment, agreement: Agreement) -> str:
    """Return a moment as written; one counted from a term of office by its start."""
    if isinstance(moment, Relative) and " " in moment.anchor:
        begun = agreement.waits[moment.anchor].at
        if begun is not None:
            return str(moment).replace(moment.anchor, told(begun, agreement), 1)
    return str(moment)


def standing(clause: Clause, now: datetime) -> Reading:
    """Return the first reading of a clause in the version that holds at an instant.

    Before any version holds it is the first; after the last has ended, the last.
    """
    versions = [each for each in clause.readings if each.id == clause.default.id]
    begun = [
        each for each in versions if each.from_at is not None and each.from_at <= now
    ]
    return begun[-1] if begun else versions[0]


def finding_reading(clause: Clause, reading: Reading) -> str | None:
    """Return the name under which findings tell a reading; None for the only one."""
    several = len({each.id for each in clause.readings}) > 1
    return reading.id if several else None
