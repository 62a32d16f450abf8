"""Assumptions drawn at random from a seed, as the reader would return them."""

import dataclasses
from typing import Any

import numpy as np
from hypothesis import strategies as st

from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.deterrence.assumptions.written import (
    Belief,
    Change,
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
    Lever,
    PartyStakes,
)

DAY = 86_400.0
PARTIES = ("a", "b")
Rng = np.random.Generator


def figure(rng: Rng, low: float, high: float, *, unit: str = "") -> Figure:
    """Return a range within bounds, now and then a point or an end of them."""
    ends = np.sort(rng.uniform(low, high, 3))
    if rng.random() < 0.2:
        ends = np.repeat(rng.choice([low, high, ends[1]]), 3)
    return Figure(low=ends[0], mode=ends[1], high=ends[2], unit=unit)


def party(rng: Rng) -> PartyStakes:
    return PartyStakes(
        discount=figure(rng, 0.6, 0.99),
        peace=figure(rng, 50.0, 120.0),
        war=figure(rng, -20.0, 80.0),
        first_strike=figure(rng, 0.0, 60.0),
        belief=Belief(
            both_keep=figure(rng, -50.0, 120.0),
            only_other_breaks=figure(rng, -50.0, 120.0),
            only_self_breaks=figure(rng, -50.0, 120.0),
            both_break=figure(rng, -50.0, 120.0),
        ),
    )


def clause(rng: Rng, name: str, steps: list[str]) -> ClauseStakes:
    answered = [each for each in steps if rng.random() < 0.7]
    return ClauseStakes(
        id=name,
        breach=str(rng.choice(["once", "standing"])),
        gain={each: figure(rng, 0.0, 20.0) for each in PARTIES},
        detection={f"m{i}": figure(rng, 0.0, 1.0) for i in range(rng.integers(1, 4))},
        verification=figure(rng, 0.0, 1.0),
        attribution=figure(rng, 0.0, 1.0),
        false_alarm=figure(rng, 0.0, 0.2),
        lag=figure(rng, 0.0, 40 * DAY, unit="s"),
        answered_by=tuple(answered),
    )


def step(rng: Rng, name: str) -> LadderStep:
    return LadderStep(
        id=name,
        kind="suspension",
        after=figure(rng, 0.0, 10 * DAY, unit="s"),
        lasts=figure(rng, 0.0, 200 * DAY, unit="s"),
        loss={each: figure(rng, 0.0, 60.0) for each in PARTIES},
        credibility=figure(rng, 0.0, 1.0),
        responder=str(rng.choice(["r", "q"])),
        cost=figure(rng, 0.0, 3.0),
        restores=figure(rng, 1.0, 5.0),
    )


def lever(rng: Rng, name: str, clauses: list[str], steps: list[str]) -> Lever:
    aims = [
        Change(clause=str(rng.choice(clauses)), of="lag", times=0.3),
        Change(clause=str(rng.choice(clauses)), of="gain", times=0.2),
        Change(clause=str(rng.choice(clauses)), of="attribution", add=0.4),
        Change(step=str(rng.choice(steps)), of="loss", times=4.0),
        Change(step=str(rng.choice(steps)), of="cost", to=0.0),
        Change(party="a", of="war", add=-20.0),
    ]
    chosen = rng.permutation(len(aims))[: rng.integers(1, 3)]
    return Lever(
        id=name,
        cost=float(rng.integers(0, 20)),
        changes=tuple(aims[i] for i in chosen),
    )


def world(seed: int) -> Incentives:
    """Return assumptions of one to four clauses, and up to four levers."""
    rng = np.random.default_rng(seed)
    steps = [f"s{i}" for i in range(rng.integers(1, 4))]
    clauses = [f"c{i}" for i in range(rng.integers(1, 5))]
    return Incentives(
        agreement="drawn",
        period=Quantity(7.0, "d"),
        unit="points",
        by="drawn",
        correlation=figure(rng, 0.0, 1.0),
        parties={name: party(rng) for name in PARTIES},
        clauses=tuple(clause(rng, name, steps) for name in clauses),
        ladder=tuple(step(rng, name) for name in steps),
        levers=tuple(
            lever(rng, f"l{i}", clauses, steps) for i in range(rng.integers(0, 5))
        ),
    )


def crowd(seed: int, clauses: int) -> Incentives:
    """Return assumptions of many clauses, rarely accused falsely, one step for all."""
    rng = np.random.default_rng(seed)
    sure = figure(rng, 0.6, 0.9)
    own = [
        dataclasses.replace(
            clause(rng, f"c{i}", []),
            gain={each: figure(rng, 0.5, 4.0) for each in PARTIES},
            detection={f"m{k}": figure(rng, 0.3, 0.9) for k in range(1 + i % 2)},
            verification=sure,
            attribution=sure,
            false_alarm=figure(rng, 0.0, 0.0004),
            answered_by=("s0",),
        )
        for i in range(clauses)
    ]
    loss: dict[str, Any] = dict.fromkeys(PARTIES, figure(rng, 20.0, 30.0))
    one = dataclasses.replace(step(rng, "s0"), loss=loss, credibility=sure)
    after, lasts = figure(rng, 0.0, DAY, unit="s"), figure(rng, 9 * DAY, 60 * DAY)
    one = dataclasses.replace(one, after=after, lasts=lasts, cost=figure(rng, 0, 1))
    return dataclasses.replace(
        world(seed), clauses=tuple(own), ladder=(one,), levers=()
    )


def incentives() -> st.SearchStrategy[Incentives]:
    """Return worlds by seed: shrinking goes to small seeds, not small worlds."""
    return st.integers(0, 2**32 - 1).map(world)


def swapped(found: Incentives) -> Incentives:
    """Return the assumptions with the names of the two parties exchanged."""
    other = dict(zip(PARTIES, PARTIES[::-1], strict=True))

    def turned(held: Any) -> Any:  # noqa: ANN401 - either mapping
        return {other[name]: held[name] for name in reversed(list(held))}

    levers = [
        dataclasses.replace(
            each,
            changes=tuple(
                dataclasses.replace(one, party=other.get(str(one.party), ""))
                for one in filled(each.changes)
            ),
        )
        for each in found.levers
    ]
    return dataclasses.replace(
        found,
        parties=turned(found.parties),
        clauses=tuple(
            dataclasses.replace(each, gain=turned(each.gain)) for each in found.clauses
        ),
        ladder=tuple(
            dataclasses.replace(each, loss=turned(each.loss)) for each in found.ladder
        ),
        levers=tuple(levers),
    )
