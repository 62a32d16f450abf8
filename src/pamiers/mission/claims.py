"""Who has taken on what waits for a person: claimed, and released, on record.

A claim decides nothing and says nothing of the world. It keeps two people from doing
the same work, and tells afterwards who had it in hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.core.errors import OutOfOrderError
from pamiers.core.instant import format_instant
from pamiers.mission.mission import Mission

CLAIM: Final = "claim"
Append = Callable[[dict[str, object]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that somebody has in hand. Invariant: of one item there is one."""

    item: str  #: what waits: `quarantine:12.0`, `finding:KEY`, `case:ID`
    by: str  #: name of a principal
    at: datetime  #: since when [UTC]
    entry: int  #: that recorded it

    def to_dict(self) -> dict[str, object]:
        """Return it as plain values."""
        return {"by": self.by, "at": format_instant(self.at), "entry": self.entry}


def claims(mission: Mission) -> dict[str, Claim]:
    """Return what is claimed now, by item.

    The first to claim has it until it is released: a second claim changes nothing.
    """
    held: dict[str, Claim] = {}
    for entry in mission.record.entries((CLAIM,)):
        item, by = str(entry.body["item"]), str(entry.body["by"])
        if entry.body["do"] == "release":
            held.pop(item, None)
        elif item not in held:
            held[item] = Claim(
                item=item, by=by, at=entry.recorded_at, entry=entry.index
            )
    return held


def claim(mission: Mission, item: str, by: str, append: Append) -> Claim:
    """Take something on, on record.

    Args:
        mission: The mission.
        item: What waits.
        by: Who takes it on.
        append: Puts the body of an entry on record, in turn with others.

    Returns:
        The claim; the one that there is where it is one's own already.

    Raises:
        OutOfOrderError: Somebody else was first.
    """
    held = claims(mission).get(item)
    if held is None:
        append({"by": by, "do": "claim", "item": item})
        held = claims(mission)[item]
    if held.by == by:
        return held
    raise OutOfOrderError(
        item,
        expected="something that nobody has in hand",
        got=f"claimed by {held.by} since {held.at:%Y-%m-%dT%H:%MZ}",
        remedy="Take on something else, or have it released.",
    )


def release(mission: Mission, item: str, by: str, append: Append) -> bool:
    """Let go of something, on record, one's own or another's.

    Args:
        mission: The mission.
        item: What was claimed.
        by: Who releases it.
        append: As for `claim`.

    Returns:
        Whether anybody had it.
    """
    if item not in claims(mission):
        return False
    append({"by": by, "do": "release", "item": item})
    return True
