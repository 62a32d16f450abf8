"""Join verdicts with *and* / *or*, keeping every one that was joined.

Kleene's strong logic of three values, with the unknown split in two: evidence that
does not decide outranks the lack of any, since it is the more that is known.
"""

from collections.abc import Sequence
from typing import Final

from pamiers.compliance.finding import Verdict

#: the first of these that is present is the answer
_ALL: Final = (
    Verdict.BREACHED,
    Verdict.UNDETERMINED,
    Verdict.UNOBSERVED,
    Verdict.KEPT,
)
_ANY: Final = (
    Verdict.KEPT,
    Verdict.UNDETERMINED,
    Verdict.UNOBSERVED,
    Verdict.BREACHED,
)


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on something that needs every part to be kept.

    Args:
        verdicts: Verdicts on the parts, at least one, in any order.

    Returns:
        `KEPT` only where all are.

    Raises:
        ValueError: There are no parts; what demands nothing is kept by everyone.

    Source:
        Kleene (1952), Introduction to Metamathematics, section 64.
    """
    return _first(_ALL, verdicts, "all_of")


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on something that any one part suffices for.

    Args:
        verdicts: Verdicts on the parts, at least one, in any order.

    Returns:
        `BREACHED` only where all are.

    Raises:
        ValueError: There are no parts; an empty choice could never be kept.
    """
    return _first(_ANY, verdicts, "any_of")


def _first(order: Sequence[Verdict], given: Sequence[Verdict], name: str) -> Verdict:
    if not given:
        raise ValueError(
            f"{name}: expected at least one verdict, got none. "
            "Remove the empty rule from the agreement."
        )
    return next(verdict for verdict in order if any(v is verdict for v in given))
