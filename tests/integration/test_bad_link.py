"""Journeys over a bad link, with the service killed on the way.

A short link is bad in kind and quick in time; `make soak` takes the one of 64 kbit/s,
two seconds there and back, and every fifth packet lost.
"""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from pamiers.app.enrolled import enrol
from pamiers.app.wiring import opened
from pamiers.mission.messages.filing import KIND
from tests.integration.browsing import PATIENCE_MS, chromium, needs
from tests.integration.lossy import BAD, Link, Router, routed
from tests.integration.program import answer
from tests.integration.service.inside import token_of
from tests.integration.service.notes import public
from tests.integration.service.serving import Serving, prepared, serving
from tests.integration.service.test_senders import PARTIES, enrolment
from tests.integration.test_field_form import (
    HERE,
    WIDE,
    nothing_in_three_taps,
    report_a_shot_from_a_named_place,
    set_up,
    tap,
    unsent,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = needs("service-worker.js")
LINK = (
    BAD
    if os.environ.get("PAMIERS_LINK") == "bad"
    else Link(bytes_s=80_000, round_trip_s=0.2, lost=0.2)
)
expect.set_options(timeout=PATIENCE_MS)
FIVE_SECONDS_BYTES = 40_000  #: at 64 kbit/s


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Start the machine's Chromium once."""
    with chromium() as started:
        yield started


def port_of(service: Serving) -> int:
    return int(urlsplit(service.address).port or 0)


def killed(service: Serving) -> None:
    service.process.send_signal(signal.SIGKILL)
    service.process.wait(10)


def phone_of(browser: "Browser", router: Router) -> "BrowserContext":
    context = browser.new_context(
        locale="uk",
        viewport={"width": WIDE, "height": 740},
        has_touch=True,
        geolocation=HERE,
        permissions=["geolocation"],
        base_url=router.address,
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def known(service: Serving, folder: Path, body: dict[str, object]) -> None:
    """Have both parties enrol a phone with the service."""
    headers = {
        "Authorization": f"Bearer {token_of(folder, 'admin', 'admin')}",
        "Content-Type": "application/json",
    }
    for party, seed in PARTIES.items():
        key = {"party": party, "key": public(seed)}
        told = service.ask("/api/party-keys", key, **headers)
        assert told.status == 201, told.body
    told = service.ask("/api/devices", enrolment(**body), **headers)
    assert told.status == 201, told.body


def heard_an_explosion(page: "Page") -> None:
    """Report an explosion that was heard."""
    for key in ("field.new", "kind.explosion", "means.heard", "field.save"):
        tap(page, key)
    page.locator(".begin").wait_for()


def test_reports_of_a_patrol_come_once_though_the_service_is_killed(
    browser: "Browser", tmp_path: Path
) -> None:
    folder = prepared(tmp_path / "m")
    with serving(folder) as first, routed(port_of(first)) as router:
        first.wait_for_pages()
        phone = phone_of(browser, router)
        page = phone.new_page()
        page.goto("/field")
        set_up(page)
        known(first, folder, json.loads(page.locator("pre").inner_text()))
        phone.set_offline(True)
        heard_an_explosion(page)
        report_a_shot_from_a_named_place(page)
        nothing_in_three_taps(page)
        unsent(page, 3)
        router.link = LINK
        phone.set_offline(False)
        page.locator(".unsent button").click(force=True)
        unsent(page, 2)
        killed(first)
        page.locator(".unsent button").click(force=True)
        with serving(folder, "--port", str(router.to)):
            for _ in range(5):  # somebody in a hurry
                page.locator(".unsent button").click(force=True, no_wait_after=True)
            unsent(page, 0)
        phone.close()
    with opened(folder) as mission:
        taken = [each for each in mission.record.entries() if each.kind == KIND]
        assert len({each.index for each in taken}) == len(taken) == 3


def with_a_case(folder: Path) -> Path:
    answer("init", folder, "--agreement", "jmc-joint-visit")
    opening = ("complaint=k1", "clause=no-fire", "party=north", "by=south", "case=c1")
    answer("case", "open", folder, *opening)
    return folder


def sign_in(form: "Locator", password: str) -> None:
    form.get_by_label("Name").fill("petro")
    form.get_by_label("Password").fill(password)
    form.get_by_label("Password").press("Enter")


def write_down(page: "Page") -> None:
    page.get_by_role("button", name="Put on record").press("Enter")


def test_a_reply_is_recorded_once_though_the_service_is_killed(
    browser: "Browser", tmp_path: Path
) -> None:
    folder = with_a_case(tmp_path / "m")
    password = str(enrol(folder, "petro", ["party"], "north", [])["token"])
    with serving(folder) as first, routed(port_of(first)) as router:
        first.wait_for_pages()
        router.link = LINK
        context = browser.new_context(base_url=router.address, locale="en")
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/case/c1")
        page.get_by_role("button", name="Sign in").click()
        sign_in(page.locator("dialog"), password)
        page.wait_for_selector(".acts form")
        page.locator(".acts textarea").first.fill("Our post logged no fire.")
        killed(first)
        write_down(page)
        expect(page.locator(".acts [role=status]")).not_to_be_empty()
        assert page.locator(".acts textarea").first.input_value() != ""
        with serving(folder, "--port", str(router.to)) as again:
            again.wait_for_pages()
            write_down(page)
            sign_in(page.locator(".acts"), password)  # sessions ended with the service
            expect(page.locator(".acts [role=status]")).to_be_empty()
            write_down(page)
            page.get_by_text("On record.", exact=True).wait_for()
            told = ".beside blockquote:has-text('Our post logged no fire.')"
            expect(page.locator(told)).to_have_count(1)
            page.reload()
            expect(page.locator(told)).to_have_count(1)
        context.close()


def test_the_public_report_comes_in_five_seconds_at_64_kbit(
    browser: "Browser", tmp_path: Path
) -> None:
    with serving(prepared(tmp_path / "m")) as service, routed(port_of(service)) as way:
        service.wait_for_pages()
        context = browser.new_context(base_url=way.address, java_script_enabled=False)
        context.set_default_timeout(PATIENCE_MS)
        reader = context.new_page()
        way.link = LINK
        reader.goto("/reports/files/2020-08-01-en.html")
        assert reader.locator("h1").count() == 1
        assert reader.locator("main table").count() >= 1
        assert 0 < way.passed <= FIVE_SECONDS_BYTES
        context.close()
