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

_AFTER: Final = (
    "      - {id: answer, by: umpire, do: answer, within: 2 d, silence: closes, "
    "upon: {after: meet, "
)
_APPEAL: Final = "    appeal: {to: "
_REMEDY: Final = (
    "    remedies:\n      - {id: repair, title: repair, by: umpire, within: 7 d"
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
    Case(
        code="L-STEP-KEY",
        spoilt=((STEP, "within: 24 h elapsed, silence: passes}"),),
        path="procedures.session.steps[meet].silence",
        near=((STEP, "within: 24 h elapsed, silence: {then: passes, to: umpire}}"),),
    ),
    Case(
        code="L-STEP-OUTCOME",
        spoilt=(
            (PROCEDURE, f"{PROCEDURE}{_AFTER}outcome: adopted}}}}\n"),
            (STEP, "within: 24 h elapsed, outcomes: [settled]}"),
        ),
        path="procedures.session.steps[answer].upon.outcome",
        near=(
            (PROCEDURE, f"{PROCEDURE}{_AFTER}outcome: adopted}}}}\n"),
            (STEP, "within: 24 h elapsed, outcomes: [adopted]}"),
        ),
    ),
    Case(
        code="L-STEP-QUORUM",
        spoilt=((STEP, f"{STEP[:-1]}, decision: {{rule: majority, quorum: 9}}}}"),),
        path="procedures.session.steps[meet].decision.quorum",
        near=((STEP, f"{STEP[:-1]}, decision: {{rule: majority, quorum: 1}}}}"),),
    ),
    Case(
        code="L-SAME-HANDS",
        spoilt=(
            (STEP, f"{STEP[:-1]}, act: decide}}"),
            (PROCEDURE, f"{_APPEAL}club, by: each party, within: 7 d}}\n{PROCEDURE}"),
        ),
        path="procedures.session.appeal.to",
        near=(
            (STEP, f"{STEP[:-1]}, act: decide}}"),
            (PROCEDURE, f"{_APPEAL}umpire, by: each party, within: 7 d}}\n{PROCEDURE}"),
        ),
    ),
    Case(
        code="L-REMEDY-OPEN",
        spoilt=((PROCEDURE, f"{_REMEDY}}}\n{PROCEDURE}"),),
        path="procedures.session.remedies[repair]",
        near=((PROCEDURE, f"{_REMEDY}, verified_by: monitor}}\n{PROCEDURE}"),),
    ),
)
