"""What is confidential is planted in every field, and looked for in all that is public.

Through HTTP: every route, its errors, the stream of events, searches; the pages and
tiles; what the program writes: exports of every form, reports, the site, the bundle;
and what the service logs meanwhile.
"""

import asyncio
import base64
import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest

from pamiers.app.pages.catalogue import SINGLE, WHOLE, page
from pamiers.app.pages.marks import Wanted
from pamiers.app.pages.readers import reader_of
from pamiers.app.publication import write_bundle_of
from pamiers.app.site import _names as names_of_pages
from pamiers.app.wiring import now, opened
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message
from tests.integration.service.planted import met
from tests.integration.service.serving import prepared
from tests.integration.service.test_every_cell import STREAM, routes
from tests.unit.app.calling import answer

pytestmark = pytest.mark.integration
#: planted by field; `post-1` and `post-2` lie in what `prepared` files
WORDS = (
    *("canary-words", "38.123456", "48.654321", "post-1", "post-2"),
    *("canarysource", "canarykey", "canarytext", "canaryobserver", "canaryplace"),
    *("canaryclosed", "canaryraw", "canaryfile", "canaryofficer", "canaryreason"),
    *("canaryteller", "canaryheld", "38.987654", "48.987651", "canarypatrol"),
    *("canaryphoto", "canarynote"),
)
PHOTO = b"canaryphoto"  #: its digest, which a report tells, is looked for with it
DIGEST = hashlib.sha256(PHOTO).hexdigest()
CLOSED = {
    "text": "canaryclosed",
    "observer": '{"name":"canaryobserver","lat":48.987651,"lon":38.987654}',
    "place": "canaryplace",
    "lon": 38.987654,
    "lat": 48.987651,
    "extra": json.dumps({"photos": DIGEST, "remark": "canarynote"}),
}
OPEN = {"text": "canarytext", "observer": CLOSED["observer"]}
HELD = {"text": "canaryheld"}
ROWS = (
    "source,key,start,end,lat,lon,radius_m,kind,count,canarycolumn\n"
    "canarypatrol,1,2020-08-01T09:00Z,2020-08-01T09:05Z,canaryraw,38.0,300,fire,1,x\n"
)


def planted(folder: Path) -> dict[str, str]:
    """Plant words in a mission, and return the tokens of who did."""
    refused = folder.parent / "canaryfile.csv"
    refused.write_text(ROWS)
    answer("ingest", folder, refused, "--format", "pamiers-csv", code=3)
    said = ("--by", "canaryofficer", "--reason", "canaryreason")
    answer("fuse", folder)
    answer("incident", "withdraw", folder, "post-2:b1", *said)
    answer("fuse", folder)
    answer("assess", folder)
    return {
        "canaryteller": token_of(folder, "canaryteller", "observer", sources=("*",)),
        "canaryofficer": token_of(folder, "canaryofficer", "monitor", sources=("*",)),
    }


def sent(running: Inside, tokens: dict[str, str]) -> None:
    """Send what is open, what is closed and what is held, each with words in it."""
    for said in (
        message("canarykey", "canarysource", row=OPEN, label="public"),
        message("canarykey2", "canarysource", row=CLOSED, label="parties"),
        message("canarykey3", "canarysource", row=CLOSED, label="commission"),
        message("canarykey4", "canarysource", row=CLOSED, label="confidential"),
        message("canarykey", "canarysource", row=HELD, label="public"),
    ):
        done = running.ask("/api/messages", said, token=tokens["canaryteller"])
        assert done.status in {201, 202, 409}, done.body
    done = running.ask(
        f"/api/attachments/{DIGEST}",
        PHOTO,
        method="PATCH",
        token=tokens["canaryteller"],
        upload_offset="0",
        upload_length=str(len(PHOTO)),
    )
    assert done.json["complete"], done.body


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Inside, Path]]:
    folder = prepared(tmp_path_factory.mktemp("planted") / "mission")
    tokens = planted(folder)
    with inside(folder) as running:
        sent(running, tokens)
        assert running.ask("/api/incidents?wait=60").status == 200
        yield running, folder


def check(told: bytes, where: str, asked: str = "") -> None:
    """Expect none of the words but those that who asks has said himself."""
    found = {each for each in met(told, WORDS) if each[0] not in asked}
    assert found == set(), where


def ids(running: Inside) -> dict[str, list[str]]:
    """Return what the public may name in an address, by what it is called there."""
    found: dict[str, list[str]] = {}
    for name in ("incidents", "findings"):
        told = running.ask(f"/api/{name}?limit=50")
        found[name] = [each["key"] for each in told.json["items"]]
    return {"key": [*found["incidents"], *found["findings"][:3], "canarykey", "0"]}


