"""What words of labels have to do with kinds of incident, before anything is learned.

A label and a kind that share a concept are likelier to go together. Words are common
ones of reports and data sets; a mission may replace the table. A label of which no
word is known says nothing.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats

#: concept -> words that speak of it
CONCEPTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        name: frozenset(words.split())
        for name, words in {
            "artillery": "artillery shelling shell howitzer cannon large explosion "
            "blast bombardment rocket mlrs gun impact",
            "mortar": "mortar shelling explosion impulse blast impact",
            "small arms": "small arms burst shooting gunfire firefight sniping sniper "
            "shot rifle clash machine",
            "drone": "drone uav quadcopter fpv loitering engine",
            "air": "air airstrike missile aircraft strike bomb explosion aviation "
            "helicopter jet blast",
            "mine": "mine ied explosive landmine explosion uxo booby blast",
            "movement": "movement convoy vehicle regrouping transfer control column "
            "deployment redeployment march rotation",
            "assault": "assault clash attack firefight offensive storm raid advance "
            "incursion ground",
        }.items()
    }
)
#: how much less likely a label is of a kind with which it shares no concept
APART: Final = 0.12
#: how surely a label that is the very name of a kind means it
SAME_NAME: Final = 0.85
#: squared distances of frequencies from what tables allow, of a unit: what rounding
#: explains, and what shows that the tables have nothing in common
NEARLY, AT_ODDS = 1e-4, 0.05
#: how many reports a name, a shared concept, and nothing are worth
WORTH_NAME, WORTH_CONCEPT, WORTH_NOTHING = 60.0, 30.0, 4.0


def prior_of(label: str, kinds: Sequence[str]) -> tuple[Floats, float]:
    """Return P(kind | label) by its words, and how many reports that is worth.

    Args:
        label: A source's word for what it reports.
        kinds: Names of the kinds of incident.

    Returns:
        Chances that sum to 1, shape (kinds,), and a weight.
    """
    if label in kinds and len(kinds) > 1:
        found = np.full(len(kinds), (1.0 - SAME_NAME) / (len(kinds) - 1))
        found[list(kinds).index(label)] = SAME_NAME
        return found, WORTH_NAME
    told = _concepts(label)
    if not told:
        return np.full(len(kinds), 1.0 / len(kinds)), WORTH_NOTHING
    shared = [1.0 if told & _meaning(kind) else APART for kind in kinds]
    return np.array(shared) / sum(shared), WORTH_CONCEPT


def evened(tables: Sequence[Floats]) -> list[Floats]:
    """Return tables of P(kind | label) as if all kinds were equally frequent.

    Who writes such a table has some frequency of the kinds in mind. It is a mixture of
    the columns of each table; what all tables can have in common is taken for it, the
    nearest by least squares. A table of even frequencies is left as it is.

    Args:
        tables: One of each family, shape (kinds, labels), columns summing to 1.

    Returns:
        The same, in proportion to P(label | kind), columns summing to 1.
    """
    if not tables:
        return []
    kinds = len(tables[0])
    apart = np.zeros((kinds, kinds))
    for table in tables:
        axes, size, _ = np.linalg.svd(table, full_matrices=False)
        spanned = axes[:, size > 1e-6 * size[0]]
        apart += np.eye(kinds) - spanned @ spanned.T
    least, axes = np.linalg.eigh(apart)
    common = axes[:, 0] / axes[:, 0].sum()
    even = np.full(kinds, 1.0 / kinds)
    left_over = even @ apart @ even * kinds
    if common.min() <= 0.0 or least[0] > AT_ODDS or left_over < NEARLY:
        common = even
    divided = [table / common[:, None] for table in tables]
    return [each / np.maximum(each.sum(axis=0), 1e-300) for each in divided]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z]+", text.lower())) - {""}


def _concepts(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset(name for name, known in CONCEPTS.items() if words & known)


def _meaning(kind: str) -> frozenset[str]:
    """Return the concepts that the name of a kind speaks of most."""
    words = _words(kind)
    score = {name: len(words & known) for name, known in CONCEPTS.items()}
    best = max(score.values())
    named = [name for name in score if words & _words(name)]
    return frozenset(named or [n for n, s in score.items() if s == best > 0])
