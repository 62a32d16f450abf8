"""Formats of transparency logs, against what others published.

Sources: C2SP, tlog-tiles (paths; a tree of 70,000) and tlog-cosignature (the example);
FiloSottile/torchwood, cmd/litewitness/testdata (a checkpoint, and its log's key);
transparency-dev/formats, note/note_cosigv1_test.go (keys, a timestamp).
"""

import base64
import hashlib
from collections import Counter

import pytest

from pamiers.core.errors import UsageError
from pamiers.ledger.checkpoint import (
    cosignatures,
    read_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.keys import COSIGNATURE, NOTE, VerifierKey, verifier
from pamiers.ledger.tiles import Tile, Tiles, read_tile, tiles_of
from pamiers.ledger.tree import Head, node_hash, root_of

TREE = "985ea163f5af026723561354f51f2ebcdcf2af809ce254ccfb64aa9aadd80f90"
SIGSUM = f"sigsum.org/v1/tree/{TREE}"
PUBLIC = "52c05edad1bf5feffa81354faae59a655d9a9a1a793ed2f62c39c26c0be2aecd"
CHECKPOINT = (
    f"{SIGSUM}\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
    f"\u2014 {SIGSUM} 7BKT0gOfNZ1J0So9unY3BZtm2YkPIoNYM/dce0Z2avJDs8dxN6ts9bOSwwrV"
    "rbjm6P9K3ZxpK6jJngOG6YvGGzV/lwo=\n"
)
COSIGNED = (
    "example.com/behind-the-sofa\n20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoR"
    "De4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWX"
    "EhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_a_published_checkpoint_is_signed_by_its_log() -> None:
    log = VerifierKey(SIGSUM, NOTE, bytes.fromhex(PUBLIC))
    found = read_checkpoint(CHECKPOINT.encode())
    verify_checkpoint(found, log)
    assert found.head == Head(1, bytes([42]) + bytes(31))
    assert str(found) == CHECKPOINT
    assert found.note.lines[0].key_id == log.id


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6", NOTE),
        (
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            COSIGNATURE,
        ),
    ],
)
def test_published_keys_have_the_ids_that_stand_in_them(text: str, kind: int) -> None:
    found = verifier(text)
    assert (str(found), found.kind) == (text, kind)


@pytest.mark.parametrize(
    "text",
    [
        "bananas.sigstore.dev+12344556",
        "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
        "rekor.sigstore.dev+12345678+AwEB",
    ],
)
def test_published_keys_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        verifier(text)


def test_the_cosigned_example_of_the_specification_is_read() -> None:
    found = read_checkpoint(COSIGNED.encode())
    assert (found.origin, found.head.size) == ("example.com/behind-the-sofa", 20852163)
    assert str(found) == COSIGNED
    line = found.note.lines[1]
    assert line.name == "witness.example.com/w1"
    assert int.from_bytes(line.signature[:8], "big") == 1679315147
    assert cosignatures(found, []) == ()


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(0, 1_234_067, 89), "tile/0/x001/x234/067.p/89"),
        (Tile(1, 1000), "tile/1/x001/000"),
        (Tile(1, 273, 17), "tile/1/273.p/17"),
        (Tile(63, 999_999_999_999_999_999, 255), f"tile/63/{'x999/' * 5}999.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert str(tile) == path
    _, level, index = path.split("/", 2)
    assert read_tile(level, index) == tile


@pytest.mark.parametrize(
    "path",
    [
        *(
            "00/000",
            "64/000",
            "-1/000",
            "0/0",
            "0/1000",
            "0/x000/001",
            "0/x001/234/067",
        ),
        *(
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/300",
            "0/000.p/07",
            "0/000.p/",
            "0/x001",
        ),
        *("entries/000", "0/000/", "0/\u0660\u0660\u0660", "data/000", "0/001.p/5/6"),
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(UsageError, match="tlog-tiles"):
        read_tile(*path.split("/", 1))


def test_a_tree_of_70000_has_the_tiles_of_the_specification() -> None:
    found = Counter((tile.level, tile.width) for tile in tiles_of(70_000))
    assert found == {
        (0, 256): 273,
        (0, 112): 1,
        (1, 256): 1,
        (1, 17): 1,
        (2, 1): 1,
    }
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


def hashes_in(data: bytes) -> list[bytes]:
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def root_from(tree: Tiles, size: int) -> bytes:
    """Return the root from the right edge of each level alone, as a client does."""
    edges = [tile for tile in tiles_of(size) if tile.width < 256]
    root = None
    for tile in sorted(edges, key=lambda each: each.level):
        data = tree.read(tile)
        assert data is not None
        left = hashes_in(data)
        whole = {1 << bit for bit in range(8) if len(left) & (1 << bit)}
        for span in sorted(whole):
            part, left = left[-span:], left[:-span]
            of_part = root_of(part)
            root = of_part if root is None else node_hash(of_part, root)
    assert root is not None
    return root


@pytest.mark.parametrize("size", [1, 5, 255, 256, 257, 65_535, 65_536, 70_000])
def test_the_root_follows_from_tiles(size: int) -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(size)]
    tree = Tiles()
    tree.add(leaves[: size // 3])
    tree.add(leaves[size // 3 :])
    assert tree.size == size
    assert root_from(tree, size) == root_of(leaves)
    for tile in tiles_of(size):
        data = tree.read(tile)
        assert data is not None
        assert len(data) == 32 * tile.width
        span = 256**tile.level
        first = tile.index * 256 * span
        assert data[:32] == root_of(leaves[first : first + span])  # MTH(D[...])
    assert tree.read(Tile(0, size // 256, size % 256 + 1)) is None
    assert tree.read(Tile(9, 0, 1)) is None


def test_a_published_time_stands_before_the_signature() -> None:
    raw = base64.b64decode(
        "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWW"
        "OworDcFiEBYJXORmnFBOBA=="
    )
    signed = f"{SIGSUM}\n1\n{base64.b64encode(bytes(32)).decode()}\n\n\u2014 w "
    found = read_checkpoint(f"{signed}{base64.b64encode(raw).decode()}\n".encode())
    assert found.head == Head(1, bytes(32))
    assert int.from_bytes(found.note.lines[0].signature[:8], "big") == 1727964367
