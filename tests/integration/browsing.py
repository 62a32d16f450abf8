"""What tests of the built pages in a browser share."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.shared import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
STATIC = ROOT / "src" / "pamiers" / "app" / "static"
PATIENCE_MS = 90_000
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def needs(built: str) -> list[pytest.MarkDecorator]:
    """Return the marks of tests that need a browser and one of the built files."""
    return [
        pytest.mark.integration,
        pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
        pytest.mark.skipif(
            not (STATIC / built).exists(), reason="the pages were not built here"
        ),
    ]


@contextmanager
def chromium(*options: str) -> Iterator["Browser"]:
    """Start the machine's Chromium, and end it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, optional

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *options]
        )
        yield started
        started.close()


def grave(page: "Page") -> set[str]:
    """Return what axe-core finds serious or critical on a page, each with its place."""
    if not AXE.exists():
        pytest.skip("axe-core was not installed beside the pages")
    page.evaluate(f"{AXE.read_text()};0")
    found: Any = page.evaluate("axe.run({resultTypes: ['violations']})")
    return {
        f"{each['id']}: {node['html'][:120]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    }
