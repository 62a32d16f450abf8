"""The key of a record is changed: who knew one follows on, and no thief is followed."""

import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.app.bundle_writing import write_bundle
from pamiers.app.log_key import FILE, NEXT, LogKeys, log_key, next_key
from pamiers.app.publication import write_bundle_of
from pamiers.app.record_key import rotate_record
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.core.errors import LedgerMismatchError, StoreError
from pamiers.ledger.checkpoint import sign_checkpoint
from pamiers.ledger.evidence import OVERRUN, REWRITTEN, read_evidence
from pamiers.ledger.keys import NOTE, SignerKey, signer
from pamiers.ledger.note import Note, sign_note
from pamiers.ledger.succession import read_succession, succession_text
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.access.succession import head_of, verify_steps
from pamiers.mission.bundle.make import Plan
from pamiers.mission.witnessed import checkpoint
from tests.integration.program import answer, begun, run
from tests.integration.test_witness import filed, witness
from tools.verify_pamiers import Altered, verify, verify_evidence

pytestmark = pytest.mark.integration
THIRD = signer("x", NOTE, b"3" * 32)
PARTIES = {"ua": b"u" * 32, "armed-formations": b"a" * 32}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun(tmp_path / "mission")


def key_of(folder: Path) -> str:
    return str(run("checkpoint", folder, "--key").stdout.strip())


def kept_of(folder: Path, name: str = "kept.txt") -> Path:
    path = folder.parent / name
    path.write_text(run("checkpoint", folder).stdout)
    return path


def bundle(folder: Path, edition: str = "commission") -> Path:
    target = folder.parent / f"{folder.name}-{edition}.zip"
    write_bundle_of(folder, target, edition=edition)
    return target


def signing(folder: Path) -> SignerKey:
    with opened(folder) as mission:
        return log_key(folder, mission)


def leaves_of(folder: Path) -> list[bytes]:
    with opened(folder) as mission:
        return [entry.leaf for entry in mission.record.entries()]


def test_who_knew_the_first_key_follows_to_the_last(folder: Path) -> None:
    first, kept = key_of(folder), kept_of(folder)
    seed = (folder / FILE).read_bytes()
    found = answer("access", "record-key", folder)
    second = key_of(folder)
    assert found["key"] == second != found["old"] == first
    assert (folder / FILE).read_bytes() != seed
    assert not (folder / NEXT).exists()
    filed(folder, "later")
    between = kept_of(folder, "between.txt")
    answer("access", "record-key", folder)
    for known in (first, second, key_of(folder)):
        for since in (kept, between):
            answer("verify", folder, "--since", since, "--key", known)
        for edition in ("public", "parties", "commission"):
            path = bundle(folder, edition)
            answer("verify", path, "--since", kept, "--key", known)
            assert verify(path, between, known)["key"] == key_of(folder)


def test_a_key_that_nothing_leads_from_is_refused(folder: Path) -> None:
    stranger = key_of(begun(folder.parent / "other"))
    answer("access", "record-key", folder)
    run("verify", folder, "--key", stranger, expect=4)
    path = bundle(folder)
    run("verify", path, "--key", stranger, expect=4)
    with pytest.raises(Altered, match="nothing leads"):
        verify(path, None, stranger)


def rewritten(folder: Path) -> tuple[Path, Path]:
    """Return a record with another past, same key, and an honest checkpoint."""
    forged = Path(shutil.copytree(folder, folder.parent / "forged"))
    filed(folder, "seen")
    kept = kept_of(folder)
    filed(forged, "invented")
    return forged, kept


def test_a_change_of_key_does_not_hide_a_rewrite(folder: Path) -> None:
    first = key_of(folder)
    forged, kept = rewritten(folder)
    answer("access", "record-key", forged)
    filed(forged, "more")
    said = run("verify", forged, "--since", kept, "--key", first, expect=4).stderr
    assert "rewritten" in said
    written = kept.with_name("kept.txt.evidence.json")
    assert read_evidence(written.read_bytes()).kind == REWRITTEN
    read_evidence(written.read_bytes()).verify()
    assert verify_evidence(written)["kind"] == REWRITTEN
    written.unlink()
    path = bundle(forged)
    run("verify", path, "--since", kept, "--key", first, expect=4)
    assert verify_evidence(written)["kind"] == REWRITTEN
    with pytest.raises(Altered, match="rewritten"):
        verify(path, kept, first)


def test_a_key_said_to_have_ended_before_what_it_signed_is_evidence(
    folder: Path,
) -> None:
    """The operator says that the old key ended before the day he rewrote."""
    first = key_of(folder)
    forged = Path(shutil.copytree(folder, folder.parent / "forged"))
    filed(folder, "seen")
    filed(folder, "more")
    kept = kept_of(folder)
    answer("access", "record-key", forged)
    for name in "abc":
        filed(forged, name)
    run("verify", forged, "--since", kept, "--key", first, expect=4)
    written = kept.with_name("kept.txt.evidence.json")
    found = read_evidence(written.read_bytes())
    found.verify()
    assert found.kind == OVERRUN == verify_evidence(written)["kind"]


