"""Tables of what sources' own words mean: packaged ones, and those put on record."""

from datetime import datetime
from importlib.resources import files
from typing import Final

from pamiers.core.errors import MalformedSourceError, UsageError
from pamiers.fusion.words import WordTable, read_words
from pamiers.ledger.tree import Head
from pamiers.mission.mission import Mission, new_draft

#: tables that come with the program, by name
PACKAGED: Final = ("acled", "claims", "firms", "smm", "ucdp", "viina")


def table_texts(mission: Mission | None) -> dict[str, str]:
    """Return the tables in force as text, by name.

    Args:
        mission: Whose tables take the place of packaged ones of the same name; None
            for the packaged ones alone.

    Returns:
        CSV texts, those on record last said.
    """
    folder = files("pamiers.mission") / "tables"
    texts = {name: (folder / f"{name}.csv").read_text("utf-8") for name in PACKAGED}
    if mission is not None:
        for entry in mission.record.entries(("taxonomy",)):
            texts[str(entry.body["name"])] = str(entry.body["text"])
    return texts


def words_in_force(mission: Mission, *, as_of: datetime | None = None) -> WordTable:
    """Return what the words of sources mean to a mission.

    Args:
        mission: The mission.
        as_of: Leave out tables that were recorded later; None for all.

    Returns:
        All tables as one; of a word in several the table last by name holds.
    """
    texts = table_texts(None)
    for entry in mission.record.entries(("taxonomy",)):
        if as_of is None or entry.recorded_at <= as_of:
            texts[str(entry.body["name"])] = str(entry.body["text"])
    found = WordTable()
    for name in sorted(texts):
        found = read_words(texts[name], name)[0].over(found)
    return found


def set_table(
    mission: Mission, name: str, text: str, who: tuple[str, str], now: datetime
) -> tuple[int, Head]:
    """Put a table on record, in place of the one of that name.

    Args:
        mission: The mission.
        name: Of the table: a packaged one, or a new one.
        text: CSV, as `fusion.words.read_words` takes it.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of its entry, and the head that holds it.

    Raises:
        UsageError: The table is wrong, or nobody or no reason is named.
    """
    _, wrong = read_words(text, name)
    if wrong:
        raise _first(wrong)
    by, reason = (each.strip() for each in who)
    if not by or not reason or not name.isidentifier():
        raise UsageError(
            name,
            expected="a name of letters and digits, who decides, and a reason",
            got="one of them missing",
            remedy="Give --by and --reason, and name the file after the table.",
        )
    after = mission.record.head().size
    body = {"by": by, "name": name, "reason": reason, "text": text}
    entry = new_draft(mission, "taxonomy", body, now)
    return after, mission.record.append([entry], after=after)


def _first(wrong: list[MalformedSourceError]) -> UsageError:
    first = wrong[0]
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return UsageError(
        first.where,
        expected=first.expected,
        got=first.got + more,
        remedy="`pamiers taxonomy check` lists all that is wrong with it.",
    )
