"""Figures that a text gives as `about` so many: one reading for each tolerance.

A text that says *about 5,000* has drawn no line that 5,001 would cross. So the figure
is judged once for each tolerance that somebody argues for, side by side; without one
the agreement cannot be run, see the check.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.values.blank import filled, known
from pamiers.agreement.values.quantity import decimal
from pamiers.agreement.written import Limit, Matter

QUESTION: Final[Mapping[str, str]] = {
    "en": "How far off may a figure be that the text gives as about?",
    "uk": "Наскільки може відхилятися число, яке в тексті подано приблизно?",
    "fr": "De combien peut s’écarter un nombre que le texte donne approximativement ?",
}
_SAID: Final[Mapping[str, str]] = {
    "en": "give or take {percent} %",
    "uk": "плюс-мінус {percent} %",
    "fr": "à {percent} % près",
}
_PRECISION: Final = 9  #: decimals; 10 % of a figure is not to show binary dust


@dataclass(frozen=True, slots=True)
class Slack:
    """One tolerance, above 0 [%]."""

    percent: float

    @property
    def name(self) -> str:
        """Return the part of a reading's id that stands for it, such as `about-10`."""
        return f"about-{decimal(self.percent).replace('.', '_')}"

    @property
    def says(self) -> dict[str, str]:
        """Return the answer it gives, by language."""
        percent = decimal(self.percent)
        return {
            language: text.format(
                percent=percent if language == "en" else percent.replace(".", ",")
            )
            for language, text in _SAID.items()
        }

    def most(self, n: float) -> float:
        """Return the ceiling that an approximate figure sets."""
        return round(n * (1 + self.percent / 100), _PRECISION)

    def least(self, n: float) -> float:
        """Return the floor that an approximate figure sets."""
        return round(n * (1 - self.percent / 100), _PRECISION)


def slacks(found: Matter) -> tuple[Slack | None, ...]:
    """Return the tolerances judged side by side; (None,) for an exact figure.

    Args:
        found: What a clause counts, of whatever verb.

    Returns:
        In the order of the file.
    """
    n = known(found.n) if isinstance(found, Limit) else None
    if not isinstance(found, Limit) or n is None or not n.about:
        return (None,)
    return tuple(Slack(each) for each in filled(found.tolerance)) or (None,)
