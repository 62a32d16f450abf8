"""Cases over HTTP: read by circle, acted on by role and office, kept in turn."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pamiers.app import wiring
from pamiers.app.api.cases import CLASS, OWN
from pamiers.app.enrolled import enrol
from pamiers.app.worker import one_round
from pamiers.mission.access.permissions import ACT, CASE, MATRIX, PUBLIC, WAIVE, decide
from pamiers.procedure.event import KINDS
from tests.integration.program import answer
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.serving import Answer
from tests.unit.render.test_icalendar import parsed

pytestmark = pytest.mark.integration
#: class of act -> an event of it that the procedure takes at once
EVENTS: dict[str, dict[str, Any]] = {
    "case-word": {"account": "another account"},
    "case-vote": {"vote": "for", "step": "settle"},
    "case-act": {"act": "visit", "outcome": "accidental"},
    "case-course": {"reported": "the report came"},
}
ROLES = ("party", "observer", "monitor", "commission")
OFFICES = {"party": "north", "monitor": "mission", "commission": "chair-state"}


@dataclass(frozen=True, slots=True)
class Joint:
    """The service of a joint commission with somebody in every role."""

    running: Inside
    tokens: dict[str, str]

    def acts(self, role: str, path: str, body: object) -> Answer:
        """Ask for something to be recorded of the case."""
        token = self.tokens[role]
        return self.running.ask(f"/api/cases/{path}", body, token=token)

    def case(self, role: str = "commission") -> Any:  # noqa: ANN401 - any JSON
        """Return the case as a role reads it."""
        return self.running.ask("/api/cases/c1", token=self.tokens[role]).json


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Begin a mission with a case once; those that tests use are copies of it."""
    folder = tmp_path_factory.mktemp("cases") / "mission"
    answer("init", folder, "--agreement", "jmc-joint-visit")
    opened = ("complaint=k1", "clause=no-fire", "party=north", "by=south", "case=c1")
    answer("case", "open", folder, *opened)
    tokens = {PUBLIC: "", "admin": token_of(folder, "the-admin", "admin")}
    for role in ROLES:
        made = enrol(folder, f"the-{role}", [role], OFFICES.get(role), [])
        tokens[role] = str(made["token"])
    south = enrol(folder, "the-other", ["party"], "south", [])
    tokens["other"] = str(south["token"])
    return folder, tokens


@pytest.fixture
def joint(tmp_path: Path, begun: tuple[Path, dict[str, str]]) -> Iterator[Joint]:
    folder, tokens = begun
    shutil.copytree(folder, tmp_path / "mission")
    with inside(tmp_path / "mission") as running:
        yield Joint(running, tokens)


def sent(joint: Joint, role: str, data: bytes) -> str:
    """Send a file whole and return its digest."""
    digest = hashlib.sha256(data).hexdigest()
    told = joint.running.ask(
        f"/api/attachments/{digest}",
        data,
        method="PATCH",
        token=joint.tokens[role],
        upload_offset="0",
        upload_length=str(len(data)),
    )
    assert told.status == 201, told.body
    return digest


def test_a_letter_is_bound_to_the_act_it_came_with(joint: Joint) -> None:
    data = b"%PDF-1.7 a letter"
    digest = hashlib.sha256(data).hexdigest()
    act = {"evidence": "a letter", "by": "north", "files": [digest]}
    early = joint.acts("party", "c1/event", act)
    assert early.status == 400  # it is not here yet, and nothing is on record of it
    assert "Send the file first" in early.json["remedy"]
    assert joint.case()["files"] == []
    assert sent(joint, "party", data) == digest
    assert joint.acts("party", "c1/event", act).status == 201
    (held,) = joint.case()["files"]
    assert (held["sha256"], held["kind"], held["by"]) == (digest, "evidence", "north")
    where = f"/api/cases/c1/files/{digest}"
    for role in ("party", "other", "commission"):
        got = joint.running.ask(where, token=joint.tokens[role])
        assert got.body == data
        named = f'attachment; filename="{digest[:16]}.pdf"'
        assert got.headers["content-disposition"] == named
        assert got.headers["x-content-type-options"] == "nosniff"
    assert joint.running.ask(where).status == 404
    none = joint.running.ask(f"{where[:-1]}0", token=joint.tokens["commission"])
    assert none.status == 404


