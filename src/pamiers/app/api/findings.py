"""Findings: what was concluded, clause by clause, and why."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Response

from pamiers.agreement.model import Clause
from pamiers.app.api.desk import Asked, Question, refused
from pamiers.app.api.guard import may
from pamiers.app.api.selection import Wanted
from pamiers.app.plain import plain
from pamiers.compliance.explain import explain
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.visible import hidden, visible
from pamiers.mission.access.permissions import READ
from pamiers.mission.judged import world_of
from pamiers.report.redaction import EDITIONS, distance_km

ROUTES: Final = APIRouter(
    dependencies=[Depends(may(READ, "finding"))], tags=["findings"]
)
Name = Annotated[str | None, Query(max_length=200)]
#: what an answer about one clause says of it
_CLAUSE: Final = ("id", "title", "text", "cite", "instrument", "verb", "visibility")


def values(question: Asked) -> list[dict[str, Any]]:
    """Return the findings that a reader may see, as plain values, in order."""
    view, name = question.view, ("finding", question.edition)
    kept = view.kept
    if name not in kept:
        open_to = visible(view.findings, view.agreement, question.edition)
        kept[name] = [_value(each, question.edition) for each in open_to]
    return kept[name]


def _value(finding: Finding, edition: str) -> dict[str, Any]:
    told = plain(finding)
    assert isinstance(told, dict)  # noqa: S101 - a record is plain as a mapping
    readers = EDITIONS[edition]
    if not readers.confidential and finding.margin_m is not None:
        told["margin_m"] = (distance_km(finding.margin_m, readers) or 0) * 1000
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which findings are wanted; what is None asks nothing."""

    clause: Name = None
    verdict: Name = None
    sector: Name = None

    def matches(self, row: dict[str, Any]) -> bool:
        """Tell whether a finding is wanted."""
        asks = {name: getattr(self, name) for name in ("clause", "verdict", "sector")}
        return all(want is None or row[name] == want for name, want in asks.items())


@ROUTES.get("/findings")
def findings(
    question: Question, wanted: Wanted, which: Annotated[Which, Depends()]
) -> Response:
    """List findings, in the order in which they were judged."""
    rows = [row for row in values(question) if which.matches(row)]
    return wanted.paged(question, rows)


@ROUTES.get("/findings/{key}")
def finding(question: Question, key: str) -> Response:
    """Show a finding with its clause, and its reasons where the reader may see them.

    Raises:
        HTTPException: 404 where there is none.
    """
    view = question.view
    found = next((each for each in view.findings if each.key == key), None)
    if found is None or found.clause in hidden(view.agreement, question.edition):
        raise refused(404, "the key of a finding", key)
    reasons = None
    if EDITIONS[question.edition].confidential:
        world = world_of(view.mission, view.state)
        reasons = plain(explain(found, view.agreement, world))
    told = {
        "finding": _value(found, question.edition),
        "clause": clause_value(view.agreement.clause(found.clause)),
        "reasons": reasons,
        **question.about,
    }
    return question.answer(told)


def clause_value(clause: Clause) -> dict[str, Any]:
    """Return what there is to read of a clause, and its readings by name."""
    told: dict[str, Any] = {name: plain(getattr(clause, name)) for name in _CLAUSE}
    told["readings"] = list(dict.fromkeys(each.id for each in clause.readings))
    bound = {party for each in clause.readings for party in each.bearers}
    told["bearers"] = sorted(bound)
    return told
