"""Decisions about incidents over HTTP: who may, what stands after, who sees what."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.begin import begin_mission
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UnknownTermError
from pamiers.mission.access.permissions import DECIDE, ROLES, decide
from tests.integration.program import DONBAS, answer
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import CSV

pytestmark = pytest.mark.integration
NEAR = (
    "post-3,c1,2020-08-01T09:40:00Z,2020-08-01T09:45:00Z,"
    "38.05,48.13,300,explosion,observed,,\n"
)
GIVEN = [each for each in ROLES if each not in {"public", "device", "admin"}]


@dataclass(frozen=True, slots=True)
class Officers:
    """A service with two incidents near each other, and tokens by role."""

    running: Inside
    folder: Path
    tokens: dict[str, str]
    one: str
    other: str

    def decides(self, role: str, act: str, **said: object) -> Any:  # noqa: ANN401 - any JSON
        body = {"act": act, "reason": "as the patrol says", **said}
        return self.running.ask("/api/decisions", body, token=self.tokens[role])

    def page(self, edition: str) -> Any:  # noqa: ANN401 - any JSON
        with opened(self.folder) as mission:
            reader = reader_of(mission, edition, folder=self.folder)
            return page(reader, f"incident/{self.one}", now())


@pytest.fixture
def officers(tmp_path: Path) -> Iterator[Officers]:
    folder, rows = tmp_path / "m", tmp_path / "rows.csv"
    begin_mission(folder, DONBAS)
    rows.write_text(CSV + NEAR)
    answer("ingest", folder, rows)
    answer("fuse", folder)
    one, other = (each["key"] for each in answer("incident", "list", folder))
    tokens = {each: token_of(folder, f"the-{each}", each) for each in GIVEN}
    tokens |= {"public": "", "admin": token_of(folder, "root", "admin")}
    with inside(folder) as running:
        yield Officers(running, folder, tokens, one, other)


def test_each_role_decides_as_the_matrix_says(officers: Officers) -> None:
    for role in officers.tokens:
        told = officers.decides(role, "merge", incidents=["none", "neither"])
        able = decide([role], DECIDE, "incident").allowed
        expected = 400 if able else 401 if role == "public" else 403
        assert told.status == expected, (role, told.body)


def test_a_merge_is_undone_by_a_further_entry_and_both_are_told(
    officers: Officers,
) -> None:
    told = officers.decides(
        "monitor", "merge", incidents=[officers.one, officers.other]
    )
    assert told.status == 201, told.body
    (merged,) = officers.page("commission")["decided"]
    assert (merged["act"], merged["by"]) == ("merge", "the-monitor")
    assert merged["in_force"]
    undone = officers.decides("commission", "undo", entry=told.json["entry"])
    assert undone.status == 201, undone.body
    both = officers.page("commission")["decided"]
    assert [(each["act"], each["in_force"]) for each in both] == [
        ("merge", False),
        ("undo", True),
    ]
    again = officers.decides("commission", "undo", entry=told.json["entry"])
    assert again.status == 400


def test_two_officers_grade_one_report_and_both_grades_stand_on_record(
    officers: Officers,
) -> None:
    for role, letter in (("monitor", "B"), ("commission", "C")):
        code = {"reliability": letter, "credibility": "2"}
        told = officers.decides(role, "correct", reports=["post-1:a1"], fields=code)
        assert told.status == 201, told.body
    shown = officers.page("commission")
    letters = [each["fields"]["reliability"] for each in shown["decided"]]
    assert letters == ["B", "C"]
    graded = {each["key"]: each.get("reliability") for each in shown["reports"]}
    assert graded == {"a1": "C", "b1": None}


def test_what_is_for_the_desk_is_shown_to_nobody_else(officers: Officers) -> None:
    officers.decides("monitor", "withdraw", reports=["post-2:b1"])
    for edition in ("public", "parties"):
        shown = officers.page(edition)
        assert (shown["said"], shown["decided"]) == (None, None)
    desk = officers.page("commission")
    assert [each["status"] for each in desk["said"]] == ["standing"]


def test_who_sees_what_is_told_no_further_than_ones_own_circle(
    officers: Officers,
) -> None:
    path = f"/api/incidents/{officers.one}/seen"
    public = officers.running.ask(path)
    assert list(public.json["circles"]) == ["public"]
    desk = officers.running.ask(path, token=officers.tokens["monitor"]).json
    assert list(desk["circles"]) == ["public", "parties", "commission"]
    assert desk["everybody"]
    assert "members" not in desk["circles"]["public"]
    assert desk["circles"]["commission"]["members"] == "post-1:a1; post-2:b1"
    assert desk["circles"]["public"]["lon"] != desk["circles"]["commission"]["lon"]


def test_an_incident_of_a_closed_report_is_neither_shown_nor_decided(
    officers: Officers,
) -> None:
    said = message("s1", "post-7", label="confidential", row={"lon": 37.2, "lat": 48.9})
    sender = token_of(officers.folder, "sender", "observer", sources=("post-7",))
    sent = officers.running.ask("/api/messages", said, token=sender)
    assert sent.status == 201, sent.body
    answer("fuse", officers.folder)
    answer_ = officers.running.ask("/api/incidents?wait=60")
    assert answer_.status == 200
    keys = [each["key"] for each in answer("incident", "list", officers.folder)]
    (closed,) = set(keys) - {officers.one, officers.other}
    token = officers.tokens["monitor"]
    seen = officers.running.ask(f"/api/incidents/{closed}/seen", token=token)
    assert seen.status == 404
    told = officers.decides("monitor", "split", incidents=[closed], reports=["x:y"])
    assert told.status == 404
    hidden = officers.decides("monitor", "withdraw", reports=["post-7:s1"])
    assert hidden.status == 404
    with opened(officers.folder) as mission:
        reader = reader_of(mission, "commission", folder=officers.folder)
        with pytest.raises(UnknownTermError):  # not even that there is one
            page(reader, f"incident/{closed}", now())
