"""A clause in one reading, bound to whom it is judged for: the unit of judging.

Rules are what an agreement compiles to. Each has one form, which says how it is
judged; engine, reference interpreter and explanation go by the same rules.
"""

from dataclasses import dataclass
from enum import StrEnum

from pamiers.agreement.model import Clause, Reading, Subject, Verb
from pamiers.core.rows import LEVELS


class Form(StrEnum):
    """How a rule is judged."""

    PROHIBITION = "prohibition"  #: an event or a presence must not be
    ABSENCE = "absence"  #: a presence must not be, from a deadline on
    DUTY = "duty"  #: an act is owed once
    REACTION = "reaction"  #: an act is owed after a breach of other clauses
    RESPONSE = "response"  #: an act is owed after each event
    ANNOUNCEMENT = "announcement"  #: each activity must have been announced
    FREQUENCY = "frequency"  #: so many events over a time, at most or at least
    STOCK = "stock"  #: so many things at every instant, at most or at least
    FLOW = "flow"  #: so many things done over a time, at most or at least
    GOAL = "goal"  #: so many things by a deadline
    PROPORTION = "proportion"  #: so many of one thing for each of another
    UPKEEP = "upkeep"  #: a state of affairs has to last
    RHYTHM = "rhythm"  #: an act is owed again and again
    FORMULA = "formula"  #: a formula has to hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A clause x reading x binding. Invariant: `reading` is narrowed to the binding."""

    clause: Clause
    reading: Reading
    form: Form
    party: str | None = None  #: whose alone it is; None: of several together
    zone: str | None = None  #: zone that is judged by itself
    shared: bool = False  #: whether the clause binds others as well

    @property
    def counter(self) -> str | None:
        """Return whose tallies the rule goes by; None for anybody's."""
        return self.reading.bound.counter if self.reading.bound else None


def form_of(clause: Clause, reading: Reading) -> Form:
    """Return how a clause is judged in a reading."""
    match clause.verb:
        case Verb.FORBID:
            return Form.UPKEEP if own_state(reading) else Form.PROHIBITION
        case Verb.OBLIGE:
            return _duty(clause, reading)
        case Verb.AT_MOST | Verb.AT_LEAST:
            return _limit(clause, reading)
        case Verb.MAINTAIN:
            return _upkeep(reading)
        case verb:
            return _PLAIN[verb]


def own_state(reading: Reading) -> bool:
    """Tell whether a reading is about a state that the agreement itself defines."""
    named = reading.state not in {"", "presence", "absence"}
    return reading.subject is Subject.STATE and named


def _upkeep(reading: Reading) -> Form:
    if own_state(reading):
        return Form.UPKEEP
    return Form.ABSENCE if reading.state == "absence" else Form.STOCK


def _duty(clause: Clause, reading: Reading) -> Form:
    if clause.upon:
        return Form.REACTION
    if reading.upon is not None:
        return Form.RESPONSE
    return Form.ABSENCE if reading.state == "absence" else Form.DUTY


def _limit(clause: Clause, reading: Reading) -> Form:
    if reading.subject is Subject.EVENT:
        return Form.FREQUENCY
    due = bool(reading.deadline) or reading.by_at is not None
    if clause.verb is Verb.AT_LEAST and due:
        return Form.GOAL
    return Form.STOCK if (reading.status or "present") in LEVELS else Form.FLOW


_PLAIN = {
    Verb.RATIO: Form.PROPORTION,
    Verb.NOTIFY: Form.ANNOUNCEMENT,
    Verb.EVERY: Form.RHYTHM,
    Verb.FORMULA: Form.FORMULA,
}
