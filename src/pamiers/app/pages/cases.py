"""The board of cases: every case with what is due next, by whom and when."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Final

from pamiers.agreement.model.procedure import Procedure, Step
from pamiers.app.case_values import Opened, cases_in, lapsed
from pamiers.app.pages.case_seen import Seen
from pamiers.app.pages.readers import Reader
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.mission.cases import caught_up, folded, load
from pamiers.procedure.case import Case
from pamiers.procedure.clocks import Due
from pamiers.procedure.standing import StepState

MOST: Final = 500  #: cases of one status on a board
Values = dict[str, Any]


@contextmanager
def docket(reader: Reader) -> Iterator[Opened]:
    """Open the cases of a mission as its reader opened it."""
    with cases_in(reader.live, reader.folder) as held:
        yield held


def seen(reader: Reader, case: Case) -> Seen:
    """Return a case as a reader may see it."""
    edition = Sharing(reader.edition.id)
    return Seen(case=case, edition=edition, secret=reader.secret)


def is_seen(reader: Reader, held: Opened, name: str, now: datetime) -> bool:
    """Tell whether there is a case of that id that a reader may see.

    Args:
        reader: Whoever would see it.
        held: The cases.
        name: Id of the case.
        now: As of when.

    Returns:
        False, too, where there is none.
    """
    with suppress(UsageError):
        return seen(reader, load(held.cases, name, now)).shown
    return False


def listed(reader: Reader, now: datetime) -> list[Seen]:
    """Return the cases that a reader may see, what is due first first.

    Args:
        reader: The mission as its reader sees it.
        now: As of when they are told.

    Returns:
        At most `MOST` open ones, then as many closed ones.
    """
    with docket(reader) as held:
        caught_up(held.cases, now)
        found = [
            case
            for status in ("open", "closed", "merged")
            for case in folded(
                held.cases,
                [each.id for each in held.cases.index.lines(status=status, limit=MOST)],
                now,
            )
        ]
    every = (seen(reader, each) for each in found)
    return sorted((each for each in every if each.shown), key=_order)


def _order(found: Seen) -> tuple[bool, datetime, str]:
    case = found.case
    at = case.next_due or case.standing.closed_at or case.as_of
    assert at is not None  # noqa: S101 - a case that is folded has an instant
    return case.next_due is None, at, case.id


def cases(reader: Reader, now: datetime) -> Values:
    """Return the board: every case with what is due next, by whom and when.

    Args:
        reader: The mission as its reader sees it.
        now: As of when.

    Returns:
        `listed`, `names` of those who act, `withheld`: whether cases are left out
        until they are published, and how many there are of each status otherwise.
    """
    found = listed(reader, now)
    with docket(reader) as held:
        counts = held.cases.index.counts()
    public = Sharing(reader.edition.id) is Sharing.PUBLIC
    return {
        "as_of": format_instant(now),
        "withheld": public,
        "counts": None if public or reader.secret else counts,
        "listed": [_line(each, now) for each in found],
        "names": names(reader),
    }


def names(reader: Reader) -> dict[str, dict[str, str]]:
    """Return what actors and roles are called, by id and language."""
    return {name: dict(words) for name, words in reader.agreement.names.items()}


def _line(found: Seen, now: datetime) -> Values:
    case, held = found.case, found.case.standing
    due = case.due
    shown = found.breaches.values()
    return {
        "key": case.id,
        "procedure": dict(case.rules.procedure.title),
        "status": held.status,
        "outcome": held.outcome or None,
        "clauses": sorted({each.clause for each in shown if each.clause}),
        "parties": sorted({p for p in map(found.party, shown) if p}),
        "sectors": sorted({each.place for each in shown if each.place}),
        "opened_at": at_text(held.opened_at),
        "closed_at": at_text(held.closed_at),
        "suspended_until": at_text(held.suspended_until),
        "next": due_values(found, due[0], now) if due else None,
        "late": [late_values(*each, now) for each in lapsed(case)],
        "disputed": any(each.what == "dispute" for each in case.log),
    }


def late_values(step: Step, state: StepState, now: datetime) -> Values:
    """Return a step whose time ran out: which, whose, when, and how late it is."""
    at = state.lapsed_at or now
    return {
        "key": f"step:{step.id}",
        "by": list(state.passed_to or step.by),
        "due_at": format_instant(at),
        "late_s": (now - at).total_seconds(),
    }


def due_values(found: Seen, due: Due, now: datetime) -> Values:
    """Return what is due: what, by whom, by when, and what its silence means."""
    procedure = found.case.rules.procedure
    step = procedure.step(due.name) if due.what == "step" else None
    return {
        "key": due.what if due.what == "reply" and not found.words else due.key,
        "by": found.those(due.by),
        "due_at": format_instant(due.due_at),
        "left_s": (due.due_at - now).total_seconds(),
        "do": _to_do(procedure, due),
        "silence": silence_values(step),
    }


def _to_do(procedure: Procedure, due: Due) -> dict[str, str]:
    step, remedy = procedure.step(due.name), procedure.remedy(due.name)
    if due.what == "step" and step is not None:
        return dict(step.do)
    return dict(remedy.title) if remedy is not None else {}


def silence_values(step: Step | None) -> Values | None:
    """Return what holds where a step is not taken in time, as agreed."""
    if step is None or step.silence is None:
        return None
    said = step.silence
    return {
        "then": said.then,
        "outcome": said.outcome,
        "to": list(said.to),
        "within": None if said.within is None else str(said.within),
    }


def at_text(at: datetime | None) -> str | None:
    """Return an instant as text; None for none."""
    return None if at is None else format_instant(at)
