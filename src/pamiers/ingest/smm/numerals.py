"""Cardinal and ordinal numbers in words."""

from pamiers.ingest.smm.wordlist import words

_UNITS = words(
    """
zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen
"""
)
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")

CARDINAL: dict[str, int] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{unit}": 10 * value + low
        for value, ten in enumerate(_TENS, start=2)
        for low, unit in enumerate(_UNITS[1:10], start=1)
    },
}
SCALE = {"hundred": 100, "thousand": 1000, "dozen": 12}
ORDINAL = frozenset(
    words(
        """
first second third fourth fifth sixth seventh eighth ninth tenth
"""
    )
)


def number_word(text: str) -> tuple[float, float] | None:
    """Return the value of a number word, or the bounds of one such as three-five.

    Examples:
        >>> number_word("twenty-two"), number_word("three-five"), number_word("ten-m")
        ((22.0, 22.0), (3.0, 5.0), None)
    """
    if text in CARDINAL:
        return float(CARDINAL[text]), float(CARDINAL[text])
    first, _, second = text.partition("-")
    if first in CARDINAL and second in CARDINAL and CARDINAL[first] < CARDINAL[second]:
        return float(CARDINAL[first]), float(CARDINAL[second])
    return None
