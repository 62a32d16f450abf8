"""Findings as canonical JSON, one a line, and back."""

from collections.abc import Iterable
from dataclasses import MISSING
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any, Final

import orjson

from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.canonical import canonical_bytes
from pamiers.core.instant import format_instant

_INSTANTS: Final = ("start", "end", "due_at", "done_at", "closed_at")
_LISTS: Final = ("evidence", "exempt", "exempt_under", "locked_by", "turned_by")


def finding_lines(findings: Iterable[Finding]) -> list[bytes]:
    """Return findings as canonical JSON, one each.

    `known_at` is left out: it says when this record learned of it, and two records
    of the same facts must find the same.
    """
    return [canonical_bytes(_fields(finding)) for finding in findings]


def _fields(finding: Finding) -> dict[str, object]:
    """Return a finding's fields; those added later only where they say something."""
    fields: dict[str, object] = {}
    for field in fields_of(Finding):
        value = getattr(finding, field.name)
        unsaid = field.default is not MISSING and value == field.default
        if field.name != "known_at" and not unsaid:
            stamp = isinstance(value, datetime)
            fields[field.name] = format_instant(value) if stamp else value
    return fields


def read_finding(line: bytes, known: datetime) -> Finding:
    """Return the finding that `finding_lines` wrote."""
    fields: dict[str, Any] = orjson.loads(line)
    shares = tuple((party, share) for party, share in fields["attribution_share"])
    changed: dict[str, Any] = {
        **{at: datetime.fromisoformat(fields[at]) for at in _INSTANTS if at in fields},
        **{name: tuple(fields[name]) for name in _LISTS if name in fields},
        "verdict": Verdict(fields["verdict"]),
        "why": Why(fields["why"]),
        "attribution_share": shares,
        "known_at": known,
    }
    return Finding(**{**fields, **changed})
