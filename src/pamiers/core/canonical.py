"""One sequence of bytes for one value: RFC 8785, the JSON canonicalisation scheme.

Text is put into Unicode NFC first, so that two spellings of one letter cannot
make two digests of one fact; numbers that a JSON reader would round are refused.
"""

import hashlib
import math
import unicodedata
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Final

from pamiers.core.errors import MalformedSourceError, Where

#: where in a value: "$", or a place and the key or index below it
_Path = str | tuple["_Path", str | int]
_WORDS: Final = {None: "null", True: "true", False: "false"}
_EXACT = 2**53  # the largest run of integers that every JSON reader keeps
_PLAIN_FROM, _PLAIN_TO = -7, 21  # ECMA-262 Number::toString, decimal exponents


def canonical_bytes(value: object) -> bytes:
    """Return the canonical JSON of a value, as UTF-8.

    Args:
        value: None, bool, int, float, str, and mappings and sequences of these;
            keys are text.

    Returns:
        Bytes that are equal exactly when the values are equal.

    Raises:
        MalformedSourceError: NaN, infinity, an integer past 2**53, two keys
            that are one after NFC, half a surrogate pair, or a value of another
            type.

    Examples:
        >>> canonical_bytes({"b": 1.0, "a": [True, None]})
        b'{"a":[true,null],"b":1}'

    Source:
        RFC 8785, sections 3.2.2 and 3.2.3.
    """
    try:
        return _text(value, "$").encode("utf-8")
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise _refused("$", "text of whole characters", half) from error


def named_canonically(values: Mapping[str, object]) -> dict[str, bytes]:
    """Return the canonical bytes of each value of a mapping, by name in NFC.

    Raises:
        MalformedSourceError: As `canonical_bytes` of the whole mapping would.
    """
    found: dict[str, bytes] = {}
    for key, value in values.items():
        name = unicodedata.normalize("NFC", key)
        if name in found:
            raise _refused("$", "keys that differ after NFC", repr(name))
        found[name] = canonical_bytes(value)
    return found


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def number(value: float) -> str:
    """Return a finite number as ECMAScript prints it.

    Args:
        value: Finite float or int.

    Returns:
        The shortest text that reads back as the same double.

    Raises:
        MalformedSourceError: NaN or infinite.

    Examples:
        >>> number(37.0), number(1e21), number(1e-7)
        ('37', '1e+21', '1e-7')

    Source:
        ECMA-262, 6.1.6.1.20 Number::toString; RFC 8785, section 3.2.2.3.
    """
    if not math.isfinite(value):
        raise _refused("$", "a finite number", repr(value))
    if value == 0:
        return "0"
    plain = repr(value)
    if "." in plain and "e" not in plain:
        return plain.removesuffix(".0")  # Python's shortest digits are ECMA-262's
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part.rstrip("0")) if part.strip("0") else whole
    point = len(whole) + int(exponent or 0)
    leading = len(digits) - len(digits.lstrip("0"))
    digits, point = digits.lstrip("0"), point - leading
    return ("-" if value < 0 else "") + _ecma(digits.rstrip("0") or "0", point)


def _ecma(digits: str, point: int) -> str:
    """Place the decimal point `point` digits from the left of `digits`."""
    if len(digits) <= point <= _PLAIN_TO:
        return digits + "0" * (point - len(digits))
    if 0 < point <= _PLAIN_TO:
        return f"{digits[:point]}.{digits[point:]}"
    if _PLAIN_FROM < point - 1 < 0:
        return f"0.{'0' * -point}{digits}"
    sign = "+" if point > 0 else "-"
    tail = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{tail}e{sign}{abs(point - 1)}"


def _text(value: object, path: _Path) -> str:
    match value:
        case str():
            return _string(value)
        case None | bool():
            return _WORDS[value]
        case int() | float():
            return _integer(value, path) if isinstance(value, int) else number(value)
        case Mapping():
            return _object(value, path)
        case Sequence() if not isinstance(value, bytes | bytearray):
            items = [_text(each, (path, i)) for i, each in enumerate(value)]
            return f"[{','.join(items)}]"
        case _:
            raise _refused(path, "a JSON value", type(value).__name__)


def _string(value: str) -> str:
    # json escapes exactly what RFC 8785 asks for, once non-ASCII is left alone.
    text = value if value.isascii() else unicodedata.normalize("NFC", value)
    return encode_basestring(text)


def _integer(value: int, path: _Path) -> str:
    if abs(value) > _EXACT:
        raise _refused(path, "an integer up to 2**53", f"{value:.3e}")
    return str(value)


def _object(value: Mapping[object, object], path: _Path) -> str:
    texts: dict[str, str] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise _refused(path, "text keys", repr(key))
        name = unicodedata.normalize("NFC", key)
        if name in texts:
            raise _refused(path, "keys that differ after NFC", repr(name))
        texts[name] = _text(item, (path, name))
    # RFC 8785, 3.2.3: keys sort by UTF-16 code units, not by code points.
    plain = all(map(str.isascii, texts))
    ordered = sorted(texts) if plain else sorted(texts, key=_utf16)
    return "{" + ",".join(f"{_string(key)}:{texts[key]}" for key in ordered) + "}"


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _spelt(path: _Path) -> str:
    if isinstance(path, str):
        return path
    before, step = path
    return _spelt(before) + (f"[{step}]" if isinstance(step, int) else f".{step}")


def _refused(path: _Path, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where("canonical form", field=_spelt(path)),
        expected=expected,
        got=got,
        remedy="Write large or special numbers as text, and text in UTF-8.",
    )
