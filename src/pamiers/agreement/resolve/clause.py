"""A clause as written, made ready to be judged: verb, readings, exemptions."""

from collections.abc import Iterator

from pamiers.agreement.model import (
    Amendment,
    Clause,
    Exemption,
    Reading,
    Suspension,
    Tenure,
    Thresholds,
    Verb,
    Words,
)
from pamiers.agreement.reckoning import default_reckoning
from pamiers.agreement.resolve.about import QUESTION, slacks
from pamiers.agreement.resolve.matter import matter_of, verb_of
from pamiers.agreement.resolve.office import in_office, mandates, vacancies
from pamiers.agreement.resolve.reading import bearers, readings
from pamiers.agreement.resolve.sure import (
    amount,
    condition,
    held,
    moment,
    moments,
    nominal_s,
    sure,
)
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.written import Amendment as WrittenAmendment
from pamiers.agreement.written import (
    Cuts,
    Provision,
    Question,
    Trigger,
    Unless,
    Watch,
    Written,
)
from pamiers.agreement.written import Suspension as WrittenSuspension

_DAY_S = 86_400.0
#: exemption of all that is while a clause does not hold; no id that may be written
WHILE = "not while"
_LAST = 1_001


def clause_of(written: Written, clause: Provision) -> Clause:
    """Return a clause that can be judged, its moments without instants.

    Args:
        written: The agreement, for its parties and its way of counting.
        clause: One of its clauses.

    Returns:
        The clause.
    """
    parties = filled(written.heading.parties)
    tree = None if isinstance(clause.formula, Blank) else clause.formula
    upon = clause.upon if isinstance(clause.upon, Trigger) else Trigger()
    return Clause(
        id=sure(clause.id),
        verb=Verb(verb_of(clause)),
        title=sure(clause.title) or {"en": sure(clause.id)},
        text=sure(clause.text) or sure(clause.substance),
        cite=sure(clause.cite),
        instrument=sure(clause.instrument),
        readings=tuple(
            in_office(each, _office(written, each))
            for each in readings(clause, parties, default_reckoning(written))
        ),
        questions=_questions(clause),
        unless=(*map(_exemption, clause.unless), *_otherwise(clause)),
        upon=filled(upon.breach_of),
        answers_for=filled(clause.answers_for),
        verified_by=filled(clause.verified_by),
        perdurant=bool(sure(clause.perdurant)),
        urgency=sure(clause.urgency),
        formula=str(tree) if tree else "",
        tree=tree,
        thresholds=thresholds(clause.thresholds),
        suspended=tuple(_suspensions(written, clause, parties)),
        amendments=tuple(
            _amendment(held(each, WrittenAmendment)) for each in clause.amended
        ),
        visibility=_visibility(written, clause),
        to=filled(matter_of(clause).to),
        watched_by=_watchers(written, clause),
        severity=sure(clause.severity),
        on_breach=str(clause.on_breach) or None,
        gap_s=nominal_s(clause.gap) or _DAY_S,
    )


def _questions(clause: Provision) -> tuple[Words, ...]:
    """Return what the readings of a clause disagree about, in their order."""
    asked = tuple(sure(held(q, Question).question) for q in clause.readings)
    return (*asked, QUESTION) if any(slacks(matter_of(clause))) else asked


def thresholds(cuts: Cuts | Blank | None) -> Thresholds | None:
    """Return the probabilities at which a verdict is decided; None for none."""
    if not isinstance(cuts, Cuts):
        return None
    return Thresholds(breached=sure(cuts.breached), kept=sure(cuts.kept))


def _visibility(written: Written, clause: Provision) -> str:
    """Return who may read a clause: what it says itself, or what its text does."""
    own = known(clause.visibility)
    if own:
        return own
    texts = (each for each in written.instruments if each.id == clause.instrument)
    return sure(next(texts).visibility)


def _watchers(written: Written, clause: Provision) -> tuple[str, ...]:
    """Return the means that watch a clause, named on either side."""
    named = filled(clause.watched_by)
    others = [
        name
        for name, means in written.monitoring.items()
        if isinstance(means, Watch) and clause.id in means.watches
    ]
    return (*named, *(name for name in others if name not in named))


def _office(written: Written, reading: Reading) -> tuple[Tenure, ...]:
    """Return the times in office of the one role that a reading binds; else none."""
    alone = reading.bearers[0] if len(reading.bearers) == 1 else ""
    return mandates(written).get(alone, ())


def _suspensions(
    written: Written, clause: Provision, parties: tuple[str, ...]
) -> Iterator[Suspension]:
    """Yield when a clause was suspended, or nobody in the office that owes it."""
    for each in clause.suspended:
        yield _suspension(held(each, WrittenSuspension))
    bound = bearers(clause, parties)
    if len(bound) == 1:
        yield from vacancies(mandates(written).get(bound[0], ()))


def _suspension(found: WrittenSuspension) -> Suspension:
    (begin,) = moments(found.from_)
    return Suspension(
        from_=begin,
        until=moment(found.until),
        by=filled(found.by),
        cite=sure(found.cite),
    )


def _amendment(found: WrittenAmendment) -> Amendment:
    (begin,) = moments(found.on)
    return Amendment(
        instrument=sure(found.instrument),
        on=begin,
        text=sure(found.text),
        cite=sure(found.cite),
    )


def _otherwise(clause: Provision) -> Iterator[Exemption]:
    """Yield what is exempt where a clause holds only while something is so."""
    states = filled(clause.while_)
    if states:
        yield Exemption(id=WHILE, text={}, priority=_LAST, lacking=states)


def _exemption(unless: Unless) -> Exemption:
    notice = known(unless.notified)
    before = known(notice.before) if notice else None
    return Exemption(
        id=sure(unless.id),
        text=sure(unless.text),
        priority=int(known(unless.priority) or 0),
        notified_s=before.nominal_s if before else (0.0 if notice else None),
        notice=before,
        notified_to=filled(notice.to) if notice else (),
        matching=filled(notice.matching) if notice else (),
        in_answer_to=filled(unless.in_answer_to),
        after_tried=str(unless.after_tried) or None,
        ordered_by=str(unless.ordered_by) or None,
        by=filled(unless.by),
        kinds=filled(unless.event),
        classes=filled(unless.of),
        zones=filled(unless.in_),
        condition=condition(unless.where),
        approved_by=filled(unless.approved_by),
        up_to=amount(unless.up_to),
        during=filled(unless.while_),
        from_=moment(unless.from_),
        until=moment(unless.until),
    )
