"""From the agreement as written to the one that engines take.

Main verb: `resolve`. Deadlines become moments and, as far as they are known,
instants; distances metres; `each party` a list; derived zones shapes; and every
combination of answers, counters and amendments a reading of its own.

Invariant: nothing is decided here that `check` has not let through.
"""

from pamiers.agreement.model import Agreement
from pamiers.agreement.reader import Read
from pamiers.agreement.resolve.reading import AS_WRITTEN
from pamiers.agreement.resolve.whole import agreement_of
from pamiers.core.errors import MalformedAgreementError

__all__ = ["AS_WRITTEN", "resolve"]


def resolve(checked: Read) -> Agreement:
    """Return the agreement that engines take.

    Args:
        checked: What `check` returned.

    Returns:
        The agreement, without blanks.

    Raises:
        MalformedAgreementError: It has errors or blanks; the first is named.
    """
    if checked.written is None or not checked.runnable:
        stops = [c for c in checked.complaints if c.severity != "warning"]
        raise MalformedAgreementError(
            "agreement",
            expected="an agreement without errors and blanks",
            got=f"{len(stops)} of them, the first: {stops[0] if stops else 'none'}",
            remedy=stops[0].remedy if stops else "Check it first.",
        )
    return agreement_of(checked.written)
