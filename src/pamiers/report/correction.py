"""What changed in a report since it was first issued."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

Outline = Mapping[str, Mapping[str, str]]  #: section -> line -> digest of its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How many lines of a section came, went, and now say something else."""

    section: str
    added: int
    gone: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What changed since a report was first issued; at least one section."""

    entries: int  #: of the record, when it was issued
    head: str
    changes: tuple[Change, ...]


def difference(old: Outline, new: Outline) -> tuple[Change, ...]:
    """Return the sections in which two outlines differ; empty for equal ones.

    Examples:
        >>> difference({"annex": {"a": "1", "b": "2"}}, {"annex": {"b": "3", "c": "4"}})
        (Change(section='annex', added=1, gone=1, changed=1),)
    """
    found = []
    for section in {**old, **new}:
        before, after = old.get(section, {}), new.get(section, {})
        both = before.keys() & after.keys()
        change = Change(
            section=section,
            added=len(after.keys() - both),
            gone=len(before.keys() - both),
            changed=sum(before[key] != after[key] for key in both),
        )
        if change != replace(change, added=0, gone=0, changed=0):
            found.append(change)
    return tuple(found)
