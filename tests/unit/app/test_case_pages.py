"""Cases on pages: what is due, by whom, what silence means; to each circle its part."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.case_acts import begin_in, event_of, record_in
from pamiers.app.case_values import Opened, cases_in
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import opened
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.mission.mission import Mission
from tests.unit.app.calling import answer

OPENED = datetime(2026, 5, 4, 7, tzinfo=UTC)
LATER = OPENED + timedelta(days=3)
WORDS = "canary-in-a-reply"


class Commission:
    """A mission with one case, and whoever records what takes place in it."""

    def __init__(self, mission: Mission, folder: Path) -> None:
        self.mission = mission
        self.folder = folder

    def _held(self) -> Any:  # noqa: ANN401 - a context of `Opened`
        return cases_in(self.mission, self.folder)

    def begin(self, at: datetime = OPENED, **written: object) -> dict[str, Any]:
        held: Opened
        with self._held() as held:
            return begin_in(held, {"at": at, **written}, None, at)

    def records(self, name: str, hours: float, **written: object) -> dict[str, Any]:
        at = OPENED + timedelta(hours=hours)
        named = {k.replace("_", "-"): v for k, v in written.items()}
        held: Opened
        with self._held() as held:
            told = record_in(held, name, event_of({"at": at, **named}, at), at)
        assert told["refused"] is None, told
        return told

    def page(self, name: str, edition: str = "commission", hours: float = 1) -> Any:  # noqa: ANN401
        reader = reader_of(self.mission, edition, folder=self.folder)
        return page(reader, name, OPENED + timedelta(hours=hours))


@cache
def _template(agreement: str) -> Path:
    """Begin a mission once; those that tests use are copies of it."""
    home = Path(tempfile.mkdtemp(prefix="pamiers-cases-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    answer("init", home / "m", "--agreement", agreement)
    return home / "m"


def commission(folder: Path, agreement: str) -> Iterator[Commission]:
    shutil.copytree(_template(agreement), folder)
    with opened(folder) as mission:
        yield Commission(mission, folder)


@pytest.fixture
def tiers(tmp_path: Path) -> Iterator[Commission]:
    """Give a case of three tiers, which the public may read once it is published."""
    for found in commission(tmp_path / "m", "paris-three-tiers"):
        found.begin(
            finding="f1", clause="no-fire", party="north", severity=2, confidence=3,
            began=OPENED - timedelta(hours=2), case="c1",
        )  # fmt: skip
        yield found


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Commission]:
    """Give a case before a joint commission that votes."""
    for found in commission(tmp_path / "m", "jmc-joint-visit"):
        found.begin(
            complaint="k1", clause="no-fire", party="north", by="south", case="c1"
        )
        yield found


def test_the_board_names_what_is_due_by_whom_and_what_silence_means(
    tiers: Commission,
) -> None:
    (line,) = tiers.page("cases")["listed"]
    due = line["next"]
    assert (due["key"], due["by"]) == ("step:warn", ["coalition"])
    assert due["due_at"] == "2026-05-05T05:00:00Z"
    assert due["left_s"] == 21 * 3600
    assert due["silence"]["then"] == "next"
    assert line["late"] == []


def test_what_ran_out_and_was_not_done_is_late_by_the_clock(tiers: Commission) -> None:
    (line,) = tiers.page("cases", hours=24)["listed"]
    (late,) = line["late"]
    assert (late["key"], late["late_s"]) == ("step:warn", 2 * 3600)
    step = tiers.page("case/c1", hours=24)["steps"][0]
    assert (step["status"], step["lapsed_at"]) == ("lapsed", "2026-05-05T05:00:00Z")


def test_a_step_says_how_several_decide_and_what_its_silence_means(
    joint: Commission,
) -> None:
    steps = {each["id"]: each for each in joint.page("case/c1")["steps"]}
    assert steps["visit"]["silence"] == {
        "then": "passes", "outcome": None, "to": ["monitors"], "within": "24 h",
    }  # fmt: skip
    assert steps["settle"]["decision"]["rule"] == "consensus"
    assert steps["settle"]["decision"]["quorum"] == 3
    assert steps["visit"]["within"] == "48 h wall_clock"


def test_words_and_votes_reach_the_circles_that_may_have_them(
    joint: Commission,
) -> None:
    joint.records("c1", 1, reply=WORDS, by="north")
    joint.records("c1", 2, act="visit", by="jmc", outcome="accidental")
    there = ["north", "south", "chair-state"]
    joint.records("c1", 3, session="settle", present=there, by="jmc-chair")
    joint.records("c1", 4, vote="for", step="settle", by="north", person="Ivan")
    inside, parties = (
        joint.page("case/c1", each, hours=5) for each in ("commission", "parties")
    )
    votes = {each["id"]: each["votes"] for each in inside["steps"]}
    assert votes["settle"] == {"north": "for"}
    assert all(each["votes"] == {} for each in parties["steps"])
    assert [each["reason"] for each in parties["said"]] == [WORDS]
    assert "voted" not in {each["what"] for each in parties["log"]}
    assert "Ivan" not in str(inside)
    with pytest.raises(UnknownTermError):
        joint.page("case/c1", "public", hours=5)
    assert joint.page("cases", "public", hours=5)["listed"] == []


def test_the_public_sees_what_was_published_and_nobodys_words(
    tiers: Commission,
) -> None:
    tiers.records("c1", 1, dispute=WORDS, by="north", findings=["f1"])
    tiers.records("c1", 2, act="warn", by="coalition")
    tiers.records("c1", 2, remedy="withdraw", by="special-commission", party="north")
    tiers.records("c1", 2, reply=WORDS, by="north")
    tiers.records("c1", 3, closed="settled", by="special-commission", reason=WORDS)
    assert tiers.page("cases", "public", hours=4)["listed"] == []
    tiers.records("c1", 5, published="", by="secretariat")
    board = tiers.page("cases", "public", hours=6)
    assert board["withheld"]
    assert board["counts"] is None
    (line,) = board["listed"]
    assert (line["key"], line["outcome"], line["disputed"]) == ("c1", "settled", True)
    assert line["parties"] == []  # nobody attributed anything
    told = tiers.page("case/c1", "public", hours=6)
    assert WORDS not in str(told)
    assert {(e["what"], e["by"]) for e in told["said"]} == {
        ("dispute", None),
        ("reply", None),
    }
    agreed = {"names", "minutes", "appeal", "steps"}  # name both parties alike
    said = {k: v for k, v in told.items() if k not in agreed}
    assert "north" not in str(said)  # nobody attributed anything to it
    assert told["appeal"]["lodged_by"] is None
    assert told["refused"] == []


def test_a_case_of_a_clause_that_may_not_be_read_is_not_there(
    tiers: Commission, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "pamiers.app.pages.readers.hidden"
    monkeypatch.setattr(module, lambda _, __: frozenset({"no-fire"}))
    assert tiers.page("cases", "parties")["listed"] == []
    assert tiers.page("cases", "parties")["counts"] is None
    with pytest.raises(UnknownTermError):
        tiers.page("case/c1", "parties")


def test_remedies_minutes_and_publication_have_their_clocks(tiers: Commission) -> None:
    tiers.records("c1", 1, act="warn", by="coalition")
    tiers.records("c1", 2, remedy="withdraw", by="special-commission", party="north")
    tiers.records("c1", 3, closed="settled", by="special-commission", reason="done")
    told = tiers.page("case/c1", hours=4)
    (remedy,) = told["remedies"]
    assert (remedy["key"], remedy["of"]) == ("withdraw", ["north"])
    assert remedy["due_at"] == "2026-05-11T09:00:00Z"
    assert told["minutes"]["signed_by"] == {"north": None, "south": None}
    assert told["publication"]["due_at"] == "2026-05-11T10:00:00Z"
    assert [each["key"] for each in told["may_determine"]] == ["statement"]
    keys = {each["key"] for each in told["due"]}
    assert {"remedy:withdraw", "minutes", "publication"} <= keys


def test_whoever_signed_minutes_did_not_sign_those_written_after(
    joint: Commission,
) -> None:
    joint.records("c1", 1, closed="settled", by="jmc-chair", reason="done")
    joint.records("c1", 2, minutes="the first words", by="jmc-chair")
    joint.records("c1", 3, signed="yes", by="north")
    told = joint.page("case/c1", "parties", hours=4)["minutes"]
    assert told["text"] == "the first words"
    assert told["signed_by"] == {"north": "signed", "south": None}
    joint.records("c1", 5, minutes="other words", by="jmc-chair")
    told = joint.page("case/c1", "parties", hours=6)["minutes"]
    assert told["text"] == "other words"
    assert told["signed_by"] == {"north": None, "south": None}


def test_a_case_that_is_not_there_is_told_so(tiers: Commission) -> None:
    with pytest.raises(UnknownTermError, match="board of cases"):
        tiers.page("case/none")


@pytest.mark.parametrize("name", ["../x", ".hidden", "a/b", "a b", "x" * 129])
def test_an_id_that_is_no_name_of_a_file_is_refused(
    tiers: Commission, name: str
) -> None:
    with pytest.raises(UsageError):
        tiers.begin(finding="f9", clause="no-fire", party="north", case=name)


def test_entries_of_a_case_are_bare_leaves_to_the_public(tiers: Commission) -> None:
    inside, public = (tiers.page("record", each) for each in ("parties", "public"))
    assert inside["kinds"]["case"] == 1
    assert "case" not in public["kinds"]
    hidden = [each for each in public["listed"] if each["kind"] is None]
    assert [each["recorded_at"] for each in hidden] == [None] * len(hidden)
    assert {each["leaf"] for each in inside["listed"]} == {
        each["leaf"] for each in public["listed"]
    }
    assert len(hidden) == inside["kinds"]["case"] + inside["kinds"]["notice"]
