"""The one who writes: waiting messages are recorded together, then answered.

A single thread takes what waits, puts it on record in one transaction and answers only
once that is on the disk. The busier it is the more waits, and the more one sync serves.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pamiers.app.api.counting import Figures
from pamiers.app.log_key import LogKeys
from pamiers.app.wiring import seconds
from pamiers.core.errors import OutOfOrderError, PamiersError, StoreError
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.tree import prove
from pamiers.mission.messages.filing import (
    Answered,
    Filing,
    Place,
    Sent,
    file_messages,
)
from pamiers.mission.messages.message import Message
from pamiers.mission.messages.receipt import RECORDED, paths, sign_receipts
from pamiers.mission.messages.seen import News, Receipts, Seen, catch_up
from pamiers.mission.mission import Mission

#: how many messages may wait; more are refused, to come again later
MOST_WAITING: Final = 20_000
#: how many messages are recorded in one transaction
MOST_TOGETHER: Final = 1_000
_TRIES: Final = 50
#: what SQLite says where the disk failed, rather than being full or locked
_FAILED: Final = ("disk I/O error", "malformed", "not a database")

Answer = list[dict[str, Any]] | PamiersError


Done = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    sent: Sent
    done: Done
    loop: asyncio.AbstractEventLoop | None  #: in which `done` is to be called


@dataclass(slots=True)
class Writer:
    """Takes messages and answers with receipts. `run` is its thread's work."""

    mission: Mission
    seen: Seen
    keys: LogKeys
    clock: Callable[[], datetime]
    turn: Callable[[], AbstractContextManager[None]]
    figures: Figures
    broken: str = ""  #: why nothing can be recorded any more; empty while it can
    waiting: int = 0  #: messages
    _news: News | None = None  #: on record, and not in the index yet
    _reached: Frontier | None = None  #: of the record, if nobody else wrote since
    _queue: "queue.SimpleQueue[_Waiting | None]" = field(
        default_factory=queue.SimpleQueue
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to write."""
        with self.turn():
            catch_up(self.mission, self.seen, self.keys.now())
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, then write no more."""
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def submit(
        self, sent: Sent, done: Done, loop: asyncio.AbstractEventLoop | None = None
    ) -> bool:
        """Have messages recorded; `done` is called from the writer's thread.

        Args:
            sent: A piece that is to be recorded.
            done: Told the receipts, one a message, or the error.
            loop: Where to call it instead; what was committed together wakes it once.

        Returns:
            False where too many wait already, and `done` is never called.
        """
        n = len(sent.messages)
        with self._lock:
            if self.waiting and self.waiting + n > MOST_WAITING:
                return False
            self.waiting += n
        self._queue.put(_Waiting(sent, done, loop))
        return True

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group, more = self._gathered(first)
            self._record(group)
            if not more:
                return

    def _gathered(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        """Return what waits, and whether to go on afterwards."""
        group, n = [first], len(first.sent.messages)
        while n < MOST_TOGETHER:
            try:
                each = self._queue.get_nowait()
            except queue.Empty:
                break
            if each is None:
                return group, False
            group.append(each)
            n += len(each.sent.messages)
        return group, True

    def _record(self, group: Sequence[_Waiting]) -> None:
        began = seconds()
        answers: list[Answer]
        try:
            if self.broken:
                raise _unfit(self.broken)
            answers = list(self._committed([each.sent for each in group]))
        except PamiersError as error:
            self._failed(error)
            answers = [error] * len(group)
        self.figures.committed(seconds() - began)
        with self._lock:
            self.waiting -= sum(len(each.sent.messages) for each in group)
        _tell(zip(group, answers, strict=True))
        self._index()

    def _index(self) -> None:
        """Tell the index what was answered; what it is not told it reads later."""
        news, self._news = self._news, None
        try:
            if news is not None:
                self.seen.add(news)
        except StoreError:
            self._reached = None

    def _failed(self, error: PamiersError) -> None:
        """Stop for good where the disk failed: a second sync would say all is well.

        Source: PostgreSQL, fsync errors (2018): a page that failed to be written is
        marked clean, and the next sync succeeds.
        """
        if isinstance(error, StoreError) and any(w in error.got for w in _FAILED):
            self.broken = error.got

    def _committed(self, sent: Sequence[Sent]) -> list[list[dict[str, Any]]]:
        """Record some pieces and return their receipts."""
        for _ in range(_TRIES):
            with self.turn():
                before = self._reached or self._caught_up()
                self._reached = None
                filing = self._filing(sent)
                try:
                    if filing.drafts:
                        self.mission.record.append(filing.drafts, after=before.size)
                except OutOfOrderError:
                    continue  # somebody else was faster: what he said counts too
                self._reached = before
                made = self._made(filing, before) if filing.drafts else []
            pairs = zip(sent, filing.answers, strict=True)
            return [self._answer(piece, told, made) for piece, told in pairs]
        raise _unfit("others record all the time")

    def _caught_up(self) -> Frontier:
        return catch_up(self.mission, self.seen, self.keys.now())

    def _filing(self, sent: Sequence[Sent]) -> Filing:
        messages = [message for piece in sent for message in piece.messages]
        known = self.seen.find(list({message.known for message in messages}))
        held = self.seen.held([(message.known, message.says) for message in messages])
        return file_messages(
            sent, known, held, now=self.clock(), entropy=self.mission.entropy
        )

    def _made(self, filing: Filing, before: Frontier) -> list[dict[str, Any]]:
        """Return the receipts of a commit, by position, the index told of it."""
        entry, leaf = before.size, filing.drafts[0].leaf
        after = before.grown(each.leaf for each in filing.drafts)
        note = sign_receipts(filing.leaves, (entry, leaf), after.head, self.keys.now())
        told = zip(filing.listed, filing.statuses, filing.digests, strict=True)
        messages = [
            (message, status, Place(entry, at, digest))
            for at, (message, status, digest) in enumerate(told)
        ]
        receipts = [(entry, Receipts(note=note, leaves=filing.leaves))]
        self._news = News(frontier=after, rows=(), messages=messages, receipts=receipts)
        self._reached = after
        taken = sum(status == RECORDED for _, status, _ in messages)
        self.figures.add("messages_accepted", taken)
        self.figures.add("messages_held", len(messages) - taken)
        of, ways = len(messages), paths(filing.leaves)
        return [
            _receipt(message, status, place, of, (ways[place.position], note))
            for message, status, place in messages
        ]

    def _answer(
        self, sent: Sent, told: Sequence[Answered], made: Sequence[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        return [
            made[each.position] if each.place is None else self._again(message, each)
            for message, each in zip(sent.messages, told, strict=True)
        ]

    def _again(self, message: Message, answered: Answered) -> dict[str, Any]:
        """Return the receipt that was given before."""
        place = answered.place
        assert place is not None  # noqa: S101 - or it would not be asked for
        self.figures.add("messages_repeated")
        held = self.seen.receipts(place.entry)
        way = prove(held.leaves, place.position)
        of = len(held.leaves)
        return _receipt(message, answered.status, place, of, (way, held.note))


def _tell(answered: Iterable[tuple[_Waiting, Answer]]) -> None:
    """Call back who waits: at once, or all of one loop together."""
    inside: dict[asyncio.AbstractEventLoop, list[tuple[Done, Answer]]] = {}
    for each, answer in answered:
        if each.loop is None:
            each.done(answer)
        else:
            inside.setdefault(each.loop, []).append((each.done, answer))
    for loop, told in inside.items():
        loop.call_soon_threadsafe(_call, told)


def _call(told: Sequence[tuple[Done, Answer]]) -> None:
    for done, answer in told:
        done(answer)


def _receipt(
    message: Message,
    status: str,
    place: Place,
    of: int,
    proof: tuple[Sequence[bytes], str],
) -> dict[str, Any]:
    way, note = proof
    return {
        "source": message.source,
        "id": message.id,
        "sha256": place.digest,
        "status": status,
        "entry": place.entry,
        "position": place.position,
        "of": of,
        "path": [each.hex() for each in way],
        "note": note,
    }


def _unfit(why: str) -> StoreError:
    return StoreError(
        "record",
        expected="a record that can be written",
        got=why,
        remedy="Nothing of this was recorded. Send it again later.",
    )
