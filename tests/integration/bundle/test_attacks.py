"""Whatever is changed in a bundle is refused, by pamiers and by the lone verifier."""

import hashlib
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pamiers.app.bundle_reading import opened_bundle
from pamiers.app.bundled import trust_of, verify_bundle
from pamiers.app.showing import evidence_of_bundle
from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.archive import Member, directory
from pamiers.ledger.bag import MANIFEST, SIGNATURE, TAGS, Signed, manifest, sign
from pamiers.ledger.evidence import read_evidence
from pamiers.ledger.keys import NOTE, SignerKey, signer
from pamiers.mission.bundle.layout import ENTRIES, KEYS
from tests.integration.bundle.record import World
from tests.shared import ROOT
from tools.verify_pamiers import Altered, verify, verify_evidence

pytestmark = pytest.mark.integration
FLIPS = int(os.environ.get("PAMIERS_FLIPS", "150"))
ALONE = ROOT / "tools" / "verify_pamiers.py"
NOTHING = trust_of(None, None, [])


def both_refuse(path: Path) -> str:
    """Return what pamiers says, after seeing that both verifiers refuse a file."""
    with pytest.raises(LedgerMismatchError) as caught:
        verify_bundle(path, NOTHING)
    with pytest.raises((Altered, ValueError, KeyError, TypeError)):
        verify(path, None, None)
    return str(caught.value)


def files_in(path: Path) -> dict[str, bytes]:
    with opened_bundle(path) as found:
        return {name: found.read(name) for name in found.names}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the archive of some files, as the format wants it."""
    members: list[Member] = []
    whole = b""
    for name, data in files.items():
        at = members[-1].end if members else 0
        members.append(Member(name=name, size=len(data), crc=zlib.crc32(data), at=at))
        whole += members[-1].head + data
    return whole + directory(members)


def bagged(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files with manifests that fit them, the signature as it was."""
    sha = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    told = {
        **files,
        MANIFEST: manifest({n: s for n, s in sha.items() if n[:5] == "data/"}),
    }
    listed = ("bagit.txt", "bag-info.txt", MANIFEST)
    tags = {name: hashlib.sha256(told[name]).hexdigest() for name in listed}
    return {**told, TAGS: manifest(tags)}


def signed(files: dict[str, bytes], key: SignerKey, edition: str) -> dict[str, bytes]:
    tags = hashlib.sha256(files[TAGS]).digest()
    said = Signed(origin=key.name, edition=edition, tags=tags)
    return {**files, SIGNATURE: sign(said, key)}


@pytest.mark.parametrize("edition", ["public", "commission"])
def test_any_flipped_bit_is_refused(
    bundles: dict[str, Path], edition: str, tmp_path: Path
) -> None:
    whole = bundles[edition].read_bytes()
    rng = random.Random(f"{edition} {FLIPS}")  # noqa: S311 - no secret
    spoilt = tmp_path / "spoilt.zip"
    for at in [*range(60), *(rng.randrange(len(whole)) for _ in range(FLIPS))]:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << rng.randrange(8)
        spoilt.write_bytes(flipped)
        both_refuse(spoilt)


def test_a_bit_in_every_file_and_every_head_is_refused(
    bundles: dict[str, Path], tmp_path: Path
) -> None:
    whole, spoilt = bundles["commission"].read_bytes(), tmp_path / "spoilt.zip"
    with opened_bundle(bundles["commission"]) as found:
        members = list(found.members.values())
    for member in members:
        for at in (member.at + 6, member.end - 1, member.end - member.size - 1):
            flipped = bytearray(whole)
            flipped[at] ^= 4
            spoilt.write_bytes(flipped)
            both_refuse(spoilt)
    for at in range(members[-1].end, len(whole)):  # the directory, byte by byte
        spoilt.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        with pytest.raises(LedgerMismatchError):
            verify_bundle(spoilt, NOTHING)


