"""The field form on a phone: no link, a killed tab, and one receipt for each report."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pamiers.app.pages.words import words
from tests.integration.browsing import AXE, CHROMIUM, PATIENCE_MS, grave, needs
from tests.integration.service.serving import prepared, serving

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Geolocation, Page, Route

pytestmark = needs("service-worker.js")
WORDS = words("uk")["words"]
HERE: "Geolocation" = {"latitude": 48.0159, "longitude": 37.8028, "accuracy": 12}
WIDE = 360


def said(key: str, **params: object) -> str:
    return str(WORDS[key]).format(**params)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(prepared(tmp_path_factory.mktemp("field") / "m")) as service:
        service.wait_for_pages()
        yield service.address


@pytest.fixture
def phone(address: str) -> Iterator["BrowserContext"]:
    """Carry a phone that speaks Ukrainian and knows where it is."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, optional

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        context = browser.new_context(
            locale="uk",
            viewport={"width": WIDE, "height": 740},
            has_touch=True,
            geolocation=HERE,
            permissions=["geolocation"],
            base_url=address,
        )
        context.set_default_timeout(PATIENCE_MS)
        yield context
        browser.close()


def opened(phone: "BrowserContext") -> "Page":
    page = phone.new_page()
    page.on("console", lambda message: refused(message.text))
    page.goto("/field")
    return page


def refused(text: str) -> None:
    """Fail where the policy of contents kept something from the page."""
    assert "Content Security Policy" not in text, text


def tap(page: "Page", key: str) -> None:
    page.get_by_role("button", name=said(key), exact=True).click()


def set_up(page: "Page") -> None:
    page.get_by_label(said("field.device_name")).fill("patrol-3-phone")
    page.get_by_label(said("field.source")).fill("patrol-3")
    tap(page, "field.make_key")
    ready = said("field.ready_until", date="|").split("|", maxsplit=1)[0]
    page.locator(".supply", has_text=ready).wait_for()


def begin_an_explosion(page: "Page") -> None:
    tap(page, "field.new")
    tap(page, "kind.explosion")
    tap(page, "means.heard")
    tap(page, "field.count_more")
    page.get_by_label(said("field.number"), exact=True).fill("10")
    page.get_by_label(said("field.note")).fill("дим на півночі")
    page.get_by_text(said("field.within", m=12)).wait_for()


def report_a_shot_from_a_named_place(page: "Page") -> None:
    tap(page, "field.new")
    tap(page, "kind.shot")
    tap(page, "means.saw")
    page.get_by_role("group", name=said("field.when")).get_by_text(
        said("field.about")
    ).click()
    tap(page, "field.way_away")
    page.get_by_label(said("field.from")).select_option("Донецьк")
    tap(page, "wind.nw")
    page.get_by_label(said("field.distance")).fill("6")
    page.locator(".drawn .way").wait_for()
    page.get_by_role("button", name=said("field.save")).click(click_count=5)
    page.locator(".begin").wait_for()


def nothing_in_three_taps(page: "Page") -> None:
    tap(page, "field.nothing")
    page.get_by_role("button", name="4 години").click()
    tap(page, "field.save")
    page.locator(".begin").wait_for()


def unsent(page: "Page", n: int) -> None:
    page.wait_for_selector(f'.unsent[data-unsent="{n}"]')


def is_usable(page: "Page") -> None:
    """Check that nothing is wider than the phone, and that axe finds nothing grave."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
    if AXE.exists():
        assert grave(page) == set()


class Headquarters:
    """Takes messages as the service does, and checks whose they are."""

    def __init__(self, key: str) -> None:
        self.key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        self.known: dict[str, dict[str, Any]] = {}
        self.asked = 0

    def __call__(self, route: "Route") -> None:
        """Answer one message; the first one is left without an answer."""
        self.asked += 1
        given = json.loads(route.request.post_data or "")
        text = given["message"].encode()
        signature = base64.b64decode(given["signature"])
        self.key.verify(signature, b"pamiers message\n" + text)
        message = json.loads(text)
        receipt = {
            "source": message["source"],
            "id": message["id"],
            "sha256": hashlib.sha256(text).hexdigest(),
            "status": "recorded",
            "entry": 48_213,
        }
        self.known.setdefault(message["id"], {**message, "sha256": receipt["sha256"]})
        if self.asked == 1:
            route.abort()
        else:
            route.fulfill(status=201, json=receipt)


def test_three_reports_without_a_link_and_a_killed_tab(phone: "BrowserContext") -> None:
    page = opened(phone)
    set_up(page)
    key = json.loads(page.locator("pre").inner_text())["key"]
    phone.set_offline(True)
    begin_an_explosion(page)
    is_usable(page)
    page.close()  # killed in the middle

    page = opened(phone)
    assert page.get_by_label(said("field.note")).input_value() == "дим на півночі"
    assert page.get_by_label(said("field.number"), exact=True).input_value() == "10"
    tap(page, "field.save")
    report_a_shot_from_a_named_place(page)
    nothing_in_three_taps(page)
    unsent(page, 3)
    is_usable(page)

    headquarters = Headquarters(key)
    page.route("**/api/messages", headquarters)
    phone.set_offline(False)
    for _ in range(5):
        page.locator(".unsent button").click(force=True, no_wait_after=True)
    unsent(page, 0)
    assert page.get_by_text("запис 48213").count() == 3
    sent = sorted(headquarters.known.values(), key=lambda each: int(each["seq"]))
    assert [each["seq"] for each in sent] == [1, 2, 3]
    assert [each["kind"] for each in sent] == ["observation"] * 2 + ["coverage"]
    assert (sent[0]["row"]["count_low"], sent[0]["row"]["means"]) == (11, "heard")
    before = [json.loads(each["row"]["extra"])["previous"] for each in sent]
    assert before == ["none", sent[0]["sha256"], sent[1]["sha256"]]


def test_everything_is_destroyed_in_two_taps(phone: "BrowserContext") -> None:
    page = opened(phone)
    set_up(page)
    tap(page, "field.wipe")
    tap(page, "field.wipe_sure")
    page.wait_for_url("about:blank")
    page.goto("/field")
    page.get_by_label(said("field.device_name")).wait_for()
    page.goto("about:blank")
