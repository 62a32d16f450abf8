"""Names and titles in the language that somebody asked for."""

from collections.abc import Mapping

from pamiers.agreement.model import Agreement


def in_language(words: Mapping[str, str], language: str) -> str:
    """Return words in a language; in English, or any other, where it has none."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def name_of(actor: str, agreement: Agreement, language: str) -> str:
    """Return the name of an actor or role; its id where it has none."""
    return in_language(agreement.names.get(actor, {}), language) or actor
