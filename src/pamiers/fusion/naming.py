"""Which id an incident bears: the one under which its reports were told before.

An id stands for reports of its own. It goes with the group that holds most of them;
where several ids come to one group the oldest keeps it, and the others become other
names of it. They remember their own reports, so that what is parted again goes back to
the names it had. A group that no id comes to gets a new one.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pamiers.fusion.estimate import incident_key

Members = AbstractSet[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """An id on record, and the reports that are its own.

    Invariant: `own` is not empty.
    """

    key: str
    own: Members  #: report ids, `source:key`


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The ids of groups, and what became of those that no group bears.

    Invariant: of the ids on record each is in exactly one of `keys`, `alias`, `gone`.
    """

    keys: tuple[str, ...]  #: of each group, in the order given; no two alike
    own: tuple[Members, ...]  #: the reports that are each id's own now
    alias: Mapping[str, str]  #: id -> the id that it is another name of
    gone: tuple[str, ...]  #: ids of whose own reports none stands, oldest first


def name_groups(groups: Sequence[Members], told: Sequence[Borne]) -> Named:
    """Return the id of each group of reports.

    Args:
        groups: Reports that tell of one thing each; disjoint, none empty.
        told: Ids on record, oldest first.

    Returns:
        The same ids for the same groups in any order.
    """
    where = {member: g for g, group in enumerate(groups) for member in group}
    bearer: dict[int, Borne] = {}
    alias: dict[str, str] = {}
    gone: list[str] = []
    others: dict[int, set[str]] = {}
    for each in told:
        g = _claimed(each, where)
        if g is None:
            gone.append(each.key)
        elif g in bearer:
            alias[each.key] = bearer[g].key
            others.setdefault(g, set()).update(each.own)
        else:
            bearer[g] = each
    taken = {each.key for each in told}
    own = []
    for g, group in enumerate(groups):
        held = bearer[g].own & group if g in bearer else frozenset()
        own.append(frozenset(held | (group - others.get(g, set()))))
    keys = [bearer[g].key if g in bearer else "" for g in range(len(groups))]
    for g in sorted(range(len(groups)), key=lambda g: min(groups[g])):
        if not keys[g]:
            keys[g] = _new_key(groups[g], taken)
            taken.add(keys[g])
    return Named(keys=tuple(keys), own=tuple(own), alias=alias, gone=tuple(gone))


def _claimed(told: Borne, where: Mapping[str, int]) -> int | None:
    """Return the group with most of an id's own reports; None where none stands."""
    standing = sorted(member for member in told.own if member in where)
    if not standing:
        return None
    held = Counter(where[member] for member in standing)
    most = max(held.values())
    return next(where[m] for m in standing if held[where[m]] == most)


def _new_key(group: Members, taken: AbstractSet[str]) -> str:
    return next_key(incident_key(sorted(group)), sorted(group), taken)


def next_key(key: str, group: Sequence[str], taken: Container[str]) -> str:
    """Return the id of a group of reports, or the next one that is free.

    Args:
        key: Digest of the group.
        group: Its reports, in order.
        taken: Ids that are others'.

    Returns:
        The digest, or one of the reports and a number.
    """
    turn = 1
    while key in taken:
        turn += 1
        said = "; ".join([*sorted(group), f"#{turn}"])
        key = hashlib.sha256(said.encode()).hexdigest()[:16]
    return key
