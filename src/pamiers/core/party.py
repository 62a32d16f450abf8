"""Parties: those whom an agreement binds.

Whoever was seen doing something is an actor, party or not; only an agreement
makes a party. Identifiers are plain ASCII so that no look-alike letter can
make two parties of one.
"""

import re
from dataclasses import dataclass
from typing import Final

ID_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who is bound by clauses; `name` maps a language code to its name."""

    id: str
    name: dict[str, str]
