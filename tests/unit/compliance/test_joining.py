"""Who signed later is bound from then on, and never late for what was over by then."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from pamiers.agreement.model import Verb
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    START,
    agreement,
    clause,
    incident,
    world,
)
from tests.unit.compliance.test_duty import EVENTS, duty

HOUR = timedelta(hours=1)
LATER = {"deal": {"A": NOON + HOUR}}


def of_a_duty(joined: Mapping[str, Mapping[str, datetime]]) -> Finding:
    owed = clause(duty(from_at=START, by_at=NOON), verb=Verb.OBLIGE)
    found = assess(agreement(owed, **EVENTS, joined=joined), world(), PERIOD, KNOWN)
    return next(each for each in found if each.party == "A")


def test_a_deadline_that_had_passed_never_bound_it() -> None:
    assert of_a_duty({}).due_at == NOON
    late = of_a_duty(LATER)
    assert (late.start, late.due_at, late.why) == (NOON + HOUR, None, Why.PENDING)


@pytest.mark.parametrize(
    ("actor", "at", "verdict"),
    [
        ("A", NOON, Verdict.UNOBSERVED),
        ("A", NOON + 2 * HOUR, Verdict.BREACHED),
        ("B", NOON, Verdict.BREACHED),
        (None, NOON, Verdict.UNDETERMINED),
    ],
)
def test_a_ban_binds_it_from_its_own_signature_on(
    actor: str | None, at: datetime, verdict: Verdict
) -> None:
    facts = world([incident("a", start=at, end=at + HOUR / 2, actor=actor)])
    found = assess(agreement(joined=LATER), facts, PERIOD, KNOWN)
    assert found[0].verdict is verdict
