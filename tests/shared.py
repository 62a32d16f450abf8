"""Where reference data may stand beside the project; absent on most machines."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.exists(),
    reason="reference data beside the project is not on this machine",
)
