"""Things counted without a figure before a noun: "five killed", "the first convoy"."""

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.phrase.times import is_ordinal
from pamiers.ingest.smm.sentence import Count, Manner
from pamiers.ingest.smm.stream import Match, Stream
from pamiers.ingest.smm.words.nouns import NOUNS, Noun
from pamiers.ingest.smm.words.participles import HARMED

_BEFALLEN = ("killed", "injured", "wounded", "dead", "hurt")
_ADJECTIVES = 5  #: words between an article and who it was
_HARM = Noun("casualty", "casualty", plural=True)


def harmed(stream: Stream, at: int) -> Match[Item] | None:
    """Read a count and what befell so many, no noun between or after them."""
    number = count(stream, at)
    if number is None or not stream.is_word(number.end, *_BEFALLEN):
        return None
    end = number.end + 1
    if NOUNS.read(stream, number.end) or NOUNS.read(stream, end):
        return None
    word = stream.at(number.end).text
    return Match(Item(noun=_HARM, words=word, count=number.value), end)


def ordered(stream: Stream, at: int) -> Match[Item] | None:
    """Read "first convoy" and "second convoy" as one convoy each."""
    noun = NOUNS.read(stream, at + 1)
    if noun is None or not is_ordinal(stream.at(at).lower):
        return None
    if noun.value.kind != "convoy" or noun.value.plural:
        return None
    words = stream.text(at + 1, noun.end)
    one = Count(low=1, high=1, manner=Manner.EXACT, text=stream.at(at).text)
    return Match(Item(noun=noun.value, words=words, count=one), noun.end)


def remains(stream: Stream, at: int) -> Match[Item] | None:
    """Read "the body of an elderly man" as one who died."""
    end = stream.after(at, "the body of") or stream.after(at, "a body of")
    noun = None
    for begin in range(end or at, (end or at) + _ADJECTIVES):
        noun = NOUNS.read(stream, begin)
        if noun is not None:
            break
    if end is None or noun is None or noun.value.group != "people":
        return None
    one = Count(low=1, high=1, manner=Manner.EXACT, text=stream.text(at, at + 1))
    return Match(
        Item(noun=_HARM, words=stream.text(at + 1, noun.end), count=one), noun.end
    )


def bereaved(stream: Stream, at: int) -> Match[Item] | None:
    """Read "his wife had been killed" as one person who was killed."""
    noun = NOUNS.read(stream, at + 1)
    if noun is None or not stream.is_word(at, "his", "her", "their"):
        return None
    known = noun.value.group == "people" and not noun.value.plural
    begin = stream.skip(noun.end, "had", "has", "was", "been", "also")
    if not known or HARMED.read(stream, begin) is None:
        return None
    one = Count(low=1, high=1, manner=Manner.EXACT, text=stream.text(at, at + 1))
    words = stream.text(at + 1, noun.end)
    return Match(Item(noun=noun.value, words=words, count=one), noun.end)
