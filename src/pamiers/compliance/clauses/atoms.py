"""What is on record of the atoms of a formula: events and states, as sets of instants.

What lies after the last knowledge may hold or not, and so may what nobody would have
noticed, or what an interested party alone says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

from pamiers.agreement.model import InZones, Matter, Subject
from pamiers.agreement.values import formula as f
from pamiers.compliance.clauses.acts import with_kinds
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.coverage import Scene, Watched, watched
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.compliance.evidence.register import Register, found_in
from pamiers.compliance.evidence.signals import (
    ALWAYS,
    LAST,
    Instants,
    both,
    either,
    joined,
    without,
)
from pamiers.compliance.evidence.sought import Sought
from pamiers.compliance.finding import Verdict
from pamiers.core.instant import Interval
from pamiers.core.kind import KINDS

Truth = tuple[Instants, Instants]  #: when it surely holds, and when it may
Names = Mapping[str, str]  #: variable -> what it stands for

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
#: whoever, or whatever, nobody told of: no fact bears this name
_UNTOLD: Final = ""


class Atoms:
    """What is on record of the atoms of one formula, as sets of instants."""

    def __init__(
        self, case: Case, court: Court, register: Register, *, closed: bool = False
    ) -> None:
        """Read nothing yet.

        Args:
            case: What is judged.
            court: What is known.
            register: What is on record.
            closed: Whether what nobody told of was not, watched or not.
        """
        self.closed = closed
        self.case, self.court, self.register = case, court, register
        self.keys: list[str] = []  #: of all that was found on record
        self.known = us(court.known_at) + 1

    @cached_property
    def seen(self) -> Watched:
        """Return how much was watched of all that the formula speaks of."""
        tree = self.case.clause.tree
        atoms = f.atoms_of(tree) if tree is not None else ()
        kinds = [a.kind for a in atoms if isinstance(a, f.Happens)]
        known = tuple(kind for kind in kinds if kind in KINDS)
        own = tuple(kind for kind in kinds if kind not in KINDS)
        scene = Scene(
            kinds=known or ("any",),
            sector=None,
            area=self.court.ground.area(self.case.site),
            area_id=("formula", self.case.clause.id),
            period=self._watched_over,
            means=self.case.clause.watched_by if own else None,
            watchers=self.case.clause.watched_by,
            known_at=self.court.known_at,
        )
        return watched(scene, self.court.lookout)

    @property
    def _watched_over(self) -> Interval:
        tree = self.case.clause.tree
        wait = timedelta(seconds=f.ahead_s(tree) if tree is not None else 0.0)
        end = min(self.case.period.end + wait, self.court.known_at)
        return Interval(
            self.case.period.start, max(end, self.case.period.start + _TICK)
        )

    @cached_property
    def _open(self) -> Instants:
        """Return when something may have been that nobody told of."""
        limits = self.court.limits(self.case)
        verdict, _ = absence(self.seen, enough_coverage(limits))
        told = self.closed or verdict is Verdict.KEPT
        return ((self.known, LAST),) if told else ALWAYS

    def values(self, sort: f.Sort) -> tuple[str, ...]:
        """Return everything that a variable may stand for.

        Of events: those on record, and one more that nobody told of, so that what
        holds of all that is on record is not taken to hold where nobody watched.
        """
        agreement = self.register.agreement
        match sort:
            case "party":
                return agreement.party_ids
            case "zone":
                return tuple(agreement.zones)
            case _:
                rows = self.register.happenings
                ids = {n for r in rows for n in _ids(r)}
                return (*sorted(ids), _UNTOLD)

    def event(self, atom: f.Happens, names: Names) -> Truth:
        """Return when an event surely is, and when it may be."""
        return self._when(self._rows(atom, (atom.kind,), names))

    def _when(self, rows: Iterable[Happening]) -> Truth:
        """Return when some of what is on record surely is, and when it may be.

        What was some time in an interval is surely at no instant of it.
        """
        low, high = [], []
        limits = self.court.limits(self.case)
        for row in rows:
            self.keys.append(row.key)
            stretch = (us(row.earliest), us(row.latest) + 1)
            if row.lasts:
                stretch = (us(row.start), us(row.end))
            known = row.lasts or row.earliest == row.latest
            if known and row.low >= limits.breached and not self._own_word(row):
                low.append(stretch)
            if row.high > limits.kept:
                high.append(stretch)
        return joined(low), either(joined(high), self._open)

    def _own_word(self, row: Happening) -> bool:
        return bool(row.interested & self._parties)

    def state(self, atom: f.Holds, names: Names) -> Truth:
        """Return when a state of affairs surely is, and when it may be."""
        if atom.state in {"presence", "absence"}:
            low, high = self._presence(atom, names)
            return (
                (low, high)
                if atom.state == "presence"
                else (without(high), without(low))
            )
        papers = self.register.papers
        so, surely_so = self._said(about(papers, "state", atom.state), atom, names)
        no, surely_no = self._said(about(papers, "not-state", atom.state), atom, names)
        return both(surely_so, without(no)), without(both(surely_no, without(so)))

    @cached_property
    def _parties(self) -> frozenset[str]:
        agreement = self.register.agreement
        return agreement.meant_by(agreement.party_ids)

    def _said(
        self, papers: Iterable[Paper], atom: f.Holds, names: Names
    ) -> tuple[Instants, Instants]:
        """Return when something is so by anybody's word, and by no party's own."""
        told = tuple(papers)
        free = [each for each in told if not each.interested]
        return (
            joined(self._stretches(told, atom, names)),
            joined(self._stretches(free, atom, names)),
        )

    def _presence(self, atom: f.Holds, names: Names) -> Truth:
        matter = Matter(subject=Subject.STATE, state="presence", classes=_classes(atom))
        return self._when(self._rows(atom, with_kinds(matter).kinds, names))

    def _stretches(
        self, papers: Iterable[Paper], atom: f.Holds, names: Names
    ) -> Iterator[tuple[int, int]]:
        who = self._who(atom, names)
        for each in papers:
            if who is None or each.to is None or each.to in who:
                self.keys.append(each.key)
                yield us(each.start), LAST if each.end is None else us(each.end)

    def _who(self, atom: f.Happens | f.Holds, names: Names) -> frozenset[str] | None:
        named = None if atom.party is None else term(atom.party, names)
        return None if named is None else self.register.agreement.meant_by([named])

    def _rows(
        self, atom: f.Happens | f.Holds, kinds: tuple[str, ...], names: Names
    ) -> list[Happening]:
        zone = None if atom.zone is None else term(atom.zone, names)
        matter = Matter(
            subject=Subject.EVENT,
            kinds=kinds,
            classes=_classes(atom),
            condition=atom.where,
        )
        if zone is not None:
            matter = replace(matter, where=InZones((zone,)))
        rows = found_in(self.register, Sought(matter, self._who(atom, names)))
        wanted = None if atom.id is None else term(atom.id, names)
        return [row for row in rows if wanted is None or wanted in _ids(row)]


def _classes(atom: f.Happens | f.Holds) -> tuple[str, ...]:
    return (atom.of,) if atom.of else ()


def us(at: datetime) -> int:
    """Return an instant in microseconds since 1970."""
    return (at - _EPOCH) // _TICK


def term(term_: f.Term, names: Names) -> str:
    """Return what a term stands for."""
    return names[term_.name] if isinstance(term_, f.Variable) else term_.text


def _ids(row: Happening) -> set[str]:
    """Return what an event is called by: what it refers to, else its own id."""
    return {row.ref} if row.ref else {row.key.rpartition(":")[2]}
