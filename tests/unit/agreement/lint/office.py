"""Cases of the linter on approximate figures, times in office, paces and pledges."""

from typing import Final

from tests.unit.agreement.lint.case import (
    TWO_EVENTS,
    Case,
    begun,
    both,
    clause,
    duty,
)

TERM: Final = "held_by: club, created_by: truce, tasks: [observe]"
IN_OFFICE: Final = (
    TERM,
    f"{TERM}, mandate: {{from: D, lasts: 3 mo}}",
)
PLEDGE: Final = "- {id: aid, by: club, of: money, source: gazette"
LATE: Final = clause(
    "oblige: {event: movement}", "deadline: D + 120 d", "verified_by: monitor"
)
EARLY: Final = clause(
    "oblige: {event: movement}", "deadline: D + 80 d", "verified_by: monitor"
)
A: Final = duty("a", "deadline: D + 9 d", "alongside: b")
A_PACED: Final = duty("a", "deadline: D + 9 d", "alongside: {clause: b, within: 2 d}")
B: Final = duty("b", "deadline: D + 9 d")

SHARE: Final = (
    "ratio: {of: {of: big, status: stored}, to: {of: big, status: declared}, "
    "at_least: 50 %}"
)
HALF: Final = clause(SHARE, name="half")
HALF_BY_THEN: Final = clause(SHARE, "deadline: D + 9 d", name="half")

LATER: Final = duty("a", "within: 2 d", "requires: half")

OFFICE: Final = (
    Case(
        code="L-ABOUT",
        spoilt=(clause("at_most: {n: about 75, of: big, in: strip}"),),
        path="clauses[third].at_most.n",
        near=(clause("at_most: {n: about 75, tolerance: 5 %, of: big, in: strip}"),),
    ),
    Case(
        code="L-MISPLACED",
        spoilt=(clause("at_most: {n: 75, tolerance: 5 %, of: big, in: strip}"),),
        path="clauses[third].at_most.tolerance",
        near=(clause("at_most: {n: 75, of: big, in: strip}"),),
    ),
    Case(
        code="L-UNITS",
        spoilt=(begun("pledges", f"{PLEDGE}, at_least: 5 USD, up_to: 9 EUR}}"),),
        path="pledges[aid].up_to",
        near=(begun("pledges", f"{PLEDGE}, at_least: 5 kg, up_to: 9 t}}"),),
    ),
    Case(
        code="L-MANDATE",
        spoilt=(IN_OFFICE, LATE),
        path="clauses[third].verified_by",
        near=(IN_OFFICE, EARLY),
    ),
    Case(
        code="L-PACE",
        spoilt=(TWO_EVENTS, both(A, B)),
        path="clauses[a].alongside[0]",
        near=(TWO_EVENTS, both(A_PACED, B)),
    ),
    Case(
        code="L-CYCLE",
        spoilt=(TWO_EVENTS, duty("a", "alongside: {clause: a, within: 2 d}")),
        path="clauses[a].alongside[0]",
        near=(TWO_EVENTS, both(A_PACED, B)),
    ),
    Case(
        code="L-NEVER-DONE",
        spoilt=(TWO_EVENTS, both(HALF, LATER)),
        path="clauses[a].requires[0]",
        near=(
            TWO_EVENTS,
            both(HALF_BY_THEN, duty("a", "within: 2 d", "requires: half")),
        ),
    ),
    Case(
        code="L-UNDEFINED",
        spoilt=(("    from: D\n", "    from: D\n    days: [holidays]\n"),),
        path="clauses[quiet].days",
        near=(
            ("  durations:", "  holidays: [2026-03-08]\n  durations:"),
            ("    from: D\n", "    from: D\n    days: [holidays]\n"),
        ),
    ),
)
