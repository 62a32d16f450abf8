"""A question to a time-stamping authority is what OpenSSL makes of the same bytes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.ledger.timestamp import timestamp_query

DATA = b"example.org/mission\n3\nAAEC\n\n"


@given(st.binary(min_size=8, max_size=8))
def test_a_number_is_positive_and_as_short_as_it_can_be(nonce: bytes) -> None:
    query = timestamp_query(DATA, nonce)
    at = 2 + 3 + 2 + 15 + 2 + 32
    assert query[at] == 0x02
    number = query[at + 2 : at + 2 + query[at + 1]]
    assert int.from_bytes(number, "big", signed=True) == int.from_bytes(nonce, "big")
    assert len(number) == 1 or number[0] or number[1] & 0x80


def openssl(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[usage]
extendedKeyUsage = critical,timeStamping
"""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_an_authority_answers_it_and_the_answer_is_over_the_checkpoint(
    tmp_path: Path,
) -> None:
    (tmp_path / "tsa.cnf").write_text(CONFIG)
    (tmp_path / "serial").write_text("01\n")
    (tmp_path / "checkpoint.txt").write_bytes(DATA)
    (tmp_path / "ask.tsq").write_bytes(timestamp_query(DATA, b"\x81" * 8))
    made = ("-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tsa", "-days", "9")
    where = ("-keyout", "tsa.key", "-out", "tsa.pem")
    named = ("-addext", "extendedKeyUsage=critical,timeStamping")
    openssl(tmp_path, "req", *made, *where, *named)
    told = openssl(tmp_path, "ts", "-query", "-in", "ask.tsq", "-text")
    assert "Hash Algorithm: sha256" in told
    assert "Nonce: 0x8181818181818181" in told
    asked = ("-config", "tsa.cnf", "-queryfile", "ask.tsq", "-out", "answer.tsr")
    openssl(tmp_path, "ts", "-reply", *asked)
    check = ("ts", "-verify", "-in", "answer.tsr", "-CAfile", "tsa.pem")
    openssl(tmp_path, *check, "-data", "checkpoint.txt")
    openssl(tmp_path, *check, "-queryfile", "ask.tsq")
    (tmp_path / "other.txt").write_bytes(DATA + b"x")
    with pytest.raises(AssertionError):
        openssl(tmp_path, *check, "-data", "other.txt")
