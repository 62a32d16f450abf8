"""Thirty worked procedures, each with one defect planted, and the code that names it.

A mutant is (worked procedure, code, words, what stands in their place, ...).
"""

from typing import Final

# ruff: noqa: E501 - what is replaced stands as it does in the file

PARIS, JMC = "paris-three-tiers", "jmc-joint-visit"
ACEH, UNDOF = "aceh-dispute-ladder", "undof-complaint"
HOTLINE, COORDINATION = "eumm-hotline", "coordination-before-fire"
TIME: Final = "from: previous step\n        within: "
SILENCE: Final = "\n        silence: {then: "
NEXT: Final = "silence: next"
AT_REST: Final = "outcomes: [settled, refused]\n        silence: "
END: Final = "{then: closes, outcome: unverifiable}\n        closes: true"

MUTANTS: Final[tuple[tuple[str, ...], ...]] = (
    (
        PARIS,
        "L-CASE-DEAD-END",
        "upon: {after: warn, how: silent}",
        "upon: {after: warn}",
    ),
    (
        PARIS,
        "L-CASE-DEAD-END",
        "silence: {then: deemed, outcome: refused}",
        "silence: next",
    ),
    (
        JMC,
        "L-CASE-DEAD-END",
        "silence: {then: closes, outcome: unverifiable}",
        "silence: next",
    ),
    (
        ACEH,
        "L-CASE-DEAD-END",
        "upon: {after: accepted, how: silent}",
        "upon: {after: accepted}",
    ),
    (ACEH, "L-CASE-DEAD-END", "within: 30 d, outcome: unverifiable}", "within: 30 d}"),
    (
        UNDOF,
        "L-CASE-DEAD-END",
        "upon: {after: report, how: silent}",
        "upon: {after: report}",
    ),
    (
        HOTLINE,
        "L-CASE-DEAD-END",
        "silence: {then: closes, outcome: settled}",
        "silence: next",
    ),
    (
        COORDINATION,
        "L-CASE-DEAD-END",
        "upon: {after: call, how: silent}",
        "upon: {after: call}",
    ),
    (
        COORDINATION,
        "L-CASE-DEAD-END",
        "silence: {then: deemed, outcome: refused}",
        "silence: next",
    ),
    (ACEH, "L-CASE-DEAD-END", "outcome: refused}", "outcome: settled}"),
    (
        UNDOF,
        "L-CASE-DEAD-END",
        "outcome: [not-substantiated, unverifiable]}",
        "outcome: not-substantiated}",
    ),
    (
        HOTLINE,
        "L-CASE-DEAD-END",
        "outcome: [complied, accidental, not-substantiated]}",
        "outcome: complied}",
    ),
    (
        COORDINATION,
        "L-CASE-DEAD-END",
        "how: done, outcome: complied}",
        "how: done, outcome: refused}",
    ),
    (HOTLINE, "L-CASE-DEAD-END", f"{AT_REST}{END}", f"{AT_REST}{END[:37]}"),
    (JMC, "L-STEP-KEY", "        within: 48 h wall_clock\n", ""),
    (
        JMC,
        "L-CASE-BLOCKED",
        f"        {TIME}5 d working\n",
        "",
        f"tie: chair}}{SILENCE}passes, to: jmc-chair, within: 2 d working}}",
        "tie: lapses}",
    ),
    (
        UNDOF,
        "L-CASE-BLOCKED",
        "- id: protest\n        by: force-commander",
        "- id: protest\n        by: south",
        f"{TIME}48 h\n        outcomes: [complied, refused]{SILENCE}deemed, outcome: refused}}",
        "outcomes: [complied, refused]",
    ),
    (
        HOTLINE,
        "L-CASE-BLOCKED",
        "by: [duty-north, duty-south]\n        alternates: [operator]",
        "by: duty-north",
        "        from: receipt\n        within: 2 h\n",
        "",
        f"{SILENCE}deemed, outcome: refused}}",
        "",
    ),
    (
        PARIS,
        "L-CASE-UNREACHED",
        "upon: {severity: S4, confidence: C3}",
        "upon: {after: [consult, decide], severity: S4}",
    ),
    (
        ACEH,
        "L-CASE-UNREACHED",
        "upon: {after: ruling, how: done}",
        "upon: {after: ruling, how: done, outcome: settled}",
    ),
    (
        UNDOF,
        "L-CASE-UNREACHED",
        "by: force-commander, within: 72 h",
        "by: liaison-north, within: 72 h",
    ),
    (
        COORDINATION,
        "L-CASE-UNREACHED",
        "upon: {after: tried-in-vain, how: over}",
        "upon: {after: tried-in-vain, how: over, outcome: adopted}",
    ),
    (
        PARIS,
        "L-CASE-CLOCKS",
        "from: opening\n        within: 12 h elapsed",
        "from: initial breach\n        within: 12 h elapsed",
    ),
    (
        HOTLINE,
        "L-CASE-CLOCKS",
        "from: receipt\n        within: 24 h",
        "from: receipt\n        within: 90 min",
    ),
    (
        ACEH,
        "L-CASE-CLOCKS",
        "from: previous step\n        within: 14 d",
        "from: complaint\n        within: 5 d",
    ),
    (
        JMC,
        "L-STEP-UNTIMED",
        "from: opening\n        within: 5 d working\n        silence: {then: closes, outcome: unverifiable}",
        "from: opening",
    ),
    (
        COORDINATION,
        "L-CIRCULAR",
        "upon: {after: call, how: done}",
        "upon: {after: [call, ceased], how: done}",
    ),
    (PARIS, "L-STEP-QUORUM", "rule: majority, quorum: 2", "rule: majority, quorum: 5"),
    (PARIS, "L-SAME-HANDS", "appeal: {to: panel", "appeal: {to: special-commission"),
    (
        PARIS,
        "L-STEP-TRIGGER",
        "upon: {recurrence: {at_least: 3, over: 24 h}, confidence: C2}",
        "when: hostilities continue",
    ),
)
