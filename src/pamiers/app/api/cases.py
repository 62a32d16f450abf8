"""Cases over HTTP: read in one's edition, and acted on by those whose part it is.

What may be recorded of a case is the business of its procedure, which refuses on
record; who may speak for whom is that of this table and of the office he was given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.desk import Asked, At, Desk, Question, refused
from pamiers.app.api.enrolment import Who
from pamiers.app.api.guard import allowed, may
from pamiers.app.api.reader import Reader
from pamiers.app.case_acts import acknowledged_in, begin_in, event_of, record_in
from pamiers.app.case_files import case_file
from pamiers.app.case_values import Opened, cases_in
from pamiers.app.gathering import brought
from pamiers.app.pages.case import case as case_page
from pamiers.app.pages.cases import cases as board
from pamiers.app.pages.cases import is_seen, seen
from pamiers.app.pages.readers import Reader as PageReader
from pamiers.app.pages.readers import reader_of as page_reader
from pamiers.app.wiring import turn
from pamiers.compliance.ledgers.visible import hidden
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.mission.access.permissions import ACT, COMMISSION, READ
from pamiers.mission.cases import load
from pamiers.mission.judged import agreement_of
from pamiers.procedure.event import KINDS

ROUTES: Final = APIRouter(tags=["cases"])
_NAME: Final = r"^[\w@:-][\w.@:-]{0,127}$"
Name = Annotated[str, Path(pattern=_NAME)]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, Field(max_length=128)]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
When = Annotated[str, Field(max_length=40)]

#: kind of event -> the class of thing that it does something to
CLASS: Final = {
    **dict.fromkeys(("reply", "account", "dispute", "reserved"), "case-word"),
    **dict.fromkeys(("evidence", "complaint", "self-report"), "case-word"),
    **dict.fromkeys(("appeal", "extension-asked", "consent"), "case-word"),
    **dict.fromkeys(("remedy-done", "signed"), "case-word"),
    "vote": "case-vote",
    **dict.fromkeys(("finding", "request", "classified", "retracted"), "case-course"),
    **dict.fromkeys(("received", "reported", "recorded"), "case-course"),
    **dict.fromkeys(("recused", "vacant", "filled"), "case-course"),
    **dict.fromkeys(("merged", "joined", "split"), "case-course"),
}
#: what nobody does for another: a vote, a consent, a signature, a recusal, a receipt
OWN: Final = frozenset({"vote", "consent", "signed", "recused", "acknowledge"})
#: who recorded something, and when, comes from the door and the clock
_NOT_SAID: Final = frozenset({"person", "recorded_at"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


Told = dict[str, Any]
Value = Annotated[str, Field(max_length=20_000)] | bool | float | list[Id]


class CaseEvent(BaseModel):
    """An event as people write one: its kind with what it is about, and the rest."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Value] = Field(init=False)


class Vote(_Strict):
    """A vote on a step."""

    step: Id
    by: Id
    choice: Annotated[str, Field(pattern="^(for|against|abstain)$")]
    at: When | None = None


class Said(_Strict):
    """Words of a party; those of a dispute may be about one finding."""

    by: Id
    text: Text
    finding: Id | None = None
    at: When | None = None


class Remedied(_Strict):
    """A remedy determined, carried out, or verified."""

    remedy: Id
    by: Id
    party: Id | None = None
    done: bool = False
    verified: Annotated[str, Field(pattern="^(yes|no)$")] | None = None
    at: When | None = None


class Acknowledged(_Strict):
    """A party acknowledges the notices of a case."""

    by: Id


class Brought(_Strict):
    """Who brings a finding into a case, and how grave it is held to be until then."""

    by: Id
    severity: Annotated[int, Field(ge=1, le=4)] = 2


