"""What was found when: every finding with the time for which it stood.

Facts are never edited, and neither are findings: what turns out otherwise is a new
finding that names the one whose place it takes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.compliance.finding import Finding
from pamiers.core.canonical import digest
from pamiers.core.instant import format_instant

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A finding, and from when to when it was the one that stood."""

    finding: Finding
    known_from: datetime
    known_to: datetime | None = None  #: None: it stands


def finding_id(finding: Finding) -> str:
    """Return the id of one finding among those of its key: what, as known when."""
    known = format_instant(finding.known_at)
    return digest({"key": finding.key, "known_at": known})[:_ID_LENGTH]


def same_judgement(one: Finding, other: Finding) -> bool:
    """Tell whether two findings say the same, whenever each was reached."""
    as_other = replace(one, supersedes=other.supersedes, turned_by=other.turned_by)
    return replace(as_other, known_at=other.known_at) == other


def superseding(
    before: Iterable[Finding], found: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield findings, each naming the earlier one whose verdict it does not repeat.

    Args:
        before: What was found earlier.
        found: What is found now.

    Yields:
        The findings of `found`, in order.
    """
    earlier = {finding.key: finding for finding in before}
    for finding in found:
        old = earlier.get(finding.key)
        if old is None or old.verdict is finding.verdict:
            yield finding
        else:
            yield replace(finding, supersedes=finding_id(old))


def append(
    log: Sequence[Logged], found: Iterable[Finding], at: datetime
) -> tuple[Logged, ...]:
    """Return a log with what is found now: what differs closes what stood.

    Args:
        log: Every finding so far.
        found: All findings on what is known now.
        at: When it is known [UTC].

    Returns:
        The log; a finding that nothing upholds any more is closed without another.
    """
    stood = [each.finding for each in log if each.known_to is None]
    return turned(log, stood, found, at)


def turned(
    log: Sequence[Logged],
    before: Iterable[Finding],
    now: Iterable[Finding],
    at: datetime,
) -> tuple[Logged, ...]:
    """Return a log with what was judged anew; all else in it stands as it did.

    Args:
        log: Every finding so far.
        before: What stood on what was judged anew.
        now: What is found on it now.
        at: When it is known [UTC].

    Returns:
        The log, as `append` would give it of all findings.
    """
    found = {finding.key: finding for finding in now}
    judged = {finding.key for finding in before} | found.keys()
    standing = {
        each.finding.key: each.finding
        for each in log
        if each.known_to is None and each.finding.key in judged
    }
    gone = {
        key
        for key, old in standing.items()
        if key not in found or not same_judgement(found[key], old)
    }
    kept = [
        replace(each, known_to=at)
        if each.known_to is None and each.finding.key in gone
        else each
        for each in log
    ]
    fresh = [f for key, f in found.items() if key in gone or key not in standing]
    named = superseding(standing.values(), fresh)
    return (*kept, *(Logged(finding=f, known_from=at) for f in named))


def standing_at(log: Iterable[Logged], at: datetime) -> tuple[Finding, ...]:
    """Return the findings that stood at an instant, in the order of the log."""
    return tuple(
        each.finding
        for each in log
        if each.known_from <= at and (each.known_to is None or at < each.known_to)
    )