def test_evidence_cannot_be_made_against_an_honest_keeper(folder: Path) -> None:
    first, kept = key_of(folder), kept_of(folder)
    answer("access", "record-key", folder)
    run("verify", folder, "--since", kept, "--key", first)
    assert not kept.with_name("kept.txt.evidence.json").exists()
    filed(folder, "seen")
    told = json.loads(b'{"format":"pamiers.evidence/v1"}')
    with opened(folder) as mission:
        head = head_of(mission)
        key = log_key(folder, mission)
    leaves = leaves_of(folder)
    step = read_succession(note_of(folder).encode())
    told |= {
        "key": str(key.verifier),
        "kept": kept.read_text(),
        "kind": REWRITTEN,
        "leaves": [leaf.hex() for leaf in leaves],
        "shown": str(sign_checkpoint(head, key)),
        "successions": [str(step)],
    }
    path = kept.with_name("framed.json")
    path.write_text(
        json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        + "\n"
    )
    with pytest.raises(Altered, match="shows nothing"):
        verify_evidence(path)
    with pytest.raises(LedgerMismatchError):
        read_evidence(path.read_bytes()).verify()


def note_of(folder: Path) -> str:
    with opened(folder) as mission:
        return str(next(iter(mission.record.entries(("succession",)))).body["note"])


def test_what_the_old_key_signs_later_is_not_believed(folder: Path) -> None:
    old, first = signing(folder), key_of(folder)
    answer("access", "record-key", folder)
    filed(folder, "later")
    leaves = leaves_of(folder)
    late = folder.parent / "late.txt"
    late.write_text(str(sign_checkpoint(Head(len(leaves), root_of(leaves)), old)))
    run("verify", folder, "--since", late, "--key", first, expect=4)
    with pytest.raises(Altered, match="not signed"):
        verify(bundle(folder), late, first)


@pytest.mark.parametrize("what", ["thief", "head", "fork", "back", "unsigned"])
def test_a_forged_change_of_key_is_found_by_both(folder: Path, what: str) -> None:
    filed(folder, "seen")
    with opened(folder) as mission:
        old, new = log_key(folder, mission), next_key(folder, mission)
        said = note(*forgery(what, old, new, head_of(mission)))
        if what in {"fork", "back"}:
            first = note(old, new, head_of(mission))
            append(mission, folder, "succession", {"note": str(first)})
            log_key(folder, mission)
            (folder / NEXT).write_bytes(old.seed if what == "back" else THIRD.seed)
        append(mission, folder, "succession", {"note": str(said)})
        with pytest.raises(LedgerMismatchError):
            verify_steps(mission)
    run("verify", folder, expect=4)
    path = forced(folder)
    with pytest.raises(Altered):
        verify(path, None, None)
    run("verify", path, expect=4)


def forgery(
    what: str, old: SignerKey, new: SignerKey, head: Head
) -> tuple[SignerKey, SignerKey, Head, list[SignerKey]]:
    """Return the keys, the head and the signers of a note that must not be believed."""
    third = signer(old.name, NOTE, THIRD.seed)
    return {
        "thief": (old, new, head, [new, new]),
        "unsigned": (old, new, head, [old, old]),
        "head": (old, new, Head(head.size, b"\x00" * 32), [old, new]),
        "fork": (old, third, head, [old, third]),
        "back": (new, old, head, [new, old]),
    }[what]


def note(
    old: SignerKey, new: SignerKey, head: Head, signers: list[SignerKey] | None = None
) -> Note:
    text = succession_text(old.verifier, new.verifier, head)
    one, two = signers or [old, new]
    return sign_note(text, one).with_lines(sign_note(text, two).lines)


def forced(folder: Path) -> Path:
    """Write a bundle as a keeper would who does not check his own keys."""
    target = folder.parent / "forced.zip"
    with opened(folder) as mission:
        key = log_key(folder, mission)
        bare = checkpoint(mission, key)
        plan = Plan(
            mission=mission, edition="commission", checkpoint=bare, key=key.verifier
        )
        write_bundle(plan, key, target)
    return target


def test_a_process_killed_between_entry_and_file_is_finished(folder: Path) -> None:
    old = signing(folder)
    with opened(folder) as mission:
        new = next_key(folder, mission)
        text = str(note(old, new, head_of(mission)))
        append(mission, folder, "succession", {"note": text})
    assert (folder / FILE).read_bytes() == old.seed
    assert key_of(folder) == str(new.verifier)
    assert (folder / FILE).read_bytes() == new.seed
    assert not (folder / NEXT).exists()
    answer("verify", folder, "--key", str(old.verifier))
    (folder / FILE).write_bytes(old.seed)
    with opened(folder) as mission, pytest.raises(StoreError, match="another key"):
        log_key(folder, mission)