class Closing(_Strict):
    """The end of a case."""

    by: Id
    outcome: Id
    reason: Text
    at: When | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Whoever acts, and at which desk."""

    desk: Desk
    who: Reader


def hand_of(desk: At, who: Who) -> Hand:
    """Return whoever acts on a request."""
    return Hand(desk, who)


By = Annotated[Hand, Depends(hand_of)]


def shown_to(question: Asked) -> PageReader:
    """Return the mission as who asks may see it: of the last view, its cases now."""
    desk = question.desk
    return page_reader(
        question.view.mission, question.edition, live=desk.mission, folder=desk.folder
    )


@ROUTES.get("/cases", dependencies=[Depends(may(READ, "case"))])
def cases(question: Question) -> Response:
    """List the cases that the asker may see, what is due first first."""
    desk = question.desk
    reader = shown_to(question)
    return question.answer(board(reader, desk.clock()), mark=mark_of(desk))


@ROUTES.get("/cases/{name}", dependencies=[Depends(may(READ, "case"))])
def case(question: Question, name: Name) -> Response:
    """Show a case: findings and what contests them, steps, clocks, the log.

    Raises:
        HTTPException: 404 where there is none that the asker may see.
    """
    desk = question.desk
    reader = shown_to(question)
    try:
        told = case_page(reader, name, desk.clock())
    except UnknownTermError as error:
        raise refused(404, "the id of a case", name) from error
    return question.answer(told, mark=mark_of(desk))


def mark_of(desk: Desk) -> str:
    """Return what an answer about clocks rests on: the record, and the minute."""
    return f"{desk.clock():%Y%m%d%H%M}{desk.mission.record.head().hex}"


@ROUTES.get("/cases/{name}/files/{digest}", dependencies=[Depends(may(READ, "case"))])
def file(question: Question, name: Name, digest: Digest) -> Response:
    """Give a letter or picture that an act of a case came with, as it was received.

    Raises:
        HTTPException: 404 where there is none, or the asker may not read words of it.
    """
    desk, reader = question.desk, shown_to(question)
    try:
        with cases_in(desk.mission, desk.folder) as held:
            found = seen(reader, load(held.cases, name, desk.clock()))
        acts = found.with_files() if found.shown else ()
        called, data = case_file(desk.mission, acts, digest)
    except (UsageError, UnknownTermError) as error:
        raise refused(404, "the digest of a file of this case", digest[:16]) from error
    headers = {
        "Content-Disposition": f'attachment; filename="{called}"',
        "Cache-Control": "private, no-store",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


@ROUTES.post("/cases", status_code=201)
def begin(
    by: By,
    said: CaseEvent,
    procedure: Annotated[str | None, Query(max_length=128)] = None,
) -> dict[str, Any]:
    """Open a case by a finding, complaint, self-report or request."""
    written = _written(by, dict(said.__pydantic_extra__ or {}))
    with _writing(by.desk) as held:
        return begin_in(held, written, procedure, by.desk.clock())


@ROUTES.post("/findings/{key}/case", status_code=201)
def bring(by: By, key: Annotated[str, Path(max_length=200)], said: Brought) -> Told:
    """Put a finding of breach into the case that it belongs to, or open one for it.

    Raises:
        HTTPException: 404 where the asker sees no such finding.
    """
    may_act(by, "finding", said.by, CLASS["finding"])
    desk, view = by.desk, by.desk.views.current()
    found = next((each for each in view.findings if each.key == key), None)
    if found is None or found.clause in hidden(view.agreement, by.who.edition):
        raise refused(404, "the key of a finding", key)
    with _writing(desk) as held:
        author = (said.by, by.who.name)
        return brought(held, found, said.severity, author, desk.clock())


@ROUTES.post("/cases/{name}/event", status_code=201)
def event(by: By, name: Name, said: CaseEvent) -> dict[str, Any]:
    """Record anything of a case; what the procedure refuses is on record as refused."""
    return _recorded(by, name, dict(said.__pydantic_extra__ or {}))


@ROUTES.post("/cases/{name}/vote", status_code=201)
def vote(by: By, name: Name, said: Vote) -> dict[str, Any]:
    """Record a vote; without a quorum none can be."""
    told = said.model_dump(exclude_none=True)
    return _recorded(by, name, {"vote": told.pop("choice"), **told})


@ROUTES.post("/cases/{name}/reply", status_code=201)
def reply(by: By, name: Name, said: Said) -> dict[str, Any]:
    """Record the reply of a party."""
    return _recorded(by, name, _words("reply", said))


@ROUTES.post("/cases/{name}/dispute", status_code=201)
def dispute(by: By, name: Name, said: Said) -> dict[str, Any]:
    """Contest a finding; the finding stays, and the contest stands beside it."""
    return _recorded(by, name, _words("dispute", said))


def _words(kind: str, said: Said) -> dict[str, Any]:
    told = said.model_dump(exclude_none=True)
    if "finding" in told:
        told["findings"] = [told.pop("finding")]
    return {kind: told.pop("text"), **told}


@ROUTES.post("/cases/{name}/remedy", status_code=201)
def remedy(by: By, name: Name, said: Remedied) -> dict[str, Any]:
    """Determine a remedy, or say what became of it."""
    told = said.model_dump(exclude_none=True)
    verified, done = told.pop("verified", None), told.pop("done")
    kind = "remedy-verified" if verified else "remedy-done" if done else "remedy"
    written = {kind: told.pop("remedy"), **told}
    return _recorded(by, name, written | ({"choice": verified} if verified else {}))


@ROUTES.post("/cases/{name}/acknowledge", status_code=201)
def acknowledge(by: By, name: Name, said: Acknowledged) -> dict[str, Any]:
    """Acknowledge the notices of a case that one's office was given."""
    may_act(by, "acknowledge", said.by, "case-word")
    desk = by.desk
    with _writing(desk) as held:
        _is_seen(by, held, name)
        return acknowledged_in(held, name, said.by, desk.clock())


