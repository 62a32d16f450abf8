"""A scenario that does not come out says on which finding."""

from pathlib import Path

from typer.testing import CliRunner

from pamiers.app.cli.agreement import agreement
from tests.unit.agreement.small import texts

TOLD = (
    "forbid: {event: fire, in: strip}",
    "notify: {event: exercise, in: strip, before: 48 h elapsed, to: club}",
)
SCENARIO = """scenario: An exercise that nobody announced, asked about four days later
given:
  - {incident: exercise, id: e1, at: 2026-03-04T12:00Z, place: "48.5 N, 37.5 E",
     radius: 100 m, actor: north}
steps:
  - when: assessed at 2026-03-08T20:00Z
    then:
      - {clause: quiet, party: north, verdict: KEPT}
      - {clause: quiet, party: north, occasion: e1, verdict: KEPT}
  - when: assessed at 2026-03-20T20:00Z
    then:
      - {clause: withdrawal, verdict: BREACHED}
"""


def reasons(folder: Path) -> list[str]:
    """Return what is said of each expectation that failed, on one line."""
    for name, text in texts(TOLD).items():
        (folder / name).write_text(text)
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "a.yaml").write_text(SCENARIO)
    found = CliRunner().invoke(agreement, ["test", str(folder)])
    assert found.exit_code == 1, found.output
    told = " ".join(found.stdout.split())
    return told.split("a.yaml:")[1:]


def test_the_failing_finding_is_named_and_an_old_one_said_to_stand(
    tmp_path: Path,
) -> None:
    first, second, third = reasons(tmp_path)
    assert "expected KEPT, got BREACHED" in first
    assert "; that is the finding of occasion e1; it was of" in first
    assert (
        "it was of 2026-03-04: findings of earlier occasions stand on later days too; "
        "choose one with `occasion`"
    ) in first
    assert "occasion e1" not in second
    assert "earlier occasions" not in second
    assert "; that is the finding of sector strip" in third
