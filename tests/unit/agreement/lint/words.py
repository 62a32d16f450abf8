"""Cases of the linter on names, words and figures."""

from typing import Final

from tests.unit.agreement.lint.case import DRONE, Case, added, begun

WORDS: Final = (
    Case(
        code="L-BLANK",
        spoilt=(("kept: 0.1", "kept: TBD"),),
        path="agreement.thresholds.kept",
        near=(("title: Truce of March", "title: TBDs of March"),),
    ),
    Case(
        code="L-UNDEFINED",
        spoilt=(("on_breach: session", "on_breach: sessions"),),
        path="clauses[quiet].on_breach",
        near=(("on_breach: session", "on_breach: session # sessions"),),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(added("classes", "small: {kind: [rifle]}"),),
        path="classes.small",
        near=(
            added("classes", "small: {kind: [rifle]}"),
            ("of: big", "of: [big, small]"),
        ),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(added("anchors", "E: D + 9 d"),),
        path="anchors.E",
        near=(added("anchors", "E: D + 9 d"), ("from: D + 14 d", "from: E")),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(added("monitoring", *DRONE),),
        path="monitoring.drone",
        near=(added("monitoring", *DRONE, "  watches: [quiet]"),),
    ),
    Case(
        code="L-AMENDED-LATE",
        spoilt=(
            added(
                "anchors", "E: {at: D + 9 d, extended: {on: D + 10 d, until: D + 12 d}}"
            ),
            ("from: D + 14 d", "from: E"),
        ),
        path="anchors.E.extended[0].on",
        near=(
            added(
                "anchors", "E: {at: D + 9 d, extended: {on: D + 8 d, until: D + 12 d}}"
            ),
            ("from: D + 14 d", "from: E"),
        ),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(added("events", "parade: {en: a parade}"),),
        path="events.parade",
        near=(
            added("events", "parade: {en: a parade}"),
            ("forbid: {event: fire, in: strip}", "formula: ONCE event(parade)"),
        ),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(added("events", "parade: {en: a parade}"),),
        path="events.parade",
        near=(
            added("events", "parade: {en: a parade}"),
            ("event: fire", "event: [fire, parade]"),
        ),
    ),
    Case(
        code="L-MISSPELT",
        spoilt=(("kind: [gun, mortar]", "kind: [gun, machinegun]"),),
        path="classes.big.kind[1]",
        near=(("kind: [gun, mortar]", "kind: [gun, submachine_gun]"),),
    ),
    Case(
        code="L-MISSPELT",
        spoilt=(("kind: [gun, mortar]", "kind: [gun, mortars]"),),
        path="classes.big.kind[1]",
        near=(("kind: [gun, mortar]", "kind: [gun, trebuchet]"),),
    ),
    Case(
        code="L-ATTRIBUTE",
        spoilt=(("in: strip}", "in: strip, where: calibr > 100}"),),
        path="clauses[quiet].forbid.where",
        near=(("in: strip}", "in: strip, where: calibre > 100 mm}"),),
    ),
    Case(
        code="L-ATTRIBUTE",
        spoilt=(("in: strip}", "in: strip, where: stage > 100}"),),
        path="clauses[quiet].forbid.where",
        near=(
            ("in: strip}", "in: strip, where: stage > 100}"),
            ("\nclauses:", "\nattributes: {stage: {en: the stage}}\nclauses:"),
        ),
    ),
    Case(
        code="L-UNUSED",
        spoilt=(("\nclauses:", "\nattributes: {stage: {en: the stage}}\nclauses:"),),
        path="attributes.stage",
        near=(
            ("in: strip}", "in: strip, where: stage > 100}"),
            ("\nclauses:", "\nattributes: {stage: {en: the stage}}\nclauses:"),
        ),
    ),
    Case(
        code="L-CIRCULAR",
        spoilt=(
            added("zones", "a: {any_of: [b]}", "b: {any_of: [a]}"),
            ("in: strip", "in: a"),
        ),
        path="zones.a",
        near=(added("zones", "a: {any_of: [strip]}"), ("in: strip", "in: a")),
    ),
    Case(
        code="L-TERM",
        spoilt=(begun("terms", "heavy-weapons: {cite: article 3}"),),
        path="terms.heavy-weapons",
        near=(begun("terms", "heavy-weapons: {means: guns of 100 mm and more}"),),
    ),
    Case(
        code="L-SUM",
        spoilt=(
            begun(
                "terms",
                *("all: {values: [{value: 41 d}], sum_of: [tanks, rest]}",),
                *(
                    "tanks: {values: [{value: 15 d}]}",
                    "rest: {values: [{value: 24 d}]}",
                ),
            ),
        ),
        path="terms.all.sum_of",
        near=(
            begun(
                "terms",
                *("all: {values: [{value: 39 d}], sum_of: [tanks, rest]}",),
                *(
                    "tanks: {values: [{value: 15 d}]}",
                    "rest: {values: [{value: 24 d}]}",
                ),
            ),
        ),
    ),
    Case(
        code="L-SEVERITY",
        spoilt=(
            ("watched_by", "severity: {S1: a significant attack}\n    watched_by"),
        ),
        path="clauses[quiet].severity.S1",
        near=(("watched_by", "severity: {S1: more than 3 shots}\n    watched_by"),),
    ),
)
