"""Put an agreement to its stress test and its plan, once for each version of its texts.

What works them out takes a while to load, and is loaded when it is first asked.
"""

from functools import lru_cache
from typing import Final

from pamiers.app.weighed import Texts, Weighed, nothing_to_weigh

_KEPT: Final = 4  #: versions of agreements whose results are kept


def weighed_of(texts: Texts) -> Weighed:
    """Return what comes of the texts of an agreement; the same texts are done once."""
    return _weighed(tuple(sorted(texts.items())))


@lru_cache(maxsize=_KEPT)
def _weighed(texts: tuple[tuple[str, str], ...]) -> Weighed:
    return weigh(dict(texts))


def weigh(texts: Texts) -> Weighed:
    """Work out the stress test and the plan of an agreement, in seconds.

    Args:
        texts: Of its folder, file name -> text.

    Returns:
        The report and the plan, each None where its file is missing or has errors or
        blanks; which, and why, is told.
    """
    if (none := nothing_to_weigh(texts)) is not None:
        return none
    from pamiers.app.weighing import worked_out  # noqa: PLC0415 - slow to load

    return worked_out(texts)
