"""Whether loops can be compiled, and the mark that compiles them when first used.

numba is imported only from `pamiers.compliance.kernels.loops`, whose modules are
imported only when somebody asks for them: starting the program loads nothing.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Mark a loop for compilation by numba at its first call, kept on disk."""
    from numba import njit  # noqa: PLC0415 - 0.4 s, only where loops are wanted

    return cast("_Function", njit(cache=True, nogil=True)(function))


def dense(function: _Function) -> _Function:
    """Mark a loop as `compiled`, whose divisions never raise.

    A division that may raise keeps the compiler from making vectors of a loop.
    """
    from numba import njit  # noqa: PLC0415 - as above

    return cast(
        "_Function", njit(cache=True, nogil=True, error_model="numpy")(function)
    )


def inlined(function: _Function) -> _Function:
    """Mark a part of a compiled loop; it is compiled into every caller.

    A tuple of arrays handed to a function that is not costs 2 kB of copying a call.
    """
    from numba import njit  # noqa: PLC0415 - loaded when it is used

    return cast("_Function", njit(nogil=True, forceinline=True)(function))


def available() -> bool:
    """Tell whether loops can be compiled here."""
    return find_spec("numba") is not None
