"""What people record of cases: events, complaints, findings; and what lies ahead."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pamiers.agreement.model import Agreement
from pamiers.app.case_files import are_kept
from pamiers.app.case_values import Opened, case_values, cases_of, notices_of
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.mission.cases import load, record_event
from pamiers.mission.receipts import acknowledge
from pamiers.procedure.case import Case
from pamiers.procedure.effects import Effect
from pamiers.procedure.event import Event
from pamiers.procedure.playing import Played, Stance, moves
from pamiers.procedure.writing import event_from

_AHEAD = 40  #: most moves that are looked ahead
_NAME = re.compile(r"(?!\.)[\w.@:-]{1,128}")


def words_of(entries: Sequence[str]) -> dict[str, str]:
    """Return what `key=value` arguments state.

    Raises:
        UsageError: One is not of that form.
    """
    found: dict[str, str] = {}
    for each in entries:
        key, sign, value = each.partition("=")
        if not sign or not key:
            raise UsageError(
                "event",
                expected="key=value, such as act=warn",
                got=repr(each),
                remedy="Write one event: what=about, by=WHO, at=WHEN.",
            )
        found[key.strip()] = value
    return found


def record(
    folder: Path, name: str, written: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Record an event of a case that is on record.

    Args:
        folder: Mission.
        name: Id of the case.
        written: As people write an event; `at` is now where it is left out.
        now: Instant of recording.

    Returns:
        The case after it, what is new, and why it was refused where it was.

    Raises:
        UsageError: No such case, or no such event.
    """
    with cases_of(folder) as held:
        return record_in(held, name, event_of(written, now), now)


def record_in(held: Opened, name: str, event: Event, now: datetime) -> dict[str, Any]:
    """Record an event of a case of a mission that is open already.

    Args:
        held: Its cases.
        name: Id of the case.
        event: What took place.
        now: Instant of recording.

    Returns:
        As `record`.

    Raises:
        UsageError: It names a file that is not here.
    """
    are_kept(held.cases.mission, event)
    old = load(held.cases, name, now)
    procedure = old.rules.procedure.id
    case, new = record_event(held.cases, name, procedure, event, now)
    return _came(case, new, event, now)


def event_of(written: Mapping[str, Any], now: datetime) -> Event:
    """Return the event that people wrote; `at` is now where it is left out.

    Raises:
        UsageError: No such event, or one that is still to come.
    """
    event = event_from({"at": now, **written}, "event")
    if event.at > now:
        raise UsageError(
            "event",
            expected="something that has taken place",
            got=f"at {event.at:%Y-%m-%dT%H:%MZ}, which is still to come",
            remedy="Correct `at`, or record it then.",
        )
    return event


def _came(
    case: Case, new: Sequence[Effect], event: Event, now: datetime
) -> dict[str, Any]:
    # The same may have been refused in the same second before: the last is this one.
    last = max((e.position for e in case.entries if _same(e, event)), default=None)
    refused = [r.why for r in case.refused if r.event.position == last]
    return {
        "case": case.id,
        "refused": refused[0] if refused else None,
        "status": case.standing.status,
        "outcome": case.standing.outcome or None,
        "told": [
            {"kind": e.kind, "what": e.what, "about": e.about, "to": list(e.to)}
            for e in new
        ],
        "due": case_values(case, now)["due"],
    }


def _same(one: Event, other: Event) -> bool:
    return (one.kind, one.at, one.by, one.step) == (
        other.kind,
        other.at,
        other.by,
        other.step,
    )


def begin_case(
    folder: Path, written: Mapping[str, Any], procedure: str | None, now: datetime
) -> dict[str, Any]:
    """Open a case by a finding, complaint, self-report or request.

    Args:
        folder: Mission.
        written: As people write an event, with `clause`.
        procedure: None: the one that answers the clause.
        now: Instant of recording.

    Returns:
        The case after it, as for `record`.

    Raises:
        UsageError: No procedure answers the clause, or it is no ground of a case.
    """
    with cases_of(folder) as held:
        return begin_in(held, written, procedure, now)


