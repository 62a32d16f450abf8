"""Cases of the linter on what a clause measures."""

from typing import Final

from tests.unit.agreement.lint.case import (
    BANDS,
    DRAFT,
    QUIET,
    UNLESS,
    Case,
    added,
    both,
    ceiling,
    clause,
)

RECESS: Final = (
    "unless: [{id: recess, text: t, priority: 1, approved_by: monitor, cite: 31}]"
)

MEASURES: Final = (
    Case(
        code="L-NO-CLAUSES",
        spoilt=(("clauses:\n", "clauses: []\nx_clauses:\n"),),
        path="clauses",
        near=(),
    ),
    Case(
        code="L-VERB",
        spoilt=((QUIET, f"{QUIET}\n    maintain: {{state: presence, of: big}}"),),
        path="clauses[quiet]",
        near=((QUIET, "maintain: {state: presence, of: big, in: strip}"),),
    ),
    Case(
        code="L-NO-TRIGGER",
        spoilt=(clause("at_most: {n: 75, in: strip}"),),
        path="clauses[third].at_most",
        near=(clause("at_most: {n: 75 persons, in: strip}"),),
    ),
    Case(
        code="L-NO-TRIGGER",
        spoilt=(clause("maintain: {event: fire}"),),
        path="clauses[third].maintain",
        near=(clause("maintain: {state: presence, of: big}"),),
    ),
    Case(
        code="L-NO-TRIGGER",
        spoilt=(clause("every: {state: presence, period: 15 d}"),),
        path="clauses[third].every",
        near=(clause("every: {event: movement, period: 15 d}"),),
    ),
    Case(
        code="L-NO-NUMBER",
        spoilt=(clause("at_most: {of: big}"),),
        path="clauses[third].at_most",
        near=(
            clause(
                "at_most: {of: big}",
                "readings: [{question: How many?, options: {few: {says: few, n: 5}, "
                "more: {says: more, n: 6}}}]",
            ),
        ),
    ),
    Case(
        code="L-NO-WINDOW",
        spoilt=(clause("at_most: {event: movement, n: 5 events}"),),
        path="clauses[third].at_most",
        near=(clause("at_most: {event: movement, n: 5 events, per: 24 h}"),),
    ),
    Case(
        code="L-STANDING",
        spoilt=(clause("at_most: {of: big, n: 5}"),),
        path="clauses[third].at_most",
        near=(clause("at_most: {of: big, n: 5, presence_lasts: 24 h}"),),
    ),
    Case(
        code="L-STANDING",
        spoilt=(clause("at_least: {of: big, n: 5, status: stored}"),),
        path="clauses[third].at_least",
        near=(clause("at_least: {of: big, n: 5, status: accepted}"),),
    ),
    Case(
        code="L-NO-RATIO",
        spoilt=(clause("ratio: {of: {of: big}, to: {n: 1 persons}}"),),
        path="clauses[third].ratio",
        near=(clause("ratio: {of: {of: big}, to: {n: 1 persons}, at_most: 1}"),),
    ),
    Case(
        code="L-NO-NOTICE",
        spoilt=(clause("notify: {event: exercise}"),),
        path="clauses[third].notify",
        near=(clause("notify: {event: exercise, before: 48 h}"),),
    ),
    Case(
        code="L-NO-PERIOD",
        spoilt=(clause("every: {event: movement}"),),
        path="clauses[third].every",
        near=(clause("every: {event: movement, period: calendar month}"),),
    ),
    Case(
        code="L-UNBOUNDED",
        spoilt=(clause("formula: event(fire) IMPLIES EVENTUALLY event(movement)"),),
        path="clauses[third].formula",
        near=(
            clause("formula: event(fire) IMPLIES EVENTUALLY[0, 24 h] event(movement)"),
        ),
    ),
    Case(
        code="L-MISPLACED",
        spoilt=((QUIET, f"{QUIET}\n    deadline: D + 1 d"),),
        path="clauses[quiet].deadline",
        near=((QUIET, f"{QUIET}\n    until: D + 99 d"),),
    ),
    Case(
        code="L-MISPLACED",
        spoilt=((QUIET, f"{QUIET}\n    same: place"),),
        path="clauses[quiet].same",
        near=(
            clause(
                "oblige: {event: movement}", "upon: quiet", "within: 1 h", "same: place"
            ),
        ),
    ),
    Case(
        code="L-UNHEEDED",
        spoilt=(clause("every: {event: exercise, period: 7 d}", RECESS),),
        path="clauses[third].unless",
        near=(clause("notify: {event: exercise, before: 48 h}", RECESS),),
    ),
    Case(
        code="L-UNHEEDED",
        spoilt=(clause("at_least: {of: big, n: 5, status: stored}", RECESS),),
        path="clauses[third].unless",
        near=(clause("at_most: {of: big, n: 5, status: stored}", RECESS),),
    ),
    Case(
        code="L-UNHEEDED",
        spoilt=(clause("at_most: {of: big, n: 5, status: accepted}", RECESS),),
        path="clauses[third].unless",
        near=(clause("oblige: {state: absence, of: big}", RECESS),),
    ),
    Case(
        code="L-UNHEEDED",
        spoilt=(clause("oblige: {event: exercise}", RECESS),),
        path="clauses[third].unless",
        near=(clause("forbid: {event: exercise}", RECESS),),
    ),
    Case(
        code="L-DOUBLE-NO",
        spoilt=(clause("forbid: {state: absence, of: big}"),),
        path="clauses[third].forbid.state",
        near=(clause("maintain: {state: presence, of: big}"),),
    ),
    Case(
        code="L-READINGS",
        spoilt=((", distance: 5 km", ""),),
        path="clauses[withdrawal].forbid",
        near=((", distance: 5 km", ", width: 10 km"),),
    ),
    Case(
        code="L-WIDTH",
        spoilt=((", distance: 5 km", ", distance: 5 km, width: 10 km"),),
        path="clauses[withdrawal].forbid.near",
        near=((", distance: 5 km", ", width: 10 km"),),
    ),
    Case(
        code="L-AMBIGUOUS",
        spoilt=(
            (
                "    from: D + 14 d\n",
                (
                    "    from: D + 14 d\n    readings: {question: When?, options: "
                    "{a: {says: x, from: D + 14 d}, b: {says: y, from: D + 16 d}}}\n"
                ),
            ),
        ),
        path="clauses[withdrawal].readings[0]",
        near=(("    from: D + 14 d\n", "    from: D + 16 d\n"),),
    ),
    Case(
        code="L-EXCEPTIONS",
        spoilt=(
            (
                QUIET,
                f"{UNLESS}[{{id: a, event: shot}}, {{id: b, event: fire}}]",
            ),
        ),
        path="clauses[quiet].unless",
        near=(
            (
                QUIET,
                f"{UNLESS}[{{id: a, event: shot}}, {{id: b, event: burst}}]",
            ),
        ),
    ),
    Case(
        code="L-AT-WILL",
        spoilt=((QUIET, f"{UNLESS}[{{id: self-defence, text: self-defence}}]"),),
        path="clauses[quiet].unless[self-defence]",
        near=((QUIET, f"{UNLESS}[{{id: self-defence, in_answer_to: fire}}]"),),
    ),
    Case(
        code="L-IMPOSSIBLE",
        spoilt=(
            both(ceiling(5, "strip", "cap"), ceiling(6, "strip", "floor", "at_least")),
        ),
        path="clauses[floor].at_least",
        near=(
            both(ceiling(6, "strip", "cap"), ceiling(6, "strip", "floor", "at_least")),
        ),
    ),
    Case(
        code="L-IMPOSSIBLE",
        spoilt=(clause("every: {event: fire, in: strip, period: 1 d}"),),
        path="clauses[quiet].forbid",
        near=(clause("every: {event: movement, in: strip, period: 1 d}"),),
    ),
    Case(
        code="L-CEILINGS",
        spoilt=(
            added("zones", *BANDS[:2]),
            both(ceiling(75, "inner", "near"), ceiling(50, "outer", "far")),
        ),
        path="clauses[near].at_most",
        near=(
            added("zones", *BANDS[:2]),
            both(ceiling(75, "inner", "near"), ceiling(162, "outer", "far")),
        ),
    ),
    Case(
        code="L-CEILINGS",
        spoilt=(both(ceiling(75, "strip", "one"), ceiling(50, "strip", "two")),),
        path="clauses[one].at_most",
        near=(
            both(
                clause(
                    "at_most: {n: 75, of: big, in: strip}", "until: D + 9 d", name="one"
                ),
                clause(
                    "at_most: {n: 50, of: big, in: strip}", "from: D + 9 d", name="two"
                ),
            ),
        ),
    ),
    Case(
        code="L-OVERLAP",
        spoilt=(
            added("zones", BANDS[0], BANDS[2]),
            both(ceiling(75, "inner", "one"), ceiling(50, "middle", "two")),
        ),
        path="clauses[two].at_most",
        near=(
            added("zones", BANDS[0], BANDS[2].replace("from: 5 km", "from: 10 km")),
            both(ceiling(75, "inner", "one"), ceiling(50, "middle", "two")),
        ),
    ),
    Case(
        code="L-VISIBILITY",
        spoilt=(
            DRAFT,
            (
                "instrument: truce\n    forbid",
                "instrument: annex\n    visibility: public\n    forbid",
            ),
        ),
        path="clauses[quiet].visibility",
        near=(
            DRAFT,
            ("instrument: truce\n    forbid", "instrument: annex\n    forbid"),
        ),
    ),
)
