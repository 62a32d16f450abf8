"""The permission matrix, cell by cell, by HTTP: the table asserted is enforced."""

import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from pamiers.app.api.reader import Reader
from pamiers.app.bundled import trust_of, verify_bundle
from pamiers.app.pages.marks import Wanted
from pamiers.app.pages.readers import reader_of
from pamiers.app.publication import write_bundle_of, write_export
from pamiers.core.sharing import Sharing
from pamiers.mission.access.permissions import (
    ACTIONS,
    CLASSES,
    GRANT,
    MATRIX,
    PUBLIC,
    READ,
    ROLES,
    SEND,
    WEIGHTY,
    clearance,
    decide,
)
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import prepared

pytestmark = pytest.mark.integration
GIVEN = [role for role in ROLES if role not in {"public", "device"}]
CANARY = "canary-in-words"
#: class of thing -> where it is read
PLACES = {
    "overview": "/api/status",
    "incident": "/api/incidents",
    "finding": "/api/findings",
    "coverage": "/api/coverage",
    "observation": "/api/rows/observation",
    "total": "/api/rows/total",
    "tally": "/api/rows/tally",
    "statement": "/api/rows/statement",
    "agreement": "/api/agreement",
    "calendar": "/api/calendar",
    "ledger": "/api/ledgers/weapons",
    "record": "/api/record",
    "metrics": "/metrics",
    "conflict": "/api/conflicts",
    "principal": "/api/principals",
    "device": "/api/devices",
    "version": "/api/agreement/versions",
    "access": "/api/access",
    "case": "/api/cases",
    "work": "/api/queue",
    "quarantine": "/api/quarantine",
    "deterrence": "/api/deterrence",
    "deployment": "/api/deployment",
}


@dataclass(frozen=True, slots=True)
class Staffed:
    """The service with somebody in every role."""

    running: Inside
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    folder = prepared(tmp_path_factory.mktemp("matrix") / "mission")
    tokens = {PUBLIC: ""}
    for role in ["admin", *(r for r in GIVEN if r != "admin")]:
        name = f"the-{role}"
        if role in WEIGHTY and role != "admin":
            tokens[role] = token_of(folder, name)
        else:
            tokens[role] = token_of(folder, name, role, sources=("*",))
    with inside(folder) as running:
        for role in WEIGHTY - {"admin"}:
            body = {"name": f"the-{role}", "roles": [role]}
            told = running.ask("/api/principals", body, token=tokens["admin"])
            assert told.status == 201, told.body
            assert told.json["roles"] == []
            approval = {"proposal": told.json["proposal"]}
            own = running.ask(
                "/api/principals/approve", approval, token=tokens["admin"]
            )
            assert own.status == 403
            done = running.ask(
                "/api/principals/approve", approval, token=tokens["commission"]
            )
            assert done.json["roles"] == [role]
        for label in Sharing:
            for kind in ("observation", "coverage", "statement"):
                said = labelled(label, kind)
                answer = running.ask("/api/messages", said, token=tokens["monitor"])
                assert answer.status == 201, answer.body
        yield Staffed(running, tokens)


def labelled(label: Sharing, kind: str) -> dict[str, object]:
    words = f"{CANARY} {label.value}"
    if kind == "observation":
        row = {"text": words, "lon": 38.5 + list(Sharing).index(label) / 10}
        return message(f"x-{label.value}", label=label.value, row=row)
    hour = list(Sharing).index(label)
    times = {"start": f"2020-08-02T0{hour}:00:00Z", "end": "2020-08-02T10:00:00Z"}
    own = {"coverage": {"watched": "fire"}, "statement": {"category": "remark"}}
    row_of = {**times, **own[kind], "text": words}
    said = {"source": "post-9", "id": f"x-{label.value}", "kind": kind, "row": row_of}
    return {**said, "label": label.value}


