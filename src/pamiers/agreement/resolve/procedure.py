"""From procedures as written to those that a case is run by.

What a plain step says in words is taken where it names clauses, events or steps;
the rest stays as words, and a person says when it is met.
"""

from collections.abc import Iterable, Iterator, Mapping

from pamiers.agreement import written as w
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.model import procedure as m
from pamiers.agreement.resolve.plain_words import (
    Known,
    agreement_in,
    clock_in,
    upon_in,
)
from pamiers.agreement.resolve.sure import metres, sure
from pamiers.agreement.values.blank import Blank, filled, known

_Who = tuple[str | Blank, ...]


def procedures(written: w.Written) -> Mapping[str, m.Procedure]:
    """Return the procedures of an agreement by id, in the order of the file.

    Args:
        written: The agreement; a procedure that is blank as a whole is left out,
            and a blank within one stands for what is not said.

    Returns:
        Id -> procedure.
    """
    return {
        name: _Reader(written, name, each).procedure()
        for name, each in written.procedures.items()
        if isinstance(each, w.Procedure)
    }


def holders(written: w.Written) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield actors with members, and roles, each with who holds or is in it."""
    for name, actor in written.actors.items():
        if isinstance(actor, w.Actor) and actor.members:
            yield name, filled(actor.members)
    for name, role in written.roles.items():
        if isinstance(role, w.Role):
            yield name, (*filled(role.held_by), *filled(role.members))


def bodies(written: w.Written) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield roles that several sit in, each with its members."""
    for name, role in written.roles.items():
        if isinstance(role, w.Role):
            held = filled(role.held_by)
            members = tuple(each for each in filled(role.members) if each not in held)
            if len(members) > 1:
                yield name, members


