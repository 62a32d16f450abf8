"""Who may be said to have done it: a field of its own, and a switch of the mandate.

Where the mandate forbids it, no finding names a party, whatever the evidence.
Where it allows it, a party's share is the weight of incidents that sources without
an interest ascribe to it; a place alone ascribes nothing, nor does an accusation.
"""

from collections.abc import Sequence

from pamiers.agreement.model import Agreement, Mandate
from pamiers.compliance.evidence.facts import Facts, Floats, Ints
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED

Shares = tuple[tuple[str, float], ...]


def attribute(
    agreement: Agreement, facts: Facts, at: Ints, chances: Floats
) -> tuple[str, Shares]:
    """Return who breached, as far as the mandate and the sources allow.

    Args:
        agreement: Mandate, parties and threshold.
        facts: Incidents.
        at: Positions of the incidents against the clause, shape (m,).
        chances: Probability that each counts against it, shape (m,).

    Returns:
        A party id, `not attributed` or `not mandated`; and each named party's
        share of the weight, in the agreement's order, empty for none.
    """
    if agreement.mandate is Mandate.FORBIDDEN:
        return NOT_MANDATED, ()
    total = float(chances.sum())
    if total <= 0.0:
        return UNATTRIBUTED, ()
    theirs = {party: agreement.meant_by([party]) for party in agreement.party_ids}
    named = {
        party: _weight(names, facts, at, chances) for party, names in theirs.items()
    }
    shares = tuple((p, round(w / total, 6)) for p, w in named.items() if w > 0.0)
    return _surest(shares, agreement.thresholds.breached), shares


def _weight(theirs: frozenset[str], facts: Facts, at: Ints, chances: Floats) -> float:
    return sum(
        float(chance)
        for i, chance in zip(at, chances, strict=True)
        if facts.observed[i] and facts.actor[i] in theirs
    )


def _surest(shares: Sequence[tuple[str, float]], threshold: float) -> str:
    sure = [party for party, share in shares if share >= threshold]
    return sure[0] if len(sure) == 1 else UNATTRIBUTED
