"""Which form of a counted noun a number takes, by language.

Source: Unicode CLDR 45, language plural rules (cardinal), en, uk and fr.
"""

from collections.abc import Callable
from typing import Final

Category = str  #: one, few, many or other


def category(language: str, number: float) -> Category:
    """Return the CLDR plural category of a number.

    Args:
        language: `en`, `uk` or `fr`.
        number: The number, not negative; a fraction is written with its digits.

    Returns:
        one, few, many or other.

    Examples:
        >>> [category("uk", n) for n in (1, 2, 5, 11, 22, 1.5)]
        ['one', 'few', 'many', 'many', 'few', 'other']
        >>> [category("fr", n) for n in (0, 1.5, 2, 1_000_000)]
        ['one', 'one', 'other', 'many']
    """
    return _RULES[language](number)


def _english(number: float) -> Category:
    return "one" if number == 1 else "other"


def _french(number: float) -> Category:
    if int(number) in {0, 1}:
        return "one"
    millions = number == int(number) and int(number) % 1_000_000 == 0
    return "many" if millions else "other"


def _ukrainian(number: float) -> Category:
    if number != int(number):
        return "other"
    last, last_two = int(number) % 10, int(number) % 100
    if last == 1 and last_two != 11:  # noqa: PLR2004 - as the rule is written
        return "one"
    if last in {2, 3, 4} and last_two not in {12, 13, 14}:
        return "few"
    return "many"


_RULES: Final[dict[str, Callable[[float], Category]]] = {
    "en": _english,
    "uk": _ukrainian,
    "fr": _french,
}
