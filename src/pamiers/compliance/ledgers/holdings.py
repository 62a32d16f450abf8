"""Weapons, persons and mines by count: one account for each class and party.

Of each account: what every counter says of every status, side by side; how the count
ran over stages or lists; where things were last seen; and sums that ought to come
out. Nothing is averaged, and no counter's figure is filled up with another's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pamiers.agreement.model import Agreement, Clause, Reading, Verb
from pamiers.compliance.ledgers.calendar.discharge import Asked, by_counter
from pamiers.compliance.ledgers.checks import Sum, rivals, sums
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading
from pamiers.compliance.ledgers.tallied import (
    Figure,
    counted,
    figure,
    is_level,
    key_of,
)
from pamiers.core.rows import Tally

_PERSONS: Final = frozenset(
    {"person", "persons", "prisoner", "detainee", "hostage", "body", "bodies"}
    | {"missing_person", "civilian", "personnel", "combatant", "troops"}
    | {"soldier", "police", "observer", "refugee"}
)
_MINES: Final = frozenset({"mine", "mines", "minefield", "ied", "uxo", "erw"})


class Family(StrEnum):
    """What is counted; each has a ledger of its own."""

    WEAPONS = "weapons"
    PERSONS = "persons"
    MINES = "mines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What was counted in one stage, delivery or list, and what it came to then."""

    ref: str | None  #: as the counter names it; None: not named
    counter: str
    status: str
    figure: Figure  #: of this stage alone
    total: Figure  #: of this counter and status up to its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where things were last counted, how many, when and by whom."""

    site: str
    counter: str
    status: str
    figure: Figure
    fell_from: Figure | None  #: the last higher count there, where it fell since


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a clause asks for by count, and how far each counter says it is reached."""

    clause: str
    reading: str | None
    least: float | None
    most: float | None
    status: str
    figure: Figure | None  #: None: not reported
    counter: str | None  #: whose count the reading goes by

    @property
    def missing(self) -> float | None:
        """Return how many are still wanted at most; None where nobody counted."""
        if self.least is None or self.figure is None:
            return None
        return max(0.0, self.least - self.figure.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that is counted of one class and party."""

    family: Family
    of: str  #: class of the agreement, or the word of the counter
    party: str | None  #: whose; None: not stated
    figures: tuple[Figure, ...]  #: by status, then counter
    stages: tuple[Stage, ...]  #: in order of time
    seen: tuple[Seen, ...]  #: by site
    sums: tuple[Sum, ...]  #: what ought to add up, and whether it does
    rivals: tuple[Sum, ...]  #: what counters disagree about
    targets: tuple[Target, ...]


def weapons(known: Known) -> tuple[Account, ...]:
    """Return the ledger of weapons, by class and party."""
    return accounts(known, Family.WEAPONS)


def persons(known: Known) -> tuple[Account, ...]:
    """Return the ledger of persons by class and party: counts, and no names."""
    return accounts(known, Family.PERSONS)


def mines(known: Known) -> tuple[Account, ...]:
    """Return the ledger of mines and their clearance, by class and party."""
    return accounts(known, Family.MINES)


def accounts(known: Known, family: Family) -> tuple[Account, ...]:
    """Return the accounts of a family, by class and party.

    Args:
        known: Agreement, tallies and now.
        family: What is counted.

    Returns:
        One account for each class and party that somebody counted, and for each
        class and bearer that a clause asks to be counted, reported or not.
    """
    groups: dict[tuple[str, str | None], list[Tally]] = {}
    for row in known.tallies:
        if family_of(row.of, known.agreement) is family:
            groups.setdefault((row.of, row.party), []).append(row)
    for of, party in _asked(known.agreement, family):
        named = any(o == of and p in (party, None) for o, p in groups)
        if not named:
            groups[of, party] = []
    order = sorted(groups, key=lambda pair: (pair[0], pair[1] or ""))
    return tuple(_account(family, pair, groups[pair], known) for pair in order)


def family_of(of: str, agreement: Agreement) -> Family:
    """Return what a class is of: persons, mines, or else weapons.

    A class is of persons where its kinds say so, or where a clause counts it in
    persons.
    """
    arms = agreement.classes.get(of)
    words = {of, *(arms.kinds if arms is not None else ())}
    for part in arms.any_of if arms is not None else ():
        words |= set(part.kinds)
    if words & _PERSONS or of in _in_persons(agreement):
        return Family.PERSONS
    return Family.MINES if words & _MINES else Family.WEAPONS


