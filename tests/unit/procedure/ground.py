"""A small procedure and a case of it, for the tests of this room."""

# ruff: noqa: ANN401 - facts of whichever record is made

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure import Breach, Case, Event, Rules, advance

START: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """Return the instant so many hours after the first breach."""
    return START + timedelta(hours=hours)


def ladder(**changes: Any) -> m.Procedure:
    """Return three tiers, all counted from the initial breach."""
    time = parse_duration
    steps = (
        m.Step(id="warn", by=("chair",), within=time("24 h"), from_="initial breach"),
        m.Step(
            id="consult",
            by=("body",),
            upon=m.Upon(recurrence=m.Recurrence(at_least=3, over=time("24 h"))),
            within=time("48 h"),
            from_="initial breach",
        ),
        m.Step(
            id="decide",
            act="decide",
            by=("body",),
            upon=m.Upon(severity=4, confidence=2),
            within=time("72 h"),
            from_="initial breach",
            decision=m.Decision(rule="majority", among=("a", "b", "c")),
            closes=True,
        ),
    )
    held: dict[str, Any] = {"steps": steps}
    return m.Procedure(id="ladder", title={}, **(held | changes))


def rules(procedure: m.Procedure | None = None, **changes: Any) -> Rules:
    """Return rules under which parties `a` and `b` and a neutral `c` sit together."""
    facts: dict[str, Any] = {
        "parties": ("a", "b"),
        "calendar": Calendar(time_zone="Europe/Kyiv"),
        "holders": {"chair": ("c",), "body": ("a", "b", "c"), "judge": ("j",)},
    }
    return Rules(procedure=procedure or ladder(), **(facts | changes))


def breach(key: str = "f1", hours: float = 0, **facts: Any) -> Breach:
    """Return a finding of party `a`, found an hour after it began."""
    held: dict[str, Any] = {
        "clause": "quiet",
        "party": "a",
        "severity": 2,
        "confidence": 3,
    }
    return Breach(
        key=key, breach_at=at(hours), found_at=at(hours + 1), **(held | facts)
    )


def begun(with_: Rules | None = None, *breaches: Breach) -> Case:
    """Return a case opened by findings an hour after the first breach."""
    event = Event(kind="finding", at=at(1), breaches=breaches or (breach(),))
    return advance(Case(id="c1", rules=with_ or rules()), event, at(1))[0]


def then(case: Case, hours: float, kind: str, **facts: Any) -> Case:
    """Return the case after one more event."""
    return advance(case, Event(kind=kind, at=at(hours), **facts), at(hours))[0]


def said(case: Case, *names: str) -> list[tuple[str, str]]:
    """Return what became so and of what, of the transitions named or of all."""
    return [(t.what, t.key) for t in case.log if not names or t.what in names]
