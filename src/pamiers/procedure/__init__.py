"""What was agreed for the case of a breach, run: on the clock, by named people.

Main verb: `advance(case, event, now) -> (case', effects)`. A case is a fold of what
was recorded of it; whatever is due is derived from its rules, the fold and now, so
that a restart loses and repeats nothing.

May import: core, agreement, compliance.

Invariants:
    * `advance` is total and deterministic; what means nothing is kept as refused.
    * The order in which entries arrive never changes what they come to.
    * A time runs out once, at its instant, whenever that is noticed.
    * Nothing escalates but by its trigger, and nothing is sent but by the role that
      decides: effects are drafts and notices, never deeds.
    * No outcome ends an agreement.
"""

from pamiers.procedure.advance import advance, fold
from pamiers.procedure.case import Case, Refused
from pamiers.procedure.clocks import Due
from pamiers.procedure.effects import Effect
from pamiers.procedure.event import KINDS, Breach, Event
from pamiers.procedure.grouping import belongs, breach_of, case_for, confidence_of
from pamiers.procedure.rules import Rules, rules_of
from pamiers.procedure.standing import Standing, StepState, Transition

__all__ = [
    "KINDS",
    "Breach",
    "Case",
    "Due",
    "Effect",
    "Event",
    "Refused",
    "Rules",
    "Standing",
    "StepState",
    "Transition",
    "advance",
    "belongs",
    "breach_of",
    "case_for",
    "confidence_of",
    "fold",
    "rules_of",
]
