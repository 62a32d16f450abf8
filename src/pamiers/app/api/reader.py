"""Who asks: a name, the roles held, and how far they reach."""

from dataclasses import dataclass
from typing import Final

from pamiers.core.sharing import Sharing
from pamiers.mission.access.permissions import POST, READ, decide

#: editions that can be read; each reaches to the class of sharing of its name
EDITIONS: Final = ("public", "parties", "commission")
ANONYMOUS: Final = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks. Whoever did not say who he is reads as the public."""

    name: str = ANONYMOUS
    roles: tuple[str, ...] = ()
    clearance: Sharing = Sharing.PUBLIC
    office: str | None = None  #: party or role of the agreement that he acts for
    sources: tuple[str, ...] = ()  #: that he may send for

    @property
    def edition(self) -> str:
        """Return the fullest edition that the reader may have."""
        return EDITIONS[min(list(Sharing).index(self.clearance), len(EDITIONS) - 1)]

    @property
    def placing(self) -> bool:
        """Return whether the reader may know where posts stand and see least."""
        return decide(self.roles, READ, POST, Sharing.COMMISSION).allowed
