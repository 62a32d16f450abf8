"""What simulated people say beside their duties: complaints, disputes, longer times.

Drawn from a generator of its own, as many numbers whatever comes of them, so that who
speaks up leaves the world, and what people owe, as they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from numpy.random import Generator

from pamiers.agreement.model import Agreement
from pamiers.procedure import Breach, Case, Event, Transition
from pamiers.simulation.deed import Deed, Invention
from pamiers.simulation.manner import is_away
from pamiers.simulation.people import Maker, Moment, Planned, planned
from pamiers.simulation.setting import Setting
from pamiers.simulation.theatre import Day

#: between a deed and a complaint of it, a finding and its dispute, at most [h]
_COMPLAINS_WITHIN_H: Final = 12.0
_DISPUTES_WITHIN_H: Final = 24.0
_ANSWERS_WITHIN_H: Final = 4.0
#: how much of its time has gone when a role asks for a longer one
_ASKS_AFTER: Final = 0.8
_ALLEGED: Final = 2  #: severity of what a party complains of


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a party means to complain of, and when."""

    by: str
    at: datetime
    breach: Breach


class Voices:
    """Everybody who may speak up, each by its manner."""

    def __init__(self, setting: Setting, agreement: Agreement, rng: Generator) -> None:
        """Take the manners of a setting, and a generator of their own."""
        self._setting = setting
        self._agreement = agreement
        self._rng = rng

    def complaints(self, day: Day, number: int) -> Iterator[Complaint]:
        """Yield the complaints of the parties about a day, and of what never was.

        Args:
            day: As it was lived.
            number: Of the day, from 0.

        Yields:
            In the order of the parties; of clauses whose procedure hears parties.
        """
        for party in self._agreement.party_ids:
            manner = self._setting.manner_of(party)
            for what in _against(party, day):
                chance, length = self._rng.random(2)
                silent = is_away(manner, number) or not self._heard(what.clause)
                if silent or chance >= manner.complains_share:
                    continue
                hours = 1.0 + _COMPLAINS_WITHIN_H * length
                yield self._complaint(party, what, hours)

    def _complaint(self, party: str, what: Deed | Invention, hours: float) -> Complaint:
        began = what.start if isinstance(what, Deed) else what.at
        against = what.party if isinstance(what, Deed) else what.against
        return Complaint(
            by=party,
            at=(began + timedelta(hours=hours)).replace(microsecond=0),
            breach=Breach(
                key=f"complaint-{party}-{what.id}",
                clause=what.clause,
                party=against,
                breach_at=began,
                severity=_ALLEGED,
            ),
        )

    def _heard(self, clause: str) -> bool:
        procedure = self._agreement.clause(clause).on_breach
        found = self._agreement.procedures.get(procedure or "")
        return found is not None and "parties" in found.complaints_by

    def plan(self, case: Case, what: Transition, at: Moment) -> Iterator[Planned]:
        """Return what people mean to say upon something that became so in a case.

        Args:
            case: As it stands.
            what: What became so.
            at: When they learn of it.

        Returns:
            Events in the future.
        """
        makers: dict[str, Maker] = {
            "opened": self._disputes,
            "ground-added": self._disputes,
            "step-opened": self._asks,
            "extension-asked": self._answers,
        }
        return planned(makers.get(what.what), case, what, at)

    def _disputes(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        """Let parties contest a finding: whom it names; all, where it names none."""
        found = _finding(case, what)
        for party in case.rules.parties:
            chance, length = self._rng.random(2)
            manner = self._setting.manner_of(party)
            if found is None or found.party not in {None, party}:
                continue
            if chance < manner.disputes_share and not is_away(manner, at.day):
                hours = 1.0 + _DISPUTES_WITHIN_H * length
                yield Event(
                    kind="dispute",
                    at=_later(at.now, hours),
                    by=party,
                    findings=(found.key,),
                    reason="contested",
                )

    def _asks(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        """Let the role that has to act ask for as long as it may, before it is late."""
        chance = self._rng.random()
        step = case.rules.procedure.step(what.key)
        who = what.by.split()[:1]
        if step is None or step.longer is None or not who or what.due_at is None:
            return
        manner = self._setting.manner_of(who[0])
        left = (what.due_at - at.now).total_seconds() * _ASKS_AFTER / 3600.0
        if chance < manner.asks_longer_share and left > 0:
            yield Event(
                kind="extension-asked",
                at=_later(at.now, left),
                by=who[0],
                step=step.id,
                lasts=str(step.longer),
                reason="more time needed",
            )

    def _answers(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        """Let those whose consent a longer time needs give or refuse it."""
        step = case.rules.procedure.step(what.key)
        for who in step.consent_of if step else ():
            manner = self._setting.manner_of(who)
            speaks, yes, length = self._rng.random(3)
            silent = speaks < manner.silent_share or is_away(manner, at.day)
            if silent or who == what.by:
                continue
            yield Event(
                kind="consent",
                at=_later(at.now, _ANSWERS_WITHIN_H * length),
                by=who,
                step=what.key,
                choice="yes" if yes < manner.consents_share else "no",
                reason="as asked",
            )


def _against(party: str, day: Day) -> Sequence[Deed | Invention]:
    """Return what others did in a day, and what a party invented of them."""
    invented = [each for each in day.inventions if each.by == party]
    return [*(each for each in day.deeds if each.party != party), *invented]


def _finding(case: Case, what: Transition) -> Breach | None:
    """Return the finding that a transition brought; None where it was alleged only."""
    held = case.standing.breaches
    first = next(iter(held.values()), None) if what.what == "opened" else None
    found = held.get(what.key, first)
    return found if found is not None and found.found_at is not None else None


def _later(at: datetime, hours: float) -> datetime:
    return (at + timedelta(hours=hours)).replace(microsecond=0)
