"""Do deadlines, beginnings, periods and terms of life fit together?"""

from datetime import timedelta

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.lint.parts import (
    amendments,
    bearers,
    changed,
    given_verbs,
    holders,
    needed,
    parties,
    read_in,
)
from pamiers.agreement.lint.timeline import SOME_DAY, Fixed, Timeline
from pamiers.agreement.reckoning import instant
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import (
    At,
    DayEdge,
    Moment,
    Relative,
    anchor_of,
)
from pamiers.agreement.written import (
    Anchor,
    Drawn,
    Life,
    Matter,
    Periodic,
    Provision,
    Suspension,
    Tenure,
    Unless,
    Version,
    Written,
)

_ZERO = timedelta(0)


def check_deadlines(written: Written, notes: Notes) -> None:
    """Complain of times that contradict one another, and of duties without one."""
    time = Timeline(written)
    _check_spans(written, time, notes)
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_due(clause, path, notes)
        _check_deadline(clause, time, path, notes)
        _check_amended(clause, time, path, notes)
        _check_put_off(clause, time, path, notes)
        _check_first(written, clause, time, path, notes)
        _check_required(written, clause, time, path, notes)
    _check_stalls(written, notes)
    _check_life(written, notes)


def _check_spans(written: Written, time: Timeline, notes: Notes) -> None:
    """Complain of any span, of whatever record, whose end is not after its start."""
    spans = Provision | Unless | Suspension | Drawn | Version | Tenure
    for path, _, value in AGREEMENT.walk(written, ""):
        if not isinstance(value, spans):
            continue
        begin, end = time.lay(value.from_), time.lay(value.until)
        length = end.later_than(begin) if end is not None else None
        if length is not None and length <= _ZERO:
            notes.complain(
                "Q-TIME-ORDER",
                f"{path}.until",
                "expected an end after the beginning, got one before or at it",
                "Swap the two, or correct the date.",
            )


def _check_due(clause: Provision, path: str, notes: Notes) -> None:
    _check_lasting(clause, path, notes)
    if given_verbs(clause) != ("oblige",) or clause.deadline or clause.lasting:
        return
    if read_in(clause, "deadline") or read_in(clause, "lasting"):
        return
    if isinstance(clause.oblige, Matter) and clause.oblige.state == "absence":
        return  # it is owed from the beginning
    if isinstance(clause.urgency, Blank):
        return
    if clause.urgency:
        said = next(iter(clause.urgency.values()))
        notes.complain(
            "L-VAGUE-TIME",
            f"{path}.urgency",
            f"expected by when {clause.id} has to be done, got "
            f"{said!r}, which nobody can measure: it is never late",
            "Have the parties give a day or a time; until then keep their words.",
        )
        return
    notes.complain(
        "L-NO-DEADLINE",
        path,
        f"expected by when {clause.id} has to be done, got no time: it is never late",
        "Give `deadline`, or `within` with `upon` or `requires`; `urgency` for words "
        "such as 'at once'; TBD while it is open.",
    )


def _check_lasting(clause: Provision, path: str, notes: Notes) -> None:
    """Complain of a time that runs from nothing, wherever it is given."""
    runs = clause.upon or clause.requires or read_in(clause, "requires")
    for here, each in changed(clause, path):
        own = getattr(each, "requires", ())
        if isinstance(each.lasting, Duration) and not (runs or own):
            notes.complain(
                "L-ANCHOR",
                f"{here}.within",
                f"expected what {each.lasting} runs from, got nothing",
                "Write `D + 14 d` with an anchor, or name clauses in `upon`.",
            )


def _check_deadline(clause: Provision, time: Timeline, path: str, notes: Notes) -> None:
    begin, end = time.lay(clause.from_), time.lay(clause.until)
    due = _earliest(clause.deadline, time)
    if due is None:
        return
    early = begin.later_than(due) if begin is not None else None
    if early is not None and early > _ZERO:
        notes.complain(
            "L-DEADLINE-EARLY",
            f"{path}.deadline",
            f"expected a deadline after the clause begins, got one {_said(early)} "
            "before it",
            "Let it begin sooner, or be due later.",
        )
    late = due.later_than(end)
    if late is not None and late > _ZERO:
        notes.complain(
            "L-DEADLINE-LATE",
            f"{path}.deadline",
            f"expected a deadline before the clause ends, got one {_said(late)} after",
            "Let it end later, or be due sooner.",
        )


def _earliest(moments: tuple[Moment | Blank, ...], time: Timeline) -> Fixed | None:
    """Return the earliest; None for a blank, or several anchors."""
    found = [time.lay(each) for each in moments]
    known = [each for each in found if each is not None]
    if not known or len(known) < len(found) or len({each.upon for each in known}) > 1:
        return None
    return min(known, key=lambda each: each.at)


def _said(length: timedelta) -> str:
    days = length / timedelta(days=1)
    return f"{days:g} d" if days >= 1 else f"{length / timedelta(hours=1):g} h"


def _check_amended(clause: Provision, time: Timeline, path: str, notes: Notes) -> None:
    end = time.lay(clause.until)
    for index, amendment in amendments(clause):
        on = time.lay(amendment.on)
        late = (
            on.later_than(end) if on is not None and amendment.until is None else None
        )
        if late is not None and late >= _ZERO:
            notes.complain(
                "L-AMENDED-LATE",
                f"{path}.amended[{index}].on",
                "expected a change while the clause holds, got one after its end",
                "Extend `until` by the same amendment, or correct the date.",
            )


