"""Cases of the linter on watching, and what follows a breach."""

from typing import Final

from tests.unit.agreement.lint.case import (
    GATE,
    LATER,
    PROCEDURE,
    STEP,
    Case,
    added,
    begun,
    clause,
)

WATCHED: Final = (
    Case(
        code="L-UNWATCHED",
        spoilt=(("    watched_by: patrols\n", ""),),
        path="clauses[quiet]",
        near=(
            ("    watched_by: patrols\n", ""),
            ("    by: monitor\n", "    by: monitor\n    watches: [quiet]\n"),
        ),
    ),
    Case(
        code="L-BLIND",
        spoilt=(("    by: monitor\n", "    by: monitor\n    kinds: [movement]\n"),),
        path="clauses[quiet].watched_by",
        near=(("    by: monitor\n", "    by: monitor\n    kinds: [explosion]\n"),),
    ),
    Case(
        code="L-UNTASKED",
        spoilt=(("tasks: [observe]", "tasks: [reassure]"),),
        path="clauses[quiet].watched_by",
        near=(("tasks: [observe]", "tasks: [control of the ceasefire]"),),
    ),
    Case(
        code="L-UNTASKED",
        spoilt=(
            clause(
                "oblige: {event: movement}", "deadline: D + 1 d", "verified_by: umpire"
            ),
        ),
        path="clauses[third].verified_by",
        near=(
            clause(
                "oblige: {event: movement}", "deadline: D + 1 d", "verified_by: monitor"
            ),
        ),
    ),
    Case(
        code="L-NO-DETECTION",
        spoilt=(("    detection: {", "    note: x\n    x_detection: {"),),
        path="monitoring",
        near=(("probability: 0.8", "probability: 0.1"),),
    ),
    Case(
        code="L-NO-PROCEDURE",
        spoilt=(("    on_breach: session\n", ""),),
        path="clauses[quiet]",
        near=(),
    ),
    Case(
        code="L-NO-STEPS",
        spoilt=(
            added("procedures", "empty: {created_by: truce, title: x}"),
            ("on_breach: session", "on_breach: empty"),
        ),
        path="procedures.empty",
        near=(),
    ),
    Case(
        code="L-NO-CLOCK",
        spoilt=(("    clock: receipt of a report\n", ""),),
        path="procedures.session",
        near=(("    clock: receipt of a report\n", ""), (f", {STEP}", "}")),
    ),
    Case(
        code="L-STEP-TRIGGER",
        spoilt=((STEP, "within: 24 h elapsed, when: hostilities continue}"),),
        path="procedures.session.steps[meet].when",
        near=((STEP, "within: 24 h elapsed, when: hostilities continue for 24 h}"),),
    ),
    Case(
        code="L-STEP-TRIGGER",
        spoilt=((STEP, "within: 24 h elapsed, when: a violation}"),),
        path="procedures.session.steps[meet].when",
        near=((STEP, "within: 24 h elapsed, when: quiet is breached}"),),
    ),
    Case(
        code="L-STEP-UNTIMED",
        spoilt=((f", {STEP}", "}"),),
        path="procedures.session.steps[meet]",
        near=((STEP, "within: 5 d}"),),
    ),
    Case(
        code="L-STEP-TIMES",
        spoilt=((PROCEDURE, f"{PROCEDURE}{LATER}48 h}}\n"),),
        path="procedures.session.steps[meet].within",
        near=((PROCEDURE, f"{PROCEDURE}{LATER}12 h}}\n"),),
    ),
    Case(
        code="L-STEP-SILENCE",
        spoilt=(("otherwise: umpire does, ", ""),),
        path="procedures.session.steps[meet]",
        near=(
            ("otherwise: umpire does, ", ""),
            (
                STEP,
                (
                    f"{STEP}\n      - {{id: rule, by: sage, do: x, when: step meet has "
                    "failed, otherwise: x, within: 48 h}"
                ),
            ),
        ),
    ),
    Case(
        code="L-GATE",
        spoilt=(begun("gates", *GATE),),
        path="gates.good.indicators[0]",
        near=(begun("gates", *GATE, "    breaches_at_most: 0"),),
    ),
)