def test_a_service_that_runs_signs_with_the_key_in_force(folder: Path) -> None:
    with opened(folder) as mission:
        keys = LogKeys(folder, mission)
        first = keys.now()
        assert keys.now() is first
        rotate_record(folder)
        assert str(keys.now().verifier) == key_of(folder)


def enrolled(folder: Path) -> None:
    with opened(folder) as mission:
        for party, seed in PARTIES.items():
            public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
            body = {
                "do": "party-key",
                "party": party,
                "key": public.public_bytes_raw().hex(),
                "by": "admin",
            }
            append(mission, folder, "grant", body)


def vouches(text: str, **seeds: bytes) -> list[str]:
    told = []
    for party, seed in (PARTIES | seeds).items():
        made = Ed25519PrivateKey.from_private_bytes(seed).sign(bytes.fromhex(text))
        told += ["--signature", f"{party}={made.hex()}"]
    return told


def test_parties_vouch_where_the_key_was_compromised(folder: Path) -> None:
    first, kept = key_of(folder), kept_of(folder)
    since = ("--compromised-since", "2031-05-10T09:00:00Z")
    run("access", "record-key", folder, *since, expect=2)  # nobody could vouch
    enrolled(folder)
    asked = answer("access", "record-key", folder, *since)
    assert set(asked["parties"]) == set(PARTIES)
    filed(folder, "meanwhile")
    wrong = vouches(asked["to_sign"], ua=b"x" * 32)
    run("access", "record-key", folder, *wrong, expect=2)
    run("access", "record-key", folder, *wrong[2:], expect=2)
    found = answer("access", "record-key", folder, *vouches(asked["to_sign"]))
    assert found["key"] == key_of(folder)
    filed(folder, "after")
    answer("verify", folder, "--since", kept, "--key", first)
    answer("verify", bundle(folder), "--since", kept, "--key", first)
    assert verify(bundle(folder), kept, first)["key"] == found["key"]
    public = bundle(folder, "public")
    with pytest.raises(Altered, match="does not show"):
        verify(public, kept, first)
    run("verify", public, "--key", first, expect=4)
    verify(public, kept, found["key"])
    answer("verify", public, "--since", kept, "--key", found["key"])


def test_a_thief_cannot_have_others_vouch(folder: Path) -> None:
    """With the key and the disk, but the key of one party alone."""
    enrolled(folder)
    old = signing(folder)
    with opened(folder) as mission:
        new = next_key(folder, mission)
        own = Ed25519PrivateKey.from_private_bytes(PARTIES["ua"])
        raw = own.public_key().public_bytes_raw()
        parties = {"ua": raw.hex()}
        head = head_of(mission)
        since = "2031-05-10T09:00:00Z"
        text = succession_text(old.verifier, new.verifier, head, since, parties)
        made = sign_note(text, signer("ua", NOTE, PARTIES["ua"]))
        told = str(sign_note(text, new).with_lines(made.lines))
        append(mission, folder, "succession", {"note": told})
        with pytest.raises(LedgerMismatchError, match="every party"):
            verify_steps(mission)
    path = forced(folder)
    with pytest.raises(Altered, match="not every party"):
        verify(path, None, None)
    run("verify", path, expect=4)


def test_a_witness_follows_and_does_not_follow_a_fork(
    folder: Path, tmp_path: Path
) -> None:
    first = key_of(folder)
    forged = Path(shutil.copytree(folder, tmp_path / "forged"))
    behind = Path(shutil.copytree(folder, tmp_path / "behind"))
    filed(folder, "seen")
    memory = tmp_path / "witness"
    with witness(memory, "example.org/party-a", first) as (url, _):
        run("checkpoint", folder, "--ask", url)
        answer("access", "record-key", behind)  # ends the key before what was seen
        run("checkpoint", behind, "--ask", url, expect=2)
        assert len(list((memory / "evidence").iterdir())) == 1
        answer("access", "record-key", folder)
        filed(folder, "later")
        assert "example.org/party-a" in run("checkpoint", folder, "--ask", url).stdout
    # killed and begun again, it knows the new key, and refuses another
    with witness(memory, "example.org/party-a", first) as (url, _):
        filed(forged, "one")
        filed(forged, "two")
        answer("access", "record-key", forged)
        run("checkpoint", forged, "--ask", url, expect=2)
        assert len(list((memory / "evidence").iterdir())) == 2
        answer("access", "record-key", folder)
        run("checkpoint", folder, "--ask", url)
