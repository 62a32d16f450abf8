"""J1: a patrol reports from a phone without a link, then over a bad one.

The service is killed on the way. Steps are numbered as in docs/reference/journeys.md.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from pamiers.app.wiring import now, opened
from pamiers.mission.batch import unpack_lines
from pamiers.mission.messages.filing import KIND
from pamiers.mission.mission import Mission
from tests.integration.browsing import chromium, needs
from tests.integration.journeys.walking import (
    BAD_LINK,
    LINK,
    Keys,
    killed,
    port_of,
    stranger,
)
from tests.integration.lossy import GOOD, Link, Router, routed
from tests.integration.service.inside import token_of
from tests.integration.service.serving import Serving, prepared, serving
from tests.integration.test_bad_link import known
from tests.integration.test_field_form import HERE, said, set_up, tap, unsent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs("service-worker.js")
PHRASE = "correct horse battery"
OLD = timedelta(days=14)
WRONG = timedelta(hours=3)
#: a link that loses packets, quick in CI
LOSSY = LINK if BAD_LINK else Link(bytes_s=80_000, round_trip_s=0.1, lost=0.2)
WAIT_MS = 300_000
PHOTOS: Any = [
    {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": bytes([n]) * 90_000}
    for n in (1, 2)
]


@dataclass(slots=True)
class Walk:
    """A patrol's phone, the link, and headquarters."""

    folder: Path
    service: Serving
    router: Router
    phone: "BrowserContext"
    page: "Page"

    def reopened(self) -> None:
        """Kill the form, and open it again."""
        self.page.close()
        self.page = self.phone.new_page()
        self.page.goto("/field")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


def carried(browser: "Browser", router: Router) -> "Page":
    """Carry a phone of 360 pixels that knows where it is."""
    size: Any = {"width": 360, "height": 740}
    return stranger(
        browser,
        router.address,
        locale="uk",
        viewport=size,
        has_touch=True,
        geolocation=HERE,
        permissions=["geolocation"],
        accept_downloads=True,
    )


def test_a_patrol_reports_over_a_bad_link(browser: "Browser", tmp_path: Path) -> None:
    folder = prepared(tmp_path / "m")
    password = token_of(folder, "olena", "observer", sources=("patrol-3",))
    with ExitStack() as stack:
        service = stack.enter_context(serving(folder))
        router = stack.enter_context(routed(port_of(service)))
        service.wait_for_pages()
        page = carried(browser, router)
        walk = Walk(folder, service, router, page.context, page)
        it_is_ready_before_leaving(walk)
        an_observation_is_begun_without_a_link(walk)
        a_killed_form_opens_where_it_was(walk)
        a_grid_reference_is_typed_by_keys_alone(walk)
        nothing_observed_takes_three_taps(walk)
        the_outbox_goes_out_as_an_encrypted_file(walk, tmp_path)
        it_sends_once_though_the_service_is_killed(walk, stack, password)
        only_what_has_a_receipt_is_cleared_and_two_taps_destroy_all(walk)
        walk.phone.close()
    the_record_holds_what_was_said(folder)


def it_is_ready_before_leaving(walk: Walk) -> None:
    """J1.1: all is on the phone; until when, and room for how many photos."""
    walk.page.goto("/field")
    set_up(walk.page)
    about = json.loads(walk.page.locator("pre").inner_text())
    known(walk.service, walk.folder, about)
    told = walk.page.locator(".supply").inner_text()
    until = now().astimezone(ZoneInfo("Europe/Kyiv")) + timedelta(days=7)
    before, after = said("field.ready_until", date="|").split("|")
    assert told.startswith(f"{before}{until.day} "), told
    assert f" {until.year}" in told.removeprefix(before).split(after)[0], told
    room = said("field.room", n="|").split("|", maxsplit=1)[0]
    for_photos = [each for each in told.split(room)[1] if each.isdigit()]
    assert int("".join(for_photos)) > len(PHOTOS), told
    walk.page.get_by_text(said("field.clock_agrees")).wait_for()


