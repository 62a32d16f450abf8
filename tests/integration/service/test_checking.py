"""Signatures are checked rightly, here or beside, whatever becomes of the process."""

import asyncio
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.app.api.checking import FEW, Checks, all_verified
from pamiers.mission.access.devices import Signed

pytestmark = pytest.mark.integration
MANY = 5 * FEW


def some(n: int, forged: frozenset[int]) -> list[Signed]:
    found = []
    for i in range(n):
        key = Ed25519PrivateKey.from_private_bytes(bytes([i]) * 32)
        said = f"message {i}".encode()
        seal = key.sign(said if i not in forged else b"another")
        found.append((key.public_key().public_bytes_raw().hex(), seal, said))
    return found


def asked(checks: Checks, signed: list[Signed]) -> list[bool]:
    async def all_of() -> list[bool]:
        return await asyncio.gather(*(checks.verified(each) for each in signed))

    return asyncio.run(all_of())


@pytest.mark.parametrize("n", [1, FEW, FEW + 1, MANY])
def test_each_is_told_of_its_own(n: int) -> None:
    forged = frozenset(range(0, n, 3))
    checks = Checks()
    try:
        checks.begin()
        assert checks.beside.submit(all_verified, []).result(60) == []
        for _ in range(3):
            found = asked(checks, some(n, forged))
            assert found == [i not in forged for i in range(n)]
    finally:
        checks.close()


def test_where_the_process_dies_all_is_checked_here() -> None:
    checks = Checks()
    try:
        checks.begin()
        checks.beside.submit(all_verified, []).result(60)
        pid = checks.beside.submit(os.getpid).result(60)
        os.kill(pid, 9)
        forged = frozenset({0, 7})
        found = asked(checks, some(MANY, forged))
        assert found == [i not in forged for i in range(MANY)]
    finally:
        checks.close()
