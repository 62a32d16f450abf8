"""What the journeys share: people at a service, and hands that have keys alone."""

import json
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.integration.lossy import BAD, GOOD, Link
from tests.integration.service.serving import Serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

BAD_LINK = os.environ.get("PAMIERS_LINK") == "bad"
#: a walk of minutes, most of them waited through
long_walk = pytest.mark.skipif(
    not (BAD_LINK or os.environ.get("PAMIERS_WALKS")),
    reason="minutes long: PAMIERS_WALKS=1, or `make soak`",
)
#: 64 kbit/s, two seconds there and back, a fifth lost in `make soak`
LINK: Link = BAD if BAD_LINK else GOOD
#: for what the service works out beside its answers, when the machine is idle
SLOW_MS = 300_000
_MOST_TABS = 150
#: what has the focus: how it is named, whether somebody who looks can see that, and
#: where somebody who looks for something goes from there
_FOCUS = """(wanted) => {
  const e = document.activeElement;
  const back = e && wanted && e !== document.body && e !== wanted
    && Boolean(e.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING);
  const there = Boolean(wanted) && e === wanted;
  const gone = Boolean(wanted) && !wanted.isConnected;
  if (!e || e === document.body) return {what: "", seen: true, there, back, gone};
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0
    && box.left < innerWidth && box.width > 0;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const bare = !top || e.contains(top) || top.contains(e) || !!top.closest("label");
  return {
    what: e.outerHTML.slice(0, 160), there, back, gone,
    seen: (ringed || style.boxShadow !== "none") && inside && bare,
  };
}"""


@dataclass(slots=True)
class Keys:
    """Somebody at a page who has a keyboard and no mouse."""

    page: "Page"

    def to(self, target: "Locator") -> None:
        """Press Tab, or Shift and Tab for what is above, until something has the focus.

        Every stop has to be seen.
        """
        wanted = target.element_handle()
        at: Any = self.page.evaluate(_FOCUS, wanted)
        for _ in range(_MOST_TABS):
            if at["there"]:
                return
            if at["gone"]:  # drawn anew meanwhile
                wanted = target.element_handle()
            self.page.keyboard.press("Shift+Tab" if at["back"] else "Tab")
            at = self.page.evaluate(_FOCUS, wanted)
            assert at["seen"], f"nobody sees that this has the focus: {at['what']}"
        raise AssertionError(f"the keys do not reach {target}")

    def press(self, target: "Locator", key: str = "Enter") -> None:
        """Go to something and press a key there."""
        self.to(target)
        self.page.keyboard.press(key)

    def type(self, target: "Locator", text: str) -> None:
        """Go to a field and fill it."""
        self.to(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, target: "Locator", value: str) -> None:
        """Go to a list and go down it until it holds a value."""
        self.to(target)
        self.page.keyboard.press("Home")
        for _ in range(target.locator("option").count()):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert target.input_value() == value, target.inner_text()

    def leaves_the_page(self) -> None:
        """Go through the whole page and out at its end: nothing holds the focus."""
        last = None
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            at: Any = self.page.evaluate(_FOCUS)
            assert at["seen"], at["what"]
            if not at["what"]:
                return
            same = "e => { const s = window.last === e; window.last = e; return s }"
            last = self.page.locator(":focus").evaluate(same)
            assert not last, f"the focus does not leave {at['what']}"
        raise AssertionError("the page has no end")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in by the button at the top."""
        self.press(self.page.get_by_role("button", name="Sign in", exact=True))
        self.type(self.page.get_by_label("Name"), name)
        self.type(self.page.get_by_label("Password"), password)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="Sign out").wait_for()


def stranger(browser: "Browser", address: str, **how: Any) -> "Page":  # noqa: ANN401 - options of a context
    """Open a page of somebody who has not said who he is."""
    context = browser.new_context(base_url=address, **{"locale": "en", **how})
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.on("console", lambda message: _refused(message.text))
    #: asked for with the key that opens it, a chooser may be gone before it is caught:
    #: Chromium without a window calls it off at once, and the page is told of that
    page.on("filechooser", lambda _: None)
    return page


def _refused(text: str) -> None:
    assert "Content Security Policy" not in text, text


def signed_in(
    browser: "Browser",
    address: str,
    who: tuple[str, str],
    **how: Any,  # noqa: ANN401 - options of a context
) -> "Page":
    """Open a page of somebody who signed in, by name and password."""
    page = stranger(browser, address, **how)
    given = dict(zip(("name", "password"), who, strict=True))
    origin = {"Origin": address.rstrip("/"), "Content-Type": "application/json"}
    answered = page.context.request.post(
        "/api/session", data=json.dumps(given), headers=origin
    )
    assert answered.ok, answered.text()
    return page


def port_of(service: Serving) -> int:
    """Return where a service listens."""
    return int(urlsplit(service.address).port or 0)


def killed(service: Serving) -> None:
    """End a service as a power cut does: it is told nothing."""
    service.process.send_signal(signal.SIGKILL)
    service.process.wait(10)
