"""A draft tells nobody of what is closed to him; nobody is enrolled as the keeper."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.service.inside import Inside, Within, inside, token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import prepared

pytestmark = pytest.mark.integration
#: where and when nothing else is on record
ROW = {"start": "2020-09-20T09:00:00Z", "end": "2020-09-20T09:05:00Z"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Inside, Path]]:
    folder = prepared(tmp_path_factory.mktemp("drafting") / "mission")
    with inside(folder) as running:
        running.desk.drafts.makers = Within()
        yield running, folder


def tried(running: Inside, token: str) -> dict[str, Any]:
    """Return what a draft comes to, once it is worked out."""
    for _ in range(300):
        told = running.ask("/api/draft/replay", {"language": "en"}, token=token)
        if told.status == 200:
            assert told.json["state"] == "ready", told.body
            return {name: told.json[name] for name in ("draft", "own")}
        assert told.status == 202, told.body
        time.sleep(0.2)
    raise AssertionError("never worked out")


def test_a_draft_is_tried_on_what_who_tries_it_may_know(
    world: tuple[Inside, Path],
) -> None:
    running, folder = world
    tokens = {
        "protector": token_of(folder, "pia", "admin", "protector"),
        "monitor": token_of(folder, "mo", "monitor", sources=("*",)),
    }
    before = {who: tried(running, token) for who, token in tokens.items()}
    assert before["monitor"] == before["protector"]
    said = message("closed", label="confidential", row=ROW)
    sent = running.ask("/api/messages", said, token=tokens["monitor"])
    assert sent.status == 201, sent.body
    after = {who: tried(running, token) for who, token in tokens.items()}
    days = [told["protector"]["draft"]["days"] for told in (before, after)]
    assert days[1] == days[0] + 1
    assert after["monitor"] == before["monitor"]


def test_nobody_is_enrolled_as_the_keeper(world: tuple[Inside, Path]) -> None:
    running, folder = world
    token = token_of(folder, "pia", "admin", "protector")
    body = {"name": "keeper", "roles": ["commission"]}
    told = running.ask("/api/principals", body, token=token)
    assert told.status == 400, told.body
    assert "not `keeper`" in told.body.decode()
