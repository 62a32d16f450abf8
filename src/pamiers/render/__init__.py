"""Put documents into forms people use: web page, PDF, map, JSON, GeoJSON.

Main verb: `render`. May import: mission, report and every room below.

Invariants:
    * A form adds no fact and hides none: what it shows is in the report's value.
    * Bytes are a function of the report, the language and the program's version.
    * Nothing is fetched: templates, styles, fonts and catalogues lie in the package.
    * Every sentence is in every language's catalogue, or rendering fails.
"""

from pamiers.render.offered import FORMATS, LANGUAGES
from pamiers.render.surface import render

__all__ = ["FORMATS", "LANGUAGES", "render"]
