"""Answer the pages of a mission: the built files, and what each page shows."""

import hashlib
import mimetypes
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final, Protocol

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pamiers.app.dates import read_date
from pamiers.app.front import INDEX, front_files
from pamiers.app.issued_copies import issued_copy, issued_link
from pamiers.app.pages.catalogue import TIMED, page
from pamiers.app.pages.happened import NOW, instant_known
from pamiers.app.pages.readers import Reader, reader_of
from pamiers.app.web.answers import PRIVATE, told
from pamiers.app.web.tiles import Marked, tile_routes
from pamiers.app.weighed import Weigh
from pamiers.core.errors import (
    StoreError,
    UnknownTermError,
    UsageError,
)
from pamiers.core.instant import zone
from pamiers.mission.judged import agreement_of, days_on_record
from pamiers.mission.mission import Mission
from pamiers.mission.publish import daily_reports
from pamiers.mission.state import state
from pamiers.render import LANGUAGES as SPOKEN
from pamiers.render import render
from pamiers.render.atom import render_feed
from pamiers.render.contents import Listed, render_contents
from pamiers.report.daily import DailyReport

#: addresses that the application shows; any other is told as missing
VIEWS: Final = frozenset(
    {
        *("", "findings", "finding", "incident", "calendar", "agreement", "coverage"),
        *("record", "report", "field", "cases", "case", "queue"),
        *(
            "commission",
            "hotline",
            "sources",
            "import",
            "admin",
            "deterrence",
            "deployment",
            "draft",
        ),
    }
)
#: what other parts of the service answer; what they do not is not a page
_OTHERS: Final = frozenset({"api", "ogc", "data", "reports", "tiles"})
#: daily reports in a feed, the latest ones
_FED: Final = 14
_YEAR_S: Final = 31_536_000
#: scripts that the situation needs
_FIRST: Final = re.compile(r"assets/(situation|map-library)-.*\.js$")
_STYLES: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_SMALL: Final = 500  #: bytes that are not worth compressing


class Who(Protocol):
    """Who asks, as far as pages need to know."""

    @property
    def edition(self) -> str:
        """Return the fullest edition that they may have."""

    @property
    def placing(self) -> bool:
        """Return whether they may know where posts stand."""


class At(Protocol):
    """What pages are answered from."""

    @property
    def shown(self) -> Mission:
        """Return the mission as it is shown: as the last whole view of it has it."""

    @property
    def mission(self) -> Mission:
        """Return the mission as it is now."""

    @property
    def folder(self) -> Path:
        """Return its folder."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Return what tells the present instant."""

    @property
    def weigh(self) -> Weigh:
        """Return what works out the stress test and the plan."""

    @property
    def who(self) -> Callable[[Request], Who]:
        """Return what tells who asks."""


def pages(at: At) -> Starlette:
    """Return an application that answers every page of a mission.

    Args:
        at: The mission, the clock, and who asks.

    Returns:
        An ASGI application, to be wrapped by one that adds headers of safety.

    Raises:
        UsageError: The package was built without its pages.
    """
    desk = _Pages(at, front_files())
    routes = [
        *tile_routes(desk.marked),
        Route("/data/{name:path}", desk.data),
        Route("/reports/", desk.contents),
        Route("/reports/{language}.html", desk.contents),
        Route("/reports/files/{name}", desk.report_file),
        Route("/reports/issued/{name}", desk.issued),
        Route("/reports/feed-{language}.xml", desk.feed),
        Route("/{path:path}", desk.view),
    ]
    small = Middleware(GZipMiddleware, minimum_size=_SMALL)
    return Starlette(routes=routes, middleware=[small])


