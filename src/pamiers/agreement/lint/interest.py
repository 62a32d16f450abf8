"""Does anybody verify, count, excuse or attest what is in his own interest?"""

from collections.abc import Iterator

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.bodies import SIGNED
from pamiers.agreement.lint.parts import bearers, holders, matters, parties
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import (
    Estimate,
    Gate,
    Instrument,
    Limit,
    Origin,
    Provision,
    Signature,
    Watch,
    Written,
)


def check_interest(written: Written, notes: Notes) -> None:
    """Complain where the word of one party alone stands for a fact."""
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_verifier(written, clause, path, notes)
        _check_approval(written, clause, path, notes)
        _check_counters(written, clause, path, notes)
    for index, instrument in enumerate(written.instruments):
        _check_sources(written, instrument, f"instruments[{index}].signatures", notes)
    for name, means in written.monitoring.items():
        if isinstance(means, Watch):
            _check_estimate(written, means, f"monitoring.{name}.detection", notes)
    for name, gate in written.gates.items():
        if isinstance(gate, Gate):
            _check_certifier(written, gate, f"gates.{name}.certified_by", notes)


def _alone(written: Written, names: tuple[str, ...]) -> set[str]:
    """Return the one party behind some names; empty for several, others or nobody."""
    found = set(holders(written, names))
    sides = set(parties(written))
    return found if len(found) == 1 and found <= sides else set()


def _check_verifier(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    alone = _alone(written, filled(clause.verified_by))
    if alone & set(bearers(written, clause)):
        self_verifying(sorted(alone), f"{path}.verified_by", notes)


def self_verifying(names: list[str], path: str, notes: Notes) -> None:
    """Complain that parties verify their own conduct."""
    notes.complain(
        "L-SELF-VERIFY",
        path,
        f"expected a verifier without an interest, got {', '.join(names)} "
        "verifying itself",
        "Have a third party or all parties jointly verify; keep its word as a claim.",
    )


def _check_approval(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    bound = set(bearers(written, clause))
    for index, exemption in enumerate(clause.unless):
        alone = _alone(written, filled(exemption.approved_by))
        if alone & bound:
            notes.complain(
                "L-SELF-EXEMPT",
                f"{path}.unless[{index}].approved_by",
                f"expected the approval of someone else, got {', '.join(alone)} "
                "excusing its own conduct",
                "Name a third party, the other side, or a body of all.",
            )


def _check_counters(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    for here, limit in matters(clause, path):
        if not isinstance(limit, Limit) or not limit.counters:
            continue
        sides = [_speaks_for(written, name) for name in filled(limit.counters)]
        if len(sides) == len(limit.counters) and all(len(s) == 1 for s in sides):
            parties_heard = set().union(*sides)
            if len(parties_heard) == 1:
                _one_counter(parties_heard.pop(), f"{here}.counters", notes)


def _one_counter(party: str, path: str, notes: Notes) -> None:
    notes.complain(
        "L-ONE-COUNTER",
        path,
        f"expected tallies of more than one side, got those of {party} alone",
        "Add the monitor's counter or the other side's; each gives its own finding.",
    )


def _speaks_for(written: Written, name: str) -> set[str]:
    source = written.sources.get(name)
    if isinstance(source, Origin):
        return set(filled(source.interested))
    return set(holders(written, (name,))) & set(parties(written))


def _check_sources(
    written: Written, instrument: Instrument, path: str, notes: Notes
) -> None:
    claims = list(filled(instrument.signatures))
    doubtful = sorted(set(_doubtful(written, claims)))
    if doubtful:
        notes.complain(
            "L-INTERESTED",
            path,
            f"expected a source without an interest, got only interested ones on "
            f"what {', '.join(doubtful)} did with {instrument.id}",
            "Add a source that speaks for nobody, or the actor's own word.",
        )


def _doubtful(written: Written, claims: list[Signature]) -> Iterator[str]:
    """Yield the actors on whose act only the word of other interests is known."""
    for actor in {str(claim.actor) for claim in claims}:
        said = [
            _interests(written, claim)
            for claim in claims
            if claim.actor == actor and claim.act in (*SIGNED, "not signed", "absent")
        ]
        if said and all(found and actor not in found for found in said):
            yield actor


def _interests(written: Written, claim: Signature) -> set[str]:
    source = written.sources.get(str(claim.source))
    return set(filled(source.interested)) if isinstance(source, Origin) else set()


def _check_estimate(written: Written, means: Watch, path: str, notes: Notes) -> None:
    if not isinstance(means.detection, Estimate):
        return
    source = written.sources.get(str(means.detection.source))
    if isinstance(source, Origin) and filled(source.interested):
        notes.complain(
            "L-INTERESTED",
            path,
            f"expected a probability on the word of someone without an interest, got "
            f"{means.detection.source}, which speaks for "
            f"{', '.join(filled(source.interested))}",
            "Have it stated by a third party; until then read KEPT with that in mind.",
        )


def _check_certifier(written: Written, gate: Gate, path: str, notes: Notes) -> None:
    if isinstance(gate.certified_by, Blank):
        return
    alone = _alone(written, (gate.certified_by,))
    opened = [clause for clause in written.clauses if clause.id in gate.opens]
    bound = {name for clause in opened for name in bearers(written, clause)}
    if alone and (alone & bound or not opened):
        self_verifying(sorted(alone), path, notes)
