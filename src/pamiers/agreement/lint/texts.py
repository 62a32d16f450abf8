"""Do the texts hang together: parts of wholes, and what takes whose place?"""

from pamiers.agreement.complaint import Notes
from pamiers.agreement.texts import wholes
from pamiers.agreement.values.blank import filled
from pamiers.agreement.written import Written


def check_texts(written: Written, notes: Notes) -> None:
    """Complain of texts that hold themselves, and of clauses whose text is no more."""
    for index, each in enumerate(written.instruments):
        path = f"instruments[{index}]"
        parts = wholes(written, str(each.id))
        if parts and str(parts[-1].part_of) in {str(one.id) for one in parts}:
            _within_itself(str(each.id), f"{path}.part_of", notes)
        if each.id in (*each.supersedes, *each.gives_effect_to):
            key = "supersedes" if each.id in each.supersedes else "gives_effect_to"
            _within_itself(str(each.id), f"{path}.{key}", notes)
    _check_superseded(written, notes)


def _within_itself(name: str, path: str, notes: Notes) -> None:
    notes.complain(
        "L-TEXTS",
        path,
        f"expected another text, got {name} again, directly or through others",
        "Name the text that is meant, or leave it out.",
    )


def _check_superseded(written: Written, notes: Notes) -> None:
    by = {
        old: str(each.id)
        for each in written.instruments
        for old in filled(each.supersedes)
    }
    for index, clause in enumerate(written.clauses):
        later = by.get(str(clause.instrument))
        ended = clause.until or clause.amended or clause.suspended
        if later is not None and not ended:
            notes.complain(
                "L-SUPERSEDED",
                f"clauses[{index}].instrument",
                f"expected {clause.id} to end, or to be amended, for {later} takes the "
                f"place of {clause.instrument}; got neither: it is judged on",
                "Give `until`, or `amended`; or say in `note` why it still stands.",
            )
