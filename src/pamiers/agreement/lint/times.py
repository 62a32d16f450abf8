"""Can every time be reckoned: is it said how it counts, and from what?"""

import itertools
from datetime import timedelta

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.lint.timeline import Timeline
from pamiers.agreement.reckoning import anchor_instants, instant
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.calendar import WEEKDAYS
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import (
    At,
    DayEdge,
    Relative,
    anchor_of,
    offset_of,
    offset_then,
)
from pamiers.agreement.written import Amendment, Anchor, Provision, Written


def check_times(written: Written, notes: Notes) -> None:
    """Complain of durations that do not say how they count, and of lost anchors."""
    counted = bool(written.heading.durations)
    time_zone = known(written.heading.time_zone)
    for path, _, value in AGREEMENT.walk(written, ""):
        moment = value if isinstance(value, At | Relative | DayEdge) else None
        duration = offset_of(moment) if moment else value
        if isinstance(duration, Duration) and duration.needs_reckoning and not counted:
            _uncounted(duration, path, notes)
        anchor = anchor_of(moment) if moment else None
        if anchor is not None and anchor not in written.anchors:
            _unanchored(anchor, path, notes)
        if isinstance(value, At) and time_zone is not None:
            _check_offset(value, time_zone, path, notes)
    _check_week(written, notes)
    _check_reach(written, notes)
    for index, clause in enumerate(written.clauses):
        _check_amendments(written, clause, f"clauses[{index}].amended", notes)
    for name, each in written.anchors.items():
        if isinstance(each, Anchor) and each.extended:
            _check_put_off(written, each, f"anchors.{name}", notes)


def _check_put_off(written: Written, anchor: Anchor, path: str, notes: Notes) -> None:
    """Complain where an anchor was put off after it had come, which moves nothing."""
    time = Timeline(written)
    ends = time.lay(anchor.at)
    for index, each in enumerate(anchor.extended):
        if isinstance(each, Blank):
            continue
        on, until = time.lay(each.on), time.lay(each.until)
        late = on.later_than(ends) if on is not None else None
        if late is not None and late > timedelta(0):
            notes.complain(
                "L-AMENDED-LATE",
                f"{path}.extended[{index}].on",
                f"expected an agreement before {path.partition('.')[2]} came, got "
                f"{each.on}: it moves nothing",
                "Correct the date, or define another anchor for what follows.",
            )
        elif until is not None:
            ends = until


def _check_amendments(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    """Complain of amendments out of order: one that is overtaken never holds."""
    anchors = anchor_instants(written)
    dated = []
    for index, each in enumerate(clause.amended):
        on = each.on if isinstance(each, Amendment) else None
        at = None if isinstance(on, Blank | None) else instant(on, written, anchors)
        if at is not None:
            dated.append((index, on, at))
    for (_, _, before), (index, on, at) in itertools.pairwise(dated):
        if at <= before:
            notes.complain(
                "Q-TIME-ORDER",
                f"{path}[{index}].on",
                f"expected amendments in the order of their dates, got {on} after a "
                "later one",
                "Put the earlier one first; of two on one day, write one.",
            )


def _check_week(written: Written, notes: Notes) -> None:
    if len(set(filled(written.heading.weekend))) == len(WEEKDAYS):
        notes.complain(
            "F-SCHEMA-VALUE",
            "agreement.weekend",
            "expected a day of the week on which people work, got seven days of rest",
            "Name only the days on which nobody works.",
        )


def _check_reach(written: Written, notes: Notes) -> None:
    """Complain of anchors that are counted past the last year of the calendar."""
    reached = anchor_instants(written)
    for name, anchor in written.anchors.items():
        at = anchor.at if isinstance(anchor, Anchor) else None
        if not isinstance(at, Relative | DayEdge) or name in reached:
            continue
        if anchor_of(at) in {None, *reached}:
            notes.complain(
                "Q-TIME-FORM",
                f"anchors.{name}",
                f"expected a time before the year 10000, got {at}",
                "Correct the amount, or its unit.",
            )


def _uncounted(duration: Duration, path: str, notes: Notes) -> None:
    notes.complain(
        "Q-TIME-DURATION",
        path,
        f"expected how {duration} is counted, got neither elapsed nor wall_clock",
        f"Write '{duration} elapsed' or '{duration} wall_clock' (an hour apart where "
        "clocks change), or set `durations` in the heading.",
    )


def _unanchored(anchor: str, path: str, notes: Notes) -> None:
    notes.complain(
        "L-ANCHOR",
        path,
        f"expected an event to count from, got {anchor!r}, which is not an anchor",
        f"Add `{anchor}: <time>` under `anchors`, or TBD while it is open.",
    )


def _check_offset(moment: At, time_zone: str, path: str, notes: Notes) -> None:
    written_offset = moment.text[-6:]
    if moment.text.endswith("Z") or written_offset[0] not in "+-":
        return
    local = moment.text[:-6]
    there = None if local.endswith("24:00") else offset_then(local, time_zone)
    if there is not None and there != written_offset:
        notes.complain(
            "W-TIME-OFFSET",
            path,
            f"expected {there} ({time_zone} on that date), got {written_offset}",
            "Check the offset; the instant is taken as written.",
        )