def _in_persons(agreement: Agreement) -> set[str]:
    return {
        of
        for clause in agreement.clauses
        for reading in clause.readings
        if reading.bound is not None and reading.bound.unit == "persons"
        for of in reading.classes
    }


def _asked(agreement: Agreement, family: Family) -> Iterator[tuple[str, str | None]]:
    """Yield the classes and bearers that clauses ask to be counted."""
    for clause in agreement.clauses:
        for reading in clause.readings:
            if reading.bound is None or not reading.status:
                continue
            for of in reading.classes:
                if family_of(of, agreement) is family:
                    yield from ((of, party) for party in reading.bearers or (None,))


def _account(
    family: Family, pair: tuple[str, str | None], rows: list[Tally], known: Known
) -> Account:
    of, party = pair
    figures = counted(rows)
    return Account(
        family=family,
        of=of,
        party=party,
        figures=figures,
        stages=tuple(_stages(rows)),
        seen=tuple(_seen(rows)),
        sums=tuple(sums(figures)),
        rivals=tuple(rivals(figures)),
        targets=tuple(_targets(of, party, known)),
    )


def _by_run(rows: Iterable[Tally]) -> Mapping[tuple[str, str], list[Tally]]:
    """Return rows by status and counter, in order of time."""
    runs: dict[tuple[str, str], list[Tally]] = {}
    for row in rows:
        runs.setdefault((row.status, row.source), []).append(row)
    return dict(sorted(runs.items()))


def _stages(rows: list[Tally]) -> Iterator[Stage]:
    """Yield what each counter counted in each stage, in order of time.

    Rows without a reference are a stage each; cumulative rows only bear on totals.
    """
    found: list[Stage] = []
    for (status, counter), run in _by_run(rows).items():
        parts: dict[str, list[Tally]] = {}
        for row in run:
            if not row.cumulative:
                parts.setdefault(row.ref or key_of(row), []).append(row)
        for part in parts.values():
            end = max(row.end for row in part)
            alone, total = figure(part), figure([r for r in run if r.end <= end])
            if alone is not None and total is not None:
                stage = Stage(
                    ref=part[0].ref,
                    counter=counter,
                    status=status,
                    figure=alone,
                    total=total,
                )
                found.append(stage)
    yield from sorted(found, key=lambda s: (s.total.as_of, s.status, s.counter))


def _seen(rows: list[Tally]) -> Iterator[Seen]:
    """Yield the last count of what is there at each site, by each counter."""
    sites: dict[tuple[str, str, str], list[Tally]] = {}
    for row in rows:
        site = row.place or row.region
        if site and is_level(row.status) and row.status != "missing":
            sites.setdefault((site, row.source, row.status), []).append(row)
    for (site, counter, status), run in sorted(sites.items()):
        counts = [figure(run[: n + 1]) for n in range(len(run))]
        steps = [each for each in counts if each is not None]
        last = steps[-1]
        higher = [s for s in steps if last.high is not None and s.low > last.high]
        yield Seen(
            site=site,
            counter=counter,
            status=status,
            figure=last,
            fell_from=higher[-1] if higher else None,
        )


def _targets(of: str, party: str | None, known: Known) -> Iterator[Target]:
    for clause in known.agreement.clauses:
        if clause.verb in (Verb.AT_LEAST, Verb.AT_MOST):
            for reading in clause.readings:
                theirs = party is None or party in (reading.bearers or (party,))
                if of in reading.classes and theirs:
                    yield from _held_against(clause, reading, (of, party), known)


def _held_against(
    clause: Clause, reading: Reading, pair: tuple[str, str | None], known: Known
) -> Iterator[Target]:
    """Yield a target for each counter that a reading goes by; one for none.

    Only the tallies count that a judgement would count: where, whose, of which status.
    """
    bound = reading.bound
    if bound is None:
        return
    asked = Asked(clause=clause, reading=reading, bearer=pair[1])
    runs = ([r for r in rows if r.of == pair[0]] for rows in by_counter(asked, known))
    figures = [figure(rows) for rows in runs if rows]
    for each in figures or [None]:
        yield Target(
            clause=clause.id,
            reading=finding_reading(clause, reading),
            least=bound.least,
            most=bound.most,
            status=reading.status or "present",
            figure=each,
            counter=bound.counter if each is None else each.counter,
        )
