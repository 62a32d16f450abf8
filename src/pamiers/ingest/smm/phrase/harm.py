"""People counted by what befell them: "five killed", "another injured"."""

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.numbers import count
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
