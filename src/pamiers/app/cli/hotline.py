"""`pamiers hotline`: who called whom, who answered, what was announced."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pamiers.app.cli.case import AT, BY, FOLDER, NOW, TEXT, clock
from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say

if TYPE_CHECKING:
    from pamiers.mission.hotline import Activity
    from pamiers.mission.mission import Mission


def hotline(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    *,
    by: Annotated[str | None, BY] = None,
    to: Annotated[list[str] | None, typer.Option(help="Who was called.")] = None,
    text: Annotated[str, TEXT] = "",
    outcome: Annotated[str, typer.Option(help="What came of the call.")] = "",
    case: Annotated[str, typer.Option(help="The case it is about.")] = "",
    answers: Annotated[
        int | None, typer.Option(metavar="ENTRY", help="The call it answers.")
    ] = None,
    activity: Annotated[
        str, typer.Option(help="What is announced, for the deconfliction log.")
    ] = "",
    place: Annotated[str, typer.Option(help="Where that is.")] = "",
    start: Annotated[str | None, typer.Option(help="When it begins.")] = None,
    end: Annotated[str | None, typer.Option(help="When it ends.")] = None,
    at: Annotated[str | None, AT] = None,
    announced: Annotated[
        bool, typer.Option("--announced", help="List the deconfliction log alone.")
    ] = False,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Log a call on the hotline, or an answer; with neither, list the log.

    A call with --activity, --place, --start and --end is a line of the deconfliction
    log: somebody says what he will do, so that nobody takes it for something else.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app import wiring
        from pamiers.mission.hotline import calls

        words = {"text": text, "outcome": outcome, "case": case}
        planned = _planned(activity, place, start, end)
        with wiring.opened(folder) as mission:
            if by is not None:
                told = (by, tuple(to or ()), answers)
                _log(mission, told, words, planned, (at, clock(now)))
            found = [e for e in calls(mission) if "activity" in e or not announced]
    if as_json:
        print_json({"calls": found})
        return
    for each in found:
        _tell(each)
    waiting = sum(each["answered_after_s"] is None for each in found)
    say(f"Calls: {len(found)}; not answered: {waiting}.")


def _planned(
    activity: str, place: str, start: str | None, end: str | None
) -> "Activity | None":
    """Return what is announced; None for nothing.

    Raises:
        UsageError: Not all of it is said.
    """
    from pamiers.core.errors import UsageError
    from pamiers.core.instant import parse_instant
    from pamiers.mission.hotline import Activity

    if not any((activity, place, start, end)):
        return None
    if not (activity and place and start and end):
        raise UsageError(
            "hotline",
            expected="an activity with its place, start and end",
            got="not all of them",
            remedy="Give --activity, --place, --start and --end.",
        )
    return Activity(
        what=activity, place=place, start=parse_instant(start), end=parse_instant(end)
    )


def _log(
    mission: "Mission",
    told: tuple[str, tuple[str, ...], int | None],
    words: Mapping[str, str],
    planned: "Activity | None",
    times: tuple[str | None, datetime],
) -> None:
    """Put a call, or an answer to one, on record."""
    from pamiers.core.instant import parse_instant
    from pamiers.mission.hotline import Answer, Call, log_answer, log_call

    (by, to, answers), (made, now) = told, times
    at = None if made is None else parse_instant(made)
    said, outcome = words["text"], words["outcome"]
    if answers is not None:
        answer = Answer(call=answers, by=by, said=said, outcome=outcome, at=at)
        log_answer(mission, answer, now)
        return
    call = Call(
        by=by,
        to=to,
        said=said,
        outcome=outcome,
        at=at,
        case=words["case"],
        activity=planned,
    )
    log_call(mission, call, now)


def _tell(call: dict[str, Any]) -> None:
    about = f" [{call['case']}]" if call.get("case") else ""
    who = f"{call['by']} to {', '.join(call['to'])}"
    say(f"{call['entry']}  {call['at']}  {who}{about}: {call['said']}")
    if "activity" in call:
        told = call["activity"]
        say(f"    {told['what']}, {told['place']}, {told['start']} to {told['end']}")
    for each in call["answers"]:
        say(f"    {each['at']}  {each['by']}: {each['said'] or each['outcome']}")
    if call["outcome"]:
        say(f"    -> {call['outcome']}")
