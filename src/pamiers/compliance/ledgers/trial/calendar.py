"""A scenario's expectation of the calendar: `{calendar: law, late_by: 102 d}`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty
from pamiers.compliance.ledgers.calendar.lateness import day_until, last_day
from pamiers.compliance.ledgers.calendar.shown import shown
from pamiers.compliance.ledgers.trial.compare import chosen, differing, known_at
from pamiers.compliance.scenario.written import Expectation
from pamiers.compliance.world import World

SELECTORS: Final = ("bearer", "party", "reading", "occasion", "trigger", "version")
VALUES: Final = (
    *("status", "due", "late_by", "done", "waits_for", "locked_by", "written"),
    *("times", "dates"),
)
READERS: Final = "readers"
KEYS: Final = frozenset((*SELECTORS, *VALUES, READERS))


def check_calendar(
    expected: Expectation, agreement: Agreement, world: World, at: datetime, /
) -> Sequence[str]:
    """Return in what the duties of a clause are not as a scenario expects.

    Args:
        expected: Its value is a clause, or the agreement for its own term.
        agreement: Resolved.
        world: What is known.
        at: Now.

    Returns:
        One sentence a difference; every duty that is chosen has to agree.
    """
    known = known_at(agreement, world, at)
    readers = str(expected.expected.get(READERS, "restricted"))
    told = shown(calendar(known), known.agreement, readers)
    duties = [duty for duty in told if duty.clause == expected.about]
    by = {n: v for n, v in expected.expected.items() if n in SELECTORS}
    wanted = {n: v for n, v in expected.expected.items() if n in VALUES}
    rows = [row for duty in duties for row in _rows(duty, known.agreement)]
    held = chosen(rows, by, known.agreement)
    if "T" in str(wanted.get("due", "")):
        wanted["due_at"] = wanted.pop("due")
    if "locked_by" in wanted:
        wanted["locked_by"] = _bare(wanted["locked_by"])
    number = wanted.pop("dates", None)
    if number is not None and number != len({row["key"] for row in held}):
        return [f"dates: expected {number}, got {len(held)}"]
    if not held and number is None:
        return ["the calendar has no such date"]
    off = [line for row in held for line in differing(wanted, row, known.agreement)]
    return list(dict.fromkeys(off))


def _bare(names: object) -> list[str]:
    """Return what locks a duty, the word `gate` left out."""
    listed = names if isinstance(names, list) else [names]
    return [str(each).removeprefix("gate ") for each in listed]


def _rows(duty: Duty, agreement: Agreement) -> list[Mapping[str, object]]:
    """Return a duty once for each reading it holds under."""
    clauses = [each for each in agreement.clauses if each.id == duty.clause]
    every = tuple(r.id for each in clauses for r in each.readings)
    row = {
        "key": duty.key,
        "bearer": duty.bearer,
        "party": duty.bearer,
        "occasion": duty.occasion.value,
        "trigger": (duty.trigger or "").rpartition(":")[2] or None,
        "version": duty.version,
        "status": duty.status.value,
        "due": last_day(duty, agreement),
        "due_at": duty.due_at,
        "late_by": None if duty.late is None else str(duty.late),
        "done": None if duty.done_at is None else day_until(duty.done_at, agreement),
        "waits_for": duty.waits_for,
        "locked_by": _bare(list(duty.locked_by)),
        "written": duty.written,
        "times": duty.times,
    }
    names = dict.fromkeys(duty.readings or every or ("",))
    return [{**row, "reading": name} for name in names]