class _Pages:
    """One reader's view for each edition, made anew when the record has grown."""

    def __init__(self, at: At, front: Mapping[str, bytes]) -> None:
        self._at = at
        self._front = {name: data for name, data in front.items() if name != INDEX}
        self._index = served_index(front[INDEX])
        self._first = hinted(self._index, front)
        self._lock = threading.Lock()
        self._readers: dict[tuple[str, bool], tuple[str, Reader]] = {}

    async def view(self, request: Request) -> Response:
        """Answer a built file, or the page that draws a view."""
        path = request.path_params["path"]
        if path in self._front:
            return self._file(path)
        if path.partition("/")[0] in _OTHERS:
            return _missing(path)
        known = path.partition("/")[0] in VIEWS
        return Response(
            self._index if path else self._first,
            status_code=200 if known else 404,
            media_type="text/html",
            headers=PRIVATE,
        )

    def _file(self, path: str) -> Response:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        named = path.startswith("assets/")  # by a digest of their content
        age = f"public, max-age={_YEAR_S}, immutable" if named else "no-cache"
        return Response(
            self._front[path], media_type=kind, headers={"Cache-Control": age}
        )

    async def data(self, request: Request) -> Response:
        """Answer what a page shows, to whoever asks."""
        name = request.path_params["name"].removesuffix(".json")
        who = self._at.who(request)
        return await run_in_threadpool(self._data, request, name, who)

    def _data(self, request: Request, name: str, who: Who) -> Response:
        with self._lock:
            try:
                reader = self._reader(who)
                tag = _tag(reader, name, self._at.clock())
                if name != "about" and tag in request.headers.get("if-none-match", ""):
                    return Response(status_code=304, headers={**PRIVATE, "ETag": tag})
                values = page(reader, name, self._at.clock())
            except UnknownTermError as error:
                return told(error, 404)
            except StoreError as error:
                return told(error, 503)
        headers = {**PRIVATE, "ETag": tag}
        return Response(
            orjson.dumps(values), media_type="application/json", headers=headers
        )

    def _reader(self, who: Who) -> Reader:
        shown = self._at.shown
        head, named = shown.record.head().hex, (who.edition, who.placing)
        kept = self._readers.get(named)
        if kept is None or kept[0] != head:
            reader = reader_of(
                shown, who.edition, live=self._at.mission, folder=self._at.folder
            )
            reader = replace(reader, weigh=self._at.weigh, placing=who.placing)
            kept = self._readers[named] = (head, reader)
        return kept[1]

    def marked(self, request: Request, number: str) -> Marked:
        """Return the marks that who asks may see, as they were known at an instant."""
        who = self._at.who(request)
        with self._lock:
            reader = self._reader(who)
            as_of = None if number == NOW else instant_known(reader, number)
            marks = reader.marks(as_of)
        return Marked(
            marks=marks, of=f"{reader.mission.record.head().hex} {who.edition}"
        )

    async def report_file(self, request: Request) -> Response:
        """Answer a daily report as HTML, made of what the reader may have."""
        name = request.path_params["name"]
        edition = self._at.who(request).edition
        return await run_in_threadpool(self._report, name, edition)

    def _report(self, name: str, edition: str) -> Response:
        day, _, language = name.removesuffix(".html").rpartition("-")
        with self._lock:
            try:
                wanted = read_date(day, "report")
                spoken = language if language in SPOKEN else SPOKEN[0]
                made = daily_reports(
                    self._at.shown, [wanted], edition=edition, now=self._at.clock()
                )
                links = {code: f"{wanted}-{code}.html" for code in SPOKEN}
                links["index"] = "/report"
                report = next(made)
                before = issued_link(self._at.folder, report, spoken)
                links |= {"issued": before} if before else {}
                data = render(report, language=spoken, format="html", alternates=links)
            except (UnknownTermError, UsageError) as error:
                return told(error, 404)
            except StoreError as error:
                return told(error, 503)
        return _document(data)

    async def issued(self, request: Request) -> Response:
        """Answer a daily report as it was issued, to those it was issued for."""
        name = request.path_params["name"]
        edition = self._at.who(request).edition
        data = await run_in_threadpool(issued_copy, self._at.folder, name, edition)
        return _missing(name) if data is None else _document(data)

    async def contents(self, request: Request) -> Response:
        """Answer the list of daily reports, as a page without scripts."""
        asked = request.path_params.get("language", "")
        language = asked or _preferred(request.headers.get("accept-language", ""))
        edition = self._at.who(request).edition
        return await run_in_threadpool(self._contents, language, edition)

    def _contents(self, language: str, edition: str) -> Response:
        spoken = language if language in SPOKEN else SPOKEN[0]
        try:
            listed, tz = self._listed(spoken, edition)
        except StoreError as error:
            return told(error, 503)
        if not listed:
            return _missing("reports")
        others = {code: f"{code}.html" for code in SPOKEN}
        feed = f"feed-{spoken}.xml"
        data = render_contents(listed, language=spoken, tz=tz, others=others, feed=feed)
        headers = {**PRIVATE, "Content-Security-Policy": policy_of(data)}
        return Response(data, media_type="text/html", headers=headers)

    def _listed(
        self, language: str, edition: str, last: int = 0
    ) -> tuple[list[Listed], tzinfo]:
        """Return the daily reports, or the `last` of them, and the mission's zone."""
        with self._lock:
            shown = self._at.shown
            agreement = agreement_of(shown)
            days = days_on_record(state(shown), agreement)[-last:]
            made = daily_reports(shown, days, edition=edition, now=self._at.clock())
            listed = [
                Listed(report=each, addresses={"html": _file_of(each, language)})
                for each in made
            ]
        return listed, zone(agreement.time_zone)

    async def feed(self, request: Request) -> Response:
        """Answer the feed of the latest daily reports, made for who asks."""
        language = request.path_params["language"]
        edition = self._at.who(request).edition
        return await run_in_threadpool(self._feed, language, edition)

    def _feed(self, language: str, edition: str) -> Response:
        spoken = language if language in SPOKEN else SPOKEN[0]
        name = f"feed-{spoken}.xml"
        try:
            listed, tz = self._listed(spoken, edition, _FED)
        except StoreError as error:
            return told(error, 503)
        if not listed:
            return _missing(name)
        data = render_feed(listed, language=spoken, tz=tz, address=name)
        return Response(data, media_type="application/atom+xml", headers=PRIVATE)


