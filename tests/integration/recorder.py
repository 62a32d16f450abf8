"""A process that records until it is killed, saying what was acknowledged.

Usage: `python -m tests.integration.recorder RECORD [BYTES]`; with BYTES no file of
the process may grow past that size, as on a full disk.
"""

import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from pamiers.core.errors import StoreError
from pamiers.ledger.entry import draft
from pamiers.store.sqlite import SqliteRecord

NOW = datetime(2020, 7, 27, tzinfo=UTC)


def say(what: object) -> None:
    """Print at once: the other process may be about to kill this one."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(path: Path, limit: int | None) -> None:
    """Append entries for ever; print the size after each acknowledgement."""
    record = SqliteRecord(path, NOW)
    size = record.head().size
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    while True:
        entries = [
            draft(
                "rows",
                {"n": size + i},
                now=NOW,
                salt=(size + i).to_bytes(32, "big"),
                payload={"rows": bytes(2_000)},
            )
            for i in range(3)
        ]
        try:
            size = record.append(entries, after=size).size
        except StoreError as error:
            say(f"refused {error}")
            return
        say(size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
