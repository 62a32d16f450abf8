"""What a scenario expects is held to the finding: each key in its own way."""

from datetime import UTC, datetime, timedelta

import pytest

from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.scenario.compare import differences
from pamiers.compliance.scenario.written import Expectation
from tests.unit.compliance import small

AT = datetime(2026, 3, 31, 22, tzinfo=UTC)  # 1 April 00:00 in Kyiv is 21:00
RULES = small.agreement(time_zone="Europe/Kyiv")


def finding(**changed: object) -> Finding:
    given: dict[str, object] = {
        "key": "k",
        "clause": "quiet",
        "reading": None,
        "sector": None,
        "start": small.PERIOD.start,
        "end": small.PERIOD.end,
        "verdict": Verdict.BREACHED,
        "why": Why.NOT_DONE,
        "probability_low": 0.25,
        "probability_high": 0.75,
        "reported_high": 0.75,
        "coverage_share": 0.0,
        "detection": None,
        "count_low": 2,
        "count_high": None,
        "margin_m": None,
        "evidence": ("club:b", "club:a"),
        "exempt": (),
        "attribution": "A",
        "attribution_share": (),
        "known_at": small.KNOWN,
        "agreement": "d" * 64,
    }
    return Finding(**{**given, **changed})  # type: ignore[arg-type]


def told(found: Finding, **expected: object) -> tuple[str, ...]:
    each = Expectation(
        form="clause", about="quiet", which={}, expected=expected, line=1
    )
    return differences(each, found, RULES)


HOLDS = [
    ("verdict", "BREACHED", {}),
    ("verdict", "breached", {}),
    ("why", "not done", {}),
    ("evidence", ["a", "b"], {}),
    ("evidence", ["b", "a"], {}),
    ("exempt", [], {}),
    ("evidence", "a", {"evidence": ("club:a",)}),
    ("attribution", "A", {}),
    ("probability", "0.25 to 0.75", {}),
    ("probability", "at least 0.25", {}),
    ("probability", "at most 0.75", {}),
    ("count", "at least 2", {}),
    ("count", "2", {}),
    ("count", 3, {"count_low": 3, "count_high": 3}),
    ("measured", "1 to 3", {"measured_low": 1.0, "measured_high": 3.0}),
    ("limit", 75, {"limit": 75.0}),
    ("supersedes", "yes", {"supersedes": "x"}),
    ("supersedes", True, {"supersedes": "x"}),
    ("supersedes", "no", {}),
    ("supersedes", False, {}),
    ("margin", 3, {"margin": 3.0}),
    ("margin", "1.0 km", {"margin_m": 1049.0}),
    ("margin", "1 km", {"margin_m": 1499.0}),
    ("late_by", "60 min", {"late_s": 3629.0}),
    ("late_by", "2 d", {"late_s": 2 * 86_400.0 + 43_199.0}),
    ("due", "2026-04-01", {"due_at": AT}),
    ("due", "2026-03-31T22:00:01Z", {"due_at": AT}),
    ("done", "2026-03-31T22:00Z", {"done_at": AT}),
    ("closed_at", "2026-03-31T21:59:59Z", {"closed_at": AT}),
    ("locked_by", ["maps"], {"locked_by": ("maps",)}),
    ("detection", 0.8, {"detection": 0.8}),
]
FAILS = [
    ("verdict", "KEPT", {}),
    ("why", "done", {}),
    ("evidence", ["a"], {}),
    ("evidence", ["a", "b", "c"], {}),
    ("exempt", ["a"], {}),
    ("attribution", "B", {}),
    ("probability", "0.25 to 0.74", {}),
    ("probability", "0.24 to 0.75", {}),
    ("probability", "at least 0.26", {}),
    ("probability", "at most 0.74", {}),
    ("count", "at most 1000", {}),
    ("count", "at least 3", {}),
    ("count", "3", {}),
    ("count", "2 to 3", {}),
    ("count", 3, {"count_low": 3, "count_high": 4}),
    ("measured", "1", {}),
    ("measured", "1", {"measured_low": 1.0, "measured_high": 3.0}),
    ("limit", 75, {"limit": 75.5}),
    ("limit", 75, {}),
    ("supersedes", "yes", {}),
    ("supersedes", "no", {"supersedes": "x"}),
    ("margin", 3, {"margin": 3.1}),
    ("margin", 3, {}),
    ("margin", "1.0 km", {"margin_m": 1051.0}),
    ("margin", "1 km", {"margin_m": 1501.0}),
    ("late_by", "60 min", {"late_s": 3631.0}),
    ("late_by", "60 min", {}),
    ("late_by", "2 d", {"late_s": 2 * 86_400.0 + 43_201.0}),
    ("due", "2026-03-31", {"due_at": AT}),
    ("due", "2026-04-01", {}),
    ("due", "2026-03-31T22:00:02Z", {"due_at": AT}),
    ("locked_by", ["maps"], {}),
    ("detection", 0.8, {"detection": 0.81}),
    ("detection", 0.8, {}),
]


@pytest.mark.parametrize(("name", "wanted", "has"), HOLDS)
def test_what_is_so_has_no_difference(
    name: str, wanted: object, has: dict[str, object]
) -> None:
    assert told(finding(**has), **{name: wanted}) == ()


@pytest.mark.parametrize(("name", "wanted", "has"), FAILS)
def test_what_is_not_so_is_told(
    name: str, wanted: object, has: dict[str, object]
) -> None:
    (said,) = told(finding(**has), **{name: wanted})
    assert said.startswith(f"{name}: expected ")


def test_days_late_are_those_of_the_calendar_too() -> None:
    """Due by the end of 31 March; done on 11 July at noon: 102 days by the calendar."""
    due = datetime(2026, 3, 31, 21, tzinfo=UTC)
    done = datetime(2026, 7, 11, 8, 59, tzinfo=UTC)
    late = finding(due_at=due, done_at=done, late_s=(done - due).total_seconds())
    assert told(late, late_by="102 d") == ()
    assert told(late, late_by="101 d") == ()
    assert told(late, late_by="103 d") == (
        "late_by: expected 103 d, got 8769540.0, 102.0",
    )
    assert told(finding(late_s=60.0, due_at=due), late_by="102 d") != ()
    assert told(finding(late_s=60.0, done_at=done), late_by="102 d") != ()


def test_a_difference_is_said_in_words() -> None:
    lasts = finding(due_at=AT, supersedes="x", locked_by=("b", "a"))
    assert told(lasts, due="2026-04-02T00:00Z") == (
        "due: expected 2026-04-02T00:00Z, got 2026-03-31T22:00:00+00:00",
    )
    assert told(lasts, supersedes=False) == ("supersedes: expected no, got yes",)
    assert told(lasts, supersedes="no", locked_by=[]) == (
        "supersedes: expected no, got yes",
        "locked_by: expected none, got b, a",
    )
    assert told(finding(), limit=3) == ("limit: expected 3, got none",)


def test_a_bound_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="'about 3': write 'at least 3'"):
        told(finding(), count="about 3")


def test_a_delay_in_hours_is_none_of_the_calendar() -> None:
    due = datetime(2026, 3, 31, 21, tzinfo=UTC)
    done = due + timedelta(hours=50)
    late = finding(due_at=due, done_at=done, late_s=50 * 3600.0)
    assert told(late, late_by="50 h") == ()
    assert told(late, late_by="3 h") != ()
