"""Take the pictures of the documentation from a public site in a real browser.

Usage: `python -m tools.screenshots SITE`, SITE as `pamiers site` wrote it of the demo.
"""

import base64
import sys
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

ASSETS: Final = Path(__file__).resolve().parents[1] / "docs" / "assets"
CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MOST_BYTES: Final = 150_000
_WAIT_MS: Final = 90_000
_SETTLE_MS: Final = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: of what, how large, in which language."""

    name: str
    path: str
    size: tuple[int, int]
    language: str = "en"
    ready: str = ".map[data-drawn]"


_DAYS: Final = "#/?from=2020-07-28&to=2020-08-10"
SHOTS: Final = (
    Shot(name="situation", path=_DAYS, size=(1280, 860)),
    Shot(name="compare", path=f"{_DAYS}&than=2016-01-16", size=(1280, 860)),
    Shot(name="phone-uk", path=_DAYS, size=(390, 844), language="uk"),
    Shot(
        name="report",
        path="reports/files/2020-07-28-en.html",
        size=(1100, 860),
        ready="h1",
    ),
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """Return a picture as WebP."""
    wide, tall = shot.size
    context = browser.new_context(
        viewport={"width": wide, "height": tall}, locale=shot.language
    )
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('language', '{shot.language}')")
    page.goto(address + shot.path)
    page.wait_for_selector(shot.ready, timeout=_WAIT_MS, state="attached")
    page.wait_for_timeout(_SETTLE_MS)
    asked = {"format": "webp", "quality": 82}
    found = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    context.close()
    return base64.b64decode(found["data"])


def main(site: str) -> None:
    """Write every picture; refuse one that is too large for a page."""
    handler = partial(_Quiet, directory=site)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=ARGUMENTS
            )
            for shot in SHOTS:
                data = take(browser, address, shot)
                if len(data) > MOST_BYTES:
                    raise SystemExit(
                        f"{shot.name}: {len(data)} bytes, {MOST_BYTES} at most"
                    )
                (ASSETS / f"{shot.name}.webp").write_bytes(data)
                print(f"{shot.name}.webp: {len(data)} bytes")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
