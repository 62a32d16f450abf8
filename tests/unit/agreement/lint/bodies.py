"""Cases of the linter on those who act."""

from typing import Final

from tests.unit.agreement.lint.case import QUIET, REFUSED, Case, clause

BODIES: Final = (
    Case(
        code="L-UNSIGNED-ROLE",
        spoilt=(("{actor: sage, act: signed,", "{actor: sage, act: not signed,"),),
        path="roles.umpire.held_by",
        near=(("{actor: sage, act: signed,", "{actor: sage, act: ratified,"),),
    ),
    Case(
        code="L-UNSIGNED-ROLE",
        spoilt=(("{actor: sage, act: signed,", "{actor: sage, act: absent,"),),
        path="roles.umpire.held_by",
        near=(("{actor: sage, act: signed,", "{actor: sage, act: witnessed,"),),
    ),
    Case(
        code="L-UNSIGNED-ROLE",
        spoilt=(
            ("umpire: {held_by: sage,", "umpire: {held_by: sage, chaired_by: guest,"),
            ("  sage: The sage\n", "  sage: The sage\n  guest: A guest\n"),
            (
                "      - {actor: sage, act: signed,",
                (
                    "      - {actor: guest, act: absent, source: gazette}\n"
                    "      - {actor: sage, act: signed,"
                ),
            ),
        ),
        path="roles.umpire.chaired_by",
        near=(
            ("umpire: {held_by: sage,", "umpire: {held_by: sage, chaired_by: sage,"),
        ),
    ),
    Case(
        code="L-UNSIGNED-STEP",
        spoilt=(
            ("{actor: sage, act: signed,", "{actor: sage, act: absent,"),
            ("meet, by: club", "meet, by: [club, sage]"),
        ),
        path="procedures.session.steps[meet].by",
        near=(("meet, by: club", "meet, by: [club, sage]"),),
    ),
    Case(
        code="L-UNSIGNED-TASK",
        spoilt=(
            ("{actor: sage, act: signed,", "{actor: sage, act: absent,"),
            (QUIET, f"{QUIET}\n    unless: [{{id: a, approved_by: sage}}]"),
        ),
        path="clauses[quiet].unless[a].approved_by",
        near=((QUIET, f"{QUIET}\n    unless: [{{id: a, approved_by: sage}}]"),),
    ),
    Case(
        code="L-UNSIGNED-BOUND",
        spoilt=(("      - {actor: south, act: signed, source: gazette}\n", ""),),
        path="clauses[quiet].bearer",
        near=(
            ("      - {actor: south, act: signed, source: gazette}\n", ""),
            ("bearer: each party", "bearer: north"),
            ("bearer: each party", "bearer: north"),
        ),
    ),
    Case(
        code="W-SIGNATURE",
        spoilt=(("      - {actor: sage, act: signed, source: gazette}\n", ""),),
        path="roles.umpire.held_by",
        near=(
            ("held_by: sage", "held_by: club"),
            ("      - {actor: sage, act: signed, source: gazette}\n", ""),
        ),
    ),
    Case(
        code="L-NO-CONSENT",
        spoilt=(
            (
                "tasks: [observe]",
                f"tasks: [observe], consents: {REFUSED}",
            ),
        ),
        path="roles.monitor.consents[0]",
        near=(
            (
                "tasks: [observe]",
                f"tasks: [observe], consents: {REFUSED}".replace("refused", "given"),
            ),
        ),
    ),
    Case(
        code="L-NO-HOLDER",
        spoilt=(("held_by: sage, ", ""),),
        path="roles.umpire",
        near=(("held_by: sage, ", "members: sage, "),),
    ),
    Case(
        code="L-NO-RULE",
        spoilt=((", decides_by: himself", ""),),
        path="roles.umpire.decides_by",
        near=(("tasks: [observe]", "tasks: [observe, report]"),),
    ),
    Case(
        code="L-DEADLOCK",
        spoilt=(
            ("held_by: sage", "members: [north, south]"),
            ("by: himself", "by: five officers of each side"),
        ),
        path="roles.umpire.decides_by",
        near=(
            ("held_by: sage", "members: [north, south]"),
            (
                "by: himself",
                "by: five officers of each side, otherwise: the sage rules",
            ),
        ),
    ),
    Case(
        code="L-DEADLOCK",
        spoilt=(
            ("held_by: sage", "members: [north, south, sage]"),
            ("by: himself", "by: consensus"),
        ),
        path="roles.umpire.decides_by",
        near=(
            ("held_by: sage", "members: [north, south, sage]"),
            ("by: himself", "by: simple majority"),
        ),
    ),
    Case(
        code="L-NO-ARBITER",
        spoilt=(("tasks: [settle], decides_by: himself", "tasks: [report]"),),
        path="roles",
        near=(
            ("tasks: [settle], decides_by: himself", "tasks: [report]"),
            ("do: meet,", "do: meet and settle it,"),
        ),
    ),
    Case(
        code="L-SELF-VERIFY",
        spoilt=(("held_by: club", "held_by: north"),),
        path="roles.monitor",
        near=(("held_by: club", "held_by: [north, south]"),),
    ),
    Case(
        code="L-SELF-VERIFY",
        spoilt=(
            clause(
                "oblige: {event: movement}",
                "deadline: D + 1 d",
                "bearer: north",
                "verified_by: north",
            ),
        ),
        path="clauses[third].verified_by",
        near=(
            clause(
                "oblige: {event: movement}",
                "deadline: D + 1 d",
                "bearer: south",
                "verified_by: north",
            ),
        ),
    ),
    Case(
        code="L-SELF-EXEMPT",
        spoilt=((QUIET, f"{QUIET}\n    unless: [{{id: a, approved_by: north}}]"),),
        path="clauses[quiet].unless[a].approved_by",
        near=(
            (QUIET, f"{QUIET}\n    unless: [{{id: a, approved_by: [north, south]}}]"),
        ),
    ),
    Case(
        code="L-ONE-COUNTER",
        spoilt=(clause("at_most: {n: 5, of: big, counters: [north, palace]}"),),
        path="clauses[third].at_most.counters",
        near=(clause("at_most: {n: 5, of: big, counters: [north, gazette]}"),),
    ),
    Case(
        code="L-INTERESTED",
        spoilt=(
            (
                "{actor: south, act: signed, source: gazette}",
                "{actor: south, act: signed, source: palace}",
            ),
        ),
        path="instruments[truce].signatures",
        near=(
            (
                "{actor: north, act: signed, source: gazette}",
                "{actor: north, act: signed, source: palace}",
            ),
        ),
    ),
    Case(
        code="L-INTERESTED",
        spoilt=(("on: 2026-02-01, source: gazette", "on: 2026-02-01, source: palace"),),
        path="monitoring.patrols.detection",
        near=(("on: 2026-02-01, source: gazette", "on: 2026-02-01, source: herald"),),
    ),
    Case(
        code="L-TEXTS",
        spoilt=(("roles:\n", "  - {id: annex, title: A, part_of: annex}\nroles:\n"),),
        path="instruments[annex].part_of",
        near=(("roles:\n", "  - {id: annex, title: A, part_of: truce}\nroles:\n"),),
    ),
    Case(
        code="L-SUPERSEDED",
        spoilt=(
            ("roles:\n", "  - {id: later, title: A, supersedes: truce}\nroles:\n"),
        ),
        path="clauses[quiet].instrument",
        near=(
            ("roles:\n", "  - {id: later, title: A, gives_effect_to: truce}\nroles:\n"),
        ),
    ),
)
