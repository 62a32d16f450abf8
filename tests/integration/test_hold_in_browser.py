"""The stress test and the plan of posts as a browser shows them to the public."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.browsing import PATIENCE_MS, chromium, grave, needs
from tests.integration.program import answer
from tests.unit.app.test_would_hold import CANARY, planted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("index.html")
PAGES = ("/deterrence", "/deployment")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output free of requests."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the public site of a mission whose sites have planted names."""
    folder = tmp_path_factory.mktemp("hold")
    answer("init", folder / "m", "--agreement", planted(folder / "a"))
    answer("site", folder / "m", "-o", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


def opened(browser: "Browser", **asked: object) -> "Page":
    context = browser.new_context(**asked)  # type: ignore[arg-type]  # its own options
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def show(page: "Page", address: str, path: str) -> None:
    page.goto(f"{address}#{path}")
    page.wait_for_selector(f"article.hold[data-page='{path}']")


def test_no_place_or_gap_lies_in_the_public_site(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    assert (site / "data" / "deployment" / "lv.json") in files
    found = {name for path in files for name in CANARY.findall(path.read_bytes())}
    assert found == set()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "look",
    [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
def test_a_page_is_accessible_in_every_light(
    browser: "Browser", address: str, path: str, look: dict[str, object]
) -> None:
    page = opened(browser, locale="en", **look)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    show(page, address, path)
    assert grave(page) == set()
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_in_ukrainian_scrolls_one_way_only(
    browser: "Browser", address: str, path: str
) -> None:
    phone = opened(
        browser, locale="uk", viewport={"width": 360, "height": 740}, has_touch=True
    )
    show(phone, address, path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for each in phone.locator("details > summary").all():
        each.click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.context.close()


def test_what_a_picture_shows_is_opened_as_a_table_by_keys(
    browser: "Browser", address: str
) -> None:
    page = opened(browser, locale="en")
    show(page, address, "/deterrence")
    first = page.locator("figure").first
    assert first.locator("svg").first.get_attribute("aria-hidden") == "true"
    assert not first.locator("table").is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator("table").is_visible()
    headings = page.locator("h2").all_inner_texts()
    assert headings[0] == "What this is, and what it is not"
    page.context.close()


def test_everybody_reads_bands_and_no_chance(browser: "Browser", address: str) -> None:
    page = opened(browser, locale="en")
    show(page, address, "/deployment")
    table = page.get_by_role("table").first
    noticed = table.locator("tbody tr td:last-child").all_inner_texts()
    assert noticed
    assert set(noticed) <= {f"{low} to {low + 25} %" for low in (0, 25, 50, 75)}
    assert page.locator("main figure, #protected").count() == 0
    page.context.close()


def test_another_language_is_chosen_on_the_page(
    browser: "Browser", address: str
) -> None:
    page = opened(browser, locale="en")
    show(page, address, "/deterrence")
    page.get_by_label("Language").select_option("lv")
    page.wait_for_selector("h1:has-text('Vai tas turētos?')")
    page.context.close()
