"""An assessment that goes on: rules, what is known, and what was found on each cell.

A cell is one rule over one reporting period. Facts that come or go touch cells by what
the rule's form reads; the clock touches those whose period it had not passed, and
duties that still run. Touched cells are judged anew, the others stand as they were.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.formula import ahead_s
from pamiers.compliance.assessment.change import Change, changed, difference
from pamiers.compliance.assessment.news import news_of
from pamiers.compliance.assessment.reach import touched
from pamiers.compliance.assessment.stretch import ALWAYS, Stretch, reached
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.clauses.happened import Times
from pamiers.compliance.compile import rules
from pamiers.compliance.docket import OCCASIONS, findings_of
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.log import same_judgement
from pamiers.compliance.rule import Form, Rule
from pamiers.compliance.world import World
from pamiers.core.errors import OutOfOrderError
from pamiers.core.instant import Interval, format_instant

Cell = tuple[Interval, int]  #: a period, and the number of a rule
Found = tuple[Finding, ...]
#: forms whose findings may change with the clock after their period
_RUNNING: Final = frozenset({*OCCASIONS, Form.REACTION})
_NOTHING: Final = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What findings rest on: what was known when, and the instants it bound."""

    world: World
    known_at: datetime  #: UTC
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What an advance came to: what was judged anew, and what was found on it."""

    cells: tuple[Cell, ...]  #: judged anew, in the order of findings
    before: Found  #: what stood on them
    now: Found  #: what stands on them


class Assessment:
    """Findings on what is known, kept as facts come in any order and are corrected.

    Invariant: `findings()` equals `assess` of the same agreement, periods and world.
    """

    def __init__(
        self,
        agreement: Agreement,
        periods: Iterable[Interval],
        clauses: Sequence[str] | None = None,
    ) -> None:
        """Begin with nothing known, and nothing found.

        Args:
            agreement: Agreement in force.
            periods: Reporting intervals, in the order that findings are wanted in.
            clauses: Ids of the clauses to judge; None for all.
        """
        self.agreement = agreement
        self.periods = tuple(periods)
        self._clauses = clauses
        self._court: Court | None = None
        self._basis: Basis | None = None
        self._rules: tuple[Rule, ...] = ()
        self._judged: frozenset[Interval] = frozenset()
        self._cells: dict[Cell, Found] = {}

    @property
    def basis(self) -> Basis | None:
        """Return what the findings rest on; None where nothing is judged yet."""
        return self._basis

    @property
    def rules(self) -> Sequence[Rule]:
        """Return the rules, as numbered in cells; none where nothing is judged."""
        return self._rules

    @property
    def cells(self) -> Mapping[Cell, Found]:
        """Return what stands on each cell; cells of which nothing is said are not."""
        return self._cells

    def resume(
        self, basis: Basis, judged: Iterable[Interval], cells: Mapping[Cell, Found]
    ) -> None:
        """Go on from findings that were kept.

        Args:
            basis: What they rest on, of the same agreement.
            judged: Periods that were judged.
            cells: What was found.
        """
        self._basis = basis
        self._judged = frozenset(judged)
        self._cells = dict(cells)

    def take(self, change: Change, known_at: datetime) -> Turn:
        """Take facts in and out, and judge what they touch.

        Args:
            change: Rows that came and went, in any order of time.
            known_at: When this is known [UTC].

        Returns:
            What was judged anew.

        Raises:
            OutOfOrderError: A row is withdrawn that was not known, or more was known
                before.
            UnknownTermError: A row bears on no verdict.
        """
        world = self._basis.world if self._basis else World()
        return self._turned(changed(world, change), known_at, change)

    def advance(
        self,
        world: World,
        known_at: datetime,
        periods: Iterable[Interval] | None = None,
    ) -> Turn:
        """Judge what is touched by all that changed since.

        Args:
            world: Everything that is known.
            known_at: When this is known [UTC].
            periods: Reporting intervals from now on; None: as before.

        Returns:
            What was judged anew.

        Raises:
            OutOfOrderError: More was known before.
        """
        self.periods = self.periods if periods is None else tuple(periods)
        change = difference(self._basis.world, world) if self._basis else Change()
        return self._turned(world, known_at, change)

    def _turned(self, world: World, known_at: datetime, change: Change) -> Turn:
        self._refuse_to_forget(known_at)
        court = Court(self.agreement, world, known_at, self._court)
        stale = self._stale(court, change)
        before = self._cleared(stale)
        kept = {each.key: each for each in before}
        now: list[Finding] = []
        for period, number in stale:
            found = tuple(
                _as_it_stood(finding, kept)
                for finding in findings_of(self._rules[number], court, period)
            )
            if found:
                self._cells[period, number] = found
                now += found
        self._court, self._judged = court, frozenset(self.periods)
        self._basis = Basis(world=world, known_at=known_at, times=court.times)
        return Turn(cells=tuple(stale), before=tuple(before), now=tuple(now))

    def findings(self) -> list[Finding]:
        """Return all findings on what is known, in the order of `assess`."""
        if self._basis is None:
            return []
        known_at = self._basis.known_at
        return [
            each if each.known_at == known_at else replace(each, known_at=known_at)
            for period in self.periods
            for number in range(len(self._rules))
            for each in self._cells.get((period, number), ())
        ]

    def _refuse_to_forget(self, known_at: datetime) -> None:
        if self._basis is not None and known_at < self._basis.known_at:
            raise OutOfOrderError(
                "known_at",
                expected=f"no less than {format_instant(self._basis.known_at)}",
                got=format_instant(known_at),
                remedy="Begin another assessment to go back in knowledge.",
            )

    def _cleared(self, stale: Sequence[Cell]) -> list[Finding]:
        """Take off what stood on stale cells and on what is judged no longer."""
        wanted = set(self.periods)
        gone = [
            cell
            for cell in self._cells
            if cell[0] not in wanted or cell[1] >= len(self._rules)
        ]
        return [
            each
            for cell in dict.fromkeys((*gone, *stale))
            for each in self._cells.pop(cell, ())
        ]

    def _stale(self, court: Court, change: Change) -> list[Cell]:
        """Return the cells that have to be judged, in the order of findings."""
        self._rules = tuple(
            rule
            for rule in rules(court.agreement)
            if self._clauses is None or rule.clause.id in self._clauses
        )
        periods = tuple(dict.fromkeys(self.periods))
        basis = self._basis
        anew = (
            basis is None
            or basis.times != court.times
            or basis.world.sources != court.world.sources
        )
        if basis is None or anew:
            return [(p, n) for p in periods for n in range(len(self._rules))]
        touches = self._touches(court, basis, change)
        return [
            (period, number)
            for period in periods
            for number, (rule, stretches) in enumerate(touches)
            if period not in self._judged
            or reached(stretches, period.start, period.end)
            or self._ran((period, number), rule, court, basis)
        ]

    def _touches(
        self, court: Court, basis: Basis, change: Change
    ) -> list[tuple[Rule, Sequence[Stretch]]]:
        """Return when each rule is touched by what is new."""
        news = news_of(change, court, basis.known_at)
        moved = bool(change) or basis.known_at != court.known_at
        gates = court.agreement.gates.values()
        opened = {name for gate in gates for name in gate.opens}
        running = {rule.clause.id for rule in self._rules if rule.form in _RUNNING}
        return [
            (rule, [ALWAYS])
            if moved and (rule.clause.id in opened or _rests(rule, opened | running))
            else (rule, touched(rule, news, court))
            for rule in self._rules
        ]

    def _ran(self, cell: Cell, rule: Rule, court: Court, basis: Basis) -> bool:
        """Tell whether the clock alone may change what stands on a cell."""
        if basis.known_at == court.known_at:
            return False
        tree = rule.clause.tree if rule.form is Form.FORMULA else None
        ahead = _NOTHING if tree is None else timedelta(seconds=ahead_s(tree))
        if cell[0].end + ahead > basis.known_at:
            return True
        found = self._cells.get(cell, ()) if rule.form in _RUNNING else ()
        return not all(_settled(each) for each in found)


def _rests(rule: Rule, clauses: set[str]) -> bool:
    """Tell whether a rule is owed upon a breach of one of some clauses."""
    return not clauses.isdisjoint(rule.clause.upon)


def _settled(finding: Finding) -> bool:
    """Tell whether only facts can change a finding, however time goes on."""
    late = finding.late_s is not None and finding.done_at is None
    ended = finding.closed_at is not None or finding.verdict is not Verdict.KEPT
    return ended and not late and finding.why is not Why.PENDING


def _as_it_stood(finding: Finding, kept: Mapping[str, Finding]) -> Finding:
    """Return the earlier finding that says the same, if there is one."""
    old = kept.get(finding.key)
    return old if old is not None and same_judgement(finding, old) else finding
