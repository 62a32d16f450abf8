"""What the report of a stress test calls things: a module per language, all whole."""

from collections.abc import Mapping
from typing import Final

from pamiers.render.stress.words import english, french, latvian, ukrainian

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": english.LABELS,
    "uk": ukrainian.LABELS,
    "fr": french.LABELS,
    "lv": latvian.LABELS,
}
