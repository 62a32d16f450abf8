"""Make the dossier of a case and put it where it was asked for."""

from pathlib import Path
from typing import Final

from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.paper import Wanted, put
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from pamiers.ledger.checkpoint import checkpoint_text
from pamiers.mission.witnessed import origin_of
from pamiers.render import LANGUAGES
from pamiers.render.dossier import Dossier, render_dossier
from pamiers.report.message import named

FORMS: Final = ("html", "pdf")


def write_dossier(
    folder: Path, case: str, wanted: Wanted, output: Path | None
) -> dict[str, object]:
    """Write the dossier of a case to a file, or to stdout where none is named.

    Args:
        folder: Mission folder.
        case: Id of the case.
        wanted: For whom, in what language and form; its day is not looked at.
        output: File to write; None for stdout.

    Returns:
        What was written, as plain values.

    Raises:
        UsageError: A language or form that dossiers are not made in.
        UnknownTermError: No such edition, or no case that it may have.
    """
    _one_of("--lang", wanted.language, LANGUAGES)
    _one_of("--format", wanted.format, FORMS)
    at = now().replace(microsecond=0)
    with opened(folder) as mission:
        reader = reader_of(mission, wanted.edition, folder=folder)
        head = mission.record.head()
        dossier = Dossier(
            case=page(reader, f"case/{case}", at),
            agreement=named(reader.agreement.title, reader.agreement.id),
            time_zone=reader.agreement.time_zone,
            edition=reader.edition.id,
            head=head.hex,
            checkpoint=checkpoint_text(origin_of(mission), head),
            at=at,
        )
    data = render_dossier(dossier, language=wanted.language, form=wanted.format)
    return {
        **put(data, output),
        "case": case,
        "edition": wanted.edition,
        "language": wanted.language,
        "format": wanted.format,
        "entries": head.size,
        "head": head.hex,
    }


def _one_of(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UsageError(
            what,
            expected=f"one of {', '.join(known)}",
            got=repr(given),
            remedy="Name one that dossiers are made in.",
        )
