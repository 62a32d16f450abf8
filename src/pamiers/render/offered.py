"""The languages and forms that reports are made in."""

from typing import Final

LANGUAGES: Final = ("en", "uk", "fr", "lv")
FORMATS: Final = ("html", "pdf", "json", "geojson", "svg")
