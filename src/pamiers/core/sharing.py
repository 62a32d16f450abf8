"""Who may see what: four classes in one order, each shutting out more readers.

`public < parties < commission < confidential`. What is joined of several parts is as
closed as the most closed of them; nothing here ever makes a class wider. Whoever is not
known reads as the public; what bears no class is confidential.
"""

from enum import Enum
from functools import total_ordering
from typing import Final

from pamiers.core.errors import UnknownTermError


@total_ordering
class Sharing(Enum):
    """A class of sharing; the greater, the fewer may see it."""

    PUBLIC = "public"  #: anybody
    PARTIES = "parties"  #: the parties, and whoever serves the commission
    COMMISSION = "commission"  #: the commission and its monitors
    CONFIDENTIAL = "confidential"  #: whoever protects the source, and nobody else

    def __lt__(self, other: object) -> bool:
        """Tell whether more may see this than the other."""
        if not isinstance(other, Sharing):
            return NotImplemented
        return _RANK[self] < _RANK[other]

    def __or__(self, other: "Sharing") -> "Sharing":
        """Return the class of what holds both: the more closed of the two."""
        return max(self, other)

    def seen_with(self, clearance: "Sharing") -> bool:
        """Tell whether a reader cleared up to a class may see what bears this one.

        Args:
            clearance: The most closed class that the reader may see.

        Returns:
            True only where the clearance reaches.

        Examples:
            >>> Sharing.PARTIES.seen_with(Sharing.COMMISSION)
            True
            >>> Sharing.CONFIDENTIAL.seen_with(Sharing.COMMISSION)
            False
        """
        return self <= clearance


_RANK: Final = {each: rank for rank, each in enumerate(Sharing)}
#: what bears no class: fewer see it than should, rather than more
UNLABELLED: Final = Sharing.CONFIDENTIAL


def joined(first: Sharing, *others: Sharing) -> Sharing:
    """Return the class of what holds several parts: that of the most closed.

    Examples:
        >>> joined(Sharing.PUBLIC, Sharing.COMMISSION, Sharing.PARTIES).value
        'commission'
    """
    return max(first, *others) if others else first


def sharing_named(text: str) -> Sharing:
    """Return a class by its name.

    Raises:
        UnknownTermError: No such class; none is taken for it.
    """
    try:
        return Sharing(text)
    except ValueError as error:
        raise UnknownTermError(
            "sharing",
            expected=f"one of {', '.join(each.value for each in Sharing)}",
            got=repr(text),
            remedy="Name who may see it.",
        ) from error
