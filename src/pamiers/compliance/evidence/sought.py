"""What is looked for on record: of some kinds and classes, somewhere, by somebody.

Each thing that may have happened is asked whether it is what a clause speaks of: of its
kinds and classes, where and under the condition it says, by whom it says. Where it is
not sure who did it, it is asked as the act of each who may have, and the answers are
added up by their shares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.model import Agreement, Matter
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.evidence.ground import Ground, Site, drawn_since
from pamiers.compliance.evidence.happenings import (
    NO,
    YES,
    Bounds,
    Happening,
    done_by,
    done_to,
    kinds_of,
    satisfies,
    summed,
)
from pamiers.compliance.evidence.weaponry import belongs, kinds_named, names_a_kind
from pamiers.compliance.finding import Why


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for on record, and by whom it has to be."""

    matter: Matter
    who: frozenset[str] | None = None  #: None: anybody
    to: frozenset[str] | None = None
    unnamed: bool = False  #: what names nobody counts as theirs


def found(
    sought: Sought,
    rows: Iterable[Happening],
    agreement: Agreement,
    ground: Ground,
) -> list[Happening]:
    """Return the happenings that may be what is sought, in their order.

    Args:
        sought: Kinds, classes, place, condition and actors.
        rows: What is on record.
        agreement: Its classes.
        ground: Tells where places lie.

    Returns:
        Each with its probability of being what is sought; those that surely are
        not are left out.
    """
    kinds = kinds_of(sought.matter.kinds)
    classes = [agreement.classes[name] for name in sought.matter.classes]
    own = kinds_named(agreement.classes.values())
    answers = []
    for row in rows:
        if row.kind not in kinds:
            continue
        site = Site(sought.matter.where, None, drawn_since(agreement, row.start))
        of_class = _of_class(row, sought.matter, classes, own)
        parts = []
        for each in row.alternatives():
            here = ground.holds(site, each.place, each.region, each.actor)
            parts.append(_asked(each, sought, of_class, here))
        row = _met(row, parts)  # noqa: PLW2901 - as far as it is what is sought
        if row.high > 0.0:
            answers.append(row)
    return answers


def _asked(
    row: Happening, sought: Sought, of_class: Bounds, here: Bounds
) -> tuple[tuple[Bounds, Why], ...]:
    """Return what is asked of something done by one actor, and how far it is so."""
    unnamed = sought.unnamed and row.actor is None
    return (
        (YES if unnamed else done_by(row.actor, sought.who), Why.ATTRIBUTION),
        (YES if row.to is None else done_to(row.to, sought.to), Why.ATTRIBUTION),
        (satisfies(sought.matter.condition, row.known), Why.CLASS),
        (of_class, Why.CLASS),
        (here, Why.LOCATION),
    )


def _met(row: Happening, asked: Sequence[Sequence[tuple[Bounds, Why]]]) -> Happening:
    """Return something as far as it is what is asked for, whoever did it.

    Args:
        row: What may have happened.
        asked: Of each of its alternatives, what is asked for and how far it is so.

    Returns:
        The same, no surer; what is open of it is open whoever did it, by its share.
    """
    if not row.shares:
        for part, why in asked[0]:
            row = row.but(part, why)
        return row
    found = []
    for each, parts in zip(row.alternatives(), asked, strict=True):
        for part, _ in parts:
            each = each.but(part)  # noqa: PLW2901 - one factor after another
        found.append(each)
    total = sum(each.high for each in row.shares) or 1.0
    weights = [each.high / total for each in row.shares]
    doubts = row.doubts
    for column in zip(*asked, strict=True):
        bounds = [
            summed(w * part[end] for w, (part, _) in zip(weights, column, strict=True))
            for end in (0, 1)
        ]
        why = column[0][1]
        if bounds[0] < (1.0 if why is Why.ATTRIBUTION else bounds[1]):
            doubts = (*doubts, (why, (bounds[0], bounds[1])))
    return row.joined(found, doubts)


#: no weapons: of a class only where a source calls them so, or the clause names them
_NO_WEAPONS: Final = ("mine", "person_presence", "position")


def _of_class(
    row: Happening,
    matter: Matter,
    classes: Sequence[WeaponClass],
    kinds: Sequence[str],
) -> Bounds:
    """Return bounds on the probability that what happened is of some classes."""
    told = belongs(row.weapons, row.calibre_mm, classes, known=row.known, kinds=kinds)
    bare = row.kind in _NO_WEAPONS and row.kind not in matter.kinds
    if not classes or not bare or told == YES:
        return told
    return told if names_a_kind(row.weapons, classes, kinds) else NO
