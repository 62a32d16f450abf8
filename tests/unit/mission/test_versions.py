"""A version of the agreement is in force once the keys of all parties signed it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pamiers.app.wiring import mission_in_memory
from pamiers.core.errors import LedgerMismatchError, StoreError, UsageError
from pamiers.mission.mission import Mission, begin, new_draft
from pamiers.mission.versions import (
    Told,
    agreement_files,
    digest_of,
    signed_bytes,
    told_versions,
    verify_versions,
    version_of,
    versions_of,
)

NOW = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)
OLD, NEW, NEWER = ({"agreement.yaml": text} for text in ("old", "new", "newer"))
KEYS = {
    party: Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)
    for n, party in enumerate(("a", "b", "spare"), 1)
}


@pytest.fixture
def mission() -> Mission:
    made = mission_in_memory("test")
    begin(made, OLD, NOW)
    return made


def put(mission: Mission, kind: str, **body: Any) -> int:  # noqa: ANN401 - any JSON
    after = mission.record.head().size
    mission.record.append([new_draft(mission, kind, body, NOW)], after=after)
    return after


def enrol(mission: Mission, party: str, key: str = "") -> None:
    raw = KEYS[key or party].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    put(mission, "grant", by="keeper", do="party-key", party=party, key=raw.hex())


def sign(
    mission: Mission, entry: int, party: str, key: str = "", **more: object
) -> str:
    """Put a signature on record, and return what the version is then."""
    found = versions_of(mission)
    version = version_of(found, entry)
    signed = KEYS[key or party].sign(signed_bytes(found.mission, version, party))
    told = {"in_force": found.completed_by(version, party), **more}
    put(
        mission,
        "agreement",
        **{"party": party, "signature": signed.hex(), "signs": entry, **told},
    )
    return status(mission, entry)


def status(mission: Mission, entry: int) -> str:
    told = {each["entry"]: each for each in told_versions(versions_of(mission))}
    return str(told[entry]["status"])


def test_without_keys_a_version_is_in_force_at_once(mission: Mission) -> None:
    assert agreement_files(mission) == OLD
    entry = put(mission, "agreement", agreement=NEW, in_force=True)
    assert agreement_files(mission) == NEW
    assert (status(mission, 0), status(mission, entry)) == ("superseded", "in force")
    verify_versions(mission)


def test_with_keys_it_is_a_draft_until_all_have_signed(mission: Mission) -> None:
    enrol(mission, "a")
    enrol(mission, "b")
    entry = put(mission, "agreement", agreement=NEW, in_force=False)
    assert agreement_files(mission) == OLD
    assert sign(mission, entry, "b") == "draft"
    assert agreement_files(mission) == OLD
    assert sign(mission, entry, "a") == "in force"
    assert agreement_files(mission) == NEW
    (_, told) = told_versions(verify_versions(mission))
    assert told["signed"] == {"b": entry + 1, "a": entry + 2}
    assert (told["since"], told["missing"]) == (entry + 2, [])


def test_a_party_enrolled_meanwhile_is_asked_too(mission: Mission) -> None:
    enrol(mission, "a")
    entry = put(mission, "agreement", agreement=NEW, in_force=False)
    enrol(mission, "b")
    assert sign(mission, entry, "a") == "draft"
    assert sign(mission, entry, "b") == "in force"


def test_a_key_taken_away_lets_nobody_decide_alone(mission: Mission) -> None:
    enrol(mission, "a")
    enrol(mission, "b")
    put(mission, "grant", by="keeper", do="revoke", party="b", at="2020-08-02T00:00Z")
    entry = put(mission, "agreement", agreement=NEW, in_force=False)
    assert sign(mission, entry, "a") == "draft"
    assert sign(mission, entry, "b") == "draft"  # by a key that was revoked
    enrol(mission, "b", "spare")
    assert sign(mission, entry, "b", "spare") == "in force"


def test_an_older_draft_is_overtaken(mission: Mission) -> None:
    enrol(mission, "a")
    first = put(mission, "agreement", agreement=NEW, in_force=False)
    last = put(mission, "agreement", agreement=NEWER, in_force=False)
    assert sign(mission, last, "a") == "in force"
    assert sign(mission, first, "a") == "superseded"
    assert agreement_files(mission) == NEWER
    verify_versions(mission)


def test_the_first_version_may_be_signed_later(mission: Mission) -> None:
    enrol(mission, "a")
    assert sign(mission, 0, "a") == "in force"
    (told,) = told_versions(verify_versions(mission))
    assert (told["since"], told["signed"]) == (0, {"a": 2})


Forging = Callable[[Mission, int], None]


def another_version(mission: Mission, entry: int) -> None:
    version = version_of(versions_of(mission), entry)
    other = version_of(versions_of(mission), 0)
    assert version.sha256 != other.sha256 == digest_of(OLD)
    signed = KEYS["a"].sign(signed_bytes(versions_of(mission).mission, other, "a"))
    put(mission, "agreement", party="a", signature=signed.hex(), signs=entry)


FORGED: dict[str, Forging] = {
    "another key": lambda m, n: void(sign(m, n, "a", "spare")),
    "another version": another_version,
    "twice": lambda m, n: void(sign(m, n, "a"), sign(m, n, "a")),
    "no such version": lambda m, _: void(put(m, "agreement", signs=77, party="a")),
    "no version": lambda m, _: void(put(m, "agreement", signs="x", in_force=True)),
    "no key": lambda m, n: void(sign(m, n, "spare")),
    "in force too early": lambda m, n: void(sign(m, n, "a", in_force=True)),
    "a draft said to be in force": lambda m, _: void(
        put(m, "agreement", agreement=NEWER, in_force=True)
    ),
}


def void(*_done: object) -> None:
    """Say nothing of what was done."""


@pytest.mark.parametrize("forged", FORGED)
def test_what_does_not_fit_changes_nothing_and_is_found(
    mission: Mission, forged: str
) -> None:
    enrol(mission, "a")
    enrol(mission, "b")
    entry = put(mission, "agreement", agreement=NEW, in_force=False)
    verify_versions(mission)
    FORGED[forged](mission, entry)
    assert agreement_files(mission) == OLD
    with pytest.raises(LedgerMismatchError, match="a signature that fits"):
        verify_versions(mission)


def test_a_version_kept_from_the_parties_is_found(mission: Mission) -> None:
    put(mission, "agreement", agreement=NEW, in_force=False)
    with pytest.raises(LedgerMismatchError, match="entry 1"):
        verify_versions(mission)


def test_readers_without_keys_believe_what_entries_say(mission: Mission) -> None:
    enrol(mission, "a")
    entry = put(mission, "agreement", agreement=NEW, in_force=False)
    told, seen = Told(), list[object]()
    sign(mission, entry, "a")
    for each in mission.record.entries(("mission", "agreement")):
        told.take(each.index, each.body)
        seen.append(told.files)
    assert seen == [OLD, OLD, NEW]
    told.take(99, {"signs": "x"})
    assert told.files is None


def test_what_is_not_there_is_told(mission: Mission) -> None:
    with pytest.raises(UsageError, match="one of 0"):
        version_of(versions_of(mission), 5)
    with pytest.raises(StoreError, match="naming its agreement"):
        agreement_files(mission_in_memory("empty"))
