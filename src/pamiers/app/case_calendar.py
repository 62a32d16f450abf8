"""What is due in cases, as events of a calendar, in a language."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pamiers.agreement.model import Agreement
from pamiers.app.case_values import cases_of, lapsed
from pamiers.app.pages.words import LANGUAGES, text
from pamiers.app.wiring import is_mission
from pamiers.app.words import in_language, name_of
from pamiers.mission.cases import caught_up, folded
from pamiers.procedure.case import Case
from pamiers.render.icalendar import Deadline

_MOST = 1000  #: cases that are looked at


def deadlines_of(
    case: Case, agreement: Agreement, language: str, now: datetime
) -> Iterator[Deadline]:
    """Yield what is due in a case, and the steps that are overdue in it.

    Args:
        case: As it stands.
        agreement: Its names.
        language: Code of a language of names; words are English where the program
            does not speak it.
        now: As of when.

    Yields:
        Each with a key that stays the same while it is due.
    """
    late = [
        (f"step:{step.id}", state.passed_to or step.by, state.lapsed_at)
        for step, state in lapsed(case)
    ]
    due = [(each.key, each.by, each.due_at) for each in case.due]
    for key, by, at in (*late, *due):
        if at is None:
            continue
        who = ", ".join(name_of(each, agreement, language) for each in by)
        yield Deadline(
            key=f"{case.id}/{case.standing.round}/{key}",
            due_at=at,
            summary=f"{case.id}: {_called(case, key, language)}",
            description=who,
            overdue=at < now,
        )


def _called(case: Case, key: str, language: str) -> str:
    """Return what is due, in words: a step by what is to be done."""
    what, _, name = key.partition(":")
    step = case.rules.procedure.step(name)
    if what == "step" and step is not None:
        return in_language(step.do, language)
    spoken = language if language in LANGUAGES else "en"
    return text(spoken, f"due.{what}", else_=what)


def deadlines_in(path: str, language: str, now: datetime) -> list[Deadline]:
    """Return what is due in the open cases of a mission; an agreement has none.

    Args:
        path: Mission folder, or whatever names an agreement.
        language: Code of a language.
        now: As of when.

    Returns:
        Case by case, those that are due next first.
    """
    if not is_mission(Path(path)):
        return []
    with cases_of(Path(path)) as held:
        caught_up(held.cases, now)
        lines = held.cases.index.lines(status="open", limit=_MOST)
        cases = folded(held.cases, [each.id for each in lines], now)
        return [
            due
            for case in cases
            for due in deadlines_of(case, held.agreement, language, now)
        ]
