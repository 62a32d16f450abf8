"""The pages' own tests: types that fit, and components that show what they should."""

import os
import shutil
import subprocess

import pytest

from tests.shared import ROOT

WEB = ROOT / "web"
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        shutil.which("npm") is None
        or not (WEB / "node_modules" / ".bin" / "vitest").exists(),
        reason="what tests the pages was not installed here",
    ),
]


@pytest.mark.parametrize("script", ["types", "test"])
def test_the_pages_hold_to_their_own_tests(script: str) -> None:
    done = subprocess.run(
        ("npm", "run", "--silent", script),
        cwd=WEB,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
