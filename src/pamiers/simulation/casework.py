"""The cases of a simulated commission: what is filed, grouped, due and told.

Every event is filed before it counts, in the order of a ledger; a case is what its
events make of it, and may be folded again from them at any time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pamiers.agreement.model import Agreement
from pamiers.procedure import (
    Breach,
    Case,
    Effect,
    Event,
    Rules,
    Transition,
    advance,
    case_for,
    rules_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One event on record, of one case."""

    case: str
    procedure: str
    event: Event


@dataclass(slots=True, kw_only=True)
class Casework:
    """All cases so far. `file` is the one way in; nothing is ever taken out."""

    agreement: Agreement
    cases: dict[str, Case] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)
    effects: dict[str, Effect] = field(default_factory=dict)  #: by key, each once
    case_of: dict[str, str] = field(default_factory=dict)  #: breach -> case
    _rules: dict[str, Rules] = field(default_factory=dict)
    _heard: dict[str, set[str]] = field(default_factory=dict)

    def rules(self, procedure: str) -> Rules:
        """Return the rules of a procedure."""
        if procedure not in self._rules:
            self._rules[procedure] = rules_of(self.agreement, procedure)
        return self._rules[procedure]

    def take(
        self, breach: Breach, kind: str, by: str, now: datetime
    ) -> Sequence[tuple[str, Transition]]:
        """File a breach: with the case it belongs to, or as a case of its own.

        Args:
            breach: Found, or alleged.
            kind: finding, complaint or self-report.
            by: Who brings it.
            now: When it is filed [UTC].

        Returns:
            What became so, with the case; empty where its clause has no procedure.
        """
        procedure = self.agreement.clause(breach.clause).on_breach
        if procedure is None or procedure not in self.agreement.procedures:
            return ()
        rules = self.rules(procedure)
        alike = [c for c in self.cases.values() if c.rules is rules]
        case = case_for(alike, breach) or f"case-{len(self.cases) + 1:04d}"
        if case not in self.cases:
            self.cases[case] = Case(id=case, rules=rules)
        self.case_of[breach.key] = case
        event = Event(kind=kind, at=now, by=by, breaches=(breach,))
        return self.file(case, event, now)

    def file(
        self, case: str, event: Event, now: datetime
    ) -> Sequence[tuple[str, Transition]]:
        """File an event of a case, and let it count.

        Args:
            case: Id of a case.
            event: What happened.
            now: When it is filed [UTC].

        Returns:
            What became so, with the case.
        """
        held = self.cases[case]
        placed = replace(event, position=len(self.filed) + 1, recorded_at=now)
        procedure = held.rules.procedure.id
        self.filed.append(Filed(case=case, procedure=procedure, event=placed))
        return self._moved(case, placed, now)

    def pass_time(self, now: datetime) -> Iterator[tuple[str, Transition]]:
        """Let times run out; yield what became so, case by case."""
        for case in list(self.cases):
            due = self.cases[case].next_due
            if due is not None and due < now:
                yield from self._moved(case, None, now)

    def next_due(self) -> datetime | None:
        """Return when the next time of any case runs out; None where none does."""
        found = [each.next_due for each in self.cases.values()]
        return min((each for each in found if each is not None), default=None)

    def _moved(
        self, case: str, event: Event | None, now: datetime
    ) -> list[tuple[str, Transition]]:
        after, effects = advance(self.cases[case], event, now)
        self.cases[case] = after
        for effect in effects:
            self.effects.setdefault(effect.key, effect)
        heard = self._heard.setdefault(case, set())
        new = [each for each in after.log if each.identity not in heard]
        heard.update(each.identity for each in new)
        return [(case, each) for each in new]


def entries_of(filed: Sequence[Filed]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of each case, in the order in which they were filed."""
    found: dict[str, list[Event]] = {}
    for each in filed:
        found.setdefault(each.case, []).append(each.event)
    return {case: tuple(events) for case, events in found.items()}
