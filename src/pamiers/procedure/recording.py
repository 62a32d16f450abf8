"""What each kind of event does to a case, or why it is refused.

A function for each kind; it returns the empty string, or one word that says why
the event changes nothing. Nothing raises.
"""

from collections.abc import Callable
from typing import Final

from pamiers.procedure.event import GROUNDS, Event
from pamiers.procedure.moves import (
    ask_reply,
    close,
    open_steps,
    recheck,
    reopen,
    resume,
    retime,
)
from pamiers.procedure.recording_acts import ACTS
from pamiers.procedure.recording_papers import PAPERS
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import Standing
from pamiers.procedure.timing import TIMING

Record = Callable[[Rules, Standing, Event], str]


def _ground(rules: Rules, standing: Standing, event: Event) -> str:
    """Take a finding, complaint, self-report or request."""
    if standing.status in {"closed", "merged"}:
        return "case-closed"
    if not _may_complain(rules, event):
        return "not-entitled"
    new = standing.status == "new"
    _open(standing, event)
    for breach in event.breaches:
        standing.breaches[breach.key] = breach
        if standing.gone.get(breach.key) == "retracted":  # found again
            del standing.gone[breach.key]
        if not new:
            standing.note(event.at, "ground-added", breach.key, by=event.by)
    ask_reply(rules, standing, event.at)
    retime(rules, standing, event.at)
    return ""


def _open(standing: Standing, event: Event) -> None:
    """Open a case with its first ground, and keep what kinds of ground it has."""
    if standing.status == "new":
        standing.status, standing.opened_at = "open", event.at
        standing.note(event.at, "opened", event.kind, by=event.by)
    if event.kind not in standing.opened_by:
        standing.opened_by = (*standing.opened_by, event.kind)
    if event.kind == "complaint":
        standing.complaint_at = standing.complaint_at or event.at
    if event.kind in {"complaint", "request"}:
        standing.receipt_at = standing.receipt_at or event.at


def _may_complain(rules: Rules, event: Event) -> bool:
    """Tell whether a complaint is heard; whom the agreement does not name is public."""
    if event.kind != "complaint":
        return True
    is_party = event.by in rules.meant(rules.parties)
    is_named = event.by in rules.meant(rules.holders)
    kind = "parties" if is_party else "monitors" if is_named else "public"
    return kind in rules.procedure.complaints_by


def _classified(rules: Rules, standing: Standing, event: Event) -> str:
    if not event.breaches or any(
        b.key not in standing.breaches for b in event.breaches
    ):
        return "unknown-finding"
    for breach in event.breaches:
        standing.breaches[breach.key] = breach
        standing.note(
            event.at, "classified", breach.key, by=event.by, outcome=breach.level
        )
    recheck(rules, standing, event.at)
    retime(rules, standing, event.at)
    return ""


def _retracted(rules: Rules, standing: Standing, event: Event) -> str:
    known = [
        e for e in event.findings if e in standing.breaches and e not in standing.gone
    ]
    if not known:
        return "unknown-finding"
    for key in known:
        standing.gone[key] = "retracted"
        standing.note(event.at, "retracted", key, by=event.by, reason=event.reason)
    if standing.status != "open":
        return ""
    if standing.active or set(standing.opened_by) & {"request"}:
        recheck(rules, standing, event.at)
        retime(rules, standing, event.at)
    else:
        close(rules, standing, event.at, "retracted", event.reason)
    return ""


def _fact(rules: Rules, standing: Standing, event: Event) -> str:
    """Take receipt, report, and events that the agreement names."""
    if standing.status != "open":
        return "case-closed"
    if event.kind == "received":
        standing.receipt_at = standing.receipt_at or event.at
    elif event.kind == "reported":
        standing.report_at = standing.report_at or event.at
    elif not event.name:
        return "nothing-named"
    elif event.name not in standing.recorded:
        standing.recorded = (*standing.recorded, event.name)
    standing.note(event.at, event.kind, event.name, by=event.by)
    if event.kind in {"received", "reported"}:  # times may run from it
        retime(rules, standing, event.at)
    return ""


def _met(rules: Rules, standing: Standing, event: Event) -> str:
    """Take a person's word that the words of a trigger are met."""
    step = rules.procedure.step(event.step)
    if standing.status != "open":
        return "case-closed"
    if step is None or not step.upon.words:
        return "unknown-step"
    if event.by not in rules.speakers((*step.by, *step.alternates)):
        return "not-entitled"
    standing.met |= {step.id}
    standing.note(event.at, "met", step.id, by=event.by, reason=event.reason)
    return ""


