"""Which of the seven categories a sentence belongs to, or why it is not understood.

The order is the rule: a published count before an observation, weapons against
withdrawal lines before plain sightings, something seen before a restriction, a
restriction before coverage, coverage before activity. An activity never states
an observed quantity: such a sentence is an observation or is quarantined.
"""

import re

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.clause.things import is_none
from pamiers.ingest.smm.scan import Piece, is_hard
from pamiers.ingest.smm.sentence import Category, Manner, Standing
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.totals import Tally
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.nouns import HARD_GROUPS
from pamiers.ingest.smm.words.places import FEATURES
from pamiers.ingest.smm.words.verbs import WITHDRAWAL

_ATTRIBUTE = frozenset(
    words(
        """
number no aged age article road house apartment street decision school phase chapter
since than another page section paragraph article measures annex group day line type
category nos kindergarten building mine hospital km every ' of in at or to
"""
    )
)

_SHARE_OF = re.compile(r"(?:\bper ?cent|%) of (?:the |all )?\d[\d,]*", re.IGNORECASE)
_SITE_WORDS = 4  #: words between a figure and the site it counts
_AFTER = frozenset(
    words("years year % per others other minutes minute hours hour seconds")
)


def judge(state: Assembly, tallies: list[Tally]) -> Category | None:
    """Return the category of a sentence, or None when nothing of it is understood."""
    if tallies:
        figures = any(t.count is not None or t.previous is not None for t in tallies)
        return Category.TOTAL if figures else Category.COMPARISON
    if _compares(state):
        return Category.COMPARISON
    for category, holds in (
        (Category.WITHDRAWAL, _withdrawal),
        (Category.RESTRICTION, _restriction),
        (Category.COVERAGE, _coverage),
        (Category.OBSERVATION, _observation),
        (Category.ACTIVITY, _activity),
    ):
        if holds(state):
            return category
    return None


def _compares(state: Assembly) -> bool:
    """Return whether fire is only said to have grown or lessened."""
    fire = [d for d in state.drafts if d.event]
    plain = bool(fire) and not counted(state.drafts) and "violates" not in state.tags
    return plain and "compare" in state.tags and not any(d.sector for d in fire)


def seen(state: Assembly) -> list[Draft]:
    """Return what a sentence says was perceived or told, counted or not."""
    return [d for d in state.drafts if (d.perceived or d.known) and not _denied(d)]


def _denied(draft: Draft) -> bool:
    """Return whether a negated verb or a nought says it was not perceived."""
    return draft.denied or is_none(draft.count)


def denied(state: Assembly) -> tuple[str, ...]:
    """Return the kinds that a sentence says were not perceived; calm denies fire."""
    kinds = [d.kind for d in state.drafts if _denied(d) and not state.unable]
    calm = ["ceasefire_violation"] if "calm" in state.tags else []
    return tuple(dict.fromkeys((*kinds, *calm)))


def counted(drafts: list[Draft]) -> bool:
    """Return whether any of them carries a quantity."""
    return any((d.count is not None and d.count.manner is not Manner.VAGUE) or
               d.parts for d in drafts)  # fmt: skip


def _withdrawal(state: Assembly) -> bool:
    """Weapons beyond or in violation of lines, or at and missing from storage."""
    if "violates" in state.tags:
        return True
    named = next(WITHDRAWAL.find(state.stream), None) is not None
    return named and (bool(seen(state)) or state.senses > 0 or _missing(state))


def _missing(state: Assembly) -> bool:
    """Return whether weapons are said to be missing or abandoned."""
    return any(
        token.lower in ("missing", "abandoned", "present")
        for token in state.stream.tokens
    )


def _restriction(state: Assembly) -> bool:
    """Movement or means of the Mission hindered, and nothing counted as seen."""
    if "restrict" not in state.tags:
        return False
    own = [d for d in seen(state) if d.standing is Standing.OBSERVED and d.sense]
    if any(d.event or d.item.noun.group in ("mine", "casualty", "damage") for d in own):
        return False
    subject = "agent" in state.tags or any(
        token.text in ("SMM", "Mission", "UAV", "UAVs") for token in state.stream.tokens
    )
    passage = any(
        token.lower in ("passage", "access", "movement", "jamming", "interference")
        for token in state.stream.tokens
    )
    return subject or passage


def _coverage(state: Assembly) -> bool:
    """Nothing seen where it was looked for, or a calm situation."""
    found = seen(state)
    if found:
        return False
    negated = state.negations > 0 and state.senses > 0
    return negated or any(map(_denied, state.drafts)) or "calm" in state.tags


