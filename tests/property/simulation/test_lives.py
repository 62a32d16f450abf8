"""Whole worlds, many of them: what has to hold in every one, whatever the seed.

`make test` lives through 1,000 worlds of a day or two; PAMIERS_WORLDS says how many
instead (`make soak`: 100,000).
"""

import os
import random
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from pamiers.agreement import load_agreement
from pamiers.app.agreement_files import agreement_texts
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Verdict
from pamiers.procedure import Case, Event, fold
from pamiers.simulation.casework import entries_of
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.living import Lived, as_first_read, live
from pamiers.simulation.manner import Manner
from pamiers.simulation.outcome import Answered, First, outcome_of
from pamiers.simulation.setting import Setting, Telling
from pamiers.simulation.stage import Stage, stage_of
from tests.unit.simulation.truce import stage, swapped_stage

WORLDS = int(os.environ.get("PAMIERS_WORLDS", "1000"))
PARTS = 20
DAY = timedelta(hours=24)
#: who may act on each step of the small truce, or speak for those who may
ENTITLED = {"warn": {"monitor", "guarantor"}, "decide": {"commission"}}
TRIGGERS = {"no-guns", "access"}  #: breaches that lead to a decision


def setting_of(seed: int) -> Setting:
    """Return a setting of its own for each seed: from the punctual to the absent."""
    drawn = random.Random(seed)  # noqa: S311 - a test's own dice
    shares = [0.0, 0.1, 0.5, 1.0]
    manner = Manner(
        silent_share=drawn.choice(shares) / 2,
        slow_share=drawn.choice(shares) / 2,
        boycotts_from_day=drawn.choice([None, None, 0, 1]),
    )
    conduct = Conduct(
        breaches_per_day=drawn.choice([0.05, 0.25, 0.6]),
        retaliates_share=drawn.choice(shares),
        stages_per_day=drawn.choice([0.0, 0.0, 0.5]),
        invents_per_day=drawn.choice([0.0, 1.0]),
    )
    return Setting(
        days=drawn.choice([1, 1, 2]),
        shifts=1,
        judged_every_h=24.0,
        fused=False,
        usual_conduct=conduct,
        manners={"monitor": manner},
        telling=Telling(late_share=drawn.choice([0.0, 0.3]), withdrawn_share=0.1),
    )


def life(seed: int, of: Stage | None = None) -> Lived:
    made = stage() if of is None else of
    return live(made, setting_of(seed), {}, np.random.default_rng(seed))


def faults(lived: Lived) -> Iterator[str]:
    """Yield in what a life breaks what has to hold in every one."""
    outcome = outcome_of(lived)
    figures = outcome.figures
    parts = ("first_steps_in_time", "late", "missed")
    if figures["breaches"] != sum(figures[name] for name in parts):
        yield "the parts are not the whole"
    if figures["missed"]:
        yield "a first step was neither taken nor recorded as overdue"
    if figures["no_step_foreseen"]:
        yield "a breach led to no step"
    for answered in outcome.answered:
        yield from _unfit(answered, lived)
    for case in lived.casework.cases.values():
        yield from _escalated(case)
    yield from _not_replayed(lived)


def _unfit(answered: Answered, lived: Lived) -> Iterator[str]:
    """Yield where a first step is not what the text demands, reckoned by hand."""
    step, case = answered.step, lived.casework.cases[answered.taken.case]
    taken_back = any(t.retracted_at and t.case == case.id for t in lived.taken)
    if step is None or step.step != "warn" or taken_back:
        return
    told = list(case.standing.breaches.values())
    dues = [
        min(b.breach_at for b in told if b.found_at is not None) + DAY,
        # what ran out by an allegation, before anything was found, did so then
        min(b.breach_at for b in told) + DAY,
    ]
    if step.done_at is None and step.due_at not in dues:
        yield f"{case.id}: due {step.due_at}, and a day after the breach is {dues[0]}"
    late = step.done_at is None or step.done_at > step.due_at
    closed_at = case.standing.closed_at
    closed = closed_at is not None and closed_at <= step.due_at
    if (answered.first is First.LATE) != late and not closed:
        yield f"{case.id}: {answered.first}, done {step.done_at}, due {step.due_at}"


