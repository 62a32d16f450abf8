"""Pages over HTTP: what the static site has, at addresses, for whoever asks."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from pamiers.app import begin, receive
from pamiers.app.pages import happened
from pamiers.app.pages.catalogue import WHOLE, page
from pamiers.app.pages.readers import reader_of
from pamiers.app.web import pages as module
from pamiers.app.weigh import weighed_of
from pamiers.app.weighed import Weigh
from pamiers.app.wiring import opened
from pamiers.mission.mission import Mission
from tests.shared import ROOT
from tests.unit.app.calling import answer, begun, csv, line
from tests.unit.app.tiles import decoded

NOW = datetime(2020, 8, 10, tzinfo=UTC)
INDEX = (ROOT / "web" / "index.html").read_bytes()
FRONT = {"index.html": INDEX, "assets/a-1.js": b"1", "land.json": b"{}"}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What pages are answered from; the edition is named by a header."""

    mission: Mission
    folder: Path
    clock: Callable[[], datetime] = lambda: NOW

    @property
    def shown(self) -> Mission:
        return self.mission

    @property
    def weigh(self) -> Weigh:
        return weighed_of

    @staticmethod
    def who(request: Request) -> SimpleNamespace:
        return SimpleNamespace(
            edition=request.headers.get("x-edition", "public"), placing=False
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("web")
    ticks = itertools.count()
    with pytest.MonkeyPatch.context() as patched:
        # The clock of each entry is its own, however fast the machine is.
        for each in (begin, receive):
            patched.setattr(each, "now", lambda: NOW + timedelta(seconds=next(ticks)))
        begun(folder / "m")
        answer("ingest", folder / "m", csv(folder / "a.csv", line("1")))
        answer("ingest", folder / "m", csv(folder / "b.csv", line("2", 5)))
    answer("fuse", folder / "m")
    with opened(folder / "m") as mission:
        yield Desk(mission=mission, folder=folder / "m")


@dataclass(frozen=True)
class Client:
    """Asks an application in this process."""

    app: Starlette

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Return the answer; `_` of a header's name stands for `-`."""
        return asyncio.run(self._asked(path, headers))

    async def _asked(self, path: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://p") as asker:
            return await asker.get(path, headers=named)


@pytest.fixture
def client(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(module, "front_files", lambda: FRONT)
    return Client(module.pages(desk))


@pytest.mark.parametrize("path", ["", *sorted(module.VIEWS - {""}), "finding/abc"])
def test_every_view_is_drawn_by_the_same_page(client: Client, path: str) -> None:
    found = client.get(f"/{path}")
    assert found.status_code == 200
    assert 'name="pamiers-routes" content="path"' in found.text
    assert 'name="pamiers-base" content="/"' in found.text


def test_an_address_of_nothing_is_missing(client: Client) -> None:
    assert client.get("/no-such").status_code == 404
    assert client.get("/data/no-such.json").status_code == 404
    assert client.get("/data/finding/none.json").status_code == 404
    assert client.get("/../../etc/passwd").status_code == 404
    assert client.get("/reports/files/yesterday-en.html").status_code == 404


def test_built_files_are_kept_by_the_browser(client: Client) -> None:
    found = client.get("/assets/a-1.js")
    assert found.content == b"1"
    assert "immutable" in found.headers["cache-control"]
    assert client.get("/land.json").headers["cache-control"] == "no-cache"


def test_data_are_what_the_site_would_hold(client: Client, desk: Desk) -> None:
    reader = reader_of(desk.shown, "public", live=desk.mission, folder=desk.folder)
    for name in WHOLE:
        held = orjson.loads(orjson.dumps(page(reader, name, NOW)))
        assert client.get(f"/data/{name}.json").json() == held


def test_data_are_of_the_edition_of_whoever_asks(client: Client) -> None:
    found = client.get("/data/situation.json").json()["incidents"]
    exact = client.get("/data/situation.json", x_edition="commission")
    assert found["radius_m"] != exact.json()["incidents"]["radius_m"]
    assert "private" in client.get("/data/about.json").headers["cache-control"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/data/findings.json")
    tag = first.headers["etag"]
    again = client.get("/data/findings.json", if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/data/findings.json", if_none_match=tag, x_edition="commission")
    assert other.status_code == 200


def test_a_daily_report_is_read_without_a_script(client: Client) -> None:
    found = client.get("/reports/files/2020-07-27-uk.html")
    assert found.status_code == 200
    assert 'lang="uk"' in found.text
    assert "<script" not in found.text
    policy = found.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert policy.count("sha256-") == found.text.count("<style>") > 0


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/reports/", "", "en"),
        ("/reports/", "de-DE,uk;q=0.8,en;q=0.5", "uk"),
        ("/reports/lv.html", "uk", "lv"),
        ("/reports/index.html", "uk", "en"),
    ],
)
def test_the_list_of_reports_is_read_without_a_script(
    client: Client, path: str, accepted: str, language: str
) -> None:
    found = client.get(path, accept_language=accepted)
    assert found.status_code == 200
    assert f'<html lang="{language}">' in found.text
    assert f'href="files/2020-07-27-{language}.html"' in found.text
    assert f'href="feed-{language}.xml"' in found.text
    assert "<script" not in found.text
    policy = found.headers["content-security-policy"]
    assert policy.count("sha256-") == found.text.count("<style>") > 0
    for each in re.findall(r'href="([^"#]+)"', found.text):
        assert client.get(f"/reports/{each}").status_code == 200, each


def test_the_page_of_the_site_is_told_apart() -> None:
    assert b'content="hash"' in INDEX
    assert b'content="hash"' not in module.served_index(INDEX)


def test_what_was_known_then_is_told_by_its_place(client: Client) -> None:
    now = client.get("/data/situation.json").json()
    assert now["knowledge"] == sorted(now["knowledge"])
    last = len(now["knowledge"]) - 1
    then = client.get(f"/data/known/{last}.json").json()
    assert sorted(then["incidents"]["key"]) == sorted(now["incidents"]["key"])
    first = client.get("/data/known/0.json").json()["incidents"]["key"]
    assert len(first) < len(now["incidents"]["key"])
    assert client.get("/data/known/99.json").status_code == 404
    assert client.get("/data/known/-1.json").status_code == 404


def test_rows_that_are_many_are_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = client.get("/data/outline/now.json").json()
    assert few == client.get("/data/situation.json").json()
    monkeypatch.setattr(happened, "FEW", 0)
    many = client.get("/data/outline/now.json").json()
    listed = client.get("/tiles/listed.json?limit=100").json()
    assert many == {**few, "incidents": None, "listed": listed}
    assert (
        many["total"] == sum(many["kinds"].values()) == sum(many["days"]["incidents"])
    )
    listed = client.get("/tiles/listed.json").json()
    assert listed["incidents"] == few["incidents"]
    assert client.get("/data/outline/99.json").status_code == 404


def test_tiles_and_lists_are_of_the_same_question(client: Client) -> None:
    for query in ("", "kind=shot", "known=0", "from=2020-07-28", "q=nowhere"):
        listed = client.get(f"/tiles/listed.json?{query}").json()
        tile = client.get(f"/tiles/0/0/0.mvt?{query}")
        assert tile.headers["content-type"] == "application/vnd.mapbox-vector-tile"
        drawn = sum(each["n"] for each in decoded(tile.content))
        assert drawn == listed["matched"], query
    assert len(client.get("/tiles/listed.json?limit=1").json()["incidents"]["key"]) == 1


def test_a_tile_is_sent_once_and_is_of_an_edition(client: Client) -> None:
    first = client.get("/tiles/3/4/2.mvt")
    tag = first.headers["etag"]
    assert "private" in first.headers["cache-control"]
    assert client.get("/tiles/3/4/2.mvt", if_none_match=tag).status_code == 304
    other = client.get("/tiles/3/4/2.mvt", if_none_match=tag, x_edition="commission")
    assert other.status_code == 200
    assert decoded(other.content)[0]["reach"] < decoded(first.content)[0]["reach"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tiles/15/0/0.mvt", 404),
        ("/tiles/1/2/0.mvt", 404),
        ("/tiles/0/0/0.mvt?known=99", 404),
        ("/tiles/0/0/0.mvt?from=yesterday", 400),
        ("/tiles/listed.json?offset=-1", 400),
    ],
)
def test_a_tile_that_is_none_is_refused(client: Client, path: str, status: int) -> None:
    found = client.get(path)
    assert found.status_code == status
    assert "expected" in found.json()["detail"]


def test_the_first_page_names_what_it_will_ask_for() -> None:
    front = {"assets/situation-1.js": b"", "assets/field-1.js": b"", "index.html": b""}
    told = module.hinted(module.served_index(INDEX), front).decode()
    assert 'rel="modulepreload" href="/assets/situation-1.js"' in told
    assert "field-1" not in told
    assert 'href="/data/outline/now.json"' in told
