"""Who reads after writing waits for nothing, and is told what is not yet judged."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.api.application import application
from pamiers.app.api.beside import Beside
from pamiers.app.api.remaking import last_made, remade
from pamiers.app.api.running import desk, taking
from pamiers.app.api.view import unpacked, view_of
from pamiers.app.recorded import append
from pamiers.app.wiring import opened, projections_in_memory
from pamiers.core.errors import OutOfOrderError, StoreError
from pamiers.mission.as_it_stood import as_it_stood
from pamiers.mission.state import state
from tests.integration.service.inside import Inside, token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import Serving, prepared, serving

pytestmark = pytest.mark.integration
SOON_S = 5.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path / "mission")


@pytest.fixture
def token(folder: Path) -> str:
    return token_of(folder, "olha", "observer", sources=("post-9",))


class Halting:
    """Makes views when it is told to, one at a time, and counts how many."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.go = threading.Event()
        self.most = self.now = self.made = 0

    def submit(self, what: Callable[..., Any], *given: object) -> "Future[Any]":
        """Have something done, later."""
        self.now += 1
        self.most = max(self.most, self.now)
        return self.pool.submit(self._done, what, given)

    def _done(self, what: Callable[..., Any], given: tuple[object, ...]) -> object:
        self.go.wait(60)
        self.made += 1
        try:
            return what(*given)
        finally:
            self.now -= 1

    def close(self) -> None:
        """Go on, and end."""
        self.go.set()
        self.pool.shutdown(cancel_futures=True)


@pytest.fixture
def halting(folder: Path, token: str) -> Iterator[tuple[Inside, Halting]]:
    del token
    makers = Halting()
    makers.go.set()
    with (
        desk(folder, read_only=False, makers=makers) as at,
        taking(at, 3600.0) as intake,
    ):
        yield Inside(application(at, intake, frozenset()), at, intake), makers


def until(told: Callable[[], bool]) -> None:
    for _ in range(600):
        if told():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_a_reader_is_given_the_last_view_and_told_what_is_newer(
    halting: tuple[Inside, Halting], token: str
) -> None:
    running, makers = halting
    before = running.ask("/api/rows/observation?wait=60").json
    assert before["not_yet_judged"] == 0
    makers.go.clear()
    for i in range(5):
        assert running.ask("/api/messages", message(f"m{i}"), token=token).status == 201
        began = time.perf_counter()
        found = running.ask("/api/rows/observation")
        assert time.perf_counter() - began < SOON_S
        assert found.json["items"] == before["items"]
        assert found.json["entries"] == before["entries"]
        assert found.headers["x-pamiers-entries"] == str(before["entries"])
        newer = running.desk.mission.record.head().size - before["entries"]
        assert found.json["not_yet_judged"] == newer == 2 * (i + 1)
        assert found.headers["x-pamiers-not-yet-judged"] == str(newer)
    made = makers.made
    makers.go.set()
    found = running.ask("/api/rows/observation?wait=60").json
    assert found["not_yet_judged"] == 0
    assert found["matched"] == before["matched"] + 5
    # Once with the first message, at most once more for all that came meanwhile.
    assert 1 <= makers.made - made <= 2
    assert makers.most == 1


def test_what_needs_no_view_is_answered_without_one(folder: Path, token: str) -> None:
    makers = Halting()
    with (
        desk(folder, read_only=False, makers=makers) as at,
        taking(at, 3600.0) as intake,
    ):
        running = Inside(application(at, intake, frozenset()), at, intake)
        assert running.ask("/api/messages", message("m1"), token=token).status == 201
        for path in ("", "/checkpoint", "/entries", "/entries/1/proof"):
            assert running.ask(f"/api/record{path}").status == 200
        assert running.ask("/api/me", token=token).json["name"] == "olha"
        found = running.ask("/api/freshness").json
        assert (found["judged"], found["making"]) == (0, True)
        chair = token_of(folder, "chair", "commission")
        assert running.ask("/api/conflicts", token=chair).json["items"] == []
        late = running.ask("/api/incidents")  # nothing to show yet: said so
        assert late.status == 503
        assert late.headers["retry-after"]
        makers.go.set()
        assert running.ask("/api/incidents?wait=60").status == 200