def test_a_file_of_what_parties_are_not_told_stays_with_the_commission(
    joint: Joint,
) -> None:
    digest = sent(joint, "commission", b"a note for the file")
    act = {"reported": "a note", "by": "chair-state", "files": [digest]}
    assert joint.acts("commission", "c1/event", act).status == 201
    where = f"/api/cases/c1/files/{digest}"
    told = {role: joint.running.ask(where, token=joint.tokens[role]) for role in ROLES}
    assert told["party"].status == 404
    assert told["commission"].body == b"a note for the file"
    assert joint.case("party")["files"] == []


def test_a_file_is_named_by_a_digest_and_nothing_else(joint: Joint) -> None:
    for wrong in ("../../keys/log.seed", "AB" * 32, "ab" * 31):
        act = {"evidence": "x", "by": "north", "files": [wrong]}
        told = joint.acts("party", "c1/event", act)
        assert told.status in {400, 422}
        assert "SHA-256 of a file" in str(told.json), told.json


def test_each_role_acts_on_each_class_as_the_matrix_says(joint: Joint) -> None:
    for role in (PUBLIC, "admin", *ROLES):
        roles = () if role == PUBLIC else (role,)
        for what in CASE:
            by = OFFICES.get(role, "north")
            told = joint.acts(role, "c1/event", {**EVENTS[what], "by": by})
            able = decide(roles, ACT, what).allowed
            expected = 201 if able else 401 if role == PUBLIC else 403
            assert told.status == expected, (role, what, told.body)


def test_a_finding_is_brought_by_whom_the_matrix_lets(joint: Joint) -> None:
    for role in (PUBLIC, "admin", *ROLES):
        by = OFFICES.get(role, "north")
        body = {"by": by, "severity": 3}
        told = joint.running.ask(
            "/api/findings/none/case", body, token=joint.tokens[role]
        )
        able = decide((role,), ACT, CLASS["finding"]).allowed
        expected = 404 if able else 401 if role == PUBLIC else 403
        assert told.status == expected, (role, told.body)


def test_every_kind_of_event_has_a_class_of_the_matrix() -> None:
    assert set(CLASS) <= set(KINDS)
    assert {CLASS.get(each, "case-act") for each in KINDS} == set(CASE)
    held = {what for does in MATRIX.values() for what in does.get(ACT, ())}
    assert held == {*CASE, "version"}  # a version is signed, in no case
    assert {*KINDS, "acknowledge"} >= OWN


def test_a_party_speaks_for_itself_alone(joint: Joint) -> None:
    said = {"by": "south", "text": "not so"}
    assert joint.acts("party", "c1/reply", said).status == 403
    assert joint.acts("party", "c1/reply", {**said, "by": "north"}).status == 201
    log = joint.case()["log"]
    assert [e["by"] for e in log if e["what"] == "reply"] == ["north"]


def test_the_secretary_records_for_others_but_neither_votes_nor_signs_for_them(
    joint: Joint,
) -> None:
    said = {"by": "south", "text": "by letter of this morning"}
    assert joint.acts("commission", "c1/reply", said).status == 201
    vote = {"step": "settle", "by": "south", "choice": "for"}
    assert joint.acts("commission", "c1/vote", vote).status == 403
    signed = {"signed": "yes", "by": "south"}
    assert joint.acts("commission", "c1/event", signed).status == 403


def test_a_vote_goes_from_quorum_to_a_ruling(joint: Joint) -> None:
    visit = {"act": "visit", "by": "jmc", "outcome": "accidental"}
    assert joint.acts("commission", "c1/event", visit).json["refused"] is None
    early = {"step": "settle", "by": "north", "choice": "for"}
    assert joint.acts("party", "c1/vote", early).json["refused"] == "quorum-absent"
    session = {"session": "settle", "by": "jmc-chair"}
    session["present"] = ["north", "south", "chair-state"]  # type: ignore[assignment] # several
    assert joint.acts("commission", "c1/event", session).json["refused"] is None
    for role, by in (("party", "north"), ("other", "south")):
        vote = {"step": "settle", "by": by, "choice": "for"}
        assert joint.acts(role, "c1/vote", vote).json["refused"] is None
    vote = {"step": "settle", "by": "chair-state", "choice": "for"}
    told = joint.acts("commission", "c1/vote", vote).json
    assert told["status"] == "closed"
    votes = {each["id"]: each["votes"] for each in joint.case()["steps"]}
    assert votes["settle"] == dict.fromkeys(("north", "south", "chair-state"), "for")
    assert all(each["votes"] == {} for each in joint.case("party")["steps"])


