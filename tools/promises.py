"""What the reader of agreements promises of every input, however spoilt.

No crash and no hang; every complaint is whole; nothing is loaded by half; what was read
is written back without loss, and reads as the same; a migrated text means the same.
"""

import signal
import traceback
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from types import FrameType
from typing import Final, NoReturn

from pamiers.agreement import (
    Read,
    Written,
    check,
    digest,
    from_dict,
    read,
    resolve,
    show,
    to_dict,
)
from pamiers.agreement.codes import CODES
from pamiers.agreement.migrate import newest
from pamiers.core.errors import MalformedAgreementError

_LONGEST_S: Final = 30.0  #: traced code runs ten times slower
_LANGUAGES: Final = ("en", "uk", "fr")


class BrokenPromiseError(Exception):
    """A promise that an input broke; its text names the promise."""


def keep(texts: Mapping[str, str], watched: AbstractContextManager[None]) -> Read:
    """Read, check, resolve, write back and migrate an input.

    Args:
        texts: File name -> text.
        watched: Entered while the input is read and checked.

    Returns:
        What was read.

    Raises:
        BrokenPromiseError: A promise was broken.
    """
    try:
        with _in_time():
            with watched:
                found = check(read(texts))
            _whole(found)
            _not_by_half(found)
            if found.written is not None:
                _lossless(found.written)
            _migrated(texts)
    except BrokenPromiseError:
        raise
    except TimeoutError:
        raise BrokenPromiseError(f"done within {_LONGEST_S:g} s") from None
    except Exception as error:
        raise BrokenPromiseError(_crash(error)) from error
    return found


def keep_telling(found: Read) -> None:
    """Tell what was read in words, in every language.

    Raises:
        BrokenPromiseError: It could not be told.
    """
    if found.written is None:
        return
    for language in _LANGUAGES:
        try:
            told = show(found.written, language)
        except Exception as error:
            raise BrokenPromiseError(_crash(error)) from error
        _promise(told.strip(), "it can be told in words")


def signs_of(found: Read) -> set[str]:
    """Return the complaints drawn, without positions: code and place."""
    return {f"{each.code} {_bare(each.path)}" for each in found.complaints}


def _crash(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"no crash: {type(error).__name__} in {last.name} line {last.lineno}"


def _bare(path: str) -> str:
    """Return a path without what stands in brackets, and no deeper than four keys."""
    keys = (part.partition("[")[0] for part in path.split("."))
    return ".".join(list(keys)[:4])


@contextmanager
def _in_time() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - the form that is called
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, _LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _promise(kept: object, words: str) -> None:
    if not kept:
        raise BrokenPromiseError(words)


def _whole(found: Read) -> None:
    for each in found.complaints:
        _promise(each.code in CODES, f"{each.code} is documented")
        _promise(each.message and each.remedy, f"{each.code} has message and remedy")
        _promise(each.file, f"{each.code} names its file")
        _promise("\n" not in str(each), f"{each.code} is one line")
        _promise(each.line >= 1 or "MISSING" in each.code, f"{each.code} has a line")


def _not_by_half(found: Read) -> None:
    """Hold that an agreement is resolved if and only if nothing stops it."""
    if found.written is None:
        stops = [each for each in found.complaints if each.severity == "error"]
        _promise(stops, "what is not read says why")
        _promise(not found.runnable, "what is not read does not run")
    try:
        resolve(found)
    except MalformedAgreementError as error:
        drawn = error.where.source.startswith("zones.")
        _promise(not found.runnable or drawn, f"what is let through resolves: {error}")
    else:
        _promise(found.runnable, "what is stopped does not resolve")


def _lossless(written: Written) -> None:
    plain = to_dict(written)
    again = from_dict(plain).written
    _promise(again is not None, "what is written back is read")
    if again is not None:
        _promise(to_dict(again) == plain, "what is written back reads as the same")
        _promise(digest(again) == digest(written), "the digest is that of the meaning")


def _migrated(texts: Mapping[str, str]) -> None:
    text = texts.get("agreement.yaml", "")
    try:
        carried = newest(text)
    except MalformedAgreementError:
        return
    if not carried.edits:
        _promise(carried.text == text, "nothing changes without an edit")
        return
    before = read({**texts, "agreement.yaml": text}).written
    after = read({**texts, "agreement.yaml": carried.text}).written
    _promise((before is None) == (after is None), "a migrated text is read as before")
    if before is not None and after is not None:
        same = replace(before, pamiers=after.pamiers) == after
        _promise(same, "a migrated text means the same")
