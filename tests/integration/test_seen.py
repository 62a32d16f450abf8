"""The index of what is on record: what lies in memory counts as what is in the file."""

import hashlib
from pathlib import Path

import pytest

from pamiers.ledger.frontier import Frontier
from pamiers.mission.messages.filing import Place
from pamiers.mission.messages.message import Message
from pamiers.mission.messages.receipt import RECORDED
from pamiers.mission.messages.seen import News, Receipts
from pamiers.store import seen as store
from pamiers.store.seen import SqliteSeen

pytestmark = pytest.mark.integration
RECORD = b"r" * 32
HELD = "R-ID-CONFLICT"


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def message(n: int, says: str = "") -> Message:
    known, said = digest(f"known {n}")[:16], digest(f"{says}{n}")[:16]
    return Message(
        source="post-9",
        id=f"m{n}",
        kind="heartbeat",
        line=b"",
        known=known,
        says=said,
        seq=n + 1,
    )


def news(entry: int, *told: tuple[Message, str]) -> News:
    """Return what an index is told of one entry."""
    frontier = Frontier().grown([digest(str(n)) for n in range(entry + 1)])
    places = [
        (one, status, Place(entry, at, digest(one.id).hex()))
        for at, (one, status) in enumerate(told)
    ]
    receipts = Receipts(note=f"note {entry}", leaves=(digest("leaf"),))
    return News(
        frontier=frontier, rows=(), messages=places, receipts=[(entry, receipts)]
    )


def answers(seen: SqliteSeen) -> list[object]:
    """Return all that an index says, sequences last: to tell them it writes."""
    named = [message(n).known for n in range(6)]
    ways = [
        (message(n, says).known, message(n, says).says)
        for n in range(6)
        for says in ("", "else ")
    ]
    return [
        seen.frontier(),
        seen.find(named),
        seen.held(ways),
        [seen.receipts(n) for n in range(4)],
        seen.sequences("post-9", 0),
        seen.senders(),
    ]


def told(seen: SqliteSeen) -> None:
    """Tell an index of six messages, one of them held, in four entries."""
    seen.add(news(0, (message(0), RECORDED), (message(1), RECORDED)))
    seen.add(news(1, (message(2), RECORDED)))
    seen.add(news(2, (message(1, "else "), HELD)))
    seen.add(news(3, (message(3), RECORDED), (message(4), RECORDED)))


def test_what_lies_in_memory_is_told_like_what_is_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = SqliteSeen(tmp_path / "late", RECORD)
    told(late)
    with monkeypatch.context() as each:
        each.setattr(store, "_MOST_TIMES", 1)
        early = SqliteSeen(tmp_path / "early", RECORD)
        told(early)
    found = answers(late)
    assert found == answers(early)
    assert [len(each) for each in found[1:3]] == [5, 1]  # type: ignore[arg-type] # dicts
    late.close()
    early.close()
    again = SqliteSeen(tmp_path / "late", RECORD)
    assert answers(again) == found
    again.close()


def test_an_index_that_was_killed_lags_and_never_leads(tmp_path: Path) -> None:
    seen = SqliteSeen(tmp_path / "index", RECORD)
    told(seen)
    again = SqliteSeen(tmp_path / "index", RECORD)  # the first was never closed
    assert again.frontier() == Frontier()
    assert again.find([message(0).known]) == {}
    again.close()
    seen.close()


def test_much_is_written_without_being_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_MOST_HELD", 3)
    seen = SqliteSeen(tmp_path / "index", RECORD)
    told(seen)
    again = SqliteSeen(tmp_path / "index", RECORD)
    assert again.frontier().size == 4
    again.close()
    seen.close()
