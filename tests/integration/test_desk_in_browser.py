"""Pages of those who serve a commission: cases, acted on from the keyboard alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from pamiers.app.enrolled import enrol
from pamiers.app.pages.words import words
from tests.integration.browsing import PATIENCE_MS, chromium, grave, needs
from tests.integration.program import answer
from tests.integration.service.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("index.html")
WRONG = """source,key,start,end,lat,lon,radius_m,kind,count
osce,1,2026-07-27T10:00:00+03:00,2026-07-27T10:05:00+03:00,148.0,37.8,1000,explosion,3
"""
#: page -> what has to be on it
PAGES = {
    "cases": ".board .card",
    "case/c1": ".steps .step",
    "queue": ".queue .card",
    "commission": "h2",
    "hotline": "textarea",
    "sources": "h1",
    "import": ".raw",
    "admin": "details",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A service with a case, and what its people sign in with."""

    address: str
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk") / "m"
    answer("init", folder, "--agreement", "jmc-joint-visit")
    opened = ("complaint=k1", "clause=no-fire", "party=north", "by=south", "case=c1")
    answer("case", "open", folder, *opened)
    rows = folder.parent / "a.csv"
    rows.write_text(WRONG)
    answer("ingest", folder, rows, expect=3)
    people = {
        "oksana": ("commission", "chair-state"),
        "petro": ("party", "north"),
        "ivan": ("monitor", "mission"),
    }
    tokens = {
        name: str(enrol(folder, name, [role], office, [])["token"])
        for name, (role, office) in people.items()
    }
    with serving(folder) as service:
        service.wait_for_pages()
        yield Desk(service.address, tokens)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Start the machine's Chromium once."""
    with chromium() as started:
        yield started


def signed_in(browser: "Browser", desk: Desk, name: str, **how: Any) -> "Page":  # noqa: ANN401 - options of a context
    """Open an empty page of somebody who signed in."""
    context = browser.new_context(base_url=desk.address, **how)
    context.set_default_timeout(PATIENCE_MS)
    given = {"name": name, "password": desk.tokens[name]}
    origin = {"Origin": desk.address.rstrip("/"), "Content-Type": "application/json"}
    answered = context.request.post(
        "/api/session", data=json.dumps(given), headers=origin
    )
    assert answered.ok, answered.text()
    page = context.new_page()
    page.on("console", lambda message: refused(message.text))
    return page


def refused(text: str) -> None:
    """Fail where the policy of contents kept something from the page."""
    assert "Content Security Policy" not in text, text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_desk_is_accessible_and_asks_no_other_host(
    browser: "Browser", desk: Desk, path: str
) -> None:
    page = signed_in(browser, desk, "oksana", locale="en")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(f"/{path}")
    page.wait_for_selector(PAGES[path])
    assert {each for each in asked if not each.startswith(desk.address)} == set()
    assert grave(page) == set()
    page.context.close()


def test_a_phone_in_ukrainian_scrolls_one_way_only(
    browser: "Browser", desk: Desk
) -> None:
    size: Any = {"width": 360, "height": 740}
    page = signed_in(browser, desk, "oksana", locale="uk", viewport=size)
    for path, wanted in PAGES.items():
        page.goto(f"/{path}")
        page.wait_for_selector(wanted)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.context.close()


def test_a_party_replies_by_keys_alone_and_the_secretary_sees_it_at_once(
    browser: "Browser", desk: Desk
) -> None:
    secretary = signed_in(browser, desk, "oksana", locale="en")
    secretary.goto("/case/c1")
    secretary.wait_for_selector(".steps .step")
    party = signed_in(browser, desk, "petro", locale="en")
    party.goto("/cases")
    party.wait_for_selector(".board .card")
    party.keyboard.press("j")
    assert party.evaluate("document.activeElement.textContent") == "c1"
    party.keyboard.press("Enter")
    party.wait_for_selector(".acts form")
    party.locator(".acts select").first.focus()
    party.keyboard.press("Tab")
    party.keyboard.press("Tab")
    party.keyboard.type("Our post logged no fire.")
    for _ in range(3):  # past the file, of which there is none, and the time: now
        party.keyboard.press("Tab")
    party.keyboard.press("Enter")
    party.get_by_text("On record.", exact=True).wait_for()
    told = ".beside blockquote:has-text('Our post logged no fire.')"
    party.wait_for_selector(told)
    secretary.wait_for_selector(told)  # nobody loaded the page again
    assert party.locator(".acts select").nth(1).locator("option").count() == 2
    for page in (party, secretary):
        page.context.close()


def test_somebody_signs_in_on_the_page_and_sees_his_edition(
    browser: "Browser", desk: Desk
) -> None:
    context = browser.new_context(base_url=desk.address, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/cases")
    page.get_by_text("No case is shown.").wait_for()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Name").fill("oksana")
    page.get_by_label("Password").fill(desk.tokens["oksana"])
    page.keyboard.press("Enter")
    page.wait_for_selector(".board .card")
    assert page.locator(".edition").inner_text() == "Commission"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("No case is shown.").wait_for()
    context.close()


def test_work_is_claimed_by_a_key_and_another_sees_it_within_seconds(
    browser: "Browser", desk: Desk
) -> None:
    first = signed_in(browser, desk, "oksana", locale="en")
    second = signed_in(browser, desk, "ivan", locale="en")
    for page in (first, second):
        page.goto("/queue")
        page.wait_for_selector(".queue .card")
    first.keyboard.press("j")
    first.wait_for_selector(".queue [aria-current=true]")
    first.keyboard.press("c")
    first.get_by_text("in your hands").wait_for()
    second.get_by_text("in the hands of oksana").wait_for()
    first.keyboard.press("c")
    second.get_by_text("in the hands of oksana").wait_for(state="detached")
    for page in (first, second):
        page.context.close()


def test_a_row_is_set_aside_with_a_reason(browser: "Browser", desk: Desk) -> None:
    page = signed_in(browser, desk, "ivan", locale="en")
    page.goto("/import")
    page.wait_for_selector(".raw")
    assert "148.0" in page.locator(".raw").inner_text()
    page.get_by_text("What can be done").click()
    page.get_by_label("Why it is set aside").fill("typed twice")
    page.keyboard.press("Enter")
    page.get_by_text("1 row set aside").click()
    page.get_by_text("ivan: typed twice").wait_for()
    page.context.close()


def test_a_call_is_logged_by_one_office_and_answered_by_another(
    browser: "Browser", desk: Desk
) -> None:
    caller = signed_in(browser, desk, "petro", locale="uk")
    caller.goto("/hotline")
    caller.locator("fieldset input[type=checkbox]").first.focus()
    called = caller.locator("fieldset label").filter(has_text="Голова")
    (called if called.count() else caller.locator("fieldset label")).first.click()
    caller.locator("form textarea").first.fill("постріли біля млина")
    caller.locator("form button.first").press("Enter")
    card = caller.locator(".card").filter(has_text="постріли біля млина")
    card.wait_for()
    assert words("uk")["words"]["hotline.not_answered"] in card.inner_text()
    caller.context.close()
    answers = signed_in(browser, desk, "oksana", locale="uk")
    answers.goto("/hotline")
    card = answers.locator(".card").filter(has_text="постріли біля млина")
    card.locator("summary").press("Enter")
    card.locator("textarea").fill("перевіряємо")
    card.locator("button").press("Enter")
    answers.locator(".card li").filter(has_text="перевіряємо").wait_for()
    answers.context.close()
