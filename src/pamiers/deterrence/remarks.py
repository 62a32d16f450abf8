"""What a stress test says, as values: a status for each margin, and sentences.

A remark is a code with its figures; `words` has the sentence of every code in every
language. What cannot be a number, such as a detection that no monitoring can reach,
is a remark of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from pamiers.deterrence.stress import Stress

Figures = dict[str, float | str]


class Status(StrEnum):
    """Whether keeping is the better choice, over the stated ranges."""

    HOLDS = "holds"  #: everywhere in the ranges
    PARTLY = "partly"  #: at the likeliest figures, not everywhere
    FAILS = "fails"  #: not at the likeliest figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One sentence: its code, whom and what it is about, and its figures."""

    code: str
    party: str = ""
    clause: str = ""
    figures: Figures = field(default_factory=dict)


def status(likeliest: float, worst: float) -> Status:
    """Return how a margin stands, from its likeliest and its least value."""
    if worst >= 0:
        return Status.HOLDS
    return Status.PARTLY if likeliest >= 0 else Status.FAILS


def remarks(found: Stress) -> tuple[Remark, ...]:
    """Return every sentence about an outcome, what overrides the rest first.

    Args:
        found: The outcome of a stress test.

    Returns:
        Remarks about taking part, clauses, joint breaches, trust, responders and
        scenarios, party by party in the order of the file.
    """
    said: list[Remark] = []
    for party in range(len(found.game.parties)):
        said.extend(_taking_part(found, party))
        said.extend(_clauses(found, party))
        said.extend(_joint(found, party))
        said.append(_trust(found, party))
    said.extend(_responders(found))
    said.extend(_changes(found))
    return tuple(said)


def _taking_part(found: Stress, party: int) -> Iterator[Remark]:
    name = found.game.parties[party]
    likeliest = float(found.likeliest.taking_part[party, 0])
    worst = float(found.corner.taking_part[party])
    stands = status(likeliest, worst)
    figures: Figures = {"likeliest": likeliest, "worst": worst}
    yield Remark(code=f"peace-{stands}", party=name, figures=figures)
    if found.shift[party]:
        yield Remark(code="peace-shift", party=name)


def _clauses(found: Stress, party: int) -> Iterator[Remark]:
    for clause in range(len(found.game.clauses)):
        yield from of_clause(found, party, clause)


def of_clause(found: Stress, party: int, clause: int) -> Iterator[Remark]:
    """Yield what is said of one clause and one party.

    Args:
        found: The outcome of a stress test.
        party: Position of the party.
        clause: Position of the clause.

    Yields:
        How it stands; where it fails, what would have to be true.
    """
    likeliest = float(found.likeliest.margins[party, clause, 0])
    worst = float(found.corner.margins[party, clause])
    stands = status(likeliest, worst)
    figures: Figures = {
        "likeliest": likeliest,
        "worst": worst,
        "share": float(found.shares.keeping[party, clause]),
    }
    about = (found.game.parties[party], found.game.clauses[clause])
    said = {f"clause-{stands}": figures}
    if stands is Status.FAILS:
        said |= _thresholds(found, party, clause)
    for code, given in said.items():
        yield Remark(code=code, party=about[0], clause=about[1], figures=given)


def _thresholds(found: Stress, party: int, clause: int) -> dict[str, Figures]:
    """Return what would have to be true for a clause that fails: code -> figures."""
    said = _by_watching(found, party, clause) | _by_answering(found, party, clause)
    lever = found.singles.get((party, clause))
    return said | ({"clause-lever": {"lever": lever}} if lever else {})


def _by_watching(found: Stress, party: int, clause: int) -> dict[str, Figures]:
    stakes = found.likeliest.stakes
    now = float(stakes.detection[party, clause, 0])
    by_error = float(stakes.false_alarm[0, clause, 0])
    said: dict[str, Figures] = {"clause-accuses": {}} if now <= by_error else {}
    least = float(found.thresholds.detection[party, clause])
    if least > 1:
        return said | {"clause-no-monitoring": {}}
    return said | {"clause-detection": {"least": least, "now": now}}


def _by_answering(found: Stress, party: int, clause: int) -> dict[str, Figures]:
    lag = float(found.thresholds.lag[party, clause])
    days = lag * found.period_s / 86_400.0
    said: dict[str, Figures]
    said = {"clause-no-speed": {}} if lag < 0 else {"clause-lag": {"days": days}}
    loss = float(found.thresholds.loss[party, clause])
    held = float(found.likeliest.stakes.loss[party, clause, 0])
    if np.isinf(loss):
        return said | {"clause-no-loss": {}}
    return said | {"clause-loss": {"least": loss, "now": held}}


def _joint(found: Stress, party: int) -> Iterator[Remark]:
    for code, held in (("joint", found.joint), ("joint-worst", found.joint_worst)):
        breach = held[party]
        if len(breach.clauses) > 1:
            names = ", ".join(found.game.clauses[i] for i in breach.clauses)
            yield Remark(
                code=code if breach.exact else f"{code}-at-least",
                party=found.game.parties[party],
                figures={"clauses": names, "worth": breach.worth},
            )
            return


def _trust(found: Stress, party: int) -> Remark:
    trust = found.trust[party]
    figures: Figures = {}
    if trust.least is not None:
        figures["least"] = trust.least
    return Remark(code=trust.says, party=found.game.parties[party], figures=figures)


def _responders(found: Stress) -> Iterator[Remark]:
    for step in found.resolve:
        figures: Figures = {
            "step": step.step,
            "responder": step.responder,
        }
        if step.never:
            yield Remark(code="step-never", figures=figures)
        elif not step.likeliest:
            yield Remark(code="step-unlikely", figures=figures)
        elif not step.always:
            yield Remark(code="step-doubtful", figures=figures)


def _changes(found: Stress) -> Iterator[Remark]:
    for each in found.cheapest:
        if each.package is not None and not each.package.levers:
            yield Remark(code=f"change-none-needed-{each.over}")
        elif each.package is not None:
            yield Remark(
                code=f"change-{each.over}",
                figures={
                    "levers": ", ".join(each.package.levers),
                    "cost": each.package.cost,
                },
            )
        elif each.exhausted:
            yield Remark(code=f"change-none-{each.over}")
        else:
            figures: Figures = {"cost": each.none_below}
            yield Remark(code=f"change-not-below-{each.over}", figures=figures)
