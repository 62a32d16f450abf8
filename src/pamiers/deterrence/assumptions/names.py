"""Complaints of names: one that nothing has, one that stands twice."""

from pamiers.agreement.complaint import Notes


def unknown(notes: Notes, path: str, what: str, got: str, names: object) -> None:
    """Complain of a name that nothing has.

    Args:
        notes: Takes the complaint.
        path: Where the name stands.
        what: What it should be the name of.
        got: The name.
        names: All there are.
    """
    listed = ", ".join(sorted(str(each) for each in names)) or "none"  # type: ignore[attr-defined]  # any iterable
    notes.complain(
        "I-UNKNOWN",
        path,
        f"expected {what} ({listed}), got {got!r}",
        "Correct the name, or define it.",
    )


def once(names: tuple[str, ...], path: str, notes: Notes) -> None:
    """Complain of names that stand several times in one list.

    Args:
        names: The list.
        path: Where it stands.
        notes: Takes the complaints.
    """
    for name in sorted({each for each in names if names.count(each) > 1}):
        notes.complain(
            "I-CONTRARY",
            path,
            f"expected each name once, got {name!r} {names.count(name)} times",
            "Keep one of them.",
        )
