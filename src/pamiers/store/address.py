"""Where a record in PostgreSQL lies: an address without a password in it.

The address is kept in the mission's folder. A password is never kept there nor told in
a message: it comes with the whole address from the environment, or from where libpq
looks for one (`PGPASSWORD`, `PGPASSFILE`, `~/.pgpass`).
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from pamiers.core.errors import UsageError

FILE: Final = "record.url"
#: an address with a password may be given here; it takes the place of the kept one
VARIABLE: Final = "PAMIERS_DATABASE_URL"
_KINDS: Final = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_FORM: Final = "postgresql://USER@HOST:PORT/DATABASE"


@dataclass(frozen=True, slots=True)
class Address:
    """An address; what is printed of it holds no password."""

    url: sa.URL = field(repr=False)

    def __str__(self) -> str:
        """Return it without its password, as it is kept."""
        held = self.url.difference_update_query(["password"])
        plain = sa.URL.create(
            "postgresql",
            held.username,
            host=held.host,
            port=held.port,
            database=held.database,
            query=held.query,
        )
        return plain.render_as_string()

    @property
    def secret(self) -> str | None:
        """Return the password in it; None where there is none."""
        inside = self.url.query.get("password")
        return self.url.password or (inside if isinstance(inside, str) else None)

    def unsaid(self, text: str) -> str:
        """Return a text without the password, should it be in there."""
        return text.replace(self.secret, "***") if self.secret else text


def read_address(text: str, where: str) -> Address:
    """Return an address.

    Args:
        text: As somebody wrote it.
        where: Where, for the error; the text itself is not told.

    Returns:
        The address, to be connected to.

    Raises:
        UsageError: It is none of PostgreSQL.
    """
    try:
        url = sa.make_url(text.strip())
    except (sa.exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _KINDS or not url.database:
        raise UsageError(
            where,
            expected=_FORM,
            got="something else",
            remedy="Name the server and the database.",
        )
    return Address(url.set(drivername="postgresql+psycopg"))


def read_given(text: str) -> Address:
    """Return an address from a command line, where everybody can read it.

    Raises:
        UsageError: It is none, or has a password in it.
    """
    found = read_address(text, "--database")
    if found.secret is not None:
        raise UsageError(
            "--database",
            expected="an address without a password",
            got="one with a password, which others on this machine can read",
            remedy=f"Give the whole address in {VARIABLE}, or the password in a file "
            "that PGPASSFILE names.",
        )
    return found


def address_of(folder: Path) -> Address | None:
    """Return where the record of a mission lies; None where it is a file.

    Args:
        folder: Mission folder.

    Returns:
        The address from the environment, or else the one that is kept.

    Raises:
        UsageError: It is no address.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    given = os.environ.get(VARIABLE, "")
    if given:
        return read_address(given, VARIABLE)
    return read_address(path.read_text("utf-8", "replace"), str(path))
