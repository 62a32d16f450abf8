"""When the moments of an agreement are, once its anchors have happened."""

from datetime import datetime
from typing import Final, Literal, cast

from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.moment import At, Moment
from pamiers.agreement.written import Anchor, Written

_MOST_STEPS: Final = 64  #: an anchor counted from an anchor counted from ...


def anchor_instants(written: Written) -> dict[str, datetime]:
    """Return anchor -> UTC instant, for those that can be reckoned.

    Anchors that are blank, or that wait for one another, are left out.
    """
    found: dict[str, datetime] = {}
    for _ in range(min(len(written.anchors), _MOST_STEPS)):
        for name, anchor in written.anchors.items():
            at_ = anchor.at if isinstance(anchor, Anchor) else None
            if at_ is not None and not isinstance(at_, Blank):
                at = instant(at_, written, found)
                if at is not None:
                    found[name] = at
    return found


def instant(
    moment: Moment, written: Written, anchors: dict[str, datetime]
) -> datetime | None:
    """Return when a moment is [UTC].

    Args:
        moment: Instant, or time counted from an anchor.
        written: The agreement, for its zone and its way of counting.
        anchors: Anchor -> UTC instant, as far as known.

    Returns:
        The instant; None where its anchor is not known.
    """
    if isinstance(moment, At):
        return moment.instant
    start = anchors.get(moment.anchor)
    if start is None or moment.offset is None:
        return start
    shift = moment.offset.before if moment.backward else moment.offset.after
    return shift(start, default_reckoning(written), time_zone(written))


def time_zone(written: Written) -> str:
    """Return the agreement's IANA zone; UTC while it is blank."""
    found = written.heading.time_zone
    return "UTC" if isinstance(found, Blank) else found


def default_reckoning(written: Written) -> Literal["elapsed", "wall_clock"]:
    """Return how a duration that does not say is counted; elapsed while blank."""
    found = str(written.heading.durations)
    known = found if found in {"elapsed", "wall_clock"} else "elapsed"
    return cast("Literal['elapsed', 'wall_clock']", known)
