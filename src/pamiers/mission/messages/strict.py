"""JSON from strangers, read strictly: what may be read in two ways is refused.

Source: OWASP ASVS 5.0, 1.5.3; RFC 8259, section 4.
"""

import json
import math
from typing import Any, Final, NoReturn

from pamiers.core.errors import MalformedSourceError

MOST_BYTES: Final = 65_536  #: of one message
_DEEPEST: Final = 16
_LONGEST_NUMBER: Final = 32


def read_object(data: bytes, what: str = "message") -> dict[str, Any]:
    """Return the JSON object that some bytes hold.

    Args:
        data: UTF-8, at most `MOST_BYTES` for one message; the caller sees to that.
        what: How an error names it.

    Returns:
        The object; numbers finite, keys given once, text of whole characters.

    Raises:
        MalformedSourceError: It is not that.
    """
    try:
        found = _READER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _refused(what, "one JSON object, each key once", _short(error)) from error
    if not isinstance(found, dict):
        raise _refused(what, "a JSON object", type(found).__name__)
    if b"\\ud" in data or b"\\uD" in data:
        _check_text(found, what)
    return found


def _short(error: Exception) -> str:
    """Return why, without repeating what was sent."""
    return str(error).partition(":")[0][:80] or type(error).__name__


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key that is given twice")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"the number {name}")


def _float(text: str) -> float:
    value = float(text)
    if len(text) > _LONGEST_NUMBER or not math.isfinite(value):
        raise ValueError("a number too large or too long")
    return value


def _int(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError("a number too long")
    return int(text)


def _check_text(value: object, what: str, depth: int = 0) -> None:
    """Refuse half a surrogate pair, which no UTF-8 can hold."""
    if depth > _DEEPEST:
        raise _refused(what, f"at most {_DEEPEST} levels", "more")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise _refused(what, "text of whole characters", "half of one") from error
    elif isinstance(value, dict):
        for name, each in value.items():
            _check_text(name, what, depth + 1)
            _check_text(each, what, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check_text(each, what, depth + 1)


def _refused(what: str, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        what,
        expected=expected,
        got=got,
        remedy="Correct the message and send it again.",
    )


_READER: Final = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_constant=_constant,
    parse_float=_float,
    parse_int=_int,
)
