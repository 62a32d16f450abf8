"""How loops are compiled: at their first call, kept on disk, divisions unchecked.

Nothing is contracted or reordered: a function gives the same to the last bit wherever
it is compiled into, so that two ways to one result end in one result.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numpy as np
from numba import njit

#: loops allocate nothing, so that they need not count who refers to an array: the
#: counting is dearer than what is computed (numba's runtime may be left out so)
_OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
}
_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Mark a loop for compilation."""
    made = njit(cache=True, **_OPTIONS)(function)
    return cast("_Function", made)


def inlined(function: _Function) -> _Function:
    """Mark a part of a loop, compiled into whatever calls it."""
    made = njit(forceinline=True, **_OPTIONS)(function)
    return cast("_Function", made)


@inlined
def wide(n: int) -> int:
    """Return a number in 64 bits: a loop is compiled once, not for each width."""
    return int(np.int64(n))
