"""Entries as older versions wrote them still read, verify and give their rows."""

import zlib
from datetime import UTC, datetime

import pytest

from pamiers.core.errors import LedgerMismatchError, MalformedSourceError
from pamiers.ledger.content import read_content
from pamiers.ledger.entry import Entry
from pamiers.mission.batch import unpack, verify_batch

NOW = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)
#: written by the first version: content, salt and leaf
WAIVER = Entry(
    index=3,
    kind="waiver",
    recorded_at=NOW,
    content=(
        '{"body":{"by":"спостерігач","item":"3.0","reason":"said twice"},'
        '"format":1,"kind":"waiver","recorded_at":"2020-07-27T16:30:00Z"}'
    ).encode(),
    salt=bytes(range(32)),
    leaf=bytes.fromhex(
        "7dae2d6d48bf23f3225e5827736a39ee02c00a0c28ae3b979d46b87242e5233e"
    ),
)
ROWS = Entry(
    index=4,
    kind="rows",
    recorded_at=NOW,
    content=(
        '{"body":{"file":"' + "ab" * 32 + '","of":"observation","origins":'
        '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","root":'
        '"135240ad933c8c7870290afa04f928ed0c060e6c1f767ebc27ffc75f49da78ca","rows":2},'
        '"format":1,"kind":"rows","recorded_at":"2020-07-27T16:30:00Z"}'
    ).encode(),
    salt=bytes(range(1, 33)),
    leaf=bytes.fromhex(
        "262da0d014919066b436927dab873d83d7f018186822a3b8ea184bb81c885db1"
    ),
)
LINES = (
    b'{"end":"2020-07-27T21:16:00Z","key":"1","kind":"burst","source":"patrol-3",'
    b'"standing":"observed","start":"2020-07-27T21:15:00Z"}\n'
    b'{"count":3,"end":"2020-07-27T22:16:00Z","key":"2","kind":"explosion",'
    b'"source":"patrol-3","standing":"observed","start":"2020-07-27T22:15:00Z"}'
)


def test_an_entry_of_the_first_version_verifies_and_reads() -> None:
    WAIVER.verify()
    assert WAIVER.body == {
        "by": "спостерігач",
        "item": "3.0",
        "reason": "said twice",
    }


def test_an_altered_entry_of_the_first_version_is_seen() -> None:
    altered = WAIVER.content.replace(b"twice", b"once")
    with pytest.raises(LedgerMismatchError, match="entry 3"):
        Entry(
            index=3,
            kind="waiver",
            recorded_at=NOW,
            content=altered,
            salt=WAIVER.salt,
            leaf=WAIVER.leaf,
        ).verify()


def test_it_opens_whole_or_not_at_all() -> None:
    with pytest.raises(MalformedSourceError, match="format 2"):
        read_content(WAIVER.content).closing(WAIVER.salt, frozenset({"by"}))


def test_a_batch_of_the_first_version_gives_its_rows() -> None:
    payload = {"rows": zlib.compress(LINES), "origins": zlib.compress(b"")}
    found = unpack(ROWS, payload["rows"], payload["origins"])
    assert found.table.columns.column("key").to_pylist() == ["1", "2"]
    with pytest.raises(LedgerMismatchError, match="digests"):
        verify_batch(ROWS, {**payload, "digests": b""})  # the root was found first
    spoilt = zlib.compress(LINES.replace(b'"count":3', b'"count":4'))
    with pytest.raises(LedgerMismatchError, match="root"):
        verify_batch(ROWS, {**payload, "rows": spoilt, "digests": b""})
