"""Names in a scenario that are nearly, but not quite, those of the agreement.

An actor, a sector or a source that the agreement does not know may well be on record.
One that is written almost as one that it knows is more likely a slip of the pen, and a
slip would be judged in silence as somebody else's conduct.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding
from pamiers.compliance.scenario.written import Expectation, Fact
from pamiers.core.errors import MalformedSourceError

_ACTORS: Final = ("actor", "party", "control", "to", "of")
#: facts that are acts of whoever they are by
_DONE: Final = (
    *("event", "notice", "approval", "order", "tried", "verified", "not done"),
    "suspension",
)
_ALIKE: Final = 0.8
_SHOWN: Final = 12


def check_names(fact: Fact, agreement: Agreement) -> None:
    """Refuse a fact with a name that looks like a known one and is none.

    Args:
        fact: As written.
        agreement: Knows actors, roles and sectors.

    Raises:
        MalformedSourceError: A name that is misspelt, with the one that may be meant.
    """
    actors = list(agreement.names)
    sectors = [n for s in agreement.sectors for n in (s.id, *s.title.values())]
    for key, value in fact.keys.items():
        known = actors if key in _ACTORS else sectors if key == "sector" else []
        for name in _names(value):
            _check_spelling(key, name, known)


def check_doer(fact: Fact, agreement: Agreement, sources: Collection[str]) -> None:
    """Refuse an act by somebody whom the agreement does not know at all.

    Args:
        fact: As written.
        agreement: Knows actors and roles.
        sources: Ids of the sources that the agreement describes.

    Raises:
        MalformedSourceError: Nobody's act it would be, in silence.
    """
    if fact.form not in _DONE or "actor" in fact.keys:
        return
    known = {*agreement.names, *sources}
    for name in _names(fact.keys.get("by")):
        if name not in known:
            raise MalformedSourceError(
                "by",
                expected=f"one of {_listed(agreement.names)}, or a source",
                got=repr(name),
                remedy="Correct the name, or add it to `actors` of the agreement.",
            )


def _names(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list | Mapping) else [value]:
        if isinstance(each, str):
            yield each


def _check_spelling(key: str, name: str, known: Sequence[str]) -> None:
    plain = {each.casefold(): each for each in known}
    if name.casefold() in plain:
        return
    near = get_close_matches(name.casefold(), plain, n=1, cutoff=_ALIKE)
    if near:
        raise MalformedSourceError(
            key,
            expected=f"one of {_listed(known)}, or a name unlike them",
            got=repr(name),
            remedy=f"Did you mean {plain[near[0]]}?",
        )


def silent(each: Expectation, found: Iterable[Finding]) -> str:
    """Return that nothing is found as an expectation selects it, and what there is.

    Args:
        each: What is expected, and of which finding.
        found: All findings on its clause.

    Returns:
        One sentence; it names the values that its selectors might have.
    """
    told = []
    for name in each.which:
        values = {getattr(finding, name, None) for finding in found}
        known = sorted(str(value) for value in values if value is not None)
        if known and str(each.which[name]) not in known:
            told.append(f"{name} is one of {_listed(known)}")
    return "no finding on it" + (f"; {'; '.join(told)}" if told else "")


def _listed(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more
