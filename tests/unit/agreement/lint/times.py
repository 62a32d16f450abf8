"""Cases of the linter on times and order."""

from typing import Final

from tests.unit.agreement.lint.case import (
    ASKED,
    LIFE,
    QUIET,
    RIVALS,
    TWO_EVENTS,
    Case,
    added,
    begun,
    both,
    clause,
    duty,
)

SOUTH: Final = "{actor: south, act: signed, source: gazette}"
DUE: Final = clause("oblige: {event: movement}", "deadline: D + 5 d")


def _put_off(on: str) -> tuple[str, str]:
    """Return a duty due by D + 5 d whose deadline was put off as agreed on a day."""
    amended = f"amended: {{instrument: truce, on: {on}, deadline: D + 20 d}}"
    return clause("oblige: {event: movement}", "deadline: D + 5 d", amended)


TIMES: Final = (
    Case(
        code="L-LATE-SIGNATURE",
        spoilt=((SOUTH, SOUTH.replace("}", ", on: 2026-03-06}")), DUE),
        path="clauses[third].deadline",
        near=((SOUTH, SOUTH.replace("}", ", on: 2026-03-05}")), DUE),
    ),
    Case(
        code="L-ANCHOR",
        spoilt=(("from: D + 14 d", "from: X + 14 d"),),
        path="clauses[withdrawal].from",
        near=(("from: D + 14 d", "from: D + 14 d wall_clock"),),
    ),
    Case(
        code="L-ANCHOR",
        spoilt=(clause("oblige: {event: movement}", "within: 24 h"),),
        path="clauses[third].within",
        near=(clause("oblige: {event: movement}", "within: 24 h", "upon: quiet"),),
    ),
    Case(
        code="L-ANCHOR",
        spoilt=(
            clause(
                "oblige: {event: movement}",
                "readings: [{question: How long?, options: {short: {says: a day, "
                "within: 24 h}, long: {says: two, within: 48 h}}}]",
            ),
        ),
        path="clauses[third].readings[0].options.short.within",
        near=(
            clause(
                "oblige: {event: movement}",
                "upon: quiet",
                "readings: [{question: How long?, options: {short: {says: a day, "
                "within: 24 h}, long: {says: two, within: 48 h}}}]",
            ),
        ),
    ),
    Case(
        code="L-STALL",
        spoilt=(
            added("anchors", "E: {event: denunciation, by: north}"),
            ("from: D + 14 d", "from: E + 14 d"),
        ),
        path="anchors.E",
        near=(
            added("anchors", "E: {event: denunciation, by: north, latest: D + 9 d}"),
            ("from: D + 14 d", "from: E + 14 d"),
        ),
    ),
    Case(
        code="L-NO-DEADLINE",
        spoilt=(clause("oblige: {event: movement}"),),
        path="clauses[third]",
        near=(clause("oblige: {event: movement}", "deadline: D + 1 d"),),
    ),
    Case(
        code="L-DEADLINE-EARLY",
        spoilt=(
            clause("oblige: {event: movement}", "from: D + 9 d", "deadline: D + 8 d"),
        ),
        path="clauses[third].deadline",
        near=(
            clause("oblige: {event: movement}", "from: D + 9 d", "deadline: D + 9 d"),
        ),
    ),
    Case(
        code="L-DEADLINE-EARLY",
        spoilt=(
            added("anchors", "E: {event: denunciation}"),
            clause("oblige: {event: movement}", "from: E + 9 d", "deadline: E + 8 d"),
        ),
        path="clauses[third].deadline",
        near=(
            added("anchors", "E: {event: denunciation}"),
            clause("oblige: {event: movement}", "from: E + 9 d", "deadline: D + 8 d"),
        ),
    ),
    Case(
        code="L-DEADLINE-LATE",
        spoilt=(
            clause("oblige: {event: movement}", "until: D + 8 d", "deadline: D + 9 d"),
        ),
        path="clauses[third].deadline",
        near=(
            clause("oblige: {event: movement}", "until: D + 9 d", "deadline: D + 9 d"),
        ),
    ),
    Case(
        code="L-DEADLINE-ORDER",
        spoilt=(
            TWO_EVENTS,
            both(
                duty("a", "deadline: D + 5 d", "requires: b"),
                duty("b", "deadline: D + 6 d"),
            ),
        ),
        path="clauses[a].deadline",
        near=(
            TWO_EVENTS,
            both(
                duty("a", "deadline: D + 6 d", "requires: b"),
                duty("b", "deadline: D + 5 d"),
            ),
        ),
    ),
    Case(
        code="L-FIRST",
        spoilt=(clause("every: {event: movement, period: 15 d, first: D + 30 d}"),),
        path="clauses[third].every.first",
        near=(clause("every: {event: movement, period: 15 d, first: D + 15 d}"),),
    ),
    Case(
        code="L-VAGUE-TIME",
        spoilt=(clause("oblige: {event: movement}", "urgency: {en: at once}"),),
        path="clauses[third].urgency",
        near=(
            clause(
                "oblige: {event: movement}",
                "urgency: {en: at once}",
                "deadline: D + 5 d",
            ),
        ),
    ),
    Case(
        code="L-AMENDED-LATE",
        spoilt=(_put_off("D + 6 d"),),
        path="clauses[third].amended[0].on",
        near=(_put_off("D + 5 d"),),
    ),
    Case(
        code="L-AMENDED-LATE",
        spoilt=(
            (
                QUIET,
                (
                    f"{QUIET}\n    until: D + 9 d\n"
                    "    amended: {instrument: truce, on: D + 9 d, in: strip}"
                ),
            ),
        ),
        path="clauses[quiet].amended[0].on",
        near=(
            (
                QUIET,
                (
                    f"{QUIET}\n    until: D + 9 d\n"
                    "    amended: {instrument: truce, on: D + 8 d, in: strip}"
                ),
            ),
        ),
    ),
    Case(
        code="L-CYCLE",
        spoilt=(
            TWO_EVENTS,
            both(
                duty("a", "deadline: D + 5 d", "requires: b"),
                duty("b", "deadline: D + 5 d", "requires: a"),
            ),
        ),
        path="clauses[a].requires",
        near=(
            TWO_EVENTS,
            both(
                duty("a", "deadline: D + 5 d", "requires: b"),
                duty("b", "deadline: D + 5 d"),
            ),
        ),
    ),
    Case(
        code="L-NEVER-DONE",
        spoilt=(clause("oblige: {event: movement}", "requires: quiet", "within: 1 h"),),
        path="clauses[third].requires[0]",
        near=(clause("oblige: {event: movement}", "upon: quiet", "within: 1 h"),),
    ),
    Case(
        code="L-NEVER-DONE",
        spoilt=(
            added("anchors", "Q: {completed: quiet}"),
            ("from: D + 14 d", "from: Q"),
        ),
        path="anchors.Q.completed",
        near=(
            added("anchors", "Q: {completed: third}"),
            ("from: D + 14 d", "from: Q"),
            clause("oblige: {event: movement}", "deadline: D + 1 d"),
        ),
    ),
    Case(
        code="L-ORDER-DISPUTE",
        spoilt=(
            TWO_EVENTS,
            both(duty("a", "deadline: D + 5 d", ASKED), duty("b", "deadline: D + 5 d")),
        ),
        path="clauses[a].readings[0]",
        near=(
            TWO_EVENTS,
            both(
                duty(
                    "a",
                    "deadline: D + 5 d",
                    ASKED.replace("requires: b", "from: D + 2 h"),
                ),
                duty("b", "deadline: D + 5 d"),
            ),
        ),
    ),
    Case(
        code="L-ORDER-DISPUTE",
        spoilt=(
            TWO_EVENTS,
            begun("statements", *RIVALS),
            both(
                duty("a", "deadline: D + 6 d", "requires: b"),
                duty("b", "deadline: D + 5 d"),
            ),
        ),
        path="statements[second]",
        near=(
            TWO_EVENTS,
            begun(
                "statements", *(line.replace("[south]", "[north]") for line in RIVALS)
            ),
            both(
                duty("a", "deadline: D + 6 d", "requires: b"),
                duty("b", "deadline: D + 5 d"),
            ),
        ),
    ),
    Case(
        code="L-NO-END",
        spoilt=(("  life: {ended_by: denunciation}\n", ""),),
        path="agreement",
        near=((LIFE, "lasts: 1 y, renewed_by: denunciation"),),
    ),
    Case(
        code="L-NO-END",
        spoilt=((LIFE, "lasts: 1 y, renewed_by: silence"),),
        path="agreement.life",
        near=((LIFE, f"lasts: 1 y, renewed_by: silence, {LIFE}"),),
    ),
    Case(
        code="L-NO-RENEWAL",
        spoilt=((LIFE, "lasts: 6 mo"),),
        path="agreement.life",
        near=((LIFE, "lasts: 6 mo, renewed_by: denunciation"),),
    ),
    Case(
        code="L-LONG-NOTICE",
        spoilt=(
            (
                LIFE,
                f"{LIFE}, renewed_by: denunciation, lasts: 6 mo, notice: 1 y",
            ),
        ),
        path="agreement.life.notice",
        near=(
            (
                LIFE,
                f"{LIFE}, renewed_by: denunciation, lasts: 6 mo, notice: 3 mo",
            ),
        ),
    ),
)
