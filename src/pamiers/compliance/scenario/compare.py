"""A finding held against what a scenario expects of it, in words where they differ."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.quantity import parse_quantity
from pamiers.compliance.finding import Finding
from pamiers.compliance.scenario.written import UNKNOWN, Expectation
from pamiers.core.instant import parse_instant, zone

_RANGE: Final = re.compile(
    r"(?:(at least|at most) )?(\d+(?:\.\d+)?)(?: to (\d+(?:\.\d+)?))?"
)
_DAY_S: Final = 86_400.0
_TICK: Final = timedelta(microseconds=1)
_SLACK: Final = 1e-6


def differences(
    each: Expectation, finding: Finding, agreement: Agreement
) -> tuple[str, ...]:
    """Return in what a finding is not as expected; empty where it is.

    Args:
        each: What is expected.
        finding: One that it chose.
        agreement: Gives the time zone of dates.

    Returns:
        One sentence a difference.

    Raises:
        ValueError: What is expected is not in a form that can be compared.
    """
    found = []
    for name, wanted in each.expected.items():
        got = _GOT[name](finding)
        if name == "late_by" and finding.late_s is not None:
            got = (finding.late_s, _days_late(finding, agreement))
        if not _TESTS.get(name, _same)(wanted, got, agreement):
            said = _said(got)
            if name == "verdict":
                said = f"{said} ({finding.why.replace('_', ' ')})"
            found.append(f"{name}: expected {_said(wanted)}, got {said}")
    return tuple(found)


def _days_late(finding: Finding, agreement: Agreement) -> float | None:
    """Return how many days of the calendar lie between due and done."""
    if finding.due_at is None or finding.done_at is None:
        return None
    tz = zone(agreement.time_zone)
    due = (finding.due_at - _TICK).astimezone(tz).date()
    return float((finding.done_at.astimezone(tz).date() - due).days)


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(_said(each) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {share}" for name, share in value.items()) or "none"
    return "none" if value is None else str(value)


def _bare(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids of facts: the keys of rows without their sources."""
    return tuple(sorted({key.rpartition(":")[2] for key in keys}))


_GOT: Final[dict[str, Callable[[Finding], object]]] = {
    "verdict": lambda f: str(f.verdict).upper(),
    "why": lambda f: str(f.why),
    "late_by": lambda f: None if f.late_s is None else f.late_s,
    "margin": lambda f: f.margin if f.margin is not None else f.margin_m,
    "measured": lambda f: (f.measured_low, f.measured_high),
    "limit": lambda f: f.limit,
    "count": lambda f: (f.count_low, f.count_high),
    "probability": lambda f: (f.probability_low, f.probability_high),
    "attribution": lambda f: f.attribution,
    "shares": lambda f: {who or UNKNOWN: share for who, share in f.attribution_share},
    "exempt": lambda f: _bare(f.exempt),
    "evidence": lambda f: _bare(f.evidence),
    "supersedes": lambda f: f.supersedes is not None,
    "turned_by": lambda f: _bare(f.turned_by),
    "locked_by": lambda f: f.locked_by,
    "due": lambda f: f.due_at,
    "done": lambda f: f.done_at,
    "closed_at": lambda f: f.closed_at,
    "detection": lambda f: f.detection,
}


def _same(wanted: object, got: object, _: Agreement) -> bool:
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return math.isclose(wanted, got, abs_tol=_SLACK)
    return wanted == got


def _truth(wanted: object, got: object, _: Agreement) -> bool:
    return (wanted in {True, "yes"}) == got


def _word(wanted: object, got: object, _: Agreement) -> bool:
    return str(wanted).replace(" ", "_").casefold() == str(got).casefold()


def _listed(wanted: object, got: object, _: Agreement) -> bool:
    names = wanted if isinstance(wanted, list) else [wanted]
    return sorted(str(each) for each in names) == sorted(_tuple(got))


def _shares(wanted: object, got: object, _: Agreement) -> bool:
    """Tell whether the shares of who did it are as expected, to the last digit."""
    if not isinstance(wanted, Mapping) or not isinstance(got, Mapping):
        return False
    named = {str(name): str(share) for name, share in wanted.items()}
    return got.keys() == named.keys() and all(
        abs(got[name] - float(share)) <= _last_digit(share)
        for name, share in named.items()
    )


def _tuple(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, tuple) else ()


def _bounds(wanted: object, got: object, _: Agreement) -> bool:
    """Tell whether bounds are as expected: `at least`, `at most`, `a to b`, or `a`."""
    low, high = got if isinstance(got, tuple) else (got, got)
    top = math.inf if high is None else float(high)
    found = _RANGE.fullmatch(str(wanted))
    if found is None:
        raise ValueError(f"{wanted!r}: write 'at least 3', 'at most 3', '3 to 5' or 3")
    least, most = float(found[2]), float(found[3] or found[2])
    if low is None:
        return False
    if found[1] == "at least":
        return float(low) >= least - _SLACK
    if found[1] == "at most":
        return top <= least + _SLACK
    bare = found[3] is None and high is None  # a best figure with an open end
    return abs(float(low) - least) <= _SLACK and (bare or abs(top - most) <= _SLACK)


def _amount(wanted: object, got: object, agreement: Agreement) -> bool:
    """Tell whether a margin is as expected, to the last digit that is given."""
    if got is None:
        return False
    if isinstance(wanted, int | float):
        return _same(wanted, got, agreement)
    metres = parse_quantity(str(wanted), "length")
    return abs(metres.base - float(str(got))) <= parse_quantity(
        f"1 {metres.unit}", "length"
    ).base * _last_digit(str(wanted))


def _last_digit(text: str) -> float:
    """Return half of the last digit of the number that a text begins with."""
    _, _, decimals = text.split(maxsplit=1)[0].partition(".")
    return 0.5 * 10.0 ** -len(decimals)


def _lasting(wanted: object, got: object, _: Agreement) -> bool:
    """Tell whether a delay is as expected, to the unit in which it is given.

    In days, those of the calendar from the last day it was due to the day it was
    done count as well: from 31 March to 11 July are 102.
    """
    if got is None:
        return False
    length = parse_quantity(str(wanted), "time")
    unit = parse_quantity(f"1 {length.unit}", "time").base
    seconds, days = (*got, None)[:2] if isinstance(got, tuple) else (got, None)
    by_calendar = length.unit == "d" and days == length.amount
    return by_calendar or abs(length.base - float(str(seconds))) < unit / 2


def _instant(wanted: object, got: object, agreement: Agreement) -> bool:
    """Tell whether an instant is as expected; a date stands for its whole day."""
    if not isinstance(got, datetime):
        return False
    text = str(wanted)
    if "T" not in text:
        return got.astimezone(zone(agreement.time_zone)).date().isoformat() == text
    return abs((parse_instant(text) - got).total_seconds()) <= 1.0


_TESTS: Final[dict[str, Callable[[object, object, Agreement], bool]]] = {
    "verdict": _word,
    "why": _word,
    "late_by": _lasting,
    "margin": _amount,
    "measured": _bounds,
    "count": _bounds,
    "probability": _bounds,
    "detection": _bounds,
    "limit": _same,
    "supersedes": _truth,
    "shares": _shares,
    "exempt": _listed,
    "evidence": _listed,
    "turned_by": _listed,
    "locked_by": _listed,
    "due": _instant,
    "done": _instant,
    "closed_at": _instant,
}
