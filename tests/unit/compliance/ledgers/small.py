# ruff: noqa: ANN401 - fields of a row are of every type
"""A small agreement with duties, and what is on record of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pamiers.agreement.model import Agreement, Reading, Verb
from pamiers.agreement.schedule import instant
from pamiers.agreement.values.duration import parse_duration
from pamiers.agreement.values.moment import Moment, parse_moment
from pamiers.compliance.finding import NOT_MANDATED, Finding, Verdict, Why
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty
from pamiers.compliance.ledgers.known import Known, known_of
from pamiers.compliance.world import World
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from pamiers.core.source import Source
from pamiers.core.table import table_of
from tests.unit.compliance import small

JAKARTA = "Asia/Jakarta"
NOW = datetime(2006, 8, 1, tzinfo=UTC)
EVENTS = {
    "law_enacted": {"en": "law enacted"},
    "request": {"en": "request"},
    "visit": {"en": "visit"},
    "renewed": {"en": "renewed"},
    "denounced": {"en": "denounced"},
    "signed": {"en": "signed"},
    "movement": {"en": "movement"},
}


def moment(text: str) -> Moment:
    return parse_moment(text, JAKARTA)


def agreement(*clauses: Any, **changed: Any) -> Agreement:
    given = {
        "events": EVENTS,
        "time_zone": JAKARTA,
        "sectors": (),
        "anchors": {"D": at("2005-08-15T00:00+07:00")},
    }
    return small.agreement(*clauses, **{**given, **changed})


def at(text: str) -> datetime:
    """Return the instant of an ISO time with its offset; a date is midnight there."""
    found = datetime.fromisoformat(text if "T" in text else f"{text}T00:00+07:00")
    return found.astimezone(UTC)


def duty(**changed: Any) -> Reading:
    """Return a reading that obliges A to have enacted the law; by `deadline` texts."""
    texts = changed.pop("deadline", ())
    moments = tuple(moment(each) for each in ((texts,) if texts else ()))
    within = changed.pop("within", None)
    bare = agreement()
    due = [instant(each, bare) for each in moments]
    if "from_at" in changed:
        changed.setdefault("from_", ())
    given: dict[str, Any] = {
        "kinds": ("law_enacted",),
        "bearers": ("A",),
        "from_at": at("2005-08-15"),
        "from_": (moment("D"),),
        "by_at": min((each for each in due if each), default=None),
        "deadline": moments,
        "lasting": parse_duration(within) if within else None,
    }
    return small.reading(**{**given, **changed})


def owes(*readings: Reading, name: str = "law", **more: Any) -> Any:
    return small.clause(
        *readings, verb=more.pop("verb", Verb.OBLIGE), name=name, **more
    )


def known(
    deal: Agreement,
    rows: Iterable[Row] = (),
    findings: Sequence[Finding] = (),
    now: datetime = NOW,
    sources: Mapping[str, Source] | None = None,
) -> Known:
    """Return what is known: an agreement and rows of any kinds."""
    held = list(rows)
    kinds: dict[str, type[Row]] = {
        "statements": Statement,
        "tallies": Tally,
        "incidents": Incident,
        "coverage": Coverage,
    }
    singular = {"tallies": "tally", "coverage": "coverage"}
    tables: dict[str, Any] = {
        name: table_of(
            singular.get(name, name[:-1]), [r for r in held if isinstance(r, kind)]
        )
        for name, kind in kinds.items()
    }
    return known_of(deal, World(**tables, sources=sources or {}), findings, now)


def said(category: str, day: str, **more: Any) -> Statement:
    """Return a statement about a day, by the gazette."""
    start = at(day)
    given: dict[str, Any] = {
        "source": "gazette",
        "key": f"{category}-{day}",
        "text": "",
        "start": start,
        "end": start + timedelta(days=1),
    }
    extra = more.pop("extra", None)
    held = {**given, **more, "extra": json.dumps(extra) if extra else None}
    return Statement(category=category, **held)


def event(kind: str, day: str, actor: str | None = "A", **more: Any) -> Statement:
    return said(f"event:{kind}", day, actor=actor, **more)


def tally(count: int | None, status: str, day: str, **more: Any) -> Tally:
    """Return a count of one day by the monitors, of A's arms."""
    start = at(day)
    given: dict[str, Any] = {
        "source": "amm",
        "key": f"{status}-{day}-{more.get('party', 'A')}-{more.get('source', 'amm')}",
        "start": start,
        "end": start + timedelta(days=1),
        "of": "arms",
        "party": "A",
    }
    return Tally(count=count, status=status, **{**given, **more})


def finding(clause: str, day: str, verdict: Verdict, **more: Any) -> Finding:
    """Return a finding on one day."""
    start = at(day)
    given: dict[str, Any] = {
        "key": f"{clause}-{day}-{more.get('reading')}-{more.get('sector')}",
        "clause": clause,
        "reading": None,
        "sector": None,
        "start": start,
        "end": start + timedelta(days=1),
        "verdict": verdict,
        "why": Why.WATCHED,
        "probability_low": 0.0,
        "probability_high": 1.0,
        "reported_high": 1.0,
        "coverage_share": 1.0,
        "detection": 0.9,
        "count_low": 0,
        "count_high": 0,
        "margin_m": None,
        "evidence": (),
        "exempt": (),
        "attribution": NOT_MANDATED,
        "attribution_share": (),
        "known_at": NOW,
        "agreement": "d" * 64,
    }
    return Finding(**{**given, **more})


def duties(found: Known, clause: str = "law") -> list[Duty]:
    return [each for each in calendar(found) if each.clause == clause]


def one(found: Known, clause: str = "law") -> Duty:
    """Return the only duty of a clause."""
    held = duties(found, clause)
    assert len(held) == 1, held
    return held[0]
