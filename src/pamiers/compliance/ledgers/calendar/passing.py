"""Dates on which nothing is to be done: clauses begin, end, and exemptions run out."""

from collections.abc import Iterator

from pamiers.agreement.model import Clause, Exemption, Reading, Verb
from pamiers.agreement.schedule import instant
from pamiers.agreement.values.moment import Moment
from pamiers.compliance.ledgers.calendar.deadlines import owed_at_once
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.calendar.locks import lock
from pamiers.compliance.ledgers.calendar.owed import Owed, replaced_by
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import deciding, unknown, written
from pamiers.compliance.ledgers.remark import remark

_ACTS = (Verb.OBLIGE, Verb.EVERY)  #: their dates are those of what is to be done


def passing(clause: Clause, known: Known) -> Iterator[Owed]:
    """Yield when a clause begins and ceases to hold, and its exemptions run out."""
    for reading in clause.readings:
        owed = clause.verb in _ACTS and not owed_at_once(reading)
        dated = owed or bool(reading.deadline)
        if reading.from_ and not dated:
            yield _date(clause, reading, Occasion.BEGINS, known)
        if reading.until and not _goes_on(clause, reading, known):
            yield _date(clause, reading, Occasion.ENDS, known)
    for exemption in clause.unless:
        if exemption.until is not None:
            yield from _exemption(clause, exemption, exemption.until, known)


def _goes_on(clause: Clause, reading: Reading, known: Known) -> bool:
    """Tell whether a version ends only in that another one takes its place."""
    if replaced_by(clause, reading) is None:
        return False
    amended = {instant(each.on, known.agreement) for each in clause.amendments}
    return reading.until_at is None or reading.until_at in amended


def _date(clause: Clause, reading: Reading, occasion: Occasion, known: Known) -> Owed:
    begins = occasion is Occasion.BEGINS
    moments = reading.from_ if begins else reading.until
    return Owed(
        clause=clause,
        reading=reading,
        occasion=occasion,
        bearer=None,
        written=written(moments),
        told=deciding(moments, known.agreement, latest=begins),
        replaced_by=replaced_by(clause, reading),
        due_at=reading.from_at if begins else reading.until_at,
        waits_for=unknown(moments, known.agreement),
        locked_by=lock(clause, reading, known).locked_by if begins else (),
    )


def _exemption(
    clause: Clause, exemption: Exemption, until: Moment, known: Known
) -> Iterator[Owed]:
    text = f"Exemption {exemption.id} runs out."
    yield Owed(
        clause=clause,
        reading=clause.default,
        occasion=Occasion.EXEMPTION,
        bearer=None,
        written=str(until),
        due_at=exemption.until_at,
        waits_for=unknown((until,), known.agreement),
        trigger=exemption.id,
        why=(remark("calendar.exemption", text, exemption=exemption.id),),
    )