def _merged(rules: Rules, standing: Standing, event: Event) -> str:
    if standing.status != "open":
        return "case-closed"
    if not event.reason or not event.name:
        return "no-reason"
    close(rules, standing, event.at, "merged", event.reason)
    standing.status = "merged"
    standing.minutes_due = standing.publication_due = None
    standing.note(event.at, "merged", event.name, by=event.by, reason=event.reason)
    return ""


def _joined(rules: Rules, standing: Standing, event: Event) -> str:
    if standing.status != "open":
        return "case-closed"
    if not event.reason:
        return "no-reason"
    for breach in event.breaches:
        standing.breaches[breach.key] = breach
    standing.note(event.at, "joined", event.name, by=event.by, reason=event.reason)
    ask_reply(rules, standing, event.at)
    retime(rules, standing, event.at)
    return ""


def _split(rules: Rules, standing: Standing, event: Event) -> str:
    if standing.status != "open":
        return "case-closed"
    if not event.reason:
        return "no-reason"
    parted = [
        e for e in event.findings if e in standing.breaches and e not in standing.gone
    ]
    if not parted or len(parted) == len(standing.active):
        return "unknown-finding"
    for key in parted:
        standing.gone[key] = f"parted: {event.name}"
    standing.note(event.at, "split", event.name, by=event.by, reason=event.reason)
    recheck(rules, standing, event.at)
    retime(rules, standing, event.at)
    return ""


def _suspended(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.suspension
    if standing.status != "open" or standing.suspended_at:
        return "not-open"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    standing.suspended_at = event.at
    standing.suspended_until = after(rules, event.at, office.within)
    standing.note(
        event.at,
        "suspended",
        by=event.by,
        due_at=standing.suspended_until,
        reason=event.reason,
    )
    return ""


def _resumed(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.suspension
    if standing.suspended_at is None:
        return "not-suspended"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    resume(rules, standing, event.at)
    return ""


def _stood_down(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.stand_down
    if standing.status != "open":
        return "case-closed"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    last = max((b.breach_at for b in standing.active), default=None)
    quiet = last and after(rules, last, office.within)
    if quiet and event.at < quiet:
        return "not-quiet"
    close(rules, standing, event.at, "stood-down", event.reason)
    return ""


def _closed(rules: Rules, standing: Standing, event: Event) -> str:
    if standing.status != "open":
        return "case-closed"
    deciding = ("decide", "rule", "remedy", "publish")
    steps = rules.procedure.steps
    named = [n for e in steps if e.act in deciding or e.closes for n in e.by]
    named = named or list(steps[-1].by if steps else ())
    if (
        event.by not in rules.speakers(named)
        or rules.speakers([event.by]) & standing.concerned
    ):
        return "not-entitled"
    if not event.reason:
        return "no-reason"
    close(
        rules,
        standing,
        event.at,
        event.outcome or standing.outcome or "settled",
        event.reason,
    )
    return ""


def _reopened(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.reopening
    if standing.status != "closed":
        return "not-closed"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    end = (
        office.within
        and standing.closed_at
        and after(rules, standing.closed_at, office.within)
    )
    if end and event.at > end:
        return "too-late"
    if not event.reason:
        return "no-reason"
    reopen(rules, standing, event.at, event.reason)
    return ""


RECORDING: Final[dict[str, Record]] = {
    **dict.fromkeys(GROUNDS, _ground),
    "classified": _classified,
    "retracted": _retracted,
    **dict.fromkeys(("received", "reported", "recorded"), _fact),
    "met": _met,
    "merged": _merged,
    "joined": _joined,
    "split": _split,
    "suspended": _suspended,
    "resumed": _resumed,
    "stood-down": _stood_down,
    "closed": _closed,
    "reopened": _reopened,
    **ACTS,
    **TIMING,
    **PAPERS,
}


def record(rules: Rules, standing: Standing, event: Event) -> str:
    """Let an event change a case, and open what it makes due.

    Args:
        rules: Of the case.
        standing: Where it stands; changed in place.
        event: What happened.

    Returns:
        The empty string, or a word that says why nothing changed.
    """
    if event.kind not in RECORDING:
        return "unknown-kind"
    if standing.status == "new" and event.kind not in GROUNDS:
        return "not-open"
    standing.reached_at = event.at
    why = RECORDING[event.kind](rules, standing, event)
    if not why and standing.suspended_at is None:
        open_steps(rules, standing, event.at)
    return why
