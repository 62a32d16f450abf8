"""Which kinds may be one thing, and what a kind says of what happened.

Fire, the harm that it does and what nobody could name may be one incident; a weapon
seen standing and a shot are two. So reports are fused strand by strand. Within the
strand of force a kind is a label: it means itself most, and its siblings sometimes
(what one hears as an explosion another sees as an impact); a family means any of its
kinds; harm may stand for the fire that did it. The other strands tell kinds apart by
themselves.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from pamiers.core.kind import EVENT, KINDS, is_a
from pamiers.fusion.columns import Floats, Taxonomy, taxonomy_of

FORCE: Final = "force"
_FIRE: Final = (
    *("explosion", "impact", "burst", "shot", "projectile", "muzzle_flash", "flare"),
)
_HARM: Final = ("casualty", "damage")
#: what happened, as finely as the strand of force tells it
LEAVES: Final = (*_FIRE, *_HARM, "other")
#: kinds of the strand of force, in the order of their labels
LABELS: Final = (
    *sorted(k for k in KINDS if is_a(k, "fire") or is_a(k, "harm")),
    *("any", "exercise", "other"),
)
#: how surely a kind means itself; the rest is spread over its siblings
ITSELF: Final = 0.75
#: how surely harm is told for itself, and not for the fire that did it
HARM: Final = 0.65
#: how much of each row is spread over everything, so that nothing is ruled out
SLIP: Final = 0.02
#: how many reports what is said here is worth
WORTH: Final = 30.0


@cache
def strand_of(kind: str) -> str:
    """Return the strand that a kind belongs to.

    Returns:
        `force`, a family, `mine`, `person_presence`, or the event itself.
    """
    if kind in LABELS:
        return FORCE
    if kind.startswith(EVENT) or kind in {"mine", "person_presence"}:
        return kind
    families = ("presence", "movement", "flight", "restriction")
    return next((each for each in families if is_a(kind, each)), kind)


@cache
def meaning(kind: str) -> tuple[float, ...]:
    """Return what a kind of the strand of force says of what happened.

    Returns:
        P(leaf | kind), in the order of `LEAVES`; sums to 1.
    """
    if kind in _FIRE:
        told = _spread(_FIRE, 1.0 - ITSELF) + _only(kind, ITSELF - SLIP)
    elif kind in _HARM:
        told = _only(kind, HARM) + _spread(_FIRE, 1.0 - HARM - SLIP)
    elif is_a(kind, "fire"):
        told = _spread(_FIRE, 1.0 - SLIP)
    elif kind == "harm":
        told = _spread(_HARM, HARM) + _spread(_FIRE, 1.0 - HARM - SLIP)
    else:
        told = _spread(LEAVES, 1.0 - SLIP)
    told = told + SLIP / len(LEAVES)
    return tuple((told / told.sum()).tolist())


def _only(kind: str, share: float) -> Floats:
    return np.array([share if each == kind else 0.0 for each in LEAVES])


def _spread(kinds: tuple[str, ...], share: float) -> Floats:
    one = share / len(kinds)
    return np.array([one if each in kinds else 0.0 for each in LEAVES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Labels of reports, and what each says of what happened.

    Invariant: as many rows of `meanings` as labels, each summing to 1.
    """

    labels: tuple[str, ...]
    meanings: tuple[tuple[float, ...], ...]  #: P(leaf | label), in order of `LEAVES`


#: the kinds of the strand of force, and no word of any source
PLAIN: Final = Vocabulary(
    labels=LABELS, meanings=tuple(meaning(kind) for kind in LABELS)
)


def taxonomy_for(sources: int, vocabulary: Vocabulary = PLAIN) -> Taxonomy:
    """Return what labels may mean, the same for every source."""
    table = np.array(vocabulary.meanings)
    worth = np.full(len(table), WORTH)
    return taxonomy_of(len(LEAVES), [table] * sources, [worth] * sources)