@ROUTES.post("/cases/{name}/close", status_code=201)
def close(by: By, name: Name, said: Closing) -> dict[str, Any]:
    """Close a case, with its outcome and the reason."""
    told = said.model_dump(exclude_none=True)
    return _recorded(by, name, {"closed": told.pop("outcome"), **told})


def _recorded(by: Hand, name: str, written: dict[str, Any]) -> dict[str, Any]:
    desk = by.desk
    told = event_of(_written(by, written), desk.clock())
    with _writing(desk) as held:
        _is_seen(by, held, name)
        return record_in(held, name, told, desk.clock())


def _is_seen(by: Hand, held: Opened, name: str) -> None:
    """Pass where whoever acts may see the case.

    Raises:
        HTTPException: 404 where he may not, or there is none.
    """
    desk = by.desk
    reader = page_reader(desk.mission, by.who.edition, folder=desk.folder)
    if not is_seen(reader, held, name, desk.clock()):
        raise refused(404, "the id of a case", name)


@contextmanager
def _writing(desk: Desk) -> Iterator[Opened]:
    """Open the cases in turn with whoever else writes."""
    with turn(desk.folder), cases_in(desk.mission, desk.folder) as held:
        yield held
    desk.listeners.wake()


def _written(by: Hand, written: dict[str, Any]) -> dict[str, Any]:
    """Return an event as its author may record it; who he is comes from the door.

    Raises:
        HTTPException: 401 or 403 where he may not, 405 where nothing is taken in.
    """
    desk, who = by.desk, by.who
    kinds = [each for each in written if each in KINDS]
    for each in kinds or ["act"]:
        allowed(desk, who, ACT, CLASS.get(each, "case-act"))
    if len(kinds) != 1 or written.keys() & _NOT_SAID:
        raise refused(400, f"one of {', '.join(KINDS)}", ", ".join(written) or "none")
    may_act(by, kinds[0], str(written.get("by", "")), CLASS.get(kinds[0], "case-act"))
    return {**written, "person": who.name}


def may_act(hand: Hand, kind: str, by: str, what: str, action: str = ACT) -> None:
    """Pass where somebody may record an act of an office.

    Args:
        hand: Whoever asks.
        kind: Kind of event, or of act.
        by: The office.
        what: Class of thing that it does something to.
        action: What it does.

    Raises:
        HTTPException: 401 or 403 where he may not, 405 where nothing is taken in.
    """
    allowed(hand.desk, hand.who, action, what)
    if hand.desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    _speaks(hand, kind, by)


def _speaks(hand: Hand, kind: str, by: str) -> None:
    """Pass where somebody may speak for an office.

    The commission's secretary records what others did on paper, with his own name
    beside it; but nobody votes, consents, signs or stands aside for another.

    Raises:
        HTTPException: 403 where he may not.
    """
    holders = agreement_of(hand.desk.mission).holders.get(by, ())
    own = {by, *holders} if len(holders) == 1 else {by}
    who = hand.who
    secretary = COMMISSION in who.roles and kind not in OWN
    if not (by and who.office in own) and not secretary:
        raise refused(403, f"an act of your own office ({who.office or 'none'})", by)