@pytest.mark.parametrize("role", [PUBLIC, *GIVEN])
def test_each_role_reads_each_class_as_the_matrix_says(
    staffed: Staffed, role: str
) -> None:
    roles = () if role == PUBLIC else (role,)
    for what, path in PLACES.items():
        answer = staffed.running.ask(path, token=staffed.tokens[role])
        decision = decide(roles, READ, what)
        refused = 401 if role == PUBLIC else 403
        assert answer.status == (200 if decision.allowed else refused), (role, what)


@pytest.mark.parametrize("role", [PUBLIC, *GIVEN])
@pytest.mark.parametrize("kind", ["observation", "coverage", "statement", "incident"])
def test_each_label_is_read_as_the_matrix_says(
    staffed: Staffed, role: str, kind: str
) -> None:
    roles = () if role == PUBLIC else (role,)
    path = "/api/incidents" if kind == "incident" else f"/api/rows/{kind}"
    answer = staffed.running.ask(f"{path}?limit=999", token=staffed.tokens[role])
    shown = answer.json.get("items", [])
    for label in Sharing:
        nth = list(Sharing).index(label)
        lon, start = 38.5 + nth / 10, f"2020-08-02T0{nth}:00:00Z"
        if kind in {"incident", "observation"}:
            seen = any(abs(row.get("lon", 0) - lon) < 0.02 for row in shown)
        else:
            seen = any(row["start"] == start for row in shown)
        assert seen is decide(roles, READ, kind, label).allowed, (role, kind, label)


@pytest.mark.parametrize("role", [PUBLIC, *GIVEN])
def test_each_label_is_drawn_as_the_edition_of_a_role_says(
    staffed: Staffed, role: str
) -> None:
    desk = staffed.running.desk
    roles = () if role == PUBLIC else (role,)
    edition = Reader(roles=roles, clearance=clearance(roles)).edition
    reader = reader_of(desk.shown, edition, folder=desk.folder)
    lons = (reader.marks().x * 360 - 180).tolist()
    listed = reader.marks().listed(Wanted(), 0, 500)["incidents"]["lon"]
    for label in Sharing:
        lon = 38.5 + list(Sharing).index(label) / 10
        drawn = any(abs(each - lon) < 0.02 for each in lons)
        assert drawn is label.seen_with(Sharing(edition)), (role, label)
        assert drawn is any(abs(each - lon) < 0.02 for each in listed), (role, label)
        if drawn:
            assert decide(roles, READ, "incident", label).allowed, (role, label)


@pytest.mark.parametrize("role", [PUBLIC, *GIVEN])
def test_each_role_sends_and_grants_as_the_matrix_says(
    staffed: Staffed, role: str
) -> None:
    roles, token = () if role == PUBLIC else (role,), staffed.tokens[role]
    answer = staffed.running.ask("/api/messages", message(f"by-{role}"), token=token)
    assert (answer.status == 201) is decide(roles, SEND, "message").allowed
    body = {"name": f"new-{role}", "roles": ["observer"]}
    answer = staffed.running.ask("/api/principals", body, token=token)
    assert (answer.status == 201) is decide(roles, GRANT, "principal").allowed


def test_words_of_closed_rows_reach_nobody_below(staffed: Staffed) -> None:
    for role in [PUBLIC, *GIVEN]:
        roles = () if role == PUBLIC else (role,)
        body = b"".join(
            staffed.running.ask(f"{path}?limit=999", token=staffed.tokens[role]).body
            for path in ("/api/rows/observation", "/api/rows/statement")
        )
        for label in Sharing:
            able = decide(roles, READ, "statement", label).allowed
            assert (f"{CANARY} {label.value}".encode() in body) is able, (role, label)


