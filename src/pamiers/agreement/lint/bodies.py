"""Do those who are given a part in it stand behind it?

Signatures are claims, each with its source. A role rests on the signature of the
instrument that creates it; where sources contradict one another, both are named.
A denial by a source that speaks for nobody weighs as an error; one by an interested
source, or the silence of all, only as a warning.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.bodies import ATTENDED, REFUSED, SIGNED, UNSIGNED
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.lint.interest import self_verifying
from pamiers.agreement.lint.names import defined
from pamiers.agreement.lint.parts import WATCHING, holders, parties, tasked
from pamiers.agreement.texts import claims
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.written import (
    Actor,
    Origin,
    Procedure,
    Role,
    Signature,
    Watch,
    Written,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What sources say of one actor's signature under one instrument."""

    actor: str
    instrument: str
    signed: tuple[Signature, ...]
    denied: tuple[Signature, ...]
    attended: tuple[Signature, ...]  #: witnessed, endorsed and the like
    partly: tuple[Signature, ...]  #: of a group: those of its members


def standing(written: Written, actor: str, instrument: str) -> Standing:
    """Return what sources say of an actor's signature, its groups' included.

    Args:
        written: The agreement.
        actor: Id in `actors`.
        instrument: Id in `instruments`.

    Returns:
        The claims; none where no source speaks of it.
    """
    names = {actor, *_groups(written, actor)}
    held = written.actors.get(actor)
    members = held.members if isinstance(held, Actor) else ()
    told = claims(written, instrument)
    if members and {*members} <= {c.actor for c in told if c.act in SIGNED}:
        names |= {*filled(members)}  # what all its members signed, the group has
    return Standing(
        actor=actor,
        instrument=instrument,
        signed=tuple(c for c in told if c.actor in names and c.act in SIGNED),
        denied=tuple(c for c in told if c.actor == actor and c.act in UNSIGNED),
        attended=tuple(c for c in told if c.actor == actor and c.act in ATTENDED),
        partly=tuple(c for c in told if c.actor in members and c.act in SIGNED),
    )


def account(written: Written, found: Standing) -> str:
    """Return the claims in words, each with its source, rivals side by side."""
    told = [
        f"{claim.act} according to {_speaker(written, claim)}"
        for claim in (*found.denied, *found.attended, *found.signed)
    ]
    members = ", ".join(sorted({str(claim.actor) for claim in found.partly}))
    if not told:
        return f"signed by {members} alone" if members else "no record of a signature"
    return ", but ".join(told)


def _speaker(written: Written, claim: Signature) -> str:
    source = written.sources.get(str(claim.source))
    if not isinstance(source, Origin) or isinstance(source.speaker, Blank):
        return str(claim.source)
    return f"{claim.source} ({source.speaker})"


def _groups(written: Written, actor: str) -> Iterator[str]:
    for name, each in written.actors.items():
        if isinstance(each, Actor) and actor in each.members:
            yield name


def check_bodies(written: Written, notes: Notes) -> None:
    """Complain of roles, steps and rules that nobody has put a name to."""
    for name, role in written.roles.items():
        if isinstance(role, Role):
            path = f"roles.{name}"
            _check_holders(written, role, path, notes)
            _check_consents(role, path, notes)
            _check_interest(written, role, path, notes)
    for name, procedure in written.procedures.items():
        if isinstance(procedure, Procedure):
            _check_steps(written, procedure, f"procedures.{name}", notes)
    for name, means in written.monitoring.items():
        if isinstance(means, Watch):
            _check_watcher(written, means, f"monitoring.{name}", notes)


def _check_holders(written: Written, role: Role, path: str, notes: Notes) -> None:
    instrument = known(role.created_by)
    if instrument is None or instrument not in defined(written, "instruments"):
        return
    chair = tuple(name for name in filled(role.chaired_by) if name in written.actors)
    seated = (("held_by", role.held_by), ("members", role.members))
    for key, actors in (*seated, ("chaired_by", chair)):
        for actor in filled(actors):
            what = f"the role {path.partition('.')[2]}"
            found = standing(written, actor, instrument)
            _judge(written, found, "L-UNSIGNED-ROLE", (f"{path}.{key}", what), notes)


