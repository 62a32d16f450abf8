"""Words and identifiers: what may hide in them, and what only looks alike."""

import re
import unicodedata
from typing import Final

from pamiers.core.errors import UnknownTermError
from pamiers.core.kind import EVENT, PARENT, check_kind, is_a
from pamiers.ingest.refusal import RefusedError, shown

#: zero-width, soft hyphen, bidirectional controls, invisible operators, BOM, tags
INVISIBLE: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\x80-\x9f\U000e0000-\U000e007f]"
)
_INVISIBLE: Final = re.compile(INVISIBLE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_EXCEL: Final = re.compile(
    r"\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}"
)
_SLUG: Final = re.compile(r"[^a-z0-9]+")
_MAX_KEY: Final = 200
#: Cyrillic and Greek letters that look like a Latin one (Unicode TR39, confusables)
_LOOK: Final = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "aeopcyxijshdqwABEKMHOPCTYXIJSABEZHIKMNOPTYXo",
)


def skeleton(text: str) -> str:
    """Return what a text looks like: same for words that the eye confuses.

    Source:
        Unicode Technical Report 39, section 4, for Latin, Cyrillic and Greek.
    """
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return composed.translate(_LOOK).casefold()


def remarks(text: str) -> tuple[str, ...]:
    """Return the codes of what a person should know of a text.

    Returns:
        `W-INVISIBLE`, `W-CONFUSABLE`, `W-EXCEL-DATE`; empty for plain text.
    """
    found = []
    if not text.isascii():
        if _INVISIBLE.search(text):
            found.append("W-INVISIBLE")
        if any(_mixed(word) for word in _WORD.findall(text)):
            found.append("W-CONFUSABLE")
    if _EXCEL.fullmatch(text.strip()):
        found.append("W-EXCEL-DATE")
    return tuple(found)


def _mixed(word: str) -> bool:
    """Tell whether a word has letters of Latin and of Cyrillic or Greek."""
    if word.isascii():
        return False
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in word}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def check_key(text: str) -> str:
    """Return a row's identifier in NFC, refusing what can hide in one.

    Raises:
        RefusedError: `Q-ID`: an invisible character, a mix of scripts, or too long.
    """
    key = unicodedata.normalize("NFC", text.strip())
    found = _INVISIBLE.search(key)
    if found is not None:
        raise RefusedError(
            "Q-ID",
            expected="an identifier of visible characters",
            got=f"{shown(key)} with U+{ord(found[0]):04X}",
        )
    if any(_mixed(word) for word in _WORD.findall(key)):
        raise RefusedError(
            "Q-ID",
            expected="an identifier in one script",
            got=f"{shown(key)} with {points(key)}",
        )
    if len(key) > _MAX_KEY:
        raise RefusedError(
            "Q-ID",
            expected=f"an identifier of at most {_MAX_KEY} characters",
            got=str(len(key)),
        )
    return key


def check_party(text: str) -> str:
    """Return the id of a source or party: letters a-z, digits, `_` and `-`.

    Raises:
        RefusedError: `Q-ID`, naming the other characters by code point.
    """
    name = text.strip()
    if name.isascii() and name.replace("-", "").replace("_", "").isalnum():
        return name
    raise RefusedError(
        "Q-ID",
        expected="letters a-z, digits, _ and -",
        got=f"{shown(name)} with {points(name)}",
    )


def points(text: str) -> str:
    """Return the code points of the characters that are not plain ASCII names."""
    strange = sorted(
        {c for c in text if not (c.isascii() and c.isalnum()) and c not in "-_"}
    )
    return ", ".join(f"U+{ord(c):04X}" for c in strange) or "no character"


def slug(text: str) -> str:
    """Return a name as an identifier.

    Examples:
        >>> slug("JFO HQ/MoD")
        'jfo-hq-mod'

    Raises:
        RefusedError: `Q-ID`: nothing is left of it.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    made = _SLUG.sub("-", plain.lower()).strip("-")
    if not made or not text.isascii():
        raise RefusedError("Q-ID", expected="a name in Latin letters", got=shown(text))
    return made


def parse_kind(text: str) -> str:
    """Return a kind of the vocabulary.

    Raises:
        RefusedError: `Q-KIND`.
    """
    kind = text.strip()
    kind = kind if kind.startswith(EVENT) else kind.lower()
    try:
        return check_kind(kind)
    except UnknownTermError:
        raise RefusedError(
            "Q-KIND", expected="a kind of the vocabulary", got=shown(text)
        ) from None


def nearest_family(kinds: list[str]) -> str:
    """Return the narrowest kind that covers all of some kinds; never a sharper one.

    Examples:
        >>> nearest_family(["explosion", "burst"]), nearest_family(["shot"])
        ('fire', 'shot')
    """
    family = kinds[0]
    while not all(is_a(kind, family) for kind in kinds):
        family = PARENT.get(family, "any")
    return family