@pytest.mark.parametrize("edition", ["public", "parties", "commission"])
def test_exports_hold_what_their_readers_may_read(
    staffed: Staffed, edition: str, tmp_path: Path
) -> None:
    folder = staffed.running.desk.folder
    write_export(folder, tmp_path / "out", edition=edition, as_of=None)
    bundle = tmp_path / "record.zip"
    write_bundle_of(folder, bundle, edition=edition)
    with zipfile.ZipFile(bundle) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    told += b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    for label in Sharing:
        roles = {"public": (), "parties": ("party",), "commission": ("commission",)}
        able = decide(roles[edition], READ, "observation", label).allowed
        start = f'"start":"2020-08-02T0{list(Sharing).index(label)}:00:00Z"'.encode()
        assert (start in told) is able, (edition, label)
        named = able and edition != "public"  # to whom no lone source is named
        assert (f"x-{label.value}".encode() in told) is named, (edition, label)
        words = decide(roles[edition], READ, "statement", label).allowed
        assert (f"{CANARY} {label.value}".encode() in told) is words, (edition, label)
    for token in staffed.tokens.values():
        assert not token or token.encode() not in told
    verify_bundle(bundle, trust_of(None, None, []))


def test_every_route_asks_at_the_door(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast("dict[str, object]", MATRIX), PUBLIC, {})
    open_to_all = {"/healthz", "/readyz", "/api/me", "/api/session", "/ogc"}
    open_to_all |= {"/api/permissions", "/ogc/conformance"}
    open_to_all |= {"/api/oidc/begin", "/api/oidc/return"}  # the way in
    described = staffed.running.ask("/api/openapi.json").json["paths"]
    for path, methods in described.items():
        named = path.replace("{digest}", "0" * 64).replace("{index}", "0")
        named = named.replace("{what}", "total").replace("{kind}", "weapons")
        named = named.replace("{name}", "zones").replace("{key}", "x")
        named = named.replace("{entry}", "0")
        if path in open_to_all:
            continue
        for method in methods:
            body: object = None if method in {"get", "head"} else {}
            asked = f"{named}?since=0" if "consistency" in named else named
            answer = staffed.running.ask(asked, body, method=method.upper())
            assert answer.status in {401, 422}, (method, path, answer.status)
            if method == "get":
                assert answer.status == 401, path


def test_random_grants_and_removals_open_nothing(  # noqa: C901, PLR0912, PLR0915 - steps
    tmp_path: Path,
) -> None:
    folder = prepared(tmp_path / "mission")
    admin = token_of(folder, "root", "admin")
    other = token_of(folder, "other", "commission")
    rng = random.Random(20)  # noqa: S311 - a seed
    with inside(folder) as running:
        tokens: dict[str, str] = {"root": admin, "other": other}
        behind = {"root": "root", "other": "other"}  # who was told each token
        proposals: list[int] = []
        approved = 0
        for _ in range(60):
            who, name = rng.choice(list(tokens)), f"p{rng.randint(0, 4)}"
            held = running.desk.door.access().roles_of
            roles = rng.sample(GIVEN, rng.randint(1, 2))
            move = rng.choice(("enrol", "take", "approve"))
            before = {n: set(held(n)) for n in (*tokens, name)}
            if move == "enrol":
                body = {"name": name, "roles": roles}
                answer = running.ask("/api/principals", body, token=tokens[who])
                assert (answer.status == 201) == decide(
                    before[who], GRANT, "principal"
                ).allowed
                if answer.status == 201:
                    if answer.json["token"]:
                        tokens[name] = answer.json["token"]
                        behind[name] = behind[who]
                    if answer.json["proposal"] is not None:
                        proposals.append(answer.json["proposal"])
                    gained = set(held(name)) - before[name]
                    assert not gained & WEIGHTY
            elif move == "take" and name in tokens and name != "root":
                body = {"name": name, "roles": roles}
                answer = running.ask("/api/principals/take", body, token=tokens[who])
                if answer.status == 200:
                    assert not set(held(name)) & set(roles)
                    mine = running.ask("/api/me", token=tokens[name]).json
                    assert not set(mine["roles"]) & set(roles)  # at once
            elif proposals:
                one = rng.choice(proposals)
                waiting = running.desk.door.access().proposals.get(one)
                answer = running.ask(
                    "/api/principals/approve", {"proposal": one}, token=tokens[who]
                )
                if answer.status == 200:
                    assert waiting is not None
                    assert who not in {waiting.by, waiting.name}
                    assert decide(before[who], "approve", "principal").allowed
                    assert behind[who] != behind[waiting.by]
                    approved += 1
            for name_, token in tokens.items():
                can = running.ask("/api/access", token=token).status == 200
                assert can is decide(held(name_), READ, "access").allowed
        assert approved


