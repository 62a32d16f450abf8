"""A phone 360 pixels wide, in Ukrainian: nothing is cut, and reports are soon made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pamiers.app.pages.words import words
from tests.integration.browsing import AXE, PATIENCE_MS, chromium, grave, needs
from tests.integration.service.serving import prepared, serving

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Geolocation, Page

pytestmark = needs("service-worker.js")
WORDS = words("uk")["words"]
HERE: "Geolocation" = {"latitude": 48.0159, "longitude": 37.8028, "accuracy": 12}
WIDE, TALL = 360, 740
GPU = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
PAGES = (
    *("/", "/findings", "/cases", "/calendar", "/agreement", "/coverage", "/record"),
    *("/deterrence", "/deployment", "/report", "/field", "/queue", "/commission"),
    *("/sources", "/import", "/admin", "/hotline"),
)
#: every visible text that is wider than its room, or lies outside the window; what is
#: in a table that scrolls may lie outside, but not what the table is called
CUT = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  const pen = document.createElement("canvas").getContext("2d");
  const room = (e, s) =>
    e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight);
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest(".unseen, .skip, svg, [aria-hidden=true]")) continue;
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      continue;
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const field = ["SELECT", "INPUT", "TEXTAREA"].includes(e.tagName);
    const r = e.getBoundingClientRect(), s = getComputedStyle(e);
    if ((!own && !field) || !r.width || !r.height) continue;
    const said = (e.value || e.innerText || e.placeholder || "").slice(0, 60);
    const tell = (why) => found.push(`${why} ${e.tagName}.${e.className}: ${said}`);
    pen.font = s.font;
    if (e.tagName === "SELECT") {
      const text = e.selectedOptions[0]?.text ?? "";
      if (pen.measureText(text).width > room(e, s) - 16) tell("select");
    }
    if (e.placeholder && pen.measureText(e.placeholder).width > room(e, s) + 1)
      tell("placeholder");
    const hides = ["hidden", "clip"];
    if (s.display !== "inline") {
      if (hides.includes(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
        tell("cut");
      if (hides.includes(s.overflowY) && e.scrollHeight > e.clientHeight + 2)
        tell("low");
    }
    if (e.tagName !== "CAPTION" && e.closest(".scroll")) continue;
    const text = document.createRange();
    text.selectNodeContents(e);
    const t = field ? r : text.getBoundingClientRect();
    if (t.right > wide + 1 || t.left < -1) tell("outside");
  }
  return found;
}"""


def said(key: str, **params: object) -> str:
    return str(WORDS[key]).format(**params)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(prepared(tmp_path_factory.mktemp("narrow") / "m")) as service:
        service.wait_for_pages()
        yield service.address


@pytest.fixture
def phone(address: str) -> Iterator["BrowserContext"]:
    with chromium(*GPU) as browser:
        context = browser.new_context(
            locale="uk",
            viewport={"width": WIDE, "height": TALL},
            has_touch=True,
            geolocation=HERE,
            permissions=["geolocation"],
            base_url=address,
        )
        context.set_default_timeout(PATIENCE_MS)
        yield context


def settled(page: "Page", path: str) -> None:
    page.goto(path)
    page.wait_for_selector("main h1, .map[data-ready=yes], main .note")
    page.evaluate("document.fonts.ready")


def test_nothing_is_cut_on_any_page(phone: "BrowserContext") -> None:
    page = phone.new_page()
    for path in PAGES:
        settled(page, path)
        assert page.evaluate(CUT) == [], path
    page.get_by_role("button", name=said("shell.menu")).tap()
    assert page.get_by_role("navigation").get_by_role("link").count() >= 11
    assert page.evaluate(CUT) == [], "menu"
    page.get_by_role("link", name=said("section.calendar")).tap()
    page.wait_for_url("**/calendar")
    assert page.get_by_role("navigation").get_by_role("link").count() == 0


def test_the_measure_finds_what_is_cut(phone: "BrowserContext") -> None:
    page = phone.new_page()
    settled(page, "/calendar")
    page.evaluate(
        "document.querySelector('.mission').style.whiteSpace = 'nowrap';"
        "document.querySelector('h1').style.marginInlineStart = '300px'"
    )
    assert {each.split(" ")[0] for each in page.evaluate(CUT)} == {"cut", "outside"}


