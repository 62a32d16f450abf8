"""Cases of the linter on zones and lines."""

from typing import Final

from tests.unit.agreement.lint.case import RIVER, Case, Change


def asked(distance: str) -> Change:
    """Return the change that asks how far, and answers with 5 km and a distance."""
    told = (
        "    from: D + 14 d\n    readings: {question: How far?, options: "
        f"{{a: {{says: x, distance: 5 km}}, b: {{says: y, distance: {distance}}}}}}}\n"
    )
    return ("    from: D + 14 d\n", told)


GROUND: Final = (
    Case(
        code="L-TOO-FINE",
        spoilt=(("distance: 5 km", "distance: 200 m"),),
        path="clauses[withdrawal].forbid.near",
        near=(("distance: 5 km", "distance: 201 m"),),
    ),
    Case(
        code="L-TOO-FINE",
        spoilt=(("distance: 5 km", "width: 400 m"),),
        path="clauses[withdrawal].forbid.near",
        near=(("distance: 5 km", "width: 402 m"),),
    ),
    Case(
        code="L-TOO-FINE",
        spoilt=((", distance: 5 km", ""), asked("150 m")),
        path="clauses[withdrawal].readings[0].options.b",
        near=((", distance: 5 km", ""), asked("250 m")),
    ),
    Case(
        code="L-NO-ZONE",
        spoilt=(
            ("zones:\n  strip: {title: The strip}\n", ""),
            ("lines:\n", ""),
            ("  river: {title: The river, as_of: 2026-02-01, tolerance: 200 m}\n", ""),
            ("sectors: [strip]\n", ""),
            (", in: strip", ""),
            (f", {RIVER}", ""),
        ),
        path="zones",
        near=(("sectors: [strip]\n", ""),),
    ),
    Case(
        code="L-APPROXIMATE",
        spoilt=(("tolerance: 200 m}", "tolerance: 200 m, approximates: the old bed}"),),
        path="lines.river",
        near=(("tolerance: 200 m}", "tolerance: 900 m}"),),
    ),
    Case(
        code="L-UNDATED",
        spoilt=(("as_of: 2026-02-01", "as_of: 2015 to 2022"),),
        path="lines.river",
        near=(("as_of: 2026-02-01", "as_of: 1 February 2026"),),
    ),
    Case(
        code="L-UNDATED",
        spoilt=((", as_of: 2026-02-01", ""),),
        path="lines.river",
        near=((", as_of: 2026-02-01", ", from: D"),),
    ),
)