def _escalated(case: Case) -> Iterator[str]:
    """Yield steps that opened without their trigger, or were taken by others."""
    clauses = {breach.clause for breach in case.standing.breaches.values()}
    for each in case.log:
        decides = each.what == "step-opened" and each.key == "decide"
        if decides and not clauses & TRIGGERS:
            yield f"{case.id}: a decision was opened upon {clauses}"
        if each.what == "step-done" and each.by not in ENTITLED[each.key]:
            yield f"{case.id}: {each.key} was taken by {each.by}"


def _not_replayed(lived: Lived) -> Iterator[str]:
    """Yield cases that their record does not give again, in whatever order."""
    dice = random.Random(len(lived.casework.filed))  # noqa: S311 - a test's own dice
    for name, events in entries_of(lived.casework.filed).items():
        case, shuffled = lived.casework.cases[name], list(events)
        dice.shuffle(shuffled)
        again = fold(name, case.rules, shuffled, case.as_of or lived.ended_at)
        if (again.log, again.standing) != (case.log, case.standing):
            yield f"{name}: another case from the same record"


@pytest.mark.parametrize("part", range(PARTS))
def test_what_has_to_hold_holds_in_every_world(part: int) -> None:
    seeds = range(part, WORLDS, PARTS)
    found = {seed: list(faults(life(seed))) for seed in seeds}
    assert {seed: each for seed, each in found.items() if each} == {}


def told(events: list[Event], names: dict[str, str]) -> list[tuple[object, ...]]:
    """Return what was filed, the parties called by other names."""
    return [
        (
            *(event.kind, event.at, names.get(event.by, event.by), event.step),
            *(event.outcome, event.choice, names.get(event.party, event.party)),
            tuple(sorted(names.get(name, name) for name in event.present)),
            tuple(
                (b.clause, names.get(b.party or "", b.party), b.breach_at, b.severity)
                for b in event.breaches
            ),
        )
        for event in events
    ]


@pytest.mark.parametrize("seed", range(0, 400, 40))
def test_a_seed_gives_the_same_life_again(seed: int) -> None:
    one, other = life(seed), life(seed)
    assert one.casework.filed == other.casework.filed
    assert one.findings == other.findings
    assert one.days == other.days


@pytest.mark.parametrize("seed", range(1, 400, 40))
def test_swapping_the_parties_swaps_the_cases(seed: int) -> None:
    names = {"north": "south", "south": "north"}
    one, other = life(seed), life(seed, swapped_stage())
    filed = [each.event for each in one.casework.filed]
    mirrored = [each.event for each in other.casework.filed]
    assert told(filed, names) == told(mirrored, {})
    figures = [outcome_of(each).figures for each in (one, other)]
    assert figures[0] == figures[1]


def test_a_silent_role_makes_every_first_step_late() -> None:
    silent = {"monitor": Manner(silent_share=1.0)}
    setting = Setting(days=3, fused=False, manners=silent, shifts=1)
    lived = live(stage(), setting, {}, np.random.default_rng(2))
    figures = outcome_of(lived).figures
    assert figures["late"] == figures["breaches"] > 0
    assert figures["omissions"] >= figures["late_steps"] > 0


#: texts that name what is watched in words of their own, and the one to be rehearsed
BUNDLED = (
    *("korea-1953", "dayton-1a-1995", "egypt-israel-1979", "israel-syria-1974"),
    "paris-2026-illustrative",
)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_agreement_is_lived_through(name: str) -> None:
    made = stage_of(load_agreement(agreement_texts(name)))
    often = Conduct(breaches_per_day=0.5)
    setting = Setting(days=1, fused=False, usual_conduct=often, judged_every_h=12.0)
    figures = outcome_of(live(made, setting, {}, np.random.default_rng(1))).figures
    assert figures["breaches"] + figures["no_step_foreseen"] > 0
    assert figures["missed"] == 0


def test_a_breach_that_no_procedure_is_there_for_is_counted_apart() -> None:
    made = stage_of(load_agreement(agreement_texts("minsk-2014-2020")))
    often = Conduct(breaches_per_day=2.0)
    setting = Setting(days=1, fused=False, usual_conduct=often, judged_every_h=24.0)
    lived = live(made, setting, {}, np.random.default_rng(3))
    whole = Assessment(as_first_read(made), [])
    whole.advance(lived.world, lived.ended_at, [day.period for day in lived.days])
    breached = {
        each.clause for each in whole.findings() if each.verdict is Verdict.BREACHED
    }
    outcome = outcome_of(lived)
    assert {each.clause for each in outcome.unforeseen} == breached
    assert outcome.figures["no_step_foreseen"] == len(outcome.unforeseen) > 0
    assert outcome.figures["breaches"] == 0