@dataclass(slots=True)
class Hand:
    """Somebody at the phone: what is tapped, chosen and typed is counted."""

    page: "Page"
    taps: int = 0
    letters: int = 0

    def tap(self, key: str, **params: object) -> None:
        self.press(said(key, **params))

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).tap()
        self.taps += 1

    def write(self, key: str, text: str) -> None:
        self.page.get_by_label(said(key), exact=True).tap()
        self.page.keyboard.type(text)
        self.taps += 1
        self.letters += len(text)

    def choose(self, key: str, option: str) -> None:
        self.page.get_by_label(said(key)).select_option(option)
        self.taps += 2

    def sign(self) -> None:
        self.tap("field.save")
        self.page.locator(".begin").wait_for()

    def seconds(self) -> float:
        """Return how long a person takes, by the keystroke-level model.

        Source: Card, Moran and Newell (1980): to think 1.35 s and to point 1.1 s for
        each tap; 0.5 s a letter, as somebody types who is not used to it.
        """
        return self.taps * (1.35 + 1.1) + self.letters * 0.5


def test_a_phone_is_set_up_by_who_does_not_know_how(phone: "BrowserContext") -> None:
    page = phone.new_page()
    settled(page, "/field")
    hand = Hand(page)
    hand.tap("field.make_key")  # before anything is filled in
    alert = page.get_by_role("alert").inner_text()
    assert said("field.lack_device") in alert
    assert said("field.lack_source") in alert
    assert page.get_by_label(said("field.epoch")).is_hidden()
    hand.write("field.device_name", "патруль")
    hand.tap("field.make_key")
    assert said("field.lack_device") in page.get_by_role("alert").inner_text()
    page.get_by_label(said("field.device_name")).fill("")
    hand.write("field.device_name", "patrol-3-phone")
    hand.write("field.source", "patrol-3")
    hand.tap("field.make_key")
    page.locator(".begin").wait_for()
    assert page.evaluate(CUT) == []


def test_three_reports_one_negative_take_less_than_four_minutes(
    phone: "BrowserContext",
) -> None:
    page = phone.new_page()
    settled(page, "/field")
    hand = Hand(page)
    hand.write("field.device_name", "patrol-3-phone")
    hand.write("field.source", "patrol-3")
    hand.tap("field.make_key")
    page.locator(".begin").wait_for()
    hand = Hand(page)
    explosions(hand)
    shots(hand)
    before = hand.taps
    hand.tap("field.nothing")
    assert page.evaluate(CUT) == []
    hand.press("4 години")
    hand.sign()
    assert hand.taps - before == 3
    page.locator(".state").nth(2).wait_for()
    assert page.evaluate(CUT) == []
    if AXE.exists():
        assert grave(page) == set()
    page.get_by_text(said("field.not_enrolled")).first.wait_for()
    assert (hand.taps, hand.letters) == (20, 18)
    assert hand.seconds() < 90


def explosions(hand: Hand) -> None:
    for key in ("field.new", "kind.explosion", "means.heard", "field.count_more"):
        hand.tap(key)
    hand.write("field.number", "10")
    hand.write("field.note", "дим на півночі")
    hand.page.get_by_text(said("field.within", m=12)).wait_for()
    assert hand.page.evaluate(CUT) == []
    hand.sign()


def shots(hand: Hand) -> None:
    for key in ("field.new", "kind.shot", "means.saw"):
        hand.tap(key)
    hand.write("field.number", "3")
    hand.tap("field.way_away")
    hand.choose("field.from", "Донецьк")
    hand.tap("wind.nw")
    hand.write("field.distance", "6")
    hand.page.locator(".drawn .way").wait_for()
    assert hand.page.evaluate(CUT) == []
    hand.sign()


def test_a_stray_tap_throws_no_draft_away(phone: "BrowserContext") -> None:
    page = phone.new_page()
    settled(page, "/field")
    hand = Hand(page)
    hand.write("field.device_name", "patrol-3-phone")
    hand.write("field.source", "patrol-3")
    hand.tap("field.make_key")
    page.locator(".begin").wait_for()
    hand.tap("field.new")
    hand.tap("kind.explosion")
    hand.tap("field.drop")
    chosen = page.get_by_role("button", name=said("kind.explosion"), pressed=True)
    assert chosen.count() == 1
    hand.tap("field.drop_sure")
    page.locator(".begin").wait_for()
    assert page.locator(".outbox").count() == 0
