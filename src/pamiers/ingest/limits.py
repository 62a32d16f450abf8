"""How large an input may be before it is refused unread."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one file; each is a refusal, never a truncation."""

    file_bytes: int = 256_000_000
    row_bytes: int = 1_000_000
    cell_bytes: int = 32_768
    columns: int = 512
    rows: int = 2_000_000
    depth: int = 64  #: of nested JSON
    vertices: int = 200_000  #: of one geometry


LIMITS: Final = Limits()