def test_a_wait_ends_when_its_time_is_over(
    halting: tuple[Inside, Halting], token: str
) -> None:
    running, makers = halting
    assert running.ask("/api/status?wait=60").json["not_yet_judged"] == 0
    makers.go.clear()
    running.ask("/api/messages", message("m1"), token=token)
    began = time.perf_counter()
    assert running.ask("/api/freshness?wait=0.3").json["newer"] == 2
    assert 0.3 <= time.perf_counter() - began < SOON_S
    makers.go.set()
    found = running.ask("/api/freshness?wait=60").json
    assert (found["newer"], found["judged"]) == (0, found["entries"])
    assert running.ask("/api/freshness?wait=9999").status == 422


def test_a_view_is_of_one_record_whatever_is_recorded_meanwhile(folder: Path) -> None:
    with opened(folder) as mission:
        head = mission.record.head()
        then = as_it_stood(mission, head, projections_in_memory({}))
        whole = view_of(then)
        append(mission, folder, "decision", {"do": "nothing"})
        assert mission.record.head().size == head.size + 1
        assert then.record.head() == head
        assert [each.index for each in then.record.entries()] == list(range(head.size))
        kept = dict(then.record.payloads("rows"))
        assert kept == {i: then.record.payload(i, "rows") for i in kept}
        with pytest.raises(StoreError):
            then.record.payload(head.size, "rows")
        with pytest.raises(OutOfOrderError):
            then.record.append([], after=head.size)
        again = as_it_stood(mission, head, projections_in_memory({}))
        assert view_of(again).mark == whole.mark


def test_the_last_view_is_there_again_after_a_restart(folder: Path) -> None:
    parcel = remade(folder)
    with opened(folder) as mission:
        append(mission, folder, "waiver", {"row": "none"})
        kept = last_made(folder)
        assert kept is not None
        assert kept.head == parcel.head
        assert kept.head.size == mission.record.head().size - 1
        memory = projections_in_memory(kept.kept)
        view = unpacked(kept, as_it_stood(mission, kept.head, memory))
        assert view.incidents.columns.equals(parcel.said["incidents"].columns)
        assert len(state(view.mission).tables["observation"]) == 2
    for each in (folder / "projections").glob("incidents*"):
        each.unlink()
    assert last_made(folder) is None


def _fails() -> None:
    raise StoreError("here", expected="one", got="another", remedy="None.")


def test_a_process_that_dies_is_begun_again() -> None:
    beside = Beside()
    try:
        first = beside.submit(_pid).result(60)
        with pytest.raises(StoreError, match="expected one, got another"):
            beside.submit(_fails).result(60)
        assert beside.submit(_pid).result(60) == first
        with pytest.raises(StoreError, match="one that ended"):
            beside.submit(_dies).result(60)
        assert beside.submit(_pid).result(60) != first
    finally:
        beside.close()


def _pid() -> int:
    return os.getpid()


def _dies() -> None:
    os._exit(3)


def test_a_real_server_answers_at_once_and_freshly_when_asked(
    folder: Path, token: str
) -> None:
    named = {"Authorization": f"Bearer {token}"}
    with serving(folder) as running:
        assert running.ask("/api/incidents?wait=120").json["not_yet_judged"] == 0
        count = 0
        for i in range(20):
            assert _sent(running, f"m{i}", named)
            began = time.perf_counter()
            found = running.ask("/api/rows/observation")
            assert found.status == 200
            assert time.perf_counter() - began < SOON_S, "it waited for a view"
            assert found.json["matched"] >= count
            count = found.json["matched"]
        found = running.ask("/api/rows/observation?wait=120").json
        assert (found["not_yet_judged"], found["matched"]) == (0, 22)
        assert running.stop() == 0


def _sent(running: Serving, key: str, named: dict[str, str]) -> bool:
    return running.ask("/api/messages", message(key), **named).status == 201
