"""What the codes of columns stand for: kinds, things and actors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pamiers.agreement.model import Agreement
from pamiers.core.kind import is_a

#: the code of an actor that nobody names, in every vocabulary the last
NOBODY = ""
#: between the names of those of whom one did it; `north|` is north, or nobody known
EITHER = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A weapon or other thing as sources describe it; None: not stated."""

    kind: str | None = None
    calibre_mm: float | None = None
    range_km: float | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What each code of `kind`, `group` and `actor` stands for, from 0."""

    kinds: tuple[str, ...]  #: of `core.kind`; `event:<id>` for an agreement's own
    things: tuple[Thing, ...]
    actors: tuple[str, ...]  #: `NOBODY` for what is ascribed to nobody; see `EITHER`

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Return how many kinds, things and actors there are."""
        return len(self.kinds), len(self.things), len(self.actors)

    def kinds_of(self, wanted: Iterable[str]) -> frozenset[int]:
        """Return the codes of all kinds that belong to some kinds or families."""
        names = tuple(wanted)
        return frozenset(
            code
            for code, kind in enumerate(self.kinds)
            if any(kind == f"event:{name}" or is_a(kind, name) for name in names)
        )

    def things_of(
        self, agreement: Agreement, classes: Sequence[str], *, surely: bool
    ) -> frozenset[int]:
        """Return the codes of things of any of some classes.

        Args:
            agreement: Defines the classes.
            classes: Their ids; empty for things of whatever kind.
            surely: Whether only what certainly belongs, or all that may.

        Returns:
            Codes.
        """
        if not classes:
            return frozenset(range(len(self.things)))
        held = [agreement.classes[name] for name in classes]
        found = set()
        for code, thing in enumerate(self.things):
            answers = {
                each.holds(
                    kind=thing.kind,
                    calibre_mm=thing.calibre_mm,
                    range_km=thing.range_km,
                    system=thing.system,
                )
                for each in held
            }
            if True in answers or (not surely and None in answers):
                found.add(code)
        return frozenset(found)

    def actors_of(self, wanted: Iterable[str]) -> frozenset[int]:
        """Return the codes of some actors; of one of several, where all are of them."""
        names = frozenset(wanted)
        return frozenset(
            code for code, actor in enumerate(self.actors) if _each(actor) <= names
        )

    def actors_but(self, others: Iterable[str]) -> frozenset[int]:
        """Return the codes of all who may be none of some; what is nobody's may."""
        return frozenset(range(len(self.actors))) - self.actors_of(others)

    def actors_free_of(self, others: Iterable[str]) -> frozenset[int]:
        """Return the codes of all who surely are none of some, nobody's among them."""
        names = frozenset(others)
        return frozenset(
            code for code, actor in enumerate(self.actors) if not _each(actor) & names
        )


def _each(actor: str) -> frozenset[str]:
    """Return the names that a code stands for; of several one did it."""
    return frozenset(actor.split(EITHER))
