"""The yardstick: bare FastAPI and SQLite, group commit, synchronous FULL, and no more.

A message is parsed as JSON by FastAPI, put into one table by one thread that commits
together what waits, and answered after the commit with its number.
"""

import asyncio
import queue
import sqlite3
import sys
import threading
from typing import Any

import uvicorn
from fastapi import FastAPI

MOST_TOGETHER = 1_000
app = FastAPI()
waiting: "queue.SimpleQueue[tuple[dict[str, Any], Any, Any]]" = queue.SimpleQueue()


def write(path: str) -> None:
    """Commit what waits, again and again."""
    line = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        line.execute(f"PRAGMA {pragma}")
    line.execute(
        "CREATE TABLE IF NOT EXISTS message (n INTEGER PRIMARY KEY, source TEXT,"
        " id TEXT, body TEXT, UNIQUE (source, id))"
    )
    while True:
        group = [waiting.get()]
        while len(group) < MOST_TOGETHER:
            try:
                group.append(waiting.get_nowait())
            except queue.Empty:
                break
        line.execute("BEGIN IMMEDIATE")
        line.executemany(
            "INSERT OR IGNORE INTO message (source, id, body) VALUES (?, ?, ?)",
            [(said["source"], said["id"], str(said)) for said, _, _ in group],
        )
        line.execute("COMMIT")
        for _, loop, done in group:
            loop.call_soon_threadsafe(done.set_result, None)


@app.post("/api/messages", status_code=201)
async def message(said: dict[str, Any]) -> dict[str, Any]:
    """Take a message and answer once it is on the disk."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    waiting.put((said, loop, done))
    await done
    return {"id": said["id"], "status": "recorded"}


if __name__ == "__main__":
    threading.Thread(target=write, args=(sys.argv[1],), daemon=True).start()
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[2]),
        log_level="error",
        access_log=False,
    )
