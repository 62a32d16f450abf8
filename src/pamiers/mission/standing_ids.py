"""The ids of incidents on record as a class of readers may know them.

To whom all is open they are those of the register. To others its last word does not
hold, for it was said of all reports: what an id stands for is told of the open ones.
"""

from dataclasses import replace
from typing import Final

from pamiers.fusion.naming import name_groups
from pamiers.mission.happened import incidents_of
from pamiers.mission.messages.closed import members_of
from pamiers.mission.mission import Mission
from pamiers.mission.register import (
    BY_SOURCE,
    MERGED,
    STANDING,
    Register,
    borne,
    register,
)

_GONE: Final = (MERGED, STANDING)


def standing_ids(mission: Mission) -> Register:
    """Return every id on record, oldest first, with what it stands for now.

    Args:
        mission: The mission.

    Returns:
        Held ids by id, as the reader of the mission may know them.
    """
    held = register(mission)
    if not mission.hidden or not held:
        return held
    texts = incidents_of(mission).columns.column("members").to_pylist()
    groups = [frozenset(f"{s}:{k}" for _, s, k in members_of(text)) for text in texts]
    named = name_groups(groups, borne(held))
    members = dict(zip(named.keys, groups, strict=True))
    found: Register = {}
    for key, each in held.items():
        last = each.last
        if key in members:
            reports = tuple(sorted(members[key]))
            last = replace(last, status=STANDING, alias_of=None, members=reports)
        elif key in named.alias:
            alias = named.alias[key]
            last = replace(last, status=MERGED, alias_of=alias, members=())
        elif last.status in _GONE:
            last = replace(last, status=BY_SOURCE, alias_of=None, members=())
        found[key] = replace(each, said=(*each.said[:-1], last))
    return found
