"""The languages of the prose; a new one is one more module, and one line here."""

from typing import Final

from pamiers.agreement.prose.tongue import Tongue
from pamiers.agreement.prose.words.english import ENGLISH
from pamiers.agreement.prose.words.french import FRENCH
from pamiers.agreement.prose.words.ukrainian import UKRAINIAN

TONGUES: Final[dict[str, Tongue]] = {
    each.code: each for each in (ENGLISH, UKRAINIAN, FRENCH)
}
