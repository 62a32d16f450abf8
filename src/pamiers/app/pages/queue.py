"""What waits for a person: rows not understood, findings nearly decided, due steps."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from pamiers.app.case_values import lapsed
from pamiers.app.pages.cases import Values, due_values, late_values, listed, names
from pamiers.app.pages.readers import Reader
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.mission.claims import claims
from pamiers.mission.quarantine import quarantined

#: how far from a threshold a finding counts as nearly decided
NEAR: Final = 0.15
#: rows and findings listed, the longest waiting first
MOST: Final = 500


def queue(reader: Reader, now: datetime) -> Values:
    """Return what waits for a person, the most pressing first.

    Args:
        reader: The mission as its reader sees it.
        now: As of when.

    Returns:
        `items`, each with an id, what it is, since when it waits or by when it is due,
        and who has it in hand; `names` of those who act; `withheld` where the reader
        serves no commission.
    """
    if Sharing(reader.edition.id) < Sharing.COMMISSION:
        return {
            "as_of": format_instant(now),
            "withheld": True,
            "items": [],
            "names": {},
        }
    held = claims(reader.live)
    items = [*_steps(reader, now), *_rows(reader, now), *_findings(reader, now)]
    told = [{**each, "claim": _claim(held.get(each["key"]))} for each in items]
    return {
        "as_of": format_instant(now),
        "withheld": False,
        "items": told,
        "names": names(reader),
    }


def _claim(found: Any) -> Values | None:  # noqa: ANN401 - a claim, or None
    return None if found is None else dict(found.to_dict())


def _steps(reader: Reader, now: datetime) -> list[Values]:
    """Return steps of cases that ran out or are due, the latest first."""
    found = []
    for each in listed(reader, now):
        case = each.case
        late = [late_values(*one, now) for one in lapsed(case)]
        due = [due_values(each, one, now) for one in case.due]
        for one in (*late, *due):
            left = one.get("left_s", -one.get("late_s", 0.0))
            found.append(
                {
                    "key": f"case:{case.id}:{one['key']}",
                    "sort": "case",
                    "case": case.id,
                    "what": one["key"],
                    "do": one.get("do", {}),
                    "by": one["by"],
                    "due_at": one["due_at"],
                    "left_s": left,
                }
            )
    return sorted(found, key=lambda one: one["left_s"])


def _rows(reader: Reader, now: datetime) -> Iterator[Values]:
    """Yield rows that were not understood and not set aside, the oldest first."""
    entries = reader.live.record.entries(("quarantine",))
    since = {str(each.index): each.recorded_at for each in entries}
    waiting = (each for each in quarantined(reader.live) if each.waived is None)
    for _, item in zip(range(MOST), waiting, strict=False):
        at = since[item.id.partition(".")[0]]
        yield {
            "key": f"quarantine:{item.id}",
            "sort": "quarantine",
            "file": item.name,
            "line": item.line,
            "code": item.code,
            "message": item.message,
            **_waiting(at, now),
        }


def _findings(reader: Reader, now: datetime) -> list[Values]:
    """Return findings that a little more evidence would decide, the nearest first."""
    near = sorted(
        _near(reader, reader.findings), key=lambda each: (each[0], each[1].key)
    )
    return [
        {
            "key": f"finding:{found.key}",
            "sort": "finding",
            "finding": found.key,
            "clause": found.clause,
            "sector": found.sector,
            "why": found.why.value,
            "off": round(off, 3),
            "probability_low": found.probability_low,
            "probability_high": found.probability_high,
            "evidence": len(found.evidence),
            **_waiting(found.known_at, now),
        }
        for off, found in near[:MOST]
    ]


def _near(
    reader: Reader, findings: Iterable[Finding]
) -> Iterator[tuple[float, Finding]]:
    marks = reader.agreement.thresholds
    for each in findings:
        if each.verdict is not Verdict.UNDETERMINED or not each.evidence:
            continue
        off = min(
            abs(marks.breached - each.probability_low),
            abs(marks.breached - each.reported_high),
            abs(each.probability_high - marks.kept),
        )
        if off <= NEAR:
            yield off, each


def _waiting(since: datetime, now: datetime) -> Values:
    return {"since": format_instant(since), "age_s": (now - since).total_seconds()}