RESHAPED: dict[str, Callable[[bytes], bytes]] = {
    "a byte behind the end": lambda whole: whole + b"\0",
    "a second copy behind the end": lambda whole: whole + whole,
    "a comment": lambda whole: whole[:-2] + b"\x02\0ok",
    "a byte before the beginning": lambda whole: b"\0" + whole,
    "the end cut off": lambda whole: whole[:-1],
    "half of it": lambda whole: whole[: len(whole) // 2],
    "only the directory": lambda whole: whole[-22:],
    "nothing": lambda _whole: b"",
    "an empty archive": lambda _whole: directory([]),
}


@pytest.mark.parametrize("reshape", RESHAPED.values(), ids=RESHAPED.keys())
def test_an_archive_of_another_shape_is_refused(
    bundles: dict[str, Path], tmp_path: Path, reshape: Callable[[bytes], bytes]
) -> None:
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(reshape(bundles["public"].read_bytes()))
    both_refuse(spoilt)


def test_the_one_form_is_the_one_form(bundles: dict[str, Path]) -> None:
    for path in bundles.values():
        files = files_in(path)
        assert zipped(files) == path.read_bytes()
        assert bagged(files) == files


@pytest.mark.parametrize(
    "name", ["data/README.txt", ENTRIES, "data/standing/finding.jsonl", "bag-info.txt"]
)
def test_manifests_made_anew_do_not_help(
    bundles: dict[str, Path], tmp_path: Path, name: str
) -> None:
    files = files_in(bundles["commission"])
    data = bytearray(files[name])
    data[len(data) // 2] ^= 1
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(zipped(bagged({**files, name: bytes(data)})))
    assert SIGNATURE in both_refuse(spoilt)


def test_a_file_added_dropped_or_moved_is_refused(
    bundles: dict[str, Path], tmp_path: Path, made: World
) -> None:
    files = files_in(bundles["commission"])
    name = "data/rows/00000003.jsonl"
    less = {n: data for n, data in files.items() if n != name}
    more = {**files, "data/zz.txt": b"more\n"}
    turned = dict(reversed(files.items()))
    spoilt = tmp_path / "spoilt.zip"
    for odd in (
        less,
        more,
        turned,
        {**files, "../x": b""},
        {**files, "data/../x": b""},
    ):
        again = bagged(odd)
        spoilt.write_bytes(zipped(signed(again, made.key, "commission")))
        both_refuse(spoilt)


def test_the_operator_with_the_key_cannot_change_an_entry(
    bundles: dict[str, Path], tmp_path: Path, made: World
) -> None:
    files = files_in(bundles["commission"])
    spoilt = tmp_path / "spoilt.zip"
    for before, after, where in (
        (b"said twice", b"said thrice", "entry 6"),
        (b"wrong day", b"wrong dax", "entry 7"),
        (b'"rows":6', b'"rows":7', "entry 3"),
    ):
        assert before in files[ENTRIES]
        forged = {**files, ENTRIES: files[ENTRIES].replace(before, after)}
        spoilt.write_bytes(zipped(signed(bagged(forged), made.key, "commission")))
        assert both_refuse(spoilt).startswith((where, "bag-info"))


def test_rows_and_originals_are_held_to_their_entries(
    bundles: dict[str, Path], tmp_path: Path, made: World
) -> None:
    files = files_in(bundles["commission"])
    spoilt = tmp_path / "spoilt.zip"
    names = [n for n in files if n.startswith(("data/rows/", "data/payloads/"))]
    names += [n for n in files if n.startswith(("data/originals/", "data/agreement/"))]
    assert len(names) >= 8
    for name in names:
        data = bytearray(files[name])
        at = next(
            i for i in range(len(data) // 2, len(data)) if data[i : i + 1].isalnum()
        )
        data[at] ^= 1
        forged = signed(bagged({**files, name: bytes(data)}), made.key, "commission")
        spoilt.write_bytes(zipped(forged))
        assert name in both_refuse(spoilt)


def test_a_bundle_under_the_key_of_a_stranger_is_told_by_the_key(
    bundles: dict[str, Path], tmp_path: Path, made: World
) -> None:
    stranger = signer(made.key.name, NOTE, bytes(32))
    files = files_in(bundles["public"])
    forged = {**files, KEYS: f"{stranger.verifier}\n".encode()}
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(zipped(signed(bagged(forged), stranger, "public")))
    both_refuse(spoilt)  # the checkpoint inside is not the stranger's
    known = trust_of(str(made.key.verifier), None, [])
    assert verify_bundle(bundles["public"], known).checked.key == made.key.verifier
    with pytest.raises(LedgerMismatchError, match=r"keys\.txt"):
        verify_bundle(bundles["public"], trust_of(str(stranger.verifier), None, []))
    with pytest.raises(Altered, match=r"keys\.txt"):
        verify(bundles["public"], None, str(stranger.verifier))


def test_a_checkpoint_from_before_holds_the_bundle_to_it(
    bundles: dict[str, Path], tmp_path: Path, made: World
) -> None:
    kept, other = tmp_path / "kept.txt", tmp_path / "other.txt"
    kept.write_text(str(made.kept))
    assert verify_bundle(bundles["public"], trust_of(None, kept, [])).differences == ()
    assert verify(bundles["public"], kept, None)["since"] is True
    head = str(made.kept.note.text).replace("\n4\n", "\n5\n")
    from pamiers.ledger.note import sign_note  # noqa: PLC0415 - used here alone

    other.write_text(str(sign_note(head, made.key)))
    with pytest.raises(LedgerMismatchError, match="entries 0 to 4"):
        verify_bundle(bundles["public"], trust_of(None, other, []))
    with pytest.raises(Altered, match="rewritten"):
        verify(bundles["public"], other, None)
    written = evidence_of_bundle(bundles["public"], other)
    assert written is not None
    read_evidence(written.read_bytes()).verify()
    assert verify_evidence(written)["kind"] == "rewritten history"
    assert evidence_of_bundle(bundles["public"], kept) is None
    said = written.read_bytes()
    for at in range(0, len(said), 97):
        written.write_bytes(said[:at] + bytes([said[at] ^ 1]) + said[at + 1 :])
        with pytest.raises((Altered, ValueError, KeyError, TypeError)):
            verify_evidence(written)


def test_the_one_file_needs_nothing_of_pamiers(
    bundles: dict[str, Path], tmp_path: Path
) -> None:
    """Run it without the package on the path, and with only one module from outside."""
    lone = tmp_path / "verify.py"
    lone.write_bytes(ALONE.read_bytes())
    spy = (
        "import sys, runpy\n"
        f"sys.argv = ['verify.py', {str(bundles['commission'])!r}, '--json']\n"
        "try: runpy.run_path('verify.py', run_name='__main__')\n"
        "except SystemExit as left: code = left.code\n"
        "known = sys.stdlib_module_names\n"
        "odd = {m.partition('.')[0] for m in sys.modules} - known\n"
        "print(sorted(m for m in odd if m[0] != '_'), code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", spy],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"entries": 11' in done.stdout
    last = done.stdout.splitlines()[-1]
    assert "pamiers" not in last.replace("verify_pamiers", "")
    assert last.endswith(" 0")
    assert "cryptography" in last
