"""What the report of a plan calls things: a module per language, both whole."""

from collections.abc import Mapping
from typing import Final

from pamiers.render.deploy.words import english, ukrainian

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": english.LABELS,
    "uk": ukrainian.LABELS,
}