def begin_in(
    held: Opened, written: Mapping[str, Any], procedure: str | None, now: datetime
) -> dict[str, Any]:
    """Open a case of a mission that is open already.

    Args:
        held: Its cases.
        written: As people write an event, with `clause`.
        procedure: None: the one that answers the clause.
        now: Instant of recording.

    Returns:
        As `begin_case`.

    Raises:
        UsageError: As `begin_case`; or an id that is no name.
    """
    event = event_of(written, now)
    chosen = procedure or _answering(held.agreement, str(written.get("clause", "")))
    held.cases.rules_for(chosen)
    size = held.cases.mission.record.head().size
    name = str(written.get("case") or f"{chosen}-{size}")
    if not is_case_name(name):
        raise UsageError(
            "case",
            expected="1 to 128 letters, figures or . @ : - _",
            got=repr(name[:80]),
            remedy="Choose another id, or leave it out.",
        )
    case, new = record_event(held.cases, name, chosen, event, now)
    return _came(case, new, event, now)


def is_case_name(text: str) -> bool:
    """Tell whether a text can name a case: in an address, and in a file's name."""
    return _NAME.fullmatch(text) is not None


def _answering(agreement: Agreement, clause: str) -> str:
    found = {each.id: each.on_breach for each in agreement.clauses}
    procedure = found.get(clause)
    if procedure not in agreement.procedures:
        answered = [
            name for name, each in found.items() if each in agreement.procedures
        ]
        raise UsageError(
            "clause",
            expected=f"a clause that a procedure answers ({', '.join(answered)})",
            got=repr(clause),
            remedy="Name one of these, or give --procedure.",
        )
    return str(procedure)


def acknowledged(folder: Path, name: str, by: str, now: datetime) -> dict[str, Any]:
    """Put on record that a party acknowledges the notices of a case.

    Args:
        folder: Mission.
        name: Id of the case.
        by: The party.
        now: Instant of recording.

    Returns:
        How many notices it acknowledged now, and those it has not been given yet.

    Raises:
        UsageError: No such case, or no such party.
    """
    with cases_of(folder) as held:
        return acknowledged_in(held, name, by, now)


def acknowledged_in(held: Opened, name: str, by: str, now: datetime) -> dict[str, Any]:
    """Put an acknowledgement on record in a mission that is open already.

    Args:
        held: Its cases.
        name: Id of the case.
        by: The party.
        now: Instant of recording.

    Returns:
        As `acknowledged`.
    """
    keys = acknowledge(held.cases, name, by, now)
    told = notices_of(held.cases, name)
    waiting = [e for e in told if by in e["to"] and e["delivered_at"] is None]
    return {
        "case": name,
        "by": by,
        "acknowledged": len(keys),
        "not_delivered": len(waiting),
        "at": format_instant(now),
    }


def ahead(folder: Path, name: str, silent: str | None, now: datetime) -> dict[str, Any]:
    """Return the steps that lie ahead of a case, if somebody stays silent.

    Args:
        folder: Mission.
        name: Id of the case.
        silent: A party, `anybody`, or None for nobody.
        now: From when.

    Returns:
        The way there in words, and how the case would stand; nothing is recorded.

    Raises:
        UsageError: No such case or party.
    """
    with cases_of(folder) as held:
        case = load(held.cases, name, now)
        _known(held, silent)
    stance = Stance(
        party=None if silent in {None, "anybody"} else silent,
        anybody=silent == "anybody",
    )
    played = Played(case=case, now=now)
    for _ in range(_AHEAD):
        after = list(moves(played, stance)) if played.case.is_open else []
        if not after:
            break
        played = after[-1] if stance.anybody else after[0]
    return {
        "case": name,
        "if": f"{silent} silent" if silent else "everybody acts at the last moment",
        "ahead": list(played.trace),
        "status": played.case.standing.status,
        "outcome": played.case.standing.outcome or None,
        "ends_in_s": (played.now - now).total_seconds() // 1,
        "stuck": played.case.is_open and not _rests(played.case, played.now),
    }


def _known(held: Opened, silent: str | None) -> None:
    parties = held.agreement.party_ids
    if silent not in {None, "anybody", *parties}:
        raise UsageError(
            "--if",
            expected=f"PARTY silent, with one of {', '.join(parties)}, anybody",
            got=repr(silent),
            remedy="Name one of these.",
        )


def _rests(case: Case, now: datetime) -> bool:
    due = case.next_due
    return due is not None and due >= now - timedelta(seconds=1)
