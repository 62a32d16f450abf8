"""When the moments of an agreement are, once its anchors have happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, cast

from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.calendar import WEEKDAYS, Calendar
from pamiers.agreement.values.moment import Moment, when
from pamiers.agreement.written import Anchor, Written

SATURDAY_SUNDAY: Final = (5, 6)
_MOST_STEPS: Final = 64  #: an anchor counted from an anchor counted from ...


def anchor_instants(written: Written) -> dict[str, datetime]:
    """Return anchor -> UTC instant, for those that can be reckoned.

    Anchors that are blank, or that wait for one another, are left out.
    """
    found: dict[str, datetime] = {}
    for _ in range(min(len(written.anchors), _MOST_STEPS)):
        for name, anchor in written.anchors.items():
            at = _set(anchor, written, found) if isinstance(anchor, Anchor) else None
            if at is not None and isinstance(anchor, Anchor):
                found[name] = _extended(anchor, at, written, found)
    return found


def _set(
    anchor: Anchor, written: Written, anchors: Mapping[str, datetime]
) -> datetime | None:
    """Return when an anchor is that no event sets; None while that is not known."""
    if anchor.at is not None and not isinstance(anchor.at, Blank):
        return instant(anchor.at, written, anchors)
    reached = [
        instant(each, written, anchors)
        for each in (*anchor.last_of, *anchor.first_of)
        if not isinstance(each, Blank)
    ]
    known = [each for each in reached if each is not None]
    if not known or len(known) < len(anchor.last_of):
        return None
    return max(known) if anchor.last_of else min(known)


def _extended(
    anchor: Anchor, at: datetime, written: Written, anchors: Mapping[str, datetime]
) -> datetime:
    """Return when an anchor is as it was put off, in time, by later agreement."""
    agreed = []
    for each in anchor.extended:
        ends = () if isinstance(each, Blank) else (each.on, each.until)
        known = [
            instant(end, written, anchors)
            for end in ends
            if end is not None and not isinstance(end, Blank)
        ]
        agreed.append(tuple(end for end in known if end is not None))
    for on, until in sorted(pair for pair in agreed if len(pair) == 2):  # noqa: PLR2004 - on, until
        at = max(at, until) if on <= at else at
    return at


def instant(
    moment: Moment, written: Written, anchors: Mapping[str, datetime]
) -> datetime | None:
    """Return when a moment is [UTC].

    Args:
        moment: Instant, time counted from an anchor, or edge of a local day.
        written: The agreement, for its zone and its way of counting.
        anchors: Anchor -> UTC instant, as far as known.

    Returns:
        The instant; None where its anchor is not known.
    """
    return when(moment, anchors, calendar(written))


def calendar(written: Written) -> Calendar:
    """Return how an agreement counts; the defaults stand for blanks."""
    heading = written.heading
    rest = tuple(WEEKDAYS.index(day) for day in filled(heading.weekend))
    return Calendar(
        time_zone=time_zone(written),
        durations=default_reckoning(written),
        weekend=rest if 0 < len(set(rest)) < len(WEEKDAYS) else SATURDAY_SUNDAY,
        holidays=filled(heading.holidays),
    )


def time_zone(written: Written) -> str:
    """Return the agreement's IANA zone; UTC while it is blank."""
    found = written.heading.time_zone
    return "UTC" if isinstance(found, Blank) else found


def default_reckoning(written: Written) -> Literal["elapsed", "wall_clock"]:
    """Return how a duration that does not say is counted; elapsed while blank."""
    found = str(written.heading.durations)
    known = found if found in {"elapsed", "wall_clock"} else "elapsed"
    return cast("Literal['elapsed', 'wall_clock']", known)