def test_the_matrix_names_only_what_there_is() -> None:
    for role, does in MATRIX.items():
        assert role in ROLES
        assert set(does) <= set(ACTIONS)
        assert set().union(*does.values()) <= set(CLASSES)
    assert not decide((), "read", "message").allowed
    assert not decide(("nobody",), "grant", "principal").allowed
    closed = decide(("admin",), READ, "observation", Sharing.CONFIDENTIAL)
    assert not closed.allowed


def test_a_preview_says_who_will_see_what(staffed: Staffed) -> None:
    row = {**message("m")["row"], "text": "words", "observer": "{}"}
    body = {"kind": "observation", "label": "commission", "row": row}
    told = staffed.running.ask("/api/preview", body, token=staffed.tokens["observer"])
    assert told.status == 200, told.body
    circles = told.json["circles"]
    assert circles["public"] is None
    assert circles["parties"] is None
    assert circles["commission"]["text"] == "words"
    assert "the-monitor" in told.json["readers"]
    assert "the-party" not in told.json["readers"]
    assert "the-admin" not in told.json["readers"]
    open_row = {**body, "label": "public"}
    named = staffed.running.ask(
        "/api/preview", open_row, token=staffed.tokens["monitor"]
    ).json["readers"]
    assert {"the-party", "the-observer", "the-monitor"} <= set(named)
    told = staffed.running.ask(
        "/api/preview", open_row, token=staffed.tokens["observer"]
    )
    assert "the-monitor" in told.json["readers"]  # who serves the commission
    assert not {"the-party", "the-observer"} & set(told.json["readers"])
    public = told.json["circles"]["public"]
    assert "text" not in public
    assert public["radius_m"] >= 1000


def test_decisions_are_put_on_record(staffed: Staffed) -> None:
    from pamiers.app.api.beat import Beat  # noqa: PLC0415

    staffed.running.ask("/api/principals", token=staffed.tokens["party"])
    Beat(staffed.running.desk, staffed.running.intake.writer).log_decisions()
    log = staffed.running.ask("/api/access", token=staffed.tokens["auditor"]).json
    told = [each for entry in log["items"] for each in entry["decisions"]]
    refused = [e for e in told if e["who"] == "the-party" and not e["allowed"]]
    assert any(each["what"] == "principal" for each in refused)
    assert CANARY not in str(log)


def test_a_password_begins_a_session_that_other_pages_cannot_use(
    staffed: Staffed,
) -> None:
    accounts = staffed.running.desk.accounts
    accounts.set_password("the-admin", "correct horse battery")
    wrong = {"name": "the-admin", "password": "wrong horse battery"}
    assert staffed.running.ask("/api/session", wrong).status == 401
    nobody = {"name": "nobody", "password": "wrong horse battery"}
    assert staffed.running.ask("/api/session", nobody).status == 401
    right = {"name": "the-admin", "password": "correct horse battery"}
    answer = staffed.running.ask("/api/session", right)
    assert answer.status == 201
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    held = cookie.partition(";")[0]
    me = staffed.running.ask("/api/me", cookie=held).json
    assert me["name"] == "the-admin"
    body = {"name": "mallory", "roles": ["monitor"]}
    foreign = staffed.running.ask(
        "/api/principals", body, cookie=held, origin="https://elsewhere.example"
    )
    assert foreign.status == 403
    own = staffed.running.ask(
        "/api/principals", body, cookie=held, origin="http://here"
    )
    assert own.status == 201