def test_what_is_said_of_a_finding_stands_beside_it(joint: Joint) -> None:
    said = {"by": "north", "text": "another place", "finding": "k1"}
    assert joint.acts("party", "c1/dispute", said).status == 201
    (told,) = joint.case("other")["said"]
    assert (told["about"], told["reason"]) == ("k1", "another place")


def test_who_recorded_it_and_when_is_not_for_him_to_say(joint: Joint) -> None:
    base = {"account": "x", "by": "north"}
    for forged in ({"person": "somebody"}, {"recorded_at": "2020-01-01T00:00:00Z"}):
        assert joint.acts("party", "c1/event", base | forged).status == 400
    entry = max(
        joint.running.desk.mission.record.entries(("case",)), key=lambda e: e.index
    )
    joint.acts("party", "c1/event", base)
    (last,) = joint.running.desk.mission.record.entries(
        ("case",), start=entry.index + 1
    )
    assert last.body["event"]["person"] == "the-party"  # type: ignore[index] # JSON


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"act": "visit", "vote": "for", "by": "north"},
        {"act": "visit", "by": "north", "kind": "closed"},
        {"act": "visit", "by": "north", "position": 3},
        {"finding": "f", "clause": "no-fire", "by": "chair-state", "severity": "S9"},
        {"act": "visit", "by": "north", "at": "yesterday"},
        {"act": "visit", "by": "north", "at": "2999-01-01T00:00:00Z"},
        {"act": {"deep": {}}, "by": "north"},
    ],
)
def test_what_is_no_event_is_refused_and_not_recorded(
    joint: Joint, body: dict[str, Any]
) -> None:
    size = joint.running.desk.mission.record.head().size
    told = joint.acts("commission", "c1/event", body)
    assert told.status in {400, 422}, told.body
    assert joint.running.desk.mission.record.head().size == size


def test_a_case_that_one_may_not_see_is_not_there(joint: Joint) -> None:
    assert joint.running.ask("/api/cases/c1").status == 404
    assert joint.running.ask("/api/cases").json["listed"] == []
    said = {"by": "north", "text": "x"}
    assert joint.acts("party", "none/reply", said).status == 404
    assert joint.acts("party", "..%2Fx/reply", said).status in {404, 422}


def test_a_service_that_takes_nothing_in_records_nothing(joint: Joint) -> None:
    folder = joint.running.desk.folder
    with inside(folder, read_only=True) as running:
        said = {"by": "north", "text": "x"}
        told = running.ask("/api/cases/c1/reply", said, token=joint.tokens["party"])
        assert told.status == 405


def test_a_complaint_opens_a_case_over_http(joint: Joint) -> None:
    body = {"complaint": "k2", "clause": "no-fire", "party": "south", "by": "north"}
    told = joint.running.ask("/api/cases", body, token=joint.tokens["party"])
    assert (told.status, told.json["status"]) == (201, "open")


def test_the_token_of_enrolment_begins_a_session(joint: Joint) -> None:
    own = {"name": "the-party", "password": joint.tokens["party"]}
    answered = joint.running.ask("/api/session", own)
    assert answered.status == 201
    held = answered.headers["set-cookie"].partition(";")[0]
    me = joint.running.ask("/api/me", cookie=held).json
    assert (me["name"], me["office"]) == ("the-party", "north")
    assert me["may"]["act"] == ["version", "case-word", "case-vote", "case-act"]
    other = {"name": "the-other", "password": joint.tokens["party"]}
    assert joint.running.ask("/api/session", other).status == 401


def test_work_is_claimed_by_one_and_seen_by_the_other(joint: Joint) -> None:
    def asks(role: str, path: str, body: object = None) -> Answer:
        return joint.running.ask(f"/api/{path}", body, token=joint.tokens[role])

    waiting = asks("monitor", "queue").json["items"]
    item = {"item": waiting[0]["key"]}
    assert asks("party", "queue").status == 403
    assert asks("party", "queue/claim", item).status == 403
    assert asks("monitor", "queue/claim", item).json["by"] == "the-monitor"
    again = asks("commission", "queue/claim", item)
    assert (again.status, "the-monitor" in again.json["detail"]) == (409, True)
    seen = asks("commission", "queue").json["items"][0]
    assert seen["claim"]["by"] == "the-monitor"
    assert asks("commission", "queue/release", item).status == 200
    assert asks("commission", "queue/release", item).status == 404
    other = {"item": "finding:no-such"}
    assert asks("monitor", "queue/claim", other).status == 404


