"""A process beside the service ends what takes more than it may, and goes on."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pamiers.app.api import drafts
from pamiers.app.api.beside import Allowed, Beside, OverspentError
from pamiers.app.api.drafts import Drafts
from pamiers.app.draft_tried import Draft
from pamiers.core.sharing import Sharing
from tests.integration.service.inside import inside, token_of
from tests.integration.service.serving import prepared

if TYPE_CHECKING:
    from concurrent.futures import Future

pytestmark = pytest.mark.integration
ROOM = 1024**3


def test_a_task_that_takes_too_long_is_ended_and_the_next_is_done() -> None:
    beside = Beside(allowed=Allowed(seconds=8.0, memory_bytes=ROOM))
    try:
        assert beside.submit(sum, (1, 2)).result(60) == 3
        began = time.monotonic()
        with pytest.raises(OverspentError, match=r"not done in 8 s\. Ask for less"):
            beside.submit(time.sleep, 600).result(60)
        assert time.monotonic() - began < 30
        assert beside.submit(sum, (3, 4)).result(60) == 7
    finally:
        beside.close()


def test_a_task_that_takes_too_much_memory_is_refused() -> None:
    beside = Beside(allowed=Allowed(seconds=60.0, memory_bytes=ROOM))
    try:
        with pytest.raises(OverspentError, match="more memory than is allowed"):
            beside.submit(bytearray, 2 * ROOM).result(60)
        assert beside.submit(sum, (3, 4)).result(60) == 7
    finally:
        beside.close()


def test_what_a_task_left_in_memory_is_not_the_next_ones() -> None:
    beside = Beside(allowed=Allowed(seconds=60.0, memory_bytes=ROOM))
    too_much, little = f"bytearray({ROOM * 6 // 10})", f"bytearray({ROOM // 2})"
    try:
        beside.submit(exec, f"import os; os.kept = {little}").result(60)
        with pytest.raises(OverspentError):
            beside.submit(exec, too_much).result(60)
        assert beside.submit(exec, too_much).result(60) is None
    finally:
        beside.close()


class Counted(Beside):
    """Counts what it is asked to do."""

    asked = 0

    def submit(self, what: Callable[..., Any], *given: object) -> "Future[Any]":
        """Have something done."""
        self.asked += 1
        return super().submit(what, *given)


def test_a_draft_that_took_too_long_is_not_begun_anew(tmp_path: Path) -> None:
    makers = Counted(allowed=Allowed(seconds=0.01, memory_bytes=ROOM))
    tries = Drafts(folder=tmp_path, makers=makers)
    draft = Draft(head="", reader=Sharing.PUBLIC, held=())
    try:
        for _ in range(2):
            with pytest.raises(OverspentError):
                _answered(tries, draft)
            assert makers.asked == 1
    finally:
        tries.close()


def _answered(tries: Drafts, draft: Draft) -> None:
    for _ in range(30):
        assert tries.of(draft) is None


def _endless(draft: Draft, over: Path) -> None:
    """Try a draft for ever."""
    assert draft.files
    assert over.is_dir()
    time.sleep(3_600)


def test_others_are_answered_while_a_trial_takes_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PATIENCE_S", 0.1)
    monkeypatch.setattr(drafts, "tried", _endless)
    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "mo", "monitor", sources=("*",))
    with inside(folder) as running:
        running.desk.drafts.makers = Beside(
            allowed=Allowed(seconds=4.0, memory_bytes=2 * ROOM)
        )
        hostile = {"files": {"agreement.yaml": "clauses: []\n"}}
        states: set[str] = set()
        told = running.ask("/api/draft/replay", hostile, token=token)
        for _ in range(300):
            states.add(told.json.get("state"))
            assert running.ask("/healthz").status == 200
            if told.status == 200:
                break
            assert told.status in {202, 503}, told.body
            time.sleep(0.2)
            told = running.ask("/api/draft/replay", hostile, token=token)
        assert told.json["state"] == "too_long", told.body[:200]
        assert told.json["seconds"] == drafts.ALLOWED.seconds
        assert "working" in states
        assert running.ask("/api/messages", {}, token=token).status == 400
