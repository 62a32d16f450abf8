"""Things counted without a figure before a noun: "five killed", "the first convoy"."""

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.phrase.times import is_ordinal
from pamiers.ingest.smm.sentence import Count, Manner
from pamiers.ingest.smm.stream import Match, Stream
from pamiers.ingest.smm.words.nouns import NOUNS, Noun

_BEFALLEN = ("killed", "injured", "wounded", "dead", "hurt")
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
