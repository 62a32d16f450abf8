"""Texts that hang together: which is part of which, and who has signed by that.

A text that is part of another is signed by whoever signed the whole, unless its own
signatures say something of that actor.
"""

from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import Instrument, Signature, Written


def claims(written: Written, instrument: str) -> tuple[Signature, ...]:
    """Return what sources say of signatures under a text, or what it is part of.

    Args:
        written: The agreement.
        instrument: Id of one of its instruments.

    Returns:
        Its own claims first; of an actor of whom they speak, no others.
    """
    found: list[Signature] = []
    for each in wholes(written, instrument):
        told = {claim.actor for claim in found}
        own = filled(each.signatures)
        found += [claim for claim in own if claim.actor not in told]
    return tuple(found)


def wholes(written: Written, instrument: str) -> tuple[Instrument, ...]:
    """Return a text, what it is part of, what that is part of, and so on, each once.

    An id that no text has ends the row.
    """
    held = {str(each.id): each for each in written.instruments}
    found: dict[str, Instrument] = {}
    name = instrument
    while name in held and name not in found:
        found[name] = held[name]
        whole = held[name].part_of
        name = "" if isinstance(whole, Blank) else str(whole)
    return tuple(found.values())
