"""`pamiers calendar`: every dated duty, whose it is, and how it stands."""

import re
import textwrap
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pamiers.app.calendar_values import Drawn
    from pamiers.compliance.ledgers.calendar.duty import Duty
    from pamiers.compliance.ledgers.remark import Remark

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
    *("to come", "done late", "done, in time or late is open", "done", "in force"),
    "ended",
)


def calendar(  # noqa: PLR0913 - one parameter for each option
    path: Annotated[str, PATH],
    *,
    at: Annotated[str | None, AT] = None,
    still_open: Annotated[
        bool, typer.Option("--open", help="Only what is still to be done.")
    ] = False,
    tier: Annotated[str, TIER] = "commission",
    lang: Annotated[
        str, typer.Option(help="en, uk, fr or lv; any other of names only.")
    ] = "en",
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
    from pamiers.app.calendar_values import later_versions
    from pamiers.app.words import in_language

    agreement, now = found.agreement, found.known.now
    title = in_language(agreement.title, lang) or agreement.id
    at = f"{_local(now, found):%Y-%m-%d %H:%M}"
    _say(_worded(lang, "as_of", title=title, at=at, zone=agreement.time_zone))
    stands = [each for each in found.duties if not later_versions(each, found.duties)]
    for status in _ORDER:
        held = [each for each in stands if each.status.value == status]
        if held:
            say()
            _say(f"{_head(status, lang)} ({len(held)})")
        for alike in _alike(held, found, lang):
            _entry(alike, found, lang)
    say()
    late = sum(each.status.value == "overdue" for each in stands)
    told = _worded(lang, "total", n=len(stands), late=late)
    hidden = _worded(lang, "hidden", n=found.kept_back) if found.kept_back else ""
    say(f"{'; '.join(part for part in (told, hidden) if part)}.")


def _formerly(duty: "Duty", found: "Drawn", lang: str) -> "Iterator[str]":
    """Yield how a duty stood before it was amended: by when, and what became of it."""
    from pamiers.app.calendar_values import later_versions
    from pamiers.app.pages.words import text

    for each in found.duties:
        if duty in later_versions(each, found.duties):
            status = text(_spoken(lang), f"duty.{each.status.value}")
            if each.late is not None:
                status = _worded(lang, "status_by", status=status, late=each.late)
            facts = {"written": _written(each, lang), "day": _day(each, found)}
            facts["status"] = status
            yield f"{_worded(lang, 'formerly', **facts)};"


def _spoken(lang: str) -> str:
    from pamiers.app.pages.words import LANGUAGES

    return lang if lang in LANGUAGES else "en"


def _worded(lang: str, name: str, **facts: object) -> str:
    """Return a message of the calendar, in English where there is none."""
    from pamiers.app.pages.words import text

    return text(_spoken(lang), f"calendar.{name}").format(**facts)


def _head(status: str, lang: str) -> str:
    """Return what duties of a status stand under."""
    from pamiers.app.pages.words import text

    spoken = _spoken(lang)
    plain = text(spoken, f"duty.{status}")
    return text(spoken, f"calendar.head.{status}", plain[:1].upper() + plain[1:])


def _alike(duties: "list[Duty]", found: "Drawn", lang: str) -> "list[list[Duty]]":
    """Return duties that differ in their bearers alone together, in order."""
    groups: dict[tuple[str, str], list[Duty]] = {}
    for each in duties:
        told = _day(each, found), _details(each, found, lang)
        groups.setdefault(told, []).append(each)
    return list(groups.values())


def _entry(duties: "list[Duty]", found: "Drawn", lang: str) -> None:
    from pamiers.app.words import in_language, name_of

    bound = (who for each in duties for who in each.binds if each.bearer in {None, who})
    names = [name_of(each, found.agreement, lang) for each in dict.fromkeys(bound)]
    who = f"{', '.join(names)}: " if names else ""
    if names and duties[0].is_joint and len(names) > 1:
        who = f"{_worded(lang, 'together', names=', '.join(names))}: "
    title = in_language(duties[0].title, lang) or duties[0].clause
    _say(f"{_day(duties[0], found)}  {who}{title}", first="  ", rest=" " * 14)
    _say(_details(duties[0], found, lang), first=" " * 14, rest=" " * 14)


def _day(duty: "Duty", found: "Drawn") -> str:
    """Return the last day in time, or the day and hour; dashes for no date."""
    from pamiers.compliance.ledgers.calendar.lateness import last_day

    return last_day(duty, found.agreement) or "-" * 10


def _local(instant: datetime, found: "Drawn") -> datetime:
    from pamiers.core.instant import zone

    return instant.astimezone(zone(found.agreement.time_zone)).replace(tzinfo=None)


def _details(duty: "Duty", found: "Drawn", lang: str) -> str:
    from pamiers.app.pages.words import text
    from pamiers.compliance.ledgers.calendar.duty import Occasion
    from pamiers.compliance.ledgers.calendar.lateness import day_until

    parts = [f"[{duty.clause}]"]
    if duty.occasion in (Occasion.BEGINS, Occasion.ENDS, Occasion.RENEWAL):
        parts.append(f"{_worded(lang, duty.occasion.value)};")
    if duty.written:
        parts.append(f"{_written(duty, lang)};")
    if duty.late is not None:
        status = text(_spoken(lang), f"duty.{duty.status.value}")
        said = _worded(lang, "status_by", status=status, late=duty.late)
        parts.append(f"{said};")
    if duty.times > 1:
        parts.append(f"{_worded(lang, 'times', n=duty.times)};")
    if duty.done_at is not None:
        sources = ", ".join(duty.sources)
        day = day_until(duty.done_at, found.agreement)
        parts.append(f"{_worded(lang, 'by_source', day=day, sources=sources)};")
    if duty.readings:
        parts.append(f"{_worded(lang, 'read', readings=', '.join(duty.readings))};")
    if duty.version:
        parts.append(f"{_worded(lang, 'amended_by', version=duty.version)};")
    parts += _formerly(duty, found, lang)
    told = [each for each in duty.why if each.key not in _UNTOLD]
    parts += [_named(each.key, _remarked(each, lang), found, lang) for each in told]
    return " ".join(parts).rstrip(";")


def _written(duty: "Duty", lang: str) -> str:
    """Return a date as written; which of several decides, while several may."""
    from pamiers.compliance.ledgers.calendar.duty import Occasion

    if " / " not in duty.written:
        return duty.written
    which = "latest" if duty.occasion is Occasion.BEGINS else "earliest"
    return _worded(lang, which, written=duty.written.replace(" / ", ", "))


def _remarked(each: "Remark", lang: str) -> str:
    """Return a remark in a language; in English where it has no words for it."""
    from pamiers.app.pages.words import text

    spoken = _spoken(lang)
    key = each.key.replace("calendar.", "remark.")
    if spoken == "en":
        return each.text
    return text(spoken, key, each.text).format(**dict(each.params))


def _named(key: str, remark: str, found: "Drawn", lang: str) -> str:
    """Return a remark with the names of events in place of their ids.

    What locks a duty is a clause, where clause and event have one id.
    """
    from pamiers.app.words import in_language

    clauses = {each.id for each in found.agreement.clauses}
    for event, words in found.agreement.events.items():
        if key == "calendar.locked" and event in clauses:
            continue
        name = in_language(words, lang) or event
        remark = re.sub(rf"(?<![\w-]){re.escape(event)}(?![\w-])", name, remark)
    return remark


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
