"""A steady rate with kills on the way, for a moment; `make soak` takes an hour."""

from pathlib import Path

import pytest

from tests.integration.service.steady import Plan, held, report, steady

pytestmark = pytest.mark.integration


def test_a_steady_rate_outlives_kills(tmp_path: Path) -> None:
    seen = steady(tmp_path / "mission", Plan(minutes=0.2, rate=50, kill_every_s=5))
    assert len(seen.lives) > 1
    assert seen.receipted == len(seen.places) > 100
    assert held(tmp_path / "mission", seen) == seen.receipted
    assert len(list(report(seen, seen.receipted))) >= 4


def test_a_receipt_for_what_is_not_there_is_found_out(tmp_path: Path) -> None:
    seen = steady(tmp_path / "mission", Plan(minutes=0.02, rate=50, kill_every_s=600))
    seen.places.append(seen.places[-1] + 1)
    with pytest.raises(AssertionError, match="is lost"):
        held(tmp_path / "mission", seen)
