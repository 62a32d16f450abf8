"""Duties, and what is due in cases: as a list, and as a feed for calendar programs."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response

from pamiers.app.api.agreement import Moment, known_at
from pamiers.app.api.cases import mark_of, shown_to
from pamiers.app.api.desk import Question
from pamiers.app.api.guard import may
from pamiers.app.calendar_values import Drawn, values
from pamiers.app.case_calendar import deadlines_of
from pamiers.app.pages.cases import listed
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.shown import shown
from pamiers.core.sharing import Sharing
from pamiers.mission.access.permissions import READ
from pamiers.render.icalendar import render_icalendar

ROUTES: Final = APIRouter(tags=["agreement"])
Tongue = Annotated[str, Query(description="Language of names.", max_length=8)]


@ROUTES.get("/calendar", dependencies=[Depends(may(READ, "calendar"))])
def duties(question: Question, at: Moment = None) -> Response:
    """List every dated duty: whose it is, by when, and how it stands."""
    found = known_at(question, at)
    every = calendar(found)
    kept = shown(every, found.agreement, question.edition)
    drawn = Drawn(known=found, duties=kept, kept_back=len(every) - len(kept))
    return question.answer({**values(drawn), **question.about})


@ROUTES.get("/calendar.ics", dependencies=[Depends(may(READ, "calendar"))])
def feed(question: Question, lang: Tongue = "en") -> Response:
    """Give the calendar as an iCalendar feed, with what is due in cases.

    The public is given duties alone.
    """
    found, desk = known_at(question, None), question.desk
    now, agreement = desk.clock(), found.agreement
    inside = Sharing(question.edition) is not Sharing.PUBLIC
    dated = [
        due
        for each in (listed(shown_to(question), now) if inside else ())
        for due in deadlines_of(each.case, agreement, lang, now)
    ]
    kept = shown(calendar(found), agreement, question.edition)
    data = render_icalendar(kept, agreement, found.now, lang, dated)
    return question.answer(data, "text/calendar", mark=mark_of(desk))