def test_rows_are_set_aside_by_whose_part_it_is(joint: Joint, tmp_path: Path) -> None:
    wrong = tmp_path / "a.csv"
    wrong.write_text(
        "source,key,start,end,lat,lon,radius_m,kind,count\nosce,1,"
        "2026-07-27T10:00:00Z,2026-07-27T10:05:00Z,148.0,37.8,1000,explosion,3\n"
    )
    answer("ingest", joint.running.desk.folder, wrong, expect=3)
    (row,) = joint.running.ask("/api/quarantine", token=joint.tokens["monitor"]).json[
        "items"
    ]
    path, body = f"/api/quarantine/{row['id']}/waive", {"reason": "typed twice"}
    for role in (PUBLIC, "admin", *ROLES):
        roles = () if role == PUBLIC else (role,)
        if not decide(roles, WAIVE, "quarantine").allowed:
            told = joint.running.ask(path, body, token=joint.tokens[role])
            assert told.status == (401 if role == PUBLIC else 403), role
    done = joint.running.ask(path, body, token=joint.tokens["commission"])
    assert done.status == 200
    again = joint.running.ask(path, body, token=joint.tokens["monitor"])
    assert again.status == 400
    (row,) = joint.running.ask("/api/quarantine", token=joint.tokens["monitor"]).json[
        "items"
    ]
    assert row["waived"] == "the-commission: typed twice"


def test_a_party_acknowledges_its_own_notices_and_nobody_does_it_for_it(
    joint: Joint,
) -> None:
    told = {"by": "north"}
    for role in ("other", "commission", "monitor"):
        assert joint.acts(role, "c1/acknowledge", told).status == 403
    one_round(joint.running.desk.folder, wiring.now())
    got = joint.acts("party", "c1/acknowledge", told)
    assert (got.status, got.json["acknowledged"]) == (201, 1)
    assert joint.acts("party", "c1/acknowledge", told).json["acknowledged"] == 0
    (notice,) = joint.case("other")["notices"]
    assert notice["delivered_at"] is not None
    assert {who: at is not None for who, at in notice["acknowledged"].items()} == {
        "north": True,
        "south": False,
    }


def test_calls_are_logged_by_who_made_them_and_read_by_who_took_part(
    joint: Joint,
) -> None:
    def ask(role: str, path: str = "", body: object = None) -> Answer:
        token = joint.tokens[role]
        return joint.running.ask(f"/api/hotline{path}", body, token=token)

    call = {"by": "north", "to": ["jmc"], "text": "shots at the mill"}
    assert ask("other", "", call).status == 403
    assert ask(PUBLIC, "", call).status == 401
    entry = ask("party", "", call).json["entry"]
    answer = {"by": "jmc", "text": "we look into it"}
    assert ask("party", f"/{entry}/answer", answer).status == 403
    assert ask("commission", f"/{entry}/answer", answer).status == 201
    assert ask("commission", "/1/answer", answer).status == 400
    (line,) = ask("party").json["calls"]
    assert (line["person"], line["answers"][0]["said"]) == ("the-party", answer["text"])
    assert ask("other").json["calls"] == []
    assert len(ask("monitor").json["calls"]) == 1
    assert ask(PUBLIC).status == 401


def test_the_feed_has_deadlines_of_cases_but_for_the_public(joint: Joint) -> None:
    def feed(role: str, lang: str = "en") -> Answer:
        asked = f"/api/calendar.ics?lang={lang}"
        return joint.running.ask(asked, token=joint.tokens[role])

    told = feed("party", "uk")
    assert told.headers["content-type"].startswith("text/calendar")
    events = parsed(told.body)
    due = {each["key"] for each in joint.case("party")["due"]}
    kept = {each["UID"].rpartition("/")[2] for each in events if "c1/" in each["UID"]}
    assert kept == {f"{key}@jmc-joint-visit.cases.pamiers" for key in due}
    assert b"c1" not in feed(PUBLIC).body
