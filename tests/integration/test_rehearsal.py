"""Rehearse, simulate and replay a draft, as a user does."""

import json
from pathlib import Path

import pytest

from pamiers.agreement.adjusting import adjusted
from pamiers.app.draft_replay import replay_draft, replay_texts
from pamiers.app.simulation import simulate
from pamiers.app.wiring import opened
from pamiers.mission.replay import replay
from tests.integration.program import answer, run
from tests.shared import ROOT

TRUCE = ROOT / "tests" / "assets" / "small-truce"
pytestmark = pytest.mark.integration


def test_a_rehearsal_counts_and_tells_what_was_late(tmp_path: Path) -> None:
    given = ("rehearse", TRUCE, "--seed", 5, "--days", 4, "--quick")
    told = answer(*given, "--out", tmp_path / "after")
    parts = ("first_steps_in_time", "late", "missed")
    assert told["breaches"] == sum(told[name] for name in parts) > 0
    assert told["missed"] == 0
    page = Path(told["after_action"]).read_text(encoding="utf-8")
    assert "After-action report" in page
    assert {Path(file).suffix for file in told["files"]} == {".html", ".pdf", ".json"}
    assert all(Path(file).stat().st_size > 1_000 for file in told["files"])
    held = json.loads((tmp_path / "after" / "after-action.json").read_text())
    assert dict(map(tuple, held["figures"]))["breaches"] == told["breaches"]
    said = run(*given, "--out", tmp_path / "after").stdout
    assert f"Breaches that a procedure answers: {told['breaches']}." in said
    assert max(map(len, said.splitlines()[:-1])) <= 80


def test_an_agreement_without_procedures_is_refused(tmp_path: Path) -> None:
    text = (TRUCE / "agreement.yaml").read_text()
    bare = tmp_path / "bare"
    bare.mkdir()
    cut = text[: text.index("procedures:")].replace("    on_breach: response\n", "")
    (bare / "agreement.yaml").write_text(cut)
    told = answer("rehearse", bare, "--quick", expect=2)
    assert "procedures" in told["message"]


def test_a_simulated_mission_works_as_any_other(tmp_path: Path) -> None:
    scenario = tmp_path / "week.yaml"
    scenario.write_text(
        f"simulation: Three days\nagreement: {TRUCE}\ndays: 3\nfused: false\n"
        "parties: {each: {breaches_per_day: 0.6}}\n"
    )
    folder = tmp_path / "mission"
    made = simulate(scenario, 3, folder)
    assert made["missed"] == 0
    findings = made["findings"]
    assert isinstance(findings, dict)
    assert findings["breached"] > 0
    with opened(folder) as mission:
        again = replay(mission)
    assert again.differences == ()
    assert again.head.size == made["entries"]
    assert len(answer("case", "list", folder)["cases"]) == made["cases"]
    truth = json.loads(Path(str(made["truth"]), "truth.json").read_text())
    assert sum(len(day["deeds"]) for day in truth["days"]) == made["deeds"]
    assert not Path(str(made["truth"])).is_relative_to(folder)
    over = replay_draft(str(TRUCE), folder)
    assert over["findings"] == over["own_findings"] == findings
    assert over["own_agreement"] == over["agreement"] == "small-truce"
    assert over["steps"]
    silent = over["in_silence"]
    assert isinstance(silent, dict)
    assert silent["closed"] + silent["stuck"] == over["cases"]
    assert 0 < silent["longest_s"] <= silent["waited_s"]
    text = (TRUCE / "agreement.yaml").read_text()
    slower = adjusted(text, {"procedures.response.steps[0].within": 72})
    waited = replay_texts({"agreement.yaml": slower}, folder)["in_silence"]
    assert isinstance(waited, dict)
    assert waited["waited_s"] > silent["waited_s"]
