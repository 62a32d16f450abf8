"""What comes in by HTTP: once on record whatever comes how often, and receipted."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.receive import Request, receive
from pamiers.app.wiring import opened
from pamiers.mission.messages.filing import KIND, TEXTS, listed
from pamiers.mission.messages.receipt import verify_receipt
from pamiers.mission.replay import replay
from pamiers.mission.state import state
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import ROW, message
from tests.integration.service.serving import prepared

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path / "mission")


@pytest.fixture
def service(folder: Path) -> Iterator[tuple[Inside, str]]:
    token = token_of(folder, "olha", "observer", sources=("post-9",))
    with inside(folder) as running:
        yield running, token


def keys_on_record(folder: Path) -> list[str]:
    with opened(folder) as mission:
        columns = state(mission).tables["observation"].columns
        pairs = zip(
            columns.column("source").to_pylist(),
            columns.column("key").to_pylist(),
            strict=True,
        )
        return sorted(key for source, key in pairs if source == "post-9")


def test_a_message_is_on_record_and_its_receipt_proves_it(
    service: tuple[Inside, str], folder: Path
) -> None:
    running, token = service
    answer = running.ask("/api/messages", message("m1"), token=token)
    assert answer.status == 201, answer.body
    receipt = answer.json
    promised = verify_receipt(receipt, running.desk.key.verifier)
    (entry,) = running.desk.mission.record.entries((KIND,))
    assert (promised.entry, promised.leaf) == (entry.index, entry.leaf)
    assert promised.head == running.desk.mission.record.head()
    held = listed(entry, running.desk.mission.record.payload(entry.index, TEXTS))
    assert held[receipt["position"]].message.id == "m1"
    assert keys_on_record(folder) == ["m1"]
    seen = running.ask("/api/rows/observation?limit=9", token=token).json["items"]
    assert any(each["key"] == "m1" for each in seen)


def test_the_same_again_gets_the_same_receipt(
    service: tuple[Inside, str], folder: Path
) -> None:
    running, token = service
    first = running.ask("/api/messages", message("m1"), token=token)
    size = running.desk.mission.record.head().size
    for _ in range(3):
        again = running.ask("/api/messages", message("m1"), token=token)
        assert (again.status, again.json) == (201, first.json)
    assert running.desk.mission.record.head().size == size
    with inside(folder) as anew:  # and after a restart
        assert anew.ask("/api/messages", message("m1"), token=token).json == first.json
    (folder / "index" / "seen.sqlite").unlink()
    with inside(folder) as anew:  # and where the index is made anew
        assert anew.ask("/api/messages", message("m1"), token=token).json == first.json


def test_another_under_the_same_id_is_kept_and_opens_a_conflict(
    service: tuple[Inside, str], folder: Path
) -> None:
    running, token = service
    running.ask("/api/messages", message("m1"), token=token)
    other = message("m1", row={"kind": "burst"})
    answer = running.ask("/api/messages", other, token=token)
    assert answer.status == 409
    assert answer.json["status"] == "R-ID-CONFLICT"
    verify_receipt(answer.json, running.desk.key.verifier)
    again = running.ask("/api/messages", other, token=token)
    assert (again.status, again.json) == (409, answer.json)
    assert keys_on_record(folder) == ["m1"]
    token = token_of(folder, "chair", "commission")
    (conflict,) = running.ask("/api/conflicts", token=token).json["items"]
    assert conflict["conflict"] is True
    assert conflict["id"] == "m1"


def test_many_ways_and_many_times_is_once_on_record(
    service: tuple[Inside, str], folder: Path, tmp_path: Path
) -> None:
    running, token = service
    rng = random.Random(11)  # noqa: S311 - a seed
    names = [f"n{i}" for i in range(60)]
    file = tmp_path / "same.csv"
    columns = list(ROW)
    lines = [",".join(["source", "key", *columns])]
    lines += [",".join(["post-9", n, *map(str, ROW.values())]) for n in names[20:]]
    file.write_text("\n".join(lines) + "\n")
    sendings = [name for name in names[:50] for _ in range(rng.randint(1, 5))]
    rng.shuffle(sendings)

    async def send() -> list[Any]:
        filing = asyncio.to_thread(
            receive, folder, file, Request(), lambda _a, _b, _c: None
        )
        posts = [
            running.asked("/api/messages", message(name), token=token)
            for name in sendings
        ]
        return (await asyncio.gather(filing, *posts))[1:]

    answers = asyncio.run(send())
    assert {each.status for each in answers} == {201}
    receipts: dict[str, Any] = {}
    for name, each in zip(sendings, answers, strict=True):
        assert receipts.setdefault(name, each.json) == each.json
        verify_receipt(each.json, running.desk.key.verifier)
    assert keys_on_record(folder) == sorted(names)
    with opened(folder) as mission:
        rows = sum(
            len(mission.record.payload(e.index, "digests")) // 32
            for e in mission.record.entries(("rows",))
        )
        assert rows == len(names) + 2  # those that were there before
        assert replay(mission).differences == ()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[1]", 400),
        (b'{"source": "post-9", "source": "post-9"}', 400),
        (b'{"id": NaN}', 400),
        (b"[" * 60_000, 400),
        (b'{"id": "\\ud800"}', 400),
        (b'{"id": ' + b"9" * 5000 + b"}", 400),
        (b"\xff\xfe", 400),
        (b"x" * 200_000, 413),
        ({"source": "post-9"}, 400),
        (message("m/../1 2"), 400),
        (message("m1", row={"lon": 238.0}), 400),
        (message("m1", row={"start": "yesterday"}), 400),
        (message("m1", row={"end": "2020-08-02T08:00:00Z"}), 400),
        (message("m1", row={"kind": "zork"}), 400),
        (message("m1", row={"count": "3"}), 400),
        (message("m1", row={"sourse": "x"}), 400),
        (message("m1", row={"radius_m": None}), 400),
        (message("m1", nonsense=1), 400),
        (message("m1", label="secret"), 400),
        (message("m1", source="post-8"), 403),
    ],
)
def test_what_is_no_message_is_refused(
    service: tuple[Inside, str], body: object, status: int
) -> None:
    running, token = service
    size = running.desk.mission.record.head().size
    answer = running.ask("/api/messages", body, token=token)
    assert answer.status == status, answer.body
    assert answer.json["detail"]
    assert running.desk.mission.record.head().size == size


def test_strangers_and_readers_may_not_send(
    service: tuple[Inside, str], folder: Path
) -> None:
    running, _ = service
    assert running.ask("/api/messages", message("m1")).status == 401
    bad = running.ask("/api/messages", message("m1"), token="nobody's")  # noqa: S106
    assert bad.status == 401
    auditor = token_of(folder, "auditor", "auditor")
    assert running.ask("/api/messages", message("m1"), token=auditor).status == 403


def test_a_service_that_is_read_only_takes_nothing(folder: Path) -> None:
    token = token_of(folder, "olha", "observer", sources=("post-9",))
    with inside(folder, read_only=True) as running:
        size = running.desk.mission.record.head().size
        assert running.ask("/api/messages", message("m"), token=token).status == 405
        assert running.desk.mission.record.head().size == size


def test_too_many_at_once_are_pushed_back(
    service: tuple[Inside, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pamiers.app.api import writer  # noqa: PLC0415

    running, token = service
    monkeypatch.setattr(writer, "MOST_WAITING", 3)

    async def send() -> list[Any]:
        posts = [
            running.asked("/api/messages", message(f"m{i}"), token=token)
            for i in range(40)
        ]
        return await asyncio.gather(*posts)

    answers = asyncio.run(send())
    codes = {each.status for each in answers}
    assert codes == {201, 429}
    pushed = next(each for each in answers if each.status == 429)
    assert pushed.headers["retry-after"]


def test_many_in_one_piece_get_a_receipt_each(
    service: tuple[Inside, str], folder: Path
) -> None:
    import json  # noqa: PLC0415

    running, token = service
    texts = [json.dumps(message(f"b{i}")) for i in range(25)]
    answer = running.ask("/api/messages/batch", {"messages": texts}, token=token)
    assert answer.status == 201
    receipts = answer.json["receipts"]
    assert [each["id"] for each in receipts] == [f"b{i}" for i in range(25)]
    for each in receipts:
        verify_receipt(each, running.desk.key.verifier)
    assert len(keys_on_record(folder)) == 25


def test_an_attachment_comes_in_pieces_and_goes_on_where_it_stopped(
    service: tuple[Inside, str],
) -> None:
    import hashlib  # noqa: PLC0415

    running, token = service
    data = random.Random(5).randbytes(200_000)  # noqa: S311 - a seed
    digest = hashlib.sha256(data).hexdigest()
    path = f"/api/attachments/{digest}"

    def piece(at: int, end: int) -> int:
        return running.ask(
            path,
            data[at:end],
            method="PATCH",
            token=token,
            upload_offset=str(at),
            upload_length=str(len(data)),
        ).status

    assert piece(0, 90_000) == 202
    assert piece(120_000, 200_000) == 409
    head = running.ask(path, method="HEAD", token=token)
    assert head.headers["upload-offset"] == "90000"
    assert piece(90_000, 200_000) == 201
    assert running.desk.mission.originals.get(digest) == data
    assert running.ask(path, method="HEAD").status == 401
