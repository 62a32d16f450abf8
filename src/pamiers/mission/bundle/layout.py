"""Where in a bundle what lies, and the port through which one is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from pamiers.core.sharing import Sharing
from pamiers.ledger.bag import PAYLOAD

CRATE: Final = f"{PAYLOAD}ro-crate-metadata.json"
README: Final = f"{PAYLOAD}README.txt"
CHECKPOINT: Final = f"{PAYLOAD}checkpoint.txt"
KEYS: Final = f"{PAYLOAD}keys.txt"
ENTRIES: Final = f"{PAYLOAD}entries.jsonl"
ROWS: Final = f"{PAYLOAD}rows/"
PAYLOADS: Final = f"{PAYLOAD}payloads/"
ORIGINALS: Final = f"{PAYLOAD}originals/"
AGREEMENT: Final = f"{PAYLOAD}agreement/"
STANDING: Final = f"{PAYLOAD}standing/"
PROOFS: Final = f"{PAYLOAD}proofs/"
CHECKPOINTS: Final = f"{PAYLOAD}checkpoints/"
#: edition -> up to which class its readers may see
READERS: Final[Mapping[str, Sharing]] = {
    "public": Sharing.PUBLIC,
    "parties": Sharing.PARTIES,
    "commission": Sharing.COMMISSION,
}


def rows_file(index: int) -> str:
    """Return the file that holds the rows of an entry."""
    return f"{ROWS}{index:08}.jsonl"


def payload_file(index: int, name: str) -> str:
    """Return the file that holds other bytes beside an entry."""
    return f"{PAYLOADS}{index:08}-{name}"


def proof_file(index: int) -> str:
    """Return the file that proves that an entry is in the record."""
    return f"{PROOFS}{index:08}.tlog-proof"


def checkpoint_file(size: int) -> str:
    """Return the file that holds an older checkpoint."""
    return f"{CHECKPOINTS}{size:08}.txt"


def files_of(body: Mapping[str, object]) -> list[str]:
    """Return the digests of the files that an act of a case came with."""
    event = body.get("event")
    found = event.get("files", []) if isinstance(event, dict) else []
    return [str(each) for each in found]


class BundleFiles(Protocol):
    """The files of a bundle, each of which was held to the manifests."""

    @property
    def names(self) -> Sequence[str]:
        """Return the paths of all files, in their order."""

    def read(self, name: str) -> bytes:
        """Return a file whole.

        Raises:
            LedgerMismatchError: There is none of that name.
        """

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file's bytes, in hexadecimal."""

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file, without their ends, never all at once.

        Raises:
            LedgerMismatchError: There is none of that name, or it does not end in a
                line end.
        """
