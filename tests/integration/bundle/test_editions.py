"""What each edition holds, what it withholds, and that all are under one checkpoint."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pamiers.app.bundle_reading import opened_bundle
from pamiers.app.bundled import trust_of, verify_bundle
from pamiers.core.sharing import Sharing
from pamiers.ledger.disclosed import read_disclosed
from pamiers.ledger.entry import KINDS
from pamiers.ledger.rows import PARTS
from pamiers.ledger.rows import SHARED as SHARED_PARTS
from pamiers.ledger.shared import ANY, SEEN, SHARED, seen, sharing_of
from pamiers.mission.bundle.layout import ENTRIES, READERS
from tests.integration.bundle.record import SECRETS, World, bundle
from tests.shared import ROOT
from tools.verify_pamiers import verify

pytestmark = pytest.mark.integration
NOTHING = trust_of(None, None, [])
CANARIES = (*SECRETS, "canary-raw", "canary-original", "canary-clerk", "canary-officer")
EXACT = ("48.123456", "37.654321")


@pytest.mark.parametrize("edition", READERS)
def test_both_verifiers_find_the_same(bundles: dict[str, Path], edition: str) -> None:
    path = bundles[edition]
    found = verify_bundle(path, NOTHING)
    alone = verify(path, None, None)
    checked = found.checked
    assert found.differences == ()
    assert (alone["entries"], alone["whole"]) == (len(checked.leaves), checked.whole)
    assert (alone["in_part"], alone["withheld"]) == (checked.partly, checked.withheld)
    assert (alone["rows"], alone["head"]) == (checked.rows, checked.checkpoint.head.hex)
    assert checked.rows == 7


def test_all_editions_are_under_the_same_checkpoint(bundles: dict[str, Path]) -> None:
    heads = {verify(path, None, None)["head"] for path in bundles.values()}
    assert len(heads) == 1


def test_a_bundle_made_again_is_the_same_to_the_byte(
    bundles: dict[str, Path], made: World, tmp_path: Path
) -> None:
    for edition, path in bundles.items():
        again = bundle(made, edition, tmp_path / "again.zip")
        assert again.read_bytes() == path.read_bytes()


def test_the_commission_gets_all_and_findings_are_computed_again(
    bundles: dict[str, Path],
) -> None:
    found = verify_bundle(bundles["commission"], NOTHING)
    assert found.again is not None
    assert found.again.findings > 0
    assert found.checked.whole == len(found.checked.leaves)
    whole = bundles["commission"].read_bytes()
    for canary in CANARIES:
        assert canary.encode() in whole


def forms(text: str) -> list[bytes]:
    """Return a secret as it might leak: plain, and inside base64 at any offset."""
    raw = text.encode()
    coded = [base64.b64encode(b"x" * at + raw)[4:-4] for at in range(3)]
    return [raw, raw.hex().encode(), text.encode("utf-16-le"), *coded]


@pytest.mark.parametrize("edition", ["public", "parties"])
def test_no_secret_leaves_with_an_edition(
    bundles: dict[str, Path], edition: str
) -> None:
    whole = bundles[edition].read_bytes()
    for canary in (*CANARIES, *EXACT):
        if edition == "parties" and canary == "canary-reporter":
            continue  # who reported is told to the parties
        shown = [f for f in forms(canary) if f in whole]
        if canary == "canary-reporter":
            shown = [f for f in shown if f in rows_and_entries(bundles[edition])]
        assert shown == [], canary


def rows_and_entries(path: Path) -> bytes:
    """Return what a bundle tells of the record itself, not of what stands."""
    with opened_bundle(path) as files:
        names = [n for n in files.names if n.startswith((ENTRIES, "data/rows/"))]
        return b"".join(files.read(name) for name in names)


def test_nothing_open_is_closed_to_the_reader(bundles: dict[str, Path]) -> None:
    for edition, path in bundles.items():
        reader = READERS[edition]
        with opened_bundle(path) as files:
            told = [
                read_disclosed(line, i) for i, line in enumerate(files.lines(ENTRIES))
            ]
        for each in told:
            if each.content is None:
                continue
            assert seen(each.content.kind).seen_with(reader)
            for name in each.content.fields:
                assert sharing_of(each.content.kind, name).seen_with(reader)


def test_letters_of_a_case_go_to_those_who_get_its_acts(
    bundles: dict[str, Path],
) -> None:
    there = {
        name: b"canary-letter" in path.read_bytes() for name, path in bundles.items()
    }
    assert there == {"commission": True, "parties": False, "public": False}


def test_decisions_are_a_bare_leaf_to_the_public(bundles: dict[str, Path]) -> None:
    with opened_bundle(bundles["public"]) as files:
        lines = list(files.lines(ENTRIES))
    assert json.loads(lines[6]).keys() == {"index", "leaf"}
    assert json.loads(lines[7]).keys() == {"index", "leaf"}
    assert "content" in json.loads(lines[3])


def test_every_kind_and_part_says_who_may_see_it() -> None:
    assert set(SHARED) == set(KINDS) == set(SEEN)
    assert set(SHARED_PARTS) == set(PARTS)
    assert sharing_of("no such kind", "x") is Sharing.CONFIDENTIAL
    assert seen("no such kind") is Sharing.CONFIDENTIAL
    assert sharing_of("mission", "a field of a later version") is Sharing.CONFIDENTIAL
    assert all(ANY in fields for kind, fields in SHARED.items() if kind != "mission")


@pytest.mark.parametrize("edition", READERS)
def test_any_unzipper_and_any_bag_reader_takes_it(
    bundles: dict[str, Path], edition: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", bundles[edition], tmp_path],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        summed = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", name],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert summed.returncode == 0, summed.stdout
    info = (tmp_path / "bag-info.txt").read_text()
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    assert f"Payload-Oxum: {size}.{len(files)}\n" in info
    crate = json.loads((tmp_path / "data" / "ro-crate-metadata.json").read_text())
    root = next(each for each in crate["@graph"] if each["@id"] == "./")
    assert len(root["hasPart"]) == len(files) - 1
    assert all((tmp_path / "data" / part["@id"]).is_file() for part in root["hasPart"])


def test_the_program_verifies_a_bundle_and_leaves_with_four(
    bundles: dict[str, Path], tmp_path: Path
) -> None:
    def run(path: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pamiers", "verify", path, "--json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    good = run(bundles["public"])
    assert (good.returncode, json.loads(good.stdout)["differences"]) == (0, [])
    spoilt = tmp_path / "spoilt.zip"
    whole = bundles["public"].read_bytes()
    spoilt.write_bytes(whole.replace(b"incident", b"accident", 1))
    bad = run(spoilt)
    assert bad.returncode == 4
    assert json.loads(bad.stdout)["error"] == "LedgerMismatchError"