def an_observation_is_begun_without_a_link(walk: Walk) -> None:
    """J1.2, J1.3, J1.4: at once; a fix in metres; about; more than ten; photos."""
    page = walk.page
    walk.phone.set_offline(True)
    begun = time.monotonic()
    tap(page, "field.new")
    page.get_by_role("button", name=said("kind.explosion"), exact=True).wait_for()
    assert time.monotonic() - begun < (1 if BAD_LINK else 15)
    tap(page, "kind.explosion")
    tap(page, "means.heard")
    tap(page, "field.count_more")
    page.get_by_label(said("field.number"), exact=True).fill("10")
    page.get_by_text(said("field.within", m=12)).wait_for()
    about = page.get_by_role("group", name=said("field.when"))
    about.get_by_text(said("field.about")).click()
    page.locator("input[type=date]").fill("2020-08-03")
    page.locator("input[type=time]").fill("00:10")
    page.locator("input[type=file]").set_input_files(PHOTOS)
    page.locator(".photos li").nth(1).wait_for()
    page.get_by_label(said("field.note")).fill("дим")


def a_killed_form_opens_where_it_was(walk: Walk) -> None:
    """J1.5: every field that was filled in is there."""
    walk.reopened()
    page = walk.page
    page.get_by_label(said("field.note")).wait_for()
    assert page.get_by_label(said("field.note")).input_value() == "дим"
    assert page.get_by_label(said("field.number"), exact=True).input_value() == "10"
    assert page.locator("input[type=time]").input_value() == "00:10"
    assert page.locator(".photos li").count() == 2
    tap(page, "field.save")
    page.locator(".begin").wait_for()


def a_grid_reference_is_typed_by_keys_alone(walk: Walk) -> None:
    """J1.2 again: MGRS, drawn with its square, from a keyboard."""
    keys, page = Keys(walk.page), walk.page
    for key in ("field.new", "kind.shot", "means.saw", "field.way_written"):
        keys.press(page.get_by_role("button", name=said(key), exact=True))
    keys.type(page.get_by_label(said("field.written")), "37U DP 10486 16996")
    page.locator(".drawn").first.wait_for()
    keys.press(page.get_by_role("button", name=said("field.save"), exact=True))
    page.locator(".begin").wait_for()
    keys.leaves_the_page()


def nothing_observed_takes_three_taps(walk: Walk) -> None:
    """J1.6, J1.7: a watch without a sight in three taps; three wait, numbered."""
    tap(walk.page, "field.nothing")
    walk.page.get_by_role("button", name="4 години").click()
    tap(walk.page, "field.save")
    walk.page.locator(".begin").wait_for()
    unsent(walk.page, 3)
    assert walk.page.locator(".outbox li[data-status=waiting]").count() == 3
    assert walk.page.evaluate("document.documentElement.scrollWidth") <= 360


def the_outbox_goes_out_as_an_encrypted_file(walk: Walk, home: Path) -> None:
    """J1.9: without a network, a file that opens by what the manual says."""
    page = walk.page
    page.locator("form.export input[type=password]").fill(PHRASE)
    with page.expect_download() as coming:
        tap(page, "field.export")
    target = home / "outbox.pamiers"
    coming.value.save_as(target)
    data = target.read_bytes()
    key = PBKDF2HMAC(SHA256(), 32, data[17:33], 600_000).derive(PHRASE.encode())
    held = json.loads(AESGCM(key).decrypt(data[33:45], data[45:], data[:17]))
    told = [json.loads(each["message"]) for each in held["messages"]]
    assert sorted(each["seq"] for each in told) == [1, 2, 3]
    assert len(held["photos"]) == 2
    assert b"patrol-3" not in data


def it_sends_once_though_the_service_is_killed(
    walk: Walk, stack: ExitStack, password: str
) -> None:
    """J1.8, J1.10: a receipt each, once; photos ask who it is, and go on in pieces."""
    page, send = walk.page, walk.page.locator(".unsent button")
    walk.router.link = LOSSY
    walk.phone.set_offline(False)
    send.click(force=True, no_wait_after=True)
    page.locator(".outbox li[data-status=confirmed]").first.wait_for(timeout=WAIT_MS)
    killed(walk.service)
    send.click(force=True, no_wait_after=True)
    again = serving(walk.folder, "--port", str(walk.router.to))
    walk.service = stack.enter_context(again)
    for _ in range(5):  # somebody in a hurry
        send.click(force=True, no_wait_after=True)
    confirmed = page.locator(".outbox li[data-status=confirmed]")
    confirmed.nth(2).wait_for(timeout=WAIT_MS)
    assert page.get_by_text("запис ").count() >= 3
    form = page.locator("form.export.note")
    form.wait_for(timeout=WAIT_MS)
    form.locator("input[type=text]").fill("olena")
    form.locator("input[type=password]").fill(password)
    form.locator("input[type=password]").press("Enter")
    if not BAD_LINK:
        walk.router.link = GOOD
    unsent(page, 0)
    wanted = [hashlib.sha256(each["buffer"]).hexdigest() for each in PHOTOS]
    deadline = time.monotonic() + WAIT_MS / 1000
    while not all(list(walk.folder.rglob(f"originals/*/{each}")) for each in wanted):
        assert time.monotonic() < deadline, "a photo did not arrive"
        page.wait_for_timeout(500)


