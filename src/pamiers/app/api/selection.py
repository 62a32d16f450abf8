"""What may be asked of rows: when, where, of which kind, how likely, how many."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Response

from pamiers.app.api.desk import Asked, refused
from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.core.kind import check_kind, is_a

MOST: Final = 10_000
_COORDINATES: Final = 4
_DATE: Final = 10
Row = dict[str, Any]

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="How many to pass over.")]


def instant(text: str, *, end: bool = False) -> str:
    """Return an instant, or a date's first or last one, as canonical text.

    Raises:
        HTTPException: 400 where it is neither.
    """
    try:
        if len(text) == _DATE:
            day = date.fromisoformat(text) + timedelta(days=end)
            return format_instant(datetime.combine(day, time(), UTC))
        return format_instant(parse_instant(text, "time"))
    except (ValueError, OverflowError, MalformedSourceError) as error:
        expected = "a date, or an instant such as 2026-03-04T19:30:00Z"
        raise refused(400, expected, text) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How many are wanted, and after how many."""

    limit: Limit = 100
    offset: Offset = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rows are wanted; what is None asks nothing."""

    since: str | None
    until: str | None
    box: tuple[float, ...] | None  #: west, south, east, north [deg]
    kind: str | None
    least: float | None
    page: Page = Page()

    def of(self, rows: list[Row]) -> list[Row]:
        """Return the rows that are wanted, in their order."""
        return [row for row in rows if self._wanted(row)]

    def paged(self, question: Asked, rows: list[Row]) -> Response:
        """Answer with some of the rows that are wanted, and how many are."""
        page = self.page
        return question.page(self.of(rows), limit=page.limit, offset=page.offset)

    def _wanted(self, row: Row) -> bool:
        return (
            (self.since is None or str(row.get("end", "")) > self.since)
            and (self.until is None or str(row.get("start", "~")) < self.until)
            and (self.kind is None or _of_kind(row, self.kind))
            and (self.least is None or row.get("probability", 1.0) >= self.least)
            and (self.box is None or _inside(row, self.box))
        )


def _of_kind(row: Row, family: str) -> bool:
    return is_a(str(row.get("kind") or row.get("watched") or "any"), family)


def _inside(row: Row, box: tuple[float, ...]) -> bool:
    lon, lat = row.get("lon"), row.get("lat")
    if lon is None or lat is None:
        return False
    west, south, east, north = box
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return across and south <= float(lat) <= north


def box_of(text: str) -> tuple[float, ...]:
    """Return the box that four or six numbers state: west, south, east, north.

    Raises:
        HTTPException: 400 where they are not that.
    """
    try:
        numbers = [float(each) for each in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == _COORDINATES + 2:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != _COORDINATES or not all(map(isfinite, numbers)):
        raise refused(400, "west,south,east,north in degrees", text)
    return tuple(numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a query says of rows, as it was written."""

    since: Annotated[
        str | None, Query(alias="from", description="Not over before this.")
    ] = None
    until: Annotated[
        str | None, Query(alias="to", description="Begun by this, a date inclusive.")
    ] = None
    bbox: Annotated[str | None, Query(description="west,south,east,north")] = None
    kind: Annotated[str | None, Query(description="A kind or family.")] = None
    probability: Annotated[float | None, Query(ge=0, le=1)] = None


def selection(
    asks: Annotated[Asks, Depends()], page: Annotated[Page, Depends()]
) -> Selection:
    """Return which rows are wanted.

    Raises:
        HTTPException: 400 for a time, box or kind that is none.
    """
    if asks.kind is not None:
        try:
            check_kind(asks.kind)
        except UnknownTermError as error:
            raise refused(400, "a kind of the vocabulary", asks.kind) from error
    return Selection(
        since=None if asks.since is None else instant(asks.since),
        until=None if asks.until is None else instant(asks.until, end=True),
        box=None if asks.bbox is None else box_of(asks.bbox),
        kind=asks.kind,
        least=asks.probability,
        page=page,
    )


Wanted = Annotated[Selection, Depends(selection)]
