"""Figures that stand without a noun: "12 and 15 explosions", "a further five"."""

from dataclasses import replace

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.weapons import weapon
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Count, Part
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.nouns import HARD_GROUPS

_MORE = frozenset(words("further additional more another"))


def shared_noun(state: Assembly, index: int, piece: Piece) -> Item | None:
    """Return "12 explosions" of "12 and 15 explosions", None when it is no pair."""
    before = state.stream.at(piece.start - 1)
    if before.kind in ("name", "code", "month") or not isinstance(piece.value, Count):
        return None
    rest = [p for p in state.pieces[index + 1 : index + 3] if p.tag != "mark"]
    joint = state.stream.is_word(piece.end, "and", ",")
    after = next((p for p in rest if p.tag == "item"), None)
    item = after.value if after is not None else None
    if not joint or after is None or after.start != piece.end + 1:
        return None
    if not isinstance(item, Item) or item.count is None or item.count.low is None:
        return None
    return replace(item, count=piece.value) if item.noun.plural else None


def is_more(state: Assembly, piece: Piece) -> bool:
    """Return whether a figure is said to come on top: "and an additional 26"."""
    said = {state.stream.at(i).lower for i in range(piece.start, piece.end + 1)}
    return bool(said & _MORE) and bool(state.drafts)


def more_of(last: Draft) -> Draft:
    """Return another lot of the last thing, at its place and in its sector."""
    return replace(
        last,
        time=None,
        parts=[],
        marks=["more"],
        weapons=list(last.weapons),
        flights=[],
    )


def is_shown(state: Assembly, piece: Piece) -> bool:
    """Return whether a figure tells apart what was counted: "one 5m south"."""
    last = state.current()[-1] if state.current() else None
    if last is None or last.count is None or not isinstance(piece.value, Count):
        return False
    far = state.stream.at(piece.end)
    known, figure = last.count.stated, piece.value.stated
    metres = far.kind == "measure" and far.unit == "m"
    return metres and known is not None and figure is not None and figure < known


def take_gun(state: Assembly, piece: Piece) -> bool:
    """Read "from rocket-propelled grenades, one 82mm mortar" as one more weapon."""
    last = state.current()[-1] if state.current() else None
    gun = weapon(state.stream, piece.end)
    if last is None or gun is None or not last.event or not last.weapons:
        return False
    last.weapons.append(gun.value)
    return True


def opens_list(state: Assembly, piece: Piece) -> bool:
    """Return whether a colon comes right after a counted thing: "53 tanks: 31 ..."."""
    last = state.drafts[-1] if state.drafts else None
    ends = any(p.tag == "item" and p.end == piece.start for p in state.pieces)
    if last is None or not ends or last.count is None or last.count.stated is None:
        return False
    follows = [p for p in state.pieces if p.start >= piece.end]
    first = follows[0].value if follows else None
    count = first.count if isinstance(first, Item) else first
    figure = count.stated if isinstance(count, Count) else None
    return figure is not None and figure <= last.count.stated


def part_of(state: Assembly, piece: Piece) -> bool:
    """Keep "two of unknown type" as a part of what was counted before a colon."""
    if not (state.divided and state.current() and isinstance(piece.value, Count)):
        return False
    last = state.current()[-1]
    if last.item.noun.group not in HARD_GROUPS or last.count is None:
        return False
    last.parts.append(Part(count=piece.value))
    return True