def only_what_has_a_receipt_is_cleared_and_two_taps_destroy_all(walk: Walk) -> None:
    """J1.9 again: one that waits stays; then nothing is left to read."""
    page = walk.page
    walk.phone.set_offline(True)
    tap(page, "field.nothing")
    page.get_by_role("button", name="4 години").click()
    tap(page, "field.save")
    page.locator(".begin").wait_for()
    page.locator("section:has(> form.export) > p button").first.click()
    page.locator(".outbox li[data-status=confirmed]").first.wait_for(state="detached")
    assert page.locator(".outbox li[data-status=waiting]").count() == 1
    tap(page, "field.wipe")
    tap(page, "field.wipe_sure")
    page.wait_for_url("about:blank")


def the_record_holds_what_was_said(folder: Path) -> None:
    """J1.3, J1.4, J1.7, J1.8: what was taken, once each, chained, with its interval."""
    with opened(folder) as mission:
        taken = [each for each in mission.record.entries() if each.kind == KIND]
        told = rows_of(mission)
    assert len({each.index for each in taken}) == len(taken) == 3
    heard = next(each for each in told if each.get("kind") == "explosion")
    assert heard["start"].startswith("2020-08-02T21:00")  # 00:00 in Kyiv
    assert heard["end"].startswith("2020-08-02T21:20")
    assert heard["count_low"] == 11
    extra = json.loads(heard["extra"])
    assert len(extra["photos"].split("; ")) == 2
    assert len(extra["form"]) == 12
    before = {json.loads(each["extra"])["previous"] for each in told}
    assert "none" in before
    assert len(before) == 3


def test_an_outbox_of_fourteen_days_with_a_wrong_clock_is_taken(
    browser: "Browser", tmp_path: Path
) -> None:
    """J1.11, J1.12: an older form, two weeks late, three hours fast: taken and told."""
    folder = prepared(tmp_path / "m")
    true = now()
    with serving(folder) as service, routed(port_of(service)) as router:
        service.wait_for_pages()
        page = carried(browser, router)
        page.clock.set_fixed_time(true - OLD + WRONG)
        older = {**service.ask("/data/field.json").json, "form": "form-7"}
        page.route("**/data/field.json", lambda route: route.fulfill(json=older))
        page.goto("/field")
        set_up(page)
        known(service, folder, json.loads(page.locator("pre").inner_text()))
        page.context.set_offline(True)
        for _ in range(2):
            for key in ("field.new", "kind.explosion", "means.heard", "field.save"):
                tap(page, key)
            page.locator(".begin").wait_for()
        unsent(page, 2)
        page.clock.set_fixed_time(now() + WRONG)
        page.context.set_offline(False)
        page.locator(".unsent button").click(force=True)
        unsent(page, 0)
        fast = said("field.clock_fast", by="2:59").split("2:59")[0]
        page.get_by_text(fast).first.wait_for()
        page.context.close()
    with opened(folder) as mission:
        told = rows_of(mission)
    assert len(told) == 2
    for each in told:
        assert json.loads(each["extra"])["form"] == "form-7"
        late = true - datetime.fromisoformat(each["start"])
        assert abs(late - (OLD - WRONG)) < timedelta(minutes=30)


def rows_of(mission: Mission) -> list[dict[str, Any]]:
    """Return the rows on record that the patrol sent."""
    rows = [
        json.loads(line)
        for each in mission.record.entries(("rows",))
        for line in unpack_lines(mission.record.payload(each.index, "rows"))
    ]
    return [each for each in rows if each["source"] == "patrol-3"]