def _check_steps(
    written: Written, procedure: Procedure, path: str, notes: Notes
) -> None:
    instrument = known(procedure.created_by)
    if instrument is None or instrument not in defined(written, "instruments"):
        return
    for index, step in enumerate(procedure.steps):
        here = f"{path}.steps[{index}]"
        for actor in _unjudged(written, filled(step.by), instrument):
            found = standing(written, actor, instrument)
            what = f"the step {step.id}"
            _judge(written, found, "L-UNSIGNED-STEP", (f"{here}.by", what), notes)


def _unjudged(
    written: Written, names: tuple[str, ...], instrument: str
) -> Iterator[str]:
    """Yield the actors behind names, but those of a role of the same text.

    Whether these have signed it is asked where the role is defined.
    """
    for name in names:
        role = written.roles.get(name)
        if isinstance(role, Role) and role.created_by != instrument:
            yield from holders(written, (name,))
        elif name in written.actors:
            yield name


def _judge(
    written: Written, found: Standing, code: str, at: tuple[str, str], notes: Notes
) -> None:
    """Complain where a role or step does not rest on an undisputed signature."""
    path, what = at
    if found.actor not in written.actors:
        return  # named as undefined already
    if found.signed and not found.denied:
        return
    disinterested = any(not _interested(written, claim) for claim in found.denied)
    notes.complain(
        code if disinterested else "W-SIGNATURE",
        path,
        f"expected one who signed {found.instrument} for {what}, got "
        f"{found.actor}: {account(written, found)}",
        "Record what it did and who says so (`act: signed`, or `act: accepted` of one "
        "who took it on), obtain that, or give it to one who did.",
    )


def _interested(written: Written, claim: Signature) -> bool:
    source = written.sources.get(str(claim.source))
    return isinstance(source, Origin) and bool(filled(source.interested))


def _check_consents(role: Role, path: str, notes: Notes) -> None:
    for index, consent in enumerate(role.consents):
        if not isinstance(consent, Blank) and consent.act in REFUSED:
            notes.complain(
                "L-NO-CONSENT",
                f"{path}.consents[{index}]",
                f"expected consent, got {consent.act} by {consent.actor} according "
                f"to {consent.source}",
                "Plan for a role that this party does not accept.",
            )


def _check_interest(written: Written, role: Role, path: str, notes: Notes) -> None:
    if not tasked(role, WATCHING):
        return
    sides = set(parties(written))
    seats = {*filled(role.held_by), *filled(role.members)}
    verified = set(filled(role.verifies)) or sides
    if len(seats) == 1 and seats <= sides & verified:  # a body of several is joint
        self_verifying(sorted(seats & verified), path, notes)


def _check_watcher(written: Written, means: Watch, path: str, notes: Notes) -> None:
    operators = set(holders(written, (str(means.by),)))
    sides = set(parties(written))
    if len(operators) == 1 and operators <= sides:
        self_verifying(sorted(operators), path, notes)


def check_bound(written: Written, notes: Notes) -> None:
    """Warn of clauses that bind, or give a part to, one who has not signed."""
    _check_tasks(written, notes)
    texts = {each.id for each in written.instruments}
    seen: set[tuple[str, str]] = set()
    for index, clause in enumerate(written.clauses):
        text = str(clause.instrument)
        named = (*parties(written),) if EACH_PARTY in clause.bearer else ()
        for party in (*named, *_unjudged(written, filled(clause.bearer), text)):
            found = standing(written, party, text)
            if text in texts and (party, text) not in seen and not found.signed:
                seen.add((party, text))
                notes.complain(
                    "L-UNSIGNED-BOUND",
                    f"clauses[{index}].bearer",
                    f"expected parties who signed {text}, got {party}: "
                    f"{account(written, found)}",
                    "Record the signature, or say in `note` why it is bound.",
                )


def _check_tasks(written: Written, notes: Notes) -> None:
    """Complain of verifiers and approvers, named outright, who have not signed."""
    texts = defined(written, "instruments")
    for index, clause in enumerate(written.clauses):
        text = str(clause.instrument)
        path = f"clauses[{index}]"
        given: list[tuple[str, tuple[str, ...]]] = [
            (f"{path}.verified_by", filled(clause.verified_by))
        ]
        given += [
            (f"{path}.unless[{at}].approved_by", filled(each.approved_by))
            for at, each in enumerate(clause.unless)
        ]
        for here, names in given if text in texts else ():
            for actor in names:
                found = standing(written, actor, text)
                what = f"a part in {clause.id}"
                _judge(written, found, "L-UNSIGNED-TASK", (here, what), notes)
