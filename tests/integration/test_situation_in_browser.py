"""The situation in a browser: what was known when, map beside list, and the feed."""

import http.server
import math
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.integration.browsing import PATIENCE_MS, chromium, needs
from tests.integration.program import answer, begun

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs("index.html")
GPU = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
HEAD = "source,key,start,end,lat,lon,radius_m,kind,count\n"
FIRST = (48.0, 37.8)
SECOND = (48.1, 37.9)
ROWS = (
    "osce,1,2020-07-27T10:00:00+03:00,2020-07-27T10:05:00+03:00,48.0,37.8,1000,shot,3\n",
    "osce,2,2020-07-28T11:00:00+03:00,2020-07-28T11:05:00+03:00,48.1,37.9,1000,burst,2\n",
)
_TILE = 512  #: pixels of the world at zoom 0, as MapLibre counts them
_PADDING, _MOST_ZOOM = 40, 10
_TICK_S = 1.1  #: what is recorded within one second became known at one instant


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output free of requests."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose second report came after the first had been weighed."""
    folder = tmp_path_factory.mktemp("situation")
    mission = begun(folder / "m")
    for number, row in enumerate(ROWS):
        (folder / f"{number}.csv").write_text(HEAD + row)
        time.sleep(_TICK_S)
        answer("ingest", mission, folder / f"{number}.csv")
        answer("fuse", mission)
    answer("site", mission, "-o", folder / "site")
    handler = partial(_Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def page(address: str) -> Iterator["Page"]:
    with chromium(*GPU) as browser:
        context = browser.new_context(
            locale="en",
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
            base_url=address,
        )
        context.set_default_timeout(PATIENCE_MS)
        opened = context.new_page()
        opened.goto("#/")
        opened.wait_for_selector(".map[data-drawn]", state="attached")
        yield opened


def counted(page: "Page", n: int, of: int) -> None:
    page.wait_for_selector(f".count:has-text('{n} of {of} shown')")


def test_what_was_known_then_is_shown_by_keys_and_left_again(page: "Page") -> None:
    counted(page, 2, 2)
    slider = page.get_by_role("slider", name="What was known when")
    assert slider.get_attribute("aria-valuetext") == "as known now"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    counted(page, 1, 1)
    assert "known=" in page.url
    assert "Burst" not in page.locator(".list").inner_text()
    told = slider.get_attribute("aria-valuetext") or ""
    assert told.startswith("as known ")
    assert told != "as known now"
    page.reload()  # the address alone says so again
    counted(page, 1, 1)
    page.get_by_role("button", name="Back to now").press("Enter")
    counted(page, 2, 2)
    assert "known=" not in page.url


def mercator(lat: float, lon: float) -> tuple[float, float]:
    north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return (lon + 180.0) / 360.0, (1.0 - north / math.pi) / 2.0


def pixel(spot: tuple[float, float], size: tuple[float, float]) -> tuple[float, float]:
    """Return where a map that fits both incidents draws one of them."""
    (ax, ay), (bx, by) = mercator(*FIRST), mercator(*SECOND)
    wide, tall = size[0] - 2 * _PADDING, size[1] - 2 * _PADDING
    scale = min(wide / abs(bx - ax), tall / abs(by - ay), _TILE * 2.0**_MOST_ZOOM)
    x, y = mercator(*spot)
    return (
        size[0] / 2 + (x - (ax + bx) / 2) * scale,
        size[1] / 2 + (y - (ay + by) / 2) * scale,
    )


@pytest.mark.parametrize(("spot", "kind"), [(FIRST, "Shot"), (SECOND, "Burst")])
def test_a_mark_on_the_map_and_a_line_of_the_list_are_one(
    page: "Page", spot: tuple[float, float], kind: str
) -> None:
    canvas = page.locator(".maplibregl-canvas")
    box = canvas.bounding_box()
    assert box is not None
    x, y = pixel(spot, (box["width"], box["height"]))
    canvas.click(position={"x": x, "y": y})
    current = page.locator(".list [aria-current=true]")
    current.wait_for()
    assert kind in current.inner_text()
    assert "incident=" in page.url


def test_the_list_of_reports_leads_to_a_feed_whose_links_lead_to_reports(
    page: "Page", address: str
) -> None:
    page.goto("#/report")
    link = page.get_by_role("link", name="Feed of new reports (Atom)")
    where = str(link.evaluate("each => each.href"))
    feed = page.request.get(where)
    assert feed.ok
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(feed.body())  # noqa: S314 - made here
    entries = root.findall(f"{atom}entry")
    assert len(entries) == len(page.locator(".days li").all()) >= 2
    for each in entries:
        (told,) = (e.get("href", "") for e in each.findall(f"{atom}link"))
        found = page.request.get(f"{address}reports/{told}")
        assert found.ok, told
        assert "<script" not in found.text()
    plain = page.get_by_role("link", name="The list without scripts")
    assert page.request.get(str(plain.evaluate("each => each.href"))).ok
