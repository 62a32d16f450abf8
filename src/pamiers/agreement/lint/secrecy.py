"""Does anything show more widely than the text it stands in?"""

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.clause import TIERS
from pamiers.agreement.lint.parts import amendments
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Provision, Written


def check_secrecy(written: Written, notes: Notes) -> None:
    """Complain of clauses and changes that show what their text keeps from others."""
    tiers = {str(each.id): str(each.visibility) for each in written.instruments}
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        own = _tier(clause, tiers)
        if isinstance(clause.instrument, str) and clause.visibility:
            text = tiers.get(clause.instrument, "")
            _compare(own, text, f"{path}.visibility", notes)
        for at, amendment in amendments(clause):
            text = tiers.get(str(amendment.instrument), "")
            _compare(own, text, f"{path}.amended[{at}].instrument", notes)


def _tier(clause: Provision, tiers: dict[str, str]) -> str:
    own = clause.visibility
    if not isinstance(own, Blank) and own:
        return own
    return tiers.get(str(clause.instrument), "")


def _compare(own: str, text: str, path: str, notes: Notes) -> None:
    if own in TIERS and text in TIERS and TIERS.index(own) < TIERS.index(text):
        notes.complain(
            "L-VISIBILITY",
            path,
            f"expected what is for {text} to be shown to no more than that, got {own}",
            f"Set `visibility: {text}` on the clause, or publish the text first.",
        )
