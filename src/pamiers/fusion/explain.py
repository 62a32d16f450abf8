"""Why reports are one incident, how much each adds, and what else it might be.

Two sums are shown, both in bits and both exact. Belief: the prior, plus what each
report adds to the belief that the incident happened. Association: the parts of
each link that joined the reports. Beside them stands the rival: the incident that
came nearest to being the same, and what kept it apart.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.core.evidence import Bits, Probability, weigh
from pamiers.fusion.estimate import Voice, member_id, voices_of
from pamiers.fusion.fuse import Fusion
from pamiers.fusion.reports import Ints
from pamiers.fusion.weights import PARTS, Weighed, weigh_pairs

_QUANTUM: Final = 2.0**20
SAME_SOURCE, DISAGREES, TAKEN = "same source", "disagrees", "joined others"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWeight:
    """What one report adds to the belief that its incident happened."""

    member: str  #: `source:key`
    voice: str  #: whose voice it is
    letter: str  #: Admiralty letter, or `claim`
    bits: float  #: [bit]; 0 where its voice has been counted with another report


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How strongly two reports speak of one thing."""

    first: str  #: `source:key`
    second: str
    parts: tuple[tuple[str, float], ...]  #: part -> [bit], in the order of `PARTS`

    @property
    def total(self) -> float:
        """Return the sum of the parts [bit]; exact."""
        return math.fsum(bits for _, bits in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """The incident that came nearest to being the same, and what kept it apart."""

    key: str
    best: Link  #: the strongest link between the two
    worst: Link  #: the weakest
    why: str  #: `same source`, `disagrees` or `joined others`


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One incident taken apart.

    Invariants: `total_bits` is the exact sum of `prior_bits` and the members'
    bits, and is the log-odds of `probability`, to six places.
    """

    key: str
    prior_bits: float
    members: tuple[MemberWeight, ...]
    total_bits: float
    probability: float
    links: tuple[Link, ...]  #: in the order of joining; one fewer than members
    rival: Rival | None  #: None where nothing else has a place


def explain(fusion: Fusion, incident_key: str) -> Explanation:
    """Return why an incident is one, how likely, and what its rival is.

    Args:
        fusion: Result of `fuse`.
        incident_key: Key of one of its incidents.

    Returns:
        The explanation; nothing in it is computed anew but the rival's links.

    Raises:
        UnknownTermError: There is no such incident.
    """
    at = fusion.members(incident_key)
    rows = fusion.rows(at)
    voices = voices_of(rows, fusion.model, fusion.bindings.repeats)
    prior = fusion.model.prior
    lean = round(math.log2(prior / (1.0 - prior)) * _QUANTUM) / _QUANTUM
    members = _members([voices_of([row], fusion.model)[0] for row in rows], voices)
    added = [Bits(member.bits) for member in members]
    return Explanation(
        key=incident_key,
        prior_bits=lean,
        members=members,
        total_bits=math.fsum([lean, *added]),
        probability=round(weigh(Probability(prior), added), 6),
        links=_links(fusion, at),
        rival=_rival(fusion, at),
    )


def _members(alone: list[Voice], voices: tuple[Voice, ...]) -> tuple[MemberWeight, ...]:
    """Return what each adds, from what it would add if it spoke alone."""
    counted = {voice.member: voice.bits for voice in voices}
    return tuple(
        MemberWeight(
            member=each.member,
            voice=each.voice,
            letter=each.letter,
            bits=counted.get(each.member, 0.0),
        )
        for each in sorted(alone, key=lambda each: each.member)
    )


def _links(fusion: Fusion, at: Ints) -> tuple[Link, ...]:
    inside = np.flatnonzero(np.isin(fusion.joined.first, at))
    return tuple(_link(fusion, fusion.joined, int(k)) for k in inside)


def _link(fusion: Fusion, pairs: Weighed, k: int) -> Link:
    ends = np.array([pairs.first[k], pairs.second[k]])
    first, second = (member_id(row) for row in fusion.rows(ends))
    bits = tuple(float(part) for part in pairs.parts[k])
    return Link(first=first, second=second, parts=tuple(zip(PARTS, bits, strict=True)))


def _rival(fusion: Fusion, at: Ints) -> Rival | None:
    placed = fusion.reports.placed
    mine = at[placed[at]]
    others = np.setdiff1d(np.flatnonzero(placed), at)
    if not mine.size or not others.size:
        return None
    nearest = max(
        (_strongest(fusion, int(i), others) for i in mine), key=lambda pair: pair[0]
    )
    label = fusion.label[nearest[1]]
    theirs = np.flatnonzero(fusion.label == label)
    return _compared(fusion, mine, theirs[placed[theirs]])


def _strongest(fusion: Fusion, i: int, others: Ints) -> tuple[float, int]:
    """Return the weight and the position of the strongest other report."""
    pairs = _weighed(fusion, np.full(others.size, i), others)
    total = pairs.total
    return float(total.max()), int(others[int(total.argmax())])


def _weighed(fusion: Fusion, a: Ints, b: Ints) -> Weighed:
    ends = (np.minimum(a, b), np.maximum(a, b))
    return weigh_pairs(fusion.reports, fusion.crowd, fusion.model, ends)


def _compared(fusion: Fusion, mine: Ints, theirs: Ints) -> Rival:
    pairs = _weighed(fusion, np.repeat(mine, theirs.size), np.tile(theirs, mine.size))
    total = pairs.total
    source = fusion.reports.source
    shared = np.intersect1d(source[mine], source[theirs]).size > 0
    apart = DISAGREES if total.min() <= 0.0 else TAKEN
    return Rival(
        key=fusion.keys[int(fusion.label[theirs[0]])],
        best=_link(fusion, pairs, int(total.argmax())),
        worst=_link(fusion, pairs, int(total.argmin())),
        why=SAME_SOURCE if shared else apart,
    )
