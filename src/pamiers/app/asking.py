"""Ask witnesses to cosign a checkpoint, as a log does."""

import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Final

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.checkpoint import Checkpoint
from pamiers.ledger.note import Line, read_note
from pamiers.ledger.succession import Succession
from pamiers.ledger.tree import Head, prove_consistency, root_of
from pamiers.ledger.witness import NOTHING, SIZE_TYPE, request_text

_PATIENCE_S: Final = 10.0
_MOST_BYTES: Final = 100_000
_CONFLICT: Final = 409
_OK: Final = 200
_UNSIGNED: Final = 403


def ask(
    url: str,
    leaves: list[bytes],
    checkpoint: Checkpoint,
    steps: Sequence[Succession] = (),
) -> tuple[Line, ...]:
    """Return the signature lines by which a witness cosigns a checkpoint.

    The witness is first asked as if it had seen nothing; it says what it has seen, and
    is asked again with the proof from there.

    Args:
        url: Submission prefix of the witness, http or https.
        leaves: Leaf hashes of the record.
        checkpoint: The checkpoint, signed.
        steps: By which older keys led to the one that signed it; told to a witness that
            does not know that one.

    Returns:
        The lines; whose they are is for the reader to check.

    Raises:
        UsageError: No such witness, or it refused; what it said is told.
        LedgerMismatchError: It saw more than the record has: it was rewritten.
    """
    first = request_text(NOTHING, [], checkpoint)
    status, kind, body = _sent(url, first)
    if status == _UNSIGNED and steps:
        for step in steps:
            _sent(url, str(step), "add-succession")
        status, kind, body = _sent(url, first)
    if status == _CONFLICT and kind == SIZE_TYPE:
        size = int(body.strip() or b"0")
        if size > len(leaves):
            raise _ahead(url, size, len(leaves))
        old = Head(size, root_of(leaves[:size]))
        path = prove_consistency(leaves, size)
        status, kind, body = _sent(url, request_text(old, path, checkpoint))
    if status != _OK:
        said = body.decode("utf-8", "replace").strip()[:200]
        raise _refused(url, f"{status}: {said}")
    return read_note(checkpoint.note.text.encode() + b"\n" + body).lines


def _sent(url: str, text: str, to: str = "add-checkpoint") -> tuple[int, str, bytes]:
    """Return status, type and body of what a witness replies."""
    if not url.startswith(("http://", "https://")):
        raise _refused(url, "an address that is neither http nor https")
    address = f"{url.rstrip('/')}/{to}"
    asked = urllib.request.Request(address, data=text.encode(), method="POST")  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE_S) as reply:  # noqa: S310 - http or https
            kind = reply.headers.get_content_type()
            return reply.status, kind, reply.read(_MOST_BYTES)
    except urllib.error.HTTPError as reply:
        kind = reply.headers.get_content_type()
        return reply.code, kind, reply.read(_MOST_BYTES)
    except (urllib.error.URLError, TimeoutError) as error:
        raise _refused(url, f"no answer ({error})") from error


def _refused(url: str, got: str) -> UsageError:
    return UsageError(
        f"witness {url}",
        expected="a cosignature",
        got=got,
        remedy="Check the address, and that the witness knows the record's key.",
    )


def _ahead(url: str, size: int, held: int) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"witness {url}",
        expected=f"at most {held} entries seen",
        got=f"{size}",
        remedy="The record lost entries that the witness saw. Restore a later copy.",
    )
