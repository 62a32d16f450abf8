"""The words of the web application in a language, from its gettext catalogue.

Messages are keyed by name, as in the catalogues of the reports. Plural forms are
given under the categories of CLDR, which browsers know (`Intl.PluralRules`).
"""

import io
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Any, Final

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pamiers.core.errors import UnknownTermError

LANGUAGES: Final = ("en", "uk", "fr", "lv")
_SOME: Final = 200  #: numbers that show which category takes which form


def known_language(language: str) -> None:
    """Pass where pages speak a language.

    Raises:
        UnknownTermError: They do not.
    """
    if language not in LANGUAGES:
        raise UnknownTermError(
            "language",
            expected=f"one of {', '.join(LANGUAGES)}",
            got=repr(language),
            remedy="Name one of these.",
        )


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language, as its file holds it.

    Raises:
        UnknownTermError: There is none.
    """
    known_language(language)
    path = files("pamiers.app") / "locale" / f"{language}.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def words(language: str) -> dict[str, Any]:
    """Return every message of a language.

    Args:
        language: One of `LANGUAGES`.

    Returns:
        `language`, and `words`: a text, or texts by plural category, by name.
    """
    translations = _translations(language)
    examples = _examples(language)
    told: dict[str, Any] = {}
    for message in catalogue(language):
        name = message.id
        if isinstance(name, str) and name:
            told[name] = message.string
        elif name:
            told[name[0]] = {
                category: translations.ngettext(name[0], name[0], n)
                for category, n in examples.items()
            }
    return {"language": language, "words": told}


def text(language: str, name: str, else_: str | None = None) -> str:
    """Return one message of a language.

    Args:
        language: One of `LANGUAGES`.
        name: Of the message, which has no plural forms.
        else_: What to say where the catalogue has no such message.

    Returns:
        The message.

    Raises:
        UnknownTermError: It has none, and nothing is said instead.
    """
    found = _translations(language).gettext(name)
    if found != name:
        return found
    if else_ is None:
        raise UnknownTermError(
            f"catalogue {language}",
            expected="a message of the catalogue",
            got=repr(name),
            remedy=f"Add it to app/locale/{language}.po.",
        )
    return else_


@lru_cache(maxsize=8)
def _translations(language: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _examples(language: str) -> dict[str, int]:
    """Return a number of each plural category that a language has."""
    category = Locale.parse(language).plural_form
    found: dict[str, int] = {}
    for n in range(_SOME):
        found.setdefault(category(n), n)
    return found
