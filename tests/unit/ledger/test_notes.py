"""Notes, checkpoints and cosignatures, against figures that others published.

The signed note is the example of Go's package `note`; points of small order are those
that Chalkias, Garillot and Nikolaenko (2020) list.
"""

from datetime import UTC, datetime

import pytest

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.checkpoint import (
    cosign,
    cosignatures,
    read_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.keys import COSIGNATURE, NOTE, check_point, signer, verifier
from pamiers.ledger.note import read_note, sign_note, verify_note
from pamiers.ledger.tree import Head

NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2p"
    "ZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]
ODD = [
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "0200000000000000000000000000000000000000000000000000000000000000",
]
LOG = signer("example.org/mission", NOTE, bytes(range(32)))
WITNESS = signer("example.org/party-a", COSIGNATURE, bytes(range(32, 64)))
HEAD = Head(3, bytes(range(32)))
NOW = datetime(2020, 7, 28, 16, 30, tzinfo=UTC)


def test_a_published_note_is_signed_by_whom_it_says() -> None:
    note = read_note(SAID.encode())
    assert verify_note(note, [verifier(NEUMANN)]) == ("PeterNeumann",)
    assert str(note) == SAID
    assert str(verifier(NEUMANN)) == NEUMANN


@pytest.mark.parametrize("at", range(0, len(SAID.encode()), 3))
def test_a_note_with_any_bit_turned_is_refused(at: int) -> None:
    raw = bytearray(SAID.encode())
    raw[at] ^= 1
    with pytest.raises(LedgerMismatchError):
        verify_note(read_note(bytes(raw)), [verifier(NEUMANN)])


@pytest.mark.parametrize("point", SMALL)
def test_a_point_of_small_order_is_no_key(point: str) -> None:
    with pytest.raises(UsageError, match=r"large order|canonically|curve"):
        check_point(bytes.fromhex(point))


@pytest.mark.parametrize("point", ODD)
def test_a_key_written_oddly_or_off_the_curve_is_no_key(point: str) -> None:
    with pytest.raises(UsageError, match=r"canonically|curve|large order"):
        check_point(bytes.fromhex(point))


def test_an_honest_key_is_taken() -> None:
    check_point(LOG.verifier.public)
    assert verifier(str(LOG.verifier)) == LOG.verifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN[:-4],
        NEUMANN.replace("Peter", "Peter "),
        NEUMANN.replace("+ARpc", "+AhpC"),
    ],
)
def test_a_key_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        verifier(text)


def test_a_private_key_is_never_shown() -> None:
    assert repr(LOG) == "SignerKey('example.org/mission')"


def test_a_checkpoint_is_short_text_and_reads_back() -> None:
    found = read_checkpoint(str(sign_checkpoint(HEAD, LOG)).encode())
    assert (found.origin, found.head) == ("example.org/mission", HEAD)
    verify_checkpoint(found, LOG.verifier)
    assert str(found).count("\n") == 5


def test_a_checkpoint_of_another_log_is_refused() -> None:
    found = sign_checkpoint(HEAD, signer("example.org/other", NOTE, bytes(32)))
    with pytest.raises(LedgerMismatchError, match=r"example\.org/other"):
        verify_checkpoint(found, LOG.verifier)


def test_a_witness_says_when_it_saw_what() -> None:
    found = sign_checkpoint(HEAD, LOG)
    line = cosign(found, WITNESS, NOW)
    whole = read_checkpoint(str(found.note.with_lines([line])).encode())
    seen = cosignatures(whole, [WITNESS.verifier])
    assert [(each.name, each.at) for each in seen] == [("example.org/party-a", NOW)]
    verify_checkpoint(whole, LOG.verifier)
    assert cosignatures(found, [WITNESS.verifier]) == ()


def test_a_cosignature_of_another_checkpoint_does_not_fit() -> None:
    line = cosign(sign_checkpoint(HEAD, LOG), WITNESS, NOW)
    other = sign_checkpoint(Head(4, HEAD.root), LOG)
    moved = read_checkpoint(str(other.note.with_lines([line])).encode())
    with pytest.raises(LedgerMismatchError, match="party-a"):
        cosignatures(moved, [WITNESS.verifier])


@pytest.mark.parametrize(
    "body",
    [
        "example.org/mission\n03\nAAAA\n",
        "example.org/mission\n3\n",
        "example.org/mission\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "example.org/mission\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "example.org/mission\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(LedgerMismatchError):
        read_checkpoint(str(sign_note(body, LOG)).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\nno dash\n",
        b"text\n\n\xe2\x80\x94 name\n",
        b"text\n\n\xe2\x80\x94 name %%%%\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\x07\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"\xff\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAAA\n" * 101,
        b"a" * 1_000_001,
    ],
)
def test_what_is_no_note_is_refused(raw: bytes) -> None:
    with pytest.raises(LedgerMismatchError, match="note"):
        read_note(raw)
