"""`pamiers calendar`: every dated duty, whose it is, and how it stands."""

import re
import textwrap
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say

if TYPE_CHECKING:
    from pamiers.app.calendar_values import Drawn
    from pamiers.compliance.ledgers.calendar.duty import Duty

PATH: Final = typer.Argument(
    metavar="DIR", help="A mission folder, or an agreement: folder or bundled name."
)
AT: Final = typer.Option(metavar="TIME", help="As of this date or instant; else now.")
TIER: Final = typer.Option(
    help="Who will read it: public, parties, commission or restricted."
)
#: what the line says already
_UNTOLD: Final = frozenset({"calendar.done", "calendar.not_reported"})
#: what comes first is what wants doing first
_ORDER: Final = (
    *("overdue", "due", "open", "waiting", "locked", "suspended", "missed"),
    *("done late", "done, in time or late is open", "done", "in force", "ended"),
)
_HEADS: Final = {
    "overdue": "Overdue: nothing on record shows it done; that proves nothing",
    "open": "Open: owed, without a date",
    "waiting": "Waiting: no date until something has happened",
    "locked": "Locked: something else comes first",
    "done, in time or late is open": "Done: whether in time is open",
}


def calendar(  # noqa: PLR0913 - one parameter for each option
    path: Annotated[str, PATH],
    *,
    at: Annotated[str | None, AT] = None,
    still_open: Annotated[
        bool, typer.Option("--open", help="Only what is still to be done.")
    ] = False,
    tier: Annotated[str, TIER] = "commission",
    lang: Annotated[str, typer.Option(help="Language of names, such as uk.")] = "en",
    ics: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as iCalendar to this file."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show every dated duty: whose, by when, and how it stands."""
    with errors_shown(as_json=as_json):
        from pamiers.app.calendar_values import drawn, values, write_ics
        from pamiers.app.case_calendar import deadlines_in
        from pamiers.app.case_values import due_in_cases

        found = drawn(path, at, tier, still_open=still_open)
        inside, now = tier in {"commission", "restricted"}, found.known.now
        due = due_in_cases(path, now) if inside else []
        dated = deadlines_in(path, lang, now) if inside and ics else []
        events = None if ics is None else write_ics(found, ics, lang, dated)
        told = values(found) | {"cases": due}
    if as_json:
        print_json(told if ics is None else {**told, "ics": str(ics), "events": events})
        return
    _tell(found, lang)
    for each in due:
        late = "  OVERDUE" if each["overdue"] else ""
        say(f"  {each['due_at']}  {each['case']}: {each['key']}{late}")
    if events is not None:
        say(f"{ics}: {events} events.")


def _tell(found: "Drawn", lang: str) -> None:
    """Print a calendar for a person, what wants doing first."""
    from pamiers.app.words import in_language

    agreement, now = found.agreement, found.known.now
    title = in_language(agreement.title, lang) or agreement.id
    local = _local(now, found)
    _say(f"{title}, as of {local:%Y-%m-%d %H:%M} ({agreement.time_zone})")
    for status in _ORDER:
        held = [each for each in found.duties if each.status.value == status]
        if held:
            say()
            say(f"{_HEADS.get(status, status.capitalize())} ({len(held)})")
        for alike in _alike(held, found):
            _entry(alike, found, lang)
    say()
    late = sum(each.status.value == "overdue" for each in found.duties)
    kept = f"; {found.kept_back} not shown to this tier" if found.kept_back else ""
    say(f"{len(found.duties)} dates, {late} overdue{kept}.")


def _alike(duties: "list[Duty]", found: "Drawn") -> "list[list[Duty]]":
    """Return duties that differ in their bearers alone together, in order."""
    groups: dict[tuple[str, str], list[Duty]] = {}
    for each in duties:
        told = _day(each, found), _details(each, found)
        groups.setdefault(told, []).append(each)
    return list(groups.values())


def _entry(duties: "list[Duty]", found: "Drawn", lang: str) -> None:
    from pamiers.app.words import in_language, name_of

    names = [name_of(d.bearer, found.agreement, lang) for d in duties if d.bearer]
    who = f"{', '.join(dict.fromkeys(names))}: " if names else ""
    title = in_language(duties[0].title, lang) or duties[0].clause
    _say(f"{_day(duties[0], found)}  {who}{title}", first="  ", rest=" " * 14)
    _say(_details(duties[0], found), first=" " * 14, rest=" " * 14)


def _day(duty: "Duty", found: "Drawn") -> str:
    """Return the last day in time, or the day and hour; dashes for no date."""
    from pamiers.compliance.ledgers.calendar.lateness import last_day

    return last_day(duty, found.agreement) or "-" * 10


def _local(instant: datetime, found: "Drawn") -> datetime:
    from pamiers.core.instant import zone

    return instant.astimezone(zone(found.agreement.time_zone)).replace(tzinfo=None)


def _details(duty: "Duty", found: "Drawn") -> str:
    from pamiers.compliance.ledgers.calendar.lateness import day_until

    parts = [f"[{duty.clause}]"]
    if duty.written:
        parts.append(f"{duty.written};")
    if duty.late is not None:
        parts.append(f"{duty.status.value} by {duty.late};")
    if duty.times > 1:
        parts.append(f"{duty.times} times;")
    if duty.done_at is not None:
        sources = ", ".join(duty.sources)
        day = day_until(duty.done_at, found.agreement)
        parts.append(f"{day} according to {sources};")
    if duty.readings:
        parts.append(f"as read: {', '.join(duty.readings)};")
    if duty.version:
        parts.append(f"as amended by {duty.version};")
    told = (each.text for each in duty.why if each.key not in _UNTOLD)
    parts += [_named(text, found) for text in told]
    return " ".join(parts).rstrip(";")


def _named(text: str, found: "Drawn") -> str:
    """Return a remark with the names of events in place of their ids."""
    for event, words in found.agreement.events.items():
        text = re.sub(rf"\b{re.escape(event)}\b", words.get("en", event), text)
    return text


def _say(text: str, first: str = "", rest: str = "    ") -> None:
    say(
        textwrap.fill(
            text,
            80,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