def addresses(running: Inside, path: str) -> Iterator[str]:
    """Yield a route with all that may stand in it."""
    named = {"what": ["observation", "coverage", "statement", "total", "tally"]}
    named |= {"name": ["incidents", "zones", "observations", "0"], **ids(running)}
    some = [path]
    for name in ("key", "what", "name"):
        mark = "{" + name + "}"
        some = [
            each.replace(mark, one)
            for each in some
            for one in (named[name] if mark in each else [""])
        ]
    for each in some:
        yield each.split("{", maxsplit=1)[0] + ("0" if "{" in each else "")


QUERIES = ("", "?limit=999", "?text=canary&q=canary", "?edition=commission", "?limit=x")


def test_no_answer_of_the_service_holds_them(
    world: tuple[Inside, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    running, _ = world
    asked = 0
    for method, path, _ in list(routes(running)):
        if path == STREAM or method == "HEAD":
            continue
        for at in addresses(running, path):
            for query in QUERIES if method == "GET" else ("",):
                body = {"canary": 1} if method != "GET" else None
                told = running.ask(f"{at}{query}", body, method=method)
                whole = told.body + json.dumps(told.headers).encode()
                check(whole, f"{method} {at}{query}", at)
                asked += 1
    assert asked > 200
    logged = capfd.readouterr()
    check((logged.out + logged.err).encode(), "log")


def test_no_event_holds_them(world: tuple[Inside, Path]) -> None:
    running, _ = world
    found = bytearray()
    scope = {
        "type": "http",
        "method": "GET",
        "path": STREAM,
        "raw_path": STREAM.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"here")],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("here", 80),
        "client": ("127.0.0.1", 1),
        "asgi": {"version": "3.0"},
    }

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(part: Any) -> None:  # noqa: ANN401 - an ASGI message
        found.extend(part.get("body", b""))

    async def listen() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await running.app(scope, receive, send)

    asyncio.run(listen())
    assert b"event: record" in found
    check(bytes(found), STREAM)


def test_no_page_and_no_tile_holds_them(world: tuple[Inside, Path]) -> None:
    _, folder = world
    with opened(folder) as mission:
        reader = reader_of(mission, "public", folder=folder)
        names = [*names_of_pages(reader, now()), *(n for n in WHOLE if n != "import")]
        assert {each.partition("/")[0] for each in names} >= {"incident", "finding"}
        assert set(SINGLE) >= {"incident", "known"}
        for name in names:
            check(orjson.dumps(page(reader, name, now())), name)
        marks = reader.marks()
        check(orjson.dumps(marks.listed(Wanted(), 0, 500)), "list of marks")
        assert not len(marks) or not marks.chosen(Wanted(text="canary")).any()
        tiles = b"".join(marks.tile(Wanted(), z, 0, 0) for z in range(3))
        check(tiles, "tiles")


def test_nothing_that_is_written_holds_them(
    world: tuple[Inside, Path], tmp_path: Path
) -> None:
    _, folder = world
    for form in ("jsonl", "csv", "xlsx", "gpkg"):
        asked = () if form == "jsonl" else ("--format", form)
        answer("export", folder, "-o", tmp_path / f"export-{form}", *asked)
    for form in ("html", "pdf", "json", "geojson", "svg"):
        for day in ("2020-08-01", "2020-08-02"):
            target = tmp_path / f"{day}.{form}"
            answer("report", folder, "--day", day, "--format", form, "-o", target)
    write_bundle_of(folder, tmp_path / "record.zip", edition="public")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pamiers.app.site.front_files", lambda: {"i": b""})
        answer("site", folder, "-o", tmp_path / "site")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 40
    for path in files:
        check(path.read_bytes(), str(path.relative_to(tmp_path)))
        check(str(path.relative_to(tmp_path)).encode(), "name of a file")


@pytest.mark.parametrize("at", range(3))
def test_whoever_looks_finds_them_however_they_are_wrapped(at: int) -> None:
    word = "canarysource"
    plain = b"x" * at + word.encode() + b"yz"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.gz", gzip.compress(base64.b64encode(plain)))
    for data in (
        plain,
        base64.b64encode(plain),
        plain.hex().encode(),
        word.encode("utf-16-le"),
        gzip.compress(plain),
        packed.getvalue(),
        b"stream\n" + zlib.compress(plain) + b"endstream",
    ):
        assert met(data, (word,)) != set(), data[:20]
    assert met(b"nothing of it", (word,)) == set()
