"""A process beside the service: one task at a time, with little claim on the processor.

It begins when it is first asked and ends with the service, however that ends. Where it
dies, whoever waits is told, and the next task begins another. A task of others may be
limited: it is ended where it takes more time or memory than is allowed.
"""

import itertools
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from pamiers.core.errors import PamiersError, StoreError, UsageError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_NICE: Final = 5
#: after how many tasks a process is begun anew, so that none grows for ever
_MOST_TASKS: Final = 64


class OverspentError(UsageError):
    """A task took more time or memory than it was allowed."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a task may take."""

    seconds: float
    memory_bytes: int  #: of the process, beside files that are mapped


class Beside:
    """A process that does tasks, in the order in which they are asked for."""

    def __init__(
        self, *, gives_way: bool = True, allowed: Allowed | None = None
    ) -> None:
        """Begin nothing yet.

        Args:
            gives_way: After the first task, have less claim on the processor.
            allowed: What each task may take, the start of the process with it; None
                for tasks that are trusted. Where it takes more, who waits gets an
                `OverspentError`.
        """
        self._gives_way, self._allowed = gives_way, allowed
        self._queue = ThreadPoolExecutor(1, "beside")
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._tasks, self._ended = 0, False

    def submit(self, what: Callable[..., Any], *given: object) -> "Future[Any]":
        """Have something done; both it and what it gives have to cross over."""
        return self._queue.submit(self._done, what, given)

    def close(self) -> None:
        """End at once, whatever is being done."""
        with self._lock:
            self._ended = True
            self._end()
        self._queue.shutdown(wait=True, cancel_futures=True)

    def _done(self, what: Callable[..., Any], given: tuple[object, ...]) -> Any:  # noqa: ANN401 - any
        try:
            line = self._open()
            line.send((what, given))
            if self._allowed and not line.poll(self._allowed.seconds):
                with self._lock:
                    self._end()
                raise _overspent(f"one that is not done in {self._allowed.seconds:g} s")
            well, told = line.recv()
        except (EOFError, OSError) as error:
            with self._lock:
                self._end()
            raise _died() from error
        if not well:
            if isinstance(told, OverspentError):
                with self._lock:
                    self._end()  # what it left in memory is not the next one's
            raise told
        return told

    def _open(self) -> Connection:
        """Return the line to the process, begun where there is none."""
        with self._lock:
            if self._ended:
                raise EOFError
            self._tasks += 1
            if self._gives_way and self._tasks > _MOST_TASKS:
                self._end()
            if self._line is None:
                spawn = multiprocessing.get_context("spawn")
                self._line, theirs = spawn.Pipe()
                self._process = spawn.Process(
                    target=_serve, args=(theirs,), kwargs=self._terms()
                )
                self._process.daemon = True
                self._process.start()
                theirs.close()
                self._tasks = 1
            return self._line

    def _terms(self) -> dict[str, Any]:
        most_bytes = self._allowed.memory_bytes if self._allowed else None
        return {"gives_way": self._gives_way, "most_bytes": most_bytes}

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None


def _serve(line: Connection, *, gives_way: bool, most_bytes: int | None) -> None:
    """Do what is asked until nobody is there to ask. Runs in the process."""
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for nth in itertools.count():
        if nth == 1 and gives_way:
            _give_way()  # the first thing is what nobody has yet
        try:
            what, given = line.recv()
        except EOFError:
            return
        try:
            told = (True, what(*given))
        except PamiersError as error:
            told = (False, error)
        except MemoryError:
            told = (False, _overspent("one that takes more memory than is allowed"))
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            told = (False, _failed(error))
        line.send(told)


def _give_way() -> None:
    with suppress(OSError):
        os.nice(_NICE)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)  # nobody waits for what is being made


def _overspent(got: str) -> OverspentError:
    return OverspentError(
        "process beside",
        expected="a task of no more time and memory than is allowed",
        got=got,
        remedy="Ask for less.",
    )


def _died() -> StoreError:
    return StoreError(
        "process beside",
        expected="a process that goes on",
        got="one that ended",
        remedy="Ask again: another is begun.",
    )


def _failed(error: Exception) -> StoreError:
    return StoreError(
        "process beside",
        expected="a task that can be done",
        got=type(error).__name__,
        remedy="Look into the record with `pamiers fsck`; the record is as it was.",
    )
