"""The pages as a browser shows them: usable, accessible, and asking no other host."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.integration.browsing import PATIENCE_MS, STATIC, chromium, grave, needs
from tests.integration.program import answer, begun

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("index.html")
ROWS = """source,key,start,end,lat,lon,radius_m,kind,count
osce,1,2020-07-27T10:00:00+03:00,2020-07-27T10:05:00+03:00,48.0,37.8,1000,explosion,3
osce,2,2020-07-28T11:00:00+03:00,2020-07-28T11:05:00+03:00,48.1,37.9,1000,shot,12
"""
GPU = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
#: page -> what has to be on it
PAGES = {
    "/": ".map[data-ready=yes]",
    "/findings": "main select",
    "/cases": ".tiles",
    "/queue": ".note",
    "/commission": ".note",
    "/hotline": ".note",
    "/sources": ".note",
    "/import": ".note",
    "/admin": ".note",
    "/calendar": "table",
    "/agreement": ".item",
    "/coverage": "h1",
    "/deterrence": ".note",
    "/deployment": ".note",
    "/record": "table",
    "/report": ".days",
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output free of requests."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public site of a small mission on this machine."""
    folder = tmp_path_factory.mktemp("browser")
    mission = begun(folder / "m")
    (folder / "a.csv").write_text(ROWS)
    answer("ingest", mission, folder / "a.csv")
    answer("fuse", mission)
    answer("site", mission, "-o", folder / "site")
    handler = partial(_Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Start the machine's Chromium once."""
    with chromium(*GPU) as started:
        yield started


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """Open an empty page that fails the test where a script fails."""
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def show(page: "Page", address: str, path: str, wanted: str) -> None:
    page.goto(f"{address}#{path}")
    page.wait_for_selector(wanted)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_asks_no_other_host(
    page: "Page", address: str, path: str
) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    show(page, address, path, PAGES[path])
    outside = {u for u in asked if not u.startswith((address, "blob:", "data:"))}
    assert outside == set()
    assert grave(page) == set()


def test_an_incident_is_chosen_by_keys_alone_and_leads_to_its_finding(
    page: "Page", address: str
) -> None:
    show(page, address, "/", ".map[data-ready=yes]")
    page.keyboard.press("j")
    page.wait_for_selector(".list [aria-current=true]")
    assert "incident=" in page.url
    page.locator(".list [aria-current=true] a").press("Enter")
    page.wait_for_selector(".facts")
    page.locator(".card a").first.press("Enter")
    page.wait_for_selector(".tree")
    assert "#/finding/" in page.url
    page.go_back()
    page.wait_for_selector("h1:has-text('explosion'), h1:has-text('Explosion')")


def test_the_days_and_the_filter_say_how_many_are_shown(
    page: "Page", address: str
) -> None:
    show(page, address, "/?from=2020-07-28&to=2020-07-28", ".map[data-ready=yes]")
    assert page.locator(".count").inner_text() == "1 of 2 shown"
    page.get_by_role("button", name="all days").click()
    page.wait_for_selector(".count:has-text('2 of 2 shown')")


def test_days_are_compared_played_and_paused_by_keys(
    page: "Page", address: str
) -> None:
    show(page, address, "/?from=2020-07-28&to=2020-07-28", ".map[data-ready=yes]")
    page.get_by_role("button", name="Compare with earlier days").press("Enter")
    page.wait_for_url("**than=2020-07-27**")
    page.get_by_role("slider", name="Earlier days begin").wait_for()
    page.get_by_role("button", name="Compare with earlier days").press("Enter")
    page.locator("main").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**from=2020-07-27&to=2020-07-27**")  # anew from the first day
    page.wait_for_url("**from=2020-07-28&to=2020-07-28**")  # and on by itself


def test_enlarged_four_times_nothing_is_wider_than_the_window(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(locale="en", viewport={"width": 320, "height": 256})
    context.set_default_timeout(PATIENCE_MS)
    enlarged = context.new_page()
    for path, wanted in PAGES.items():
        show(enlarged, address, path, wanted)
        assert enlarged.evaluate("document.documentElement.scrollWidth") <= 320, path
    enlarged.goto(f"{address}reports/files/2020-07-27-en.html")
    assert enlarged.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_phone_in_ukrainian_scrolls_one_way_only(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(
        locale="uk", viewport={"width": 360, "height": 740}, has_touch=True
    )
    context.set_default_timeout(PATIENCE_MS)
    phone = context.new_page()
    for path, wanted in PAGES.items():
        show(phone, address, path, wanted)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
    assert phone.locator("nav a").first.inner_text() == "Обстановка"
    context.close()


def test_the_daily_report_needs_no_script(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    reader = context.new_page()
    sizes: list[int] = []
    reader.on("response", lambda answer: sizes.append(len(answer.body())))
    reader.goto(f"{address}reports/files/2020-07-27-en.html")
    assert reader.locator("h1").count() == 1
    assert sum(sizes) <= 150_000
    context.close()


def test_the_bundle_keeps_its_budget() -> None:
    scripts = sorted(STATIC.rglob("assets/*.js"))
    ours = [path for path in scripts if "map" not in path.name]
    assert ours
    assert sum(len(gzip.compress(path.read_bytes())) for path in ours) <= 350_000


def test_what_is_pressed_is_framed_where_the_device_gives_the_colours(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(locale="en", forced_colors="active")
    context.set_default_timeout(PATIENCE_MS)
    forced = context.new_page()
    show(forced, address, "/findings", "main select")
    frames = forced.evaluate(
        "[...document.querySelectorAll('.tile')].map((e) => "
        "[e.ariaPressed, getComputedStyle(e).outlineStyle])"
    )
    assert {style for pressed, style in frames if pressed == "true"} == {"solid"}
    assert {style for pressed, style in frames if pressed == "false"} == {"none"}
    signs = forced.evaluate(
        "[...new Set([...document.querySelectorAll('.tile .sign')].map((e) => "
        "getComputedStyle(e).color))]"
    )
    assert len(signs) == 1  # no sign has the colour of a ground that is not there
    context.close()
