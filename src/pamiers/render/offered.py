"""The languages and forms that reports are made in."""

from typing import Final

LANGUAGES: Final = ("en", "uk")
FORMATS: Final = ("html", "pdf", "json", "geojson", "svg")
