"""What parties say, what repairs a breach, and the papers of a closed case."""

from dataclasses import replace
from typing import Final

from pamiers.agreement.model.procedure import Remedy
from pamiers.procedure.event import Event
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import RemedyState, Standing


def _said(rules: Rules, standing: Standing, event: Event) -> str:
    """Take a reply, a rival account, a dispute, a reserved position.

    They stand beside the finding and change nothing of it.
    """
    if not event.by or not event.reason:
        return "nothing-said"
    if event.kind == "reply":
        if event.by not in rules.parties:
            return "not-entitled"
        standing.replies[event.by] = standing.replies.get(event.by) or event.at
    key = event.findings[0] if event.findings else event.step
    standing.note(event.at, event.kind, key, by=event.by, reason=event.reason)
    return ""


def _evidence(rules: Rules, standing: Standing, event: Event) -> str:
    """Take new evidence; on a closed case somebody has to decide what follows."""
    standing.note(event.at, "evidence", event.name, by=event.by, reason=event.reason)
    office = rules.procedure.reopening
    if standing.status != "closed" or office is None:
        return ""
    if office.within and standing.closed_at:
        end = after(rules, standing.closed_at, office.within)
        if end is not None and event.at > end:
            return "too-late"
    if office.decided_within and standing.evidence_due is None:
        standing.evidence_at = event.at
        standing.evidence_due = after(rules, event.at, office.decided_within)
    return ""


def _remedy(rules: Rules, standing: Standing, event: Event) -> str:
    remedy = rules.procedure.remedy(event.name)
    if remedy is None:
        return "unknown-remedy"
    of = remedy.done_by or _responsible(standing, event)
    due = after(rules, event.at, remedy.within)
    why = _unfit(rules, standing, remedy, event)
    if why or not of or due is None:
        return why or ("no-duration" if of else "nobody-responsible")
    standing.remedies[remedy.id] = RemedyState(
        determined_at=event.at, by=event.by, of=of, due_at=due
    )
    standing.lapsed -= {f"remedy:{remedy.id}", f"remedy-check:{remedy.id}"}
    standing.decided_at = event.at
    standing.note(
        event.at, "remedy", remedy.id, by=event.by, due_at=due, reason=" ".join(of)
    )
    return ""


def _unfit(rules: Rules, standing: Standing, remedy: Remedy, event: Event) -> str:
    """Return why a remedy cannot be determined; the empty string where it can."""
    if standing.status not in {"open", "closed"}:
        return "case-closed"
    if event.by not in rules.speakers(remedy.by):
        return "not-entitled"
    worst = max((b.severity for b in standing.active), default=0)
    return "too-slight" if worst < remedy.severity else ""


def _responsible(standing: Standing, event: Event) -> tuple[str, ...]:
    party = event.party or standing.attribution.get("party")
    if party:
        return (str(party),)
    return tuple(standing.concerned) if len(standing.concerned) == 1 else ()


def _remedy_done(rules: Rules, standing: Standing, event: Event) -> str:
    held, remedy = standing.remedies.get(event.name), rules.procedure.remedy(event.name)
    if held is None or remedy is None:
        return "unknown-remedy"
    if event.by not in rules.speakers(held.of):
        return "not-entitled"
    check = after(rules, event.at, remedy.verified_within)
    standing.remedies[event.name] = replace(
        held, done_at=event.at, check_at=check, refused_at=None
    )
    standing.note(event.at, "remedy-done", event.name, by=event.by, due_at=check)
    return ""


def _remedy_verified(rules: Rules, standing: Standing, event: Event) -> str:
    held, remedy = standing.remedies.get(event.name), rules.procedure.remedy(event.name)
    if held is None or remedy is None or held.done_at is None:
        return "unknown-remedy"
    by = rules.speakers(remedy.verified_by)
    if event.by not in by or rules.speakers([event.by]) & set(held.of):
        return "not-entitled"
    well = event.choice != "no"
    standing.remedies[event.name] = replace(
        held,
        verified_at=event.at if well else None,
        refused_at=None if well else event.at,
    )
    what = "remedy-verified" if well else "remedy-not-verified"
    standing.note(event.at, what, event.name, by=event.by, reason=event.reason)
    return ""


def _minutes(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.minutes
    if standing.status != "closed":
        return "not-closed"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    standing.minutes_at = event.at
    standing.signatures.clear()  # of what was written before; who signed is in the log
    standing.note(event.at, "minutes", by=event.by, reason=event.reason)
    return ""


def _signed(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.minutes
    if standing.minutes_at is None or office is None:
        return "no-minutes"
    if event.by not in office.signed_by:
        return "not-entitled"
    word = "refused" if event.choice == "no" else "signed"
    standing.signatures[event.by] = word
    what = "signature-refused" if word == "refused" else "signed"
    standing.note(event.at, what, by=event.by, key=event.by, reason=event.reason)
    return ""


def _published(rules: Rules, standing: Standing, event: Event) -> str:
    office = rules.procedure.publication
    if standing.status != "closed":
        return "not-closed"
    if office is None or event.by not in rules.speakers(office.by):
        return "not-entitled"
    standing.published_at = event.at
    standing.note(event.at, "published", office.edition, by=event.by)
    return ""


PAPERS: Final = {
    **dict.fromkeys(("reply", "account", "dispute", "reserved"), _said),
    "evidence": _evidence,
    "remedy": _remedy,
    "remedy-done": _remedy_done,
    "remedy-verified": _remedy_verified,
    "minutes": _minutes,
    "signed": _signed,
    "published": _published,
}