def _preferred(accepted: str) -> str:
    """Return the first language of a header that reports speak; else the first."""
    named = (each.split(";")[0].split("-")[0].strip() for each in accepted.split(","))
    return next((each for each in named if each in SPOKEN), SPOKEN[0])


def _file_of(report: DailyReport, language: str) -> str:
    return f"files/{report.header.day}-{language}.html"


def _tag(reader: Reader, name: str, now: datetime) -> str:
    """Return what an answer rests on; of clocks the minute too, and the record now."""
    rests = [reader.mission.record.head().hex, reader.edition.id, name]
    rests += ["placing"] if reader.placing else []
    if name.partition("/")[0] in TIMED:
        rests += [reader.live.record.head().hex, now.strftime("%Y-%m-%dT%H:%M")]
    digest = hashlib.sha256(" ".join(rests).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def policy_of(document: bytes) -> str:
    """Return a policy under which a document shows its own styles and runs nothing.

    Args:
        document: HTML whose style elements are known to be ours.

    Returns:
        A Content-Security-Policy that names each style by its digest (CSP level 2).
    """
    styles = _STYLES.findall(document)
    digests = (b64encode(hashlib.sha256(each).digest()).decode() for each in styles)
    named = " ".join(f"'sha256-{each}'" for each in digests)
    return (
        f"default-src 'none'; style-src 'self' {named}; img-src 'self' data:; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def served_index(page: bytes) -> bytes:
    """Return the first page for a server: addresses are paths, data at `/data/`.

    Args:
        page: The page as it is built for a static site.

    Returns:
        The same page for a server at the root of its host.
    """
    for before, after in (
        (
            b'name="pamiers-routes" content="hash"',
            b'name="pamiers-routes" content="path"',
        ),
        (
            b'<meta name="pamiers-data"',
            b'<meta name="pamiers-base" content="/" />\n    <meta name="pamiers-data"',
        ),
        (b'"./assets/', b'"/assets/'),
        (b'"mark.svg"', b'"/mark.svg"'),
    ):
        page = page.replace(before, after)
    return page


def hinted(page: bytes, front: Mapping[str, bytes]) -> bytes:
    """Return the page of the situation, which names at once all that it will ask for.

    Args:
        page: The first page.
        front: The built files.

    Returns:
        The page with hints to fetch scripts and data together, not one after another.
    """
    scripts = sorted(name for name in front if _FIRST.match(name))
    links = [f'<link rel="modulepreload" href="/{name}" />' for name in scripts]
    links += [
        f'<link rel="preload" as="fetch" crossorigin href="/{each}" />'
        for each in ("data/about.json", f"data/outline/{NOW}.json")
    ]
    return page.replace(b"</head>", "".join(links).encode() + b"</head>")


def _document(data: bytes) -> Response:
    headers = {**PRIVATE, "Content-Security-Policy": policy_of(data)}
    return Response(data, media_type="text/html", headers=headers)


def _missing(path: str) -> Response:
    body = {"detail": f"expected a page that there is, got {path!r}"}
    return Response(orjson.dumps(body), 404, media_type="application/json")
