"""How loops are compiled: at their first call, kept on disk, divisions unchecked."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Mark a loop for compilation."""
    made = njit(cache=True, nogil=True, error_model="numpy", fastmath=_SAFE)(function)
    return cast("_Function", made)


def inlined(function: _Function) -> _Function:
    """Mark a part of a loop, compiled into whatever calls it."""
    made = njit(forceinline=True, nogil=True, error_model="numpy", fastmath=_SAFE)(
        function
    )
    return cast("_Function", made)


#: sums may be contracted, never reordered: the same in every run on one machine
_SAFE = {"contract", "arcp", "nsz"}