def _observation(state: Assembly) -> bool:
    """Something perceived, or a counted thing that the Mission was told of."""
    found = seen(state)
    own = [d for d in found if d.standing is Standing.OBSERVED]
    if (
        own
        or state.restating
        or counted([d for d in found if d.standing is Standing.CLAIMED])
    ):
        return True
    return state.senses > 0 and not state.negations and _sees_itself(state)


def _has_figure(draft: Draft) -> bool:
    """Return whether a thing is counted by more than an article."""
    words_of = draft.count.text.lower() if draft.count is not None else ""
    return bool(draft.parts) or words_of not in ("", "a", "an", "another")


def _sees_itself(state: Assembly) -> bool:
    """Return whether a verb of perception governs something uncounted."""
    return any(
        piece.tag == "sense"
        and str(piece.value)
        in (
            "heard",
            "saw",
            "saw and heard",
            "recorded",
            "observed",
            "spotted",
            "corroborated",
        )
        for piece in state.pieces
    )


def _activity(state: Assembly) -> bool:
    """The Mission, its means, or an interlocutor did something."""
    return bool({"do", "agent", "hearsay", "occur"} & state.tags)


def fault(state: Assembly, category: Category | None) -> str | None:
    """Return why a sentence is not understood, or None when it is.

    Args:
        state: The assembled sentence.
        category: What `judge` found.

    Returns:
        A reason that names the words, for the quarantine.
    """
    return _of_a_count(state, category) or _unread(state, category)


def _of_a_count(state: Assembly, category: Category | None) -> str | None:
    """Return a reason when a count would be taken from a share of it."""
    share = _SHARE_OF.search(state.stream.source)
    if share is None or category is Category.TOTAL:
        return None
    return f"{share[0]!r} is a share of a count, not a count"


def _unread(state: Assembly, category: Category | None) -> str | None:
    """Return a reason when words that may hide a quantity were passed over."""
    if category is None:
        return "no verb or quantity of the Mission's vocabulary was found"
    unseen = category is Category.OBSERVATION and not seen(state)
    if category is Category.ACTIVITY or unseen:
        return _ungoverned(state) or _hidden(state)
    if category not in (Category.OBSERVATION, Category.WITHDRAWAL, Category.COVERAGE):
        return None
    if category is Category.COVERAGE and not seen(state):
        return None
    return _hidden(state)


def _hidden(state: Assembly) -> str | None:
    """Return a reason when words that were passed over hide a quantity."""
    hard = [p for p in state.loose if _is_unread(state.stream, p)]
    if not hard:
        return None
    near = ", ".join(
        repr(state.stream.text(max(0, p.start - 2), p.end + 2)) for p in hard
    )
    return f"a quantity or event was not understood near {near}"


def _ungoverned(state: Assembly) -> str | None:
    """Return a reason when an activity would hide a figure of fire or weapons."""
    for draft in state.drafts:
        if draft.count is None or draft.perceived or _denied(draft):
            continue
        article = draft.count.text.lower() in ("a", "an", "another")
        groups = ("event", "casualty", "mine") if article else HARD_GROUPS
        if draft.item.noun.group in groups:
            words = f"{draft.count.text} {draft.item.words}"
            return f"no verb that says {words!r} was perceived was understood"
    return None


def _is_unread(stream: Stream, piece: Piece) -> bool:
    """Return whether a piece hides a quantity: a figure that is no attribute."""
    if not is_hard(stream, piece) or stream.is_word(piece.start, "no", "none"):
        return False
    before, after = stream.at(piece.start - 1), stream.at(piece.end)
    if before.lower in _ATTRIBUTE or before.kind in ("name", "code", "month"):
        return False
    if _counts_sites(stream, piece.end):
        return False
    one = stream.at(piece.start).low == stream.at(piece.start).high == 1
    return after.lower not in _AFTER and not (one and after.lower == "of")


def _counts_sites(stream: Stream, at: int) -> bool:
    """Return whether a figure counts places: "one 'LPR' weapons holding area"."""
    for begin in range(at, at + _SITE_WORDS):
        if FEATURES.read(stream, begin) is not None:
            return True
        plain = stream.at(begin).lower in ("heavy", "of", "its", "the", "permanent")
        if not plain and stream.at(begin).kind not in ("party", "control", "name"):
            return False
    return False
