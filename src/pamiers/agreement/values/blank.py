"""The blank: a place in an agreement that is still to be filled."""

from enum import Enum
from typing import Final, TypeAlias, TypeVar


class Blank(Enum):
    """What stands where nothing is agreed yet; written `TBD`."""

    TBD = "TBD"

    def __str__(self) -> str:
        """Return the word that stands in the file."""
        return self.value


BLANK: Final = Blank.TBD

_Value = TypeVar("_Value")
#: a value, or a blank in its place
Maybe: TypeAlias = _Value | Blank


def filled(values: "tuple[_Value | Blank, ...]") -> tuple[_Value, ...]:
    """Return the values that are no blanks, in order."""
    return tuple(each for each in values if not isinstance(each, Blank))


def known(value: "_Value | Blank | None") -> _Value | None:
    """Return a value, or None for a blank."""
    return None if isinstance(value, Blank) else value
