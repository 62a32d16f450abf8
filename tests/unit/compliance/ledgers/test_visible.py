"""A secret annex stays secret, in the calendar and in every ledger."""

import json

import pytest

from pamiers.agreement.model import Requirement
from pamiers.app.plain import plain
from pamiers.compliance.finding import Verdict
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.shown import KEPT_BACK, shown
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.visible import may_read
from pamiers.core.errors import UnknownTermError
from tests.unit.compliance.ledgers.small import (
    agreement,
    duty,
    finding,
    known,
    owes,
    tally,
)


def annexed() -> Known:
    secret = owes(
        duty(deadline="D + 5 d"), name="hidden-annex", visibility="restricted"
    )
    locked = duty(
        kinds=("visit",), within="5 d", requires=(Requirement(clause="hidden-annex"),)
    )
    rows = [tally(3, "released", "2006-01-01", of="persons", ref="Doe")]
    findings = [finding("hidden-annex", "2006-01-01", Verdict.BREACHED)]
    return known(agreement(secret, owes(locked)), rows, findings)


@pytest.mark.parametrize("tier", ["public", "parties", "commission"])
def test_no_tier_below_restricted_reads_of_it(tier: str) -> None:
    found = annexed()
    told = [plain(each) for each in shown(calendar(found), found.agreement, tier)]
    told += [plain(ledger(kind, found, tier)) for kind in KINDS]
    assert "hidden-annex" not in json.dumps(told)
    assert KEPT_BACK in json.dumps(told)


def test_the_restricted_tier_reads_all() -> None:
    found = annexed()
    told = shown(calendar(found), found.agreement, "restricted")
    assert {each.clause for each in told} == {"hidden-annex", "law"}


@pytest.mark.parametrize(("tier", "named"), [("public", False), ("commission", True)])
def test_only_the_commission_reads_what_a_list_of_persons_is_called(
    tier: str,
    named: bool,  # noqa: FBT001
) -> None:
    told = json.dumps(plain(ledger("persons", annexed(), tier)))
    assert ('"Doe"' in told) is named


def test_a_circle_that_is_not_known_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="public, parties"):
        may_read("everybody", "public")