def _check_put_off(clause: Provision, time: Timeline, path: str, notes: Notes) -> None:
    """Complain of a new deadline agreed when the one before it had passed."""
    due = _earliest(clause.deadline, time)
    for index, amendment in amendments(clause):
        if not amendment.deadline:
            continue
        on = time.lay(amendment.on)
        late = due.later_than(on) if due is not None and on is not None else None
        if late is not None and late < _ZERO:
            notes.complain(
                "L-AMENDED-LATE",
                f"{path}.amended[{index}].on",
                "expected a new deadline agreed before the old one had passed, got one "
                f"agreed {_said(-late)} after it: what was late by then was late",
                "Correct the date; else have the parties say what they do about it.",
            )
        due = _earliest(amendment.deadline, time)


def _check_first(
    written: Written, clause: Provision, time: Timeline, path: str, notes: Notes
) -> None:
    periodic = clause.every
    if not isinstance(periodic, Periodic) or not isinstance(periodic.period, Duration):
        return
    begin, first = time.lay(clause.from_), _earliest(periodic.first, time)
    wait = first.later_than(begin) if first is not None else None
    if begin is None or wait is None:
        return
    turn = instant(Relative("turn", periodic.period), written, {"turn": begin.at})
    if turn is not None and wait > turn - begin.at:
        notes.complain(
            "L-FIRST",
            f"{path}.every.first",
            f"expected the first time within one period ({periodic.period}) of the "
            f"beginning, got {_said(wait)} after it",
            "Let the clause begin later, or the first time come sooner.",
        )


def _check_required(
    written: Written, clause: Provision, time: Timeline, path: str, notes: Notes
) -> None:
    due = _earliest(clause.deadline, time)
    others = {str(each.id): each for each in written.clauses}
    for name in needed(clause):
        other = others.get(name)
        before = _earliest(other.deadline, time) if other is not None else None
        late = before.later_than(due) if before is not None else None
        if late is not None and late > _ZERO:
            notes.complain(
                "L-DEADLINE-ORDER",
                f"{path}.deadline",
                f"expected {clause.id} due no sooner than {name}, which it requires, "
                f"got it due {_said(late)} before",
                "Make what is needed first due first, or drop the requirement.",
            )


def _check_stalls(written: Written, notes: Notes) -> None:
    """Complain of anchors that a party can keep from coming, once each."""
    held: dict[str, list[str]] = {}
    for clause in written.clauses:
        bound = set(bearers(written, clause))
        for name in {_anchor(each) for each in (clause.from_, *clause.deadline)}:
            anchor = written.anchors.get(name)
            if isinstance(anchor, Anchor) and _stalls(written, anchor, bound):
                held.setdefault(name, []).append(str(clause.id))
    for name, clauses in held.items():
        notes.complain(
            "L-STALL",
            f"anchors.{name}",
            f"expected an event that comes, got {name}, an act of one whom "
            f"{', '.join(clauses)} bind: he can put it off for ever",
            "Give it a `latest`, or count from another event.",
        )


def _anchor(moment: object) -> str:
    if not isinstance(moment, At | Relative | DayEdge):
        return ""
    return anchor_of(moment) or ""


def _stalls(written: Written, anchor: Anchor, bound: set[str]) -> bool:
    names = filled(anchor.by)
    if not names or not anchor.event:
        return False
    each = parties(written) if EACH_PARTY in names else ()
    owners = {*each, *holders(written, tuple(n for n in names if n != EACH_PARTY))}
    alone = bool(owners) and owners <= set(parties(written))
    return alone and bool(owners & bound) and anchor.latest is None


def _check_life(written: Written, notes: Notes) -> None:
    life = written.heading.life
    if isinstance(life, Blank) or isinstance(written.agreement, Blank):
        return
    if life is None or not (life.lasts or life.ended_by):
        notes.complain(
            "L-NO-END",
            "agreement.life" if life is not None else "agreement",
            "expected how it ends or how long it lasts, got nothing",
            "Add `life` with `lasts`, or `ended_by` the event that ends it.",
        )
    elif not life.ended_by and life.tacit:
        notes.complain(
            "L-NO-END",
            "agreement.life",
            f"expected how it ends, got terms of {life.lasts} that silence renews for "
            "ever",
            "Name the event that ends it in `ended_by`, or what renews it.",
        )
    elif life.lasts and not life.renewed_by and not isinstance(life.lasts, Blank):
        notes.complain(
            "L-NO-RENEWAL",
            "agreement.life",
            f"expected what follows the {life.lasts} it lasts, got no rule of renewal",
            "Name the event that renews it in `renewed_by`.",
        )
    if isinstance(life, Life):
        _check_notice(written, life, notes)


def _check_notice(written: Written, life: Life, notes: Notes) -> None:
    if not isinstance(life.notice, Duration) or not isinstance(life.lasts, Duration):
        return
    start = {"start": SOME_DAY}
    notice = instant(Relative("start", life.notice), written, start)
    lasts = instant(Relative("start", life.lasts), written, start)
    if notice is not None and lasts is not None and notice > lasts:
        notes.complain(
            "L-LONG-NOTICE",
            "agreement.life.notice",
            f"expected a notice shorter than the {life.lasts} it lasts, got "
            f"{life.notice}",
            "Shorten the notice, or let it last longer.",
        )
