"""What a clause is about, and which means watch it."""

from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import Matter, Provision, Watch, Written


def matter(clause: Provision) -> Matter | None:
    """Return what a clause forbids or obliges; None unless exactly one is given."""
    given = [each for each in (clause.forbid, clause.oblige) if each is not None]
    found = given[0] if len(given) == 1 else None
    return None if isinstance(found, Blank) else found


def watchers(written: Written, clause: Provision) -> tuple[str, ...]:
    """Return the means that watch a clause, named on either side."""
    named = filled(clause.watched_by)
    others = [
        name
        for name, means in written.monitoring.items()
        if isinstance(means, Watch) and clause.id in means.watches
    ]
    return (*named, *(name for name in others if name not in named))
