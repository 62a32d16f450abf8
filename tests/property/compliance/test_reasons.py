"""The reasons that the documentation lists are those of findings, and no more."""

import re
from itertools import product
from pathlib import Path

from pamiers.compliance.clauses.case import Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Verdict, Why
from tests.property.compliance.reference import draw, twists

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "explanation" / "verdicts.md"
TOLD = ROOT / "tests" / "scenario" / "told"
#: problems drawn of each form; with fewer some reason is met by none
EACH = 12
Reason = tuple[str, str]


def listed() -> list[Reason]:
    """Return what the table of the page lists: verdict and reason."""
    page = PAGE.read_text(encoding="utf-8")
    return re.findall(r"^\| ([A-Z]+) \| `([a-z_]+)` \|", page, re.MULTILINE)


def told() -> set[Reason]:
    """Return what follows from scenarios."""
    texts = (path.read_text(encoding="utf-8") for path in TOLD.rglob("*.txt"))
    found = re.findall(r"^ +([A-Z]+) \(([a-z ]+)\)", "\n".join(texts), re.MULTILINE)
    return {(verdict, why.replace(" ", "_")) for verdict, why in found}


def drawn() -> set[Reason]:
    """Return what is found of drawn problems of every form."""
    found = set()
    for form, number in product(twists.FORMS, range(EACH)):
        posed = twists.problem(form, number)
        known = draw.world(posed.rows, posed.sources)
        court = Court(posed.rules, known, posed.known_at)
        for case in cases(court, posed.day, ("c",)):
            finding = judge(case, court)
            found.add((finding.verdict.name, finding.why.value))
    return found


def test_every_reason_is_listed_once_with_its_verdict() -> None:
    rows = listed()
    assert len(rows) == len(set(rows))
    assert {verdict for verdict, _ in rows} == {each.name for each in Verdict}
    assert {why for _, why in rows} == {each.value for each in Why}


def test_findings_give_the_reasons_that_are_listed_and_no_more() -> None:
    assert told() | drawn() == set(listed())
