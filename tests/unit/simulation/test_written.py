"""A setting as written: what it says is what holds, and nothing is guessed."""

from datetime import UTC, date, datetime

import pytest

from pamiers.core.errors import MalformedSourceError
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.setting import Setting
from pamiers.simulation.written import read_setting, starting
from tests.shared import ROOT

BUNDLED = sorted((ROOT / "src" / "pamiers" / "simulations").glob("*.yaml"))
WHOLE = """
simulation: A week
agreement: small-truce
from: 2026-05-12
days: 3
parties:
  each: {breaches_per_day: 0.5}
  north: {rates: {no-fire: 2}, denies_share: 1}
watching:
  patrols: {by_day_only: true, posts: 3}
weather: {foul_share: 0.4}
reports: {late_share: 0.2}
roles:
  monitor: {boycotts_from_day: 1}
"""


def test_what_is_written_holds_and_the_rest_holds_its_default() -> None:
    found = read_setting(WHOLE, "week.yaml")
    setting = found.setting
    assert (found.agreement, found.from_on) == ("small-truce", date(2026, 5, 12))
    assert (setting.title, setting.days) == ("A week", 3)
    assert setting.conduct_of("south") == Conduct(breaches_per_day=0.5)
    north = setting.conduct_of("north")
    assert (north.rate("no-fire"), north.rate("access")) == (2.0, 0.5)
    assert north.denies_share == 1.0
    assert setting.watch_of("patrols").by_day_only
    assert setting.watch_of("patrols").posts == 3
    assert setting.weather.foul_share == 0.4
    assert setting.telling.late_share == 0.2
    assert setting.manner_of("monitor").boycotts_from_day == 1
    assert setting.shifts == Setting().shifts


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_what_is_bundled_reads(path: object) -> None:
    assert BUNDLED
    text = next(each for each in BUNDLED if each == path).read_text(encoding="utf-8")
    assert read_setting(text, "bundled.yaml").setting.title


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("days: 0", "days"),
        ("days: soon", "days"),
        ("parties: {north: {denies_share: 1.5}}", "denies_share"),
        ("parties: {north: {breaches_per_day: -1}}", "breaches_per_day"),
        ("parties: {north: {cruelty: 1}}", "cruelty"),
        ("watching: {patrols: {by_day_only: 1}}", "by_day_only"),
        ("watching: {patrols: {posts: 1.5}}", "posts"),
        ("wether: {foul_share: 1}", "wether"),
        ("from: yesterday", "from"),
        ("roles: [monitor]", "mapping"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_key(line: str, named: str) -> None:
    with pytest.raises(MalformedSourceError) as refused:
        read_setting(f"agreement: small-truce\n{line}\n", "week.yaml")
    assert named in str(refused.value)
    assert "week.yaml" in str(refused.value)


def test_a_simulation_without_an_agreement_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="agreement"):
        read_setting("days: 2\n", "week.yaml")


def test_a_first_day_is_the_first_that_is_lived() -> None:
    found = starting(Setting(), date(2026, 5, 12))
    assert found.start_at == datetime(2026, 5, 11, 12, tzinfo=UTC)
    assert starting(Setting(), None).start_at is None
