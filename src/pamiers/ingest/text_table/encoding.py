"""Bytes to UTF-8, or a refusal that shows how each candidate would read.

Nothing is ever decoded with replacement characters. A byte order mark decides; what
is valid UTF-8 is UTF-8, unless it looks like text that was converted wrongly
before; anything else must score high enough, or a person must say.
"""

# ruff: noqa: RUF001 - letters that look alike are the subject here

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.ingest.refusal import RefusedError, shown

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES: Final = ("cp1251", "koi8-u", "cp866", "cp1252")
#: below this a person is asked (reliability catalogue, case 19)
SURE: Final = 0.9
_ENOUGH_WORDS: Final = 3
_NULS_OF_UTF16: Final = 0.2
_HEAD: Final = 65_536
_SAMPLES: Final = 5

_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = re.compile(r"[А-ЯЁЄІЇҐ]?[а-яёєіїґ]+|[А-ЯЁЄІЇҐ]+")
_WESTERN: Final = re.compile(r"[A-Z]?[a-zßà-öø-ÿ]*|[A-ZÀ-ÖØ-Þ]+")
#: UTF-8 of Cyrillic read as cp1252 or Latin-1 comes in such pairs
_DOUBLE: Final = re.compile("(?:[ÐÑ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){2}")
#: cp1251 read as Latin-1 is made of such letters only
_HIGH_RUN: Final = re.compile("[\xa5\xa8\xaa\xaf\xb2\xb3\xb4\xb8\xba\xbf\xc0-\xff]{3,}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as UTF-8 bytes, and where single lines could not be read.

    `spoiled` holds byte offsets of broken sequences; lines with one are refused.
    """

    data: bytes
    encoding: str = "utf-8"
    bom: bool = False
    ascii: bool = False  #: known to hold nothing but ASCII
    spoiled: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))


def to_utf8(data: bytes, declared: str | None) -> Decoded:
    """Return a text as UTF-8.

    Args:
        data: The file.
        declared: Encoding named in the mapping; None to find it.

    Returns:
        The text, without its byte order mark.

    Raises:
        RefusedError: `F-ENC`, with samples in each candidate encoding.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _as_utf8(data[len(codecs.BOM_UTF8) :], bom=True, trusted=True)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _converted(data[len(mark) :], name, bom=True)
    if declared is not None and _is_utf8_name(declared):
        return _as_utf8(data, trusted=True)
    if declared is not None:
        return _converted(data, declared)
    if data[:_HEAD].count(0) > _NULS_OF_UTF16 * len(data[:_HEAD]):
        raise _uncertain(data, ("utf-16-le", "utf-16-be"), "many NUL bytes")
    return _as_utf8(data)


def _is_utf8_name(name: str) -> bool:
    try:
        return codecs.lookup(name).name == "utf-8"
    except LookupError:
        return False


def _converted(data: bytes, name: str, *, bom: bool = False) -> Decoded:
    try:
        text = data.decode(name, errors="strict")
    except LookupError as error:
        raise RefusedError(
            "F-ENC", expected="an encoding that is known", got=shown(name)
        ) from error
    except UnicodeDecodeError as error:
        raise RefusedError(
            "F-ENC",
            expected=f"text in {name}",
            got=f"bytes that are not, at byte {error.start + 1}",
        ) from error
    return Decoded(text.encode("utf-8", "surrogatepass"), name, bom)


def _as_utf8(data: bytes, *, bom: bool = False, trusted: bool = False) -> Decoded:
    if data.isascii():
        return Decoded(data, bom=bom, ascii=True)
    if valid_utf8(data):
        if not trusted:
            _refuse_mojibake(data)
        return Decoded(data, bom=bom)
    broken, sound = _broken(data)
    if trusted or sound >= len(broken):
        return Decoded(data, bom=bom, spoiled=np.array(broken, np.int64))
    return _single_byte(data)


def valid_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 throughout, without decoding them."""
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64).tobytes())
    text = pa.Array.from_buffers(
        pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]
    )
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _broken(data: bytes) -> tuple[list[int], int]:
    """Return the offset of the first fault of each broken line, and sound lines.

    Only lines beyond ASCII count as sound.
    """
    broken, sound, at = [], 0, 0
    for line in data.split(b"\n"):
        if not line.isascii():
            try:
                line.decode()
                sound += 1
            except UnicodeDecodeError as error:
                broken.append(at + error.start)
        at += len(line) + 1
    return broken, sound


def _refuse_mojibake(data: bytes) -> None:
    text = data[:_HEAD].decode("utf-8", "ignore")  # a head may end inside a letter
    doubled = len(_DOUBLE.findall(text))
    runs = [run for run in _HIGH_RUN.findall(text) if _reads_cyrillic(run)]
    beyond = [word for word in _WORD.findall(text) if not word.isascii()]
    if doubled > len(beyond) / 4 or len(runs) > len(beyond) / 2:
        raise RefusedError(
            "F-ENC",
            expected="text that was converted to UTF-8 once and rightly",
            got=f"words such as {', '.join(shown(w) for w in [*runs, *beyond][:5])}",
            remedy="Export the file again in UTF-8, or set `encoding: utf-8` in the "
            "mapping file if the words are right.",
        )


def _reads_cyrillic(run: str) -> bool:
    try:
        return bool(_CYRILLIC.fullmatch(run.encode("latin-1").decode("cp1251")))
    except UnicodeError:
        return False


def _single_byte(data: bytes) -> Decoded:
    scores = {name: _score(data, name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < SURE:
        raise _uncertain(data, _CANDIDATES, "bytes that are not UTF-8")
    return _converted(data, best)


def _score(data: bytes, name: str) -> float:
    """Return the share of words beyond ASCII that are well formed, in [0, 1]."""
    try:
        text = data[:_HEAD].decode(name)
    except UnicodeDecodeError:
        return 0.0
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if len(words) < _ENOUGH_WORDS:
        return 0.0
    form = _WESTERN if name == "cp1252" else _CYRILLIC
    return sum(_well_formed(word, form) for word in words) / len(words)


def _well_formed(word: str, form: re.Pattern[str]) -> bool:
    if form is _WESTERN:  # accents are the exception in a Western word
        accents = sum(not letter.isascii() for letter in word)
        return bool(form.fullmatch(word)) and 3 * accents <= len(word)
    return bool(form.fullmatch(word))


def _uncertain(data: bytes, candidates: tuple[str, ...], got: str) -> RefusedError:
    samples = "; ".join(f"{name}: {_sample(data, name)}" for name in candidates)
    return RefusedError(
        "F-ENC",
        expected="UTF-8, or an encoding named in the mapping file",
        got=f"{got}. Its lines would read, in {samples}",
    )


def _sample(data: bytes, name: str) -> str:
    step = 1 if not name.startswith("utf-16") else 2
    head = data[: _HEAD // step * step]
    try:
        text = head.decode(name)
    except UnicodeDecodeError:
        return "not at all"
    lines = [line for line in text.splitlines()[1:] if not line.isascii()]
    chosen = lines[:_SAMPLES] or text.splitlines()[:_SAMPLES]
    return ", ".join(shown(line[:40]) for line in chosen)