class _Reader:
    """Reads one procedure of one agreement."""

    def __init__(self, written: w.Written, name: str, found: w.Procedure) -> None:
        self.written, self.name, self.found = written, name, found
        self.parties = filled(written.heading.parties)
        self.clock = clock_in(str(known(found.clock) or ""))

    def procedure(self) -> m.Procedure:
        """Return the procedure."""
        found = self.found
        grouped = known(found.cases)
        return m.Procedure(
            id=self.name,
            title=dict(known(found.title) or {}),
            steps=tuple(self._step(n, each) for n, each in enumerate(found.steps)),
            created_by=str(known(found.created_by) or ""),
            clock=self.clock,
            cases=_grouping(grouped) if grouped else m.Grouping(),
            complaints_by=filled(found.complaints_by) or m.EVERYBODY,
            thresholds={key: _level(each) for key, each in found.thresholds.items()},
            reply=known(found.reply.within)
            if isinstance(found.reply, w.Hearing)
            else None,
            separate=found.separate is True,
            remedies=tuple(self._remedy(each) for each in found.remedies),
            appeal=self._appeal(known(found.appeal)),
            **self._offices(),
        )

    def _who(self, names: _Who) -> tuple[str, ...]:
        spelt: list[str] = []
        for name in filled(names):
            spelt.extend(self.parties if name == EACH_PARTY else (name,))
        return tuple(dict.fromkeys(spelt))

    def _step(self, number: int, step: w.Step) -> m.Step:
        longer = known(step.extension)
        upon, decision = known(step.upon), known(step.decision)
        return m.Step(
            id=sure(step.id),
            by=self._who(step.by),
            alternates=self._who(step.alternates),
            act=str(known(step.act) or ""),
            do=dict(known(step.do) or {}),
            upon=self._plainly(number, step) if upon is None else _upon(upon),
            within=known(step.within),
            from_=str(known(step.from_) or "") or self.clock,
            no_less=known(step.no_less),
            decision=self._plain_decision(step)
            if decision is None
            else self._decision(step, decision),
            four_eyes=step.four_eyes is True,
            recusal=step.recusal is True,
            outcomes=filled(step.outcomes),
            longer=known(longer.at_most) if longer else None,
            consent_of=self._who(longer.consent_of) if longer else (),
            silence=self._silence(known(step.silence)),
            closes=step.closes is True,
            rule=str(known(step.rule) or ""),
            otherwise=str(known(step.otherwise) or ""),
            cite=str(known(step.cite) or ""),
        )

    def _plainly(self, number: int, step: w.Step) -> m.Upon:
        """Return the trigger that a plain step states in words, or by its place."""
        before = self.found.steps[number - 1].id if number else None
        said = str(known(step.when) or "")
        if not said:
            return m.Upon(after=(sure(before),)) if before else m.Upon()
        known_names = Known(
            clauses=tuple(str(each.id) for each in self.written.clauses),
            events=tuple(self.written.events),
            steps=tuple(str(each.id) for each in self.found.steps),
        )
        return upon_in(said, known_names)

    def _decision(self, step: w.Step, found: w.Decision) -> m.Decision:
        among = self._who(found.among) or self._who(step.by)
        return m.Decision(
            rule=str(found.rule),
            among=tuple(self._voters(among)),
            quorum=int(known(found.quorum) or 0),
            each_party=found.each_party is True,
            chair=self._who(found.chair),
            tie=str(known(found.tie) or "lapses"),
            arbiter=self._who(found.arbiter),
        )

    def _plain_decision(self, step: w.Step) -> m.Decision | None:
        """Return the rule that words state for a body in which all parties sit."""
        if not agreement_in(str(known(step.rule) or "")):
            return None
        among = tuple(self._voters(self._who(step.by)))
        if len(among) == len(step.by) or not set(self.parties) <= set(among):
            return None
        return m.Decision(rule="consensus", among=among, each_party=True)

    def _voters(self, names: Iterable[str]) -> Iterable[str]:
        """Return the members of bodies; whoever has none votes as such."""
        spelt: list[str] = []
        for name in names:
            role = self.written.roles.get(name)
            members = filled(role.members) if isinstance(role, w.Role) else ()
            spelt.extend(members or (name,))
        return dict.fromkeys(spelt)

    def _silence(self, found: w.Silence | None) -> m.Silence | None:
        if found is None:
            return None
        return m.Silence(
            then=str(known(found.then) or "next"),
            outcome=str(known(found.outcome) or "") or None,
            to=self._who(found.to),
            within=known(found.within),
        )

    def _remedy(self, found: w.Remedy) -> m.Remedy:
        return m.Remedy(
            id=sure(found.id),
            title=dict(known(found.title) or {}),
            by=self._who(found.by),
            within=sure(found.within),
            severity=_level(found.severity),
            done_by=self._who(found.done_by),
            verified_by=self._who(found.verified_by),
            verified_within=known(found.verified_within),
        )

    def _appeal(self, found: w.Appeal | None) -> m.Appeal | None:
        if found is None:
            return None
        return m.Appeal(
            to=self._who(found.to),
            by=self._who(found.by),
            within=sure(found.within),
            decided_within=known(found.decided_within),
            suspends=found.suspends is True,
            silence=str(known(found.silence) or "stands"),
        )

    def _offices(self) -> dict[str, m.Office]:
        """Return what else may be done about a case, by whom."""
        found, offices = self.found, {}
        pause, down = known(found.suspension), known(found.stand_down)
        again, minutes = known(found.reopening), known(found.minutes)
        public = known(found.publication)
        if pause:
            offices["suspension"] = m.Office(
                by=self._who(pause.by), within=known(pause.at_most)
            )
        if down:
            offices["stand_down"] = m.Office(
                by=self._who(down.by), within=known(down.quiet_for)
            )
        if again:
            offices["reopening"] = m.Office(
                by=self._who(again.by),
                within=known(again.within),
                decided_within=known(again.decided_within),
            )
        if minutes:
            offices["minutes"] = m.Office(
                by=self._who(minutes.by),
                within=known(minutes.within),
                signed_by=self._who(minutes.signed_by),
            )
        if public:
            offices["publication"] = m.Office(
                by=self._who(public.by),
                within=known(public.within),
                edition=str(public.edition),
            )
        return offices


def _level(found: object) -> int:
    """Return the number of a level such as `S3`; 0 for none or a blank."""
    text = "" if isinstance(found, Blank) else str(found)
    return int(text[1:]) if text else 0


def _upon(found: w.Upon) -> m.Upon:
    again = known(found.recurrence)
    return m.Upon(
        opened_by=filled(found.opened_by),
        breach_of=filled(found.breach_of),
        severity=_level(found.severity),
        confidence=_level(found.confidence),
        recurrence=m.Recurrence(
            at_least=int(sure(again.at_least)), over=sure(again.over)
        )
        if again
        else None,
        event=filled(found.event),
        after=filled(found.after),
        how=str(known(found.how) or "done"),
        outcome=filled(found.outcome),
    )


def _grouping(found: w.Grouping) -> m.Grouping:
    return m.Grouping(
        same=filled(found.same) or ("clause", "party"),
        near_m=metres(found.near) if known(found.near) else None,
        over=known(found.over),
    )
