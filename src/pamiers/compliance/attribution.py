"""Who may be said to have done it: a field of its own, and a switch of the mandate.

Where the mandate forbids it, no finding names a party, whatever the evidence.
Where it allows it, a party's share is the weight of incidents that sources without
an interest ascribe to it, each by how surely; a place alone ascribes nothing, nor does
an accusation. Where a party is named, so are others who may have done it, and what is
left is of nobody who is known.
"""

from collections.abc import Iterable, Mapping, Sequence

from pamiers.agreement.model import Agreement, Mandate
from pamiers.compliance.evidence.facts import Facts, Floats, Ints
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED
from pamiers.core.rows import NOT_KNOWN

Shares = tuple[tuple[str, float], ...]


def attribute(
    agreement: Agreement, facts: Facts, at: Ints, chances: Floats
) -> tuple[str, Shares]:
    """Return who breached, as far as the mandate and the sources allow.

    Args:
        agreement: Mandate, parties and threshold.
        facts: Incidents.
        at: Positions of the incidents against the clause, one for each who may have
            done them, shape (m,).
        chances: Probability that each counts against it, shape (m,).

    Returns:
        A party id, `not attributed` or `not mandated`; and each named party's
        share of the weight, in the agreement's order, then those of others by name,
        then what is left as `NOT_KNOWN`; empty where no party is named.
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
    whole = _whole(shares, _others(theirs.values(), facts, at, chances), total)
    return _surest(shares, agreement.thresholds.breached), whole


def _weight(theirs: frozenset[str], facts: Facts, at: Ints, chances: Floats) -> float:
    return sum(
        float(chance)
        for i, chance in zip(at, chances, strict=True)
        if facts.observed[i] and facts.actor[i] in theirs
    )


def _others(
    parties: Iterable[frozenset[str]], facts: Facts, at: Ints, chances: Floats
) -> dict[str, float]:
    """Return the weight of each who is named and no party, by name."""
    known = frozenset[str]().union(*parties)
    found: dict[str, float] = {}
    for i, chance in zip(at, chances, strict=True):
        name = facts.actor[i]
        if facts.observed[i] and name is not None and name not in known and chance:
            found[name] = found.get(name, 0.0) + float(chance)
    return dict(sorted(found.items()))


def _whole(shares: Shares, others: Mapping[str, float], total: float) -> Shares:
    """Return shares with what parties leave to others, and to nobody known."""
    if not shares:
        return ()
    named = (*shares, *((who, round(w / total, 6)) for who, w in others.items()))
    left = round(1.0 - sum(share for _, share in named), 6)
    return (*named, (NOT_KNOWN, left)) if left > 0.0 else named


def _surest(shares: Sequence[tuple[str, float]], threshold: float) -> str:
    sure = [party for party, share in shares if share >= threshold]
    return sure[0] if len(sure) == 1 else UNATTRIBUTED
