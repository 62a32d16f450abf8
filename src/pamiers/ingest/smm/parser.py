"""Read sentences and whole reports: the way in to this package.

`parse_sentence` reads one sentence with the memory of those before it;
`parse_report` reads all sentences of one report in order. Both are pure: the
same text gives the same reading.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from pamiers.ingest.smm.calendar import resolve
from pamiers.ingest.smm.clause.assembly import assemble
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.context import (
    Context,
    entering,
    leaving,
    lists_of,
    opening,
)
from pamiers.ingest.smm.finish import observations, published
from pamiers.ingest.smm.judge import counted, denied, fault, judge, seen
from pamiers.ingest.smm.phrase.places import places
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece, scan
from pamiers.ingest.smm.sentence import (
    Category,
    Observed,
    ParsedSentence,
    PlacePhrase,
    ReportHeader,
    Sentence,
    TimeSpan,
)
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.totals import is_published, tallies
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.nouns import HARD_GROUPS

_PRONOUNS = ("it", "they")
_BACKWARD = words("same later following subsequently thereafter afterwards")
MAX_CHARACTERS = 8_000  #: the longest sentence of the Mission has some 1,500
_MIN_ROW_BARS = 3
_WEEK = (timedelta(days=5), timedelta(days=9))
_LONGEST = timedelta(days=5)  #: reports after holidays covered up to four days


def parse_report(
    header: ReportHeader, sentences: Iterable[Sentence], glosses: Iterable[str] = ()
) -> Iterator[ParsedSentence]:
    """Yield each sentence of one report with what was read of it.

    Args:
        header: What the report says of itself.
        sentences: Its sentences, in order.
        glosses: "(the village: ...)" and its like, said outside the prose.

    Yields:
        One reading per sentence, in the same order.
    """
    rows = list(sentences)
    context = replace(
        opening(header, _period_start(header, rows)), village=_village(glosses)
    )
    if header.kind == "weekly" and header.as_of is None:
        context = _weekly(context, rows)
    for sentence in rows:
        parsed, context = parse_sentence(sentence, context)
        yield parsed


def _village(glosses: Iterable[str]) -> PlacePhrase | None:
    """Return the place that a gloss puts behind "the village", the last one given."""
    found = None
    for gloss in glosses:
        inside = gloss.partition(":")[2].strip(" ().")
        name, _, anchor = inside.partition(", ")
        match = places(
            Stream.of(f"in {name} ({anchor})" if anchor else f"in {name}"), 0
        )
        found = match.value[0] if match is not None else found
    return found


def _period_start(header: ReportHeader, rows: list[Sentence]) -> datetime | None:
    """Return the first evening that the report counts from, when it says so."""
    starts = []
    base = opening(header)
    for row in rows:
        if "evening" not in row.text:
            continue
        for piece in scan(Stream.of(row.text)):
            phrase = piece.value
            if isinstance(phrase, TimePhrase) and phrase.period == "evenings":
                starts.append(resolve(phrase, base.dates).start)
    cut = header.as_of
    known = [s for s in starts if s is not None and cut and cut - s <= _LONGEST]
    return min(known, default=None)


def _weekly(context: Context, rows: list[Sentence]) -> Context:
    """Return the memory of a weekly report, its period the first week it names."""
    for row in rows:
        for piece in scan(Stream.of(row.text)):
            phrase = piece.value
            if not isinstance(phrase, TimePhrase) or len(phrase.days) < 2:  # noqa: PLR2004 - a figure plain in its place
                continue
            span = resolve(phrase, context.dates)
            if span.start and span.end and _WEEK[0] < span.end - span.start < _WEEK[1]:
                dates = replace(context.dates, period_start=span.start, as_of=span.end)
                return replace(context, dates=dates)
    return context


def parse_sentence(
    sentence: Sentence, context: Context
) -> tuple[ParsedSentence, Context]:
    """Read one sentence with the memory of those before it.

    Args:
        sentence: A row of a report, its text normalised.
        context: Memory after the sentence before; `opening` gives the first.

    Returns:
        The reading, and the memory for the next sentence.
    """
    if len(sentence.text) > MAX_CHARACTERS:
        long = f"longer than {MAX_CHARACTERS} characters: no sentence"
        return ParsedSentence(sentence=sentence, category=None, fault=long), context
    if sentence.title:
        told = "a title that states a quantity, which the text below may state again"
        return ParsedSentence(sentence=sentence, category=None, fault=told), context
    words = sentence.prose or sentence.text
    is_row = words.count("|") >= _MIN_ROW_BARS
    stream = Stream.of(words.replace(" | ", " ") if is_row else words)
    pieces = scan(stream)
    listed = context.lead is not None and _is_fragment(pieces)
    carries = listed or _points_back(stream, pieces)
    context = entering(
        context,
        sentence,
        carries=carries,
        resumes=_resumes(pieces),
        clock=_clock(pieces),
    )
    context = _under(context, sentence)
    lead = context.lead if _is_fragment(pieces) else None
    context = context if lead is not None else _forget_lead(context)
    state = assemble(stream, pieces, lead, is_row=is_row)
    _adopt(state, lead)
    found = tallies(stream, pieces, context.region) if is_published(pieces) else []
    category = _category(judge(state, found), context)
    reason = fault(state, category)
    context = _undated(context, category, carries=carries)
    here = _with_lists(context, state)
    parsed = _parsed(sentence, state, category if reason is None else None, here)
    context = replace(context, carries_region=_same_region(stream, sentence, context))
    parsed = replace(parsed, fault=reason, totals=published(found, context))
    if reason is not None:
        parsed = replace(parsed, observations=(), totals=())
    after = leaving(context, state, _span(state, context))
    after = _totalled(after, parsed)
    return parsed, _lead(after, stream, state, category)


def _same_region(stream: Stream, sentence: Sentence, context: Context) -> bool:
    """Return whether "it recorded 20" counts in the region of the sentence before."""
    it = any(stream.is_word(at, "it") for at in range(len(stream)))
    return it and context.totalled == sentence.paragraph


def _totalled(context: Context, parsed: ParsedSentence) -> Context:
    """Return the memory with the paragraph that counts in one region."""
    one = any(total.region and " " not in total.region for total in parsed.totals)
    paragraph = parsed.sentence.paragraph
    return replace(context, totalled=paragraph) if one else context


def _undated(context: Context, category: Category | None, *, carries: bool) -> Context:
    """Return the memory without the time said before, for what has a time of its own.

    Denials and stored weapons are summed up over the reporting period.
    """
    summed = category in (Category.RESTRICTION, Category.WITHDRAWAL)
    if not summed or carries or context.header.kind == "spot" or context.lead:
        return context
    return replace(context, dates=replace(context.dates, span=None, days=None))


def _under(context: Context, sentence: Sentence) -> Context:
    """Return the memory with what the heading above a sentence says of it."""
    section = (sentence.section or "").lower()
    listing = "withdrawal lines" in section or "storage site" in section
    if not listing or context.lead is not None:
        return context
    return replace(context, lead="observed", lead_withdrawal=True)


def _points_back(stream: Stream, pieces: tuple[Piece, ...]) -> bool:
    """Return whether a sentence refers to the one before, or leaves out the date."""
    first = next((p.value for p in pieces if isinstance(p.value, TimePhrase)), None)
    if first is not None and first.shift_days and not first.days:
        return True
    if first is not None and not first.days and first.text.lower().startswith("that "):
        return True
    if any(stream.is_word(i, *_PRONOUNS) for i in range(2)):
        return True
    return any(stream.is_word(i, *_BACKWARD) for i in range(min(8, len(stream))))


def _resumes(pieces: tuple[Piece, ...]) -> bool:
    """Return whether a sentence opens with a time of day and no date."""
    first = pieces[0].value if pieces else None
    bare = isinstance(first, TimePhrase) and first.start_min is not None
    return bare and isinstance(first, TimePhrase) and not first.days


def _clock(pieces: tuple[Piece, ...]) -> float | None:
    """Return the time of day of a sentence whose first time gives no date."""
    first = next((p.value for p in pieces if isinstance(p.value, TimePhrase)), None)
    return None if first is None or first.days else first.start_min


def _with_lists(context: Context, state: Assembly) -> Context:
    """Return the memory with the places this sentence lists itself."""
    long = lists_of(state)
    return replace(context, listed=long[0]) if long else context


def _is_fragment(pieces: tuple[Piece, ...]) -> bool:
    """Return whether a sentence has no verb of its own, as an entry of a list."""
    tags = {piece.tag for piece in pieces}
    return "sense" not in tags and "agent" not in tags


def _forget_lead(context: Context) -> Context:
    """Return the memory without the lead of a list that has ended."""
    return replace(context, lead=None, lead_withdrawal=False, lead_scene=None)


def _adopt(state: Assembly, lead: str | None) -> None:
    """Read a bare list of things as seen: a table or list says so by its form."""
    verbs = {
        "sense",
        "do",
        "restrict",
        "compare",
        "calm",
        "hearsay",
        "occur",
        "negation",
    }
    waiting = [d for d in state.drafts if not d.perceived]
    entry = (not (verbs & state.tags) and not _acts(state)) or state.is_row
    _promote(state)
    subject = not ({"agent", "sense", "hearsay", "restrict"} & state.tags)
    if lead is None and waiting and (entry or subject) and counted(waiting):
        for draft in waiting:
            draft.perceived = True
            draft.marks.append("no observer is named")


def _promote(state: Assembly) -> None:
    """Read counted fire or weapons of a sentence that perceives as perceived too.

    "The SMM drove towards 12 howitzers and spotted three men": both were seen.
    """
    for draft in state.drafts:
        if (
            state.senses
            and not draft.perceived
            and draft.item.noun.group in HARD_GROUPS
        ):
            draft.perceived = counted([draft])


def _acts(state: Assembly) -> bool:
    """Return whether an observer stands inside the sentence, not at an end of it."""
    return any(
        piece.tag == "agent" and piece.start > 0 and piece.end < len(state.stream) - 1
        for piece in state.pieces
    )


def _category(category: Category | None, context: Context) -> Category | None:
    """Return the category an entry of a list takes from the lead of the list."""
    listed = category is Category.OBSERVATION and context.lead is not None
    return Category.WITHDRAWAL if listed and context.lead_withdrawal else category


def _lead(
    context: Context, stream: Stream, state: Assembly, category: Category | None
) -> Context:
    """Return the memory with a lead when a sentence ends with a colon."""
    if stream.at(len(stream) - 1).text != ":" or state.sense is None:
        return context
    return replace(
        context,
        lead=state.sense,
        lead_withdrawal=category is Category.WITHDRAWAL,
        lead_scene=state.scene[0] if state.scene else None,
        platform=state.agent.platform if state.agent else context.platform,
    )


def _span(state: Assembly, context: Context) -> TimeSpan | None:
    """Return the interval of a sentence as a whole, from its first time phrase."""
    phrase = state.time or next((d.time for d in state.drafts if d.time), None)
    return resolve(phrase, context.dates) if phrase is not None else None


def _parsed(
    sentence: Sentence, state: Assembly, category: Category | None, context: Context
) -> ParsedSentence:
    """Return the reading of a sentence whose category is known."""
    quantified = category in (Category.OBSERVATION, Category.WITHDRAWAL)
    found = observations(state, context) if quantified else ()
    span = _span(state, context) or resolve(None, context.dates)
    return ParsedSentence(
        sentence=sentence,
        category=category,
        observations=found,
        places=_all_places(state),
        time=span,
        notes=_notes(found, span, category, state),
        unread=_unread(state),
        denied=denied(state) if category is Category.COVERAGE else (),
    )


def _all_places(state: Assembly) -> tuple[PlacePhrase, ...]:
    """Return every place a sentence names, for statements without a quantity."""
    lists = (p.value for p in state.pieces if p.tag == "places")
    return tuple(
        place for value in lists if isinstance(value, tuple) for place in value
    )


def _notes(
    found: tuple[Observed, ...],
    span: TimeSpan,
    category: Category | None,
    state: Assembly,
) -> tuple[str, ...]:
    """Return what a reader should know of how a sentence was read."""
    notes = []
    if span.start is None:
        notes.append("time not resolved: the report gives no date that fixes it")
    if category is Category.OBSERVATION and not found:
        notes.append("something was perceived, no quantity is stated")
    if any(d.standing == "claimed" for d in seen(state)):
        notes.append("an account given to the Mission, not seen by it")
    return tuple(notes)


def _unread(state: Assembly) -> tuple[str, ...]:
    """Return runs of words that were passed over, as written."""
    runs: list[tuple[int, int]] = []
    for piece in state.loose:
        if runs and runs[-1][1] == piece.start:
            runs[-1] = (runs[-1][0], piece.end)
        else:
            runs.append((piece.start, piece.end))
    return tuple(state.stream.text(start, end) for start, end in runs)
