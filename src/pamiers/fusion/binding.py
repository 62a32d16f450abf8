"""What people decided of reports, as sets that bind whoever fuses them.

Belonging together passes on: what belongs to one report of a set belongs to all. A
later decision overrides an earlier one where the two contradict each other, and
nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

Members = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """Which reports tell of one thing, which do not, and which repeat another.

    Reports are named by `source:key`.

    Invariants: the sets of `together` are disjoint; none has a pair across one of
    `apart`; a report and the one it repeats are together; no original is a repetition.
    """

    together: tuple[Members, ...] = ()
    apart: tuple[tuple[Members, Members], ...] = ()
    repeats: Mapping[str, str] = field(default_factory=dict)  #: report -> original

    def joined(self, members: Iterable[str]) -> "Bindings":
        """Return the bindings after it was decided that reports tell of one thing."""
        one = frozenset(members)
        met = [each for each in self.together if each & one]
        whole = one.union(*met)
        apart = [
            part
            for first, second in self.apart
            for part in ((first - whole, second), (first & whole, second - whole))
            if part[0] and part[1]
        ]
        kept = (each for each in self.together if not each & one)
        return replace(self, together=(*kept, whole), apart=tuple(apart))

    def parted(self, stay: Iterable[str], leave: Iterable[str]) -> "Bindings":
        """Return the bindings after it was decided that reports do not.

        What belonged to both goes on belonging to those that stay.
        """
        one, other = frozenset(stay), frozenset(leave)
        together = [
            part
            for each in self.together
            for part in ((each - other, each & other) if each & one else (each,))
            if len(part) > 1
        ]
        repeats = {
            copy: whole
            for copy, whole in self.repeats.items()
            if any({copy, whole} <= each for each in together)
        }
        return Bindings(
            together=tuple(together),
            apart=(*self.apart, (one, other)),
            repeats=repeats,
        )

    def repeated(self, copy: str, original: str) -> "Bindings":
        """Return the bindings after it was decided that one report repeats another.

        Of a chain the first is meant, and what repeated the copy repeats it too.
        """
        whole = self.repeats.get(original, original)
        if whole == copy:
            whole = original
        repeats = {
            other: whole if told == copy else told
            for other, told in self.repeats.items()
            if other != whole
        }
        held = self.joined((copy, whole))
        return replace(held, repeats={**repeats, copy: whole})

    def among(self, standing: AbstractSet[str]) -> "Bindings":
        """Return what the bindings say of the reports that stand."""
        together = (each & standing for each in self.together)
        apart = ((one & standing, other & standing) for one, other in self.apart)
        return Bindings(
            together=tuple(each for each in together if len(each) > 1),
            apart=tuple((one, other) for one, other in apart if one and other),
            repeats={
                copy: whole
                for copy, whole in self.repeats.items()
                if copy in standing and whole in standing
            },
        )

    def regrouped(self, groups: Sequence[Members]) -> list[Members]:
        """Return groups of reports as the bindings will have them.

        Args:
            groups: Disjoint groups, none empty.

        Returns:
            Groups of the same reports: those that share a set of `together` as one;
            of `apart` the second leaves, with whatever belongs to it.
        """
        found = [frozenset(each) for each in groups]
        for each in self.together:
            met = [group for group in found if group & each]
            if len(met) > 1:
                found = [group for group in found if not group & each]
                found.append(frozenset().union(*met))
        for one, other in self.apart:
            parted = []
            for group in found:
                leave = self._with(group & other, group) if group & one else None
                parted += [group - leave, leave] if leave else [group]
            found = parted
        return found

    def _with(self, some: Members, group: Members) -> Members:
        """Return some reports of a group and all that belong to them."""
        return some.union(*(each & group for each in self.together if each & some))
